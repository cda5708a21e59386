//! Promise: every word of the explorer's keys, headings and columns has its Chinese, no two share a name, and columns stay
//! aligned if characters are wide.

#[path = "words/calls.rs"]
mod calls;
#[path = "words/chinese.rs"]
mod chinese;
#[path = "common/english.rs"]
mod english;
#[path = "common/explorer.rs"]
mod explorer;
#[path = "words/pseudo.rs"]
mod pseudo;
#[path = "words/refusals.rs"]
mod refusals;
#[path = "words/spacing.rs"]
mod spacing;

use std::collections::{BTreeMap, BTreeSet};

use explorer::{Explorer, LARGE, SMALL, assert_picture};
use resnet_explore::analysis::Rule;
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::report::network::formula::formulas;
use resnet_explore::report::{Column, Subject};
use resnet_explore::text::{Language, entries};
use resnet_explore::tui::keys::TABLE;
use resnet_explore::tui::kit::text::width;
use resnet_explore::tui::message::Tab;

/// Names of the placeholders in an entry's source, and its attributes.
fn parts(source: &str) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let holes = source.match_indices("{ $").map(|(at, mark)| {
        let rest = &source[at + mark.len()..];
        rest.split([' ', '}']).next().unwrap_or_default()
    });
    let attributes = source.lines().filter_map(|line| {
        let (name, _) = line.trim_start().strip_prefix('.')?.split_once(" =")?;
        Some(name)
    });
    (holes.collect(), attributes.collect())
}

#[test]
fn every_text_exists_in_every_language_with_the_same_holes() {
    let english = entries("en");
    assert!(english.len() > 300, "{}", english.len());
    for language in Language::all() {
        let own: BTreeMap<_, _> = entries(language.code())
            .into_iter()
            .map(|entry| (entry.id, entry.source))
            .collect();
        assert_eq!(own.len(), entries(language.code()).len(), "an id twice");
        for entry in &english {
            let source = own.get(entry.id);
            let source = source.unwrap_or_else(|| panic!("{language:?} lacks {}", entry.id));
            assert_eq!(parts(source), parts(entry.source), "{language:?}");
        }
        assert_eq!(own.len(), english.len(), "{language:?} has ids of its own");
        for entry in &english {
            let word = language.word(entry.id);
            let is_plain = parts(entry.source).0.is_empty();
            assert_eq!(word != entry.id, is_plain, "{language:?} {}", entry.id);
        }
    }
}

