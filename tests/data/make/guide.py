#!/usr/bin/env python3
"""The networks of the guide to the spec format (docs/src/spec.md), built with PyTorch: parameters and multiply-adds.

    pip install torch torchvision timm
    guide.py > ../guide.jsonl
"""
import json

import classic
import timm
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode
from torchvision.models import resnet18, resnet34, resnet50
from torchvision.models.resnet import ResNet


def conv(cin, cout, k, stride=1, **more):
    return nn.Conv2d(cin, cout, k, stride, k // 2, bias=False, **more)


def with_first(model, channels):
    old = model.conv1
    model.conv1 = nn.Conv2d(channels, old.out_channels, old.kernel_size, old.stride, old.padding, bias=False)
    return model


def small_stem(model, channels=3):
    model.conv1 = conv(channels, 64, 3)
    model.maxpool = nn.Identity()
    return model


class Fixup(nn.Module):
    """A block of Fixup ResNet-20; its shortcut has no parameters."""

    def __init__(self, cin, width, stride):
        super().__init__()
        one = lambda value: nn.Parameter(torch.full((1,), value))
        self.bias1a, self.bias1b, self.bias2a, self.bias2b, self.scale = one(0.0), one(0.0), one(0.0), one(0.0), one(1.0)
        self.conv1, self.conv2 = conv(cin, width, 3, stride), conv(width, width, 3)
        self.stride, self.more = stride, width - cin

    def forward(self, x):
        y = torch.relu(self.conv1(x + self.bias1a) + self.bias1b)
        y = self.conv2(y + self.bias2a) * self.scale + self.bias2b
        x = nn.functional.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, self.more // 2, self.more - self.more // 2))
        return torch.relu(x + y)


class FixupNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bias1, self.bias2 = conv(3, 16, 3), nn.Parameter(torch.zeros(1)), nn.Parameter(torch.zeros(1))
        blocks, cin = [], 16
        for width in (16, 32, 64):
            for index in range(3):
                blocks.append(Fixup(cin, width, 2 if index == 0 and width > 16 else 1))
                cin = width
        self.blocks, self.fc = nn.Sequential(*blocks), nn.Linear(64, 10)

    def forward(self, x):
        x = self.blocks(torch.relu(self.conv1(x) + self.bias1))
        return self.fc(x.mean((2, 3)) + self.bias2)


class Row(nn.Module):
    """A basic block in one dimension."""

    def __init__(self, cin, width, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv1d(cin, width, 7, stride, 3, bias=False), nn.BatchNorm1d(width)
        self.conv2, self.bn2 = nn.Conv1d(width, width, 7, 1, 3, bias=False), nn.BatchNorm1d(width)
        project = stride > 1 or cin != width
        self.downsample = nn.Sequential(nn.Conv1d(cin, width, 1, stride, bias=False), nn.BatchNorm1d(width)) if project else nn.Identity()

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(y)) + self.downsample(x))


def ecg():
    blocks, cin = [], 64
    for number, width in enumerate((64, 128, 256, 512)):
        for index in range(2):
            blocks.append(Row(cin, width, 2 if index == 0 and number else 1))
            cin = width
    stem = [nn.Conv1d(12, 64, 15, 2, 7, bias=False), nn.BatchNorm1d(64), nn.ReLU(), nn.MaxPool1d(3, 2, 1)]
    return nn.Sequential(*stem, *blocks, nn.AdaptiveAvgPool1d(1), nn.Flatten(), nn.Linear(512, 5))


class WideDropout(nn.Module):
    def __init__(self, cin, width, stride):
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(cin), conv(cin, width, 3, stride)
        self.bn2, self.drop, self.conv2 = nn.BatchNorm2d(width), nn.Dropout(0.3), conv(width, width, 3)
        self.downsample = conv(cin, width, 1, stride) if stride > 1 or cin != width else None

    def forward(self, x):
        a = torch.relu(self.bn1(x))
        y = self.conv2(self.drop(torch.relu(self.bn2(self.conv1(a)))))
        return y + (self.downsample(a) if self.downsample is not None else x)


def wide_dropout():
    blocks, cin = [], 16
    for width in (160, 320, 640):
        for index in range(4):
            blocks.append(WideDropout(cin, width, 2 if index == 0 and width > 160 else 1))
            cin = width
    return nn.Sequential(conv(3, 16, 3), *blocks, nn.BatchNorm2d(640), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(640, 10))


