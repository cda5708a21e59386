class BlurPool2d(nn.Module):
    """The mean under binomial weights, at borders that mirror the map (Zhang 2019)."""

    def __init__(self, kernel, stride=1):
        super().__init__()
        self.stride = stride
        self.padding = (stride - 1 + kernel - 1) // 2
        taps = torch.ones(1)
        for _ in range(kernel - 1):
            taps = (F.pad(taps, (0, 1)) + F.pad(taps, (1, 0))) / 2
        self.register_buffer("filt", taps[:, None] * taps, persistent=False)

    def forward(self, x):
        x = F.pad(x, [self.padding] * 4, mode="reflect")
        filt = self.filt.expand(x.shape[1], 1, -1, -1)
        return F.conv2d(x, filt, stride=self.stride, groups=x.shape[1])
