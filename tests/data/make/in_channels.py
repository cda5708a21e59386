#!/usr/bin/env python3
"""Checkpoints of three channels in networks that read others, as timm's `adapt_input_conv` adapts them.

`in_channels.jsonl` gets a row a network and number of channels: the fingerprint of the first convolution's adapted weights (`weight`,
of the synthetic weights of forward.py for the network of three channels), and of the output of a pass in f64 with all weights.

    pip install torch timm
    in_channels.py > ../in_channels.jsonl
"""
import json

import forward
import timm
import torch
from timm.models import adapt_input_conv

SIZE, SEED = 64, 7


def row(name, first, channels):
    base = timm.create_model(name, pretrained=False)
    forward.fill(base, SEED)
    state = base.state_dict()
    state[first] = adapt_input_conv(channels, state[first].clone())
    model = timm.create_model(name, pretrained=False, in_chans=channels)
    model.load_state_dict(state)
    model.double().eval()
    shape = (1, channels, SIZE, SIZE)
    pixels = forward.uniform("input", int(torch.Size(shape).numel()), SEED).reshape(shape)
    image = ((2 * torch.from_numpy(pixels) - 1) * 2).to(torch.float32).to(torch.float64)
    with torch.inference_mode():
        output = model(image)
    found = dict(weight=forward.fingerprint(state[first]), output=forward.fingerprint(output))
    return dict(model=name, first=first, channels=channels, seed=SEED, size=SIZE, params=sum(p.numel() for p in model.parameters()), **found)


for name, first, all_channels in (
    ("resnet18", "conv1.weight", (1, 2, 4, 12)),
    ("resnet10t", "conv1.0.weight", (1, 4, 6)),
    ("resnetv2_18", "stem.conv.weight", (1, 5)),
    ("tresnet_m", "body.conv1.conv.weight", (1,)),
):
    for channels in all_channels:
        print(json.dumps(row(name, first, channels), separators=(",", ":")), flush=True)
