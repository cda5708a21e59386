//! JSON that commands print, as types. `tests/cli/schemas.rs` holds it against what they print.

mod numbers;
mod pass;
mod weights;

use super::kind::Kind::{
    self, Columns, Count, Either, Few, Flag, Integer, List, Map, Maybe, Number, Text, Word,
};
use super::kind::Record;

/// One record, or a list of several.
macro_rules! one_or_more {
    ($record:expr) => {
        Either(&[Kind::Record(&$record), List(&Kind::Record(&$record))])
    };
}
/// Every format, under the name of its command, sorted.
pub(super) static ALL: &[(&str, Kind)] = &[
    ("bench", one_or_more!(pass::BENCH)),
    ("check", one_or_more!(CHECK)),
    ("compare", Kind::Record(&COMPARISON)),
    ("evaluate", Kind::Record(&pass::EVALUATION)),
    ("explain", Kind::Record(&numbers::EXPLANATION)),
    ("export", Kind::Record(&NETWORK)),
    ("field", List(&Kind::Record(&pass::FIELD))),
    ("gradient", Kind::Record(&pass::GRADIENT)),
    ("lesions", List(&Kind::Record(&pass::LESION))),
    ("lesson", List(&Kind::Record(&ANSWER))),
    (
        "list",
        Either(&[List(&Kind::Record(&ENTRY)), List(&Kind::Record(&FAMILY))]),
    ),
    (
        "run",
        Either(&[
            Kind::Record(&pass::PASS),
            Kind::Record(&pass::VALUE_REPORT),
            Kind::Record(&pass::CLASS_MAPS),
        ]),
    ),
    ("stats", one_or_more!(TOTALS)),
    (
        "table",
        Either(&[List(&Kind::Record(&LAYER)), List(&Columns)]),
    ),
    (
        "train",
        Either(&[Kind::Record(&pass::EPOCH), Kind::Record(&pass::SAVED)]),
    ),
    ("train-log", Kind::Record(&pass::LOG)),
    ("weights-diff", Kind::Record(&weights::DIFFERENCE)),
    ("weights-fetch", Kind::Record(&weights::FETCHED)),
    ("weights-infer", Kind::Record(&weights::INFERRED)),
    ("weights-list", List(&Kind::Record(&weights::PUBLISHED))),
    ("weights-show", Kind::Record(&weights::SHOWN)),
];

const SHAPE: Kind = List(&Count);
const SIDES: Kind = Few(2, &Count);
const MAYBE_TEXT: Kind = Maybe(&Text);
const MAYBE_COUNT: Kind = Maybe(&Count);

/// Output of `stats`, of a network with an error too.
static TOTALS: Record = Record::new("totals", &[])
    .or(&[
        ("counts", Map(&BIG)),
        ("ends_before", Text),
        ("problems", List(&Kind::Record(&PROBLEM))),
    ])
    .with(&STATS);

/// A count, as a string where a reader may lack its digits.
const BIG: Kind = Either(&[Count, Text]);

static STATS: Record = Record::new(
    "stats",
    &[
        ("name", Text),
        ("title", Text),
        ("family", MAYBE_TEXT),
        ("batch", Count),
        ("input", SHAPE),
        ("output", SHAPE),
        ("params", Count),
        ("buffers", Count),
        ("macs", Count),
        ("flops", Count),
        ("count", Text),
        ("activations", Count),
        ("depth", Count),
        ("receptive_field", MAYBE_COUNT),
        ("memory", Kind::Record(&MEMORY)),
        ("stem", Maybe(&Kind::Record(&STAGE))),
        ("stages", List(&Kind::Record(&STAGE))),
        ("head", Maybe(&Kind::Record(&STAGE))),
        ("downsample", List(&Kind::Record(&DOWNSAMPLE))),
        ("published", Maybe(&Kind::Record(&ACCURACIES))),
    ],
)
.or(&[("receptive_field_width", Count)]);

static MEMORY: Record = Record::new(
    "memory",
    &[
        ("weights", Count),
        ("peak_activations", Count),
        ("training_activations", Count),
    ],
);

static STAGE: Record = Record::new(
    "stage",
    &[
        ("name", Text),
        ("paper_name", MAYBE_TEXT),
        ("block", MAYBE_TEXT),
        ("blocks", Count),
        ("output", SHAPE),
        ("params", Count),
        ("macs", Count),
        ("receptive_field", MAYBE_COUNT),
    ],
)
.or(&[("receptive_field_width", Count)]);

static DOWNSAMPLE: Record = Record::new(
    "downsample",
    &[
        ("layer", Text),
        ("op", Text),
        ("from", SIDES),
        ("to", SIDES),
        ("main_stride", Count),
        ("shortcut", MAYBE_TEXT),
    ],
)
.or(&[("main_stride_width", Count)]);

static ACCURACIES: Record = Record::new(
    "accuracies",
    &[
        ("on", MAYBE_TEXT),
        ("source", MAYBE_TEXT),
        ("accuracy", List(&Kind::Record(&ACCURACY))),
    ],
);

static ACCURACY: Record = Record::new(
    "accuracy",
    &[
        ("weights", Text),
        ("size", Count),
        ("top1", Number),
        ("top5", Maybe(&Number)),
        ("crop", Maybe(&Number)),
        ("interpolation", MAYBE_TEXT),
        ("data", MAYBE_TEXT),
    ],
)
.or(&[("on", Text)]);

