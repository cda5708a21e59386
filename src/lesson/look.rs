//! Commands with which a learner sees the subject of a question without the explorer.

use super::file::{Lesson, Step, View};
use super::query::Query;
use crate::report::Column;
use crate::spec::Located;

/// Command that shows the answer to a question; none for a network of the lesson itself, which no command can open.
pub fn command(lesson: &Lesson, step: &Step) -> Option<String> {
    let words = match &step.look {
        Some(look) => look.clone(),
        None => own(lesson, step)?,
    };
    Some(format!("resnet-explore {words}"))
}

/// Command that a question's query and view lead to.
fn own(lesson: &Lesson, step: &Step) -> Option<String> {
    let view = step.view.as_ref()?;
    let call = first_call(&step.query);
    let is_own = |net: &str| lesson.world.own().contains_key(net);
    // The query names the network itself where the view has a copy without its figures.
    let asked = || call.and_then(|(_, words)| words.first().map(String::as_str));
    let shown = view.net.as_ref().map(|net| net.value.as_str());
    let net = shown.filter(|net| !is_own(net)).or_else(asked)?;
    if is_own(net) || matches!(call, Some(("window", _))) && shown.is_some_and(is_own) {
        return None;
    }
    let number = |number: &Option<Located<u64>>| number.as_ref().map_or(0, |number| number.value);
    let layer = view.layer.as_ref().map_or("", |layer| &layer.value);
    if let Some([first, second]) = compared(&step.query) {
        return Some(format!("compare {second} {first}"));
    }
    Some(match call {
        Some(("trained", [_, epochs, lacks @ ..])) => {
            let lacks = match lacks {
                [] => String::new(),
                lacks => format!(" --without {}", lacks.join(",")),
            };
            format!("train {net} --data digits --epochs {epochs}{lacks}")
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
        Some(("bn", [_, _, channel, batch])) => {
            format!("run {net} --train --bn {layer} --channel {channel} --batch {batch}")
        }
        Some(("bn_distance", _)) => format!("run {net} --train --bn {layer} --batch 16"),
        Some(("caught" | "fault", _)) => format!("check {net}"),
        Some(("preprocess", _)) => format!("export {net} --to pytorch"),
        Some(("downsample" | "depth" | "count" | "blocks" | "block" | "shortcut", _)) => {
            format!("stats {net}")
        }
        Some(("macs", [target, _])) if !target.contains('.') => {
            format!("stats {net} --count all")
        }
        Some(("macs", [_, rule])) => {
            format!("table {net} --level layer --columns path,output,macs --count {rule}")
        }
        Some(("successor" | "predecessor", _)) => {
            format!("table {net} --columns path,summary,branch,reads")
        }
        Some(("window", _)) => {
            format!("table {net} --columns path,kernel,stride,padding,input,output")
        }
        _ => format!(
            "table {net} --level layer --columns {}",
            columns(call, view).join(",")
        ),
    })
}

/// The two networks of which a query takes the same number.
fn compared(query: &Query) -> Option<[&str; 2]> {
    let Query::Join(left, _, right) = query else {
        return None;
    };
    match (left.as_ref(), right.as_ref()) {
        (Query::Call(one, first), Query::Call(other, second)) if one == other => {
            match (&first[..], &second[..]) {
                ([first], [second]) if first != second && !first.contains('.') => {
                    Some([first, second])
                }
                _ => None,
            }
        }
        _ => None,
    }
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
