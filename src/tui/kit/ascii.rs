//! Drawing with ASCII only, for terminals and fonts that have nothing else: every cell is replaced after drawing.

use ratatui::buffer::Buffer;

/// Whether the environment says that the terminal shows ASCII only.
pub fn is_needed(variable: impl Fn(&str) -> Option<String>) -> bool {
    let said = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    // `C` and `POSIX`, which are also the default without a locale, promise ASCII only. Windows has no such variables.
    let Some(value) = said else {
        return !cfg!(windows);
    };
    let value = value.to_lowercase();
    let names_another = value.contains('.') && !value.contains("utf");
    names_another
        || value.contains("iso-8859")
        || value.ends_with("ascii")
        || value == "c"
        || value == "posix"
}

/// Replaces every character that is not ASCII.
pub(in crate::tui) fn replace(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        if symbol.is_ascii() {
            continue;
        }
        let sign = symbol.chars().next().map_or(' ', sign);
        cell.set_char(sign);
    }
}

/// The text in ASCII only, at its old width.
pub fn text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii() {
            plain.push(character);
        } else {
            let width = super::text::width(character.encode_utf8(&mut [0; 4]));
            plain.extend(std::iter::repeat_n(sign(character), width));
        }
    }
    plain
}

/// ASCII replacement of a character.
#[allow(clippy::match_same_arms, reason = "signs that look alike are together")]
const fn sign(character: char) -> char {
    match character {
        ascii if ascii.is_ascii() => ascii,
        '─' | '−' | '━' | '═' | '╸' | '╌' | '—' | '–' | '‑' | '╴' | '╶' => {
            '-'
        }
        '│' | '┃' | '║' | '╎' | '▏' | '╵' | '╷' => '|',
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '╭' | '╮' | '╰' | '╯' | '●' | '✓'
        | '±' | '⊕' | '╔' | '╗' | '╚' | '╝' => '+',
        '◆' => '@',
        '•' => 'o',
        '▌' | '⌈' | '⌊' => '[',
        '▐' | '⌉' | '⌋' => ']',
        '÷' => '/',
        'τ' => 't',
        '‖' => '|',
        '×' => 'x',
        '→' | '≥' | '▸' | '›' | '▶' => '>',
        '←' | '≤' | '◀' | '‹' => '<',
        '↑' | '▲' => '^',
        '↓' | '▼' | '▾' | '▽' => 'v',
        '·' => '.',
        '█' | '▇' => '#',
        '▁' => '.',
        '▂' => ':',
        '▃' => '-',
        '▄' => '=',
        '▅' => '+',
        '▆' | '▓' | '∗' | '★' => '*',
        '▉' | '▊' | '▋' | '▒' | '▀' => '=',
        '▍' | '▎' | '░' => ':',
        '✗' | '≠' => '!',
        '²' => '2',
        'µ' | 'μ' => 'u',
        'σ' => 's',
        '“' | '”' => '"',
        '’' | '‘' => '\'',
        '√' => 'V',
        // A cut is told apart from a dot between words.
        '≈' | '∼' | '…' => '~',
        'ε' => 'e',
        'γ' => 'g',
        'β' => 'B',
        'Σ' | '∑' => 'S',
        'Δ' => 'D',
        '∞' => '8',
        '\u{2801}'..='\u{28ff}' => '*',
        '○' => 'o',
        '°' => 'o',
        '↔' => '-',
        '³' => '3',
        '¹' => '1',
        '⁻' => '-',
        _ => '?',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_width() {
        assert_eq!(
            text("3×224 → 64 · “µ” 层 e\u{301}, b…"),
            "3x224 > 64 . \"u\" ?? e, b~"
        );
    }

    #[test]
    fn the_locale_says_whether_signs_can_be_shown() {
        let with = |value: &str| is_needed(|name| (name == "LANG").then(|| value.to_owned()));
        assert!(!with("en_US.UTF-8"));
        assert!(!with("C.utf8"));
        assert!(!with("de_DE"));
        for ascii in ["de_DE.ISO-8859-1", "C", "POSIX", "ANSI_X3.4-1968.ascii"] {
            assert!(with(ascii), "{ascii}");
        }
        // No locale means `C`; an empty variable counts as unset; the first one that is set decides.
        assert_eq!(with(""), cfg!(unix));
        assert_eq!(is_needed(|_| None), cfg!(unix));
        let both = |name: &str| match name {
            "LC_ALL" => Some("C".to_owned()),
            _ => Some("en_US.UTF-8".to_owned()),
        };
        assert!(is_needed(both));
    }
}
