#!/usr/bin/env python3
"""Holds the exports against other programs: ONNX against its checker and ONNX Runtime, PyTorch source against torch.

For each network, with synthetic weights of seed 7 on the synthetic input of seed 7:

    onnx     `onnx.checker` with full shape inference in strict mode, which also compares every shape that we wrote; then
             ONNX Runtime's output on a batch of 1, and of 2 where the batch is free
    pytorch  the file is imported; its state_dict has the names and shapes of the truth (`state.jsonl.gz`), in any order;
             it loads the weights strictly; then torch's output

The outputs are compared with those of `run --format json`, at the 16 places that it prints, and by mean and rms.

    exports.py --binary target/release/resnet-explore                    # every network of the catalogue
    exports.py --binary target/release/resnet-explore --only onnx resnet50 resnest50d
    exports.py --style                        # PyTorch source against `ruff` and `black`, which must be installed
    exports.py --variants                     # --fp16, --dynamic-size at four sizes, and onnxsim, against the plain file
    exports.py --made                         # the specs of `made.jsonl` and `units_*.jsonl`, against the outputs that PyTorch gave there

It prints a line a network and, at the end, the largest difference of each family as Markdown; exit 1 beyond 1e-4.
"""
import argparse
import gzip
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np

GOLDEN = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1
BOUND = 1e-4
# The rounding of 16-bit floats, 2^-11, over as many layers as a network has.
HALF_BOUND = 5e-2
SEED = 7
HERE = pathlib.Path(__file__).resolve().parent


def uniform(name, count, seed):
    """The generator that `forward.py` describes."""
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK
    key = np.uint64(h ^ (seed * GOLDEN & MASK))
    with np.errstate(over="ignore"):
        z = key + np.arange(count, dtype=np.uint64) * np.uint64(GOLDEN)
        z ^= z >> np.uint64(30)
        z *= np.uint64(0xBF58476D1CE4E5B9)
        z ^= z >> np.uint64(27)
        z *= np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float64) / float(1 << 24)


def synthetic(name, shape):
    u = uniform(name, int(np.prod(shape, dtype=np.int64)), SEED)
    if len(shape) >= 2:
        values = (2 * u - 1) * np.sqrt(3.0 / np.prod(shape[1:], dtype=np.int64))
    elif name.endswith("running_mean"):
        values = (2 * u - 1) * 0.2
    elif name.endswith("running_var"):
        values = 0.5 + u
    elif name.endswith("weight"):
        values = 0.25 + 0.5 * u
    else:
        values = (2 * u - 1) * 0.1
    return values.reshape(shape).astype(np.float32)


def image(shape):
    return ((2 * uniform("input", int(np.prod(shape)), SEED) - 1) * 2).reshape(shape).astype(np.float32)


