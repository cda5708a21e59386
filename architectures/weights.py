#!/usr/bin/env python3
"""Makes `weights.csv`: the published weights of the catalogue's networks, from torchvision's enums and timm's configurations.

Nothing is downloaded. `pip install torch torchvision timm`, then `python3 weights.py NET... > weights.csv`, with the networks' names.
The columns: the network; the library; the tag; the repository of the Hugging Face hub; the address of a single file; older names of that
file; MB where the library states them; classes; the input's side, and the shorter side that a picture is resized to; the same for testing,
where the library has others; the filter; mean; standard deviation; the licence; the library's own top-1, where it states one.
"""
import csv
import math
import sys

import timm
import torchvision

# Names that torchvision's files had before they were trained or saved anew (torchvision 0.2 to 0.8).
OLDER = {
    "resnet18-f37072fd.pth": "resnet18-5c106cde.pth",
    "resnet34-b627a593.pth": "resnet34-333f7ec4.pth",
    "resnet50-0676ba61.pth": "resnet50-19c8e357.pth",
    "resnet101-63fe2227.pth": "resnet101-5d3b4d8f.pth",
    "resnet152-394f9c45.pth": "resnet152-b121ed2d.pth",
}


def of_torchvision(net):
    if net not in torchvision.models.list_models():
        return
    for weights in torchvision.models.get_model_weights(net):
        preset, meta = weights.transforms(), weights.meta
        file = weights.url.rsplit("/", 1)[1]
        top1 = meta["_metrics"].get("ImageNet-1K", {}).get("acc@1")
        yield [net, "torchvision", weights.name, "", weights.url, OLDER.get(file, ""), meta.get("_file_size", ""), len(meta["categories"]),
               preset.crop_size[0], preset.resize_size[0], "", "", preset.interpolation.value, joined(preset.mean), joined(preset.std),
               "bsd-3-clause", top1 or ""]


def of_timm(net):
    if net not in timm.list_models():
        return
    for name in timm.list_pretrained(net + ".*"):
        cfg = timm.models.get_pretrained_cfg(name)
        if not (cfg.hf_hub_id or cfg.url):
            continue
        hub = cfg.hf_hub_id or ""
        if hub.endswith("/"):
            hub += name
        side, test = cfg.input_size[-1], (cfg.test_input_size or [""])[-1]
        # As timm's `create_transform` does: the crop's share of the shorter side.
        resized = math.floor(side / cfg.crop_pct)
        tested = math.floor(test / (cfg.test_crop_pct or cfg.crop_pct)) if test else ""
        yield [net, "timm", cfg.tag, hub, cfg.url or "", "", "", cfg.num_classes, side, resized, test, tested, cfg.interpolation,
               joined(cfg.mean), joined(cfg.std), cfg.license or "", ""]


def joined(numbers):
    return " ".join(str(number) for number in numbers)


def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow("net library tag hub url older megabytes classes size resize test_size test_resize interpolation mean std licence top1".split())
    for net in sys.argv[1:]:
        out.writerows([*of_torchvision(net), *of_timm(net)])


if __name__ == "__main__":
    main()
