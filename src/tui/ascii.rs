//! Drawing with ASCII alone, for terminals and fonts that have no more: what was drawn is replaced cell by cell.

use ratatui::buffer::Buffer;

/// Whether the environment says that the terminal shows more than ASCII.
pub fn is_needed(variable: impl Fn(&str) -> Option<String>) -> bool {
    let said = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    // Without a word about it a terminal of today shows UTF-8; `C` and `POSIX` are what a bare shell or container has.
    said.is_some_and(|value| {
        let value = value.to_lowercase();
        let names_another = value.contains('.') && !value.contains("utf");
        names_another || value.contains("iso-8859") || value.ends_with("ascii")
    })
}

/// Replaces every sign that is not ASCII.
pub(super) fn replace(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        if symbol.is_ascii() {
            continue;
        }
        let sign = symbol.chars().next().map_or(' ', sign);
        cell.set_char(sign);
    }
}

/// The ASCII sign that stands for another.
const fn sign(character: char) -> char {
    match character {
        '─' | '−' | '━' | '╌' | '—' | '–' | '‑' | '╴' | '╶' => '-',
        '│' | '┃' | '╎' | '▏' | '╵' | '╷' => '|',
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '╭' | '╮' | '╰' | '╯' | '●' | '✓'
        | '±' => '+',
        '◆' => '@',
        '•' => 'o',
        '▌' => '[',
        '▐' => ']',
        '×' => 'x',
        '→' | '≥' | '▸' | '›' | '▶' => '>',
        '←' | '≤' | '◀' => '<',
        '↑' | '▲' => '^',
        '↓' | '▼' | '▾' | '▽' => 'v',
        '·' | '…' => '.',
        '█' | '▓' => '#',
        '▉' | '▊' | '▋' | '▒' | '▀' => '=',
        '▍' | '▎' | '░' => ':',
        '✗' | '≠' => '!',
        '²' => '2',
        'µ' | 'μ' => 'u',
        'σ' => 's',
        '“' | '”' => '"',
        '’' | '‘' => '\'',
        '√' => 'V',
        '≈' => '~',
        _ => '?',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_says_whether_signs_can_be_shown() {
        let with = |value: &str| is_needed(|name| (name == "LANG").then(|| value.to_owned()));
        assert!(!with("en_US.UTF-8"));
        assert!(!with("C.utf8"));
        assert!(!with(""));
        assert!(with("de_DE.ISO-8859-1"));
        assert!(!is_needed(|_| None));
    }
}
