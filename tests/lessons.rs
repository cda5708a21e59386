//! Promise: every lesson is sound: it can be parsed, the tool can answer every question, a choice has one right option, the
//! statements on the pages are the tool's results, both languages ask the same, and every claim of the blog-style explanation
//! is decided.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use resnet_explore::lesson::{Kind, Lesson, Query, Slip, Step, Value, World, course};
use resnet_explore::spec::Problem;
use resnet_explore::text::Language;

fn lessons(language: Language) -> Vec<Lesson> {
    course::lessons(language).unwrap_or_else(|problems| {
        let notice: Vec<_> = problems
            .iter()
            .map(|problem| format!("{:?}: {}", problem.place, problem.message))
            .collect();
        panic!("{notice:#?}")
    })
}

/// Whether a text states that a query gives about this number, `QUERY` ≈ **VALUE**: within a fifth.
fn is_about(value: &str, found: &str) -> bool {
    let [value, found] = [value, found].map(|text| text.replace(',', "").parse::<f64>());
    matches!((value, found), (Ok(value), Ok(found)) if (value - found).abs() <= 0.2 * found.abs())
}

/// `QUERY` = **VALUE** in a text, and `QUERY` ≈ **VALUE** as `≈VALUE`.
fn statements(text: &str) -> Vec<(String, String)> {
    let about = text.replace("` ≈ **", "` = **≈");
    let parts: Vec<&str> = about.split("` = **").collect();
    let pairs = parts.windows(2).filter_map(|pair| {
        let (_, query) = pair[0].rsplit_once('`')?;
        let (value, _) = pair[1].split_once("**")?;
        Some((query.to_owned(), value.to_owned()))
    });
    pairs.collect()
}

/// Whether a query takes minutes in a build without optimisations, which checks the others: a training, or a pass for each lesion.
fn is_long(query: &str) -> bool {
    let is_slow = ["trained(", "lesion("]
        .iter()
        .any(|name| query.contains(name));
    cfg!(debug_assertions) && is_slow
}

