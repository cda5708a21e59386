#!/usr/bin/env python3
"""Networks of one's own, each beside the spec of its name in tests/specs/ok: the truth for tests/made.rs.

PyTorch's builds of kernels, strides, paddings and dilations that differ along the axes, of blocks that add nothing, of zeros after a
shortcut's channels, of widths and strides per block, of a max-pool of one pixel and of a skip around all stages. Weights and input are
synthetic, of seed 7 (see forward.py); the pass runs in f64.

    made.py > ../made.jsonl
"""
import json

import torch
import torch.nn.functional as F
from forward import fill, fingerprint, synthetic_input
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

SEED = 7


def conv(cin, cout, kernel, stride=1, **settings):
    sides = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    settings.setdefault("padding", tuple(side // 2 for side in sides))
    settings.setdefault("bias", False)
    return nn.Conv2d(cin, cout, kernel, stride, **settings)


def stages(model, blocks, prefix="layer", first=1):
    for i, made in enumerate(blocks, first):
        setattr(model, f"{prefix}{i}", nn.Sequential(*made))
    model.stages = [f"{prefix}{i}" for i in range(first, first + len(blocks))]


def through(model, x):
    for name in model.stages:
        x = getattr(model, name)(x)
    return x


class PlainBlock(nn.Module):
    def __init__(self, cin, width, stride):
        super().__init__()
        self.conv1, self.bn1 = conv(cin, width, 3, stride), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = conv(width, width, 3), nn.BatchNorm2d(width)

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))


class Plain(nn.Module):
    size = (3, 32, 32)

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1, cin, blocks = conv(3, 16, 3), nn.BatchNorm2d(16), 16, []
        for i, width in enumerate((16, 32, 64)):
            blocks.append([PlainBlock(width if j else cin, width, 2 if i and not j else 1) for j in range(3)])
            cin = width
        stages(self, blocks)
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = through(self, F.relu(self.bn1(self.conv1(x))))
        return self.fc(x.mean((2, 3)))


class Padded(nn.Module):
    """Option A with all zeros at the end."""

    def __init__(self, channels, stride):
        super().__init__()
        self.channels, self.stride = channels, stride

    def forward(self, x):
        x = x[:, :, :: self.stride[0], :: self.stride[1]]
        return F.pad(x, (0, 0, 0, 0, 0, self.channels - x.shape[1]))


class RectangularBlock(nn.Module):
    def __init__(self, cin, width, stride, shortcut):
        super().__init__()
        self.conv1, self.bn1 = conv(cin, width, (3, 1), stride), nn.BatchNorm2d(width)
        self.conv2 = conv(width, width, (1, 5), groups=width, dilation=(1, 2), padding=(0, 4))
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = conv(width, width, 3, dilation=(2, 1), padding=(2, 1))
        self.bn3 = nn.BatchNorm2d(width)
        changes = stride != (1, 1) or cin != width
        self.downsample = nn.Identity()
        if changes and shortcut == "projection":
            self.downsample = nn.Sequential(conv(cin, width, 1, stride), nn.BatchNorm2d(width))
        elif changes and shortcut == "zeros":
            self.downsample = Padded(width, stride)
        elif changes:
            pool = nn.AvgPool2d(stride, stride, ceil_mode=True, count_include_pad=False)
            self.downsample = nn.Sequential(pool, conv(cin, width, 1), nn.BatchNorm2d(width))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        return F.relu(self.bn3(self.conv3(y)) + self.downsample(x))


class Rectangular(nn.Module):
    size = (3, 40, 64)

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = conv(3, 8, (7, 3), (1, 2)), nn.BatchNorm2d(8)
        rows = [
            ("projection", [(8, (1, 1)), (8, (1, 1))]),
            ("zeros", [(16, (2, 1)), (16, (1, 1))]),
            ("pool", [(24, (1, 2)), (32, (3, 1))]),
        ]
        cin, blocks = 8, []
        for shortcut, made in rows:
            own = []
            for width, stride in made:
                own.append(RectangularBlock(cin, width, stride, shortcut))
                cin = width
            blocks.append(own)
        stages(self, blocks)
        self.fc = nn.Linear(cin, 5)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(F.pad(x, (2, 2, 0, 0)))))
        x = F.max_pool2d(x, (3, 2), (2, 1), (1, 0))
        x = F.avg_pool2d(x, (1, 3), 1, (0, 1))
        return self.fc(through(self, x).mean((2, 3)))


class PyramidBlock(nn.Module):
    def __init__(self, cin, width, stride):
        super().__init__()
        self.width, self.stride = width, stride
        self.bn1, self.conv1 = nn.BatchNorm2d(cin), conv(cin, width, 3, stride)
        self.bn2, self.conv2 = nn.BatchNorm2d(width), conv(width, width, 3)
        self.bn3 = nn.BatchNorm2d(width)

    def forward(self, x):
        y = self.bn3(self.conv2(F.relu(self.bn2(self.conv1(self.bn1(x))))))
        s = F.avg_pool2d(x, 2, 2) if self.stride > 1 else x
        return y + F.pad(s, (0, 0, 0, 0, 0, self.width - s.shape[1]))


