#!/usr/bin/env python3
"""How the published weights of torchvision and timm want their pictures: ../preprocess.csv.

Of torchvision the first weights (`IMAGENET1K_V1`), of timm the default configuration of the architecture, whose `crop_pct` gives
the shorter side as timm's transforms round it.

    pip install torchvision timm
    preprocess.py > ../preprocess.csv
"""
import math
from pathlib import Path

import timm
import torchvision

IMAGENET = [(0.485, 0.456, 0.406), (0.229, 0.224, 0.225)]


def main():
    names = (Path(__file__).parent / "names.txt").read_text().split()
    of_torchvision = sorted(name[12:] for name in names if name.startswith("torchvision:"))
    print("name,size,resize,interpolation,mean,std")
    for name in of_torchvision:
        weights = torchvision.models.get_model_weights(name)
        steps = (weights.IMAGENET1K_V1 if "IMAGENET1K_V1" in weights.__members__ else list(weights)[0]).transforms()
        row(name, steps.crop_size[0], steps.resize_size[0], steps.interpolation.value, steps.mean, steps.std)
    for name in (name[5:] for name in names if name.startswith("timm:")):
        if name not in of_torchvision:
            cfg = timm.get_pretrained_cfg(name)
            size = cfg.input_size[-1]
            row(name, size, math.floor(size / cfg.crop_pct), cfg.interpolation, cfg.mean, cfg.std)


def row(name, size, resize, interpolation, mean, std):
    print(name, size, resize, interpolation, *(" ".join(map(str, values)) for values in (mean, std)), sep=",")


if __name__ == "__main__":
    main()
