#!/usr/bin/env python3
"""Makes every fixture in tests/data again. See the README there for what each file holds.

    pip install torch torchvision numpy safetensors pillow
    apt-get install dataset-fashion-mnist
    python3 tests/data/make/assemble.py

Takes about two minutes on one core. Floats are rounded (9 significant digits, 12 for means and root mean
squares) and the gzip files carry no time, so that a second run writes the same bytes.
"""
import argparse
import gzip
import json
import os
import re

import numpy as np
import torch

from forward import golden, load, picture, standardise, trained
from truth import NAMES, build, truth

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.dirname(HERE)
FASHION = os.path.join(DATA, "..", "..", "architectures", "fashion")
WEIGHTS = os.path.join(FASHION, "resnet20_fashion.safetensors")
CLASSES = "T-shirt/top,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot".split(",")
WITH_LAYERS = [
    f"torchvision:{n}" for n in "resnet18 resnet34 resnet50 resnet101 resnet152 resnext50_32x4d wide_resnet50_2".split()
] + [f"classic:{n}" for n in "resnet50_v1 resnet20_cifar resnet56_cifar preact_resnet164_cifar resnet20_fashion".split()]


def small(full):
    """224-pixel nets run at 64 pixels, the others at their own size."""
    return 64 if build(full)[1][1] == 224 else None


def rounded(value, digits=9):
    if isinstance(value, float):
        return float(f"{value:.{digits}g}")
    if isinstance(value, list):
        return [rounded(v, digits) for v in value]
    if isinstance(value, dict):
        return {k: rounded(v, 12 if k in ("mean", "rms") else 9) for k, v in value.items()}
    return value


def write(name, data):
    path = os.path.join(DATA, name)
    if isinstance(data, list):
        data = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in data).encode()
    if name.endswith(".gz"):
        data = gzip.compress(data, 9, mtime=0)
    with open(path, "wb") as f:
        f.write(data)
    print(f"{name}: {len(data)} bytes", flush=True)


def catalogue():
    rows = [truth(full) for full in NAMES]
    keep = "name source input output params buffers macs activations tensors".split()
    write("catalogue.jsonl", [{k: row[k] for k in keep} for row in rows])
    write("layers.jsonl.gz", [{k: row[k] for k in ("name", "source", "layers", "state")} for row in rows])


def goldens():
    boot = os.path.join(FASHION, "samples", "00_ankle-boot.png")
    layered = [golden(full, small(full), layers=True) for full in WITH_LAYERS]
    layered.append(trained("classic:resnet20_fashion", WEIGHTS, boot))
    write("golden_layers.jsonl.gz", rounded(layered))
    whole = {row["model"]: {k: row[k] for k in row if k != "layers"} for row in layered if "seed" in row}
    rows = [whole.get(full) or golden(full, small(full)) for full in NAMES]
    rows.append(golden("torchvision:resnet50", 97, seed=11, batch=3))
    write("golden.jsonl.gz", rounded(rows))
    rows = [
        golden("classic:resnet20_cifar", batch=8, layers=True, train=True),
        golden("torchvision:resnet50", 64, batch=4, layers=True, train=True),
    ]
    write("golden_train.jsonl.gz", rounded(rows))


def fashion(folder):
    with gzip.open(f"{folder}/t10k-images-idx3-ubyte.gz") as f:
        images = np.frombuffer(f.read(), np.uint8, offset=16).reshape(-1, 28, 28)
    with gzip.open(f"{folder}/t10k-labels-idx1-ubyte.gz") as f:
        labels = np.frombuffer(f.read(), np.uint8, offset=8)
    model, _ = build("classic:resnet20_fashion", device="cpu")
    load(model, WEIGHTS)
    model.double().eval()
    with torch.inference_mode():
        logits = torch.cat([model(standardise(part)) for part in np.split(images, 20)])
    predicted = logits.argmax(1).numpy()
    samples = []
    for file in sorted(os.listdir(os.path.join(FASHION, "samples"))):
        (index,) = np.flatnonzero((images == picture(os.path.join(FASHION, "samples", file))).all((1, 2)))
        name = re.sub("[^a-z]+", "-", CLASSES[labels[index]].lower())
        assert re.fullmatch(rf"\d\d_{name}\.png", file), f"{file} is test image {index}, a {CLASSES[labels[index]]}"
        samples.append(
            dict(
                file=file,
                test_index=int(index),
                label=int(labels[index]),
                predicted=int(predicted[index]),
                probabilities=logits[index].softmax(0).tolist(),
            )
        )
    write("fashion_first100.bin.gz", images[:100].tobytes())
    row = dict(
        classes=CLASSES,
        test_correct=int((predicted == labels).sum()),
        test_images=len(labels),
        labels=labels[:100].tolist(),
        first_100=predicted[:100].tolist(),
        first_logits=logits[:4].tolist(),
        samples=samples,
    )
    write("fashion.json", [rounded(row)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fashion-mnist", default="/usr/share/datasets/fashion-mnist", help="folder of the data set's files")
    args = parser.parse_args()
    torch.set_num_threads(1)
    fashion(args.fashion_mnist)
    catalogue()
    goldens()


if __name__ == "__main__":
    main()
