//! Promise: a lesson works in a pipe, saves the answers, and loses nothing if its file is damaged or newer.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use resnet_explore::lesson::evaluate::World;
use resnet_explore::lesson::{Lesson, Query, Value, course, look};
use resnet_explore::text::Language;

fn lessons(language: Language) -> Vec<Lesson> {
    course::lessons(language).expect("lessons")
}

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

/// Output of a command, in a language.
fn printed(command: &str, language: &str) -> String {
    let words = command.split(' ').skip(1);
    let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .args(words)
        .args(["--lang", language])
        .output()
        .expect("the binary runs");
    // A museum piece is shown up to its fault.
    let is_check = command.contains(" check ") || command.contains("museum:");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() || is_check, "{command}: {errors}");
    assert_ne!(output.status.code(), Some(2), "{command}: {errors}");
    String::from_utf8_lossy(&output.stdout).into_owned() + &errors
}

/// Whether an output has a value as a word.
fn has_word(printed: &str, value: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || "_,.#×".contains(letter);
    let mut places = printed.match_indices(value);
    places.any(|(at, _)| {
        let before = printed[..at].chars().next_back();
        let after = printed[at + value.len()..].chars().next();
        !before.is_some_and(is_part)
            && !after.is_some_and(|letter| is_part(letter) && !",.".contains(letter))
    })
}

/// Whether a line that begins with a word has a number so close to a value.
fn has_number(printed: &str, begin: &str, value: f64, within: f64) -> bool {
    let mut lines = printed
        .lines()
        .filter(|line| line.trim_start().starts_with(begin));
    lines.any(|line| {
        let sign = |letter: char| letter.is_ascii_digit() || ".-e".contains(letter);
        let numbers = line.split(|letter| !sign(letter));
        let mut numbers = numbers.filter_map(|word| word.parse::<f64>().ok());
        numbers.any(|number| (number - value).abs() <= within)
    })
}

/// Words by which an output is read, in one language.
struct Words {
    name: &'static str,
    ratio: &'static str,
    average_pool: &'static str,
    main: &'static str,
    all: &'static str,
    /// Row and column of a cell, with the number as `#`.
    cell: [&'static str; 2],
}

const WORDS: [(Language, Words); 2] = [
    (
        Language::ENGLISH,
        Words {
            name: "en",
            ratio: "Gradient of the first",
            average_pool: "average pool",
            main: "main path",
            all: "all ",
            cell: ["row # of", "column # of"],
        },
    ),
    (
        Language::CHINESE,
        Words {
            name: "zh",
            ratio: "第一个残差块",
            average_pool: "平均池化",
            main: "主分支",
            all: "所有",
            cell: ["第 # 行", "第 # 列"],
        },
    ),
];

/// Whether an output shows what a question asks for, in the words that the command has for it; each number, if it asks for a calculation.
fn is_shown(world: &World, query: &Query, printed: &str, own: &Words) -> bool {
    let (function, words) = match query {
        Query::Number(_) => return true,
        Query::Join(left, _, right) => {
            return is_shown(world, left, printed, own) && is_shown(world, right, printed, own);
        }
        Query::Call(function, words) => (function.as_str(), words),
    };
    let truth = world.answer(query).expect("an answer");
    let number = if let Value::Number(number) = truth {
        number
    } else {
        f64::NAN
    };
    let text = truth.text();
    let layer = words[0].split_once('.').map_or("", |(_, layer)| layer);
    // The last column of a layer's row has the layers whose outputs it takes.
    let takes = |reader: &str, from: &str| {
        let mut rows = printed.lines().map(|line| line.split_whitespace());
        rows.any(|mut row| row.next() == Some(reader) && row.any(|word| word == from))
    };
    match function {
        "successor" => text.split(", ").all(|reader| takes(reader, layer)),
        "predecessor" => text.split(", ").all(|from| takes(layer, from)),
        "window" => {
            let side = |side: &str| format!("×{side}×{side}");
            let mut rows = printed.lines();
            rows.any(|row| row.contains(&side(&words[0])) && row.contains(&side(&text)))
        }
        "count" => printed
            .lines()
            .next_back()
            .is_some_and(|line| has_word(line, &text)),
        "block" => printed.contains(&format!("× {text} ")),
        "shortcut" => {
            let mut rows = printed.lines();
            rows.any(|row| row.contains(layer) && row.contains(own.average_pool))
        }
        "lesion" => {
            let rows = printed.lines().filter(|row| {
                let main = row.contains(own.main);
                let is_own = !layer.is_empty() && has_word(row, layer);
                let is_all = layer.is_empty() && row.trim_start().starts_with(own.all);
                (is_own || is_all) && main == (words[1] == "main")
            });
            rows.filter(|row| row.contains(&format!(" {text}/")))
                .count()
                == 1
        }
        "looks" => {
            let cell = own.cell[usize::from(words[2] == "column")];
            printed.contains(&cell.replace('#', &text))
        }
        "trained" => has_number(printed, "resnet", number, 0.06),
        // To the last of the four digits that are printed: both calculate in f64.
        "gradient" => has_number(printed, own.ratio, number, number / 2000.0),
        "bn_distance" => has_number(printed, &format!("{} ", words[1]), number, 1e-3),
        "bn" if words[1].starts_with("normalized") => has_number(printed, "x̂ ", number, 1e-3),
        "bn" => has_number(printed, "", number, 1e-5),
        "preprocess" => printed.contains(&text),
        _ => has_word(printed, &text),
    }
}

/// Questions without a command: their networks are the lesson's own, which only the explorer opens.
const OWN: [&str; 2] = ["fault(no_projection)", "fault(padded)"];

#[test]
fn the_command_beside_each_question_runs_and_shows_the_answer() {
    for (language, words) in WORDS {
        let mut outputs = std::collections::BTreeMap::<String, String>::new();
        let (mut count, mut without, mut hidden) = (0, Vec::new(), Vec::new());
        for own in lessons(language) {
            for step in &own.steps {
                count += 1;
                let Some(command) = look::command(&own, step) else {
                    without.push(step.query_text.clone());
                    continue;
                };
                // Minutes without optimisations: the networks of 56 layers, and more than one epoch.
                if command.contains("56_digits --data") || command.contains("--epochs 3") {
                    continue;
                }
                let text = outputs
                    .entry(command.clone())
                    .or_insert_with(|| printed(&command, words.name));
                // A class is shown in the learner's words; other answers are numbers and names.
                let is_shown =
                    if language != Language::ENGLISH && step.query_text.starts_with("top(") {
                        let truth = own.world.answer(&step.query).expect("an answer");
                        text.contains(&step.shown(&truth))
                    } else {
                        is_shown(&own.world, &step.query, text, &words)
                    };
                if !is_shown {
                    hidden.push(format!("{}: {command}", step.query_text));
                }
            }
        }
        assert!(
            count > 80 && outputs.len() > 40,
            "{count}, {}",
            outputs.len()
        );
        assert!(hidden.is_empty(), "{}: {hidden:#?}", words.name);
        assert_eq!(without, OWN);
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
