//! Settings of the user for building and counting: input size, classes, batch size and rule. They hold for the open network,
//! or for both networks of a comparison.

use super::app::{App, Screen};
use super::comparing;
use super::finder::Kind;
use crate::analysis::Rule;
use crate::lower::{Overrides, open};
use crate::message;
use crate::network::limits;
use crate::report::format::{short, typed_sides};
use crate::spec::Problem;
use crate::text::Message;

/// Settings that a network is built and counted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setup {
    /// Overrides, instead of the spec's values.
    pub overrides: Overrides,
    /// Counting rule of the operations.
    pub rule: Rule,
    /// Batch size.
    pub batch: u64,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            overrides: Overrides::default(),
            rule: Rule::default(),
            batch: 1,
        }
    }
}

impl Setup {
    /// The settings after a value was typed into a list.
    fn with(mut self, kind: Kind, text: &str) -> Result<Self, Message> {
        let number = |most: u64| {
            let number = text.parse().ok();
            number.filter(|number| (1..=most).contains(number))
        };
        match kind {
            Kind::Size => {
                let refused = || message!("notice-no-size", text = text);
                self.overrides.input_size = Some(size(text).ok_or_else(refused)?);
            }
            Kind::Batch => {
                let refused = || message!("notice-batch-range", limit = limits::BATCH);
                self.batch = number(limits::BATCH).ok_or_else(refused)?;
            }
            Kind::Classes => {
                let refused = || message!("notice-classes-range", limit = limits::CHANNELS);
                self.overrides.classes = Some(number(limits::CHANNELS).ok_or_else(refused)?);
            }
            _ => {}
        }
        Ok(self)
    }
}

/// Parses `224`, or height and width: `320x224`, `320×224`.
fn size(text: &str) -> Option<[u64; 2]> {
    let is_side = |side: &u64| (1..=limits::SIDE).contains(side);
    typed_sides(text).filter(|sides| sides.iter().all(is_side))
}

impl Screen {
    /// Settings of the networks on it.
    pub(super) fn setup(&self) -> Option<Setup> {
        match self {
            Self::Catalogue => None,
            Self::Network(opened) => Some(opened.setup()),
            Self::Compare(compare) => Some(compare.setup),
        }
    }
}

/// Applies the typed value, or reports why that is impossible.
pub(super) fn settle(app: &mut App, kind: Kind, text: &str) {
    let Some(setup) = app.screen.setup() else {
        return;
    };
    match setup.with(kind, text) {
        Ok(setup) => change(app, setup),
        Err(refused) => app.notice = Some(refused),
    }
}

/// Switches to a counting rule.
pub(super) fn count_by(app: &mut App, rule: Rule) {
    if let Some(setup) = app.screen.setup() {
        change(app, Setup { rule, ..setup });
    }
}

/// Builds and counts the open networks anew; every number follows.
fn change(app: &mut App, setup: Setup) {
    if app.is_busy() {
        app.notice = Some(message!("notice-pass-runs"));
        return;
    }
    if app
        .opened()
        .is_some_and(|opened| opened.fault.is_some() && opened.was_good())
    {
        app.notice = Some(message!("notice-file-has-error"));
        return;
    }
    let told = match &mut app.screen {
        Screen::Catalogue => return,
        Screen::Compare(compare) => comparing::change(compare, setup),
        Screen::Network(opened) => {
            let is_other = setup.overrides != opened.overrides;
            let model = is_other.then(|| open(&opened.name(), &setup.overrides));
            model.transpose().map(|model| {
                match model {
                    Some(model) => {
                        opened.overrides = setup.overrides;
                        opened.replace(model, setup.rule, setup.batch);
                    }
                    None => opened.recount(setup.rule, setup.batch),
                }
                let (subject, Setup { rule, batch, .. }) = (&opened.subject, setup);
                if opened.can_run() {
                    message!(
                        "notice-counted",
                        count = short(subject.macs().0),
                        unit = rule.unit(),
                        rule = rule.name(),
                        batch = batch,
                    )
                } else {
                    message!("notice-cannot-be-built")
                }
            })
        }
    };
    app.notice = match told {
        Ok(told) => Some(told),
        Err(problems) => problems.first().map(Problem::headline),
    };
}
