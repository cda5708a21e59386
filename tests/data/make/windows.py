#!/usr/bin/env python3
"""What PyTorch's pools and convolutions put out for every window: the truth for tests/same_padding.rs.

Each is really run, on a map of zeros with one channel, `size` pixels high and one wide; along the width the window is one pixel. Kernel, stride
and dilation from 1 to 6, padding from 0 to 6, rounding down and up (convolutions have no other than down, average pools no dilation), size from 1 to 16.
A line a window: its name, then for each size the height put out, a dot where PyTorch refuses.

    windows.py | gzip -n9 > ../windows.txt.gz
"""
import itertools

import torch
import torch.nn.functional as F

SIZES = range(1, 17)
KERNELS, STRIDES, DILATIONS, PADDINGS = range(1, 7), range(1, 7), range(1, 7), range(7)
MAPS = {size: torch.zeros(1, 1, size, 1) for size in SIZES}


def height(call, size):
    try:
        return str(call(MAPS[size]).shape[2])
    except RuntimeError:
        return "."


def table(name, call):
    print(name, *(height(call, size) for size in SIZES))


def main():
    torch.set_num_threads(1)
    print("# torch", torch.__version__)
    for kernel, stride, padding in itertools.product(KERNELS, STRIDES, PADDINGS):
        window = dict(kernel_size=(kernel, 1), stride=(stride, 1), padding=(padding, 0))
        for rounding in ("floor", "ceil"):
            ceil = rounding == "ceil"
            table(
                f"avg_pool {kernel} {stride} {padding} 1 {rounding}",
                lambda x: F.avg_pool2d(x, **window, ceil_mode=ceil),
            )
            for dilation in DILATIONS:
                table(
                    f"max_pool {kernel} {stride} {padding} {dilation} {rounding}",
                    lambda x: F.max_pool2d(x, **window, dilation=(dilation, 1), ceil_mode=ceil),
                )
        weight = torch.zeros(1, 1, kernel, 1)
        for dilation in DILATIONS:
            table(
                f"conv {kernel} {stride} {padding} {dilation} floor",
                lambda x: F.conv2d(x, weight, None, (stride, 1), (padding, 0), (dilation, 1)),
            )


if __name__ == "__main__":
    main()
