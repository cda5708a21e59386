#!/usr/bin/env python3
"""Further units, a small network each, beside the spec of its name in tests/specs/ok.

The truth for tests/made.rs: PyTorch's builds of a network whose weights are standardised, scaled and have a learned gain, with factors that
are no tensors, as timm's networks without normalisation have them; and of one whose stages have layers around their blocks, with half of
the channels around them all. The rows are as those of units_norm.py.

    units_more.py > ../units_more.jsonl
"""
import torch
import torch.nn.functional as F
import units_norm
from made import conv
from torch import nn


class ScaledStdConv2d(nn.Conv2d):
    """Weights of mean 0 and variance 1 / their number, times gamma and a gain a channel (Brock et al. 2021), as timm's of that name."""

    def __init__(self, cin, cout, kernel, stride=1, groups=1, gamma=1.7, eps=1e-5):
        super().__init__(cin, cout, kernel, stride, kernel // 2, groups=groups)
        self.gain = nn.Parameter(torch.ones(cout, 1, 1, 1))
        self.scale, self.eps = gamma * self.weight[0].numel() ** -0.5, eps

    def forward(self, x):
        rows, gains = self.weight.reshape(1, self.out_channels, -1), (self.gain * self.scale).view(-1)
        weight = F.batch_norm(rows, None, None, weight=gains, training=True, momentum=0.0, eps=self.eps)
        return F.conv2d(x, weight.reshape_as(self.weight), self.bias, self.stride, self.padding, self.dilation, self.groups)


class NormFree(nn.Module):
    """A pre-activation block without normalisation."""

    def __init__(self, cin, width, stride, added):
        super().__init__()
        self.beta = 5 / (25 + added) ** 0.5
        self.conv1, self.conv2 = ScaledStdConv2d(cin, width, 1), ScaledStdConv2d(width, width, 3, stride, groups=2)
        self.act1, self.act2 = nn.ReLU(), nn.ReLU()
        self.downsample = ScaledStdConv2d(cin, width, 1, stride) if stride != 1 or cin != width else None

    def forward(self, x):
        a = self.act1(x) * self.beta
        shortcut = x if self.downsample is None else self.downsample(a)
        return self.conv2(self.act2(self.conv1(a))) * 0.2 + shortcut


class Scaled(nn.Module):
    size = (3, 20, 28)

    def __init__(self):
        super().__init__()
        self.conv1 = ScaledStdConv2d(3, 12, 3)
        made, cin = [], 12
        for width, stride in ((12, 1), (18, 2)):
            own = []
            for j in range(2):
                own.append(NormFree(cin, width, 1 if j else stride, j))
                cin = width
            made.append(nn.Sequential(*own))
        self.layer1, self.layer2 = made
        self.act, self.avgpool, self.fc = nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Linear(18, 5)

    def forward(self, x):
        x = self.act(self.layer2(self.layer1(self.conv1(x))))
        return self.fc(self.avgpool(x).flatten(1))


class Two(nn.Module):
    """Darknet's block."""

    def __init__(self, width):
        super().__init__()
        self.conv1, self.bn1 = conv(width, width // 2, 1), nn.BatchNorm2d(width // 2)
        self.conv2, self.bn2 = conv(width // 2, width, 3), nn.BatchNorm2d(width)
        self.relu = nn.ReLU()

    def forward(self, x):
        return x + self.relu(self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x))))))


class Stage(nn.Module):
    """Two blocks on the second half of the channels; the first half goes around them."""

    def __init__(self, cin, width, stride):
        super().__init__()
        self.half = width
        self.down, self.down_bn = conv(cin, 2 * width, 3, stride), nn.BatchNorm2d(2 * width)
        self.blocks = nn.Sequential(Two(width), Two(width))
        self.inner, self.outer = conv(width, width, 1), conv(2 * width, width, 1)
        self.outer_bn, self.relu = nn.BatchNorm2d(width), nn.ReLU()

    def forward(self, x):
        around, through = self.relu(self.down_bn(self.down(x))).split(self.half, dim=1)
        through = self.inner(self.blocks(through))
        return self.relu(self.outer_bn(self.outer(torch.cat((around, through), 1))))


class Cross(nn.Module):
    size = (3, 20, 28)

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1, self.relu = conv(3, 12, 3), nn.BatchNorm2d(12), nn.ReLU()
        self.layer1, self.layer2 = Stage(12, 12, 1), Stage(12, 18, 2)
        self.avgpool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Linear(18, 5)

    def forward(self, x):
        x = self.layer2(self.layer1(self.relu(self.bn1(self.conv1(x)))))
        return self.fc(self.avgpool(x).flatten(1))


if __name__ == "__main__":
    units_norm.MODELS = {"scaled_standardisation": Scaled, "cross_stage": Cross}
    units_norm.main()
