class ChannelConv(nn.Conv1d):
    """A convolution over the channels, seen as a row (Wang et al. 2020)."""

    def __init__(self, kernel):
        super().__init__(1, 1, kernel, padding=kernel // 2, bias=False)

    def forward(self, x):
        n, c, h, w = x.shape
        row = x.permute(0, 2, 3, 1).reshape(n * h * w, 1, c)
        return super().forward(row).reshape(n, h, w, c).permute(0, 3, 1, 2)
