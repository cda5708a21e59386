#!/usr/bin/env python3
"""Trains the small network shipped beside this file: a ResNet-20 on Fashion-MNIST, on one CPU core in about half an hour.

Data: Debian's package dataset-fashion-mnist (MIT licence, Zalando Research): 60,000 training and 10,000 test images,
28x28 grey. Trained in bfloat16 autocast over f32 weights; evaluated and kept in f32. Network: the CIFAR ResNet-20 of
He et al. 2015 (option A shortcuts) with one input channel. Preprocessing: value / 255, mean 0.2860, std 0.3530. The last
epoch's weights are kept, whatever their test accuracy.

    apt-get install dataset-fashion-mnist && pip install torch safetensors numpy
    train.py --out resnet20_fashion                     # writes resnet20_fashion.safetensors and .json
    train.py --test resnet20_fashion.safetensors        # accuracy of weights on the test images

The shipped weights came from these settings, with the first random weights drawn in another order. So a run does not give
the shipped file bit for bit, and neither would another version of torch, another processor or another number of threads.
"""
import argparse
import gzip
import json
import math
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

LABELS = "T-shirt/top,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot".split(",")
MEAN, STD = 0.2860, 0.3530


def conv(cin, cout, stride=1):
    return nn.Conv2d(cin, cout, 3, stride, 1, bias=False)


class PadShortcut(nn.Module):
    """Option A of He et al. 2015: every second pixel, new channels filled with zeros, half each side."""

    def __init__(self, cin, cout, stride):
        super().__init__()
        self.extra, self.stride = cout - cin, stride

    def forward(self, x):
        x = x[:, :, :: self.stride, :: self.stride]
        front = self.extra // 2
        return F.pad(x, (0, 0, 0, 0, front, self.extra - front))


class Block(nn.Module):
    def __init__(self, cin, width, stride):
        super().__init__()
        self.conv1, self.bn1 = conv(cin, width, stride), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = conv(width, width), nn.BatchNorm2d(width)
        self.downsample = None if stride == 1 and cin == width else PadShortcut(cin, width, stride)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = conv(1, 16), nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(Block(16, 16, 1), Block(16, 16, 1), Block(16, 16, 1))
        self.layer2 = nn.Sequential(Block(16, 32, 2), Block(32, 32, 1), Block(32, 32, 1))
        self.layer3 = nn.Sequential(Block(32, 64, 2), Block(64, 64, 1), Block(64, 64, 1))
        self.fc = nn.Linear(64, 10)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(x.mean((2, 3)))


def read(folder, part):
    with gzip.open(f"{folder}/{part}-images-idx3-ubyte.gz") as f:
        images = np.frombuffer(f.read(), np.uint8, offset=16).reshape(-1, 1, 28, 28)
    with gzip.open(f"{folder}/{part}-labels-idx1-ubyte.gz") as f:
        labels = np.frombuffer(f.read(), np.uint8, offset=8)
    return torch.from_numpy(images.copy()), torch.from_numpy(labels.astype(np.int64))


def standardise(images):
    return (images.float() / 255 - MEAN) / STD


def augment(images):
    """A shift of up to two pixels for the whole batch, a mirror image for every second picture by chance."""
    dy, dx = torch.randint(0, 5, (2,)).tolist()
    images = F.pad(images, (2, 2, 2, 2))[:, :, dy : dy + 28, dx : dx + 28]
    flip = torch.rand(len(images)) < 0.5
    images = images.clone()
    images[flip] = images[flip].flip(3)
    return images


@torch.inference_mode()
def evaluate(net, images, labels):
    net.eval()
    logits = torch.cat([net(standardise(b)) for b in images.split(500)])
    return (logits.argmax(1) == labels).float().mean().item(), logits


def train(net, images, labels, epochs, batch, report):
    steps = epochs * (len(images) // batch)
    decay = [p for p in net.parameters() if p.ndim > 1]
    rest = [p for p in net.parameters() if p.ndim <= 1]
    optimiser = torch.optim.SGD(
        [dict(params=decay, weight_decay=5e-4), dict(params=rest, weight_decay=0.0)], lr=0.1, momentum=0.9, nesterov=True
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1, (s + 1) / 500) * 0.5 * (1 + math.cos(math.pi * min(1, s / steps)))
    )
    for epoch in range(epochs):
        began, total = time.time(), 0.0
        net.train()
        for pick in torch.randperm(len(images))[: len(images) // batch * batch].split(batch):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = net(augment(standardise(images[pick])))
            loss = F.cross_entropy(logits.float(), labels[pick])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        report(epoch + 1, total / (len(images) // batch), time.time() - began)


def main():
    from safetensors.torch import load_file, save_file

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="/usr/share/datasets/fashion-mnist")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--out", default="resnet20_fashion")
    parser.add_argument("--test", metavar="WEIGHTS", help="train nothing: tell the accuracy of these weights")
    args = parser.parse_args()
    torch.manual_seed(20)
    test_images, test_labels = read(args.data, "t10k")
    net = ResNet20().to(memory_format=torch.channels_last)
    if args.test:
        net.load_state_dict(load_file(args.test), strict=False)
        print(f"{evaluate(net, test_images, test_labels)[0]:.4f}")
        return
    log = []

    def report(epoch, loss, seconds):
        accuracy, _ = evaluate(net, test_images, test_labels)
        log.append(dict(epoch=epoch, loss=loss, test=accuracy, seconds=seconds))
        print(json.dumps(log[-1]), flush=True)

    train(net, *read(args.data, "train"), args.epochs, args.batch, report)
    accuracy, logits = evaluate(net, test_images, test_labels)
    state = {k: v.contiguous() for k, v in net.state_dict().items() if v.is_floating_point()}
    save_file(state, f"{args.out}.safetensors", metadata=dict(labels=json.dumps(LABELS), accuracy=f"{accuracy:.4f}"))
    with open(f"{args.out}.json", "w") as f:
        json.dump(dict(log=log, test_accuracy=accuracy, torch=torch.__version__,
                       first_100=logits[:100].argmax(1).tolist(), first_logits=logits[:4].tolist()), f)


if __name__ == "__main__":
    main()
