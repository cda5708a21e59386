//! Promise: every word of the explorer's keys, headings and columns has its Chinese, no two share a name, and columns stay straight
//! where characters are wide.

#[path = "common/english.rs"]
mod english;
#[path = "common/explorer.rs"]
mod explorer;
#[path = "words/refusals.rs"]
mod refusals;
#[path = "words/told.rs"]
mod told;

use std::collections::BTreeSet;

use explorer::{Explorer, LARGE, SMALL, assert_picture};
use resnet_explore::lesson::{Kind, Language};
use resnet_explore::report::Column;
use resnet_explore::report::language::sentences::{TABLES, holes};
use resnet_explore::report::language::words::{all, chinese};
use resnet_explore::tui::keys::{Context, TABLE};
use resnet_explore::tui::message::Tab;
use resnet_explore::tui::text::width;

#[test]
fn every_word_has_both_languages_and_one_meaning() {
    let mut seen = BTreeSet::new();
    for (english, chinese) in all() {
        assert!(seen.insert(english), "{english} stands twice");
        assert!(!chinese.trim().is_empty(), "{english}");
    }
    for (english, chinese) in all().chain(TABLES.into_iter().flatten().copied()) {
        assert!(!chinese.trim().is_empty(), "{english}");
        assert_eq!(holes(english), holes(chinese), "{english}");
    }
    let mut seen = BTreeSet::new();
    for (english, _) in TABLES.into_iter().flatten() {
        assert!(seen.insert(english), "{english} stands twice");
    }
    let mut wanted: Vec<&str> = Vec::new();
    wanted.extend(
        TABLE
            .iter()
            .flat_map(|binding| [binding.short, binding.help]),
    );
    wanted.extend(Context::ALL.iter().map(|context| context.title()));
    wanted.extend(Tab::ALL.iter().map(|tab| tab.title()));
    wanted.extend(Column::ALL.iter().map(|column| column.title()));
    wanted.extend([Kind::Choice, Kind::Number, Kind::Shape, Kind::Place].map(Kind::words));
    let missing: BTreeSet<&str> = wanted
        .into_iter()
        .filter(|word| !word.is_empty() && chinese(word).is_none())
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn what_the_sources_say_is_in_the_table() {
    fn sources(folder: &str, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                sources(path.to_str().expect("UTF-8"), found);
            } else {
                found.push(path);
            }
        }
    }
    let mut files = Vec::new();
    sources("src", &mut files);
    let mut missing = BTreeSet::new();
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a source");
        for opening in [
            "language.say(\"",
            "theme.say(\"",
            "fill(\"",
            "note(course, \"",
        ] {
            for rest in text.split(opening).skip(1) {
                let word = rest.split('"').next().unwrap_or_default();
                // A line break in the source is none in the text.
                if !word.contains('\\') && chinese(word).is_none() && !word.is_empty() {
                    missing.insert(format!("{}: {word}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

fn chinese_explorer(name: Option<&str>, size: (u16, u16)) -> Explorer {
    let mut explorer = match name {
        Some(name) => Explorer::of(name, size),
        None => Explorer::new(None, size),
    };
    explorer.app.speak(Language::Chinese);
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
    // The numbers of a column end in one place, under a heading that ends there too.
    let picture = explorer.picture();
    let end = |line: &str, word: &str| {
        let at = line.find(word).expect("it stands there") + word.len();
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
    for word in ["参数量", "感受野", "阶段", "合计", "缩小之处"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    // The number behind a label ends in one column, whatever its script.
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
