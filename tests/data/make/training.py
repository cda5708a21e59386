#!/usr/bin/env python3
"""What PyTorch's SGD makes of small networks on the digits: the losses of 50 steps, in f32 and in f64, and what is left of them.
`gap` is how far PyTorch's f32 lies from its f64 at most, with the input as it is and three times an ulp beside it.
It depends on the processor and on the threads that share a sum; the smaller one of two runs is kept.

Networks: classic.py's CIFAR ones with one or three blocks a stage and one input channel, on 8x8 pixels, begun with the weights of
forward.py.
Step s learns from the pictures (64 s + i) * 17 mod 1797 of data/digits/digits.csv.gz, i from 0 to 63: value / 16 less 0.3.

    training.py > ../training.json
"""
import gzip
import json
import os

import numpy as np
import torch
from functools import partial

from classic import Basic, Net, PreBasic, PreBottleneck, cifar
from forward import fill, fingerprint
from torch.nn import functional as F

DIGITS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "data", "digits", "digits.csv.gz")
# The networks of three stages, `blocks` a stage, under the name of the one that a spec inherits.
NETS = {
    "resnet20_cifar": lambda blocks: cifar(6 * blocks + 2, channels=1)(),
    "resnet20_cifar_b": lambda blocks: cifar(6 * blocks + 2, "B", channels=1)(),
    "plain20_cifar": lambda blocks: plain(blocks),
    "preact_resnet110_cifar": lambda blocks: Net(PreBasic, [blocks] * 3, [16, 32, 64], "cifar", pre=True, channels=1),
    "preact_resnet164_cifar": lambda blocks: Net(PreBottleneck, [blocks] * 3, [16, 32, 64], "cifar", pre=True, channels=1),
}
USUAL = dict(momentum=0.9, weight_decay=1e-4, smoothing=0.0)
SETTINGS = [
    dict(net="resnet20_cifar", blocks=1, lr=0.01, **USUAL),
    dict(net="resnet20_cifar", blocks=3, lr=0.005, **USUAL),
    dict(net="resnet20_cifar", blocks=1, lr=0.1, momentum=0.0, weight_decay=5e-3, smoothing=0.1),
    dict(net="resnet20_cifar_b", blocks=1, lr=0.01, **USUAL),
    dict(net="plain20_cifar", blocks=1, lr=0.01, **USUAL),
    dict(net="preact_resnet110_cifar", blocks=1, lr=0.01, **USUAL),
    dict(net="preact_resnet164_cifar", blocks=1, lr=0.01, **USUAL),
]


def plain(blocks):
    net = cifar(6 * blocks + 2, channels=1)()
    for block in net.modules():
        if isinstance(block, Basic):
            block.forward = partial(without_shortcut, block)
    return net


def without_shortcut(block, x):
    return block.relu(block.bn2(block.conv2(block.relu(block.bn1(block.conv1(x))))))


def train(x, y, net, blocks, lr, momentum, weight_decay, smoothing, dtype):
    net = NETS[net](blocks)
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
    torch.set_num_threads(1)
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
        state = {k: fingerprint(v) for k, v in net.state_dict().items() if k.startswith(("conv1", "bn1.", "bn.", "layer3.0", "fc")) and v.is_floating_point()}
        gap = max(abs(a - b) for losses in passes for a, b in zip(losses, double))
        result.append(own | dict(gap=gap, losses_f32=single, losses_f64=double, state_f64=state))
    print(json.dumps(result, separators=(",", ":")))


if __name__ == "__main__":
    main()
