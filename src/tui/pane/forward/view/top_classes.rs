//! End of a pass: the picture, its true class, and the most likely classes.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::engine::Guess;
use crate::message;
use crate::report::Subject;
use crate::report::format::percent;
use crate::report::pass::activation::{Value, range};
use crate::tui::kit::feature_map;
use crate::tui::kit::paint;
use crate::tui::kit::picture::Map;
use crate::tui::kit::picture::Pictures;
use crate::tui::kit::text::{Side, bar, pad, width};
use crate::tui::kit::theme::{Role, Theme};
use crate::tui::pane::forward::Forward;
use crate::tui::pane::forward::maps::fit;

/// Most likely classes in one line while another layer is shown: now, and before the change.
pub(super) fn line(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    forward: &Forward,
    subject: &Subject,
) {
    let words = |guess: &Guess| {
        let share = percent(f64::from(guess.probability));
        format!("{} {share}", name(theme, subject, guess.class))
    };
    let (now, before) = forward.answers();
    if forward.is_veiled {
        let text = theme.word("present-hidden");
        paint::text(frame, area, 0, text, theme.style(Role::Current));
        return;
    }
    let now: Vec<String> = now.iter().map(words).collect();
    let mut spans = vec![
        Span::styled(
            format!("{} ", theme.word("guess-likeliest")),
            theme.style(Role::Dim),
        ),
        Span::styled(now[..1].join(""), theme.style(Role::Title)),
    ];
    if let Some(first) = before.first() {
        let before = message!("guess-before", guess = words(first));
        let before = format!("  {}", theme.say(&before));
        spans.push(Span::styled(before, theme.style(Role::Current)));
    }
    // As many of the others as there is room for.
    let mut taken: usize = spans.iter().map(Span::width).sum();
    for other in &now[1..] {
        let other = format!("  {other}");
        taken += width(&other);
        if taken > usize::from(area.width) {
            break;
        }
        spans.push(Span::styled(other, theme.style(Role::Dim)));
    }
    paint::line(frame, area, 0, &Line::from(spans));
}

/// Name of a class.
fn name(theme: Theme, subject: &Subject, class: usize) -> String {
    theme.say(&subject.class_name(class))
}

/// A picture as a map: in colour if it has colours.
pub(super) fn picture_map(picture: &Value) -> Map<'_> {
    if picture.is_coloured() {
        let values = picture.values();
        return Map::new(values, picture.size[1], range(values)).coloured();
    }
    let values = picture.channel(0);
    Map::new(values, picture.size[1], range(values))
}

pub(super) fn render<'a>(
    frame: &mut Frame,
    area: Rect,
    theme: Theme,
    (forward, subject): (&'a Forward, &Subject),
    pictures: &mut Pictures<'a>,
) {
    let (now, before) = forward.answers();
    let heading = theme.say(&message!("guess-classes", count = now.len()));
    paint::heading(frame, area, theme, &heading, false);
    let mut inside = Rect {
        y: area.y + area.height.min(1),
        height: area.height.saturating_sub(1),
        ..area
    };
    if let Some(picture) = forward.picture.as_ref().filter(|_| inside.width > 44) {
        let rows = usize::from(inside.height);
        // The classes' names and probabilities take their room first.
        let taken = if before.is_empty() { 30 } else { 38 };
        let room = usize::from(inside.width).saturating_sub(taken);
        let room = room.min((usize::from(inside.width) / 2).max(28));
        let pixels = fit(picture.size, room, rows);
        let map = picture_map(picture);
        feature_map::paint(frame, inside, theme, map, pixels, pictures);
        let taken = (pixels.0 as u16 + 2).min(inside.width);
        inside.x += taken;
        inside.width -= taken;
    }
    if forward.is_veiled {
        let text = theme.word("present-hidden");
        paint::text(frame, inside, 0, text, theme.style(Role::Current));
        return;
    }
    let names: Vec<_> = now
        .iter()
        .map(|guess| name(theme, subject, guess.class))
        .collect();
    let names_width = names
        .iter()
        .map(|name| width(name))
        .max()
        .unwrap_or(0)
        .min(24);
    let is_changed = !before.is_empty();
    let room = usize::from(inside.width)
        .saturating_sub(names_width + if is_changed { 24 } else { 12 })
        .min(40);
    // Probability of the same class before the change.
    let was = |class: usize| {
        let was = before.iter().find(|guess| guess.class == class);
        was.map_or_else(String::new, |guess| {
            let share = format!("{:>7}", percent(f64::from(guess.probability)));
            format!("{} ", theme.say(&message!("guess-was", share = share)))
        })
    };
    for (row, (guess, name)) in now.iter().zip(&names).enumerate() {
        let is_right = forward
            .truth
            .as_ref()
            .is_some_and(|truth| truth.of(theme.language()) == name);
        let (mark, role) = if is_right {
            ("✓", Role::Good)
        } else {
            (" ", Role::Bar)
        };
        let share = f64::from(guess.probability);
        let line = Line::from(vec![
            Span::styled(
                format!("{mark} {}", pad(name, names_width, Side::Left)),
                theme.style(if is_right { Role::Good } else { Role::Title }),
            ),
            Span::raw(format!(" {:>7} ", percent(share))),
            Span::styled(was(guess.class), theme.style(Role::Current)),
            Span::styled(bar(share, room), theme.style(role)),
        ]);
        paint::line(frame, inside, row as u16, &line);
    }
    let row = now.len() as u16 + 1;
    let text = match &forward.truth {
        Some(truth) => theme.say(&message!("guess-truth", class = truth)),
        None if subject.model.labels().is_none() => theme.word("guess-no-names").to_owned(),
        None => theme.word("guess-no-truth").to_owned(),
    };
    paint::text(frame, inside, row, &text, theme.style(Role::Dim));
    if let Some(first) = before.first() {
        let class = name(theme, subject, first.class);
        let text = theme.say(&message!("guess-before-change", class = class));
        paint::text(frame, inside, row + 1, &text, theme.style(Role::Current));
    }
}
