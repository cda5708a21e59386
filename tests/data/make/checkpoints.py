#!/usr/bin/env python3
"""Checkpoints as PyTorch writes them, of ten networks in the forms that training code saves, and small odd ones.

Element i of every floating tensor is ((i + 7 * len(name)) mod 31 - 15) / 8, where `name` is the tensor's name in the bare
network: exact in f16 and bf16, and so regular that the files shrink to almost nothing in gzip.

    pip install torch torchvision timm
    checkpoints.py ../checkpoints
"""
import argparse
import gzip
import io
import os
import sys
import zipfile
from collections import OrderedDict

import torch
from torch import nn

import truth


def fill(state, prefix=""):
    for name, tensor in state.items():
        if tensor.is_floating_point():
            index = torch.arange(tensor.numel()) + 7 * len(name.removeprefix(prefix))
            tensor.copy_((((index % 31) - 15) / 8).reshape(tensor.shape).to(tensor.dtype))
    return state


def net(full):
    return truth.build(full, device="cpu")[0].eval()


def state(full, dtype=torch.float32):
    model = net(full).to(dtype)
    fill(model.state_dict())
    return model.state_dict()


def before_counters(state):
    """Before PyTorch 0.4.1, batch norm had no num_batches_tracked."""
    return OrderedDict((k, v) for k, v in state.items() if not k.endswith("num_batches_tracked"))


def flat(state):
    """Every tensor a view of one storage, as fused optimisers keep them."""
    floats = {k: v for k, v in state.items() if v.is_floating_point()}
    whole, out, at = torch.cat([v.reshape(-1) for v in floats.values()]), OrderedDict(), 0
    for name, tensor in floats.items():
        out[name] = whole[at : at + tensor.numel()].view(tensor.shape)
        at += tensor.numel()
    return out


def trained(model):
    """What a training loop saves beside the weights: the state of an optimiser after a step."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for parameter in list(model.parameters())[:4]:
        parameter.grad = torch.ones_like(parameter)
    optimizer.step()
    return optimizer.state_dict()


class Shell:
    """What an attack looks like: unpickled by Python, it runs a command."""

    def __init__(self, call, *args):
        self.call, self.args = call, args

    def __reduce__(self):
        return self.call, self.args


def small(dtype=torch.float32):
    model = nn.Sequential(OrderedDict(fc=nn.Linear(3, 2), bn=nn.BatchNorm1d(2)))
    model.to(dtype)
    fill(model.state_dict())
    return model


def deflated(data):
    """The same archive with every member compressed, as a user may zip it anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, old.read(member))
    return out.getvalue()


def saved(value, legacy=False):
    out = io.BytesIO()
    torch.save(value, out, _use_new_zipfile_serialization=not legacy)
    return out.getvalue()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    folder = parser.parse_args().folder
    os.makedirs(folder, exist_ok=True)

    def write(name, data):
        with open(os.path.join(folder, name + ".gz"), "wb") as file:
            file.write(gzip.compress(data, 9, mtime=0))

    half, brain = torch.float16, torch.bfloat16
    # As they are.
    write("resnet20_cifar.pth", saved(state("classic:resnet20_cifar")))
    write("resnet18.pth", saved(state("torchvision:resnet18", half)))
    # The files of torchvision's early days.
    early = before_counters(state("classic:resnet32_cifar"))
    write("resnet32_cifar.pth", saved(OrderedDict(("module." + k, v) for k, v in early.items()), legacy=True))
    write("wrn_16_8.pth", saved(flat(state("classic:wrn_16_8", half)), legacy=True))
    # The training script of torchvision.
    model = net("torchvision:resnet34").to(brain)
    fill(model.state_dict())
    args = argparse.Namespace(model="resnet34", lr=0.1, amp=True)
    write("resnet34.pth", saved({"model": model.state_dict(), "epoch": 89, "args": args}))
    # The training script of PyTorch's ImageNet example, and its optimiser.
    model = nn.DataParallel(net("classic:preact_resnet110_cifar"))
    optimizer = trained(model)
    fill(model.state_dict(), "module.")
    checkpoint = {"epoch": 3, "arch": "preact", "state_dict": model.state_dict(), "best_acc1": torch.tensor(76.1), "optimizer": optimizer}
    write("preact_resnet110_cifar.pth", saved(checkpoint, legacy=True))
    # timm's, whose averaged weights are the ones to use: the others are wrong here.
    averaged = state("timm:resnet10t", half)
    last = OrderedDict((k, torch.zeros_like(v)) for k, v in averaged.items())
    write("resnet10t.pth", saved({"arch": "resnet10t", "state_dict": last, "state_dict_ema": averaged, "metric": 68.0}))
    # torch.compile, channels last: every convolution has other strides.
    model = net("timm:resnet18d").to(half)
    fill(model.state_dict())
    model = model.to(memory_format=torch.channels_last)
    write("resnet18d.pth", saved(OrderedDict(("_orig_mod." + k, v) for k, v in model.state_dict().items())))
    # Parameters in place of tensors, and doubles.
    model = net("timm:seresnet18").half()
    fill(model.state_dict())
    whole = {**dict(model.named_parameters()), **dict(model.named_buffers())}
    write("seresnet18.pth", saved({"model_state": whole}))
    model = net("classic:resnet20_fashion").double()
    fill(model.state_dict())
    write("resnet20_fashion.pth", saved({"net": {"module": model.state_dict()}}))

    # Small ones, to be damaged.
    plain = saved(small(half).state_dict())
    write("small.pth", plain)
    write("small_legacy.pth", saved(small().state_dict(), legacy=True))
    write("small_deflated.pth", deflated(plain))
    # What must not be obeyed, and what is no state dictionary.
    command = "touch executed_by_a_checkpoint"
    attack = {"fc.weight": torch.zeros(2, 3), "fc.bias": Shell(os.system, command)}
    write("hostile_system.pth", saved(attack))
    write("hostile_system_legacy.pth", saved(attack, legacy=True))
    write("hostile_eval.pth", saved({"state_dict": small().state_dict(), "epoch": Shell(eval, "print(1)")}))
    write("whole_model.pth", saved(small()))
    write("sparse.pth", saved({"fc.weight": torch.eye(3).to_sparse()}))
    write("quantised.pth", saved({"fc.weight": torch.quantize_per_tensor(torch.ones(2, 3), 0.1, 0, torch.qint8)}))
    write("optimizer.pth", saved({"optimizer": trained(small()), "epoch": 3}))
    write("optimizer_alone.pth", saved(trained(small())))
    write("one_tensor.pth", saved(torch.ones(3)))
    script = io.BytesIO()
    torch.jit.save(torch.jit.script(small().eval()), script)
    write("torchscript.pth", script.getvalue())
    # Every protocol of pickle that is not PyTorch's own, in the format before 1.6; and 0 in today's.
    state = {"conv.weight": torch.arange(6.0).reshape(2, 3), "conv.bias": torch.tensor([1.5, -2.0])}
    for legacy, protocol in [(True, 0), (True, 1), (True, 3), (True, 4), (True, 5), (False, 0)]:
        file = io.BytesIO()
        torch.save(state, file, pickle_protocol=protocol, _use_new_zipfile_serialization=not legacy)
        write(f"{'legacy' if legacy else 'archive'}_protocol_{protocol}.pth", file.getvalue())


if __name__ == "__main__":
    sys.exit(main())
