class ScaledStdConv2d(nn.Conv2d):
    """A convolution whose weights are brought to mean 0 and one variance first, times a gain a channel (Brock et al. 2021)."""

    def __init__(self, *args, eps, gamma, **kwargs):
        super().__init__(*args, **kwargs)
        self.eps = eps
        self.gamma = gamma
        self.gain = nn.Parameter(torch.ones(self.out_channels, 1, 1, 1))

    def forward(self, x):
        var, mean = torch.var_mean(self.weight, dim=(1, 2, 3), keepdim=True, correction=0)
        scale = self.gain * (self.gamma * self.weight[0].numel() ** -0.5)
        weight = (self.weight - mean) / torch.sqrt(var + self.eps) * scale
        return self._conv_forward(x, weight, self.bias)
