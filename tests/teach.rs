//! Promise: a lesson next to the views controls them, hides the answer, accepts it at its place, computes the right answer at
//! that moment, and saves what was answered.

#[path = "common/explorer.rs"]
mod explorer;

use explorer::{Explorer, LARGE, SMALL, assert_picture};
use resnet_explore::lesson::{Answer, Step};
use resnet_explore::text::Language;
use resnet_explore::tui::input::Input;
use resnet_explore::tui::message::Tab;
use resnet_explore::tui::teach;

fn lesson(id: &str, size: (u16, u16)) -> Explorer {
    spoken(id, size, Language::ENGLISH)
}

fn spoken(id: &str, size: (u16, u16), language: Language) -> Explorer {
    let mut explorer = Explorer::new(None, size);
    explorer.app.speak(language);
    teach(&mut explorer.app, id);
    explorer
}

/// Saved answer to a question, by its number in the lesson.
fn saved<'e>(explorer: &'e Explorer, lesson: &str, number: usize) -> &'e Answer {
    let course = &explorer.app.course;
    let own = course.all().iter().find(|own| own.id == lesson);
    let query = own.and_then(|own| own.queries().nth(number - 1));
    let answer = query.and_then(|query| course.progress.answer(lesson, query));
    answer.expect("the question is answered")
}

#[test]
fn a_lesson_looks_well_beside_and_below_the_view() {
    assert_picture!("lesson_begin_120x40", lesson("stem", LARGE));
    assert_picture!(
        "lesson_question_80x24",
        lesson("stem", SMALL).press("Enter")
    );
    assert_picture!(
        "lesson_question_120x40",
        lesson("stem", LARGE).press("Enter")
    );
    let answered = "Enter Enter 64x112x112 Enter";
    assert_picture!("lesson_told_120x40", lesson("stem", LARGE).press(answered));
    assert_picture!(
        "lesson_full_80x24",
        lesson("stem", SMALL).press(answered).press("+")
    );
    assert_picture!(
        "lesson_choice_80x24",
        lesson("residuals", SMALL).press("Enter")
    );
    assert_picture!(
        "lesson_zh_120x40",
        spoken("residuals", LARGE, Language::CHINESE).press("Enter")
    );
}

#[test]
fn the_asked_column_is_hidden_until_it_is_answered() {
    let mut asked = lesson("stem", LARGE).press("Enter");
    let opened = asked.app.opened().expect("the lesson opened a network");
    assert_eq!(opened.name(), "resnet50");
    assert!(!asked.picture().contains("64×112×112"));
    let mut notice = asked.press("!");
    assert!(notice.picture().contains("64×112×112"));
}

#[test]
fn numbers_and_shapes_are_typed_and_tried_thrice() {
    let mut tried = lesson("stem", LARGE).press("Enter Enter many Enter");
    assert!(tried.picture().contains("This is not"));
    let mut empty = lesson("stem", LARGE).press("Enter Enter Enter");
    assert!(empty.picture().contains("No answer was typed."));
    let mut wrong = lesson("stem", LARGE).press("Enter Enter 1x1x1 Enter");
    let picture = wrong.picture();
    assert!(
        picture.contains("Not quite.") && !picture.contains("Hint:"),
        "{picture}"
    );
    let mut hinted = wrong.press("Enter 1x1x1 Enter");
    assert!(hinted.picture().contains("Hint: Each kernel"));
    let over = hinted.press("Enter 1x1x1 Enter");
    let answer = saved(&over, "stem", 1);
    assert!(!answer.right && answer.tries == 3 && answer.hint);
    let again = over.press("0 Enter 64x112x112 Enter");
    assert!(saved(&again, "stem", 1).right);
}

#[test]
fn a_place_is_chosen_with_the_cursor_in_the_view() {
    // The layer that reads bn2, selected in the table.
    let mut explorer = lesson("basic-block", LARGE).press("Enter Esc 1");
    assert!(!explorer.app.course.has_keys());
    assert!(explorer.picture().contains("select the layer in the view"));
    let mut stage = explorer.press("1 Home a");
    assert!(
        stage
            .picture()
            .contains("this row is a whole block or stage")
    );
    let found = stage.press("/ layer1.0.add Enter a");
    let answer = saved(&found, "basic-block", 1);
    assert_eq!(
        (answer.answer.as_str(), answer.right),
        ("layer1.0.add", true)
    );
    // In the graph, the place is a box.
    let graph = lesson("basic-block", LARGE)
        .press("Enter Esc 2")
        .press("/ layer1.0.add Enter a");
    assert!(saved(&graph, "basic-block", 1).right);
}

