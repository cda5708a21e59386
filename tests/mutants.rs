//! Promise: for random damage to specs, an offered fix removes the problem it names and adds none, every problem is reported
//! at a line of the user's own file if that contributes to it, and nothing panics or takes long.
//!
//! Some hundred mutants by default; `RESNET_EXPLORE_MUTANTS=5000` sets their number, `RESNET_EXPLORE_SEED=7` selects others.

#[path = "common/letters.rs"]
mod letters;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::time::{Duration, Instant};

use resnet_explore::lower::{Model, Overrides, open_text};
use resnet_explore::report::checks::check;
use resnet_explore::spec::{Problem, Severity, catalog, has_errors};
use resnet_explore::text::Language;

/// The same numbers on every machine (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }

    fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}

fn variable(name: &str, default: u64) -> u64 {
    let value = std::env::var(name).ok();
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

/// Sound specs: the shipped ones, the museum's, and some that write out stem, block and shortcut, as beginners do.
fn bases() -> Vec<(String, String)> {
    let mut bases = Vec::new();
    for name in catalog::names() {
        let source = catalog::shipped(name).expect("a shipped network");
        bases.push(((*name).to_owned(), source.text.clone()));
    }
    let pieces = catalog::museum();
    let pieces = pieces
        .iter()
        .map(|piece| catalog::find(piece).expect("a piece"));
    bases.extend(pieces.map(|piece| (piece.name.clone(), piece.text.clone())));
    for (parent, block) in [
        ("resnet18", "basic"),
        ("resnet50", "bottleneck"),
        ("resnet50", "bottleneck_v1"),
        ("resnet20_cifar", "basic"),
        ("resnet18", "preact_basic"),
        ("seresnet18", "basic"),
    ] {
        let Ok(text) = fs::read_to_string(format!("architectures/blocks/{block}.toml")) else {
            continue;
        };
        let projection =
            fs::read_to_string("architectures/shortcuts/projection.toml").expect("a shortcut");
        let text = text.replace("[parameters]", "[define.blocks.own.parameters]");
        let stem = if parent.contains("cifar") {
            "  { conv = \"conv1\", kernel = 3, out = \"width\" },\n  { norm = \"bn1\" },\n  { act = \"relu\" },\n"
        } else {
            "  { conv = \"conv1\", kernel = 7, out = \"width\", stride = 2 },\n  { norm = \"bn1\" },\n  { act = \"relu\" },\n  { max_pool = \"maxpool\", kernel = 3, stride = 2, padding = 1 },\n"
        };
        for own_shortcut in [true, false] {
            let shortcut = if own_shortcut {
                format!("[define.shortcuts.mine]\n{projection}")
            } else {
                String::new()
            };
            let named = if own_shortcut {
                "shortcut = \"mine\"\n"
            } else {
                ""
            };
            let spec = format!(
                "inherits = \"{parent}\"\nblock = \"own\"\n{named}\n[stem]\nlayers = [\n{stem}]\n\n[head]\nlayers = [\n  {{ global_avg_pool = \"avgpool\" }},\n  {{ flatten = \"flatten\" }},\n  {{ linear = \"fc\", out = \"classes\" }},\n]\n\n{shortcut}\n[define.blocks.own]\n{text}"
            );
            bases.push((format!("{parent} with its own {block}"), spec));
        }
    }
    bases
}

/// Lines that people write at the head of a file.
const LINES: [&str; 23] = [
    "shortcut = \"identity\"\n",
    "shortcut = \"projection_everywhere\"\n",
    "shortcut = \"bare_projection\"\n",
    "shortcut = \"zero_padding\"\n",
    "shortcut = \"none\"\n",
    "strides = [1, [2, 1], [1, 2], 2]\n",
    "widths = [64, [128, 96], 256, 512]\n",
    "preprocess = \"none\"\n",
    "skip = {}\n",
    "strides = [1, 1, 1, 1]\n",
    "strides = [2, 2, 2, 2]\n",
    "widths = [64, 96, 100, 7]\n",
    "blocks = [1, 1, 1, 1]\n",
    "input = [1, 28, 28]\n",
    "input = [3, 33, 47]\n",
    "input = [4, 8, 8]\n",
    "with = { base_width = 0 }\n",
    "with = { groups = 3 }\n",
    "names = { block = \"b\" }\n",
    "names = { stage = \"s{stage}\", block = \"s{stage}.b\" }\n",
    "norm = { kind = \"group\", groups = 7 }\n",
    "attention = \"squeeze_excite\"\n",
    "block = []\n",
];

const WORDS: [&str; 12] = [
    "relu",
    "same",
    "basic",
    "bottleneck",
    "projection",
    "identity",
    "squeeze_excite",
    "efficient_channel",
    "conv1",
    "bn1",
    "width",
    "4 * width",
];

fn other_number(text: &str, numbers: &mut Numbers) -> String {
    // Replaces a number.
    let bytes = text.as_bytes();
    let starts: Vec<usize> = (1..bytes.len())
        .filter(|&at| bytes[at].is_ascii_digit() && matches!(bytes[at - 1], b' ' | b'[' | b'-'))
        .collect();
    if starts.is_empty() {
        return text.to_owned();
    }
    let start = starts[numbers.below(starts.len())];
    let end = (start..bytes.len())
        .find(|&at| !bytes[at].is_ascii_digit())
        .unwrap_or(bytes.len());
    let old: u64 = text[start..end].parse().unwrap_or(1);
    let near = (
        old.saturating_add(1),
        old.saturating_sub(1),
        old.saturating_mul(2),
    );
    let choices = [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 48, 64, 100, 4_000_000, near.0, near.1, near.2,
    ];
    let new = choices[numbers.below(choices.len())];
    format!("{}{new}{}", &text[..start], &text[end..])
}

fn other_word(text: &str, numbers: &mut Numbers) -> String {
    // Replaces a quoted word.
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    let pairs: Vec<&[usize]> = quotes.chunks_exact(2).collect();
    if pairs.is_empty() {
        return text.to_owned();
    }
    let pair = pairs[numbers.below(pairs.len())];
    let word = numbers.of(&WORDS);
    format!("{}{word}{}", &text[..=pair[0]], &text[pair[1]..])
}

/// One random change of a text; if it does not apply, the text is unchanged.
fn changed(text: &str, numbers: &mut Numbers) -> String {
    let found = |wanted: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let lines = text.lines().enumerate();
        lines
            .filter(|(_, line)| wanted(line))
            .map(|(number, _)| number)
            .collect()
    };
    let layers =
        found(&|line| line.trim_start().starts_with("{ ") && line.trim_end().ends_with("},"));
    let keys = found(&|line| line.contains(" = ") && !line.starts_with('#'));
    let lines: Vec<&str> = text.lines().collect();
    let join = |lines: Vec<&str>| lines.join("\n") + "\n";
    let pick =
        |of: &[usize], numbers: &mut Numbers| (!of.is_empty()).then(|| of[numbers.below(of.len())]);
    match numbers.below(10) {
        0..=2 => other_number(text, numbers),
        3 => match pick(&layers, numbers) {
            Some(at) => join([&lines[..at], &lines[at + 1..]].concat()),
            None => text.to_owned(),
        },
        4 => match pick(&layers, numbers) {
            Some(at) => join([&lines[..=at], &lines[at..]].concat()),
            None => text.to_owned(),
        },
        5 => match pick(&layers, numbers) {
            Some(at) if layers.contains(&(at + 1)) => {
                let mut lines = lines.clone();
                lines.swap(at, at + 1);
                join(lines)
            }
            _ => text.to_owned(),
        },
        6 => match pick(&keys, numbers) {
            Some(at) if !lines[at].trim_end().ends_with('[') => {
                join([&lines[..at], &lines[at + 1..]].concat())
            }
            _ => text.to_owned(),
        },
        7 => other_word(text, numbers),
        8 => {
            let line = numbers.of(&LINES);
            let key = line.split(" = ").next().unwrap_or_default();
            let others: Vec<&str> = text
                .lines()
                .filter(|other| other.split(" = ").next().map(str::trim) != Some(key))
                .collect();
            format!("{line}{}", join(others))
        }
        _ => match pick(&layers, numbers) {
            // Adds a key to a layer.
            Some(at) => {
                let keys = [
                    "padding = 0",
                    "padding = 2",
                    "padding = \"same\"",
                    "stride = 2",
                    "stride = 1",
                    "kernel = 2",
                    "kernel = 4",
                    "dilation = 2",
                    "bias = true",
                    "groups = 2",
                    "out = 65",
                ];
                let key = numbers.of(&keys);
                let name = key.split(" = ").next().unwrap_or_default();
                let bare: Vec<String> = lines[at]
                    .trim()
                    .trim_start_matches('{')
                    .trim_end_matches("},")
                    .split(", ")
                    .filter(|part| !part.trim().starts_with(name))
                    .map(|part| part.trim().to_owned())
                    .collect();
                let line = format!("  {{ {}, {key} }},", bare.join(", "));
                let mut lines = lines.clone();
                lines[at] = &line;
                join(lines)
            }
            None => text.to_owned(),
        },
    }
}

