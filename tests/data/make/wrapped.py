#!/usr/bin/env python3
"""Small networks in the wrappings and under the names in which people have their checkpoints, with what PyTorch makes of each.

Every floating tensor has a regular pattern, so that the files shrink in gzip. `expected.json` has for each file the spec beside it
that it fits, the output for the input `synthetic:0` (summed in double precision), and the entry, prefix and naming that must be told;
or words of the refusal. Where a hook of PyTorch has split a weight, the output is that of the network with the hook.

    pip install torch numpy safetensors
    wrapped.py ../checkpoints/wrapped
"""
import argparse
import gzip
import io
import json
import os
import pathlib
import pickle
import re
import sys
import types
import warnings

import numpy as np
import torch
from safetensors.torch import save
from torch import nn
from torch.nn.utils import parametrizations, prune

from forward import uniform

SIZE = 16


class Block(nn.Module):
    """As torchvision's BasicBlock or Bottleneck; `pad` takes every second pixel and pads channels, as in CIFAR's networks (option A)."""

    def __init__(self, before, width, stride, deep, pad):
        super().__init__()
        out = 4 * width if deep else width
        self.conv1 = nn.Conv2d(before, width, 1 if deep else 3, 1 if deep else stride, 0 if deep else 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride if deep else 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        if deep:
            self.conv3 = nn.Conv2d(width, out, 1, bias=False)
            self.bn3 = nn.BatchNorm2d(out)
        self.deep, self.stride, self.more = deep, stride, out - before if pad else None
        self.downsample = None
        if (stride != 1 or before != out) and not pad:
            self.downsample = nn.Sequential(nn.Conv2d(before, out, 1, stride, bias=False), nn.BatchNorm2d(out))

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        if self.deep:
            y = self.bn3(self.conv3(torch.relu(y)))
        if self.downsample is not None:
            x = self.downsample(x)
        elif self.more:
            x = nn.functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.more // 2, self.more // 2))
        return torch.relu(x + y)


class Net(nn.Module):
    def __init__(self, deep=False, pad=False, classes=4):
        super().__init__()
        grow = 4 if deep else 1
        self.conv1 = nn.Conv2d(3, 8, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.layer1 = nn.Sequential(Block(8, 8, 1, deep, pad), Block(8 * grow, 8, 1, deep, pad))
        self.layer2 = nn.Sequential(Block(8 * grow, 16, 2, deep, pad), Block(16 * grow, 16, 1, deep, pad))
        self.fc = nn.Linear(16 * grow, classes) if classes else None

    def forward(self, x):
        x = self.layer2(self.layer1(torch.relu(self.bn1(self.conv1(x)))))
        x = x.mean((2, 3))
        return x if self.fc is None else self.fc(x)


class Face(nn.Module):
    """insightface's iresnet: a normalisation first, PReLU, no average pool, a normalisation of the embedding."""

    class Block(nn.Module):
        def __init__(self, before, out, stride):
            super().__init__()
            self.bn1 = nn.BatchNorm2d(before, eps=1e-5)
            self.conv1 = nn.Conv2d(before, out, 3, 1, 1, bias=False)
            self.bn2 = nn.BatchNorm2d(out)
            self.prelu = nn.PReLU(out)
            self.conv2 = nn.Conv2d(out, out, 3, stride, 1, bias=False)
            self.bn3 = nn.BatchNorm2d(out)
            self.downsample = None
            if stride != 1 or before != out:
                self.downsample = nn.Sequential(nn.Conv2d(before, out, 1, stride, bias=False), nn.BatchNorm2d(out))

        def forward(self, x):
            y = self.bn3(self.conv2(self.prelu(self.bn2(self.conv1(self.bn1(x))))))
            return y + (x if self.downsample is None else self.downsample(x))

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.prelu = nn.PReLU(8)
        self.layer1 = nn.Sequential(self.Block(8, 8, 2), self.Block(8, 8, 1))
        self.layer2 = nn.Sequential(self.Block(8, 16, 2), self.Block(16, 16, 1))
        self.bn2 = nn.BatchNorm2d(16)
        self.dropout = nn.Dropout(0)
        self.fc = nn.Linear(16 * (SIZE // 4) ** 2, 8)
        self.features = nn.BatchNorm1d(8)

    def forward(self, x):
        x = self.layer2(self.layer1(self.prelu(self.bn1(self.conv1(x)))))
        return self.features(self.fc(torch.flatten(self.dropout(self.bn2(x)), 1)))


def fill(net):
    for name, tensor in net.state_dict().items():
        if not tensor.is_floating_point():
            continue
        index = torch.arange(tensor.numel()) + 7 * len(name)
        if name.endswith("running_var"):
            values = (index % 7 + 2) / 4
        elif tensor.dim() == 1 and name.endswith("weight"):
            values = (index % 5 + 2) / 4
        else:
            fan = max(tensor[0].numel(), 1) if tensor.dim() > 1 else 64
            values = (index % 31 - 15) / 2.0 ** round(3 + np.log2(fan) / 2)
        tensor.copy_(values.reshape(tensor.shape))
    return net.eval()


def output(net):
    values = (2 * uniform("input", 3 * SIZE * SIZE, 0).reshape(1, 3, SIZE, SIZE) - 1) * 2
    with torch.inference_mode():
        return net.double()(torch.from_numpy(values.astype(np.float32)).double())[0].tolist()


def tensors(net):
    return {name: tensor.clone() for name, tensor in net.state_dict().items()}


def stranger(module, name):
    """A class of a package that the reader has never heard of."""
    parts = module.split(".")
    for i in range(1, len(parts) + 1):
        sys.modules.setdefault(".".join(parts[:i]), types.ModuleType(".".join(parts[:i])))
    made = type(name, (), {"__module__": module, "__qualname__": name})
    setattr(sys.modules[module], name, made)
    return made


def renamed(state, *rules):
    """Every name with the first rule that matches it from its start applied."""
    out = {}
    for name, tensor in state.items():
        for pattern, by in rules:
            if re.match(pattern, name):
                name = re.sub("^" + pattern, by, name)
                break
        out[name] = tensor
    return out


def less(text):
    """A replacement in which the numbers of groups marked `{n-1}` or `{n+1}` are changed by one."""
    return lambda match: re.sub(r"\{(\d)([+-]?)(1?)\}", lambda m: str(int(match[int(m[1])]) + int((m[2] + m[3]) or 0)), text)


def behind(prefix, state):
    return {prefix + name: tensor for name, tensor in state.items()}


HUGGING_FACE = [
    (r"conv1\.", "resnet.embedder.embedder.convolution."),
    (r"bn1\.", "resnet.embedder.embedder.normalization."),
    (r"layer(\d)\.(\d)\.conv(\d)\.", less("resnet.encoder.stages.{1-1}.layers.{2}.layer.{3-1}.convolution.")),
    (r"layer(\d)\.(\d)\.bn(\d)\.", less("resnet.encoder.stages.{1-1}.layers.{2}.layer.{3-1}.normalization.")),
    (r"layer(\d)\.(\d)\.downsample\.0\.", less("resnet.encoder.stages.{1-1}.layers.{2}.shortcut.convolution.")),
    (r"layer(\d)\.(\d)\.downsample\.1\.", less("resnet.encoder.stages.{1-1}.layers.{2}.shortcut.normalization.")),
    (r"fc\.", "classifier.1."),
]
DETECTRON = [
    (r"conv1\.", "stem.conv1."),
    (r"bn1\.", "stem.conv1.norm."),
    (r"layer(\d)\.(\d)\.conv(\d)\.", less("res{1+1}.{2}.conv{3}.")),
    (r"layer(\d)\.(\d)\.bn(\d)\.", less("res{1+1}.{2}.conv{3}.norm.")),
    (r"layer(\d)\.(\d)\.downsample\.0\.", less("res{1+1}.{2}.shortcut.")),
    (r"layer(\d)\.(\d)\.downsample\.1\.", less("res{1+1}.{2}.shortcut.norm.")),
    (r"fc\.", "linear."),
]
KUANGLIU = [(r"(layer\d\.\d\.)downsample\.", r"\1shortcut."), (r"fc\.", "linear.")]
WEIAICUNZAI = [
    (r"conv1\.", "conv1.0."),
    (r"bn1\.", "conv1.1."),
    (r"layer(\d)\.(\d)\.conv1\.", less("conv{1+1}_x.{2}.residual_function.0.")),
    (r"layer(\d)\.(\d)\.bn1\.", less("conv{1+1}_x.{2}.residual_function.1.")),
    (r"layer(\d)\.(\d)\.conv2\.", less("conv{1+1}_x.{2}.residual_function.3.")),
    (r"layer(\d)\.(\d)\.bn2\.", less("conv{1+1}_x.{2}.residual_function.4.")),
    (r"layer(\d)\.(\d)\.downsample\.", less("conv{1+1}_x.{2}.shortcut.")),
]
CHILDREN = [(r"conv1\.", "0."), (r"bn1\.", "1."), (r"layer1\.", "3."), (r"layer2\.", "4."), (r"fc\.", "6.")]


def main():
    warnings.simplefilter("ignore")
    torch.manual_seed(0)
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    folder = parser.parse_args().folder
    os.makedirs(folder, exist_ok=True)
    expected = {}

    def write(name, data):
        with open(os.path.join(folder, name + ".gz"), "wb") as file:
            file.write(gzip.compress(data, 9, mtime=0))

    def saved(content):
        file = io.BytesIO()
        torch.save(content, file)
        return file.getvalue()

    def put(name, data, told):
        write(name, data)
        assert name not in expected
        expected[name] = told

    basic, features = fill(Net()), fill(Net(classes=None))
    deep, cifar = fill(Net(deep=True)), fill(Net(pad=True))
    sd, backbone, bottleneck, padded = tensors(basic), tensors(features), tensors(deep), tensors(cifar)
    outputs = {"basic": output(basic), "features": output(features), "bottleneck": output(deep), "cifar": output(cifar)}
    other = {name: tensor * 0 if tensor.is_floating_point() else tensor for name, tensor in sd.items()}

    def good(name, content, spec="basic", data=None, **told):
        if "output" not in told:
            told["output"] = outputs[spec]
        put(name, data or saved(content), {"spec": spec, **told})

    def bad(name, content, words, spec="basic"):
        put(name, saved(content), {"spec": spec, "refused": words})

    # What training code puts beside the weights.
    config, callback = stranger("omegaconf.dictconfig", "DictConfig"), stranger("pytorch_lightning.callbacks.model_checkpoint", "ModelCheckpoint")
    history, shaped = stranger("mmengine.logging.history_buffer", "HistoryBuffer"), stranger("torch.nn.modules.loss", "MadeUpLoss")
    made = config()
    made.content = {"lr": 0.1}
    one = {"prefix": "model.", "entry": "state_dict"}
    good("plain.pth", sd)
    good("lightning_path.ckpt", {"state_dict": behind("model.", sd), "hyper_parameters": {"data": pathlib.PurePosixPath("/data")}}, **one)
    good("lightning_config.ckpt", {"state_dict": behind("model.", sd), "hyper_parameters": {"cfg": made, "loss": shaped()}}, **one)
    good("lightning_class_key.ckpt", {"state_dict": behind("model.", sd), "callbacks": {callback: {"best": 1}}}, **one)
    criterion = {**behind("model.", sd), "criterion.weight": torch.ones(4)}
    good("lightning_criterion.ckpt", {"state_dict": criterion}, passed_over=["criterion.weight"], **one)
    good("mmengine.pth", {"state_dict": sd, "message_hub": {"log": history()}}, entry="state_dict")
    good("any_prefix.ckpt", {"state_dict": behind("some.resnet.", sd)}, entry="state_dict", prefix="some.resnet.")
    inside = lambda at, word: renamed(sd, (re.escape(at), at + word))
    good("compiled_inside.pth", inside("layer2.", "_orig_mod."), wrappers=["_orig_mod"])
    good("compiled_outside.pth", behind("_orig_mod.module.", sd), prefix="_orig_mod.module.")
    good("fsdp_inside.pth", inside("layer1.", "_fsdp_wrapped_module."), wrappers=["_fsdp_wrapped_module"])
    good("checkpoint_inside.pth", inside("layer2.1.", "_checkpoint_wrapped_module."), wrappers=["_checkpoint_wrapped_module"])
    good("parallel_inside.pth", behind("net.", inside("layer1.", "module.")), prefix="net.", wrappers=["module"])
    # Averaged weights beside the raw ones, which are zero here.
    averaged = {"averaged": True}
    good("ema.pth", {"model": other, "ema": {"module": sd, "updates": 1}}, entry="ema.module", others=["model"], **averaged)
    good("ema_beside.pth", {"state_dict": other, "state_dict_ema": sd}, entry="state_dict_ema", others=["state_dict"], **averaged)
    good("ema_flat.ckpt", {"state_dict": {**behind("model.", other), **behind("ema_model.module.", sd)}}, entry="state_dict",
         prefix="ema_model.module.", **averaged)
    good("chosen.pth", {"model": sd, "ema": {"module": other}}, choose="model", entry="model", others=["ema.module"])
    good("chosen_prefix.pth", {**behind("one.", sd), **behind("two.", other)}, choose="one", prefix="one.")
    bad("twice.pth", {**behind("one.", sd), **behind("two.", other)}, "the network twice")
    # Arrays of numpy, by torch.save and by pickle alone.
    arrays = {name: tensor.numpy() for name, tensor in sd.items()}
    good("numpy.pth", arrays)
    good("numpy.pkl", None, data=pickle.dumps({"model": arrays, "__author__": "third_party"}, 4), entry="model")
    fortran = {name: np.asfortranarray(array) for name, array in arrays.items()}
    good("numpy_fortran.pkl", None, data=pickle.dumps(fortran, 5))
    # Weights that hooks of PyTorch have split.
    def hooked(name, hook, which, old=None):
        net = fill(Net())
        hook(net)
        with torch.no_grad():
            for _ in range(3):
                net.train()
                net(torch.ones(2, 3, SIZE, SIZE))
            net.eval()
        good(name, tensors(net), output=output(net), hooks=which)

    hooked("weight_norm.pth", lambda net: (parametrizations.weight_norm(net.fc), parametrizations.weight_norm(net.layer1[0].conv1)), ["weight_norm"])
    hooked("weight_norm_old.pth", lambda net: (nn.utils.weight_norm(net.fc), nn.utils.weight_norm(net.conv1, dim=None)), ["weight_norm"])
    hooked("spectral_norm.pth", lambda net: (parametrizations.spectral_norm(net.fc), parametrizations.spectral_norm(net.conv1)), ["spectral_norm"])
    hooked("spectral_norm_old.pth", lambda net: (nn.utils.spectral_norm(net.fc), nn.utils.spectral_norm(net.layer2[0].conv2)), ["spectral_norm"])
    hooked("pruned.pth", lambda net: (prune.l1_unstructured(net.conv1, "weight", 0.5), prune.random_structured(net.fc, "weight", 0.5, dim=1)), ["prune"])
    # A checkpoint in several files, which Hugging Face's index lists.
    names = sorted(sd)
    parts = [names[::2], names[1::2]]
    file = lambda number: f"model-0000{number}-of-00002.safetensors"
    for number, part in enumerate(parts, 1):
        write(file(number), save({name: sd[name] for name in part}))
    index = {"metadata": {}, "weight_map": {name: file(number) for number, part in enumerate(parts, 1) for name in part}}
    good("model.safetensors.index.json", None, data=json.dumps(index, indent=1).encode(), files=[file(1), file(2)])
    # The names of other libraries.
    first = lambda state: {**{k: v for k, v in state.items() if "shortcut" in k}, **state}  # which register the shortcut first
    good("hugging_face.bin", first(renamed(bottleneck, *HUGGING_FACE)), "bottleneck", names="Hugging Face")
    good("hugging_face.safetensors", None, data=save(renamed(sd, *HUGGING_FACE)), names="Hugging Face")
    mm = {"meta": {"epoch": 1}, "state_dict": renamed(bottleneck, (r"fc\.", "head.fc."), (r"", "backbone."))}
    good("mmpretrain.pth", mm, "bottleneck", names="MMPretrain", entry="state_dict")
    frozen = {k: v.numpy() for k, v in renamed(bottleneck, *DETECTRON).items() if "num_batches" not in k}
    good("detectron2.pkl", None, "bottleneck", data=pickle.dumps({"model": first(frozen), "__author__": "detectron2"}, 2), names="detectron2", entry="model")
    bottom = {k: v for k, v in renamed(backbone, *DETECTRON).items() if "num_batches" not in k}
    fpn = {"backbone.fpn_lateral2.weight": torch.ones(4, 8, 1, 1), "backbone.fpn_output2.norm.weight": torch.ones(8), "proposal_generator.anchor": torch.ones(2, 4)}
    good("detectron2_fpn.pth", {"model": {**behind("backbone.bottom_up.", first(bottom)), **fpn}}, "features", names="detectron2", entry="model",
         prefix="backbone.bottom_up.", passed_over=list(fpn))
    good("akamaster.th", {"state_dict": behind("module.", renamed(padded, (r"fc\.", "linear."))), "best_prec1": 92.6}, "cifar", names="akamaster",
         entry="state_dict", prefix="module.")
    good("kuangliu.pth", {"net": behind("module.", renamed(sd, *KUANGLIU)), "acc": 95.1, "epoch": 199}, names="kuangliu", entry="net", prefix="module.")
    good("weiaicunzai.pth", renamed(sd, *WEIAICUNZAI), names="weiaicunzai")
    face = fill(Face())
    good("insightface.pth", behind("module.", tensors(face)), "iresnet", output=output(face), prefix="module.")
    inner = {"backbone.": (r"(?!fc|bn2|features)", "backbone."), "head.": (r"", "head.")}
    good("insightface_moved.pth", renamed(tensors(face), *inner.values()), "iresnet", output=output(face), names="insightface")
    good("children.pth", renamed(sd, *CHILDREN), names="nn.Sequential(*net.children())")
    # Encoders and backbones: what stands beside them is passed over.
    neck = {"neck.lateral_convs.0.conv.weight": torch.ones(4, 8, 1, 1), "rpn_head.rpn_conv.bias": torch.ones(8), "bbox_head.fc_cls.weight": torch.ones(3, 4)}
    good("mmdetection.pth", {"meta": {}, "state_dict": {**behind("backbone.", backbone), **neck}}, "features", entry="state_dict", prefix="backbone.",
         passed_over=list(neck))
    nothing = {k: torch.zeros_like(v) for k, v in backbone.items()}
    head = lambda prefix: {prefix + "0.weight": torch.ones(16, 16), prefix + "0.bias": torch.ones(16), prefix + "2.weight": torch.ones(8, 16)}
    moco = {**behind("module.encoder_q.", {**backbone, **head("fc.")}), **behind("module.encoder_k.", {**nothing, **head("fc.")}), "module.queue": torch.ones(8, 4)}
    good("moco.pth.tar", {"arch": "resnet", "state_dict": moco, "optimizer": {"state": {}, "param_groups": []}}, "features", entry="state_dict",
         prefix="module.encoder_q.")
    simsiam = {**behind("module.encoder.", {**backbone, **head("fc.")}), **behind("module.", head("predictor."))}
    good("simsiam.pth.tar", {"state_dict": simsiam}, "features", entry="state_dict", prefix="module.encoder.")
    good("simclr.pth.tar", {"state_dict": {**behind("backbone.", {**backbone, **head("fc.")})}}, "features", entry="state_dict", prefix="backbone.")
    dino = lambda at, state: behind(at, {**behind("backbone.", state), **head("head.mlp."), "head.last_layer.weight_g": torch.ones(8, 1)})
    good("dino.pth", {"student": dino("module.", nothing), "teacher": dino("", backbone), "args": argparse.Namespace(arch="resnet")}, "features",
         entry="teacher", prefix="backbone.", others=["student"], **averaged)
    decoder = {"decoder.blocks.0.conv1.0.weight": torch.ones(4, 16, 3, 3), "decoder.blocks.0.conv1.1.weight": torch.ones(4), "segmentation_head.0.weight": torch.ones(1, 4, 3, 3)}
    good("segmentation_models.pth", {**behind("encoder.", backbone), **decoder}, "features", prefix="encoder.", passed_over=list(decoder))
    aspp = {"classifier.0.convs.0.0.weight": torch.ones(4, 16, 1, 1), "classifier.4.bias": torch.ones(3), "aux_classifier.4.bias": torch.ones(3)}
    good("deeplab.pth", {"model": {**behind("backbone.", backbone), **aspp}}, "features", entry="model", prefix="backbone.", passed_over=list(aspp))
    tail = {"1.2.weight": torch.ones(32), "1.4.weight": torch.ones(16, 32), "1.8.weight": torch.ones(4, 16)}
    good("fastai.pth", {"model": {**behind("0.", renamed(backbone, *CHILDREN)), **tail}, "opt": {"hypers": []}}, "features", names="fastai",
         entry="model", prefix="0.", passed_over=list(tail))
    # What must not load, and why.
    seven = {"fc.weight": torch.zeros(7, 16), "fc.bias": torch.zeros(7)}
    bad("other_classes.pth", {**sd, **seven}, "has a 7-class head")
    bad("other_classes_renamed.pth", renamed({**sd, **seven}, *KUANGLIU), "has a 7-class head")
    more = {name.replace("layer2.1.", "layer2.2."): tensor for name, tensor in sd.items() if name.startswith("layer2.1.")}
    bad("deeper.pth", {**sd, **more}, "a deeper variant")
    bad("deeper_renamed.pth", renamed({**sd, **more}, *WEIAICUNZAI), "tensor names differ from the network's")
    bad("alike.pth", renamed(sd, (r"(layer\d\.\d\.)conv1", r"\1reduce"), (r"(layer\d\.\d\.)conv2", r"\1expand"), (r"fc\.", "top.")),
        "nothing distinguishes `layer1.0.expand` from `layer1.0.reduce`")
    average = renamed(sd, (r"(layer\d\.\d\.)downsample\.1", r"\1downsample.2"), (r"(layer\d\.\d\.)downsample\.0", r"\1downsample.1"))
    bad("average_pool.pth", average, "such as an average pool")
    bad("no_head.pth", backbone, "no head (`fc`): it holds only the layers before it")
    whole = {**{k: v for k, v in sd.items() if k != "fc.weight"}, "fc.weight": callback()}
    bad("stranger.pth", whole, "asks for `pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint`")
    bad("optimizer_only.pth", {"state": {0: {"momentum_buffer": sd["conv1.weight"]}}, "param_groups": [{"lr": 0.1, "params": [0]}]}, "state of an optimiser")
    with open(os.path.join(folder, "expected.json"), "w") as file:
        json.dump(expected, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    sys.exit(main())
