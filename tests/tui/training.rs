//! Gradients and training in the explorer.

use std::sync::atomic::AtomicBool;

use resnet_explore::engine::train::{Happened, Part};
use resnet_explore::text::Language;
use resnet_explore::tui::app::Effect;
use resnet_explore::tui::message::{Experiment, Message};
use resnet_explore::tui::update::{messages, update};
use resnet_explore::tui::worker::{Event, Job, Kernels, Measured, News, Task, Trained, perform};

use crate::explorer::{Explorer, LARGE, SMALL, keys_of, model};
use resnet_explore::tui::kit::theme::Depth;

/// Compares the screen with the stored snapshot; how fast a network learns differs from run to run.
macro_rules! assert_training {
    ($name:expr, $explorer:expr) => {
        insta::with_settings!({filters => vec![
            (r"· [\d,]+ images/s", "· [speed]"),
            (r"每秒 [\d,]+ 张", "[speed]"),
        ], omit_expression => true}, {
            insta::assert_snapshot!($name, $explorer.picture());
        });
    };
}

fn gradients(size: (u16, u16)) -> Explorer {
    Explorer::of("plain8_digits", size).press("6")
}

#[test]
fn gradients_of_a_network_and_of_its_twin_along_the_depth() {
    for keys in ["", "w", "b", "b w"] {
        let picture = gradients(SMALL).press(keys).picture();
        let heading = picture.lines().nth(1).expect("a heading");
        let has_all = heading.contains("random weights (") && heading.contains("batch 32");
        assert!(has_all, "after {keys}: {heading}");
    }
    assert_training!("gradients_80x24", gradients(SMALL));
    assert_training!("gradients_120x40", gradients(LARGE));
    assert_training!("gradients_200x60", gradients((200, 60)));
    assert_training!("gradients_tensors_120x40", gradients(LARGE).press("b"));
    let mut chinese = gradients(SMALL);
    chinese.app.speak(Language::parse("zh").expect("Chinese"));
    assert_training!("gradients_zh_80x24", chinese);
    let start = Some(model("plain8_digits"));
    let mut plain = Explorer::with_colours(start, SMALL, Depth::Mono).press("6 A");
    let picture = plain.picture();
    assert!(picture.is_ascii(), "{picture}");
    assert!(picture.contains('+') && picture.contains('@'), "{picture}");
}

#[test]
fn gradients_are_measured_with_other_weights_seeds_and_networks() {
    let explorer = gradients(SMALL).press("- - w");
    let own = &explorer.app.opened().expect("a network").gradients;
    assert_eq!(
        (own.seeds, own.runs.len()),
        (1, 2),
        "one seed, two networks"
    );
    let he = gradients(SMALL).press("- -");
    let he = &he.app.opened().expect("a network").gradients.runs;
    assert_ne!(own.runs, *he, "PyTorch's initialisation differs");
    let mut beside = explorer.press("c plain20_digits Enter");
    let own = &beside.app.opened().expect("a network").gradients;
    let other = own.other.as_ref().expect("a second network");
    assert_eq!(other.model.spec.name, "plain20_digits");
    assert!(own.points(1).len() > own.points(0).len());
    assert!(
        beside.picture().contains("Plain-20"),
        "{}",
        beside.picture()
    );
}

#[test]
fn gradients_that_take_too_much_memory_are_refused_before_they_start() {
    let mut refused = Explorer::of("resnet152", LARGE).press("B 4096 Enter 6 r");
    let picture = refused.picture();
    let own = &refused.app.opened().expect("a network").gradients;
    assert!(own.runs.is_empty() && own.failed.is_some(), "{picture}");
    assert!(picture.contains("GiB"), "{picture}");
}

#[test]
fn a_stopped_measurement_ends_without_a_result() {
    let mut explorer = Explorer::of("plain8_digits", SMALL);
    let task = {
        let opened = explorer.app.screen.opened_mut().expect("a network");
        opened.gradients.measure(&opened.subject)
    };
    let mut told = Vec::new();
    let cancel = AtomicBool::new(true);
    perform(task, Kernels::Plain, &cancel, &mut |event| told.push(event));
    let is_result = |event: &Event| matches!(event, Event::Gradients(Measured::Norms { .. }));
    assert!(!told.iter().any(is_result), "{told:?}");
    assert!(matches!(
        told.last(),
        Some(Event::Gradients(Measured::Done))
    ));
}

