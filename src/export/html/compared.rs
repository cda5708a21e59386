//! The comparison with a second network for the page's program: pairs of stages, blocks and layers as `compare` aligns them.

use serde::Serialize;

use crate::network::Category;
use crate::report::Subject;
use crate::report::compare::{Comparison, Cost, Mark, Pair};
use crate::report::format::short;
use crate::report::network::rows::RowKind;
use crate::text::{Joint, Language, Message};

/// A pair; equal parts have no parts of their own.
#[derive(Serialize)]
struct Aligned {
    #[serde(skip_serializing_if = "Option::is_none")]
    a: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    b: Option<String>,
    /// Number of the first network's layer.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    /// Number of the layer's kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<usize>,
    mark: char,
    word: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    what: Option<String>,
    /// Cost in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<String>,
    /// Cost on a box: parameters, or operations if those are equal.
    #[serde(skip_serializing_if = "Option::is_none")]
    short: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    children: Option<Vec<Aligned>>,
}

/// JSON of the comparison of two networks.
pub(super) fn comparison(a: &Subject, b: &Subject, language: Language) -> String {
    let comparison = Comparison::new(a, b);
    let sides = Sides { a, b, language };
    let stages: Vec<Aligned> = comparison
        .stages
        .iter()
        .map(|pair| sides.aligned(pair))
        .collect();
    serde_json::to_string(&stages).unwrap_or_default()
}

struct Sides<'s> {
    a: &'s Subject,
    b: &'s Subject,
    language: Language,
}

impl Sides<'_> {
    fn aligned(&self, pair: &Pair) -> Aligned {
        let layer = |subject: &Subject, kind| match kind {
            RowKind::Layer(id) => Some((id.index(), subject.model.network[id].layer.category())),
            _ => None,
        };
        let own = pair.a.as_ref().and_then(|row| layer(self.a, row.kind));
        let other = pair.b.as_ref().and_then(|row| layer(self.b, row.kind));
        let kind = own
            .or(other)
            .and_then(|(_, category)| Category::ALL.iter().position(|&one| one == category));
        let is_same = pair.mark == Mark::Same && pair.cost == Cost::default();
        let children = pair.children.iter().map(|child| self.aligned(child));
        Aligned {
            a: pair.a.as_ref().map(|row| self.a.name(row)),
            b: pair.b.as_ref().map(|row| self.b.name(row)),
            id: own.map(|(id, _)| id),
            kind,
            mark: pair.mark.sign(),
            word: self.language.say(&pair.mark.word()),
            what: pair.what.as_ref().map(|what| self.language.say(what)),
            cost: self.cost(pair.cost).map(|cost| self.language.say(&cost)),
            short: brief(pair.cost),
            children: (!is_same && !pair.children.is_empty()).then(|| children.collect()),
        }
    }

    fn cost(&self, cost: Cost) -> Option<Message> {
        let [operations, parameters, ..] = cost.words(self.a.analysis.rule.unit());
        let words: Vec<Message> = [parameters, operations].into_iter().flatten().collect();
        (!words.is_empty()).then(|| Message::of(Joint::Clause.of(words)))
    }
}

/// The larger part of a cost for a box: parameters, or operations if those are equal.
fn brief(cost: Cost) -> Option<String> {
    let number = if cost.params == 0 {
        cost.macs
    } else {
        cost.params
    };
    let sign = if number < 0 { '−' } else { '+' };
    (number != 0).then(|| format!("{sign}{}", short(number.unsigned_abs())))
}
