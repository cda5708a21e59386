#!/usr/bin/env python3
"""Holds what `check` writes for CI against the formats' own schemas.

    reports.py --binary target/release/resnet-explore --sarif sarif-schema-2.1.0.json --junit junit-10.xsd

SARIF: schema/sarif-schema-2.1.0.json of https://github.com/oasis-tcs/sarif-spec, with jsonschema. JUnit: the schema that
Jenkins reads such files by, junit-10.xsd of https://github.com/jenkinsci/xunit-plugin (MIT), with lxml. Neither is a part of
this repository.

It checks the whole catalogue, each network against a budget that it exceeds, specs that are wrong in many ways, one of them in
a file whose name and words need escaping, and a name with no problem at all. It prints a line a case; exit 1 if one is invalid.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
from lxml import etree

WRONG = {
    "syntax.toml": "inherits = \"resnet50\"\nblocks = [3, 4\n",
    "unknown key.toml": "inherits = \"resnet50\"\nblock = [3, 4, 6, 3]\n",
    "parent.toml": "inherits = \"resnet51\"\n",
    "shapes.toml": "inherits = \"resnet18\"\nwidths = [64, 128, 256]\n",
    "größe & <b>'5' 100%.toml": "inherits = \"resnet18\"\ntitle = 'A <b>\"net\"</b> & ]]> \\u001b'\nblöcke = 3\n",
    "empty.toml": "",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default="target/release/resnet-explore")
    parser.add_argument("--sarif", required=True)
    parser.add_argument("--junit", required=True)
    args = parser.parse_args()
    binary = str(pathlib.Path(args.binary).resolve())
    schema = json.loads(pathlib.Path(args.sarif).read_text())
    sarif = jsonschema.validators.validator_for(schema)(schema)
    junit = etree.XMLSchema(etree.parse(args.junit))
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name, text in WRONG.items():
            (pathlib.Path(folder) / name).write_text(text)
        cases = [("catalogue", ["--all"]), ("budgets", ["--all", "--max-params", "1k", "--max-macs", "1k", "--max-memory", "1"]),
                 ("wrong specs", list(WRONG)), *((name, [name]) for name in WRONG), ("one network", ["resnet50"])]
        for case, names in cases:
            found = {}
            for form in ["sarif", "junit"]:
                done = subprocess.run([binary, "check", *names, "--format", form], capture_output=True, cwd=folder)
                assert done.returncode in (0, 1), done.stderr.decode()
                if form == "sarif":
                    log = json.loads(done.stdout)
                    errors = [f"{error.json_path}: {error.message[:200]}" for error in sarif.iter_errors(log)]
                    found["results"] = len(log["runs"][0]["results"])
                else:
                    tree = etree.fromstring(done.stdout)
                    errors = [] if junit.validate(tree) else [str(error) for error in junit.error_log]
                    found["cases"] = len(tree.findall(".//testcase"))
                    found["failures"] = len(tree.findall(".//failure"))
                if errors:
                    failed = True
                    print(f"{case}: {form} is invalid", *errors[:5], sep="\n  ")
            print(f"{case}: {found}")
    print("invalid" if failed else "all valid")
    sys.exit(failed)


if __name__ == "__main__":
    main()
