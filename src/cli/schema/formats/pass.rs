//! `run`, `bench`, `gradient`, `train` and what else runs a network.

use super::super::kind::Kind::{
    self, Count, Either, Few, Flag, List, Map, Maybe, Number, Text, Word,
};
use super::super::kind::Record;
use super::{MAYBE_COUNT, MAYBE_TEXT, PROBLEM, SHAPE, SIDES};
use crate::weights::fingerprint::SAMPLES;

/// A number that is null where a pass gave none that is finite.
const MAYBE_NUMBER: Kind = Maybe(&Number);

static FINGERPRINT: Record = Record::new(
    "fingerprint",
    &[
        ("shape", SHAPE),
        ("mean", MAYBE_NUMBER),
        ("rms", MAYBE_NUMBER),
        ("min", MAYBE_NUMBER),
        ("max", MAYBE_NUMBER),
        ("samples", Few(SAMPLES, &MAYBE_NUMBER)),
    ],
);

static WEIGHTS_FROM: Record = Record::new(
    "weights_from",
    &[
        ("file", Text),
        ("entry", MAYBE_TEXT),
        ("prefix", MAYBE_TEXT),
        ("names", MAYBE_TEXT),
    ],
);

pub(super) static PASS: Record = Record::new(
    "pass",
    &[
        ("model", Text),
        ("weights", Text),
        ("weights_from", Maybe(&Kind::Record(&WEIGHTS_FROM))),
        ("seed", MAYBE_COUNT),
        ("train", Flag),
        ("input", SHAPE),
        ("input_source", Text),
        ("input_label", MAYBE_TEXT),
        ("until", MAYBE_TEXT),
        ("output", Kind::Record(&FINGERPRINT)),
        ("top", List(&List(&Kind::Record(&CLASS)))),
        ("seconds", Number),
        ("kernel", Text),
    ],
)
.or(&[
    ("pictures", List(&Kind::Record(&PICTURE))),
    ("layers", List(&Kind::Record(&LAYER_VALUE))),
    ("running", Map(&Kind::Record(&FINGERPRINT))),
    ("bf16", Kind::Record(&BF16)),
    ("ends_before", Text),
    ("problems", List(&Kind::Record(&PROBLEM))),
]);

static PICTURE: Record = Record::new(
    "picture",
    &[
        ("source", Text),
        ("label", MAYBE_TEXT),
        ("size", SIDES),
        ("resized", SIDES),
        ("steps", Text),
    ],
);

static LAYER_VALUE: Record = Record::new("layer", &[("name", Text), ("call", Count), ("op", Text)])
    .or(&[("bf16_error", Kind::Record(&BF16_ERROR))])
    .with(&FINGERPRINT);

static BF16_ERROR: Record = Record::new(
    "bf16_error",
    &[("rms", MAYBE_NUMBER), ("max", MAYBE_NUMBER)],
);

/// Ways to multiply bf16 numbers.
const PRODUCTS: Kind = Word(&["instruction", "halves"]);

static BF16: Record = Record::new("bf16", &[("products", PRODUCTS)])
    .or(&[("top_in_f32", List(&List(&Kind::Record(&CLASS))))]);

static CLASS: Record = Record::new(
    "class",
    &[
        ("class", Count),
        ("label", MAYBE_TEXT),
        ("probability", MAYBE_NUMBER),
    ],
);

pub(super) static VALUE_REPORT: Record = Record::new(
    "value_report",
    &[
        ("model", Text),
        ("weights", Text),
        ("input_source", Text),
        ("train", Flag),
        ("name", Text),
        ("call", Count),
        ("cell", Kind::Record(&CELL)),
        ("value", MAYBE_NUMBER),
        ("sees", Maybe(&Kind::Record(&SEEN))),
        ("steps", List(&Kind::Record(&STEP))),
    ],
);

static CELL: Record = Record::new(
    "cell",
    &[
        ("image", Count),
        ("channel", Count),
        ("row", Count),
        ("column", Count),
    ],
);

static SEEN: Record = Record::new("seen", &[("rows", SIDES), ("columns", SIDES)]);

static STEP: Record = Record::new(
    "step",
    &[
        ("name", Text),
        ("call", Count),
        ("op", Text),
        ("cell", Kind::Record(&CELL)),
        ("value", MAYBE_NUMBER),
        ("computed", MAYBE_NUMBER),
        ("difference", MAYBE_NUMBER),
        ("tolerance", MAYBE_NUMBER),
        ("agrees", Flag),
        ("formula", FORMULA),
    ],
);

const READ: Kind = Kind::Record(&READ_VALUE);
const READS: Kind = List(&READ);

static READ_VALUE: Record =
    Record::new("value", &[("layer", Text), ("value", MAYBE_NUMBER)]).with(&CELL);

