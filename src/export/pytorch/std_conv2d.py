class StdConv2d(nn.Conv2d):
    """Convolution with weights of mean 0 and variance 1 (Qiao et al. 2019)."""

    def __init__(self, *args, eps, **kwargs):
        super().__init__(*args, **kwargs)
        self.eps = eps

    def forward(self, x):
        var, mean = torch.var_mean(self.weight, (1, 2, 3), keepdim=True, correction=0)
        weight = (self.weight - mean) / torch.sqrt(var + self.eps)
        return self._conv_forward(x, weight, self.bias)
