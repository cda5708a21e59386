#!/usr/bin/env python3
"""Golden forward passes: PyTorch's activations for weights that any language can make again.

Every float tensor of a model's state_dict is filled from its name alone, so that a port that gives its
parameters the same names computes the same network without a checkpoint:

    key   = fnv1a64(name) XOR (seed * 0x9E3779B97F4A7C15 mod 2^64)
    u[i]  = (splitmix64(key + i * 0x9E3779B97F4A7C15 mod 2^64) >> 40) / 2^24          in [0, 1), exact in f32
    splitmix64(z): z ^= z >> 30; z *= 0xBF58476D1CE4E5B9; z ^= z >> 27; z *= 0x94D049BB133111EB; z ^= z >> 31

    a tensor of 2 or more dimensions     (2u - 1) * sqrt(3 / fan_in)      fan_in = product of all dims but the first
    NAME.running_mean                    (2u - 1) * 0.2
    NAME.running_var                     0.5 + u
    1-d NAME.weight (norm scale)         0.25 + 0.5u
    any other 1-d float tensor (bias)    (2u - 1) * 0.1
    the input image, name "input"        (2u - 1) * 2      shape (batch, channels, height, width), row-major

Values are computed in f64 and rounded once to f32; the pass itself then runs in f64, so that what it
prints is the truth to hold an f32 pass against. A fingerprint of a tensor holds its shape, mean, root mean
square, minimum and maximum (f64 sums) and 16 samples at flat indices floor(k * (n - 1) / 15).

    forward.py torchvision:resnet50 --size 64 --seed 7 --layers > resnet50.json
    forward.py timm:resnet50d --size 96x64                    # height x width
    forward.py classic:resnet20_cifar --batch 4 --train      # batch statistics; prints the updated running ones too
    forward.py classic:resnet20_fashion --layers --weights resnet20_fashion.safetensors --image boot.png

With --weights and --image it runs trained weights on a grey picture instead: each pixel in f32 as
(value / 255 - 0.2860) / 0.3530, then the pass in f64; it prints the logits and their softmax too.
"""
import argparse
import json
import os

import numpy as np
import torch

from truth import build

GOLDEN = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1
MEAN, STD = 0.2860, 0.3530


def fnv1a64(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK
    return h


def uniform(name, count, seed):
    key = np.uint64(fnv1a64(name) ^ (seed * GOLDEN & MASK))
    with np.errstate(over="ignore"):
        z = key + np.arange(count, dtype=np.uint64) * np.uint64(GOLDEN)
        z ^= z >> np.uint64(30)
        z *= np.uint64(0xBF58476D1CE4E5B9)
        z ^= z >> np.uint64(27)
        z *= np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float64) / float(1 << 24)


def values(name, shape, seed):
    u = uniform(name, int(np.prod(shape)), seed)
    if len(shape) >= 2:
        v = (2 * u - 1) * np.sqrt(3.0 / np.prod(shape[1:]))
    elif name.endswith("running_mean"):
        v = (2 * u - 1) * 0.2
    elif name.endswith("running_var"):
        v = 0.5 + u
    elif name.endswith("weight"):
        v = 0.25 + 0.5 * u
    else:
        v = (2 * u - 1) * 0.1
    return torch.from_numpy(v.astype(np.float32).reshape(shape))


def fill(model, seed):
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if tensor.is_floating_point():
                tensor.copy_(values(name, tuple(tensor.shape), seed))


def load(model, path):
    """Trained weights; only num_batches_tracked may be missing from the file."""
    from safetensors.torch import load_file

    missing, unexpected = model.load_state_dict(load_file(path), strict=False)
    assert not unexpected and all(k.endswith("num_batches_tracked") for k in missing), (missing, unexpected)


def standardise(pixels):
    """Grey pixels (u8, N x H x W) as the network sees them: (N, 1, H, W), computed in f32, returned in f64."""
    return ((torch.from_numpy(pixels.copy()).float()[:, None] / 255 - MEAN) / STD).double()


def picture(path):
    from PIL import Image

    image = Image.open(path)
    assert image.mode == "L", f"{path}: not a grey picture"
    return np.asarray(image)


def synthetic_input(shape, seed):
    x = (2 * torch.from_numpy(uniform("input", int(np.prod(shape)), seed).reshape(shape)) - 1) * 2
    return x.to(torch.float32).to(torch.float64)


def fingerprint(tensor):
    flat = tensor.detach().to(torch.float64).flatten()
    n = flat.numel()
    picks = flat[[k * (n - 1) // 15 for k in range(16)]]
    return dict(
        shape=list(tensor.shape),
        mean=flat.mean().item(),
        rms=flat.square().mean().sqrt().item(),
        min=flat.min().item(),
        max=flat.max().item(),
        samples=[float(np.float32(p)) for p in picks.tolist()],
    )


def run(model, x, layers):
    """The output of one pass and, where asked for, the fingerprint of every leaf module's output."""
    rows, calls = [], {}
    if layers:
        for path, module in model.named_modules():
            if path and not list(module.children()):

                def record(_, __, output, path=path):
                    calls[path] = calls.get(path, 0) + 1
                    rows.append(dict(name=path, call=calls[path], **fingerprint(output)))

                module.register_forward_hook(record)
    with torch.inference_mode():
        return model(x), rows


def sides(size):
    """A size, 64 or "64" or "96x64" (height x width), as (height, width)."""
    both = [int(side) for side in str(size).split("x")]
    return tuple(both * 2 if len(both) == 1 else both)


def golden(full, size=None, seed=7, batch=1, layers=False, train=False):
    model, shape = build(full, device="cpu")
    fill(model, seed)
    model.double().train(train)
    shape = (batch, shape[0], *(sides(size) if size else shape[1:]))
    output, rows = run(model, synthetic_input(shape, seed), layers)
    result = dict(model=full, seed=seed, train=train, input=list(shape), output=fingerprint(output))
    if layers:
        result["layers"] = rows
    if train:
        result["running"] = {
            k: fingerprint(v) for k, v in model.state_dict().items() if k.endswith(("running_mean", "running_var"))
        }
    return result


def trained(full, weights, image, layers=True):
    model, _ = build(full, device="cpu")
    load(model, weights)
    model.double().eval()
    x = standardise(picture(image)[None])
    output, rows = run(model, x, layers)
    return dict(
        model=full,
        weights=os.path.basename(weights),
        image=os.path.basename(image),
        train=False,
        input=list(x.shape),
        input_fingerprint=fingerprint(x),
        output=fingerprint(output),
        logits=output[0].tolist(),
        probabilities=output[0].softmax(0).tolist(),
        layers=rows,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--size", help="input side, or height x width as 96x64 (the model's own unless given)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--layers", action="store_true", help="fingerprint every leaf module's output too")
    parser.add_argument("--train", action="store_true", help="batch norm in training mode")
    parser.add_argument("--weights", help="trained weights (safetensors) in place of synthetic ones; needs --image")
    parser.add_argument("--image", help="a grey picture to run them on")
    args = parser.parse_args()
    for name in args.names:
        if args.weights:
            row = trained(name, args.weights, args.image, args.layers)
        else:
            row = golden(name, args.size, args.seed, args.batch, args.layers, args.train)
        print(json.dumps(row, separators=(",", ":")), flush=True)


if __name__ == "__main__":
    main()
