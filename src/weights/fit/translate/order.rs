//! The order of modules by the numbers in their names: `conv2` after `conv1`, `10` after `9`, `branch2b` after `branch2a`.

use crate::sorting::Sorting;

use std::cmp::Ordering;

/// Part of a name: digits, or the text between them.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Run<'a> {
    Number(u64),
    Text(&'a str),
}

fn runs(name: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let is_digit = first.is_ascii_digit();
        let end = rest
            .find(|c: char| c.is_ascii_digit() != is_digit)
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        runs.push(match run.parse() {
            Ok(number) if is_digit => Run::Number(number),
            _ => Run::Text(run),
        });
    }
    runs
}

/// A name by its words, and each word by its runs.
fn words(name: &str) -> Vec<Vec<Run<'_>>> {
    name.split('.').map(runs).collect()
}

/// Order of two names, by a number or a last letter; `None` if only words differ, which have no order.
pub(super) fn before(one: &str, other: &str) -> Option<Ordering> {
    let mut pairs = one.split('.').zip(other.split('.'));
    let (one, other) = pairs.find(|(one, other)| one != other)?;
    let (one, other) = (runs(one), runs(other));
    let differing = one.iter().zip(&other).find(|(one, other)| one != other);
    match differing? {
        (Run::Number(one), Run::Number(other)) => Some(one.cmp(other)),
        (Run::Text(one), Run::Text(other)) => {
            let letter = |text: &str| {
                let mut letters = text.chars();
                match (letters.next(), letters.next()) {
                    (Some(letter), None) if letter.is_ascii_lowercase() => Some(letter),
                    _ => None,
                }
            };
            Some(letter(one)?.cmp(&letter(other)?))
        }
        _ => None,
    }
}

/// Sorts by these numbers.
///
/// # Errors
/// Two of them have no order.
pub(super) fn sort<'a, T>(
    items: &mut [T],
    name: impl Fn(&T) -> &'a str,
) -> Result<(), [&'a str; 2]> {
    items.order_by(|one, other| words(name(one)).cmp(&words(name(other))));
    for pair in items.windows(2) {
        let [one, other] = [&pair[0], &pair[1]].map(&name);
        if before(one, other) != Some(Ordering::Less) {
            return Err([one, other]);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_letters_are_an_order_and_words_are_none() {
        for (one, other) in [
            ("layer1.0.conv1", "layer1.0.conv2"),
            ("layer1.9", "layer1.10"),
            ("conv2_x.3", "conv3_x.0"),
            ("branch2a", "branch2b"),
            ("conv1.norm", "conv2.norm"),
        ] {
            assert_eq!(before(one, other), Some(Ordering::Less), "{one}");
            assert_eq!(before(other, one), Some(Ordering::Greater), "{one}");
        }
        for (one, other) in [
            ("reduce", "expand"),
            ("conv", "convs"),
            ("a.left", "a.right"),
        ] {
            assert_eq!(before(one, other), None, "{one}");
        }
        let mut names = ["b.10", "b.9", "b.1"];
        assert_eq!(sort(&mut names, |name| name), Ok(()));
        assert_eq!(names, ["b.1", "b.9", "b.10"]);
        assert_eq!(sort(&mut ["up", "down"], |name| name), Err(["down", "up"]));
    }
}