class Pyramid(nn.Module):
    size = (3, 32, 32)

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1, cin, blocks = conv(3, 16, 3), nn.BatchNorm2d(16), 16, []
        for i, widths in enumerate(((20, 24), (28, 32), (36, 40))):
            own = []
            for j, width in enumerate(widths):
                own.append(PyramidBlock(cin, width, 2 if i and not j else 1))
                cin = width
            blocks.append(own)
        stages(self, blocks)
        self.bn_final, self.fc = nn.BatchNorm2d(cin), nn.Linear(cin, 10)

    def forward(self, x):
        x = through(self, self.bn1(self.conv1(x)))
        return self.fc(F.relu(self.bn_final(x)).mean((2, 3)))


class V2Block(nn.Module):
    def __init__(self, cin, width, stride, projection):
        super().__init__()
        norm = lambda channels: nn.BatchNorm2d(channels, eps=1.001e-5)
        self.stride, self.preact_bn = stride, norm(cin)
        self.shortcut = conv(cin, 4 * width, 1, bias=True) if projection else None
        setattr(self, "1_conv", conv(cin, width, 1))
        setattr(self, "1_bn", norm(width))
        setattr(self, "2_conv", conv(width, width, 3, stride))
        setattr(self, "2_bn", norm(width))
        setattr(self, "3_conv", conv(width, 4 * width, 1, bias=True))

    def forward(self, x):
        a = F.relu(self.preact_bn(x))
        s = self.shortcut(a) if self.shortcut is not None else F.max_pool2d(x, 1, self.stride)
        y = F.relu(getattr(self, "1_bn")(getattr(self, "1_conv")(a)))
        y = F.relu(getattr(self, "2_bn")(getattr(self, "2_conv")(y)))
        return s + getattr(self, "3_conv")(y)


class V2(nn.Module):
    size = (3, 64, 64)

    def __init__(self):
        super().__init__()
        self.conv1_conv, cin, blocks = conv(3, 16, 7, 2, bias=True), 16, []
        for width, strides in ((8, (1, 1, 2)), (16, (1, 1))):
            own = []
            for j, stride in enumerate(strides):
                own.append(V2Block(cin, width, stride, j == 0))
                cin = 4 * width
            blocks.append(own)
        stages(self, blocks, "conv", 2)
        self.post_bn, self.predictions = nn.BatchNorm2d(cin, eps=1.001e-5), nn.Linear(cin, 10)

    def forward(self, x):
        x = F.max_pool2d(F.pad(self.conv1_conv(x), (1, 1, 1, 1)), 3, 2)
        return self.predictions(F.relu(self.post_bn(through(self, x))).mean((2, 3)))


class QuietBlock(nn.Module):
    def __init__(self, cin, width, stride):
        super().__init__()
        self.conv1, self.bn1 = conv(cin, width, 3, stride), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = conv(width, width, 3), nn.BatchNorm2d(width)
        self.downsample = nn.Identity()
        if stride != 1 or cin != width:
            self.downsample = nn.Sequential(conv(cin, width, 1, stride), nn.BatchNorm2d(width))

    def forward(self, x):
        return self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + self.downsample(x)


class Skip(nn.Module):
    size = (3, 24, 24)

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = conv(3, 16, 3), nn.BatchNorm2d(16)
        stages(self, [[QuietBlock(16, 16, 1), QuietBlock(16, 16, 1)], [QuietBlock(16, 32, 2), QuietBlock(32, 32, 1)]])
        self.conv_body, self.bn_body = conv(32, 32, 3), nn.BatchNorm2d(32)
        self.skip_conv, self.skip_bn = conv(16, 32, 1, 2), nn.BatchNorm2d(32)
        self.fc = nn.Linear(32, 7)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        y = self.bn_body(self.conv_body(through(self, x)))
        return self.fc(F.relu(y + self.skip_bn(self.skip_conv(x))).mean((2, 3)))


MODELS = {
    "plain": Plain,
    "rectangular": Rectangular,
    "pyramid": Pyramid,
    "one_pixel_pool": V2,
    "skip": Skip,
}


def activations(model, x):
    found = []
    hooks = [
        module.register_forward_hook(lambda _, __, output: found.append(output.numel()))
        for module in model.modules()
        if isinstance(module, (nn.Conv2d, nn.Linear))
    ]
    model(x)
    for hook in hooks:
        hook.remove()
    return sum(found)


def main():
    rows = []
    for name, build in MODELS.items():
        model = build()
        fill(model, SEED)
        model.double().eval()
        x = synthetic_input((1, *model.size), SEED)
        with torch.no_grad():
            with FlopCounterMode(display=False) as counter:
                model(x)
            rows.append(
                {
                    "name": name,
                    "seed": SEED,
                    "input": list(x.shape),
                    "params": sum(p.numel() for p in model.parameters()),
                    "macs": counter.get_total_flops() // 2,
                    "activations": activations(model, x),
                    "state": {key: list(value.shape) for key, value in model.state_dict().items()},
                    "output": fingerprint(model(x)),
                }
            )
    for row in rows:
        print(json.dumps(row))


if __name__ == "__main__":
    main()
