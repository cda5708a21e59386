//! Commands with which a learner sees the subject of a question without the explorer.

use super::file::{Lesson, Step, View};
use super::query::Query;
use crate::report::Column;
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
    let call = first_call(&step.query);
    let words = match call {
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
        Some(("preprocess", _)) => format!("export {net} --to pytorch"),
        Some(("downsample" | "depth" | "count" | "blocks" | "block" | "shortcut", _)) => {
            format!("stats {net}")
        }
        Some(("macs", [target, ..])) if !target.contains('.') => format!("stats {net}"),
        Some(("macs", [_, rule])) => {
            format!("table {net} --level layer --columns path,output,macs --count {rule}")
        }
        _ => format!(
            "table {net} --level layer --columns {}",
            columns(call, view).join(",")
        ),
    };
    Some(format!("resnet-explore {words}"))
}

/// Columns of a table that shows the subject of a question: each layer with its branch and shape, and the number that is asked for.
fn columns<'a>(call: Option<(&'a str, &[String])>, view: &'a View) -> Vec<&'a str> {
    let mut columns = vec!["path", "summary", "branch", "output"];
    let function = call.map(|(function, _)| function);
    let asked = function.filter(|name| Column::parse(name).is_some());
    let shown = view.column.as_ref().map(|column| column.value.as_str());
    columns.extend(asked.or(shown).filter(|name| !columns.contains(name)));
    columns
}

/// Function of a query that is called first, with its arguments.
fn first_call(query: &Query) -> Option<(&str, &[String])> {
    match query {
        Query::Number(_) => None,
        Query::Call(function, words) => Some((function, words)),
        Query::Join(left, _, right) => first_call(left).or_else(|| first_call(right)),
    }
}
