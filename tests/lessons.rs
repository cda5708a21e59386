//! Promise: every lesson is sound: it can be parsed, the tool can answer every question, a choice has one right option, the
//! statements on the pages are the tool's results, both languages ask the same, and every claim of the blog-style explanation
//! is decided.

use std::collections::{BTreeMap, BTreeSet};

use resnet_explore::lesson::{Kind, Lesson, Query, World, course};
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

/// `QUERY` = **VALUE** in a text.
fn equations(text: &str) -> Vec<(&str, &str)> {
    text.split("** ")
        .flat_map(|part| part.split("**\n"))
        .filter_map(|part| {
            let (query, value) = part.rsplit_once("` = **")?;
            Some((query.rsplit_once('`')?.1, value.trim_end_matches('*')))
        })
        .collect()
}

#[test]
fn every_question_is_answered_as_its_page_says_and_a_choice_has_one_right_option() {
    let mut wrong = BTreeSet::new();
    for language in Language::all() {
        for lesson in lessons(language) {
            for (number, step) in (1..).zip(&lesson.steps) {
                let place = format!("{} {}.{number}", language.code(), lesson.id);
                let truth = match lesson.world.answer(&step.query) {
                    Ok(truth) => truth,
                    Err(error) => {
                        wrong.insert(format!("{place}: {error}"));
                        continue;
                    }
                };
                let notice = equations(&step.why);
                if !notice.contains(&(step.query_text.as_str(), truth.text().as_str())) {
                    wrong.insert(format!("`{}` = **{}**", step.query_text, truth.text()));
                }
                for (query, value) in notice {
                    let query = Query::parse(query).expect("a query");
                    let found = lesson.world.answer(&query).expect("an answer").text();
                    if found != value {
                        wrong.insert(format!("{place}: {query:?} is {found}"));
                    }
                }
                let right = step.options.iter().filter(|(is, _)| *is == truth.text());
                if step.kind == Kind::Choice && right.count() != 1 {
                    wrong.insert(format!(
                        "{place}: {} is not one of the options",
                        truth.text()
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

#[test]
fn every_claim_is_decided_and_named_where_it_is() {
    for language in Language::all() {
        let mut decided: BTreeMap<String, String> = BTreeMap::new();
        for lesson in lessons(language) {
            let text: String = lesson.steps.iter().map(|step| step.why.as_str()).collect();
            for claim in &lesson.claims {
                assert!(text.contains(claim.as_str()), "{} names {claim}", lesson.id);
                let before = decided.insert(claim.clone(), lesson.id.clone());
                assert_eq!(before, None, "{claim} is decided once");
            }
        }
        let all: BTreeSet<String> = (1..=22).map(|number| format!("A{number}")).collect();
        assert_eq!(decided.into_keys().collect::<BTreeSet<_>>(), all);
    }
}

fn problems(text: &str) -> Vec<Problem> {
    Lesson::parse("x.md", text).expect_err("it is wrong")
}

#[test]
fn a_wrong_lesson_is_told_with_file_and_line() {
    let good = "<!-- lesson\nid = \"x\"\n-->\n# X\n\n<!-- ask\nquery = 'params(resnet50.conv1)'\nkind = \"number\"\n-->\nHow many?\n\n<details><summary>a</summary>\nwhy\n</details>\n";
    assert!(Lesson::parse("x.md", good).is_ok());
    for (from, to, line, words) in [
        ("resnet50.conv1", "resnet51.conv1", 7, "resnet51"),
        ("resnet50.conv1", "resnet50.conv9", 7, "no layer `conv9`"),
        ("params(", "parms(", 7, "no function `parms`"),
        ("\"number\"", "\"numbre\"", 8, "numbre"),
        ("kind =", "knd =", 8, "knd"),
        ("id = ", "name = ", 2, "name"),
        ("</details>", "", 6, "</details>"),
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