class Sr(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(conv(64, 64, 3), nn.BatchNorm2d(64), nn.PReLU(), conv(64, 64, 3), nn.BatchNorm2d(64))

    def forward(self, x):
        return x + self.body(x)


class SrNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(conv(3, 64, 9), nn.PReLU())
        self.blocks = nn.Sequential(*[Sr() for _ in range(16)], conv(64, 64, 3), nn.BatchNorm2d(64))
        up = [layer for _ in range(2) for layer in (conv(64, 256, 3), nn.PixelShuffle(2), nn.PReLU())]
        self.head = nn.Sequential(*up, conv(64, 3, 9))

    def forward(self, x):
        x = self.stem(x)
        return self.head(x + self.blocks(x))


def plain34():
    model = resnet34()
    for block in model.modules():
        if type(block).__name__ == "BasicBlock":
            block.downsample = None
            block.forward = lambda x, b=block: b.relu(b.bn2(b.conv2(b.relu(b.bn1(b.conv1(x))))))
    return model


def moco():
    model = resnet50()
    model.fc = nn.Sequential(nn.Linear(2048, 2048), nn.ReLU(), nn.Linear(2048, 128))
    return model


def swapped(model, old, new):
    for name, child in model.named_children():
        setattr(model, name, new() if isinstance(child, old) else swapped(child, old, new))
    return model


def detectron():
    """Stride in the first 1×1; the last stage has none, and every 3×3 in it is dilated."""
    model = resnet50()
    for number, layer in enumerate((model.layer1, model.layer2, model.layer3, model.layer4)):
        stride = 2 if number in (1, 2) else 1
        for index, block in enumerate(layer):
            own = stride if index == 0 else 1
            block.conv1.stride, block.conv2.stride = (own, own), (1, 1)
            if number == 3:
                block.conv2.dilation = block.conv2.padding = (2, 2)
            if block.downsample is not None:
                block.downsample[0].stride = (own, own)
    return model


def ocr():
    model = with_first(resnet18(num_classes=37), 1)
    model.conv1, model.maxpool = conv(1, 64, 3), nn.MaxPool2d(2)
    for layer in (model.layer2, model.layer3, model.layer4):
        layer[0].conv1.stride = layer[0].downsample[0].stride = (2, 1)
    return model


def kuangliu():
    return classic.build("kuangliu_resnet18")[0]


NETS = {
    "deeplab_r50": (lambda: resnet50(replace_stride_with_dilation=[False, True, True]), (3, 224, 224)),
    "iresnet50": (lambda: classic.build("iresnet50")[0], (3, 112, 112)),
    "clip_rn50": (lambda: timm.create_model("resnet50_clip_gap", num_classes=0), (3, 224, 224)),
    "speaker34": (lambda: classic.build("speaker_resnet34")[0], (1, 80, 200)),
    "fixup20": (FixupNet, (3, 32, 32)),
    "ecg": (ecg, (12, 5000)),
    "sentinel": (lambda: with_first(resnet18(num_classes=19), 12), (12, 120, 120)),
    "pytorch_cifar18": (kuangliu, (3, 32, 32)),
    "hugging_face18": (resnet18, (3, 224, 224)),
    "detectron_dc5": (detectron, (3, 224, 224)),
    "moco": (moco, (3, 224, 224)),
    "wrn_dropout": (wide_dropout, (3, 32, 32)),
    "plain34": (plain34, (3, 224, 224)),
    "se_resnext50": (lambda: timm.create_model("seresnext50_32x4d"), (3, 224, 224)),
    "group_norm50": (lambda: resnet50(norm_layer=lambda c: nn.GroupNorm(32, c)), (3, 224, 224)),
    "silu50": (lambda: swapped(resnet50(), nn.ReLU, nn.SiLU), (3, 224, 224)),
    "ocr": (ocr, (1, 32, 100)),
    "srresnet": (SrNet, (3, 24, 24)),
    "simclr_cifar18": (lambda: small_stem(resnet18(num_classes=10)), (3, 32, 32)),
    "sounds34": (lambda: with_first(resnet34(num_classes=50), 1), (1, 128, 431)),
}

for name, (build, shape) in NETS.items():
    with torch.device("meta"):
        model = build().eval()
        counter = FlopCounterMode(display=False)
        with torch.no_grad(), counter:
            model(torch.zeros(1, *shape))
    params = sum(p.numel() for p in model.parameters())
    print(json.dumps(dict(name=name, params=params, macs=counter.get_total_flops() // 2), separators=(",", ":")))
