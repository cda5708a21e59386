//! `weights`: published weights, and tensors of checkpoints.

use super::super::kind::Kind::{self, Count, Flag, List, Maybe, Number, Text, Word};
use super::super::kind::Record;
use super::{MAYBE_COUNT, MAYBE_TEXT, PARAMETER, SHAPE};

pub(super) static PUBLISHED: Record = Record::new(
    "published",
    &[
        ("name", Text),
        ("net", Text),
        ("tag", Text),
        ("library", Text),
        ("repository", MAYBE_TEXT),
        ("url", MAYBE_TEXT),
        ("classes", Count),
        ("size", Count),
        ("resize", Count),
        ("interpolation", Text),
        ("top1", Maybe(&Number)),
        ("top1_size", MAYBE_COUNT),
        ("data", MAYBE_TEXT),
        ("licence", MAYBE_TEXT),
        ("megabytes", Maybe(&Number)),
        ("bytes", MAYBE_COUNT),
        ("bytes_are_exact", Flag),
        ("bytes_begun", MAYBE_COUNT),
        ("path", MAYBE_TEXT),
        ("place", MAYBE_TEXT),
        ("hash", Maybe(&Word(&["right", "wrong", "unknown"]))),
    ],
);

pub(super) static FETCHED: Record = Record::new(
    "fetched",
    &[
        ("name", Text),
        ("licence", MAYBE_TEXT),
        ("path", Text),
        ("place", Text),
        ("bytes", Count),
        ("was_here", Flag),
    ],
);

pub(super) static SHOWN: Record = Record::new(
    "checkpoint",
    &[
        ("entry", MAYBE_TEXT),
        ("entries", List(&Text)),
        ("prefix", MAYBE_TEXT),
        ("wrappers", List(&Text)),
        ("naming", MAYBE_TEXT),
        ("closest", Maybe(&Kind::Record(&CLOSEST))),
        ("tensors", List(&Kind::Record(&TENSOR))),
    ],
);

static CLOSEST: Record = Record::new(
    "closest",
    &[
        ("name", Text),
        ("classes", MAYBE_COUNT),
        ("fitting", Count),
        ("wanted", Count),
        ("found", Count),
        ("twins", List(&Text)),
    ],
);

static TENSOR: Record = Record::new(
    "values",
    &[
        ("dtype", MAYBE_TEXT),
        ("min", Maybe(&Number)),
        ("max", Maybe(&Number)),
        ("mean", Maybe(&Number)),
        ("std", Maybe(&Number)),
        ("zeros", MAYBE_COUNT),
        ("not_finite", MAYBE_COUNT),
        ("histogram", Maybe(&List(&Count))),
    ],
)
.with(&PARAMETER);

pub(super) static DIFFERENCE: Record = Record::new(
    "checkpoints",
    &[
        ("first", Text),
        ("second", Text),
        ("equal", Count),
        ("changed", List(&Kind::Record(&CHANGED))),
        ("reshaped", List(&Kind::Record(&RESHAPED))),
        ("first_only", List(&Kind::Record(&PARAMETER))),
        ("second_only", List(&Kind::Record(&PARAMETER))),
    ],
);

static CHANGED: Record = Record::new(
    "changed",
    &[("largest", Maybe(&Number)), ("relative", Maybe(&Number))],
)
.with(&PARAMETER);

static RESHAPED: Record = Record::new(
    "reshaped",
    &[("name", Text), ("first", SHAPE), ("second", SHAPE)],
);

pub(super) static INFERRED: Record = Record::new(
    "inferred",
    &[
        ("spec", Text),
        ("fits", Flag),
        ("parent", Text),
        ("renamed", Flag),
        ("missing", Count),
        ("extra", Count),
        ("unknown", List(&Text)),
        ("tensors", Count),
    ],
);
