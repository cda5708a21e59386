//! Text fitted to a width in cells.

use std::time::Duration;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub use crate::report::grid::Side;
pub use crate::text::lines::wrap;

/// Width of a text in cells.
pub fn width(text: &str) -> usize {
    text.width()
}

/// `text` shortened to `cells`, cut between words if possible and ended by an ellipsis.
pub fn cut(text: &str, cells: usize) -> String {
    if text.width() <= cells {
        return text.to_owned();
    }
    let Some(room) = cells.checked_sub(1) else {
        return String::new();
    };
    let mut used = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > room {
            break;
        }
        end = at + c.len_utf8();
    }
    let head = &text[..end];
    let is_between_words = text[end..].starts_with(' ');
    let words = match head.rfind(' ') {
        // A word may be cut if too little would remain otherwise.
        Some(at) if !is_between_words && head[..at].width() * 3 >= room => &head[..at],
        _ => head,
    };
    words.trim_end_matches([' ', '·', ',']).to_owned() + "…"
}

/// `text` shortened to `cells` at any character, ended by an ellipsis: for code and paths.
pub fn cut_to(text: &str, cells: usize) -> String {
    if text.width() <= cells {
        return text.to_owned();
    }
    match cells.checked_sub(1) {
        Some(0) => "…".to_owned(),
        Some(room) => {
            let mut used = 0;
            let fits = |c: &char| {
                used += c.width().unwrap_or(0);
                used <= room
            };
            text.chars().take_while(fits).collect::<String>() + "…"
        }
        None => String::new(),
    }
}

/// The end of `text` in `cells`, begun by an ellipsis: for paths, whose end says more than their beginning.
pub fn end_of(text: &str, cells: usize) -> String {
    if text.width() <= cells {
        return text.to_owned();
    }
    let room = cells.saturating_sub(1);
    let fits = |(at, _): &(usize, char)| text[*at..].width() <= room;
    let start = text.char_indices().find(fits);
    format!("…{}", start.map_or("", |(at, _)| &text[at..]))
}

/// `text` in exactly `cells`, cut or padded with blanks.
pub fn pad(text: &str, cells: usize, side: Side) -> String {
    let text = cut(text, cells);
    let blanks = " ".repeat(cells.saturating_sub(text.width()));
    match side {
        Side::Left => text + &blanks,
        Side::Right => blanks + &text,
    }
}

/// Bar of `cells` cells, filled up to `share` in steps of an eighth of a cell.
pub fn bar(share: f64, cells: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let share = if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else {
        0.0
    };
    let eighths = (share * cells as f64 * 8.0).round() as usize;
    // A nonzero share is always visible.
    let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
    "█".repeat(eighths / 8) + PARTS[eighths % 8]
}

/// Duration as `71 µs`, `1.2 ms`, `140 ms`, `2.1 s`.
pub fn duration(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    match micros {
        0.0..99.5 => format!("{micros:.0} µs"),
        99.5..9_950.0 => format!("{:.1} ms", micros / 1e3),
        9_950.0..999_500.0 => format!("{:.0} ms", micros / 1e3),
        _ => format!("{:.1} s", micros / 1e6),
    }
}

/// Number in six cells.
pub fn number(value: f64) -> String {
    match value.abs() {
        0.0..99.995 => format!("{value:>6.2}"),
        99.995..99_999.5 => format!("{value:>6.0}"),
        _ => format!("{value:>6.0e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_words() {
        assert_eq!(cut("conv 7×7, stride 2", 40), "conv 7×7, stride 2");
        assert_eq!(cut("conv 7×7, stride 2", 17), "conv 7×7, stride…");
        assert_eq!(cut("conv 7×7, stride 2", 14), "conv 7×7…");
        assert_eq!(cut("downsample", 5), "down…");
        assert_eq!(cut("a very_long_word_here", 12), "a very_long…");
        assert_eq!(cut("x", 0), "");
        assert_eq!(pad("7", 3, Side::Right), "  7");
        assert_eq!(pad("網絡", 5, Side::Left), "網絡 ");
    }

    #[test]
    fn bars_count_in_eighths() {
        assert_eq!(bar(0.0, 8), "");
        assert_eq!(bar(1.0, 3), "███");
        assert_eq!(bar(0.5, 1), "▌");
        assert_eq!(bar(0.000_1, 8), "▏");
        assert_eq!(bar(f64::NAN, 8), "");
    }
}
