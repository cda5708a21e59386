//! Markdown of a lesson as lines of styled text, wrapped between characters in Chinese and between words in English.

use std::ops::Range;

use crate::text::lines::broken;
use crate::tui::kit::theme::Role;

/// Part of a line, and its role.
pub type Part = (String, Option<Role>);

/// Line: its parts from left to right.
pub type Line = Vec<Part>;

/// Lines of a text in Markdown: paragraphs, lists, emphasis and code; at most `cells` wide.
pub fn lines(markdown: &str, cells: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for block in markdown
        .split("\n\n")
        .filter(|block| !block.trim().is_empty())
    {
        if !lines.is_empty() {
            lines.push(Vec::new());
        }
        // Lines of one paragraph are joined; those of a list and of a table are kept.
        let mut paragraph = String::new();
        for line in block.trim().lines() {
            let stays = line.starts_with(['-', '|', '#']);
            if stays && !paragraph.is_empty() {
                lines.extend(marked(&std::mem::take(&mut paragraph), cells));
            }
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph += line.trim();
            if stays {
                lines.extend(marked(&std::mem::take(&mut paragraph), cells));
            }
        }
        if !paragraph.is_empty() {
            lines.extend(marked(&paragraph, cells));
        }
    }
    lines
}

/// Lines of a plain text, at most `cells` wide.
pub fn plain(text: &str, cells: usize, role: Option<Role>) -> Vec<Line> {
    broken(text, cells, cells)
        .into_iter()
        .map(|range| vec![(text[range].to_owned(), role)])
        .collect()
}

fn marked(text: &str, cells: usize) -> Vec<Line> {
    let (text, marks) = unmarked(text);
    broken(&text, cells, cells)
        .into_iter()
        .map(|range| styled(&text, range, &marks))
        .collect()
}

/// Text without the marks of emphasis and code.
pub fn bare(text: &str) -> String {
    unmarked(text).0
}

/// Text without the marks of emphasis and code, and the ranges that they had.
fn unmarked(text: &str) -> (String, Vec<(Range<usize>, Role)>) {
    let mut plain = String::new();
    let mut marks = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`']) {
        plain += &rest[..at];
        rest = &rest[at..];
        let (mark, role) = if rest.starts_with("**") {
            ("**", Role::Title)
        } else if rest.starts_with('*') {
            ("*", Role::Title)
        } else {
            ("`", Role::Key)
        };
        let inside = &rest[mark.len()..];
        match inside.find(mark) {
            Some(end) if end > 0 => {
                // Emphasis may hold code.
                let (words, inner) = if mark == "`" {
                    (inside[..end].to_owned(), Vec::new())
                } else {
                    unmarked(&inside[..end])
                };
                let start = plain.len();
                plain += &words;
                marks.push((start..plain.len(), role));
                let moved = |(range, role): (Range<usize>, Role)| {
                    (start + range.start..start + range.end, role)
                };
                marks.extend(inner.into_iter().map(moved));
                rest = &inside[end + mark.len()..];
            }
            _ => {
                plain += mark;
                rest = inside;
            }
        }
    }
    plain += rest;
    (plain, marks)
}

fn styled(text: &str, range: Range<usize>, marks: &[(Range<usize>, Role)]) -> Line {
    let role = |at: usize| {
        let inner = marks.iter().rev().find(|(range, _)| range.contains(&at));
        inner.map(|(_, role)| *role)
    };
    let mut line: Line = Vec::new();
    for (at, c) in text[range.clone()].char_indices() {
        let role = role(range.start + at);
        match line.last_mut() {
            Some((part, own)) if *own == role => part.push(c),
            _ => line.push((c.to_string(), role)),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::kit::text::width;

    fn text(lines: &[Line]) -> Vec<String> {
        let joined = |line: &Line| line.iter().map(|(part, _)| part.as_str()).collect();
        lines.iter().map(joined).collect()
    }

    #[test]
    fn chinese_is_broken_between_characters_and_never_before_a_full_stop() {
        let lines = lines(
            "对每个通道，在整批和所有像素上计算 μ 与 σ²。`bn1` 之后。",
            16,
        );
        for line in text(&lines) {
            assert!(width(&line) <= 16, "{line}");
            assert!(!line.starts_with(['，', '。']), "{line}");
        }
        assert!(lines.len() <= 5, "{lines:?}");
    }

    #[test]
    fn marks_become_roles() {
        let lines = lines("**Is `x` so?** *Yes*, 2 * 3 is.\n\n- one\n- two", 40);
        assert_eq!(
            text(&lines),
            ["Is x so? Yes, 2 * 3 is.", "", "- one", "- two"]
        );
        assert_eq!(lines[0][1], ("x".to_owned(), Some(Role::Key)));
        assert_eq!(lines[0][0], ("Is ".to_owned(), Some(Role::Title)));
    }
}
