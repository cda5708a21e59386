//! Caption of a figure: its numbers with their rule, the meaning of its parts and lines, and the paper to cite.

use super::Choices;
use super::arrange::Arranged;
use super::block::Opened;
use crate::export::fault::notices;
use crate::message;
use crate::report::Subject;
use crate::report::format::short;
use crate::text::{Joint, Message};

/// Caption of a figure that opens the first of these blocks and leaves out the others.
pub(super) fn caption(
    subject: &Subject,
    all: &[Opened],
    made: &Arranged,
    choices: &Choices,
) -> String {
    let (opened, left_out) = (&all[..made.shown], all.len() - made.shown);
    let network = &subject.model.network;
    let input = network
        .ids()
        .next()
        .and_then(|id| subject.analysis.shapes[id]);
    let mut sentences = vec![message!(
        "figure-caption",
        title = subject.model.title(),
        parameters = short(subject.params().0),
        operations = short(subject.macs().0),
        unit = subject.analysis.rule.unit(),
        rule = subject.analysis.rule.name(),
        shape = input.map_or_else(String::new, |shape| shape.to_string()),
    )];
    if !opened.is_empty() {
        let paths = Joint::Comma.of(opened.iter().map(|block| Message::of(&block.path)));
        sentences.push(if made.has_strip {
            message!("figure-caption-opened", blocks = paths)
        } else {
            message!("figure-caption-alone", blocks = paths)
        });
    }
    if left_out > 0 {
        sentences.push(message!("figure-caption-left-out", count = left_out));
    }
    sentences.push(Message::new(if choices.he_lines {
        "figure-caption-he-lines"
    } else {
        "figure-caption-lines"
    }));
    let mut lines: Vec<String> = vec![
        sentences
            .iter()
            .map(|one| choices.language.say(one))
            .collect::<Vec<_>>()
            .join(" "),
    ];
    lines.extend(notices(subject, choices.language));
    lines.extend(citation(subject).map(|citation| choices.language.say(&citation)));
    lines.join("\n") + "\n"
}

/// The network's paper.
fn citation(subject: &Subject) -> Option<Message> {
    let paper = &subject.model.spec.file.paper.as_ref()?.value;
    Some(message!(
        "figure-citation",
        authors = &paper.authors.as_ref()?.value,
        title = &paper.title.as_ref()?.value,
        year = paper
            .year
            .as_ref()
            .map_or_else(String::new, |year| year.value.to_string()),
        url = paper.url.as_ref().map_or("", |url| url.value.as_str()),
    ))
}
