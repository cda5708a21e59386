class SpaceToDepth(nn.Module):
    """Each square of pixels as channels, the channels of a pixel together."""

    def __init__(self, block):
        super().__init__()
        self.block = block

    def forward(self, x):
        x = x.unflatten(3, (-1, self.block)).unflatten(2, (-1, self.block))
        return x.permute(0, 3, 5, 1, 2, 4).flatten(1, 3)
