#!/usr/bin/env python3
"""Units of norms, pools and reshapes, a small network each, beside the spec of its name in tests/specs/ok.

The truth for tests/made.rs: PyTorch's builds of networks without norms, of instance norms, of a batch norm on vectors, of IBN-Net's
split and of its norm after the addition, of means along one axis, of means with deviations, of space-to-depth and pixel shuffles, and
of a dilated max-pool. Each row has the output in evaluation and in training mode (f64, batch 2, synthetic weights and input of seed 7,
see forward.py), what five tools count and what autograd keeps for an image.

    units_norm.py > ../units_norm.jsonl
"""
import contextlib
import io
import json
import logging

import torch
import torch.nn.functional as F
from forward import fill, fingerprint, synthetic_input
from made import activations, conv, stages, through
from saved import saved
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

SEED = 7
BATCH = 2
batch_norm = nn.BatchNorm2d


class Split(nn.Module):
    """IBN-Net's: the first channels by instance, the rest by batch."""

    def __init__(self, channels, first=None):
        super().__init__()
        self.first = channels // 2 if first is None else first
        self.IN = nn.InstanceNorm2d(self.first, affine=True)
        self.BN = nn.BatchNorm2d(channels - self.first)

    def forward(self, x):
        a, b = torch.split(x, (self.first, x.shape[1] - self.first), 1)
        return torch.cat((self.IN(a.contiguous()), self.BN(b.contiguous())), 1)


class Block(nn.Module):
    """torchvision's basic block with norms of one's own; without any where `norm` makes none."""

    def __init__(self, cin, width, stride, norm, first=None, after=None):
        super().__init__()
        self.conv1, self.conv2 = conv(cin, width, 3, stride), conv(width, width, 3)
        made = (first or norm)(width) if norm else None
        self.bn1, self.bn2 = made, norm(width) if norm else None
        self.relu, self.IN = nn.ReLU(), after(width) if after else None
        self.downsample = None
        if stride != 1 or cin != width:
            own = [conv(cin, width, 1, stride)] + ([norm(width)] if norm else [])
            self.downsample = nn.Sequential(*own)

    def forward(self, x):
        y = self.conv1(x)
        y = self.relu(y if self.bn1 is None else self.bn1(y))
        y = self.conv2(y)
        y = (y if self.bn2 is None else self.bn2(y)) + (x if self.downsample is None else self.downsample(x))
        return self.relu(y if self.IN is None else self.IN(y))


class Net(nn.Module):
    """A stem, two stages of two blocks, and a head."""

    size = (3, 20, 28)

    def __init__(self, norm, stem=None, **settings):
        super().__init__()
        self.conv1 = conv(3, 12, 3)
        self.bn1 = (stem or norm)(12) if norm else None
        self.relu = nn.ReLU()
        made, cin = [], 12
        for width, stride in ((12, 1), (18, 2)):
            own = []
            for j in range(2):
                own.append(Block(cin, width, 1 if j else stride, norm, **settings))
                cin = width
            made.append(own)
        stages(self, made)
        self.head(cin)

    def head(self, channels):
        self.avgpool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Linear(channels, 5)

    def tail(self, x):
        return self.fc(torch.flatten(self.avgpool(x), 1))

    def forward(self, x):
        x = self.conv1(x)
        x = self.relu(x if self.bn1 is None else self.bn1(x))
        return self.tail(through(self, x))


class Vectors(Net):
    """iresnet's head: a norm, a linear layer and a norm of its vectors; then a vector's ReLU."""

    def head(self, channels):
        self.bn2, self.embed, self.features = nn.BatchNorm2d(channels), nn.Linear(channels * 10 * 14, 6), nn.BatchNorm1d(6, momentum=0.2)
        self.fc = nn.Linear(6, 5)

    def tail(self, x):
        x = self.features(self.embed(torch.flatten(self.bn2(x), 1)))
        return self.fc(self.relu(x))


class Axes(Net):
    """A mean along the width and one along the height, both modules."""

    def head(self, channels):
        self.rows, self.avgpool = nn.AdaptiveAvgPool2d((None, 1)), nn.AdaptiveAvgPool2d((1, None))
        self.fc = nn.Linear(channels, 5)

    def tail(self, x):
        return self.fc(torch.flatten(self.avgpool(self.rows(x)), 1))


class Speaker(Net):
    """Statistics pooling of speaker recognition: means and deviations over time."""

    size = (3, 20, 28)

    def head(self, channels):
        self.seg_1 = nn.Linear(2 * channels * 10, 5)

    def tail(self, x):
        deviation = torch.sqrt(x.var(-1, unbiased=True) + 1e-7)
        return self.seg_1(torch.cat((x.mean(-1).flatten(1), deviation.flatten(1)), 1))


