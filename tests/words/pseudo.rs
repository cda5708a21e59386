//! Every text comes from the files of texts: in the accented language, plain letters occur only in names, units and paths.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use resnet_explore::text::Language;

use super::explorer::Explorer;

/// Words that are the same in every language: names, units, operations, keys of a spec. One per line; `#` begins a heading.
const NAMES: &str = include_str!("names.txt");

/// Panes by their network and keys, each at three sizes.
const PANES: [(&str, &str); 48] = [
    ("", "0"),
    ("", "0 1"),
    ("", "0 1 Right Right"),
    ("", "0 1 Right Right Right Right Right Right Right"),
    ("", "0 3"),
    ("", ""),
    ("", "v"),
    ("", "/ r e s"),
    ("", "?"),
    ("", ":"),
    ("", "L"),
    ("", "o"),
    ("resnet50", "j j Right j j"),
    ("resnet50", "j j Right"),
    ("resnet50", "j Right j j"),
    ("resnet50", "2"),
    ("resnet50", "2 Enter"),
    ("resnet50", "2 + +"),
    ("resnet50", "4"),
    ("resnet50_v1", "4"),
    ("museum:one_downsample", "4"),
    ("museum:darknet_sum", "4"),
    ("museum:darknet_sum", "3"),
    ("resnet50", "5"),
    ("resnet50", "?"),
    ("resnet50", ":"),
    ("resnet50", "/ c o n v"),
    ("resnet50", "e"),
    ("resnet50", "D resnet101 Enter"),
    ("resnet50", "u"),
    ("resnet20_fashion", "3"),
    ("resnet20_fashion", "3 w"),
    ("resnet20_fashion", "3 i"),
    ("resnet20_fashion", "3 Enter n n n n n"),
    ("resnet20_fashion", "3 Enter n n n n n n n n x"),
    ("resnet20_fashion", "3 Enter r"),
    ("resnet20_fashion", "3 Enter r i"),
    ("resnet20_fashion", "3 Enter r ?"),
    ("resnet20_fashion", "3 Enter n n n m"),
    ("resnet20_fashion", "3 Enter Y"),
    ("resnet20_cifar", "3 Enter O"),
    ("plain8_digits", "6"),
    ("plain8_digits", "6 c"),
    ("resnet152", "6"),
    ("plain8_digits", "G"),
    ("plain8_digits", "G n"),
    ("plain8_digits", "G i"),
    ("resnet50", "G j Enter"),
];

/// Calls that succeed.
const CALLS: [&str; 34] = [
    "--help",
    "explore --help",
    "list --help",
    "stats --help",
    "table --help",
    "check --help",
    "compare --help",
    "explain --help",
    "run --help",
    "bench --help",
    "export --help",
    "lesson --help",
    "stats resnet50",
    "stats resnet50 --count all",
    "stats resnet18 --batch 4",
    "stats museum:darknet_sum",
    "table resnet50 --level stage",
    "table resnet18 --level block",
    "check resnet50_v1 resnet18",
    "check museum:darknet_sum museum:pool_to_55 museum:conv_biases",
    "compare resnet50_v1 resnet50",
    "compare resnet18 resnet34",
    "explain 4.11G --top 2",
    "list --search senet",
    "list --families",
    "lesson",
    "run resnet20_fashion --input sample:2 --layers --plain",
    "run resnet20_fashion --input sample:2 --value layer1.0.conv1:3,4,5",
    "run museum:darknet_sum --until conv1",
    "run resnet20_fashion --train --bn bn1 --batch 4 --batches 3",
    "bench resnet20_fashion --runs 1",
    "train --help",
    "gradient --help",
    "export resnet18 --to svg --level stage",
];

/// Calls that fail.
const ERRORS: [&str; 22] = [
    "stats --nope",
    "stats",
    "stats nowhere",
    "stats nowhere.toml",
    "stats /dev/null",
    "stats tests",
    "sats resnet50",
    "run resnet18 --batch x",
    "run resnet18 --batch 0",
    "run resnet18 --weights nowhere.pth",
    "run resnet18 --weights tests",
    "run resnet18 --weights /dev/zero",
    "run resnet18 --input Cargo.toml",
    "run resnet18 --input nowhere.png",
    "run resnet50 --batch 65536 --weights synthetic:0",
    "run resnet18 --until nowhere",
    "run resnet20_fashion --input sample:1000000",
    "export resnet18 --to svg --with resnet34",
    "export resnet18 --to nothing",
    "table resnet18 --columns nothing",
    "check --explain nothing",
    "compare resnet18",
];

/// Names, one per line.
fn names() -> BTreeSet<&'static str> {
    let lines = NAMES.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// Prose that is shipped beside the texts and has its own language: specs, lessons and rule pages, with single blanks.
