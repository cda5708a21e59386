#!/usr/bin/env python3
"""Ground truth for the architecture catalogue, taken from PyTorch modules on the meta device.

One JSON object a line: name, source, input shape, parameter count, MACs of conv + linear layers
(torch.utils.flop_counter / 2, the convention of torchvision's GFLOPS column), activation count
(elements put out by conv and linear layers), every state_dict key with its shape, and every leaf
module in execution order with its shapes (also norms that hold their activation as a child).

    pip install torch torchvision timm
    truth.py torchvision:resnet50 timm:resnet50d classic:resnet50_v1 > truth.jsonl     # some
    truth.py > truth.jsonl                                                             # all of names.txt
"""
import argparse
import json
import os

import classic
import torch
from torch.utils.flop_counter import FlopCounterMode

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "names.txt")) as lines:
    NAMES = lines.read().split()
COMPUTE = ("Conv1d", "Conv2d", "StdConv2d", "ScaledStdConv2d", "Linear")


def build(full, device="meta"):
    source, name = full.split(":", 1)
    with torch.device(device):
        if source == "classic":
            return classic.build(name)
        if source == "torchvision":
            import torchvision

            return torchvision.models.get_model(name, weights=None), (3, 224, 224)
        if source == "timm":
            import timm

            model = timm.create_model(name, pretrained=False)
            return model, tuple(model.default_cfg["input_size"])
    raise ValueError(f"{full}: no such source")


def as_list(value):
    return list(value) if isinstance(value, (tuple, list)) else value


def describe(module):
    keys = ("kernel_size", "stride", "padding", "dilation", "groups", "num_groups", "eps")
    found = {k: as_list(getattr(module, k)) for k in keys if isinstance(getattr(module, k, None), (int, float, tuple, list, str))}
    usual = dict(ceil_mode=False, count_include_pad=True)
    return found | {k: getattr(module, k) for k, v in usual.items() if getattr(module, k, v) != v}


def is_layer(module):
    """A leaf that does something, or a module with parameters of its own (a norm of timm that holds its activation as a child)."""
    if isinstance(module, torch.nn.Sequential):
        return False
    return not list(module.children()) or bool(module._parameters)


def truth(full, size=None):
    model, shape = build(full)
    shape = (shape[0], size, size) if size else shape
    model.eval()
    rows = []

    def hook(path):
        def record(module, inputs, output):
            rows.append(
                dict(
                    name=path,
                    op=type(module).__name__,
                    input=list(inputs[0].shape[1:]),
                    output=list(output.shape[1:]),
                    params=sum(p.numel() for p in module.parameters()),
                    **describe(module),
                )
            )

        return record

    for path, module in model.named_modules():
        if is_layer(module):
            module.register_forward_hook(hook(path))
    counter = FlopCounterMode(display=False)
    with torch.no_grad(), counter:
        output = model(torch.zeros(1, *shape, device="meta"))
    compute = [r for r in rows if r["op"] in COMPUTE]
    state = model.state_dict()
    return dict(
        name=full.split(":", 1)[1],
        source=full.split(":", 1)[0],
        input=list(shape),
        output=list(output.shape[1:]),
        params=sum(p.numel() for p in model.parameters()),
        buffers=sum(v.numel() for k, v in state.items() if k.endswith(("running_mean", "running_var"))),
        macs=counter.get_total_flops() // 2,
        activations=sum(torch.Size(r["output"]).numel() for r in compute),
        tensors=len(state),
        state=[[k, list(v.shape)] for k, v in state.items()],
        layers=rows,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--size", type=int, help="square input size in place of the model's own")
    args = parser.parse_args()
    for full in args.names or NAMES:
        print(json.dumps(truth(full, args.size), separators=(",", ":")), flush=True)


if __name__ == "__main__":
    main()
