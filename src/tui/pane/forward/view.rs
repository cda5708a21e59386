//! Forward pass: the tree of the layers that have run, the progress, and the shown layer.

mod activation;
mod explained;
mod histogram;
mod kernels;
mod norm;
mod opening;
mod sum;
mod timeline;
mod top_classes;

use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::message;
use crate::network::LayerId;
use crate::report::Row;
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::layer_tree::Item;
use crate::tui::kit::paint;
use crate::tui::kit::picture::Pictures;
use crate::tui::kit::row;
use crate::tui::kit::text::{Side, bar, pad, wrap};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::message::Command;
use crate::tui::pane::Net;
use crate::tui::pane::forward::place;
use crate::tui::pane::forward::{Forward, Phase, Progress};

pub(super) fn render<'a>(
    frame: &mut Frame,
    context: &Context,
    (forward, net): (&'a Forward, &Net<'a>),
    pictures: &mut Pictures<'a>,
) {
    let (body, theme) = (context.view, context.theme);
    let [tree_area, rest] = place::forward(body);
    if let (Some(shown), Some(explained)) = (&forward.shown, &forward.explained) {
        let area = place::explanation(body);
        if area.x > body.x + 1 {
            tree(frame, tree_area, theme, forward, net);
            paint::rule_at_left(frame, rest, theme);
        }
        if area.bottom() < body.bottom() {
            timeline::render(frame, place::timeline(body), theme, forward);
        }
        explained::render(frame, area, theme, (forward, shown, explained), pictures);
        return;
    }
    timeline::render(frame, place::timeline(body), theme, forward);
    if let (Some(shown), Some(area)) = (forward.on_screen(), forward.sum_place(body)) {
        if area.x > body.x + 1 {
            tree(frame, tree_area, theme, forward, net);
            paint::rule_at_left(frame, rest, theme);
        }
        sum::render(frame, area, context, (forward, shown, net), pictures);
        return;
    }
    tree(frame, tree_area, theme, forward, net);
    let inside = paint::rule_at_left(frame, rest, theme);
    match (forward.on_screen(), &forward.phase) {
        (Some(shown), _) => {
            activation::render(frame, inside, context, (forward, shown, net), pictures);
        }
        (None, Phase::Ready(_) | Phase::Changing(_)) => {
            opening::render(frame, inside, context, forward, pictures);
        }
        (None, phase) => {
            let text = words(context, forward, net, phase);
            let role = match phase {
                Phase::Failed(_) => Role::Error,
                _ => Role::Dim,
            };
            let lines = text
                .lines()
                .flat_map(|line| wrap(line, usize::from(inside.width), 0));
            for (row, text) in lines.enumerate() {
                paint::text(frame, inside, row as u16 + 1, &text, theme.style(role));
            }
        }
    }
}

/// Text while no layer is shown.
fn words(context: &Context, forward: &Forward, net: &Net<'_>, phase: &Phase) -> String {
    let theme = context.theme;
    let key = |command| context.keys.key(Scope::Forward, command);
    let choose = || {
        let (choose, accept) = (key(Command::Choose), key(Command::Accept));
        theme.say(&message!("pass-choose", choose = choose, accept = accept))
    };
    match phase {
        _ if !net.can_run => theme.word("pass-spec-has-errors").to_owned(),
        Phase::Idle if forward.fault.is_some() => {
            let why = net
                .why
                .as_ref()
                .map(|why| format!("✗ {}\n\n", theme.say(why)));
            let why = why.unwrap_or_default();
            format!("{why}{}\n\n{}", theme.word("pass-at-fault"), choose())
        }
        Phase::Idle => format!("{}\n\n{}", theme.word("pass-idle"), choose()),
        Phase::Preparing => theme.word("notice-fetching").to_owned(),
        Phase::Running(_) => forward.current().map_or_else(
            || theme.word("pass-running").to_owned(),
            |id| {
                let path = &forward.network()[id].path;
                format!("{}\n{path}", theme.word("pass-running"))
            },
        ),
        Phase::Failed(reason) => {
            let others = message!("pass-choose-others", choose = key(Command::Choose));
            let fitting = forward.fit.as_ref().map(|fit| match fit.classes {
                Some(classes) => message!(
                    "pass-open-fit-classes",
                    key = key(Command::Fix),
                    name = &fit.name,
                    classes = classes
                ),
                None => message!("pass-open-fit", key = key(Command::Fix), name = &fit.name),
            });
            let lines = fitting.into_iter().chain([others]);
            let lines: Vec<_> = lines.map(|line| theme.say(&line)).collect();
            format!("{}\n\n{}", theme.say(reason), lines.join("\n"))
        }
        Phase::Ready(_) | Phase::Changing(_) => String::new(),
    }
}

