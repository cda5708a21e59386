def radix_softmax(x, radix, groups):
    """For each channel the shares of `radix` maps (Zhang et al. 2020); the sigmoid where there is one map."""
    if radix == 1:
        return torch.sigmoid(x)
    grouped = x.reshape(x.shape[0], groups, radix, -1).transpose(1, 2)
    return torch.softmax(grouped, dim=1).reshape(x.shape)
