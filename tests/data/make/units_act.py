#!/usr/bin/env python3
"""A small network for each activation, for dropout and for layers of one number, on maps and on vectors: the truth for tests/made.rs.

It writes the spec of each, tests/specs/ok/unit_NAME.toml, and prints what PyTorch and the counting tools say of its own build: the
tensors, the output in f64 with synthetic weights of seed 7 (see forward.py), operations by each tool, and the bytes that autograd keeps
of one image.

    units_act.py > ../units_act.jsonl
"""
import contextlib
import io
import json
import logging
import pathlib
import warnings

import torch
import torch.nn.functional as F
from forward import fill, fingerprint, synthetic_input
from saved import saved
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

SEED = 7
SPECS = pathlib.Path(__file__).resolve().parents[2] / "specs" / "ok"
HEADER = """\
# Written by tests/data/make/units_act.py.
input = [3, 20, 18]
classes = 5
block = "own"
blocks = [1, 1]
widths = [8, 20]
strides = [1, 2]
"""


def conv(cin, cout, kernel, stride=1, bias=False):
    return nn.Conv2d(cin, cout, kernel, stride, kernel // 2, bias=bias)


class Block(nn.Module):
    def __init__(self, cin, width, stride, act, attention):
        super().__init__()
        self.a, self.b, self.r = conv(cin, width, 3, stride), nn.BatchNorm2d(width), act(width)
        self.c, self.d = conv(width, width, 3), nn.BatchNorm2d(width)
        self.se = Gate(width) if attention else nn.Identity()
        self.downsample = nn.Identity()
        if stride != 1 or cin != width:
            self.downsample = nn.Sequential(conv(cin, width, 1, stride), nn.BatchNorm2d(width))
        self.s = act(width)

    def forward(self, x):
        y = self.se(self.d(self.c(self.r(self.b(self.a(x))))))
        return self.s(y + self.downsample(x))


class Gate(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.pool, self.fc1, self.relu = nn.AdaptiveAvgPool2d(1), conv(width, 4, 1, bias=True), nn.ReLU()
        self.bend, self.fc2, self.gate = nn.Hardswish(), conv(4, width, 1, bias=True), nn.Sigmoid()

    def forward(self, x):
        return x * self.gate(self.fc2(self.bend(self.relu(self.fc1(self.pool(x))))))


class Net(nn.Module):
    def __init__(self, act, drop=None, attention=False):
        super().__init__()
        self.conv1, self.act0 = conv(3, 8, 3, bias=True), act(8)
        self.layer1 = nn.Sequential(Block(8, 8, 1, act, attention))
        self.layer2 = nn.Sequential(Block(8, 20, 2, act, attention))
        self.drop2d, self.pool = drop() if drop else nn.Identity(), nn.AdaptiveAvgPool2d(1)
        self.flatten, self.hidden, self.act1 = nn.Flatten(), nn.Linear(20, 18), act(18)
        self.drop, self.fc = drop() if drop else nn.Identity(), nn.Linear(18, 5)

    def forward(self, x):
        x = self.drop2d(self.layer2(self.layer1(self.act0(self.conv1(x)))))
        return self.fc(self.drop(self.act1(self.hidden(self.flatten(self.pool(x))))))


def spec(settings, drop="", default="", attention=""):
    def act(name):
        return f'{{ act = "{name}"{settings} }}'

    maps, vectors = (f'{{ dropout = "{name}"{drop} }}, ' if drop else "" for name in ("drop2d", "drop"))
    gate = '{ attention = "se" }, ' if attention else ""
    return f"""\
{HEADER}{default}{attention}
[stem]
layers = [{{ conv = "conv1", kernel = 3, out = 8, bias = true }}, {act("act0")}]

[head]
layers = [
  {maps}{{ global_avg_pool = "pool" }}, {{ flatten = "flatten" }}, {{ linear = "hidden", out = 18 }}, {act("act1")},
  {vectors}{{ linear = "fc", out = "classes" }},
]

[define.blocks.own]
out = "width"
main = [
  {{ conv = "a", kernel = 3, out = "width", stride = "stride" }}, {{ norm = "b" }}, {act("r")},
  {{ conv = "c", kernel = 3, out = "width" }}, {{ norm = "d" }}, {gate}
]
shortcut = "projection"
after_add = [{act("s")}]
"""


class StdConv(nn.Conv2d):
    def forward(self, x):
        var, mean = torch.var_mean(self.weight, dim=(1, 2, 3), keepdim=True, correction=0)
        return self._conv_forward(x, (self.weight - mean) / torch.sqrt(var + 1e-6), self.bias)


class Double(nn.Module):
    """Standardised weights without batch norm, for which a pass calculates in double precision."""

    def __init__(self):
        super().__init__()
        self.conv1, self.act0, self.shift = StdConv(3, 8, 3, 1, 1), nn.PReLU(8), nn.Parameter(torch.zeros(1))
        self.layer1 = nn.Sequential(DoubleBlock())
        self.hidden, self.act1, self.times = nn.Linear(8, 18), nn.PReLU(18), nn.Parameter(torch.ones(1))
        self.drop, self.act2, self.fc = nn.Dropout(), nn.GELU(), nn.Linear(18, 5)

    def forward(self, x):
        x = self.layer1(self.act0(self.conv1(x)) + self.shift)
        return self.fc(self.act2(self.drop(self.act1(self.hidden(x.mean((2, 3)))) * self.times)))


class DoubleBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.scale = StdConv(8, 8, 3, 1, 1), nn.ELU(0.7), nn.Parameter(torch.ones(1))

    def forward(self, x):
        return F.gelu(x + self.b(self.a(x)) * self.scale, approximate="tanh")


DOUBLE = """\
# Written by tests/data/make/units_act.py.
input = [3, 20, 18]
classes = 5
block = "own"
blocks = [1]
widths = [8]
strides = [1]
conv = { standardize = 1e-6 }

[stem]
layers = [{ conv = "conv1", kernel = 3, out = 8, bias = true }, { act = "act0", kind = "prelu", weights = "channels" }, { bias = "shift" }]

[head]
layers = [
  { global_avg_pool = "pool" }, { flatten = "flatten" }, { linear = "hidden", out = 18 },
  { act = "act1", kind = "prelu", weights = 18 }, { scale = "times" }, { dropout = "drop" }, { act = "act2", kind = "gelu" },
  { linear = "fc", out = "classes" },
]

[define.blocks.own]
out = "width"
main = [{ conv = "a", kernel = 3, out = "width", bias = true }, { act = "b", kind = "elu", alpha = 0.7 }, { scale = "scale" }]
shortcut = "bare_projection"
after_add = [{ act = "c", kind = "gelu", approximate = "tanh" }]
"""


class FixupBlock(nn.Module):
    def __init__(self, cin, width, stride):
        super().__init__()
        for name in ("bias1a", "bias1b", "bias2a", "bias2b"):
            setattr(self, name, nn.Parameter(torch.zeros(1)))
        self.scale = nn.Parameter(torch.ones(1))
        self.conv1, self.conv2 = conv(cin, width, 3, stride), conv(width, width, 3)
        self.relu = nn.ReLU()
        self.downsample = conv(cin, width, 1, stride) if stride != 1 or cin != width else None

    def forward(self, x):
        a = x + self.bias1a
        y = self.relu(self.conv1(a) + self.bias1b)
        y = self.conv2(y + self.bias2a) * self.scale + self.bias2b
        return self.relu(y + (x if self.downsample is None else self.downsample(a)))


class Fixup(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bias1, self.relu = conv(3, 8, 3), nn.Parameter(torch.zeros(1)), nn.ReLU()
        self.layer1, self.layer2 = nn.Sequential(FixupBlock(8, 8, 1)), nn.Sequential(FixupBlock(8, 20, 2))
        self.pool, self.flatten = nn.AdaptiveAvgPool2d(1), nn.Flatten()
        self.bias2, self.fc = nn.Parameter(torch.zeros(1)), nn.Linear(20, 5)

    def forward(self, x):
        x = self.layer2(self.layer1(self.relu(self.conv1(x) + self.bias1)))
        return self.fc(self.flatten(self.pool(x)) + self.bias2)


FIXUP = f"""\
{HEADER}
[stem]
layers = [{{ conv = "conv1", kernel = 3, out = 8 }}, {{ bias = "bias1" }}, {{ act = "relu" }}]

[head]
layers = [{{ global_avg_pool = "pool" }}, {{ flatten = "flatten" }}, {{ bias = "bias2" }}, {{ linear = "fc", out = "classes" }}]

[define.blocks.own]
out = "width"
before = [{{ bias = "bias1a" }}]
main = [
  {{ conv = "conv1", kernel = 3, out = "width", stride = "stride" }}, {{ bias = "bias1b" }}, {{ act = "relu" }}, {{ bias = "bias2a" }},
  {{ conv = "conv2", kernel = 3, out = "width" }}, {{ scale = "scale" }}, {{ bias = "bias2b" }},
]
shortcut = "bare"
after_add = [{{ act = "relu" }}]

[define.shortcuts.bare]
layers = [{{ conv = "downsample", kernel = 1, out = "out", stride = "stride" }}]
"""

SE = """attention = "own_gate"

[define.attentions.own_gate]
layers = [
  { global_avg_pool = "pool" }, { conv = "fc1", kernel = 1, out = 4, bias = true }, { act = "relu" },
  { act = "bend", kind = "hard_swish" }, { conv = "fc2", kernel = 1, out = "in", bias = true }, { sigmoid = "gate" },
]
"""

# Name, module of a number of channels, settings in the spec.
ACTIVATIONS = [
    ("relu6", lambda _: nn.ReLU6(), ', kind = "relu6"'),
    ("leaky_relu", lambda _: nn.LeakyReLU(0.2), ', kind = "leaky_relu", slope = 0.2'),
    ("prelu", lambda _: nn.PReLU(), ', kind = "prelu"'),
    ("prelu_channels", lambda channels: nn.PReLU(channels), ', kind = "prelu", weights = "channels"'),
    ("elu", lambda _: nn.ELU(0.7), ', kind = "elu", alpha = 0.7'),
    ("silu", lambda _: nn.SiLU(), ', kind = "silu"'),
    ("gelu", lambda _: nn.GELU(), ', kind = "gelu"'),
    ("gelu_tanh", lambda _: nn.GELU("tanh"), ', kind = "gelu", approximate = "tanh"'),
    ("hard_swish", lambda _: nn.Hardswish(), ', kind = "hard_swish"'),
    ("sigmoid", lambda _: nn.Sigmoid(), ', kind = "sigmoid"'),
    ("tanh", lambda _: nn.Tanh(), ', kind = "tanh"'),
]


def problems():
    for name, act, settings in ACTIVATIONS:
        yield name, lambda act=act: Net(act), spec(settings)
    silu, leaky = (lambda _: nn.SiLU()), (lambda _: nn.LeakyReLU(0.1))
    yield "default", lambda: Net(silu, attention=True), spec("", default='act = "silu"\n', attention=SE)
    yield "default_table", lambda: Net(leaky), spec("", default='act = { kind = "leaky_relu", slope = 0.1 }\n')
    yield "dropout", lambda: Net(lambda _: nn.ReLU(), lambda: nn.Dropout(0.3)), spec("", drop=", p = 0.3")
    yield "dropout_of_none", lambda: Net(lambda _: nn.ReLU(), lambda: nn.Dropout(0.0)), spec("", drop=", p = 0.0")
    yield "fixup", Fixup, FIXUP
    yield "in_double", Double, DOUBLE


def counts(build, shape):
    from fvcore.nn import FlopCountAnalysis
    from ptflops import get_model_complexity_info
    from thop import profile
    from torchinfo import summary

    x, found = torch.zeros(1, *shape), {}
    with torch.no_grad(), contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with FlopCounterMode(display=False) as counter:
            build().eval()(x)
        found["torch"] = counter.get_total_flops()
        analysis = FlopCountAnalysis(build().eval(), x)
        analysis.unsupported_ops_warnings(False).uncalled_modules_warnings(False)
        found["fvcore"] = int(analysis.total())
        for rule, backend in (("ptflops", "pytorch"), ("ptflops-aten", "aten")):
            macs, _ = get_model_complexity_info(
                build().eval(), shape, as_strings=False, print_per_layer_stat=False, verbose=False, backend=backend
            )
            found[rule] = int(macs)
        found["thop"] = int(profile(build().eval(), inputs=(x,), verbose=False)[0])
        found["torchinfo"] = int(summary(build().eval(), input_size=(1, *shape), verbose=0).total_mult_adds)
    return found


def main():
    logging.disable(logging.CRITICAL)
    for name, build, text in problems():
        name = f"unit_{name}"
        (SPECS / f"{name}.toml").write_text(text)
        model = build()
        fill(model, SEED)
        model.double().eval()
        x = synthetic_input((1, 3, 20, 18), SEED)
        with torch.no_grad():
            output = fingerprint(model(x))
        trained = build().train()
        two, four = (saved(trained, torch.randn(n, 3, 20, 18)) for n in (2, 4))
        row = {
            "name": name,
            "seed": SEED,
            "input": list(x.shape),
            "params": sum(p.numel() for p in model.parameters()),
            "counts": counts(build, (3, 20, 18)) if name != "unit_in_double" else {},
            "saved": (four - two) // 2 if name != "unit_in_double" else None,
            "state": {key: list(value.shape) for key, value in model.state_dict().items()},
            "output": output,
        }
        print(json.dumps(row), flush=True)


main()