#[test]
fn the_layer_at_fault_is_marked_only_when_it_was_found() {
    let mut asked = lesson("museum", LARGE).press("Enter");
    let picture = asked.picture();
    assert!(
        picture.contains("layer1 · conv2_x") && !picture.contains("✗ layer1"),
        "{picture}"
    );
    let mut notice = asked.press("!");
    assert!(
        notice
            .picture()
            .contains("f applies it: shortcut = \"projection\"")
    );
    let mut table = notice.press("Esc 1");
    assert!(table.picture().contains("✗ add"), "{}", table.picture());
}

#[test]
fn a_view_of_the_forward_pass_is_run_to_its_step() {
    let explorer = lesson("batch-norm", LARGE).press("Enter");
    let opened = explorer.app.opened().expect("a network");
    let ran = opened.forward.current().expect("it ran");
    assert_eq!(opened.subject.model.network[ran].path.to_string(), "conv1");
    assert_eq!((opened.tab, opened.forward.maps.first), (Tab::Forward, 3));
    // Its laboratory opens at the same channel with the answer.
    let told = explorer.press("!");
    let lab = told.app.opened().and_then(|opened| opened.bn_lab.as_ref());
    assert_eq!(lab.expect("the laboratory").setup.channel, 3);
}

/// Steps of `docs/src/teaching.md`'s class hour in a terminal of 80 columns and 24 rows: keys, and words that the class then sees.
/// The two trainings are asked, not run, and the last step is another command.
#[test]
fn the_class_hour_is_played_with_the_keys_of_its_plan() {
    let steps: [(&str, &[&str]); 14] = [
        ("Enter", &["Plain-34", "question 1 of 4", "maxpool"]),
        ("Down Enter", &["Correct", "the first convolution alone"]),
        ("Enter", &["ResNet-34", "├ 64×56×56", "question 2 of 4"]),
        ("Enter", &["Correct"]),
        (
            "Enter Esc Down Down Down Down",
            &["add  main path + shortcut", "question 3 of 4"],
        ),
        ("a", &["Correct", "layer1.0.bn2"]),
        (
            "Q t degradation Enter Enter",
            &["Plain-56", "question 1 of 2"],
        ),
        ("n", &["ResNet-56", "question 2 of 2"]),
        (
            "Q t shortcut Enter Enter",
            &["ResNet-50", "question 1 of 3"],
        ),
        ("Esc -", &["[blocks]", "│ 1×1,256 "]),
        ("PgDn", &["+ ReLU"]),
        ("a Enter 4 Enter", &["Correct"]),
        ("Enter Esc", &["layer1 · conv2_x", "question 2 of 3"]),
        ("/ layer1.0.add Enter a", &["Correct", "✗ add"]),
    ];
    let mut explorer = lesson("residuals", SMALL);
    for (keys, words) in steps {
        explorer = explorer.press(keys);
        let picture = explorer.picture();
        for word in words {
            assert!(picture.contains(word), "{keys}: no {word:?} in\n{picture}");
        }
    }
    for (lesson, questions) in [("residuals", 3), ("shortcut", 2)] {
        for number in 1..=questions {
            assert!(saved(&explorer, lesson, number).right, "{lesson} {number}");
        }
    }
}

/// Whether an answer takes minutes in a build without optimisations: a training, or a pass for each lesion.
fn is_long(step: &Step) -> bool {
    let is_slow = ["trained(", "lesion("]
        .iter()
        .any(|name| step.query_text.contains(name));
    cfg!(debug_assertions) && is_slow
}

