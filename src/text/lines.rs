//! The one line breaker: between words, and between characters where a script is written without blanks.

use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// `text` in lines of at most `cells`; continued lines are indented by `indent` more than the first.
pub fn wrap(text: &str, cells: usize, indent: usize) -> Vec<String> {
    let cells = cells.max(1);
    let own = text.len() - text.trim_start_matches(' ').len();
    let indent = " ".repeat((own + indent).min(cells / 2));
    let lines = broken(text, cells, cells - indent.len());
    if lines.is_empty() {
        return vec![String::new()];
    }
    let line = |(number, range): (usize, Range<usize>)| match number {
        0 => text[range].to_owned(),
        _ => format!("{indent}{}", &text[range]),
    };
    lines.into_iter().enumerate().map(line).collect()
}

/// Byte ranges of a text's lines, the first at most `first` cells wide, the others at most `rest`: each has as many words,
/// or characters of a script without blanks, as fit; a word longer than a line is cut.
pub fn broken(text: &str, first: usize, rest: usize) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let (mut start, mut end) = (0, 0);
    let fits = |range: Range<usize>, lines: &[Range<usize>]| {
        let room = if lines.is_empty() { first } else { rest };
        text[range].trim_end().width() <= room.max(1)
    };
    for next in breaks(text) {
        if !fits(start..next, &lines) && end > start {
            lines.push(start..end);
            start = end;
        }
        while !fits(start..next, &lines) {
            let ends = text[start..next]
                .char_indices()
                .map(|(at, c)| start + at + c.len_utf8());
            // A wide character in a line of one cell takes it alone.
            let cut = ends
                .enumerate()
                .take_while(|&(number, at)| number == 0 || fits(start..at, &lines))
                .last();
            let Some((_, cut)) = cut.filter(|&(_, cut)| cut < next) else {
                break;
            };
            lines.push(start..cut);
            start = cut;
        }
        end = next;
    }
    if end > start {
        lines.push(start..end);
    }
    let trimmed = |range: Range<usize>| {
        let kept = text[range.clone()].trim_end().len();
        range.start..range.start + kept
    };
    lines.into_iter().map(trimmed).collect()
}

/// Places where a line may end: after blanks, and beside a wide character where its script allows it. Names, options and
/// paths stay whole, though Unicode would break them after a hyphen or a slash.
fn breaks(text: &str) -> impl Iterator<Item = usize> {
    let is_wide = |c: Option<char>| c.is_some_and(|c| c.width() == Some(2));
    linebreaks(text).map(|(at, _)| at).filter(move |&at| {
        let before = text[..at].chars().next_back();
        let after = text[at..].chars().next();
        after.is_none() || before == Some(' ') || is_wide(before) || is_wide(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_wrapped_line_is_too_long_and_no_word_is_lost() {
        let text = "the mean of each channel's whole map, incomprehensibilities included";
        for cells in 1..80 {
            let lines = wrap(text, cells, 2);
            assert!(
                lines.iter().all(|line| line.width() <= cells),
                "{cells}: {lines:?}"
            );
            let letters = |text: &str| text.replace(' ', "");
            assert_eq!(letters(&lines.concat()), letters(text), "{cells}");
        }
        assert_eq!(wrap("", 10, 2), [""]);
        assert_eq!(wrap("one two", 4, 1), ["one", " two"]);
        assert_eq!(
            wrap("run it with --no-fail-fast", 16, 0),
            ["run it with", "--no-fail-fast"]
        );
    }

    #[test]
    fn chinese_is_broken_between_characters_and_never_before_a_full_stop() {
        let text = "对每个通道，在整批和所有像素上计算均值与方差。捷径（shortcut，又称跳跃连接）把输入加到输出上。";
        for cells in 2..40 {
            let lines = wrap(text, cells, 0);
            assert!(lines.iter().all(|line| line.width() <= cells), "{lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), text, "{cells}");
            let begins = lines
                .iter()
                .filter(|line| line.starts_with(['，', '。', '）']));
            // The longest word is "（shortcut，", which a narrower line cuts.
            assert!(cells < 12 || begins.count() == 0, "{cells}: {lines:?}");
        }
        // A line of Chinese is filled, though it has no blank.
        assert_eq!(wrap("计算均值与方差", 8, 0), ["计算均值", "与方差"]);
        assert_eq!(wrap("层", 1, 0), ["层"]);
    }
}
