//! What is wrong with a spec is said in Chinese from end to end.

#[path = "../common/letters.rs"]
mod letters;

use std::collections::BTreeSet;

use letters::left;
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::report::checks::check;
use resnet_explore::spec::Problem;
use resnet_explore::text::{Argument, Language, Message, entries};

use super::idle::IDLE;
use super::{problems, specs};

/// What a problem says beside its file and its layer's path.
fn said(problem: &Problem) -> impl Iterator<Item = &Message> {
    std::iter::once(&problem.message).chain(&problem.help)
}

/// The ids of a message and of those within it.
fn ids(message: &Message, found: &mut BTreeSet<&'static str>) {
    fn of(argument: &Argument, found: &mut BTreeSet<&'static str>) {
        match argument {
            Argument::Message(message) => ids(message, found),
            Argument::List(_, parts) => parts.iter().for_each(|part| of(part, found)),
            Argument::Text(_) | Argument::Count(_) => {}
        }
    }
    found.insert(message.id);
    for (_, argument) in &message.arguments {
        of(argument, found);
    }
}

/// Texts that are no sound specs, and which no file of `err` is like.
const WRONG: [&str; 12] = [
    "inherits = \"resnet18\"\nblocks = [2, 2, 2]",
    "inherits = \"resnet18\"\nact = { kind = \"prelu\", weights = 3 }",
    "inherits = \"resnet18\"\nstrides = [1, 2, 2, [1, 2, 3]]",
    "inherits = \"resnet18\"\nwith = { width = 3 }",
    "inherits = \"resnet50\"\nwith = { bsae_width = 3 }",
    "inherits = \"resnet18\"\ntitle = 1979-05-27",
    "inherits = \"resnet18\"\nclasses = 9999999999999999999999",
    "inherits = \"resnet18\"\nfunctional_relu = \"yes\"",
    "inherits = \"resnet18\"\nblock = \"bottelneck\"\nshortcut = \"zzz\"\nattention = \"qqq\"",
    "inherits = \"resnet18\"\nstem = { layers = [{ conv = \"c\", kernel = \"max(1)\", out = 64 }] }",
    "inherits = \"nowhere\"",
    "title = \"a\"\ntitle = \"b\"",
];

#[test]
fn no_problem_has_a_word_of_another_language() {
    let mut all: Vec<Problem> = specs("err")
        .iter()
        .flat_map(|path| problems(path))
        .collect();
    let text = include_str!("../../architectures/imagenet/resnet50.toml");
    let cuts = (0..text.len()).filter(|&end| text.is_char_boundary(end));
    let cut = cuts.map(|end| text[..end].to_owned());
    let idle = IDLE.map(|(text, _)| format!("inherits = \"resnet18\"\n{text}"));
    let wrong = WRONG.map(str::to_owned);
    for text in cut.chain(idle).chain(wrong) {
        let model = open_text("cut.toml", &text, &Overrides::default());
        all.extend(check::check(&model));
    }
    let mut found = BTreeSet::new();
    let mut reached = BTreeSet::new();
    for message in all.iter().flat_map(said) {
        ids(message, &mut reached);
        let chinese = Language::CHINESE.say(message);
        let words = left(&chinese);
        if !words.is_empty() {
            found.insert(format!("{words:?}: {chinese}"));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(reached.len() > 190, "{} texts are reached", reached.len());
    assert!(!reached.contains(Message::FOREIGN), "a text without an id");
}

#[test]
fn no_chinese_text_of_problems_has_a_word_of_another_language() {
    let about = [
        "problem-",
        "help-",
        "why-",
        "fix-",
        "size-",
        "kind-",
        "word-",
        "expr-",
        "toml-",
        "legality-",
    ];
    let mut count = 0;
    for entry in entries("zh") {
        if !about.iter().any(|begin| entry.id.starts_with(begin)) {
            continue;
        }
        count += 1;
        let (_, text) = entry.source.split_once('=').expect("a text");
        let mut plain = String::new();
        let mut depth = 0;
        for letter in text.chars() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                letter if depth == 0 => plain.push(letter),
                _ => {}
            }
        }
        assert_eq!(left(&plain), [""; 0], "{}: {text}", entry.id);
    }
    assert!(count > 350, "{count}");
}
