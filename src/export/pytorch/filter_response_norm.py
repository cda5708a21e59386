class FilterResponseNormTlu2d(nn.Module):
    """Normalisation and activation in one (Singh and Krishnan 2020)."""

    def __init__(self, channels, eps):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.tau = nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        rms = torch.sqrt(x.square().mean((2, 3), keepdim=True) + self.eps)
        parameters = (self.weight, self.bias, self.tau)
        weight, bias, tau = (p.view(1, -1, 1, 1) for p in parameters)
        return torch.maximum(x / rms * weight + bias, tau)
