#!/usr/bin/env python3
"""What PyTorch's SGD makes of small networks on the digits: the losses of 50 steps, in f32 and in f64, and what is left of them.
`gap` is how far PyTorch's f32 lies from its f64 at most, with the input as it is and three times an ulp beside it.

Networks: classic.py's CIFAR ones of depth 8 and 20 with one input channel, on 8x8 pixels, begun with the weights of forward.py.
Step s learns from the pictures (64 s + i) * 17 mod 1797 of data/digits/digits.csv.gz, i from 0 to 63: value / 16 less 0.3.

    training.py > ../training.json
"""
import gzip
import json
import os

import numpy as np
import torch
from classic import cifar
from forward import fill, fingerprint
from torch.nn import functional as F

DIGITS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "data", "digits", "digits.csv.gz")
SETTINGS = [
    dict(depth=8, lr=0.01, momentum=0.9, weight_decay=1e-4, smoothing=0.0),
    dict(depth=20, lr=0.005, momentum=0.9, weight_decay=1e-4, smoothing=0.0),
    dict(depth=8, lr=0.1, momentum=0.0, weight_decay=5e-3, smoothing=0.1),
]


def train(x, y, depth, lr, momentum, weight_decay, smoothing, dtype):
    net = cifar(depth, channels=1)()
    fill(net, 7)
    net.to(dtype).train()
    x = x.to(dtype)
    optimiser = torch.optim.SGD(net.parameters(), lr=lr, momentum=momentum, weight_decay=weight_decay)
    losses = []
    for step in range(50):
        part = (64 * step + torch.arange(64)) * 17 % len(x)
        loss = F.cross_entropy(net(x[part]), y[part], label_smoothing=smoothing)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return net, losses


def main():
    with gzip.open(DIGITS) as f:
        rows = np.loadtxt(f, delimiter=",")
    x = torch.tensor(rows[:, :64], dtype=torch.float32).reshape(-1, 1, 8, 8) / 16 - 0.3
    y = torch.tensor(rows[:, 64], dtype=torch.int64)
    result = []
    for own in SETTINGS:
        _, single = train(x, y, **own, dtype=torch.float32)
        # A value next to a ReLU's corner is on its other side in one pass and not in the next: the gap is the worst of four.
        passes = [single]
        for seed in range(1, 4):
            up = torch.randint(0, 2, x.shape, generator=torch.Generator().manual_seed(seed))
            passes.append(train(x * (1 + (2 * up - 1) * 2.0**-23), y, **own, dtype=torch.float32)[1])
        net, double = train(x, y, **own, dtype=torch.float64)
        state = {k: fingerprint(v) for k, v in net.state_dict().items() if k.startswith(("conv1", "bn1", "layer3.0", "fc")) and v.is_floating_point()}
        gap = max(abs(a - b) for losses in passes for a, b in zip(losses, double))
        result.append(own | dict(gap=gap, losses_f32=single, losses_f64=double, state_f64=state))
    print(json.dumps(result, separators=(",", ":")))


if __name__ == "__main__":
    main()
