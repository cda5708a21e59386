//! Pass before its first layer: the picture that goes in, and the keys that run it.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::activation::runs_on;
use super::top_classes::picture_map;
use crate::message;
use crate::text::Message;
use crate::tui::context::Context;
use crate::tui::keys::Scope;
use crate::tui::kit::feature_map::{self, stretch};
use crate::tui::kit::layout::below;
use crate::tui::kit::paint;
use crate::tui::kit::picture::Pictures;
use crate::tui::kit::text::wrap;
use crate::tui::kit::theme::Role;
use crate::tui::message::Command;
use crate::tui::pane::forward::Forward;

/// Columns of the keys beside the picture.
const KEYS: u16 = 40;

/// Keys with their words, and whether they are the first ones to press.
fn keys(context: &Context) -> [(Message, bool); 5] {
    let key = |command| context.keys.key(Scope::Forward, command);
    let (step, back) = (key(Command::Step), key(Command::StepBack));
    [
        (message!("pass-nothing-yet"), false),
        (message!("pass-key-next", next = step, back = back), true),
        (message!("pass-key-all", key = key(Command::RunAll)), true),
        (message!("pass-key-up-to", key = key(Command::RunTo)), false),
        (
            message!("pass-key-choose", key = key(Command::Choose)),
            false,
        ),
    ]
}

pub(super) fn render<'a>(
    frame: &mut Frame<'_>,
    area: Rect,
    context: &Context,
    forward: &'a Forward,
    pictures: &mut Pictures<'a>,
) {
    let theme = context.theme;
    let role = if forward.is_random {
        Role::Warning
    } else {
        Role::Dim
    };
    let on = wrap(&runs_on(context, forward), usize::from(area.width), 0);
    for (row, line) in (0..).zip(&on) {
        paint::text(frame, area, row, line, theme.style(role));
    }
    let keys = keys(context);
    let room = below(area, on.len() as u16 + 1, 0);
    let is_wide = room.width >= 2 * KEYS;
    let most = Rect {
        width: room
            .width
            .saturating_sub(if is_wide { KEYS + 3 } else { 0 }),
        ..below(room, 0, if is_wide { 0 } else { keys.len() as u16 + 1 })
    };
    let mut words = room;
    if let Some(picture) = forward
        .picture
        .as_ref()
        .filter(|picture| !picture.is_vector())
    {
        let pixels = stretch(picture.size, most.width.into(), most.height.into());
        let map = picture_map(picture);
        feature_map::paint(frame, most, theme, map, pixels, pictures);
        if is_wide {
            let taken = pixels.0 as u16 + 3;
            words.x += taken;
            words.width = words.width.saturating_sub(taken);
        } else {
            words = below(room, pixels.1.div_ceil(2) as u16 + 1, 0);
        }
    }
    for (row, (text, is_first)) in (0..).zip(&keys) {
        let role = if *is_first { Role::Key } else { Role::Dim };
        paint::text(frame, words, row, &theme.say(text), theme.style(role));
    }
}