fn mutant(bases: &[(String, String)], numbers: &mut Numbers) -> String {
    // Every second one writes its layers itself: there is more to damage.
    let rich = bases
        .iter()
        .filter(|(_, text)| text.contains("{ conv"))
        .count();
    let at = if numbers.below(2) == 0 {
        let nth = numbers.below(rich);
        let mut rich = (0..bases.len()).filter(|&at| bases[at].1.contains("{ conv"));
        rich.nth(nth).expect("there are some")
    } else {
        numbers.below(bases.len())
    };
    let mut text = bases[at].1.clone();
    for _ in 0..=numbers.below(3) {
        text = changed(&text, numbers);
    }
    text
}

fn judged(text: &str) -> (Model, Vec<Problem>) {
    let model = open_text("mutant.toml", text, &Overrides::default());
    let problems = check::check(&model);
    (model, problems)
}

type Id = (&'static str, String);

fn ids<'p>(problems: impl IntoIterator<Item = &'p Problem>) -> HashSet<Id> {
    problems.into_iter().flat_map(check::ids).collect()
}

/// Fault of a fix, found by applying it, independent of the choice of the fix.
fn wrong_repair(before: &[Problem], problem: &Problem) -> Option<String> {
    let fix = problem.fix()?;
    let text = match fix.apply() {
        Ok(text) => text,
        Err(reason) => return Some(format!("does not apply: {reason}")),
    };
    let (_, after) = judged(&text);
    let named = ids([problem]);
    let left = ids(&after);
    if let Some(id) = named.iter().find(|id| left.contains(*id)) {
        return Some(format!("{id:?} is still there"));
    }
    let known = ids(before);
    let count = |problems: &[Problem], least| {
        problems
            .iter()
            .filter(|problem| problem.severity >= least)
            .count()
    };
    let broken = has_errors(before);
    let new = after
        .iter()
        .find(|new| (!broken || new.severity == Severity::Error) && !ids([*new]).is_subset(&known));
    if let Some(new) = new {
        return Some(format!("adds {}: {}", new.rule, new.headline()));
    }
    (count(&after, problem.severity) > count(before, problem.severity))
        .then(|| "there are more problems than before".to_owned())
}

