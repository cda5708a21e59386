#!/usr/bin/env python3
"""Images a second of training, this program's and PyTorch's in turns, on the same threads.

    cargo build --release --bin resnet-explore --example training_speed
    benches/race.py --turns 5 --threads 1 2
    benches/race.py --experiment --turns 3 --threads 1 2

Each turn runs `target/release/examples/training_speed` and then PyTorch's network in both of its layouts, contiguous and channels
last. The best turn of each counts, as other work on the machine only slows one down. `--experiment` times the degradation experiment
instead: six networks, eight epochs of 1,400 digits and a test on 397 others, each in one process. `--profile` names the folder of
another build. It needs torch; networks are written below as the specs say.
"""
import argparse
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
LAYOUTS = {"contiguous": "contiguous_format", "channels_last": "channels_last"}
DEPTHS = [8, 20, 56]
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


def trained(net, x, y, batch, layout):
    """Steps over some images, each with the time when it ended."""
    import torch
    from torch.nn import functional as F

    optimiser = torch.optim.SGD(net.parameters(), lr=0.001, momentum=0.9, weight_decay=1e-4)
    net.train()
    for pixels, labels in zip(x.split(batch), y.split(batch)):
        loss = F.cross_entropy(net(pixels.to(memory_format=getattr(torch, LAYOUTS[layout]))), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        yield time.perf_counter()


def pytorch(name, batch, steps, threads, layout):
    """PyTorch's images a second in one layout, of its best step."""
    import torch

    torch.set_num_threads(threads)
    depth, residual, widths, size = NETWORKS[name]
    net = network(depth, residual, widths).to(memory_format=getattr(torch, LAYOUTS[layout]))
    x, y = torch.randn(batch, 1, size, size), torch.arange(batch) % 10
    times = list(trained(net, x.repeat(steps, 1, 1, 1), y.repeat(steps), batch, layout))
    return batch / min(after - before for before, after in zip(times, times[1:]))


def pytorch_experiment(threads, layout):
    """Seconds of PyTorch for the degradation experiment in one layout."""
    import torch

    torch.set_num_threads(threads)
    x, y = torch.randn(1797, 1, 8, 8), torch.arange(1797) % 10
    began = time.perf_counter()
    for depth in DEPTHS:
        for residual in (False, True):
            net = network(depth, residual, (8, 16, 32)).to(memory_format=getattr(torch, LAYOUTS[layout]))
            for _ in range(8):
                order = torch.randperm(1400)
                for _ in trained(net, x[order], y[order], 64, layout):
                    pass
                with torch.no_grad():
                    net.eval()
                    net(x[1400:].to(memory_format=getattr(torch, LAYOUTS[layout]))).argmax(1).eq(y[1400:]).sum().item()
    return time.perf_counter() - began


def pinned(command, threads):
    cores = ",".join(map(str, range(threads)))
    return subprocess.run(["taskset", "-c", cores, *command], capture_output=True, text=True, check=True).stdout


def number(text, unit):
    return float(re.search(rf"([\d.]+) {unit}", text).group(1))


def race(args, threads, ours, theirs, unit, better):
    """The best of some turns: this program's number and PyTorch's in each layout."""
    best = [[] for _ in range(1 + len(LAYOUTS))]
    for _ in range(args.turns):
        best[0].append(ours(threads))
        for own, layout in zip(best[1:], LAYOUTS):
            command = [sys.executable, __file__, "--pytorch", layout, "--threads", str(threads), *theirs]
            own.append(number(pinned(command, threads), unit))
    return [better(own) for own in best]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", nargs="+", default=list(NETWORKS))
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--profile", default="release")
    parser.add_argument("--experiment", action="store_true")
    parser.add_argument("--pytorch", choices=list(LAYOUTS), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.pytorch and args.experiment:
        print(f"{pytorch_experiment(args.threads[0], args.pytorch):.2f} seconds")
        return
    if args.pytorch:
        speed = pytorch(args.networks[0], args.batch, args.steps, args.threads[0], args.pytorch)
        print(f"{speed:.1f} images a second")
        return
    built = os.path.join(HERE, "..", "target", args.profile)
    if args.experiment:
        names = [f"{kind}{depth}_digits" for depth in DEPTHS for kind in ("plain", "resnet")]

        def ours(threads):
            began = time.perf_counter()
            pinned([os.path.join(built, "resnet-explore"), "train", *names, "--format", "json"], threads)
            return time.perf_counter() - began

        for threads in args.threads:
            own, *others = race(args, threads, ours, ["--experiment"], "seconds", min)
            shown = ", ".join(f"{layout} {seconds:.2f}" for layout, seconds in zip(LAYOUTS, others))
            print(f"experiment, {threads} threads: {own:.2f} s, PyTorch {shown}: {min(others) / own:.2f} times", flush=True)
        return
    for name in args.networks:
        for threads in args.threads:
            numbers = ["--networks", name, "--batch", str(args.batch), "--steps", str(args.steps)]

            def ours(threads):
                example = os.path.join(built, "examples", "training_speed")
                return number(pinned([example, name, str(args.batch), str(args.steps)], threads), "images a second")

            own, *others = race(args, threads, ours, numbers, "images a second", max)
            shown = ", ".join(f"{layout} {speed:.0f}" for layout, speed in zip(LAYOUTS, others))
            print(f"{name:18} {threads} threads: {own:7.0f}, PyTorch {shown}: {own / max(others):.2f} times", flush=True)


if __name__ == "__main__":
    main()