/// A planned training with large batches, so that a step is most of an epoch.
fn planned(size: (u16, u16)) -> Explorer {
    let mut explorer = Explorer::of("plain8_digits", size).press("G");
    explorer.app.train.recipe.batch = 700;
    explorer.app.train.recipe.epochs = 2;
    explorer
}

#[test]
fn networks_train_side_by_side() {
    assert_training!("train_planned_80x24", planned(SMALL));
    assert_training!("train_first_batch_80x24", planned(SMALL).press("n"));
    assert_training!("train_first_batch_120x40", planned(LARGE).press("n"));
    let mut ended = planned(LARGE).press("r");
    assert_training!("train_ended_120x40", ended);
    let curves = &ended.app.train.curves;
    assert_eq!(curves.len(), 2);
    assert!(curves.iter().all(|curve| curve.tests.len() == 2));
    ended.app.size = (200, 60);
    let mut wide = Explorer {
        app: ended.app,
        terminal: Explorer::new(None, (200, 60)).terminal,
    };
    assert_training!("train_ended_200x60", wide);
    wide.app.speak(Language::parse("zh").expect("Chinese"));
    wide.app.size = SMALL;
    let mut chinese = Explorer {
        app: wide.app,
        terminal: Explorer::new(None, SMALL).terminal,
    };
    assert_training!("train_ended_zh_80x24", chinese);
    chinese.app.speak(Language::ENGLISH);
    chinese.app.ascii = true;
    let picture = chinese.picture();
    assert!(picture.is_ascii(), "{picture}");
    let again = planned(SMALL).press("r").app.train;
    let losses = |train: &resnet_explore::tui::screen::train::Train| {
        let curves = train.curves.iter();
        curves.map(|own| own.losses.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        losses(&again),
        losses(&chinese.app.train),
        "the same by its seed"
    );
}

#[test]
fn a_part_is_taken_away_between_two_batches() {
    let mut explorer = planned(LARGE).press("n j i Enter > n");
    let train = &explorer.app.train;
    assert_eq!(train.nets[1].lacks, [Part::Shortcuts]);
    assert!((train.recipe.rate - 0.1).abs() < 1e-12);
    let latest = |net: usize| train.of(net).next().and_then(|own| own.latest.clone());
    assert!((latest(0).expect("a step").rate - 0.1).abs() < 1e-12);
    assert_training!("train_changed_120x40", explorer);
    let picture = explorer.picture();
    assert!(picture.contains("rate 0.1"), "{picture}");
    // The same key gives it back.
    let given = explorer.press("i Enter n");
    assert!(given.app.train.nets[1].lacks.is_empty());
    let note = given.app.train.note.as_ref().expect("a note");
    assert_eq!(note.id, "train-note-with");
    // The plan is fixed as long as the training is there.
    let explorer = given.press("c");
    let notice = explorer.app.notice_text().unwrap_or_default();
    assert!(notice.contains("drop it first"), "{notice}");
    let explorer = explorer.press("0 c resnet20_digits Enter");
    assert_eq!(explorer.app.train.nets.len(), 3);
}

#[test]
fn the_best_weights_so_far_are_kept_where_it_is_said() {
    let mut explorer = planned(SMALL).press("n");
    let [key] = messages(&explorer.app, keys_of("$").remove(0))
        .try_into()
        .expect("a key");
    let effect = update(&mut explorer.app, key);
    let Some(Effect::Keep("trained", files)) = effect else {
        panic!("{effect:?}");
    };
    let mut quitting = planned(SMALL).press("n");
    let quit = |explorer: &mut Explorer| {
        let key = messages(&explorer.app, keys_of("q").remove(0)).remove(0);
        update(&mut explorer.app, key)
    };
    assert!(quit(&mut quitting).is_none(), "it warns once");
    let notice = quitting.app.notice_text().unwrap_or_default();
    assert!(notice.contains("$ in the training"), "{notice}");
    assert!(matches!(quit(&mut quitting), Some(Effect::Quit)));
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(
        names,
        ["plain8_digits.safetensors", "resnet8_digits.safetensors"]
    );
    for file in files {
        let header = String::from_utf8_lossy(&file.bytes[8..]);
        assert!(header.contains("layer1.0.conv1.weight"), "{}", file.name);
    }
}

#[test]
fn a_running_training_is_stopped_changed_and_goes_on() {
    let mut explorer = planned(SMALL);
    let start = |explorer: &mut Explorer, key: &str| {
        let mut effects = Vec::new();
        for message in messages(&explorer.app, keys_of(key).remove(0)) {
            effects.extend(update(&mut explorer.app, message));
        }
        effects
    };
    let Some(Effect::Start(job)) = start(&mut explorer, "r").pop() else {
        panic!("it starts");
    };
    // Another rate is asked for while it runs: the worker stops, and is started again with it.
    let effects = start(&mut explorer, ">");
    assert!(
        matches!(effects[..], [Effect::CancelLane(_)]),
        "{effects:?}"
    );
    let cancel = AtomicBool::new(true);
    let job = run(&mut explorer, job, &cancel).expect("it goes on");
    let steps = explorer.app.train.curves[0].losses.len();
    assert_eq!(steps, 1, "it stopped after one network's step");
    assert!(explorer.app.train.is_busy());
    // Escape: it stops and its weights are written.
    let effects = start(&mut explorer, "Esc");
    assert!(
        matches!(effects[..], [Effect::CancelLane(_)]),
        "{effects:?}"
    );
    let Job { ticket, task } = job;
    let mut last = None;
    perform(task, Kernels::Plain, &cancel, &mut |event| {
        if let Event::Trained(Trained::Moments(moments, _)) = &event {
            let rates = moments.iter().filter_map(|own| match &own.event {
                Happened::Learned(learned) => Some(learned.rate),
                Happened::Tested(_) | Happened::Ended(_) => None,
            });
            assert!(rates.into_iter().all(|rate| (rate - 0.1).abs() < 1e-12));
        }
        last = update(&mut explorer.app, Message::News(News { ticket, event }));
    });
    assert!(matches!(last, Some(Effect::Keep(..))), "{last:?}");
    assert!(!explorer.app.train.is_busy());
    // Escape again leads back to the network, and the training is still there.
    let explorer = explorer.press("Esc");
    assert!(explorer.app.opened().is_some());
    let explorer = explorer.press("G");
    assert_eq!(explorer.app.train.curves[0].losses.len(), 1);
}

fn run(explorer: &mut Explorer, job: Job, cancel: &AtomicBool) -> Option<Job> {
    let Job { ticket, task } = job;
    assert!(matches!(task, Task::Train(_)));
    let mut next = None;
    perform(task, Kernels::Plain, cancel, &mut |event| {
        next = update(&mut explorer.app, Message::News(News { ticket, event }));
    });
    match next {
        Some(Effect::Start(job)) => Some(job),
        _ => None,
    }
}

#[test]
fn an_experiment_compares_over_seeds_and_says_what_it_found() {
    let mut explorer = planned(LARGE);
    for (experiment, curves) in [(Experiment::Norm, 6), (Experiment::Input, 6)] {
        let train = &mut explorer.app.train;
        train.try_out(experiment).expect("shipped networks");
        train.recipe.batch = 700;
        train.recipe.epochs = 1;
        explorer = explorer.press("r");
        let train = &explorer.app.train;
        assert_eq!(train.curves.len(), curves);
        assert_eq!(train.findings().len(), 3, "two networks and a verdict");
        let picture = explorer.picture();
        assert!(
            picture.contains("without batch normalisations"),
            "{picture}"
        );
        explorer = explorer.press("0");
    }
    let train = &mut explorer.app.train;
    train.try_out(Experiment::Depth).expect("shipped networks");
    let names: Vec<&str> = train.nets.iter().map(|net| net.name.as_str()).collect();
    assert_eq!(names.len(), 6);
    assert!(names.contains(&"plain56_digits") && names.contains(&"resnet56_digits"));
}

#[test]
fn networks_of_other_sizes_ask_for_data() {
    let explorer = Explorer::of("resnet20_cifar", SMALL).press("G r");
    let notice = explorer.app.notice_text().unwrap_or_default();
    assert!(notice.contains("no data is chosen"), "{notice}");
    // The first row after the networks is the data.
    let mut refused = explorer.press("j j Enter digits Enter r");
    let picture = refused.picture();
    assert!(picture.contains("1×8×8"), "{picture}");
    let nowhere = Explorer::of("resnet20_cifar", SMALL);
    let nowhere = nowhere.press("G j j Enter /nowhere/at/all Enter r");
    assert!(matches!(
        nowhere.app.train.phase,
        resnet_explore::tui::screen::train::Phase::Failed(_)
    ));
    // A value that makes no sense stays in the box, with the reason.
    let wrong = planned(SMALL).press("j j j Enter many Enter");
    let notice = wrong.app.notice_text().unwrap_or_default();
    assert!(
        notice.contains("`many` is not a value for epochs"),
        "{notice}"
    );
    assert!(wrong.app.overlay.is_some());
}
