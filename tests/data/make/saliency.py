#!/usr/bin/env python3
"""Golden maps of where a network looks, by autograd in f64, on the weights and input of forward.py.

A row has for two classes (the likeliest and class 0) the score, the class activation map (the linear layer's weights over the
maps before the global pool), Grad-CAM at the last maps and at an earlier layer, both after the ReLU, and the fingerprint of
gradient x input summed over the channels; and the effective receptive field of the earlier layer: for one input the sizes of
the gradient of its middle cell, summed over the channels of both.

    saliency.py > ../saliency.jsonl
"""
import json
import os

import numpy as np
import torch
from forward import MEAN, STD, fill, fingerprint, uniform
from truth import build

FASHION = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../architectures/fashion")
# Name, size, the modules whose output is pooled and of the linear layer, an earlier layer.
ALL = [
    ("classic:resnet20_fashion", 28, "layer3", "fc", "layer2.0.bn1"),
    ("classic:resnet20_cifar", 32, "layer3", "fc", "layer2.0.bn1"),
    ("classic:plain20_cifar", 32, "layer3", "fc", "layer2.0.bn1"),
    ("timm:resnet18", 64, "layer4", "fc", "layer2.0.bn2"),
    ("timm:resnet50", 64, "layer4", "fc", "layer2.0.bn2"),
    ("timm:seresnet18", 64, "layer4", "fc", "layer2.0.bn1"),
    ("timm:resnetv2_50x1_bit", 64, "norm", "head.fc", "stages.1.blocks.0.conv2"),
]


def rounded(tensor):
    return [float(np.float32(value)) for value in tensor.detach().flatten().tolist()]


def row(full, size, last, head, earlier, seed=7):
    model, shape = build(full, device="cpu")
    shape = (1, shape[0], size, size)
    if full.endswith("fashion"):
        from PIL import Image
        from safetensors.torch import load_file

        model.load_state_dict(load_file(f"{FASHION}/resnet20_fashion.safetensors"), strict=False)
        picture = np.asarray(Image.open(f"{FASHION}/samples/00_ankle-boot.png"), dtype=np.float32)
        x = torch.from_numpy((picture / np.float32(255) - np.float32(MEAN)) / np.float32(STD)).reshape(shape)
    else:
        fill(model, seed)
        x = (2 * torch.from_numpy(uniform("input", int(np.prod(shape)), seed).reshape(shape)) - 1) * 2
        x = x.to(torch.float32)
    model.double().eval()
    x = x.to(torch.float64).requires_grad_()
    seen = {}

    def keep(name):
        def hook(module, inputs, output):
            seen[name] = output.clone()
            return seen[name].clone()  # a later layer may change it in place

        return hook

    model.get_submodule(last).register_forward_hook(keep("last"))
    model.get_submodule(earlier).register_forward_hook(keep("earlier"))
    scores = model(x)[0]
    maps = [seen["last"], seen["earlier"]]
    weights = model.get_submodule(head).weight.flatten(1)
    out = dict(model=full, input=list(shape), earlier=earlier, cells=list(maps[0].shape[2:]), classes=[])
    for label in [int(scores.argmax()), 0]:
        gradients = torch.autograd.grad(scores[label], [x, *maps], retain_graph=True)
        cams = [torch.relu((g.mean((2, 3), keepdim=True) * m).sum(1))[0] for g, m in zip(gradients[1:], maps)]
        product = (gradients[0] * x).sum(1)[0]
        out["classes"].append(
            dict(
                label=label,
                score=scores[label].item(),
                cam=rounded(torch.einsum("k,khw->hw", weights[label], maps[0][0])),
                grad_cam=rounded(cams[0]),
                earlier=rounded(cams[1]),
                gradient_input=fingerprint(product),
            )
        )
    middle = [side // 2 for side in maps[1].shape[2:]]
    value = maps[1][0, :, middle[0], middle[1]].sum()
    field = torch.autograd.grad(value, x)[0][0].abs().sum(0)
    out["field"] = fingerprint(field / field.max())
    return out


def main():
    for case in ALL:
        print(json.dumps(row(*case), separators=(",", ":")), flush=True)


if __name__ == "__main__":
    main()