fn tree(frame: &mut Frame, area: Rect, theme: Theme, forward: &Forward, net: &Net<'_>) {
    let tree = &forward.tree;
    let rows = place::forward_rows(area);
    let list = tree.list();
    let title = list.titled(theme, theme.word("title-layers"), rows);
    paint::heading(frame, area, theme, &title, true);
    list.render(frame, rows, theme, |place| {
        let Some(item) = tree.at(place) else {
            return Line::default();
        };
        let mut faults = net.faults.iter();
        let is_faulty = faults.any(|&id| item.row.contains(forward.in_pass(id)));
        let (name, style) = row::name(theme, &forward.subject, item, false, is_faulty);
        let (mark, mark_role, style) = match progress_of(forward, item) {
            Reached::Current => ("▶", Role::Current, style.add_modifier(Modifier::BOLD)),
            Reached::Done => ("✓", Role::Good, theme.style(Role::Dim)),
            Reached::Partly => ("·", Role::Current, style),
            Reached::Not => (" ", Role::Dim, style),
        };
        let mark = match item.layer() {
            Some(id) if mark == " " && forward.marked.contains(&id) => "●",
            Some(id) if mark == " " && forward.stops_at(id) => "○",
            _ => mark,
        };
        let room = usize::from(rows.width).saturating_sub(3);
        Line::from(vec![
            Span::styled(format!("{mark} "), theme.style(mark_role)),
            Span::styled(pad(&name, room, Side::Left), style),
        ])
    });
    status(frame, area, theme, forward);
}

/// Progress within a row.
enum Reached {
    Not,
    Partly,
    Done,
    Current,
}

fn progress_of(forward: &Forward, item: &Item) -> Reached {
    let network = forward.network();
    let done = forward.done();
    let last = |row: &Row| row.last(network).map_or(0, LayerId::index);
    let first = item.row.layers(network).next().map_or(0, LayerId::index);
    if item.layer().is_some() && item.layer() == forward.current() {
        Reached::Current
    } else if done > last(&item.row) {
        Reached::Done
    } else if done > first {
        Reached::Partly
    } else {
        Reached::Not
    }
}

/// Line below the tree: the progress of the pass, and the remaining time.
fn status(frame: &mut Frame, area: Rect, theme: Theme, forward: &Forward) {
    let count = forward.network().len();
    let rule = "─".repeat(usize::from(area.width));
    paint::text(
        frame,
        area,
        area.height.saturating_sub(2),
        &rule,
        theme.style(Role::Rule),
    );
    let digits = count.to_string().len();
    let (at, time) = match &forward.phase {
        Phase::Running(progress) => (forward.done(), remaining(theme, progress, forward)),
        Phase::Changing(changing) => (
            changing.progress.map_or(0, |progress| progress.done),
            format!(" {}", theme.word("pass-computing")),
        ),
        _ => (forward.done(), String::new()),
    };
    let done = message!("pane-place", at = format!("{at:>digits$}"), of = count,);
    let done = format!(" {} ", theme.say(&done));
    let used = crate::tui::kit::text::width(&done) + crate::tui::kit::text::width(&time) + 1;
    let room = usize::from(area.width).saturating_sub(used);
    let share = at as f64 / count.max(1) as f64;
    let line = Line::from(vec![
        Span::raw(done),
        Span::styled(
            pad(&bar(share, room), room, Side::Left),
            theme.style(Role::Bar),
        ),
        Span::styled(time, theme.style(Role::Current)),
    ]);
    paint::line(frame, area, area.height.saturating_sub(1), &line);
}

fn remaining(theme: Theme, progress: &Progress, forward: &Forward) -> String {
    match progress.left(&forward.subject) {
        Some(left) => {
            let left = message!("pass-left", time = seconds(left));
            format!(" {}", theme.say(&left))
        }
        None => String::new(),
    }
}

/// Duration as `0.8 s`, `12 s`, `3 min`, at a constant width.
fn seconds(time: Duration) -> String {
    match time.as_secs_f64() {
        seconds if seconds < 9.95 => format!("{seconds:>4.1} s"),
        seconds if seconds < 99.5 => format!("{seconds:>4.0} s"),
        seconds => format!("{:>2.0} min", seconds / 60.0),
    }
}