def difference(output, golden):
    """The largest difference at the samples, of the mean and of the rms; of outputs beyond 1 in units of their rms."""
    flat = output.astype(np.float64).ravel()
    places = [k * (flat.size - 1) // 15 for k in range(16)]
    samples = np.abs(flat[places] - np.array(golden["samples"], dtype=np.float64)).max()
    largest = max(samples, abs(flat.mean() - golden["mean"]), abs(np.sqrt((flat**2).mean()) - golden["rms"]))
    return largest / max(1.0, golden["rms"])


class Program:
    def __init__(self, binary):
        self.binary = str(pathlib.Path(binary).resolve())

    def __call__(self, *args):
        done = subprocess.run([self.binary, *args], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(args)}: {done.stderr.strip()}")
        return done.stdout


def onnx_case(program, net, size, golden, folder):
    import onnx
    import onnxruntime

    path = str(pathlib.Path(folder) / "net.onnx")
    large = net["params"] * 4 > 2_000_000_000
    began = time.time()
    program("export", net["name"], "--to", "onnx", "--weights", f"synthetic:{SEED}", "--dynamic-batch", "-o", path,
            "--input-size", size, *(["--external-data"] if large else []))
    took = time.time() - began
    if large:
        onnx.checker.check_model(path)  # by path: full inference needs the whole model in one message
        bare = onnx.load(path, load_external_data=False)
        onnx.shape_inference.infer_shapes(bare, check_type=True, strict_mode=True)
    else:
        onnx.checker.check_model(onnx.load(path), full_check=True)
        onnx.shape_inference.infer_shapes(onnx.load(path), check_type=True, strict_mode=True, data_prop=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    [output] = session.run(None, {"input": image(golden["input"])})
    found = difference(output, golden["output"])
    if not large:
        twice = np.concatenate([image(golden["input"])] * 2)
        [both] = session.run(None, {"input": twice})
        assert np.abs(both[1] - output[0]).max() < BOUND, "the second image of a batch differs"
    return found, took


def variants_case(program, net, size, golden, folder):
    """The other forms of a file against the plain one: any size, 16-bit floats, and what onnxsim makes of it."""
    import onnx
    import onnxruntime
    import onnxsim

    path = str(pathlib.Path(folder) / "net.onnx")
    weights = ["--weights", f"synthetic:{SEED}", "--input-size", size, "--force", "-o", path]

    def output(of, given):
        onnxruntime.set_default_logger_severity(3)
        [result] = onnxruntime.InferenceSession(of, providers=["CPUExecutionProvider"]).run(None, {"input": given})
        return result

    def apart(a, b):
        a, b = a.astype(np.float64), b.astype(np.float64)
        return float(np.abs(a - b).max() / max(1.0, np.sqrt((b**2).mean())))

    found = {}
    given = image(golden["input"])
    program("export", net["name"], "--to", "onnx", *weights)
    plain = output(path, given)
    model, checked = onnxsim.simplify(onnx.load(path))
    assert checked, "onnxsim's own check"
    found["onnxsim"] = apart(output(model.SerializeToString(), given), plain)
    program("export", net["name"], "--to", "onnx", "--fp16", *weights)
    onnx.checker.check_model(onnx.load(path), full_check=True)
    found["fp16"] = apart(output(path, given), plain)
    done = subprocess.run([program.binary, "export", net["name"], "--to", "onnx", "--dynamic-size", *weights],
                          capture_output=True, text=True)
    found["sizes"] = done.stderr.strip().splitlines()[-1]
    if done.returncode == 0:
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
        stated = {entry.key: entry.value for entry in model.metadata_props}["sizes"]
        step = 1 if stated.endswith("any") else int(stated.split()[-1])
        found["dynamic"] = 0.0
        for rows, columns in [(0, 0), (1, 2), (7, 0), (6, 11)]:
            own = [side + step * more for side, more in zip(golden["input"][2:], (rows, columns))]
            wanted = json.loads(program("run", net["name"], "--weights", f"synthetic:{SEED}", "--input", f"synthetic:{SEED}",
                                        "--input-size", "x".join(map(str, own)), "--format", "json"))
            difference_here = difference(output(path, image([1, golden["input"][1], *own])), wanted["output"])
            found["dynamic"] = max(found["dynamic"], difference_here)
    return found


def pytorch_case(program, net, size, golden, folder, truth):
    import torch

    path = pathlib.Path(folder) / "net.py"
    program("export", net["name"], "--to", "pytorch", "--input-size", size, "-o", str(path))
    spec = importlib.util.spec_from_file_location("net", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    model = module.build()
    with torch.no_grad():
        state = model.state_dict()
        found = {name: list(tensor.shape) for name, tensor in state.items()}
        if truth is not None:
            differing = [name for name in {**found, **truth} if found.get(name) != truth.get(name)]
            assert not differing, f"state_dict differs: {differing[:6]}"
        for name, tensor in state.items():
            if not name.endswith("num_batches_tracked"):
                tensor.copy_(torch.from_numpy(synthetic(name, list(tensor.shape))))
    model.eval()
    with torch.inference_mode():
        output = model(torch.from_numpy(image(golden["input"])))
    lines = len(path.read_text().splitlines())
    return difference(output.numpy(), golden["output"]), lines


def style(program, nets):
    """Holds each file in PyTorch source against `ruff check`, `ruff format` and `black`, with their defaults."""
    with tempfile.TemporaryDirectory() as folder:
        for net in nets:
            program("export", net["name"], "--to", "pytorch", "-o", str(pathlib.Path(folder) / (net["name"] + ".py")))
        for command in (["ruff", "check"], ["ruff", "format", "--check"], ["black", "--check", "--quiet"]):
            done = subprocess.run([*command, folder], capture_output=True, text=True)
            print(" ".join(command), f"{len(nets)} files:", "ok" if done.returncode == 0 else done.stdout + done.stderr)
            if done.returncode:
                sys.exit(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--binary", default="target/release/resnet-explore")
    parser.add_argument("--only", choices=["onnx", "pytorch"])
    parser.add_argument("--made", action="store_true")
    parser.add_argument("--variants", action="store_true")
    parser.add_argument("--style", action="store_true")
    args = parser.parse_args()
    program = Program(args.binary)
    nets = json.loads(program("list", "--format", "json"))
    if args.names:
        nets = [net for net in nets if net["name"] in args.names]
    if args.style:
        return style(program, nets)
    truths = {}
    with gzip.open(HERE.parent / "state.jsonl.gz", "rt") as file:
        for line in file:
            row = json.loads(line)
            truths[row["name"]] = {name: shape for name, shape in row["state"]}
    made = {}
    if args.made:
        files = [HERE.parent / name for name in ("made.jsonl", "units_act.jsonl", "units_norm.jsonl", "units_more.jsonl")]
        for line in [line for file in files for line in file.read_text().splitlines()]:
            row = json.loads(line)
            path = str(HERE.parents[1] / "specs" / "ok" / (row["name"] + ".toml"))
            made[path], truths[path] = row, row["state"]
        nets = [{"name": path, "family": "made", "input": row["input"][1:], "params": row["params"]} for path, row in made.items()]
    families, failed = {}, []
    for net in nets:
        name, [_, height, width] = net["name"], net["input"]
        size = "32" if height <= 32 else "64"
        # Those whose linear layer reads a whole map have one size.
        if height < 32 or args.made or name.startswith(("iresnet", "speaker_")):
            size = f"{height}x{width}"
        row = {}
        with tempfile.TemporaryDirectory() as folder:
            golden = made.get(name) or json.loads(program("run", name, "--weights", f"synthetic:{SEED}", "--input", f"synthetic:{SEED}",
                                        "--input-size", size, "--format", "json"))
            for kind in ["onnx", "pytorch"]:
                if args.only not in (None, kind) or args.variants:
                    continue
                try:
                    if kind == "onnx":
                        row[kind], row["seconds"] = onnx_case(program, net, size, golden, folder)
                    else:
                        row[kind], row["lines"] = pytorch_case(program, net, size, golden, folder, truths.get(name))
                    if not row[kind] <= BOUND:
                        failed.append(f"{name} {kind}: {row[kind]:.2e}")
                except Exception as error:
                    failed.append(f"{name} {kind}: {type(error).__name__}: {str(error)[:300]}")
            if args.variants:
                try:
                    row = variants_case(program, net, size, golden, folder)
                    for kind, bound in {"onnxsim": BOUND, "dynamic": BOUND, "fp16": HALF_BOUND}.items():
                        if not row.get(kind, 0.0) <= bound:
                            failed.append(f"{name} {kind}: {row[kind]:.2e}")
                except Exception as error:
                    failed.append(f"{name} variants: {type(error).__name__}: {str(error)[:300]}")
        if args.variants:
            print(name, row, flush=True)
            continue
        told = "  ".join(f"{key} {value:.2e}" if key in ("onnx", "pytorch") else f"{key} {value:.4g}"
                         for key, value in row.items())
        print(f"{name}: {told}", flush=True)
        family = families.setdefault(net["family"], {"nets": 0, "onnx": 0.0, "pytorch": 0.0})
        family["nets"] += 1
        for kind in ["onnx", "pytorch"]:
            family[kind] = max(family[kind], row.get(kind, 0.0))
    print("\n| family | networks | ONNX Runtime | PyTorch |\n| --- | ---: | ---: | ---: |")
    for name, family in families.items():
        print(f"| {name} | {family['nets']} | {family['onnx']:.1e} | {family['pytorch']:.1e} |")
    if failed:
        print(f"\n{len(failed)} failed:", *failed, sep="\n  ")
        sys.exit(1)


if __name__ == "__main__":
    main()
