//! Fuzzy matching of a text to a query: letters in order, better if they are adjacent or begin words; and best if they name a
//! place in a network part by part, as `l3.2.c2` does `layer3.2.conv2`.

use crate::sorting::Sorting;

/// Score of `text` for `query`, higher being better; `None` if a word of the query does not match. An empty query matches
/// everything equally.
pub fn score(text: &str, query: &str) -> Option<i32> {
    of_words(text, &words(query))
}

/// Words of a query, normalised for comparison.
fn words(query: &str) -> Vec<Vec<char>> {
    let words = query.split_whitespace();
    words
        .map(|word| word.chars().flat_map(plain).collect())
        .collect()
}

fn of_words(text: &str, words: &[Vec<char>]) -> Option<i32> {
    let text: Vec<char> = text.chars().flat_map(plain).collect();
    let of = |word: &Vec<char>| {
        Some(of_word(&text, word)? + if is_place(&text, word) { PLACE } else { 0 })
    };
    words.iter().map(of).sum()
}

/// Score of a word that names a place, above that of any letters that are adjacent by chance.
const PLACE: i32 = 10_000;

/// Whether a word with full stops names the path that a text begins with, part by part, to its end or up to a part of it: the
/// letters of each part begin those of the path's part, and the numbers are equal.
fn is_place(text: &[char], word: &[char]) -> bool {
    if !word.contains(&'.') {
        return false;
    }
    let end = text.iter().position(|letter| letter.is_whitespace());
    let path = &text[..end.unwrap_or(text.len())];
    let mut parts = path.split(|letter| *letter == '.');
    word.split(|letter| *letter == '.').all(|wanted| {
        let number = |part: &[char]| -> Vec<char> {
            part.iter().copied().filter(char::is_ascii_digit).collect()
        };
        let name = |part: &[char]| -> Vec<char> {
            part.iter()
                .copied()
                .filter(|letter| !letter.is_ascii_digit())
                .collect()
        };
        parts.next().is_some_and(|part| {
            name(part).starts_with(&name(wanted)) && number(part) == number(wanted)
        })
    })
}

/// Lower case, and `x` for the sign `×`, which is on no keyboard.
fn plain(character: char) -> impl Iterator<Item = char> {
    match character {
        '×' => 'x',
        other => other,
    }
    .to_lowercase()
}

/// Best score of one word over all its possible positions.
fn of_word(text: &[char], word: &[char]) -> Option<i32> {
    let Some(&first) = word.first() else {
        return Some(0);
    };
    (0..text.len())
        .filter(|&start| text[start] == first)
        .filter_map(|start| from(text, word, start))
        .max()
}

fn from(text: &[char], word: &[char], start: usize) -> Option<i32> {
    let begins_word = |at: usize| at == 0 || !text[at - 1].is_alphanumeric();
    let mut score = 0;
    let mut at = start;
    for (number, &wanted) in word.iter().enumerate() {
        let place = at + text[at..].iter().position(|&letter| letter == wanted)?;
        let is_next = number > 0 && place == at;
        score += 1;
        if is_next {
            score += 4;
        } else if begins_word(place) {
            score += 3;
        } else if number > 0 {
            score -= 1 + i32::try_from((place - at).min(8)).unwrap_or(8) / 2;
        }
        at = place + 1;
    }
    // Of two texts with the word, the shorter one is more likely meant.
    Some(score * 8 - i32::try_from(text.len().min(64)).unwrap_or(64) / 8)
}

/// Numbers of the texts that match `query`, the best first; equal ones keep their order.
pub fn ranked<'t>(texts: impl Iterator<Item = &'t str>, query: &str) -> Vec<usize> {
    let words = words(query);
    let mut found: Vec<_> = texts
        .enumerate()
        .filter_map(|(number, text)| Some((of_words(text, &words)?, number)))
        .collect();
    if !query.trim().is_empty() {
        found.order_by_key(|&(score, number)| (-score, number));
    }
    found.into_iter().map(|(_, number)| number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_stand_together_or_begin_words_come_first() {
        let texts = [
            "layer1.0.conv1",
            "layer3.5.conv2",
            "fc",
            "layer3.0.downsample.0",
        ];
        let find = |query| ranked(texts.into_iter(), query);
        assert_eq!(find("l35c2"), [1]);
        assert_eq!(find("conv")[..2], [0, 1]);
        assert_eq!(find("down"), [3]);
        assert_eq!(find(""), [0, 1, 2, 3]);
        assert!(find("zz").is_empty());
    }

    #[test]
    fn a_place_is_found_part_by_part() {
        let texts = [
            "layer3.2.conv1  convolution 2×2, layer3.2 conv2",
            "layer3.12.conv2  convolution",
            "layer3.2.conv2  convolution",
            "layer3.22.conv2  convolution",
            "layer3.2.conv2.pad  padding",
        ];
        let find = |query| ranked(texts.into_iter(), query);
        assert_eq!(find("l3.2.c2")[..2], [2, 4]);
        assert_eq!(find("l3.12.c2")[0], 1);
        assert_eq!(find("layer3.22.conv2")[0], 3);
    }

    #[test]
    fn a_keyboard_has_no_times_sign() {
        assert!(score("conv 3×3, stride 2", "3x3 stride 2").is_some());
    }
}
