class StdConv2d(nn.Conv2d):
    """A convolution whose weights are brought to mean 0 and variance 1 first (Qiao et al. 2019)."""

    def __init__(self, *args, eps, **kwargs):
        super().__init__(*args, **kwargs)
        self.eps = eps

    def forward(self, x):
        var, mean = torch.var_mean(self.weight, dim=(1, 2, 3), keepdim=True, correction=0)
        weight = (self.weight - mean) / torch.sqrt(var + self.eps)
        return self._conv_forward(x, weight, self.bias)
