//! Promise: a lesson works in a pipe, saves the answers, and loses nothing if its file is damaged or newer.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use resnet_explore::lesson::Query;

fn lesson(state: &Path, words: &[&str], typed: &str) -> (String, String, i32) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .arg("lesson")
        .args(words)
        .env("XDG_STATE_HOME", state)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    // The program may end before it has read everything.
    let _ = child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(typed.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (
        text(output.stdout),
        text(output.stderr),
        output.status.code().expect("no signal"),
    )
}

#[test]
fn a_lesson_is_answered_in_a_pipe_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let (out, err, code) = lesson(
        folder.path(),
        &["stem"],
        "no shape\n\n64x55x55\n?\n64x112x112\nc\n64\n0\n",
    );
    assert_eq!((err.as_str(), code), ("", 0), "{out}");
    for words in [
        "This is not a shape",
        "No answer was typed",
        "Not quite.",
        "Hint: Each kernel makes one channel",
        "Correct answers: 3 / 3",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let (out, ..) = lesson(folder.path(), &["--list"], "");
    assert!(out.contains("3 / 3"), "{out}");
    let file = folder.path().join("answers.csv");
    let (.., code) = lesson(
        folder.path(),
        &["--export", file.to_str().expect("UTF-8")],
        "",
    );
    assert_eq!(code, 0);
    let text = std::fs::read_to_string(file).expect("written");
    assert!(
        text.contains("stem,1,shape(resnet50.conv1),64x112x112,64×112×112,true,2,true"),
        "{text}"
    );
    let (out, ..) = lesson(
        folder.path(),
        &["stem", "--lang", "zh"],
        "６４×１１２×１１２\n",
    );
    assert!(out.contains("正确。") && out.contains("已离开"), "{out}");
    let (_, err, code) = lesson(folder.path(), &["stam"], "");
    assert!(code == 2 && err.contains("did you mean `stem`?"), "{err}");
}

#[test]
fn a_damaged_file_is_kept_aside_and_a_newer_one_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("resnet-explore");
    std::fs::create_dir_all(&own).expect("a folder");
    let file = own.join("lessons.json");
    std::fs::write(&file, "{\"version\": 1, \"ans").expect("written");
    let (_, err, code) = lesson(folder.path(), &["parameters"], "147456\n0\n");
    assert!(
        code == 0 && err.contains("is damaged") && err.contains("lessons.damaged-1.json"),
        "{err}"
    );
    assert_eq!(
        std::fs::read_to_string(own.join("lessons.damaged-1.json")).expect("kept"),
        "{\"version\": 1, \"ans"
    );
    assert!(
        std::fs::read_to_string(&file)
            .expect("new")
            .contains("147,456")
    );
    let newer = "{\"version\": 99, \"other\": true}";
    std::fs::write(&file, newer).expect("written");
    let (_, err, code) = lesson(folder.path(), &["parameters"], "147456\n0\n");
    assert!(code == 0 && err.contains("newer version"), "{err}");
    assert_eq!(std::fs::read_to_string(&file).expect("as it was"), newer);
}

/// File of answers as it was while questions had numbers: those of an earlier course, those of the last one to write numbers,
/// and some that no course had.
const NUMBERED: &str = include_str!("data/lessons-numbered.json");

#[test]
fn answers_under_numbers_are_read_and_none_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("resnet-explore");
    std::fs::create_dir_all(&own).expect("a folder");
    let file = own.join("lessons.json");
    std::fs::write(&file, NUMBERED).expect("written");
    let (out, err, code) = lesson(folder.path(), &["--list"], "");
    assert_eq!((err.as_str(), code), ("", 0), "{out}");
    let score = |id: &str| {
        let row = out.lines().find(|line| line.trim_start().starts_with(id));
        row.unwrap_or_default().trim_end().to_owned()
    };
    // Both questions of the earlier course are asked today under other numbers.
    assert!(score("residuals").ends_with("2 / 4"), "{out}");
    assert!(score("family").ends_with("2 / 4"), "{out}");
    // The question under this number is another one today, and is not answered.
    assert!(score("operations").ends_with("1 / 3"), "{out}");
    assert!(out.contains("1 of 15 mistakes corrected"), "{out}");
    assert!(out.contains("1 question to review"), "{out}");
    let (out, ..) = lesson(folder.path(), &["review"], "64x112x112\n");
    assert!(out.contains("Correct answers: 1 / 1"), "{out}");
    let read = |text: &str| -> serde_json::Value { serde_json::from_str(text).expect("JSON") };
    let (before, after) = (
        read(NUMBERED),
        read(&std::fs::read_to_string(&file).expect("kept")),
    );
    assert_eq!(
        (&before["version"], &after["version"]),
        (&1.into(), &2.into())
    );
    let answers = |file: &serde_json::Value, lesson: &str| {
        let answers = file["answers"][lesson].as_object().cloned();
        answers.unwrap_or_default()
    };
    for (id, own) in before["answers"].as_object().expect("lessons") {
        let kept = answers(&after, id);
        for answer in own.as_object().expect("answers").values() {
            let is_it = |kept: &&serde_json::Value| kept["truth"] == answer["truth"];
            assert!(kept.values().any(|kept| is_it(&kept)), "{id}: {answer}");
        }
    }
    let residuals = answers(&after, "residuals");
    let names: Vec<&str> = residuals.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["count(resnet34, Add)", "successor(resnet34.maxpool)"]
    );
    // An unknown number or lesson stays as it was, and a question that is no longer asked has its former name.
    assert!(answers(&after, "stem").contains_key("9"));
    assert!(answers(&after, "tomorrow").contains_key("1"));
    let operations = answers(&after, "operations");
    assert!(operations.contains_key("macs(resnet50, \"fvcore\") > macs(resnet50)"));
}