/// All sources of the library, by path.
fn sources() -> Vec<(std::path::PathBuf, String)> {
    fn find(folder: &std::path::Path, found: &mut Vec<(std::path::PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                find(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    find(std::path::Path::new("src"), &mut found);
    found
}

#[test]
fn every_text_is_used_and_every_use_fills_its_holes() {
    let texts: BTreeMap<_, _> = entries("en")
        .into_iter()
        .map(|entry| (entry.id, entry.source))
        .collect();
    let mut used = BTreeSet::new();
    for (path, source) in sources() {
        let path = path.display();
        // Tests use ids that do not exist.
        let source = source
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        for word in source.split('"').skip(1) {
            if let Some((id, _)) = texts.get_key_value(word) {
                used.insert(*id);
            }
        }
        let openings = ["guage.word(\"", "theme.word(\"", "spoken().word(\""];
        let said = openings
            .iter()
            .flat_map(|begin| source.split(begin).skip(1));
        for rest in said {
            let id = rest.split('"').next().unwrap_or_default();
            let text = texts.get(id).unwrap_or_else(|| panic!("{path}: {id}"));
            assert_eq!(parts(text).0.len(), 0, "{path}: {id} has holes");
        }
        for rest in source.split("message!(").skip(1) {
            let Some(rest) = rest.trim_start().strip_prefix('"') else {
                continue;
            };
            let (id, rest) = rest.split_once('"').expect("a text ends");
            let text = texts.get(id).unwrap_or_else(|| panic!("{path}: {id}"));
            // The names of the arguments come before a single `=`, outside inner brackets.
            let (mut depth, mut named, mut part) = (0, BTreeSet::new(), String::new());
            for letter in rest.chars() {
                match letter {
                    '(' | '[' | '{' => depth += 1,
                    ')' | ']' | '}' if depth == 0 => break,
                    ')' | ']' | '}' => depth -= 1,
                    ',' if depth == 0 => part.clear(),
                    '=' if depth == 0 => {
                        named.insert(std::mem::take(&mut part).trim().to_owned());
                    }
                    _ => {}
                }
                if letter != ',' {
                    part.push(letter);
                }
            }
            let named: BTreeSet<&str> = named.iter().map(String::as_str).collect();
            assert_eq!(named, parts(text).0, "{path}: {id}");
        }
    }
    // Those of the command line are found by command and argument: its own test holds them.
    let unused: Vec<_> = texts
        .keys()
        .filter(|id| !used.contains(*id) && !id.starts_with("call-"))
        .collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn every_key_has_its_texts_and_every_label_its_chinese() {
    for binding in TABLE {
        for language in Language::all() {
            assert_ne!(binding.help(language), binding.id);
            assert_ne!(binding.short(language), Some(binding.id));
        }
        let has_short = parts(
            entries("en")
                .iter()
                .find(|entry| entry.id == binding.id)
                .expect("its texts")
                .source,
        )
        .1
        .contains("short");
        assert_eq!(has_short, binding.is_in_footer, "{}", binding.id);
    }
    let labels = Tab::ALL.iter().map(|tab| tab.word());
    let labels = labels.chain(Column::ALL.iter().map(|column| column.title()));
    for label in labels {
        assert_ne!(Language::CHINESE.word(label.id), label.id);
    }
}

fn chinese_explorer(name: Option<&str>, size: (u16, u16)) -> Explorer {
    let mut explorer = match name {
        Some(name) => Explorer::of(name, size),
        None => Explorer::new(None, size),
    };
    explorer.app.speak(Language::CHINESE);
    explorer
}

#[test]
fn the_explorer_speaks_chinese_in_straight_columns() {
    assert_picture!("zh_catalogue_80x24", chinese_explorer(None, SMALL));
    assert_picture!("zh_layers_80x24", chinese_explorer(Some("resnet50"), SMALL));
    assert_picture!(
        "zh_layers_120x40",
        chinese_explorer(Some("resnet50"), LARGE).press("j j Right")
    );
    assert_picture!(
        "zh_help_80x24",
        chinese_explorer(Some("resnet50"), SMALL).press("?")
    );
    assert_picture!(
        "zh_checks_80x24",
        chinese_explorer(Some("resnet50_v1"), SMALL).press("4")
    );
    let mut explorer = chinese_explorer(Some("resnet50"), SMALL);
    for line in explorer.picture().lines() {
        assert!(width(line) <= 80, "{line}");
    }
    // The numbers of a column are right-aligned, under a heading that is too.
    let picture = explorer.picture();
    let end = |line: &str, word: &str| {
        let at = line.find(word).expect("it is there") + word.len();
        width(&line[..at])
    };
    let lines: Vec<&str> = picture.lines().collect();
    assert_eq!(end(lines[1], "参数量"), end(lines[3], "9,536"));
}

fn printed(words: &[&str], locale: &str) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(words)
        .env("LC_ALL", locale)
        .output()
        .expect("the binary runs");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn stats_and_check_speak_the_language_that_is_asked_for_or_the_locales() {
    let text = printed(&["stats", "resnet50", "--lang", "zh"], "C");
    assert_eq!(text, printed(&["stats", "resnet50"], "zh_CN.UTF-8"));
    for word in ["参数量", "感受野", "阶段", "合计", "下采样位置"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    // The number after a label ends in one column, whatever its script.
    let end = |word: &str, number: &str| {
        let line = text
            .lines()
            .find(|line| line.trim_start().starts_with(word))
            .expect("the fact");
        let at = line.find(number).expect("its number") + number.len();
        width(&line[..at])
    };
    assert_eq!(end("参数量", "25,557,032"), end("乘加", "4,089,184,256"));
    let check = printed(
        &["check", "resnet18", "museum:darknet_sum", "--lang", "zh"],
        "C",
    );
    assert!(
        check.contains("resnet18：通过，72 层，8 个残差块") && check.contains("1 个错误"),
        "{check}"
    );
}

#[test]
fn one_of_something_is_said_in_the_singular() {
    for norm in ["batch", "group", "instance", "evo_s0", "filter_response"] {
        let groups = match norm {
            "group" | "evo_s0" => ", groups = 1",
            _ => "",
        };
        let spec = format!(
            "title = \"One\"\ninput = [1, 9, 9]\nclasses = 1\nblock = \"basic\"\nblocks = [1]\nwidths = [1]\nstrides = [1]\n\
             norm = {{ kind = \"{norm}\"{groups} }}\n[stem]\nlayers = [\n{{ constant_pad = \"pad\", padding = 1 }},\n\
             {{ conv = \"conv\", kernel = 3, out = 1, bias = true }},\n{{ norm = \"bn\" }},\n{{ act = \"act\", kind = \"prelu\" }},\n]\n\
             [head]\nlayers = [\n{{ global_avg_pool = \"pool\" }},\n{{ flatten = \"flatten\" }},\n{{ linear = \"fc\", out = \"classes\" }},\n]\n\
             [names]\nstage = \"layer{{stage}}\"\nblock = \"layer{{stage}}.{{block}}\"\n"
        );
        let model = open_text("one.toml", &spec, &Overrides::default());
        assert_eq!(model.problems, [], "{spec}");
        let subject = Subject::new(model, Rule::ConvFc, 1);
        let network = &subject.model.network;
        for (id, node) in network.nodes() {
            let formulas = formulas(&subject, id).into_iter().map(|line| line.text);
            for message in formulas.chain([node.layer.summary()]) {
                let text = Language::ENGLISH.say(&message);
                let words: Vec<&str> = text.split([' ', ',', ';']).collect();
                let is_plural = |word: &str| word.ends_with('s') && word != "bias";
                let has_slip = words
                    .windows(2)
                    .any(|pair| pair[0] == "1" && is_plural(pair[1]));
                assert!(!has_slip, "{}: {text}", node.path);
            }
        }
    }
}
