def radix_softmax(x, radix, groups):
    """Shares of `radix` maps per channel (Zhang et al. 2020), or a sigmoid for one."""
    if radix == 1:
        return torch.sigmoid(x)
    grouped = x.reshape(x.shape[0], groups, radix, -1).transpose(1, 2)
    return torch.softmax(grouped, dim=1).reshape(x.shape)
