//! Table of options without effect: one row per case, with its text.

use super::Is::{Absent, Given, Lacks, NoneOf, OneOf};
use super::{Idle, idle};

/// Options of a pass's preprocessing.
const PREPARE: &[&str] = &["resize", "interpolation", "bgr"];

/// A pass that multiplies bf16 numbers.
const IN_BF16: &[(&str, super::Is)] = &[("precision", OneOf(&["bf16"]))];

/// Subject of an entry.
const ENTRY: &str = "effect-checkpoint-has-entries";

/// Options of `check` other than the rule to explain.
const OF_CHECK: &[&str] = &[
    "input_size",
    "batch",
    "classes",
    "in_channels",
    "output_stride",
    "fix",
    "output",
    "weights",
    "entry",
    "format",
    "max_params",
    "max_macs",
    "max_activations",
    "max_memory",
    "count",
    "docs_url",
];

/// Options of a figure.
const FIGURE: &[&str] = &[
    "for",
    "block",
    "no_title",
    "no_legend",
    "no_preprocess",
    "width",
    "font_size",
    "he_lines",
];

pub(super) const IDLE: &[Idle] = &[
    idle(
        "export",
        &["level"],
        &[(
            "to",
            NoneOf(&["dot", "svg", "mermaid", "markdown", "csv", "latex"]),
        )],
        "effect-dot-svg-mermaid-markdown-csv",
    ),
    idle(
        "export",
        FIGURE,
        &[("to", NoneOf(&["svg", "pdf", "png", "tikz"]))],
        "effect-figures-take",
    ),
    idle(
        "export",
        FIGURE,
        &[("to", OneOf(&["svg"])), ("for", Absent)],
        "effect-svg-for-takes",
    ),
    idle(
        "export",
        &[
            "input_size",
            "batch",
            "classes",
            "in_channels",
            "output_stride",
            "picture",
        ],
        &[("to", OneOf(&["points"]))],
        "effect-points-own-sizes",
    ),
    idle(
        "export",
        &["scale"],
        &[("to", NoneOf(&["png"]))],
        "effect-png-takes",
    ),
    idle(
        "export",
        &["level", "direction", "color_by", "theme", "unfolded"],
        &[("for", Given)],
        "effect-svg-without-for-takes",
    ),
    idle(
        "export",
        &["direction", "unfolded"],
        &[("to", NoneOf(&["dot", "svg", "mermaid"]))],
        "effect-dot-svg-mermaid-take",
    ),
    idle(
        "export",
        &["unfolded"],
        &[("level", OneOf(&["stage"]))],
        "effect-stage-one-box",
    ),
    idle(
        "export",
        &["color_by"],
        &[("to", NoneOf(&["dot", "svg"]))],
        "effect-dot-svg-take",
    ),
    idle(
        "export",
        &["theme"],
        &[("to", NoneOf(&["svg", "volumes", "html", "points"]))],
        "effect-svg-volumes-html-take",
    ),
    idle(
        "export",
        &["with"],
        &[("to", NoneOf(&["html"]))],
        "effect-html-takes",
    ),
    idle(
        "export",
        &["picture"],
        &[("to", OneOf(&["onnx", "pytorch"]))],
        "effect-model-begins-networks-own-input",
    ),
    idle(
        "export",
        &["picture"],
        &[("to", OneOf(&["mermaid"])), ("level", NoneOf(&["layer"]))],
        "effect-flowchart-shows-prepares-picture-level",
    ),
    idle(
        "export",
        &["picture"],
        &[
            ("to", OneOf(&["dot"])),
            ("level", OneOf(&["stage", "block"])),
        ],
        "effect-graph-shows-prepares-picture-level",
    ),
    idle(
        "export",
        &["batch"],
        &[("to", OneOf(&["pytorch"]))],
        "effect-module-takes-any-batch",
    ),
    idle(
        "export",
        &["batch"],
        &[("dynamic_batch", Given)],
        "effect-batch-any-size",
    ),
    idle(
        "export",
        &[
            "weights",
            "entry",
            "dynamic_batch",
            "dynamic_size",
            "fp16",
            "preprocess",
            "external_data",
        ],
        &[("to", NoneOf(&["onnx"]))],
        "effect-onnx-takes",
    ),
    idle(
        "export",
        &["external_data"],
        &[("weights", OneOf(&["none"]))],
        "effect-weights-write",
    ),
    idle(
        "export",
        &["external_data", "force"],
        &[("output", OneOf(&["-"]))],
        "effect-stdout-name-file",
    ),
    idle(
        "export",
        &["batch"],
        &[("to", OneOf(&["mermaid"])), ("level", OneOf(&["layer"]))],
        "effect-flowchart-layers-counts-nothing",
    ),
    idle(
        "explore",
        &[
            "input_size",
            "batch",
            "classes",
            "in_channels",
            "output_stride",
        ],
        &[("name", Absent)],
        "effect-name-network-in-resnet-explore",
    ),
    idle(
        "explore",
        &["fresh"],
        &[("replay", Given)],
        "effect-demonstration-begins-first-start",
    ),
    idle(
        "explore",
        &["graphics", "plain"],
        &[("record", Given)],
        "effect-recording",
    ),
    idle(
        "list",
        &["accuracy"],
        &[("families", Given)],
        "effect-families-accuracy",
    ),
    idle(
        "stats",
        &["published"],
        &[("format", NoneOf(&["text"]))],
        "effect-text-shows-them",
    ),
    idle(
        "table",
        &["batch"],
        &[
            (
                "columns",
                Lacks(&["macs", "activations", "saved_for_backward"]),
            ),
            ("format", NoneOf(&["text"])),
        ],
        "effect-none-these-columns-counts-add",
    ),
    idle(
        "table",
        &["count"],
        &[
            ("columns", Lacks(&["macs", "macs_share"])),
            ("format", NoneOf(&["text"])),
        ],
        "effect-none-these-columns-counts-operations",
    ),
    // The mean and the standard deviation are in no column.
    idle(
        "table",
        &["mean", "std"],
        &[],
        "effect-table-shows-means-run-takes",
    ),
    idle(
        "table",
        PREPARE,
        &[("picture", Absent), ("format", NoneOf(&["text"]))],
        "effect-give-picture-too",
    ),
    idle(
        "compare",
        &["all"],
        &[("format", NoneOf(&["text"]))],
        "effect-every-other-form-rows",
    ),
    idle(
        "compare",
        &["all"],
        &[("level", OneOf(&["stage"]))],
        "effect-stages-shown-add-level-block",
    ),
    idle(
        "compare",
        &["accuracy"],
        &[("format", OneOf(&["csv", "markdown"]))],
        "effect-text-json-show-accuracies",
    ),
    idle(
        "compare",
        &["level"],
        &[("format", OneOf(&["markdown"]))],
        "effect-markdown-totals-alone-text-json",
    ),
    idle(
        "explain",
        &["top"],
        &[("format", OneOf(&["json", "csv"]))],
        "effect-text-markdown-take-json-csv",
    ),
    idle(
        "check",
        OF_CHECK,
        &[("explain", Given)],
        "effect-rules-page-same-for-every",
    ),
    idle(
        "check",
        &["docs_url"],
        &[("format", NoneOf(&["sarif"]))],
        "effect-sarif-takes",
    ),
    idle(
        "compare",
        &["max_params", "max_macs", "max_activations", "max_memory"],
        &[("format", OneOf(&["csv"]))],
        "effect-text-markdown-json-budgets",
    ),
    idle(
        "check",
        &["batch"],
        &[
            ("max_macs", Absent),
            ("max_activations", Absent),
            ("max_memory", Absent),
        ],
        "effect-budgets-operations-activations-memory-count",
    ),
    idle(
        "check",
        &["count"],
        &[("max_macs", Absent)],
        "effect-add-max-macs",
    ),
    idle("run", &["entry"], &[("weights", Absent)], ENTRY),
    idle("bench", &["entry"], &[("weights", Absent)], ENTRY),
    idle("check", &["entry"], &[("weights", Absent)], ENTRY),
    idle("export", &["entry"], &[("weights", Absent)], ENTRY),
    idle(
        "export",
        &["entry"],
        &[("weights", OneOf(&["none"]))],
        ENTRY,
    ),
    idle(
        "run",
        &["threads", "kernel", "direct", "precision"],
        &[("value", Given)],
        "effect-value-explained-plain-kernels",
    ),
    idle("run", &["direct"], IN_BF16, "effect-bf16-is-direct"),
    idle("bench", &["direct"], IN_BF16, "effect-bf16-is-direct"),
    idle("evaluate", &["direct"], IN_BF16, "effect-bf16-is-direct"),
    idle(
        "run",
        &["plain"],
        &[("train", Given)],
        "effect-training-runs-on-plain-kernels",
    ),
    idle(
        "run",
        &["plain"],
        &[("value", Given)],
        "effect-value-explained-plain-kernels-anyway",
    ),
    idle(
        "run",
        &["value"],
        &[("bn", Given)],
        "effect-laboratory-looks-whole-channel-leave",
    ),
    idle(
        "run",
        PREPARE,
        &[("bn", Given)],
        "effect-laboratory-pictures-its-own-networks",
    ),
    idle(
        "run",
        &["top"],
        &[("format", OneOf(&["csv", "markdown"]))],
        "effect-text-json-show-classes",
    ),
    idle(
        "run",
        &["top"],
        &[("value", Given)],
        "effect-one-value-classes",
    ),
    idle(
        "run",
        &["products"],
        &[("format", NoneOf(&["text"]))],
        "effect-every-other-form-products",
    ),
    idle(
        "train",
        &["every"],
        &[("schedule", NoneOf(&["steps"]))],
        "effect-schedule-steps-takes",
    ),
    idle(
        "lesson",
        &["piece", "folder"],
        &[("id", NoneOf(&["fix"]))],
        "effect-lesson-fix-takes",
    ),
    idle(
        "lesson",
        &["id"],
        &[("list", Given)],
        "effect-lessons-listed",
    ),
];
