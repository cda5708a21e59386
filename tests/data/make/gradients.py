#!/usr/bin/env python3
"""Golden backward passes: autograd's gradients on the weights and input of forward.py, in f64, and how far PyTorch's own
pass in f32 lies from them.

The loss is the mean cross-entropy of the logits against the labels (0, 1, 2, ...) modulo the number of outputs, one an image.
Dropout hands everything on, and timm's statistics in f32 are taken in f64. A row has the loss, fingerprints (forward.py) of the gradients of the input and of every parameter,
and with --step the loss after one step of plain gradient descent on the same batch. `f32` of a gradient is the root mean square
of the difference between f32 and f64, as a part of the larger of its own rms and a millionth of the largest rms of the network:
what is zero in truth (a bias before batch norm) is noise. It is the worst of six passes in f32, in both layouts of memory, with
the input as it is and twice an ulp beside it: where a value lies next to a ReLU's corner, one pass may be right by luck, and
the next one is a thousand times as far off.

    gradients.py classic:resnet20_cifar --batch 4 --step 0.01 > rows.jsonl
    gradients.py --all | gzip -9n > ../gradients.jsonl.gz
"""
import argparse
import json

import numpy as np
import torch
from forward import fill, fingerprint, sides, synthetic_input
from torch.nn import functional as F
from truth import build

FLOOR = 1e-6
# Name, batch, size, and whether batch norm takes its own statistics.
ALL = [
    ("classic:resnet20_cifar", 4, None, True),
    ("classic:preact_resnet110_cifar", 4, None, True),
    ("classic:wrn_16_8", 4, None, True),
    ("classic:resnet56_cifar", 3, 28, True),
    ("classic:resnext29_8x64d", 2, None, True),
    ("timm:resnet18", 2, 64, True),
    ("timm:resnet50", 2, 64, True),
    ("timm:resnet18d", 2, 64, True),
    ("timm:resnext50_32x4d", 2, 64, True),
    ("timm:seresnet18", 2, 64, True),
    ("timm:resnetv2_18", 2, 64, True),
    ("timm:resnetblur18", 2, 64, True),
    ("timm:ecaresnet26t", 2, 64, True),
    ("timm:skresnet18", 2, 64, True),
    ("timm:resnest14d", 2, 64, True),
    ("timm:res2net50_26w_4s", 2, 64, True),
    ("timm:resnet50_gn", 2, 64, True),
    ("timm:resnetv2_50d_frn", 2, 64, True),
    ("timm:resnetv2_50d_evos", 2, 64, True),
    ("timm:resnetv2_50x1_bit", 2, 64, True),
    ("timm:resnetv2_50d_gn", 2, 64, True),
    ("timm:resnet18", 2, 64, False),
    ("timm:nf_resnet26", 2, 64, True),
    ("classic:fixup_resnet18", 2, 64, True),
    ("classic:resnet18_ibn_a", 2, 64, True),
    ("classic:resnet18_ibn_b", 2, 64, True),
    ("classic:iresnet18", 4, None, True),
    ("classic:pyramidnet110_a48", 2, None, True),
    ("classic:speaker_resnet18", 2, None, True),
    ("timm:regnetx_002", 2, 64, True),
    ("timm:regnety_002", 2, 64, True),
    ("timm:tresnet_m", 2, 64, True),
    ("timm:darknet53", 2, 64, True),
    ("timm:cspresnet50", 2, 64, True),
    ("timm:resnet50_clip_gap", 2, 64, True),
    ("classic:keras_resnet50v2", 2, 64, True),
    ("classic:kuangliu_resnet18", 2, None, True),
    ("classic:plain20_cifar", 2, None, True),
]


def print_of(tensor):
    """A fingerprint whose samples are written as f32."""
    own = fingerprint(tensor)
    own["samples"] = [float(str(np.float32(sample))) for sample in own["samples"]]
    return own


def exact_statistics():
    """timm takes the statistics of EvoNorm and of filter response norm in f32, whatever it is given: here they stay f64."""
    single = torch.Tensor.float
    torch.Tensor.float = lambda self: self if self.dtype == torch.float64 else single(self)


def backward(full, dtype, seed, batch, size, train, layout=torch.contiguous_format, beside=0):
    model, shape = build(full, device="cpu")
    fill(model, seed)
    model.to(dtype=dtype, memory_format=layout).train(train)
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    shape = (batch, shape[0], *(sides(size) if size else shape[1:]))
    x = synthetic_input(shape, seed).to(dtype)
    if beside:
        up = torch.randint(0, 2, x.shape, generator=torch.Generator().manual_seed(beside))
        x = x * (1 + (2 * up - 1) * 2.0**-23)
    x = x.contiguous(memory_format=layout).requires_grad_()
    logits = model(x)
    labels = torch.arange(batch) % logits.shape[1]
    loss = F.cross_entropy(logits, labels)
    loss.backward()
    gradients = {"": x.grad} | {k: p.grad for k, p in model.named_parameters() if p.grad is not None}
    return model, x, labels, loss.item(), gradients


def golden(full, seed=7, batch=2, size=None, train=True, step=0.0):
    model, x, labels, loss, exact = backward(full, torch.float64, seed, batch, size, train)
    layouts = (torch.contiguous_format, torch.channels_last)
    passes = [(layout, beside) for beside in range(3) for layout in layouts]
    single = [backward(full, torch.float32, seed, batch, size, train, *way)[4] for way in passes]
    largest = max(g.square().mean().sqrt().item() for k, g in exact.items() if k)

    def row_of(name):
        row = print_of(exact[name])
        apart = max((own[name].double() - exact[name]).square().mean().sqrt().item() for own in single)
        return row | dict(f32=float(f"{apart / max(row['rms'], FLOOR * largest):.2e}"))

    row = dict(model=full, seed=seed, train=train, input=list(x.shape), loss=loss, input_gradient=row_of(""))
    row["parameters"] = {name: row_of(name) for name in exact if name}
    if step:
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                if name in exact:
                    parameter -= step * exact[name]
            row["step"], row["loss_after"] = step, F.cross_entropy(model(x), labels).item()
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--all", action="store_true", help="the rows of gradients.jsonl.gz")
    parser.add_argument("--size")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--batch", type=int, default=2)
    parser.add_argument("--inference", action="store_true", help="batch norm by its running statistics")
    parser.add_argument("--step", type=float, default=0.0)
    args = parser.parse_args()
    exact_statistics()
    asked = [(name, args.batch, args.size, not args.inference) for name in args.names]
    for name, batch, size, train in ALL if args.all else asked:
        step = 0.01 if args.all and train else args.step
        print(json.dumps(golden(name, args.seed, batch, size, train, step), separators=(",", ":")), flush=True)


if __name__ == "__main__":
    main()