/// A step's formula with its numbers, by its kind.
const FORMULA: Kind = Either(&[
    Kind::Record(&FUNCTION),
    Kind::Record(&IMAGE),
    Kind::Record(&SUM),
    Kind::Record(&ROUNDED),
    Kind::Record(&LARGEST),
    Kind::Record(&DEVIATION),
    Kind::Record(&NORM),
    Kind::Record(&SCALAR),
    Kind::Record(&SCALE),
    Kind::Record(&STANDARDIZE),
    Kind::Record(&ADD),
    Kind::Record(&MULTIPLY),
    Kind::Record(&SHARES),
    Kind::Record(&COPY),
    Kind::Record(&ZERO),
]);

/// An activation function, under its own name.
static FUNCTION: Record = Record::new("activation", &[("kind", Text), ("read", READ)]);
static IMAGE: Record = Record::new("image", &[("kind", Word(&["image"]))]);
static SUM: Record = Record::new(
    "sum",
    &[
        ("kind", Word(&["sum"])),
        ("kernel", Few(3, &Count)),
        ("border", Count),
        ("bias", MAYBE_NUMBER),
        ("products", List(&Kind::Record(&PRODUCT))),
    ],
);
static ROUNDED: Record = Record::new(
    "rounded",
    &[
        ("kind", Word(&["rounded"])),
        ("sum", MAYBE_NUMBER),
        ("how", Text),
        ("kernel", Few(3, &Count)),
        ("products", List(&Kind::Record(&PRODUCT))),
    ],
);
static PRODUCT: Record = Record::new(
    "product",
    &[
        ("channel", Count),
        ("row", Count),
        ("column", Count),
        ("tap", Few(3, &Count)),
        ("read", MAYBE_NUMBER),
        ("weight", MAYBE_NUMBER),
        ("product", MAYBE_NUMBER),
    ],
);
static LARGEST: Record = Record::new(
    "largest",
    &[
        ("kind", Word(&["largest"])),
        ("kernel", SIDES),
        ("reads", READS),
    ],
);
static DEVIATION: Record = Record::new(
    "deviation",
    &[
        ("kind", Word(&["deviation"])),
        ("mean", MAYBE_NUMBER),
        ("variance", MAYBE_NUMBER),
        ("eps", MAYBE_NUMBER),
        ("reads", READS),
    ],
);
static NORM: Record = Record::new(
    "norm",
    &[
        ("kind", Word(&["norm"])),
        ("read", READ),
        ("mean", MAYBE_NUMBER),
        ("variance", MAYBE_NUMBER),
        ("eps", MAYBE_NUMBER),
        ("gamma", MAYBE_NUMBER),
        ("beta", MAYBE_NUMBER),
        ("statistics", Text),
        ("values", MAYBE_COUNT),
    ],
)
.or(&[("v", Number), ("tau", Number)]);
static SCALAR: Record = Record::new(
    "scalar",
    &[
        ("kind", Word(&["scalar"])),
        ("operator", Text),
        ("read", READ),
        ("number", Number),
    ],
);
static SCALE: Record = Record::new(
    "scale",
    &[
        ("kind", Word(&["scale"])),
        ("read", READ),
        ("divisor", Number),
    ],
);
static STANDARDIZE: Record = Record::new(
    "standardize",
    &[
        ("kind", Word(&["standardize"])),
        ("read", READ),
        ("mean", Number),
        ("std", Number),
    ],
);
static ADD: Record = Record::new(
    "add",
    &[("kind", Word(&["add"])), ("main", READ), ("shortcut", READ)],
);
static MULTIPLY: Record = Record::new(
    "multiply",
    &[
        ("kind", Word(&["multiply"])),
        ("read", READ),
        ("gate", READ),
    ],
);
static SHARES: Record = Record::new(
    "shares",
    &[
        ("kind", Word(&["shares"])),
        ("logits", READS),
        ("own", Count),
    ],
);
static COPY: Record = Record::new("copy", &[("kind", Word(&["copy"])), ("read", READ)]);
static ZERO: Record = Record::new("zero", &[("kind", Word(&["zero"])), ("reason", Text)]);

/// `run --cam`.
pub(super) static CLASS_MAPS: Record = Record::new(
    "class_maps",
    &[
        ("model", Text),
        ("weights", Text),
        ("input_source", Text),
        ("method", Text),
        ("maps", List(&Kind::Record(&CLASS_MAP))),
    ],
);

static CLASS_MAP: Record = Record::new(
    "class_map",
    &[
        ("class", Count),
        ("label", MAYBE_TEXT),
        ("score", MAYBE_NUMBER),
        ("layer", MAYBE_TEXT),
        ("size", SIDES),
        ("values", List(&List(&MAYBE_NUMBER))),
    ],
);

