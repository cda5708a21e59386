#!/usr/bin/env python3
"""Files that people take for a checkpoint of PyTorch, each as the program that owns the format writes it.

    pip install torch numpy h5py
    foreign.py ../checkpoints/foreign
"""
import argparse
import json
import os
import sys
import warnings

import h5py
import numpy
import torch
import torch.distributed.checkpoint
from torch import nn
from torch.ao.quantization import quantize_dynamic

POINTER = """version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 102502400
"""
PAGE = """<!DOCTYPE html>
<html><head><title>Google Drive - Virus scan warning</title></head><body></body></html>
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    folder = parser.parse_args().folder
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    warnings.simplefilter("ignore")

    model, picture = nn.Sequential(nn.Conv2d(1, 2, 3, bias=False), nn.ReLU()).eval(), torch.ones(1, 1, 5, 5)
    nn.init.ones_(model[0].weight)
    torch.export.save(torch.export.export(model, (picture,)), "net.pt2")
    torch.onnx.export(model, (picture,), "net.onnx", dynamo=False)
    torch.distributed.checkpoint.save({"model": model.state_dict()}, checkpoint_id="dcp")
    weight = numpy.ones((2, 3), numpy.float32)
    numpy.savez("net.npz", weight=weight)
    numpy.save("net.npy", weight)
    with h5py.File("net.h5", "w") as file:
        file["conv/kernel"] = weight
    # The state of a quantised network: tensors, and kinds of numbers beside them.
    linear = nn.Sequential(nn.Linear(3, 2))
    nn.init.ones_(linear[0].weight)
    torch.save(quantize_dynamic(linear, {nn.Linear}, dtype=torch.qint8).state_dict(), "qint8.pth")
    torch.save({"fc.weight": torch.ones(2, 3), "fc.dtype": torch.qint8}, "dtype.pth")
    index = {"metadata": {"total_size": 24}, "weight_map": {"conv.weight": "model-00001-of-00002.safetensors"}}
    for name, text in [
        ("model.safetensors.index.json", json.dumps(index, indent=2) + "\n"),
        ("config.json", '{"architectures": ["ResNetForImageClassification"]}\n'),
        ("pointer.safetensors", POINTER),
        ("page.pth", PAGE),
    ]:
        with open(name, "w") as file:
            file.write(text)


if __name__ == "__main__":
    sys.exit(main())
