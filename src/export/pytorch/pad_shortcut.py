class PadShortcut(nn.Module):
    """A shortcut without parameters: option A of He et al. 2015.

    It takes every stride-th pixel and adds channels of zeros.
    """

    def __init__(self, channels, stride=1, at_end=False):
        super().__init__()
        self.channels, self.at_end = channels, at_end
        self.strides = stride if isinstance(stride, tuple) else (stride, stride)

    def forward(self, x):
        missing = self.channels - x.shape[1]
        before = 0 if self.at_end else missing // 2
        x = x[:, :, :: self.strides[0], :: self.strides[1]]
        return F.pad(x, (0, 0, 0, 0, before, missing - before))