#[test]
fn what_was_wrong_comes_back_in_the_review_and_a_redo_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (out, _, code) = lesson(folder.path(), &["review"], "");
    assert!(code == 0 && out.contains("No question to review"), "{out}");
    lesson(
        folder.path(),
        &["parameters"],
        "16384\n147456\n0\n2049000\n",
    );
    let (out, ..) = lesson(folder.path(), &["--list"], "");
    assert!(out.contains("1 question to review"), "{out}");
    let (out, ..) = lesson(folder.path(), &["review"], "147456\n");
    assert!(
        out.contains("layer2.0.conv2 is 3×3") && out.contains("Correct answers: 1 / 1"),
        "{out}"
    );
    let (out, ..) = lesson(folder.path(), &["review"], "");
    assert!(out.contains("No question to review"), "{out}");
    // Wrong when it is done again: the right answer stays, and the question comes back.
    lesson(folder.path(), &["parameters"], "1\n1\n1\n");
    let (out, ..) = lesson(folder.path(), &["--list"], "");
    assert!(
        out.contains("3 / 3") && out.contains("1 question to review"),
        "{out}"
    );
}

#[test]
fn a_wrong_answer_is_told_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let (out, ..) = lesson(folder.path(), &["stem"], "64x224x224\nq\n");
    assert!(
        out.contains("Not quite. Padding 3 alone would keep the size"),
        "{out}"
    );
    let (out, ..) = lesson(folder.path(), &["residuals", "--lang", "zh"], "a\nq\n");
    assert!(out.contains("不太对。这里没有加法"), "{out}");
}

/// Functions whose value the command beside a question prints as it is.
const PRINTED: [&str; 16] = [
    "shape",
    "params",
    "buffers",
    "macs",
    "op",
    "padding",
    "stride",
    "groups",
    "paper_name",
    "downsample",
    "depth",
    "fault",
    "caught",
    "top",
    "preprocess",
    "residual",
];

