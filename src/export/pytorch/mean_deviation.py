class MeanDeviation(nn.Module):
    """The means along one axis and, as further channels, the deviations."""

    def __init__(self, axis, eps=1e-7):
        super().__init__()
        self.axis, self.eps = axis, eps

    def forward(self, x):
        deviation = torch.sqrt(x.var(self.axis, unbiased=True, keepdim=True) + self.eps)
        return torch.cat((x.mean(self.axis, keepdim=True), deviation), 1)
