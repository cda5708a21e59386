//! A change of a pass is computed on the worker: keys never wait for it, later changes replace earlier ones, Esc gives it up.

use std::sync::atomic::AtomicBool;

use resnet_explore::tui::app::Effect;
use resnet_explore::tui::input::{Input, Key};
use resnet_explore::tui::message::Message;
use resnet_explore::tui::pane::forward::{Forward, Phase};
use resnet_explore::tui::update::{messages, update};
use resnet_explore::tui::worker::{Job, Kernels, News, perform};

use crate::explorer::{Explorer, SMALL, assert_picture};

/// A pass at its end, with the changes of its last block open.
fn listed() -> Explorer {
    Explorer::of("resnet20_fashion", SMALL).press("3 Enter r k k k k k i")
}

/// Presses a key; returns the job that it starts, which nobody performs.
fn asked(explorer: &mut Explorer, key: Key) -> Option<Job> {
    let mut job = None;
    for message in messages(&explorer.app, Input::Key(key)) {
        if let Some(Effect::Start(started)) = update(&mut explorer.app, message) {
            job = Some(started);
        }
    }
    job
}

/// Performs a job, and lets the explorer hear of it.
fn done(explorer: &mut Explorer, job: Job, is_cancelled: bool) {
    let cancel = AtomicBool::new(is_cancelled);
    let ticket = job.ticket;
    perform(job.task, Kernels::Plain, &cancel, &mut |event| {
        update(&mut explorer.app, Message::News(News { ticket, event }));
    });
}

fn forward(explorer: &Explorer) -> &Forward {
    &explorer.app.opened().expect("a network").forward
}

#[test]
fn the_screen_says_that_a_change_is_computed_and_keeps_the_pass_until_then() {
    let mut explorer = listed();
    let before = forward(&explorer).pass().expect("a pass").clone();
    let job = asked(&mut explorer, Key::Enter).expect("a change");
    assert_picture!("change_computed_80x24", explorer);
    let mut explorer = explorer.in_chinese();
    assert_picture!("change_computed_zh_80x24", explorer);
    let picture = explorer.picture();
    assert!(picture.contains("正在计算"), "{picture}");
    let held = forward(&explorer).pass().expect("still there");
    assert_eq!(held.output(), before.output());
    assert!(forward(&explorer).is_busy());
    done(&mut explorer, job, false);
    let picture = explorer.picture();
    assert!(!picture.contains("正在计算"), "{picture}");
    let changed = forward(&explorer).pass().expect("the changed pass");
    assert_ne!(changed.output(), before.output());
    assert_eq!(changed.edits().len(), 1);
}

#[test]
fn a_later_change_replaces_one_that_is_being_computed() {
    let mut explorer = listed();
    let first = asked(&mut explorer, Key::Enter).expect("a change");
    // The second of the block's changes, together with the first.
    let mut explorer = explorer.press("i j");
    let both = asked(&mut explorer, Key::Enter).expect("another change");
    done(&mut explorer, first, false);
    let is_waiting = matches!(forward(&explorer).phase, Phase::Changing(_));
    assert!(is_waiting, "the first change's result came too late");
    done(&mut explorer, both, false);
    let pass = forward(&explorer).pass().expect("a pass");
    assert_eq!(pass.edits().len(), 2);
    assert!(pass.output().is_some());
    // It is compared with the pass before all changes, not with the one between.
    let original = forward(&explorer)
        .original
        .as_ref()
        .expect("the first pass");
    assert!(original.edits().is_empty());
}

#[test]
fn esc_gives_a_change_up_and_leaves_the_pass_as_it_is() {
    let mut explorer = listed();
    let job = asked(&mut explorer, Key::Enter).expect("a change");
    let mut explorer = explorer.press("Esc");
    assert!(forward(&explorer).is_ready());
    // The job's own end is not heard any more, whether it was stopped in time or not.
    done(&mut explorer, job, true);
    assert!(forward(&explorer).is_ready() && forward(&explorer).edits().is_empty());
    assert!(forward(&explorer).original.is_none());
    let picture = explorer.steady_picture();
    assert!(
        picture.contains("likeliest Ankle boot") && !picture.contains("computing"),
        "{picture}"
    );
}
