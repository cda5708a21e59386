#!/usr/bin/env python3
"""Networks with an output stride: counts of all of timm's that take one, and passes of one or two for each kind of block.

`dilated.jsonl` gets a row a network and output stride: `name`, `output_stride`, `input`, the shape of the last feature map
(`features`), `params`, `macs`, `activations` as in `catalogue.jsonl`. `golden_dilated.jsonl` gets passes in f64 on synthetic
weights (forward.py), with `output_stride` beside the fields of `golden.jsonl`; those of torchvision are built with
`replace_stride_with_dilation`.

    pip install torch torchvision timm
    dilated.py ..
"""
import json
import os
import sys

import forward
import torch
from torch.utils.flop_counter import FlopCounterMode
from truth import COMPUTE, NAMES

GOLDEN = (
    "resnet18 resnet50 resnet50d resnext50_32x4d seresnet50 ecaresnet26t resnetrs50 senet154 resnetv2_50 resnetv2_50d resnetv2_18d "
    "resnetv2_50x1_bit resnetv2_50d_gn resnetv2_50d_evos resnetv2_50d_frn res2net50_26w_4s res2net50d resnest14d resnest50d_1s4x24d "
    "skresnet18 skresnet50 resnetblur18 resnetblur50 resnetaa50d resnetaa34d seresnextaa101d_32x8d resnet50_gn ecaresnet50d_pruned regnetx_002 regnety_004 "
    "resnet50_clip_gap nf_resnet26 nf_ecaresnet50 darknet53 darknetaa53 cspresnet50"
).split()


def timm_net(name, stride, device):
    import timm

    with torch.device(device):
        model = timm.create_model(name, pretrained=False, output_stride=stride)
    return model, tuple(model.default_cfg["input_size"])


def torchvision_net(name, stride, device):
    import torchvision

    replaced = {8: [False, True, True], 16: [False, False, True]}[stride]
    with torch.device(device):
        model = torchvision.models.get_model(name, weights=None, replace_stride_with_dilation=replaced)
    return model, (3, 224, 224)


def counts(name, stride):
    model, shape = timm_net(name, stride, "meta")
    model.eval()
    seen = []
    for module in model.modules():
        if type(module).__name__ in COMPUTE:
            module.register_forward_hook(lambda _, __, output: seen.append(output[0].numel()))
    image = torch.zeros(1, *shape, device="meta")
    counter = FlopCounterMode(display=False)
    with torch.no_grad():
        with counter:
            model(image)
        activations = sum(seen)
        features = model.forward_features(image).shape[1:]
    return dict(
        name=name,
        output_stride=stride,
        input=list(shape),
        features=list(features),
        params=sum(p.numel() for p in model.parameters()),
        macs=counter.get_total_flops() // 2,
        activations=activations,
    )


def golden(full, stride, size, seed):
    source, name = full.split(":")
    build = timm_net if source == "timm" else torchvision_net
    model, shape = build(name, stride, "cpu")
    forward.fill(model, seed)
    model.double().eval()
    shape = (1, shape[0], size, size)
    pixels = forward.uniform("input", int(torch.Size(shape).numel()), seed).reshape(shape)
    image = ((2 * torch.from_numpy(pixels) - 1) * 2).to(torch.float32).to(torch.float64)
    with torch.inference_mode():
        output = model(image)
    return dict(model=full, output_stride=stride, seed=seed, input=list(shape), output=forward.fingerprint(output))


def main():
    folder = sys.argv[1]
    with open(os.path.join(folder, "dilated.jsonl"), "w") as out:
        for full in NAMES:
            source, name = full.split(":", 1)
            if source != "timm":
                continue
            for stride in (8, 16):
                try:
                    row = counts(name, stride)
                except TypeError as error:  # timm's SENet and TResNet take no output stride
                    print(f"{name}: {error}", file=sys.stderr)
                    continue
                out.write(json.dumps(row, separators=(",", ":")) + "\n")
    with open(os.path.join(folder, "golden_dilated.jsonl"), "w") as out:
        for full in [f"timm:{name}" for name in GOLDEN] + ["torchvision:resnet50", "torchvision:resnext50_32x4d"]:
            for stride in (8, 16):
                out.write(json.dumps(golden(full, stride, 64, 7), separators=(",", ":")) + "\n")


main()