class SpaceToDepth(nn.Module):
    """timm's, of TResNet."""

    def forward(self, x):
        n, c, h, w = x.size()
        x = x.view(n, c, h // 2, 2, w // 2, 2).permute(0, 3, 5, 1, 2, 4).contiguous()
        return x.view(n, c * 4, h // 2, w // 2)


class Space(nn.Module):
    """Squares of pixels as channels in both orders, and channels as pixels."""

    size = (3, 24, 36)

    def __init__(self):
        super().__init__()
        self.unshuffle, self.conv1, self.bn1 = nn.PixelUnshuffle(2), conv(12, 18, 3), nn.BatchNorm2d(18)
        self.relu, self.shuffle, self.conv2 = nn.ReLU(), nn.PixelShuffle(3), conv(2, 8, 3)
        self.s2d, self.conv3 = SpaceToDepth(), conv(32, 16, 3)
        self.layer1 = nn.Sequential(Block(16, 16, 1, batch_norm))
        self.fc = nn.Linear(16, 5)

    def forward(self, x):
        x = self.relu(self.bn1(self.conv1(self.unshuffle(x))))
        x = self.conv3(self.s2d(self.conv2(self.shuffle(x))))
        return self.fc(self.layer1(x).mean((2, 3)))


class Dilated(Net):
    """Max-pools whose windows skip pixels, and a mean along the height by a function."""

    def head(self, channels):
        self.maxpool, self.rows = nn.MaxPool2d(3, 2, 1, dilation=2), nn.MaxPool2d(2, 1, dilation=(1, 3), ceil_mode=True)
        self.fc = nn.Linear(channels, 5)

    def tail(self, x):
        return self.fc(self.rows(self.maxpool(x)).mean(2, keepdim=True).mean((2, 3)))


def plain_instance(channels):
    return nn.InstanceNorm2d(channels)


def instance(channels):
    return nn.InstanceNorm2d(channels, eps=1e-3, affine=True)


MODELS = {
    "norm_none": lambda: Net(None),
    "norm_instance": lambda: Net(instance, stem=plain_instance),
    "norm_split": lambda: Net(batch_norm, stem=lambda c: Split(c, 5), first=Split),
    "norm_after_add": lambda: Net(batch_norm, stem=instance, after=instance),
    "norm_vectors": lambda: Vectors(batch_norm),
    "pools_along": lambda: Axes(batch_norm),
    "mean_deviation": lambda: Speaker(batch_norm),
    "space": Space,
    "dilated_pool": lambda: Dilated(batch_norm),
}


def counted(build, size):
    """What the tools print, batch 1, evaluation mode."""
    from fvcore.nn import FlopCountAnalysis
    from ptflops import get_model_complexity_info
    from thop import profile
    from torchinfo import summary

    logging.disable(logging.WARNING)
    x = torch.zeros(1, *size)
    row = {}
    with torch.no_grad(), contextlib.redirect_stdout(io.StringIO()):
        with FlopCounterMode(display=False) as counter:
            build().eval()(x)
        row["torch"] = counter.get_total_flops()
        analysis = FlopCountAnalysis(build().eval(), x)
        analysis.unsupported_ops_warnings(False).uncalled_modules_warnings(False)
        row["fvcore"] = int(analysis.total())
        for backend, name in (("pytorch", "ptflops"), ("aten", "ptflops-aten")):
            row[name] = int(get_model_complexity_info(build().eval(), size, as_strings=False, print_per_layer_stat=False, backend=backend)[0])
        row["thop"] = int(profile(build().eval(), (x,), verbose=False)[0])
        row["torchinfo"] = int(summary(build().eval(), input_data=x, verbose=0).total_mult_adds)
    return row


def main():
    for name, build in MODELS.items():
        model = build()
        fill(model, SEED)
        model.double().eval()
        x = synthetic_input((BATCH, *model.size), SEED)
        one = synthetic_input((1, *model.size), SEED)
        with torch.no_grad():
            with FlopCounterMode(display=False) as counter:
                model(one)
            row = {
                "name": name,
                "seed": SEED,
                "input": [1, *model.size],
                "params": sum(p.numel() for p in model.parameters()),
                "macs": counter.get_total_flops() // 2,
                "activations": activations(model, one),
                "state": {key: list(value.shape) for key, value in model.state_dict().items()},
                "output": fingerprint(model(one)),
                "batch": fingerprint(model(x)),
                "training": fingerprint(model.train()(x)),
            }
        row["counts"] = counted(build, model.size)
        kept = build().train()
        two, four = (saved(kept, torch.randn(n, *model.size)) for n in (2, 4))
        row["saved"] = (four - two) // 2
        print(json.dumps(row))


if __name__ == "__main__":
    main()