/// A problem without a place in the file itself, although its parent alone does not have the problem.
fn misplaced(model: &Model, problem: &Problem) -> bool {
    let own = &model.spec.source;
    let at_home = problem
        .place
        .as_ref()
        .is_some_and(|place| place.source == *own);
    if at_home || problem.severity == Severity::Note {
        return false;
    }
    let parent = model
        .spec
        .file
        .inherits
        .as_ref()
        .map(|name| name.value.clone());
    let bare = parent.map_or_else(String::new, |name| format!("inherits = \"{name}\"\n"));
    let (_, of_parent) = judged(&bare);
    !ids([problem]).is_subset(&ids(&of_parent))
}

#[test]
fn repairs_mend_places_are_the_users_and_nothing_panics() {
    let count = variable("RESNET_EXPLORE_MUTANTS", 300);
    let mut numbers = Numbers(variable("RESNET_EXPLORE_SEED", 1));
    let bases = bases();
    assert!(bases.len() > 150, "{}", bases.len());
    let (mut broken, mut warned, mut offered) = (0, 0, 0);
    let mut by_rule: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut slowest = (Duration::ZERO, String::new());
    let mut wrong = Vec::new();
    for _ in 0..count {
        let text = mutant(&bases, &mut numbers);
        let start = Instant::now();
        let (model, problems) = judged(&text);
        let took = start.elapsed();
        if took > slowest.0 {
            slowest = (took, text.clone());
        }
        broken += usize::from(has_errors(&problems));
        warned += usize::from(
            !has_errors(&problems) && problems.iter().any(|p| p.severity == Severity::Warning),
        );
        for problem in &problems {
            let tally = by_rule.entry(problem.rule).or_default();
            tally[0] += 1;
            tally[1] += usize::from(problem.fix().is_some());
            offered += usize::from(problem.fix().is_some());
            if let Some(reason) = wrong_repair(&problems, problem) {
                let what = problem.fix().expect("a fix").title();
                wrong.push(format!("{}: {what}: {reason}\n{text}", problem.headline()));
            }
            // Every problem is said in Chinese to its last word.
            for message in std::iter::once(&problem.message).chain(&problem.help) {
                let chinese = Language::CHINESE.say(message);
                let words = letters::left(&chinese);
                if !words.is_empty() {
                    wrong.push(format!("{words:?} in: {chinese}\n{text}"));
                }
            }
            if misplaced(&model, problem) {
                wrong.push(format!(
                    "{:?}: {}\n{text}",
                    problem.place,
                    problem.headline()
                ));
            }
        }
    }
    let notice = format!(
        "{count} mutants, {broken} with errors, {warned} with warnings alone; {offered} fixes offered; slowest {:?}; problems and fixes by rule: {by_rule:?}",
        slowest.0
    );
    if count > 1_000 {
        // A long run writes its figures to a file.
        fs::write(
            std::env::temp_dir().join("resnet-explore-mutants.txt"),
            format!("{notice}\n{}\n{}", slowest.1, wrong.join("\n\n")),
        )
        .expect("written");
    }
    assert!(
        wrong.is_empty(),
        "{} wrong of: {notice}\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n\n")
    );
    assert!(broken as u64 > count / 5 && offered > 0, "{notice}");
}
