//! Promise: a wrong spec is reported in full, each problem with its place, the text underlined and the fix.
//!
//! Each file of `tests/specs/err` has its exact report next to it; `UPDATE_EXPECT=1` rewrites the reports.

#[path = "specs/chinese.rs"]
mod chinese;
#[path = "specs/every_key.rs"]
mod every_key;
#[path = "specs/idle.rs"]
mod idle;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use resnet_explore::lower::{Overrides, open, open_text};
use resnet_explore::report::{checks::check, checks::snippet};
use resnet_explore::spec::{Problem, Severity, has_errors};
use resnet_explore::text::{Language, Message};

/// A text as English speakers read it.
fn english(message: &Message) -> String {
    Language::ENGLISH.say(message)
}

fn specs(folder: &str) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(Path::new("tests/specs").join(folder))
        .expect("the folder is in the repository")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    paths.sort();
    paths
}

fn problems(path: &Path) -> Vec<Problem> {
    match open(&path.to_string_lossy(), &Overrides::default()) {
        Ok(model) => check::check(&model),
        Err(problems) => problems,
    }
}

fn report(problems: &[Problem]) -> String {
    let texts: Vec<_> = problems
        .iter()
        .map(|problem| snippet::render(problem, snippet::Style::Plain, Language::ENGLISH))
        .collect();
    texts.join("\n\n") + "\n"
}

#[test]
fn every_broken_spec_has_its_exact_report() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let paths = specs("err");
    assert!(paths.len() >= 40);
    let mut wrong = Vec::new();
    for path in paths {
        let problems = problems(&path);
        assert!(has_errors(&problems), "{} must fail", path.display());
        for problem in &problems {
            let message = &problem.message;
            assert!(
                problem.place.is_some(),
                "{}: no place: {message}",
                path.display()
            );
            assert!(
                problem.help.is_some(),
                "{}: no fix: {message}",
                path.display()
            );
        }
        let found = report(&problems);
        let expected_path = path.with_extension("txt");
        if update {
            fs::write(&expected_path, &found).expect("the report is written");
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "reports differ:\n{}", wrong.join("\n"));
}

#[test]
fn every_sound_spec_has_no_error() {
    let paths = specs("ok");
    assert!(paths.len() >= 3);
    for path in paths {
        let problems = problems(&path);
        assert!(
            !has_errors(&problems),
            "{}:\n{}",
            path.display(),
            report(&problems)
        );
    }
}

/// Messages for a file with these bytes.
fn messages(bytes: &[u8]) -> Vec<String> {
    let mut file = tempfile::Builder::new()
        .suffix(".toml")
        .tempfile()
        .expect("a file");
    file.write_all(bytes).expect("written");
    problems(file.path())
        .into_iter()
        .map(|problem| {
            assert_eq!(problem.severity, Severity::Error);
            english(&problem.message)
        })
        .collect()
}

#[test]
fn what_is_no_spec_is_refused_in_words() {
    assert_eq!(messages(b"title = \"caf\xe9\"\n"), ["byte 12 is not UTF-8"]);
    assert_eq!(messages(b"  \n"), ["the file is empty"]);
    let large = messages(&vec![b'#'; 50 << 20]);
    assert_eq!(large.len(), 1);
    assert!(large[0].ends_with("is larger than 1024 KiB"), "{large:?}");
    let nested = format!("a = {}1{}", "{b = ".repeat(300), "}".repeat(300));
    let found = messages(nested.as_bytes());
    assert!(found[0].contains("nested too deep"), "{found:?}");
    let brackets = format!("[{}]\n", vec!["a"; 300].join("."));
    assert!(!messages(brackets.as_bytes()).is_empty());

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.toml");
    fs::create_dir(&path).expect("a directory with a spec's name");
    assert!(report(&problems(&path)).contains("is a directory, not a spec"));
    assert!(report(&problems(&folder.path().join("none.toml"))).contains("cannot be read"));
}

#[test]
fn a_spec_with_a_fault_still_gives_the_network_up_to_it() {
    let model = open(
        "tests/specs/err/missing_projection.toml",
        &Overrides::default(),
    )
    .expect("a network");
    assert!(has_errors(&model.problems));
    let whole = open("resnet50", &Overrides::default()).expect("a shipped network");
    // Without the projection of stage 1, two layers are missing, and everything else is there.
    assert_eq!(model.network.len(), whole.network.len() - 2);
}

#[test]
fn every_truncation_of_a_spec_is_answered_without_a_panic() {
    let text = include_str!("../architectures/imagenet/resnet50.toml");
    for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
        let model = open_text("cut.toml", &text[..end], &Overrides::default());
        let _ = report(&check::check(&model));
    }
}

mod mutations {
    //! Damaged specs, derived from a sound one by a seeded generator.

