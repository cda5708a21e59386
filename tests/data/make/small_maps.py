#!/usr/bin/env python3
"""Networks whose pools, rounding up, are larger than their maps: the truth for tests/same_padding.rs.

timm's nets with pools in their shortcuts, on pictures of 16 pixels and of one row, with synthetic weights and input of seed 7 in double precision.

    small_maps.py > ../small_maps.json
"""
import json

import torch
from forward import fill, fingerprint, synthetic_input
from truth import build

SEED = 7


def main():
    rows = []
    for name in ("resnet18d", "resnet50d", "resnetv2_50d"):
        for size in ((16, 16), (1, 48), (33, 1)):
            model, _ = build(f"timm:{name}", device="cpu")
            fill(model, SEED)
            model.double().eval()
            with torch.no_grad():
                output = model(torch.as_tensor(synthetic_input((1, 3, *size), SEED)).double())
            rows.append(dict(model=name, size=size, output=fingerprint(output)))
    print(json.dumps(dict(torch=torch.__version__, seed=SEED, rows=rows)))


if __name__ == "__main__":
    main()