fn prose() -> String {
    fn read(folder: &std::path::Path, text: &mut String) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                read(&path, text);
            } else if path
                .extension()
                .is_some_and(|end| end == "toml" || end == "md")
            {
                *text += &std::fs::read_to_string(&path).expect("a text");
                text.push(' ');
            }
        }
    }
    let mut text = String::new();
    for folder in [
        "architectures",
        "docs/src/lessons",
        "docs/src/checks",
        "docs/src/museum",
    ] {
        read(std::path::Path::new(folder), &mut text);
    }
    // A link is shown as its words.
    let mut shown = String::new();
    for (number, part) in text.split("](").enumerate() {
        let rest = part.split_once(')').filter(|_| number > 0);
        let rest = rest.map_or(part, |(_, rest)| rest);
        // The words of the next link.
        let (before, words) = rest.rsplit_once('[').unwrap_or((rest, ""));
        shown += before;
        shown += words;
    }
    // A spec is shown as it is, too.
    one_blank(&text) + " " + &one_blank(&shown.replace(['*', '`', '"'], ""))
}

fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Plain words of a line that are neither a name of the list nor a path, number, option or code, and are part of no shipped prose.
fn plain(line: &str, names: &BTreeSet<&str>, prose: &str) -> Vec<String> {
    let is_frame = |letter: char| ('\u{2500}'..='\u{28FF}').contains(&letter);
    let line = line.replace(is_frame, "  ");
    let mut found = Vec::new();
    for part in line.split("  ").filter(|part| !part.trim().is_empty()) {
        let part = part.trim();
        // A word alone is in any prose.
        let is_sentence = part.len() >= 12 && part.contains(' ') || part.ends_with('.');
        if is_sentence && prose.contains(part.trim_matches(['“', '”', '…'])) {
            continue;
        }
        let is_part =
            |letter: char| letter.is_alphanumeric() || "._-:/\\=<>\"'@%#".contains(letter);
        for token in part.split(|letter: char| !is_part(letter)) {
            let token = token.trim_matches(|letter: char| {
                !letter.is_alphanumeric() && letter != '-' && letter != '/'
            });
            let is_word = token.len() > 1 && token.bytes().all(|byte| byte.is_ascii_alphabetic());
            if is_word && !names.contains(token) {
                found.push(token.to_owned());
            }
        }
    }
    found
}

/// Texts that an SVG shows: those between its tags.
fn shown(svg: &str) -> String {
    let after = svg.split("</style>").last().unwrap_or_default();
    let texts = after.split('<').filter_map(|part| part.split_once('>'));
    texts.fold(String::new(), |all, (_, text)| all + text + "\n")
}

fn print(call: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(call.split(' '))
        .args(["--lang", "qps"])
        .env("LC_ALL", "C.UTF-8")
        .env("RESNET_EXPLORE_DATA", "/nonexistent")
        .output()
        .expect("the binary runs");
    let [out, err] =
        [output.stdout, output.stderr].map(|text| String::from_utf8(text).expect("UTF-8"));
    out + &err
}

#[test]
fn every_plain_letter_is_of_a_name_a_unit_or_a_path() {
    let (names, prose) = (names(), prose());
    let mut left: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut letters = 0;
    let mut look = |place: &str, text: &str| {
        for line in text.lines() {
            for word in plain(line, &names, &prose) {
                letters += word.len();
                let lines = left.entry(word).or_default();
                lines.insert(format!("{place}: {}", line.trim()));
            }
        }
    };
    let mut screens = 0;
    for (net, keys) in PANES {
        for size in [(80, 24), (120, 40), (200, 60)] {
            let mut explorer = match net {
                "" => Explorer::new(None, size),
                net => Explorer::of(net, size),
            };
            explorer.app.speak(Language::PSEUDO);
            let picture = explorer.press(keys).picture();
            look(&format!("{net} {keys} {}", size.0), &picture);
            screens += 1;
        }
    }
    for call in CALLS.iter().chain(&ERRORS) {
        let text = print(call);
        look(
            call,
            &if call.contains("--to svg") {
                shown(&text)
            } else {
                text
            },
        );
    }
    let report = left.iter().fold(String::new(), |report, (word, lines)| {
        let example = lines.first().expect("a line");
        report + &format!("{word} ({}): {example}\n", lines.len())
    });
    #[allow(clippy::print_stdout, reason = "the figures are the test's report")]
    {
        println!(
            "{screens} screens, {} calls, {} errors: {} plain words, {letters} letters",
            CALLS.len(),
            ERRORS.len(),
            left.len()
        );
    }
    assert!(left.is_empty(), "{report}");
}
