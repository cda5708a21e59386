//! Numbers that are quoted about one network, in order.

use serde::Serialize;

use super::figures::{CLASSES, Quantity, figures};
use super::{Number, siblings};
use crate::lower::{Overrides, open};
use crate::report::format::short;
use crate::sorting::Sorting;
use crate::text::Message;

/// Figure of the ladder.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rung {
    /// Parameters or operations.
    pub quantity: Quantity,
    /// Name of the network.
    pub net: String,
    /// Name of the rule, or `params`.
    pub rule: String,
    /// Description of the deviation from the rule.
    #[serde(serialize_with = "super::in_english")]
    pub note: Option<Message>,
    /// Exact count.
    pub value: u128,
    /// Forms in which it is quoted: with two decimals, with one, and truncated to one if that differs.
    pub quoted: Vec<String>,
    /// Whether the number that was asked about fits it.
    pub fits: bool,
}

/// Figures of `net` and of its v1 or v1.5, from the smallest; parameters of only one of them, because they are equal.
pub fn ladder(net: &str, number: &Number, quantity: Quantity) -> Vec<Rung> {
    let mut rungs: Vec<Rung> = Vec::new();
    for (index, name) in siblings(net).into_iter().enumerate() {
        let Ok(model) = open(&name, &Overrides::default()) else {
            continue;
        };
        for figure in figures(&model, None) {
            let other_classes = figure.classes != 0 && CLASSES.contains(&figure.classes) && {
                let own = model
                    .spec
                    .file
                    .classes
                    .as_ref()
                    .map(|classes| classes.value);
                own != Some(figure.classes)
            };
            let repeated = quantity == Quantity::Params && index > 0;
            if figure.quantity != quantity || other_classes || repeated {
                continue;
            }
            rungs.push(Rung {
                quantity,
                net: name.clone(),
                rule: figure.rule.to_owned(),
                note: figure.note,
                value: figure.value,
                quoted: quoted(figure.value),
                fits: number
                    .fit(figure.value, quantity)
                    .is_some_and(|fit| fit != super::Fit::Near),
            });
        }
    }
    rungs.order_by_key(|rung| rung.value);
    rungs
}

/// Forms `3.86 G`, `3.9 G` and, as in the paper, `3.8 G`; parameters to three digits.
fn quoted(value: u128) -> Vec<String> {
    let (unit, size) = match value {
        1_000_000_000.. => ("G", 1_000_000_000_u128),
        1_000_000.. => ("M", 1_000_000),
        _ => return vec![short(value)],
    };
    let rounded = |digits: usize| format!("{:.digits$} {unit}", value as f64 / size as f64);
    let tenths = value * 10 / size;
    let cut = format!("{}.{} {unit}", tenths / 10, tenths % 10);
    let fine = if unit == "M" { 3 } else { 2 };
    let mut texts = vec![rounded(fine), rounded(1)];
    if !texts.contains(&cut) {
        texts.push(cut);
    }
    texts
}
