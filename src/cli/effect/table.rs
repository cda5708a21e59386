//! The table: a row for options that do nothing beside others, with what is said about them.

use super::Is::{Absent, Given, Lacks, NoneOf, OneOf};
use super::{Idle, idle};

/// The options of a forward pass's preparation of pictures.
const PREPARE: &[&str] = &["resize", "interpolation", "bgr"];

/// All that `check` takes beside the rule to explain.
const OF_CHECK: &[&str] = &[
    "input_size",
    "batch",
    "classes",
    "fix",
    "output",
    "weights",
    "format",
    "max_params",
    "max_macs",
    "max_activations",
    "max_memory",
    "count",
];

pub(super) const IDLE: &[Idle] = &[
    idle(
        "export",
        &["level"],
        &[("to", NoneOf(&["dot", "svg", "mermaid", "markdown", "csv"]))],
        "dot, svg, mermaid, markdown and csv take it",
    ),
    idle(
        "export",
        &["direction", "unfolded"],
        &[("to", NoneOf(&["dot", "svg", "mermaid"]))],
        "dot, svg and mermaid take it",
    ),
    idle(
        "export",
        &["unfolded"],
        &[("level", OneOf(&["stage"]))],
        "a stage is one box anyway",
    ),
    idle(
        "export",
        &["color_by"],
        &[("to", NoneOf(&["dot", "svg"]))],
        "dot and svg take it",
    ),
    idle(
        "export",
        &["theme"],
        &[("to", NoneOf(&["svg", "volumes", "html"]))],
        "svg, volumes and html take it",
    ),
    idle(
        "export",
        &["with"],
        &[("to", NoneOf(&["html"]))],
        "html takes it",
    ),
    idle(
        "export",
        &["picture"],
        &[("to", OneOf(&["onnx", "pytorch"]))],
        "a model begins with the network's own input; all other formats take it",
    ),
    idle(
        "export",
        &["picture"],
        &[("to", OneOf(&["mermaid"])), ("level", NoneOf(&["layer"]))],
        "a flowchart shows what prepares a picture with --level layer alone",
    ),
    idle(
        "export",
        &["picture"],
        &[
            ("to", OneOf(&["dot"])),
            ("level", OneOf(&["stage", "block"])),
        ],
        "a graph shows what prepares a picture with --level layer alone",
    ),
    idle(
        "export",
        &["batch"],
        &[("to", OneOf(&["pytorch"]))],
        "a module takes any batch",
    ),
    idle(
        "export",
        &["batch"],
        &[("dynamic_batch", Given)],
        "the batch is then of any size",
    ),
    idle(
        "export",
        &["weights", "dynamic_batch", "preprocess", "external_data"],
        &[("to", NoneOf(&["onnx"]))],
        "onnx takes it",
    ),
    idle(
        "export",
        &["external_data"],
        &[("weights", OneOf(&["none"]))],
        "there are no weights to write",
    ),
    idle(
        "export",
        &["external_data", "force"],
        &[("output", OneOf(&["-"]))],
        "that is stdout; name a file",
    ),
    idle(
        "export",
        &["batch"],
        &[("to", OneOf(&["mermaid"])), ("level", OneOf(&["layer"]))],
        "a flowchart of layers counts nothing",
    ),
    idle(
        "explore",
        &["input_size", "batch", "classes"],
        &[("name", Absent)],
        "name a network, as in `resnet-explore explore resnet50 --input-size 320`",
    ),
    idle(
        "explore",
        &["fresh"],
        &[("replay", Given)],
        "a demonstration begins as at the first start anyway",
    ),
    idle(
        "list",
        &["accuracy"],
        &[("families", Given)],
        "families have no accuracy",
    ),
    idle(
        "stats",
        &["published"],
        &[("format", NoneOf(&["text"]))],
        "the text shows them",
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
        "none of these columns counts it; add macs, activations or saved_for_backward",
    ),
    idle(
        "table",
        &["count"],
        &[
            ("columns", Lacks(&["macs", "macs_share"])),
            ("format", NoneOf(&["text"])),
        ],
        "none of these columns counts operations; add macs or macs_share",
    ),
    // The numbers that are subtracted and divided by stand in no column.
    idle(
        "table",
        &["mean", "std"],
        &[],
        "a table shows no means; `run` takes it",
    ),
    idle(
        "table",
        PREPARE,
        &[("picture", Absent), ("format", NoneOf(&["text"]))],
        "give --picture too",
    ),
    idle(
        "compare",
        &["all"],
        &[("format", NoneOf(&["text"]))],
        "every other form has all rows",
    ),
    idle(
        "compare",
        &["all"],
        &[("level", OneOf(&["stage"]))],
        "all stages are shown anyway; add --level block or --level layer",
    ),
    idle(
        "compare",
        &["level"],
        &[("format", OneOf(&["markdown"]))],
        "Markdown has the totals alone; text, json and csv have rows",
    ),
    idle(
        "explain",
        &["top"],
        &[("format", OneOf(&["json", "csv"]))],
        "text and markdown take it; json and csv have all matches",
    ),
    idle(
        "check",
        OF_CHECK,
        &[("explain", Given)],
        "a rule's page is the same for every network",
    ),
    idle(
        "check",
        &["batch"],
        &[
            ("max_macs", Absent),
            ("max_activations", Absent),
            ("max_memory", Absent),
        ],
        "budgets of operations, activations and memory count it",
    ),
    idle(
        "check",
        &["count"],
        &[("max_macs", Absent)],
        "add --max-macs",
    ),
    idle(
        "run",
        &["threads", "kernel", "direct"],
        &[("value", Given)],
        "a value is explained with the plain kernels",
    ),
    idle(
        "run",
        &["plain"],
        &[("train", Given)],
        "training runs on the plain kernels anyway",
    ),
    idle(
        "run",
        &["plain"],
        &[("value", Given)],
        "a value is explained with the plain kernels anyway",
    ),
    idle(
        "run",
        &["value"],
        &[("bn", Given)],
        "the laboratory looks at a whole channel; leave one of them out",
    ),
    idle(
        "run",
        PREPARE,
        &[("bn", Given)],
        "the laboratory has pictures of its own, of the network's size",
    ),
    idle(
        "run",
        &["top"],
        &[("format", OneOf(&["csv", "markdown"]))],
        "text and json show classes",
    ),
    idle(
        "run",
        &["top"],
        &[("value", Given)],
        "one value has no classes",
    ),
    idle(
        "run",
        &["products"],
        &[("format", NoneOf(&["text"]))],
        "every other form has all products",
    ),
    idle(
        "lesson",
        &["id"],
        &[("list", Given)],
        "all lessons are listed",
    ),
];
