#!/usr/bin/env python3
"""What PyTorch's BatchNorm2d does to batches of Fashion-MNIST: the truth for tests/bn_lab.rs.

resnet20_fashion with its shipped weights, in training mode and f64, reads three batches of 16 and one of 1 of the first 100 test
pictures. For some layers: mean and both variances of what comes in, output of the layer in training and in evaluation (moments and
the first values of channel 3), and its running statistics after every batch, from the stored ones and from 0 and 1.

    bn_lab.py > ../bn_lab.json
"""
import json
import os

import numpy as np
import torch
from forward import load, standardise
from truth import build

HERE = os.path.dirname(os.path.abspath(__file__))
LAYERS = ["bn1", "layer1.0.bn2", "layer2.0.bn1", "layer3.2.bn2"]
CHANNEL = 3


def pictures():
    import gzip

    raw = gzip.open(os.path.join(HERE, "../fashion_first100.bin.gz")).read()
    return np.frombuffer(raw, np.uint8).reshape(100, 28, 28)


def tell(x):
    return [float(np.float32(v)) for v in x.tolist()]


def main():
    model, _ = build("classic:resnet20_fashion", device="cpu")
    load(model, os.path.join(HERE, "../../../architectures/fashion/resnet20_fashion.safetensors"))
    model.double().train()
    modules = dict(model.named_modules())
    start = {p: (modules[p].running_mean.clone(), modules[p].running_var.clone()) for p in LAYERS}
    rows = []
    for path in LAYERS:
        module = modules[path]
        fresh = torch.nn.BatchNorm2d(module.num_features, eps=module.eps, momentum=module.momentum).double().train()
        stored = torch.nn.BatchNorm2d(module.num_features, eps=module.eps, momentum=module.momentum).double().train()
        stored.running_mean.copy_(start[path][0])
        stored.running_var.copy_(start[path][1])
        with torch.no_grad():
            stored.weight.copy_(module.weight)
            stored.bias.copy_(module.bias)
        for size, number in [(16, 0), (16, 1), (16, 2), (1, 0)]:
            kept = {}
            hook = module.register_forward_pre_hook(lambda _, inputs: kept.update(x=inputs[0].detach().clone()))
            with torch.no_grad():
                model(standardise(pictures()[number * size : (number + 1) * size]))
            hook.remove()
            x = kept["x"]
            with torch.no_grad():
                fresh(x)
                y = stored(x)
                inference = torch.nn.functional.batch_norm(
                    x, start[path][0].double(), start[path][1].double(), module.weight, module.bias, False, 0.0, module.eps
                )
            rows.append(
                dict(
                    layer=path,
                    size=size,
                    number=number,
                    mean=tell(x.mean((0, 2, 3))),
                    biased=tell(x.var((0, 2, 3), unbiased=False)),
                    unbiased=tell(x.var((0, 2, 3), unbiased=True)),
                    training=tell(y[:, CHANNEL].flatten()[:40]),
                    inference=tell(inference[:, CHANNEL].flatten()[:40]),
                    fresh=dict(mean=tell(fresh.running_mean), var=tell(fresh.running_var)),
                    stored=dict(mean=tell(stored.running_mean), var=tell(stored.running_var)),
                )
            )
    print(json.dumps(dict(channel=CHANNEL, rows=rows), separators=(",", ":")))


if __name__ == "__main__":
    main()