#[test]
fn every_question_is_answered_as_its_page_says_and_a_choice_has_one_right_option() {
    let mut wrong = BTreeSet::new();
    for language in Language::all() {
        for lesson in lessons(language) {
            for (number, step) in (1..).zip(&lesson.steps) {
                let place = format!("{} {}.{number}", language.code(), lesson.id);
                if is_long(&step.query_text) {
                    continue;
                }
                let truth = match lesson.world.answer(&step.query) {
                    Ok(truth) => truth,
                    Err(error) => {
                        wrong.insert(format!("{place}: {error}"));
                        continue;
                    }
                };
                let notice = statements(&step.why);
                let about = |value: &str| value.strip_prefix('≈').map(str::to_owned);
                let says = |found: &str, value: &str| match about(value) {
                    Some(value) => is_about(&value, found),
                    None => value == found,
                };
                let own = |(query, value): &(String, String)| {
                    *query == step.query_text && says(&truth.text(), value)
                };
                if !notice.iter().any(own) {
                    wrong.insert(format!(
                        "{place} `{}` = **{}**",
                        step.query_text,
                        truth.text()
                    ));
                }
                for (query, value) in notice {
                    let query = Query::parse(&query).expect("a query");
                    let found = lesson.world.answer(&query).expect("an answer").text();
                    if !says(&found, &value) {
                        wrong.insert(format!("{place}: {query:?} is {found}"));
                    }
                }
                let right = step.key().map(|at| step.options[at].0.as_str());
                if step.kind == Kind::Choice && step.option_of(&truth) != right {
                    wrong.insert(format!(
                        "{place}: {} is not the option without a reason",
                        truth.text()
                    ));
                }
                let slipped = |slip: &Slip| step.is_right(&slip.value, &truth);
                if step.slips.iter().any(slipped) {
                    wrong.insert(format!(
                        "{place}: a right answer has a reason why it is wrong"
                    ));
                }
                if step.kind != Kind::Choice {
                    let read = step
                        .kind
                        .read(&truth.text())
                        .expect("its own words are read");
                    assert!(step.is_right(&read, &truth) || step.within > 0.0, "{place}");
                }
                assert!(!step.hint.is_empty() && step.view.is_some(), "{place}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn both_languages_ask_the_same() {
    let notice = |language| -> Vec<_> {
        lessons(language)
            .into_iter()
            .map(|lesson| {
                let steps = lesson.steps.iter().map(|step| {
                    let values: Vec<_> = step.options.iter().map(|(is, _)| is.clone()).collect();
                    (
                        step.query_text.clone(),
                        step.kind,
                        values,
                        step.within.to_bits(),
                    )
                });
                (lesson.id, lesson.claims, steps.collect::<Vec<_>>())
            })
            .collect()
    };
    assert_eq!(notice(Language::ENGLISH), notice(Language::CHINESE));
    assert!(notice(Language::ENGLISH).len() >= 12);
}

/// Ids of all claims of the blog-style explanation.
fn claims() -> BTreeSet<String> {
    let numbered = (1..=25).map(|number| format!("A{number}"));
    numbered
        .chain(["A21b".to_owned(), "A22b".to_owned()])
        .collect()
}

#[test]
fn every_claim_is_decided_once_and_in_words() {
    for language in Language::all() {
        let mut decided = BTreeMap::new();
        for lesson in lessons(language) {
            for (number, step) in (1..).zip(&lesson.steps) {
                for claim in &step.decides {
                    let place = format!("{}.{number}", lesson.id);
                    let before = decided.insert(claim.clone(), place);
                    assert_eq!(before, None, "{claim} is decided once");
                }
                let text = format!("{} {}", step.question, step.why);
                for claim in claims() {
                    let named =
                        text.contains(&format!("({claim}")) || text.contains(&format!("（{claim}"));
                    assert!(
                        !named,
                        "{}.{number} says {claim} instead of its words",
                        lesson.id
                    );
                }
            }
        }
        assert_eq!(decided.into_keys().collect::<BTreeSet<_>>(), claims());
    }
}

/// Every Rust file in some folders, without its indents.
fn code(mut folders: Vec<PathBuf>) -> String {
    let mut code = String::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(path).expect("a file");
                code.extend(text.lines().flat_map(|line| [line.trim_start(), "\n"]));
            }
        }
    }
    code
}

#[test]
fn the_table_of_claims_names_the_question_the_view_and_the_test_of_each() {
    let code = code(["src", "tests"].map(PathBuf::from).to_vec());
    for (language, page) in [
        (Language::ENGLISH, "docs/src/claims.md"),
        (Language::CHINESE, "docs/src/claims-zh.md"),
    ] {
        let page = std::fs::read_to_string(page).expect("the page");
        let mut expected = BTreeSet::new();
        for lesson in lessons(language) {
            for (number, step) in (1..).zip(&lesson.steps) {
                let view = step.view.as_ref().expect("a view");
                let shown = &view
                    .then
                    .as_ref()
                    .or(view.pane.as_ref())
                    .expect("a pane")
                    .value;
                let row =
                    |claim: &String| format!("| {claim} | `{}` {number} | {shown} |", lesson.id);
                expected.extend(step.decides.iter().map(row));
            }
        }
        let rows = page.lines().filter_map(|line| {
            let (row, test) = line[line.find("| A")?..].rsplit_once(" `")?;
            let test = test.strip_suffix("` |")?;
            let head = format!("#[test]\nfn {test}()");
            assert!(code.contains(&head), "{line}: there is no such test");
            Some(row.to_owned())
        });
        let rows: BTreeSet<String> = rows.collect();
        assert_eq!(rows, expected);
    }
}

#[test]
fn the_teachers_table_has_every_answer() {
    for (language, page) in [
        (Language::ENGLISH, "docs/src/teaching-answers.md"),
        (Language::CHINESE, "docs/src/teaching-answers-zh.md"),
    ] {
        let page = std::fs::read_to_string(page).expect("the page");
        for lesson in lessons(language) {
            let answers = (1..).zip(&lesson.steps).map(|(number, step)| {
                if let Some(at) = step.key() {
                    return format!("{number}: {}", ["a", "b", "c", "d"][at]);
                }
                let truth = lesson.world.answer(&step.query).expect("an answer");
                let truth = truth.text();
                match step.kind {
                    Kind::Place => format!("{number}: `{truth}`"),
                    _ => format!("{number}: {truth}"),
                }
            });
            let row = format!(
                "| `{}` | {} |",
                lesson.id,
                answers.collect::<Vec<_>>().join(" · ")
            );
            assert!(page.contains(&row), "{row}");
        }
        for lesson in ["residuals", "degradation", "shortcut"] {
            let lesson = lessons(language)
                .into_iter()
                .find(|own| own.id == lesson)
                .expect("it");
            let step = &lesson.steps[0];
            let Some(at) = step.key() else { continue };
            let letter = ["a", "b", "c", "d"][at];
            let row = format!("| `{}` 1 | {letter}) {} |", lesson.id, step.options[at].1);
            assert!(page.contains(&row), "{row}");
        }
    }
}

#[test]
fn a_key_cannot_be_guessed() {
    let lessons = lessons(Language::ENGLISH);
    let keys = lessons.iter().flat_map(|lesson| &lesson.steps);
    let keys: Vec<usize> = keys.filter_map(Step::key).collect();
    for letter in 0..4 {
        let share = keys.iter().filter(|key| **key == letter).count() as f64 / keys.len() as f64;
        assert!((0.15..0.35).contains(&share), "option {letter}: {share}");
    }
}

#[test]
fn a_wrong_answer_has_its_reason_and_an_option_its_words() {
    let lessons = lessons(Language::ENGLISH);
    let step = |id: &str, number: usize| {
        let lesson = lessons
            .iter()
            .find(|lesson| lesson.id == id)
            .expect("a lesson");
        &lesson.steps[number - 1]
    };
    let shape = step("stem", 1);
    let typed = shape.read("64x224x224").expect("a shape");
    assert!(
        shape
            .slip(&typed)
            .expect("a reason")
            .contains("the stride is 2")
    );
    assert_eq!(shape.slip(&shape.read("1x1x1").expect("a shape")), None);
    let range = step("degradation", 1);
    let truth = Kind::Number.read("9.8").expect("a number");
    assert!(range.is_right(&range.read("d").expect("an option"), &truth));
    assert!(!range.is_right(&range.read("b").expect("an option"), &truth));
    assert_eq!(range.shown(&truth), "9.8 (less than 25 %)");
    assert_eq!(range.words("9.8"), "9.8 (less than 25 %)");
    assert_eq!(
        step("residuals", 2).words("layer1.0.add"),
        "the addition alone"
    );
}

#[test]
fn no_two_wrong_answers_have_one_reason() {
    for language in Language::all() {
        let mut reasons = BTreeMap::new();
        for lesson in lessons(language) {
            for step in &lesson.steps {
                for slip in &step.slips {
                    let place = format!(
                        "{}: {} of {}",
                        lesson.id,
                        slip.value.text(),
                        step.query_text
                    );
                    if let Some(other) = reasons.insert(slip.reason.clone(), place.clone()) {
                        panic!("{place} and {other} have the same reason: {}", slip.reason);
                    }
                }
            }
        }
    }
}

#[test]
fn an_answer_is_named_in_words_and_its_explanation_does_not_repeat_the_result() {
    for language in Language::all() {
        for lesson in lessons(language) {
            for step in &lesson.steps {
                for (value, words) in &step.options {
                    assert_eq!(&step.shown(&Value::Text(value.clone())), words);
                }
                let why = step.why_alone();
                assert!(!why.starts_with(&format!("`{}`", step.query_text)), "{why}");
                assert!(!why.is_empty(), "{}", step.query_text);
            }
        }
    }
}

fn problems(text: &str) -> Vec<Problem> {
    Lesson::parse("x.md", text).expect_err("it is wrong")
}

#[test]
fn a_wrong_lesson_is_told_with_file_and_line() {
    let good = "<!-- lesson\nid = \"x\"\n-->\n# X\n\n<!-- ask\nquery = 'params(resnet50.conv1)'\nkind = \"number\"\n-->\nHow many?\n\n<details><summary>a</summary>\nhint\n</details>\n<details><summary>a</summary>\nwhy\n</details>\n<details><summary>a</summary>\n- `64`: the channels\n</details>\n";
    assert!(Lesson::parse("x.md", good).is_ok());
    for (from, to, line, words) in [
        ("resnet50.conv1", "resnet51.conv1", 7, "resnet51"),
        ("resnet50.conv1", "resnet50.conv9", 7, "no layer `conv9`"),
        ("params(", "parms(", 7, "no function `parms`"),
        ("\"number\"", "\"numbre\"", 8, "numbre"),
        ("kind =", "knd =", 8, "knd"),
        ("id = ", "name = ", 2, "name"),
        ("</details>", "", 6, "</details>"),
        ("hint", "", 6, "three parts"),
        ("- `64`: the channels", "64", 6, "not a wrong answer"),
        ("`64`: the", "`9,408`: the", 6, "what the tool finds"),
        (
            "id = \"x\"",
            "id = \"x\"\nclaims = [\"A3\"]",
            3,
            "no question decides the claim `A3`",
        ),
        ("kind =", "decides = [\"A3\"]\nkind =", 1, "does not name"),
    ] {
        let wrong = problems(&good.replace(from, to));
        let found = wrong.iter().any(|problem| {
            let place = problem.place.as_ref().expect("a place");
            place.to_string().starts_with(&format!("x.md:{line}:"))
                && Language::ENGLISH.say(&problem.message).contains(words)
        });
        assert!(found, "{to}: {wrong:?}");
    }
}

/// A question of four options about a network, of which the letter `right` has no reason.
fn choice(net: &str, right: char) -> String {
    let mut texts = ["basic", "bottleneck", "preact_basic", "darknet"].map(String::from);
    texts.swap(1, right as usize - 'a' as usize);
    let options = texts.map(|text| format!("\"{text}\"")).join(", ");
    let reasons = ('a'..='d').filter(|letter| *letter != right);
    let reasons: Vec<String> = reasons
        .map(|letter| format!("- {letter}) no: {net}, {letter}\n"))
        .collect();
    let part = |text: &str| format!("<details><summary>a</summary>\n{text}\n</details>\n");
    format!(
        "<!-- ask\nquery = 'block({net})'\nkind = \"choice\"\noptions = [{options}]\n-->\nWhich?\n\n- a) 1\n- b) 2\n- c) 3\n- d) 4\n\n{}{}{}\n",
        part("hint"),
        part("why"),
        part(&reasons.concat())
    )
}

#[test]
fn a_choice_has_four_options_three_reasons_and_no_pattern_in_its_key() {
    let lesson = |keys: &str| {
        let nets = ["resnet50", "resnet101", "resnet152", "resnet26"];
        let asks = nets.iter().zip(keys.chars());
        let asks: String = asks.map(|(net, key)| choice(net, key)).collect();
        format!("<!-- lesson\nid = \"x\"\n-->\n# X\n\n{asks}")
    };
    assert!(Lesson::parse("x.md", &lesson("bacd")).is_ok());
    for (text, words) in [
        (lesson("abcd"), "pattern"),
        (lesson("dddd"), "pattern"),
        (
            lesson("b")
                .replace(", \"darknet\"", "")
                .replace("- d) 4\n", ""),
            "four options",
        ),
        (
            lesson("b").replace("- c) no: resnet50, c\n", ""),
            "every wrong option",
        ),
        (
            lesson("b").replace("- c) no", "- b) no"),
            "what the tool finds",
        ),
        (
            lesson("b").replace("\"bottleneck\"", "\"other\""),
            "not one of the options",
        ),
        (
            lesson("ba").replace("resnet101, c", "resnet50, c"),
            "has the same reason, `no: resnet50, c`",
        ),
        (
            lesson("ba").replace("block(resnet101)", "block(resnet50)"),
            "has this query",
        ),
    ] {
        let wrong = problems(&text);
        let found = wrong.iter().any(|problem| {
            assert!(problem.place.is_some(), "a file and a line");
            Language::ENGLISH.say(&problem.message).contains(words)
        });
        assert!(found, "{words}: {wrong:?}");
    }
}

#[test]
fn every_function_of_the_language_says_what_it_takes() {
    let world = World::default();
    for (name, takes) in resnet_explore::lesson::evaluate::FUNCTIONS {
        let error = world
            .answer(&Query::Call(name.to_owned(), Vec::new()))
            .expect_err("no words");
        assert_eq!(error.id, "query-takes");
        for language in Language::all() {
            let told = language.say(&error);
            assert!(told.contains(language.word(takes)), "{told}");
        }
    }
}
