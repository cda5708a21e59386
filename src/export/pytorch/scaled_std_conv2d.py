class ScaledStdConv2d(nn.Conv2d):
    """Convolution with weights of mean 0 and a set variance (Brock et al. 2021).

    Each output channel has a gain.
    """

    def __init__(self, *args, eps, gamma, **kwargs):
        super().__init__(*args, **kwargs)
        self.eps = eps
        self.gamma = gamma
        self.gain = nn.Parameter(torch.ones(self.out_channels, 1, 1, 1))

    def forward(self, x):
        var, mean = torch.var_mean(self.weight, (1, 2, 3), keepdim=True, correction=0)
        scale = self.gain * (self.gamma * self.weight[0].numel() ** -0.5)
        weight = (self.weight - mean) / torch.sqrt(var + self.eps) * scale
        return self._conv_forward(x, weight, self.bias)
