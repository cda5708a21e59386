class EvoNorm2dS0(nn.Module):
    """Normalisation and activation in one (Liu et al. 2020)."""

    def __init__(self, channels, groups, eps):
        super().__init__()
        self.groups, self.eps = groups, eps
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.v = nn.Parameter(torch.ones(channels))

    def forward(self, x):
        grouped = x.unflatten(1, (self.groups, -1))
        var = grouped.var((2, 3, 4), correction=0, keepdim=True)
        std = torch.sqrt(var + self.eps).expand_as(grouped).flatten(1, 2)
        parameters = (self.weight, self.bias, self.v)
        weight, bias, v = (p.view(1, -1, 1, 1) for p in parameters)
        return x * torch.sigmoid(v * x) / std * weight + bias
