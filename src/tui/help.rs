//! Lines of the help: the keys of the current location, then all others.

use super::app::{App, Mode};
use super::keys::{self, Binding, Context};

/// Line of the help.
#[derive(Debug, Clone, Copy)]
pub(super) enum HelpLine {
    /// Empty line.
    Blank,
    /// Heading of a context's keys.
    Heading(&'static str),
    /// Keys and their effect.
    Keys(&'static Binding),
}

/// Lines of the help over a mode.
pub(super) fn lines(app: &App, under: &Mode) -> Vec<HelpLine> {
    let mut lines = Vec::new();
    for context in contexts(app, under) {
        if !lines.is_empty() {
            lines.push(HelpLine::Blank);
        }
        lines.push(HelpLine::Heading(context.title()));
        lines.extend(keys::bindings(context).map(HelpLine::Keys));
    }
    lines
}

/// Active contexts, then the others.
fn contexts(app: &App, under: &Mode) -> Vec<Context> {
    let mut contexts = app.contexts_in(under);
    let others: Vec<_> = Context::ALL
        .into_iter()
        .filter(|context| !contexts.contains(context))
        .collect();
    contexts.extend(others);
    contexts
}