    use super::{check, open_text, report};
    use proptest::prelude::*;
    use resnet_explore::lower::Overrides;

    const TEXT: &str = include_str!("../architectures/blocks/bottleneck.toml");
    const PIECES: [&str; 14] = [
        "0",
        "-1",
        "\"",
        "{",
        "]",
        "9223372036854775807",
        "\"4 * in / 0\"",
        "stride",
        "= ",
        "\n",
        "é",
        "[[a]]",
        "1e300",
        "inherits = \"resnet50\"\n",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

        #[test]
        fn never_panic(at in 0..TEXT.len(), cut in 0..12_usize, piece in 0..PIECES.len()) {
            let floor = |mut at: usize| { while !TEXT.is_char_boundary(at) { at -= 1; } at };
            let (start, end) = (floor(at), floor((at + cut).min(TEXT.len())).max(floor(at)));
            let block = format!("{}{}{}", &TEXT[..start], PIECES[piece], &TEXT[end..]);
            let spec = format!("inherits = \"resnet50\"\nblock = \"own\"\n[define.blocks.own]\n{block}")
                .replace("[parameters]", "[define.blocks.own.parameters]");
            let model = open_text("mutated.toml", &spec, &Overrides::default());
            let _ = report(&check::check(&model));
        }
    }
}

#[test]
fn a_small_file_that_means_a_huge_network_is_refused() {
    let layers = vec!["{ act = \"relu\" }"; 15_000].join(", ");
    let blocks = "blocks = [4000, 4000, 4000, 4000]";
    let long = "a".repeat(100_000);
    let cases = [
        (
            format!(
                "inherits = \"resnet18\"\nblock = \"b\"\n{blocks}\n[define.blocks.b]\nout = \"width\"\nshortcut = \"identity\"\nmain = [{layers}]\n"
            ),
            "the network has more than 262144 layers",
        ),
        (
            format!(
                "inherits = \"resnet18\"\n{blocks}\nnames = {{ block = \"{long}{{stage}}.{{block}}\" }}\n"
            ),
            "it has more than 200 characters",
        ),
        (
            format!(
                "inherits = \"resnet18\"\n[stem]\nlayers = [{{ conv = \"{long}\", kernel = 3, out = 64 }}]\n"
            ),
            "a layer's path has more than 512 bytes",
        ),
    ];
    for (text, message) in cases {
        let found = messages(text.as_bytes());
        assert!(
            found.iter().any(|found| found.contains(message)),
            "{message}: {found:?}"
        );
    }
}

/// Rule, line and column of an error.
type Found = (&'static str, usize, usize);

/// Specs as people write them, with the place and rule of the first error, where there is one.
const AS_WRITTEN: [(&str, Option<Found>); 37] = [
    ("RSIGNAL_3_0", None),
    ("asym", None),
    ("clip_rn50", None),
    ("crash1x1", None),
    ("d2_r50_dc5", None),
    ("ecg", None),
    ("enc_spec", None),
    ("even_kernel", Some(("shapes", 6, 3))),
    ("fixup", None),
    ("fzb127", None),
    ("gn", None),
    ("gray", None),
    ("grey", None),
    ("hf_r18", None),
    ("in12b", None),
    ("iresnet50", Some(("unit", 10, 65))),
    ("kuangliu18", None),
    ("mini_att", Some(("unit", 4, 38))),
    ("mlphead2", None),
    ("names", Some(("unique-paths", 2, 19))),
    ("nonorm", None),
    ("noplace", Some(("stages", 2, 9))),
    ("norm_missing", None),
    ("own_prefix", None),
    ("pool", None),
    ("prefix", Some(("stage-paths", 3, 11))),
    ("resnest4", None),
    ("seq_r18", None),
    ("silu", None),
    ("srresnet", Some(("value", 9, 67))),
    ("stem1x1", None),
    ("timm50d_os8b", None),
    ("tiny", None),
    ("title_nn", None),
    ("wide50", None),
    ("with0", Some(("size", 2, 23))),
    ("wrn_dropout", None),
];

#[test]
fn specs_as_people_write_them_are_read_or_refused_at_their_line() {
    let folder = Path::new("tests/data/specs");
    let files = fs::read_dir(folder).expect("the folder is in the repository");
    assert_eq!(files.count(), AS_WRITTEN.len());
    for (name, expected) in AS_WRITTEN {
        let path = folder.join(format!("{name}.toml"));
        let found = problems(&path);
        let first = found
            .iter()
            .find(|problem| problem.severity == Severity::Error);
        let place = |problem: &Problem| problem.place.as_ref().map(ToString::to_string);
        let found = first.map(|problem| (problem.rule, place(problem)));
        let at = expected.map(|(rule, line, column)| {
            (rule, Some(format!("{}:{line}:{column}", path.display())))
        });
        assert_eq!(found, at, "{name}");
    }
}
