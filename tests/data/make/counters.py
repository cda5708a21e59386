#!/usr/bin/env python3
"""What fvcore, ptflops, thop, torchinfo and torch.utils.flop_counter print for a net, as one JSON object a line.

    pip install torch torchvision timm fvcore ptflops thop torchinfo
    counters.py torchvision:resnet50 timm:seresnet50 --size 224 > counters.jsonl

Batch 1, eval mode. `fvcore`, `ptflops_pytorch` and `ptflops_aten` are MACs as those tools count them, `torch` FLOPs,
`torchinfo` mult-adds, `thop` MACs.
"""
import argparse
import contextlib
import io
import json
import logging
import sys

import torch

from truth import build

# What counters.jsonl holds: (net, size or None for its own).
COUNTED = [
    (full, None)
    for full in (
        [f"torchvision:resnet{depth}" for depth in (18, 34, 50, 101, 152)]
        + ["torchvision:resnext50_32x4d", "torchvision:wide_resnet50_2"]
        + ["classic:resnet20_cifar", "classic:resnet50_v1", "classic:preact_resnet110_cifar"]
        + [
            f"timm:{n}"
            for n in "resnet50d seresnet50 ecaresnet26t resnetv2_50 resnetv2_50x1_bit res2net50_26w_4s resnest26d skresnet18 "
            "resnetblur18 resnet50_gn resnet26t resnetrs50 legacy_seresnet18 resnetaa34d resnest50d_1s4x24d "
            "resnetv2_50d_evos ecaresnet50d_pruned".split()
        ]
        + ["classic:resnet56_cifar", "classic:preact_resnet164_cifar"]
    )
] + [("torchvision:resnet18", 320)]


def counters(full, size):
    from fvcore.nn import FlopCountAnalysis
    from ptflops import get_model_complexity_info
    from thop import profile
    from torch.utils.flop_counter import FlopCounterMode
    from torchinfo import summary

    def fresh():
        model, shape = build(full, device="cpu")
        return model.eval(), (shape[0], size or shape[1], size or shape[2])

    model, shape = fresh()
    x = torch.zeros(1, *shape)
    row = dict(model=full, input=list(shape))
    with torch.no_grad(), contextlib.redirect_stdout(io.StringIO()):
        counter = FlopCounterMode(display=False)
        with counter:
            model(x)
        row["torch"] = counter.get_total_flops()
        analysis = FlopCountAnalysis(fresh()[0], x)
        analysis.unsupported_ops_warnings(False).uncalled_modules_warnings(False)
        row["fvcore"] = int(analysis.total())
        row["fvcore_by_operator"] = {k: int(v) for k, v in analysis.by_operator().items()}
        for backend in ("pytorch", "aten"):
            macs, params = get_model_complexity_info(
                fresh()[0], shape, as_strings=False, print_per_layer_stat=False, verbose=False, backend=backend
            )
            row[f"ptflops_{backend}"] = int(macs) if macs is not None else None
        macs, params = profile(fresh()[0], inputs=(x,), verbose=False)
        row["thop"] = int(macs)
        info = summary(fresh()[0], input_size=(1, *shape), verbose=0)
        row["torchinfo"] = int(info.total_mult_adds)
        row["torchinfo_params"] = int(info.total_params)
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--size", type=int)
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    for name in args.names:
        try:
            print(json.dumps(counters(name, args.size), separators=(",", ":")), flush=True)
        except Exception as error:
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
