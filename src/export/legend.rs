//! Legend of a diagram: exactly the colours and lines in use, and the limits of each colour.

use super::figure::{Item, Panel};
use super::style::{Options, Paint, SCALE, STEPS, step};
use crate::analysis::downsample::Shortcut;
use crate::message;
use crate::network::Category;
use crate::report::Subject;
use crate::report::format::percent;

/// Sign of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Swatch {
    /// Colour of a kind.
    Kind(Category),
    /// Step of the scale of shares.
    Share(usize),
    /// Line of a shortcut.
    Shortcut {
        /// Whether it has no layers.
        identity: bool,
    },
}

/// Entries in order, each with its words.
pub(super) fn entries(
    subject: &Subject,
    options: &Options,
    panels: &[Panel],
    largest: f64,
) -> Vec<(Swatch, String)> {
    let language = options.language;
    let items = || panels.iter().flat_map(|panel| &panel.items);
    let mut entries: Vec<(Swatch, String)> = Vec::new();
    let has_shares = options.paint.quantity(subject).is_some();
    let kinds = Category::ALL.into_iter().filter(|&category| {
        items().any(|item| item.category == category && !(has_shares && item.share.is_some()))
    });
    entries.extend(kinds.map(|category| (Swatch::Kind(category), language.say(&category.word()))));
    for index in (0..STEPS).filter(|&index| items().any(|item| has_share(item, index, largest))) {
        let limits = [index, index + 1].map(|edge| largest * edge as f64 / STEPS as f64);
        entries.push((
            Swatch::Share(index),
            language.say(&limit(&options.paint, subject, limits)),
        ));
    }
    let (identity, layered) = shortcuts(panels);
    if identity {
        let words = language.word("figure-identity-shortcut").to_owned();
        entries.push((Swatch::Shortcut { identity: true }, words));
    }
    if layered {
        let words = language.word("figure-shortcut-with-layers").to_owned();
        entries.push((Swatch::Shortcut { identity: false }, words));
    }
    entries
}

fn has_share(item: &Item, index: usize, largest: f64) -> bool {
    item.share
        .is_some_and(|share| step(share, largest) == index)
}

/// Words for a colour's limits, as shares of the total.
fn limit(paint: &Paint, subject: &Subject, [from, to]: [f64; 2]) -> crate::text::Message {
    match paint {
        Paint::Measured { times, .. } => {
            let total: f64 = times.iter().sum();
            let [from, to] = [from, to].map(|share| format!("{:.2}", share * total));
            message!("figure-time-from-to", from = from, to = to)
        }
        _ => message!(
            "figure-from-to",
            from = percent(from),
            to = percent(to),
            quantity = paint
                .quantity(subject)
                .unwrap_or_else(|| crate::text::Message::of("")),
        ),
    }
}

/// Whether a shortcut without layers is drawn, and whether one with layers is.
fn shortcuts(panels: &[Panel]) -> (bool, bool) {
    let mut drawn = (false, false);
    for panel in panels {
        for link in panel.links().filter(|link| link.shortcut) {
            if link.identity {
                drawn.0 = true;
            } else {
                drawn.1 = true;
            }
        }
        for item in &panel.items {
            match item.bypass {
                Some(Shortcut::Identity) => drawn.0 = true,
                Some(_) => drawn.1 = true,
                None => {}
            }
        }
    }
    drawn
}

/// Fill of a step of the scale on white.
pub(super) const fn share_fill(index: usize) -> &'static str {
    SCALE[index].0
}
