//! Commands with which a learner sees the subject of a question without the explorer.

use super::file::{Lesson, Step};
use super::query::Query;
use crate::spec::Located;

/// Command that shows the subject of a question; none for a network of the lesson itself, which no command can open.
pub fn command(lesson: &Lesson, step: &Step) -> Option<String> {
    let view = step.view.as_ref()?;
    let net = &view.net.as_ref()?.value;
    if lesson.world.own().contains_key(net) {
        return None;
    }
    let number = |number: &Option<Located<u64>>| number.as_ref().map_or(0, |number| number.value);
    let layer = view.layer.as_ref().map_or("", |layer| &layer.value);
    let words = match first_call(&step.query) {
        Some(("trained", [_, epochs, ..])) => {
            format!("train {net} --data digits --epochs {epochs}")
        }
        Some(("gradient", _)) => {
            format!("gradient {net} --weights init:he:1 --input synthetic:1 --batch 16")
        }
        Some(("lesion", _)) => format!("lesions {net}"),
        Some(("looks", _)) => format!(
            "run {net} --input sample:{} --cam top",
            number(&view.sample)
        ),
        Some(("top", _)) => format!("run {net} --input sample:{}", number(&view.sample)),
        Some(("bn" | "bn_distance", _)) => format!("run {net} --train --bn {layer} --batch 16"),
        Some(("caught" | "fault", _)) => format!("check {net}"),
        Some(("macs" | "downsample" | "depth", _)) => format!("stats {net}"),
        _ => format!("table {net} --level layer"),
    };
    Some(format!("resnet-explore {words}"))
}

/// Function of a query that is called first, with its arguments.
fn first_call(query: &Query) -> Option<(&str, &[String])> {
    match query {
        Query::Number(_) => None,
        Query::Call(function, words) => Some((function, words)),
        Query::Join(left, _, right) => first_call(left).or_else(|| first_call(right)),
    }
}
