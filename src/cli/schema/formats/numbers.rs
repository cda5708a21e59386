//! `explain`: the networks and rules that give a number.

use super::super::kind::Kind::{self, Count, List, Number, Text, Word};
use super::super::kind::Record;
use super::SHAPE;

pub(super) static EXPLANATION: Record = Record::new(
    "explanation",
    &[
        ("number", Count),
        (
            "confidence",
            Word(&["certain", "likely", "unsure", "near", "unknown"]),
        ),
        ("matches", List(&Kind::Record(&MATCH))),
        ("fitting", Count),
    ],
);

static MATCH: Record = Record::new(
    "match",
    &[
        ("net", Text),
        ("title", Text),
        ("quantity", Word(&["params", "operations"])),
        ("rule", Text),
        ("note", Text),
        ("input", SHAPE),
        ("classes", Count),
        ("batch", Count),
        ("value", Count),
        ("error", Number),
        ("fit", Word(&["rounded", "cut", "near"])),
    ],
);