#[test]
fn every_lesson_can_be_gone_through_to_its_summary_in_both_languages() {
    for language in Language::all() {
        let mut explorer = Explorer::new(None, SMALL);
        explorer.app.speak(language);
        let ids: Vec<String> = explorer
            .app
            .course
            .lessons()
            .iter()
            .map(|lesson| lesson.id.clone())
            .collect();
        teach(&mut explorer.app, &ids[0]);
        for id in &ids {
            let (taught, lesson) = explorer.app.course.lesson().expect("a lesson is open");
            assert_eq!(&lesson.id, id);
            assert_eq!(taught.page, 0);
            let questions = lesson.steps.len();
            explorer = explorer.press("Enter");
            for _ in 0..questions {
                let (_, step) = explorer.app.course.step().expect("a question");
                if is_long(step) {
                    explorer = explorer.press("n");
                    continue;
                }
                explorer = explorer.press("!");
                let (taught, _) = explorer.app.course.step().expect("a question");
                assert!(
                    matches!(
                        taught.stage,
                        resnet_explore::tui::course::Stage::Answered(_)
                    ),
                    "{id}: {:?}",
                    taught.stage
                );
                explorer.picture();
                // The laboratory that opens with an answer has the keys until it is closed.
                let has_lab = |explorer: &Explorer| {
                    let opened = explorer.app.opened();
                    opened.is_some_and(|opened| opened.bn_lab.is_some())
                };
                if has_lab(&explorer) {
                    explorer = explorer.press("Esc");
                }
                explorer = explorer.press("Enter");
            }
            let picture = explorer.picture();
            let word = language.word("lesson-summary");
            assert!(picture.contains(word), "{id}: {picture}");
            explorer = explorer.press("Enter");
        }
        assert!(explorer.app.course.open.is_none(), "the course is over");
        let long = ["degradation", "lesions", "training"].len();
        let answered = explorer.app.course.progress.answers.len();
        assert_eq!(
            answered + if cfg!(debug_assertions) { long } else { 0 },
            ids.len()
        );
    }
}

#[test]
fn the_mouse_chooses_an_option_and_gives_the_keys() {
    let mut explorer = lesson("residuals", LARGE).press("Enter");
    let picture = explorer.picture();
    let row = picture
        .lines()
        .position(|line| line.contains("b) "))
        .expect("an option") as u16;
    let column = 100;
    explorer = explorer.input(Input::Click(10, 5));
    assert!(!explorer.app.course.has_keys());
    explorer = explorer
        .input(Input::Click(column, row))
        .input(Input::Click(column, row));
    let answer = saved(&explorer, "residuals", 1);
    assert!(answer.right, "{answer:?}");
}

#[test]
fn a_lesson_is_chosen_from_the_catalogue_and_from_the_palette() {
    let mut list = Explorer::new(None, SMALL).press("t");
    assert_picture!("lessons_80x24", list);
    let chosen = list.press("stem Enter");
    assert_eq!(chosen.app.course.lesson().expect("open").1.id, "stem");
    let palette = Explorer::of("resnet50", SMALL).press(": lesson Enter");
    assert!(matches!(
        palette.app.overlay,
        Some(resnet_explore::tui::app::Overlay::Finder(_))
    ));
}

#[test]
fn what_was_wrong_is_reviewed_from_the_list_of_lessons() {
    let wrong = lesson("stem", SMALL).press("Enter Enter 1x1x1 Enter Enter 64x112x112 Enter");
    let elsewhere = wrong.press("Q t residuals Enter Enter ! Enter Q");
    let mut list = elsewhere.press("t");
    assert_picture!("lessons_to_review_80x24", list);
    let mut review = list.press("Enter");
    assert!(
        review
            .picture()
            .contains("These questions were answered wrong"),
        "{}",
        review.picture()
    );
    // The first one in the order of the course, with its own network.
    let mut first = review.press("Enter");
    assert!(first.picture().contains("Review · question 1 of 2"));
    assert_eq!(first.app.opened().expect("a network").name(), "plain34");
    let mut second = first.press("Down Enter Enter");
    assert_picture!("review_question_80x24", second);
    assert_eq!(second.app.opened().expect("a network").name(), "resnet50");
    let mut over = second.press("! Enter");
    assert_picture!("review_summary_80x24", over);
    assert!(over.picture().contains("1 question to review today"));
    assert!(saved(&over, "stem", 1).right, "a redo loses nothing");
    let mut left = over.press("Enter t");
    assert!(left.app.course.open.is_none());
    assert!(left.picture().contains("1 question to review today"));
    let begun = spoken("review", SMALL, Language::CHINESE);
    assert!(begun.app.course.open.is_none(), "nothing to review");
}

#[test]
fn the_smallest_terminal_shows_the_lesson_or_the_view_and_a_smaller_one_says_so() {
    let mut small = lesson("stem", (60, 18)).press("Enter");
    assert!(small.picture().contains("question 1 of 3"));
    let mut view = small.press("Esc");
    assert!(view.picture().contains("conv1"));
    let mut smaller = lesson("stem", (59, 18));
    assert!(smaller.picture().contains("60×18 are needed"));
}
