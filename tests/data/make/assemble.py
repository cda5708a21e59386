#!/usr/bin/env python3
"""Makes every fixture in tests/data again. See the README there for what each file holds and what it needs.

    pip install torch torchvision timm numpy safetensors pillow fvcore ptflops thop torchinfo
    apt-get install dataset-fashion-mnist
    python3 tests/data/make/assemble.py                   # all of them
    python3 tests/data/make/assemble.py golden counters   # some, by the names of PARTS

Floats are rounded (9 significant digits, 12 for means and root mean squares) and the gzip files carry no
time, so that a second run writes the same bytes.
"""
import argparse
import gzip
import json
import os
import re

import numpy as np
import torch

from counters import COUNTED, counters
from forward import golden, load, picture, standardise, trained
from truth import NAMES, build, truth

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.dirname(HERE)
FASHION = os.path.join(DATA, "..", "..", "architectures", "fashion")
WEIGHTS = os.path.join(FASHION, "resnet20_fashion.safetensors")
CLASSES = "T-shirt/top,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot".split(",")
# The nets whose modules layers.jsonl.gz describes.
DESCRIBED = [
    f"torchvision:{n}" for n in "resnet18 resnet34 resnet50 resnet101 resnet152 resnext50_32x4d wide_resnet50_2".split()
] + [
    f"classic:{n}"
    for n in "resnet50_v1 resnet101_v1 resnet152_v1 resnet20_cifar resnet56_cifar resnet110_cifar resnet1202_cifar "
    "preact_resnet164_cifar resnet20_fashion".split()
]
# The nets whose modules' outputs golden_layers.jsonl.gz and golden_layers_families.jsonl.gz have.
WITH_LAYERS = [
    f"torchvision:{n}" for n in "resnet18 resnet34 resnet50 resnet101 resnet152 resnext50_32x4d wide_resnet50_2".split()
] + [f"classic:{n}" for n in "resnet50_v1 resnet20_cifar resnet56_cifar preact_resnet164_cifar resnet20_fashion".split()]
FAMILIES = [
    f"timm:{n}"
    for n in "resnet50d seresnet50 ecaresnet26t resnetv2_50 resnetv2_50x1_bit res2net50_26w_4s resnest26d skresnet18 "
    "resnetblur18 resnet50_gn legacy_seresnext26_32x4d resnetv2_50d_evos resnetv2_50d_frn".split()
]
# The nets that golden.jsonl.gz has at other sizes too.
OTHER_SIZES = [("torchvision:resnet50", ("96x64", "75x75"))] + [
    (f"timm:{n}", ("96x64", "75x75"))
    for n in "resnet50d seresnet50 ecaresnet26t resnetv2_50 resnetv2_50x1_bit res2net50_26w_4s resnest26d skresnet18 "
    "resnetblur18 legacy_seresnet50".split()
] + [("classic:resnet20_cifar", ("40x28", "33x33"))]


def small(full):
    """Nets of more than 64 pixels run at 64, the others at their own size, and so those whose linear layer reads a whole map."""
    name = full.split(":")[1]
    return 64 if build(full)[1][1] > 64 and not name.startswith(("iresnet", "speaker_")) else None


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
    rows = {full: truth(full) for full in NAMES}
    keep = "name source input output params buffers macs activations tensors".split()
    write("catalogue.jsonl", [{k: row[k] for k in keep} for row in rows.values()])
    write("layers.jsonl.gz", [{k: rows[full][k] for k in ("name", "source", "layers", "state")} for full in DESCRIBED])
    states = {}
    for row in rows.values():
        known = states.setdefault(row["name"], dict(name=row["name"], sources=[], state=row["state"]))
        known["sources"].append(row["source"])
        assert known["state"] == row["state"], f"{row['name']} differs between {known['sources']}"
    write("state.jsonl.gz", list(states.values()))


def layered():
    boot = os.path.join(FASHION, "samples", "00_ankle-boot.png")
    rows = [golden(full, small(full), layers=True) for full in WITH_LAYERS]
    rows.append(trained("classic:resnet20_fashion", WEIGHTS, boot))
    write("golden_layers.jsonl.gz", rounded(rows))
    rows = [
        golden("classic:resnet20_cifar", batch=8, layers=True, train=True),
        golden("torchvision:resnet50", 64, batch=4, layers=True, train=True),
    ]
    write("golden_train.jsonl.gz", rounded(rows))


def families():
    rows = [golden(full, small(full), layers=True) for full in FAMILIES]
    for row in rows:
        model, _ = build(row["model"])
        passes = {
            name for name, module in model.named_modules() if type(module).__name__ == "Identity" and not name.endswith(".drop")
        }
        row["layers"] = [layer for layer in row["layers"] if layer["name"] not in passes]
    write("golden_layers_families.jsonl.gz", rounded(rows))


def outputs():
    rows = []
    for full in NAMES:
        rows.append(golden(full, small(full)))
        print(f"  {len(rows)} of {len(NAMES)}: {full}", flush=True)
    rows.append(golden("torchvision:resnet50", 97, seed=11, batch=3))
    rows += [golden(full, size, seed=11, batch=3) for full, sizes in OTHER_SIZES for size in sizes]
    write("golden.jsonl.gz", rounded(rows))


def counted():
    write("counters.jsonl", [counters(full, size) for full, size in COUNTED])


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


PARTS = dict(fashion=fashion, catalogue=catalogue, golden_layers=layered, families=families, counters=counted, golden=outputs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"which files: {', '.join(PARTS)} (all unless given)")
    parser.add_argument("--fashion-mnist", default="/usr/share/datasets/fashion-mnist", help="folder of the data set's files")
    args = parser.parse_args()
    for part in args.parts:
        if part not in PARTS:
            parser.error(f"no part {part}; there are {', '.join(PARTS)}")
    torch.set_num_threads(1)
    for part in args.parts or PARTS:
        PARTS[part](args.fashion_mnist) if part == "fashion" else PARTS[part]()


if __name__ == "__main__":
    main()
