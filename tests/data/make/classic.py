"""PyTorch builds of published ResNets that neither timm nor torchvision carries.

Used by truth.py and forward.py as the source `classic:`. Module names follow torchvision
(conv1, bn1, layer1.0.conv1, layer2.0.downsample.0, fc), so state_dict keys do too.
"""
from functools import partial

import families
from torch import nn
from torch.nn import functional as F


def conv(cin, cout, k, stride=1, groups=1):
    return nn.Conv2d(cin, cout, k, stride, k // 2, groups=groups, bias=False)


class PadShortcut(nn.Module):
    """Option A of He et al. 2015: every second pixel, new channels filled with zeros, half each side."""

    def __init__(self, cin, cout, stride):
        super().__init__()
        self.extra, self.stride = cout - cin, stride

    def forward(self, x):
        x = x[:, :, :: self.stride, :: self.stride]
        front = self.extra // 2
        return F.pad(x, (0, 0, 0, 0, front, self.extra - front))


def shortcut(cin, cout, stride, option):
    """Nothing where the shape stays; else option A (padding) or option B (a projection)."""
    if stride == 1 and cin == cout:
        return None
    if option == "A":
        return PadShortcut(cin, cout, stride)
    return nn.Sequential(conv(cin, cout, 1, stride), nn.BatchNorm2d(cout))


class Basic(nn.Module):
    """The two-convolution block of the CIFAR nets."""

    expansion = 1

    def __init__(self, cin, width, stride, option="A"):
        super().__init__()
        self.conv1, self.bn1 = conv(cin, width, 3, stride), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = conv(width, width, 3), nn.BatchNorm2d(width)
        self.relu = nn.ReLU()
        self.downsample = shortcut(cin, width, stride, option)

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class BottleneckV1(nn.Module):
    """As published in 2015: the stride sits in the first 1x1 convolution; option B (a projection) where the shape changes."""

    expansion = 4

    def __init__(self, cin, width, stride):
        super().__init__()
        self.conv1, self.bn1 = conv(cin, width, 1, stride), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = conv(width, width, 3), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = conv(width, 4 * width, 1), nn.BatchNorm2d(4 * width)
        self.relu = nn.ReLU()
        self.downsample = shortcut(cin, 4 * width, stride, "B")

    def forward(self, x):
        y = self.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNeXtCifar(BottleneckV1):
    """ResNeXt-29 for CIFAR: the stride sits in the grouped 3x3 convolution; option B."""

    def __init__(self, cin, width, stride, groups, base):
        super().__init__(cin, width, stride)
        inner = groups * base * (width // 64)
        self.conv1, self.bn1 = conv(cin, inner, 1), nn.BatchNorm2d(inner)
        self.conv2, self.bn2 = conv(inner, inner, 3, stride, groups), nn.BatchNorm2d(inner)
        self.conv3 = conv(inner, 4 * width, 1)


class PreBasic(nn.Module):
    """He et al. 2016: BN and ReLU before each convolution; a projection sees the activated input."""

    expansion = 1

    def __init__(self, cin, width, stride):
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(cin), conv(cin, width, 3, stride)
        self.bn2, self.conv2 = nn.BatchNorm2d(width), conv(width, width, 3)
        self.relu = nn.ReLU()
        self.downsample = None if stride == 1 and cin == width else conv(cin, width, 1, stride)

    def forward(self, x):
        a = self.relu(self.bn1(x))
        y = self.conv2(F.relu(self.bn2(self.conv1(a))))
        return y + (x if self.downsample is None else self.downsample(a))


class PreBottleneck(nn.Module):
    """He et al. 2016: BN and ReLU before each convolution; a projection sees the activated input."""

    expansion = 4

    def __init__(self, cin, width, stride):
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(cin), conv(cin, width, 1)
        self.bn2, self.conv2 = nn.BatchNorm2d(width), conv(width, width, 3, stride)
        self.bn3, self.conv3 = nn.BatchNorm2d(width), conv(width, 4 * width, 1)
        self.relu = nn.ReLU()
        self.downsample = None if stride == 1 and cin == 4 * width else conv(cin, 4 * width, 1, stride)

    def forward(self, x):
        a = self.relu(self.bn1(x))
        y = self.conv1(a)
        y = self.conv2(F.relu(self.bn2(y)))
        y = self.conv3(F.relu(self.bn3(y)))
        return y + (x if self.downsample is None else self.downsample(a))


class Net(nn.Module):
    def __init__(self, block, blocks, widths, stem, classes=10, pre=False, channels=3, stem_width=None):
        super().__init__()
        cin = stem_width or widths[0]
        self.pre = pre
        self.conv1 = nn.Conv2d(channels, cin, 7, 2, 3, bias=False) if stem == "imagenet" else conv(channels, cin, 3)
        if not pre:
            self.bn1 = nn.BatchNorm2d(cin)
        self.relu = nn.ReLU()
        self.maxpool = nn.MaxPool2d(3, 2, 1) if stem == "imagenet" else None
        for i, (n, width) in enumerate(zip(blocks, widths)):
            layers = []
            for j in range(n):
                layers.append(block(cin, width, 2 if i and not j else 1))
                cin = width * layers[-1].expansion
            setattr(self, f"layer{i + 1}", nn.Sequential(*layers))
        self.stages = len(blocks)
        if pre:
            self.bn = nn.BatchNorm2d(cin)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(cin, classes)

    def forward(self, x):
        x = self.conv1(x)
        if not self.pre:
            x = self.relu(self.bn1(x))
        if self.maxpool is not None:
            x = self.maxpool(x)
        for i in range(self.stages):
            x = getattr(self, f"layer{i + 1}")(x)
        if self.pre:
            x = self.relu(self.bn(x))
        return self.fc(self.avgpool(x).flatten(1))


def cifar(depth, option="A", channels=3):
    return lambda: Net(partial(Basic, option=option), [(depth - 2) // 6] * 3, [16, 32, 64], "cifar", channels=channels)


def v1(*blocks):
    return lambda: Net(BottleneckV1, blocks, [64, 128, 256, 512], "imagenet", 1000)


def preact(depth, block):
    return lambda: Net(block, [(depth - 2) // (6 if block is PreBasic else 9)] * 3, [16, 32, 64], "cifar", pre=True)


def wide(depth, factor):
    widths = [16 * factor, 32 * factor, 64 * factor]
    return lambda: Net(PreBasic, [(depth - 4) // 6] * 3, widths, "cifar", pre=True, stem_width=16)


def resnext29(groups, base):
    return lambda: Net(partial(ResNeXtCifar, groups=groups, base=base), [3] * 3, [64, 128, 256], "cifar")


MODELS = {
    **{f"resnet{d}_cifar": (cifar(d), (3, 32, 32)) for d in (20, 32, 44, 56, 110, 1202)},
    "resnet20_cifar_b": (cifar(20, "B"), (3, 32, 32)),
    "resnet50_v1": (v1(3, 4, 6, 3), (3, 224, 224)),
    "resnet101_v1": (v1(3, 4, 23, 3), (3, 224, 224)),
    "resnet152_v1": (v1(3, 8, 36, 3), (3, 224, 224)),
    "preact_resnet110_cifar": (preact(110, PreBasic), (3, 32, 32)),
    "preact_resnet164_cifar": (preact(164, PreBottleneck), (3, 32, 32)),
    "preact_resnet1001_cifar": (preact(1001, PreBottleneck), (3, 32, 32)),
    "wrn_16_8": (wide(16, 8), (3, 32, 32)),
    "wrn_28_10": (wide(28, 10), (3, 32, 32)),
    "wrn_40_4": (wide(40, 4), (3, 32, 32)),
    "resnext29_8x64d": (resnext29(8, 64), (3, 32, 32)),
    "resnext29_16x64d": (resnext29(16, 64), (3, 32, 32)),
    "resnet20_fashion": (cifar(20, channels=1), (1, 28, 28)),
}


def digits(depth, residual):
    """The CIFAR kind for 8x8 digits: widths 8, 16, 32, option A shortcuts or none."""

    def make():
        block = partial(Basic, option="A") if residual else families.Plain
        net = families.Stages([(depth - 2) // 6] * 3, (8, 16, 32), block, 1, "cifar", 10)
        net.conv1 = conv(1, 8, 3)
        return net

    return make


MODELS |= families.MODELS
MODELS |= {f"{kind}{d}_digits": (digits(d, kind == "resnet"), (1, 8, 8)) for kind in ("plain", "resnet") for d in (8, 20, 56)}


def build(name):
    make, shape = MODELS[name]
    return make(), shape
