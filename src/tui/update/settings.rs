//! Settings that the user chooses for the open networks: every number follows.

use crate::analysis::Rule;
use crate::lower::open;
use crate::message;
use crate::report::format::short;
use crate::spec::Problem;
use crate::tui::app::App;
use crate::tui::overlay::finder::Kind;
use crate::tui::screen::Screen;
use crate::tui::setup::Setup;

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
    let changed = match &mut app.screen {
        Screen::Catalogue | Screen::Train | Screen::Start => return,
        Screen::Compare(compare) => compare.change(setup),
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
    app.notice = match changed {
        Ok(notice) => Some(notice),
        Err(problems) => problems.first().map(Problem::headline),
    };
}