#[test]
fn the_command_beside_each_question_runs_and_shows_the_answer() {
    let mut commands = std::collections::BTreeMap::<String, Vec<String>>::new();
    for own in resnet_explore::lesson::course::lessons(resnet_explore::text::Language::ENGLISH)
        .expect("lessons")
    {
        for step in &own.steps {
            let Some(command) = resnet_explore::lesson::look::command(&own, step) else {
                continue;
            };
            let shown = commands.entry(command).or_default();
            if let Query::Call(function, _) = &step.query
                && PRINTED.contains(&function.as_str())
            {
                shown.push(own.world.answer(&step.query).expect("an answer").text());
            }
        }
    }
    assert!(commands.len() > 30, "{commands:?}");
    for (command, shown) in commands {
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        // Trainings differ in the network and the length alone; the shortest is run.
        if words[0] == "train" && (words[1] != "resnet8_digits" || words.last() != Some(&"1")) {
            continue;
        }
        let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
            .args(&words)
            .env("LANG", "C")
            .output();
        let output = output.expect("the binary runs");
        assert!(
            output.status.success() || words[0] == "check",
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert_ne!(output.status.code(), Some(2), "{command}");
        let printed =
            String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        for value in shown {
            assert!(printed.contains(&value), "{command} does not show {value}");
        }
    }
}

/// A `lesson fix` that runs, and what it has printed so far.
struct Fixing {
    child: std::process::Child,
    printed: std::sync::Arc<std::sync::Mutex<String>>,
}

impl Fixing {
    fn start(state: &Path, folder: &Path, piece: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
            .args(["lesson", "fix", piece, "--lang", "en", "--folder"])
            .arg(folder)
            .env("XDG_STATE_HOME", state)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut out = child.stdout.take().expect("a pipe");
        let printed = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
        let all = std::sync::Arc::clone(&printed);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = std::io::Read::read(&mut out, &mut bytes) {
                *all.lock().expect("a text") += &String::from_utf8_lossy(&bytes[..count]);
            }
        });
        Self { child, printed }
    }

    fn waits_for(&self, words: &str) -> String {
        for _ in 0..600 {
            let text = self.printed.lock().expect("a text").clone();
            if text.contains(words) {
                return text;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{words}: {}", self.printed.lock().expect("a text"));
    }

    fn types(&mut self, line: &str) {
        let stdin = self.child.stdin.as_mut().expect("a pipe");
        writeln!(stdin, "{line}").expect("it listens");
    }
}

#[test]
fn an_exercise_is_watched_until_it_is_fixed_and_keeps_the_edits() {
    let state = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let mut fixing = Fixing::start(state.path(), folder.path(), "one_downsample");
    let text = fixing.waits_for("downsamples only");
    assert!(
        !text.contains("help:"),
        "the fix is not told unasked: {text}"
    );
    let file = folder.path().join("fix03.toml");
    let first = std::fs::read_to_string(&file).expect("the exercise");
    assert!(
        !first.contains("Rule:") && !first.contains("title"),
        "{first}"
    );
    fixing.types("h");
    fixing.waits_for("Hint: Which condition");
    fixing.types("h");
    fixing.waits_for("strides = [1, 2, 2, 2]");
    std::fs::write(&file, "no spec [").expect("written");
    fixing.waits_for("syntax");
    // Without problems, and another network.
    std::fs::write(&file, "inherits = \"resnet18\"\n").expect("written");
    fixing.waits_for("No problems found, but");
    std::fs::write(&file, first.replace("[2, 1, 1, 1]", "[1, 2, 2, 2]")).expect("written");
    let text = fixing.waits_for("✓ Fixed");
    assert!(
        text.contains("instead of its stage") || text.contains("not of its stage"),
        "{text}"
    );
    // Starting again keeps the learner's version.
    fixing.types("r");
    fixing.waits_for("fix03.mine-1.toml");
    let mine = std::fs::read_to_string(folder.path().join("fix03.mine-1.toml")).expect("kept");
    assert!(mine.contains("[1, 2, 2, 2]"));
    fixing.types("q");
    fixing.child.wait().expect("it ends");
    let (out, ..) = lesson(state.path(), &["--list"], "");
    assert!(out.contains("1 of 15 mistakes corrected"), "{out}");
}

#[test]
fn an_exercise_that_is_interrupted_keeps_its_file() {
    let state = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let mut fixing = Fixing::start(state.path(), folder.path(), "1");
    fixing.waits_for("layer1.0.add");
    let file = folder.path().join("fix01.toml");
    std::fs::write(&file, "# mine\ninherits = \"resnet50\"\n").expect("written");
    fixing.waits_for("✓ Fixed");
    fixing.child.kill().expect("it runs");
    fixing.child.wait().expect("it ends");
    // It goes on with the next one, and leaves the file alone.
    let again = Fixing::start(state.path(), folder.path(), "1");
    again.waits_for("✓ Fixed");
    drop(again.child.stdin);
    assert!(
        std::fs::read_to_string(&file)
            .expect("there")
            .starts_with("# mine")
    );
}

#[test]
fn every_exercise_can_be_fixed_by_the_advice_of_the_check() {
    use resnet_explore::lesson::exercise::{Exercise, State};
    use resnet_explore::lower::Overrides;
    use resnet_explore::report::checks::check::fix_all;
    let lessons = resnet_explore::lesson::course::lessons(resnet_explore::text::Language::ENGLISH)
        .expect("lessons");
    let exercises = Exercise::all(&lessons);
    assert!(exercises.len() >= 12);
    for exercise in exercises {
        let name = exercise.file();
        assert!(
            matches!(exercise.judge(&name, &exercise.written()), State::Faulty(_)),
            "{}",
            exercise.piece
        );
        assert!(
            !exercise.hint.is_empty() && exercise.advice().is_some(),
            "{}",
            exercise.piece
        );
        let fixed = fix_all(
            &name,
            &exercise.written(),
            &Overrides::default(),
            resnet_explore::spec::Severity::Note,
        );
        assert_eq!(
            exercise.judge(&name, &fixed.text),
            State::Fixed,
            "{}: {}",
            exercise.piece,
            fixed.text
        );
    }
}
