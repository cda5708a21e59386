#!/usr/bin/env python3
"""Bytes that autograd keeps for the backward pass, per image: every storage once, parameters and buffers left out.

    saved.py torchvision:resnet18 timm:resnet50d > ../saved.jsonl        (training mode, f32, the model's own input size unless --size)
"""
import argparse
import json

import torch
from truth import build


def saved(model, x):
    own = {t.untyped_storage().data_ptr() for t in [*model.parameters(), *model.buffers()]}
    seen, kept = {}, []

    def pack(t):
        storage = t.untyped_storage()
        if storage.data_ptr() not in own:
            seen[storage.data_ptr()] = storage.nbytes()
            kept.append(t)  # so that no address is used twice
        return t

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):
        model(x)
    return sum(seen.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--size", type=int)
    args = parser.parse_args()
    for name in args.names:
        model, shape = build(name, device="cpu")
        model.train()
        shape = (shape[0], args.size or shape[1], args.size or shape[2])
        two, four = (saved(model, torch.randn(n, *shape)) for n in (2, 4))
        print(json.dumps(dict(model=name, input=list(shape), saved_bytes_per_image=(four - two) // 2)), flush=True)


if __name__ == "__main__":
    main()
