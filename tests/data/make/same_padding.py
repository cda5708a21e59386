#!/usr/bin/env python3
"""ResNet-18 with TensorFlow's padding before the strided 3×3 convolutions of its blocks: the truth for tests/same_padding.rs.

torchvision's resnet18 with synthetic weights of seed 7, whose convolutions with stride 2 in the blocks' main paths have padding 0 and
read what torch.nn.functional.pad puts around the map: as much as ceil(size / stride) needs, the more below and at the right.

    same_padding.py > ../same_padding.json
"""
import json

import torch
import torch.nn.functional as F
from forward import fill, fingerprint, synthetic_input
from truth import build

SEED = 7


def same(size, kernel, stride):
    needed = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return needed // 2, needed - needed // 2


class Same(torch.nn.Module):
    def __init__(self, conv):
        super().__init__()
        self.conv = conv
        conv.padding = (0, 0)

    def forward(self, x):
        top, bottom = same(x.shape[2], self.conv.kernel_size[0], self.conv.stride[0])
        left, right = same(x.shape[3], self.conv.kernel_size[1], self.conv.stride[1])
        return self.conv(F.pad(x, (left, right, top, bottom)))


def main():
    model, _ = build("torchvision:resnet18", device="cpu")
    fill(model, SEED)
    model.double().eval()
    for stage in (model.layer2, model.layer3, model.layer4):
        stage[0].conv1 = Same(stage[0].conv1)
    rows = []
    for height, width in [(96, 64), (75, 64)]:
        x = torch.as_tensor(synthetic_input((1, 3, height, width), SEED)).double()
        with torch.no_grad():
            rows.append({"size": [height, width], "output": fingerprint(model(x))})
    print(json.dumps({"seed": SEED, "rows": rows}, indent=1))


main()