pub(super) static BENCH: Record = Record::new(
    "bench",
    &[
        ("model", Text),
        ("batch", Count),
        ("threads", Count),
        ("kernel", Text),
        ("weights", Text),
        ("weights_from", Maybe(&Kind::Record(&WEIGHTS_FROM))),
        ("times_ms", List(&Number)),
        ("median_ms", Number),
        ("min_ms", Number),
        ("ready_ms", Number),
        ("peak_rss_mib", MAYBE_NUMBER),
        ("flops", Count),
        ("gflops_per_second", Number),
        ("peak_gflops_per_second", Number),
    ],
)
.or(&[
    ("bf16", PRODUCTS),
    ("memory_gb_per_second", Number),
    ("layers", List(&Kind::Record(&TIMED))),
]);

static TIMED: Record = Record::new(
    "timed",
    &[
        ("path", Text),
        ("op", Text),
        ("how", Text),
        ("ms", Number),
        ("gflops_per_second", Number),
        ("share", Number),
        ("of_peak", Number),
        ("bytes", Count),
        ("flops_per_byte", MAYBE_NUMBER),
        ("bound_gflops_per_second", MAYBE_NUMBER),
        ("of_bound", MAYBE_NUMBER),
        ("bound", Text),
        ("predicted_ms", Number),
        ("limit", Word(&["arithmetic", "l2", "l3", "memory"])),
    ],
)
.or(&[("choice", Kind::Record(&CHOICE))]);

static CHOICE: Record = Record::new(
    "choice",
    &[
        ("way", Text),
        ("by", Word(&["constants", "rates", "timed", "only"])),
        ("predicted", List(&Kind::Record(&PREDICTED))),
    ],
);

static PREDICTED: Record = Record::new("predicted", &[("way", Text), ("ms", Number)]);

pub(super) static GRADIENT: Record = Record::new(
    "gradient",
    &[
        ("model", Text),
        ("seed", MAYBE_COUNT),
        ("train", Flag),
        ("weights", Text),
        ("input", SHAPE),
        ("input_source", Text),
        ("labels", List(&Count)),
        ("precision", Text),
        ("loss", MAYBE_NUMBER),
        ("input_gradient", Maybe(&Kind::Record(&FINGERPRINT))),
        ("parameters", Map(&Kind::Record(&FINGERPRINT))),
        ("blocks", Map(&MAYBE_NUMBER)),
        ("kept_bytes", Count),
    ],
)
.or(&[("step", Number), ("loss_after", MAYBE_NUMBER)]);

/// A line of `train`.
pub(super) static EPOCH: Record = Record::new(
    "epoch",
    &[
        ("net", Text),
        ("seed", Count),
        ("epoch", Count),
        ("loss", MAYBE_NUMBER),
        ("accuracy", Number),
        ("test_accuracy", Number),
        ("seconds", Number),
        ("images_per_second", MAYBE_NUMBER),
    ],
);

/// The last lines of `train`.
pub(super) static SAVED: Record = Record::new("saved", &[("net", Text), ("saved", MAYBE_TEXT)]);

/// The file beside the weights that `train -o` writes.
pub(super) static LOG: Record = Record::new(
    "log",
    &[
        ("net", Text),
        ("weights", Text),
        ("settings", Kind::Record(&SETTINGS)),
        ("best_epoch", Count),
        ("epochs", List(&Kind::Record(&EPOCH))),
    ],
);

static SETTINGS: Record = Record::new(
    "settings",
    &[
        ("data", Text),
        ("seed", Count),
        ("batch_size", Count),
        ("lr", Number),
        ("momentum", Number),
        ("weight_decay", Number),
        ("schedule", Text),
        ("epochs", MAYBE_COUNT),
        ("every", Count),
        ("smoothing", Number),
        ("shift", Count),
        ("mirror", Flag),
        ("freeze", List(&Text)),
        ("classes", MAYBE_COUNT),
        ("in_channels", MAYBE_COUNT),
        ("output_stride", MAYBE_COUNT),
    ],
);

pub(super) static EVALUATION: Record = Record::new(
    "evaluation",
    &[
        ("net", Text),
        ("weights", Text),
        ("data", Text),
        ("images", Count),
        ("right", Count),
        ("accuracy", Number),
        ("classes", List(&Kind::Record(&OF_CLASS))),
        ("confusion", List(&Kind::Record(&CONFUSED))),
    ],
);

static OF_CLASS: Record = Record::new(
    "of_class",
    &[
        ("class", Count),
        ("label", MAYBE_TEXT),
        ("images", Count),
        ("right", Count),
    ],
);

static CONFUSED: Record = Record::new(
    "confused",
    &[("label", Count), ("answer", Count), ("images", Count)],
);

pub(super) static LESION: Record = Record::new(
    "lesion",
    &[
        ("block", MAYBE_TEXT),
        ("path", Maybe(&Word(&["main", "shortcut"]))),
        ("right", Count),
        ("images", Count),
        ("accuracy", Number),
    ],
);

pub(super) static FIELD: Record = Record::new(
    "field",
    &[
        ("path", Text),
        ("theoretical", Maybe(&SIDES)),
        ("seen", SIDES),
        ("effective_pixels", Count),
        ("effective", Number),
    ],
);