static LAYER: Record = Record::new(
    "layer",
    &[
        ("path", Text),
        ("call", Count),
        ("op", Text),
        ("stage", Text),
        ("block", MAYBE_COUNT),
        ("branch", Maybe(&Word(&["main", "shortcut"]))),
        ("inputs", List(&SHAPE)),
        ("output", Maybe(&SHAPE)),
        ("kernel", Maybe(&SIDES)),
        ("stride", Maybe(&SIDES)),
        ("padding", Maybe(&SIDES)),
        ("dilation", Maybe(&SIDES)),
        ("groups", MAYBE_COUNT),
        ("params", Count),
        ("buffers", Count),
        ("macs", Count),
        ("activations", Count),
        ("saved_for_backward", Count),
        ("receptive_field", MAYBE_COUNT),
        ("parameters", List(&Kind::Record(&PARAMETER))),
    ],
)
.or(&[("receptive_field_width", Count), ("feeds", List(&Text))]);

/// A parameter, or a tensor of a checkpoint.
static PARAMETER: Record = Record::new("tensor", &[("name", Text), ("shape", SHAPE)]);

static NETWORK: Record = Record::new(
    "network",
    &[
        ("format", Word(&["resnet-explore network"])),
        ("version", Count),
        ("network", Kind::Record(&STATS)),
        ("layers", List(&Kind::Record(&NODE))),
    ],
);

static NODE: Record = Record::new(
    "node",
    &[
        ("id", Count),
        ("reads", List(&Count)),
        (
            "kind",
            Word(&[
                "input",
                "convolution",
                "normalisation",
                "activation",
                "pool",
                "residual",
                "attention",
                "linear",
                "split",
            ]),
        ),
        ("summary", Text),
    ],
)
.with(&LAYER);

static ENTRY: Record = Record::new(
    "entry",
    &[
        ("name", Text),
        ("title", Text),
        ("family", Text),
        ("aliases", List(&Text)),
        ("summary", Text),
        ("input", SHAPE),
        ("params", Count),
        ("macs", Count),
        ("activations", Count),
        ("depth", Count),
        ("receptive_field", MAYBE_COUNT),
        ("year", MAYBE_COUNT),
        ("paper", MAYBE_TEXT),
        ("authors", MAYBE_TEXT),
        ("quote", MAYBE_TEXT),
        ("accuracy", Maybe(&Kind::Record(&ACCURACY))),
        ("accuracies", Count),
        ("weights", Flag),
    ],
);

static FAMILY: Record = Record::new(
    "family",
    &[
        ("family", Text),
        ("networks", List(&Text)),
        ("years", Maybe(&Few(2, &Count))),
        ("params", Few(2, &Count)),
        ("macs", Few(2, &Count)),
    ],
);

static CHECK: Record = Record::new(
    "check",
    &[
        ("name", Text),
        ("ok", Flag),
        ("problems", List(&Kind::Record(&PROBLEM))),
    ],
);

static PROBLEM: Record = Record::new(
    "problem",
    &[
        ("rule", Text),
        ("severity", Word(&["error", "warning", "note"])),
        ("file", MAYBE_TEXT),
        ("line", MAYBE_COUNT),
        ("column", MAYBE_COUNT),
        ("path", MAYBE_TEXT),
        ("message", Text),
        ("help", MAYBE_TEXT),
        ("fix", MAYBE_TEXT),
        ("page", Text),
    ],
);

static COMPARISON: Record = Record::new(
    "comparison",
    &[
        ("a", Kind::Record(&STATS)),
        ("b", Kind::Record(&STATS)),
        ("count", Text),
        ("batch", Count),
        ("accuracy", Kind::Record(&BOTH)),
        ("headline", Text),
        ("difference", Kind::Record(&COST)),
        ("differences", List(&Kind::Record(&DIFFERENCE))),
        ("rows", List(&Kind::Record(&PAIR))),
    ],
)
.or(&[("budgets", List(&Kind::Record(&BUDGET)))]);

static BOTH: Record = Record::new(
    "accuracy_of_both",
    &[
        ("a", Maybe(&Kind::Record(&ACCURACY))),
        ("b", Maybe(&Kind::Record(&ACCURACY))),
    ],
);

static COST: Record = Record::new(
    "cost",
    &[
        ("params", Integer),
        ("macs", Integer),
        ("activations", Integer),
        ("receptive_field", Integer),
    ],
);

const MARK: Kind = Word(&["same", "follows", "moved", "changed", "appeared", "gone"]);

static DIFFERENCE: Record = Record::new(
    "difference",
    &[
        ("kind", MARK),
        ("of", Word(&["stride", "block", "layer"])),
        ("count", Count),
        ("what", Text),
        ("places", List(&Text)),
        ("cost", Kind::Record(&COST)),
    ],
);

static PAIR: Record = Record::new(
    "pair",
    &[
        ("mark", MARK),
        ("what", Text),
        ("a", Maybe(&Kind::Record(&ROW))),
        ("b", Maybe(&Kind::Record(&ROW))),
        ("difference", Kind::Record(&COST)),
    ],
);

static ROW: Record = Record::new(
    "row",
    &[
        ("path", Text),
        ("output", Maybe(&SHAPE)),
        ("params", BIG),
        ("macs", BIG),
        ("activations", BIG),
    ],
);

static BUDGET: Record = Record::new(
    "budget",
    &[
        ("rule", Text),
        ("cost", Count),
        ("limit", Count),
        ("ok", Flag),
    ],
);

/// An answer of a course, in the file of `lesson --export`.
static ANSWER: Record = Record::new(
    "answer",
    &[
        ("lesson", Text),
        ("question", Count),
        ("answer", Text),
        ("truth", Text),
        ("right", Flag),
        ("tries", Count),
        ("hint", Flag),
    ],
)
.or(&[("rest", Count), ("due", Count)]);
