#!/usr/bin/env python3
"""Images a second of training, this program's and PyTorch's in turns, on the same threads.

    cargo build --release --example training_speed
    benches/race.py --turns 5 --threads 1 2

Each turn runs `target/release/examples/training_speed` and then PyTorch's network in both of its layouts. The best turn of each
counts, as other work on the machine only slows one down. It needs torch; networks are written below as the specs say.
"""
import argparse
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = os.path.join(HERE, "..", "target", "release", "examples", "training_speed")
NETWORKS = {
    "resnet20_fashion": (20, True, (16, 32, 64), 28),
    "plain56_digits": (56, False, (8, 16, 32), 8),
    "resnet56_digits": (56, True, (8, 16, 32), 8),
}


def network(depth, residual, widths):
    import torch
    from torch import nn
    from torch.nn import functional as F

    class Block(nn.Module):
        def __init__(self, before, width, stride):
            super().__init__()
            self.conv1 = nn.Conv2d(before, width, 3, stride, 1, bias=False)
            self.bn1 = nn.BatchNorm2d(width)
            self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
            self.bn2 = nn.BatchNorm2d(width)
            self.more, self.stride = width - before, stride

        def forward(self, x):
            y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
            if residual:
                if self.more or self.stride > 1:
                    half = self.more // 2
                    x = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, half, half))
                y = y + x
            return F.relu(y)

    layers = [nn.Conv2d(1, widths[0], 3, 1, 1, bias=False), nn.BatchNorm2d(widths[0]), nn.ReLU()]
    before = widths[0]
    for stage, width in enumerate(widths):
        for block in range((depth - 2) // 6):
            layers.append(Block(before, width, 2 if stage and not block else 1))
            before = width
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(before, 10)]
    return nn.Sequential(*layers)


def pytorch(name, batch, steps, threads):
    """Images a second of PyTorch, the better of its layouts."""
    import torch
    from torch.nn import functional as F

    torch.set_num_threads(threads)
    depth, residual, widths, size = NETWORKS[name]
    best = 0.0
    for layout in (torch.contiguous_format, torch.channels_last):
        net = network(depth, residual, widths).to(memory_format=layout)
        optimiser = torch.optim.SGD(net.parameters(), lr=0.001, momentum=0.9, weight_decay=1e-4)
        x = torch.randn(batch, 1, size, size).to(memory_format=layout)
        y = torch.arange(batch) % 10
        for _ in range(steps):
            began = time.perf_counter()
            loss = F.cross_entropy(net(x), y)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            best = max(best, batch / (time.perf_counter() - began))
    return best


def run(command, threads):
    cores = ",".join(map(str, range(threads)))
    answer = subprocess.run(["taskset", "-c", cores, *command], capture_output=True, text=True, check=True)
    return float(re.search(r"([\d.]+) images a second", answer.stdout).group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", nargs="+", default=list(NETWORKS))
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--pytorch", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.pytorch:
        speed = pytorch(args.networks[0], args.batch, args.steps, args.threads[0])
        print(f"{speed:.1f} images a second")
        return
    numbers = ["--batch", str(args.batch), "--steps", str(args.steps)]
    for name in args.networks:
        for threads in args.threads:
            ours, theirs = 0.0, 0.0
            for _ in range(args.turns):
                ours = max(ours, run([OURS, name, str(args.batch), str(args.steps)], threads))
                other = [sys.executable, __file__, "--pytorch", "--networks", name, "--threads", str(threads), *numbers]
                theirs = max(theirs, run(other, threads))
            print(f"{name:18} {threads} threads: {ours:7.0f}, PyTorch {theirs:7.0f}: {ours / theirs:.2f} times", flush=True)


if __name__ == "__main__":
    main()
