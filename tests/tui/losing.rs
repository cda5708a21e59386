//! Workers that end without a result, as after a bug in the program.

use resnet_explore::tui::app::{App, Effect};
use resnet_explore::tui::input::Input;
use resnet_explore::tui::kit::theme::{Depth, Theme};
use resnet_explore::tui::message::Message;
use resnet_explore::tui::update::{messages, update};
use resnet_explore::tui::worker::{Event, Job, Lane, News};

use crate::explorer::{Explorer, LARGE, keys_of};

/// Gives inputs to an explorer whose workers do nothing; returns the jobs that they were to do.
fn jobs(app: &mut App, inputs: impl IntoIterator<Item = Input>) -> Vec<Job> {
    let mut jobs = Vec::new();
    for input in inputs {
        for message in messages(app, input) {
            if let Some(Effect::Start(job)) = update(app, message) {
                jobs.push(job);
            }
        }
    }
    jobs
}

/// Lanes whose loss reaches `app`, besides the one that it waits for.
const LANES: [Lane; 12] = [
    Lane::Pass,
    Lane::Lesson,
    Lane::Weights,
    Lane::Fetch,
    Lane::Gradients,
    Lane::Training,
    Lane::Film,
    Lane::Inquiry,
    Lane::Count,
    Lane::Survey,
    Lane::Preview,
    Lane::BnLab,
];

#[test]
fn the_loss_of_a_worker_is_told_to_the_one_that_waits_for_it_and_to_nobody_else() {
    let fashion = || Explorer::of("resnet20_fashion", LARGE);
    for (lane, explorer, keys) in vec![
        (Lane::Pass, fashion(), "3 Enter"),
        (Lane::Pass, fashion().press("3 Enter"), "r"),
        (Lane::Pass, fashion().press("3 Enter r"), "i j Enter"),
        (Lane::Weights, fashion(), "7"),
        (Lane::Gradients, fashion().press("6"), "r"),
        (Lane::Inquiry, fashion().press("3 Enter"), "O"),
        (Lane::BnLab, fashion(), "N"),
        (Lane::Survey, fashion(), "@"),
        (Lane::Training, Explorer::new(None, LARGE).press("G"), "r"),
        (Lane::Film, Explorer::new(None, LARGE), "0"),
        (
            Lane::Preview,
            Explorer::new(None, LARGE),
            "o Down Down Down",
        ),
        (
            Lane::Lesson,
            Explorer::new(None, LARGE).press("t Enter"),
            "n n n ! 1 Enter",
        ),
    ] {
        let mut app = explorer.app;
        let words = keys.split_whitespace().flat_map(keys_of);
        let asked = jobs(&mut app, words);
        let job = asked.iter().rfind(|job| job.task.lane() == lane);
        let ticket = job
            .unwrap_or_else(|| panic!("{lane:?} after {keys}"))
            .ticket;
        assert!(app.waits_for(lane), "{lane:?} after {keys}");
        let lost = |lane| {
            Message::News(News {
                ticket,
                event: Event::Lost(lane),
            })
        };
        for other in LANES.into_iter().filter(|other| *other != lane) {
            update(&mut app, lost(other));
            assert!(app.waits_for(lane), "{lane:?} took the loss of {other:?}");
        }
        update(&mut app, lost(lane));
        assert!(!app.waits_for(lane), "{lane:?} waits for ever after {keys}");
        // The same again would end in the same way.
        let (columns, rows) = LARGE;
        let again = jobs(&mut app, [Input::Resize(columns, rows)]);
        assert!(
            again.iter().all(|job| job.task.lane() != lane),
            "{lane:?} begins again"
        );
    }
    // The catalogue's figures are asked for at the start.
    let mut app = App::new(None, Theme::new(Depth::True), LARGE);
    let asked = jobs(&mut app, [Input::Resize(LARGE.0, LARGE.1)]);
    assert!(asked.iter().any(|job| job.task.lane() == Lane::Count));
    assert!(app.waits_for(Lane::Count));
    let ticket = asked[0].ticket;
    let event = Event::Lost(Lane::Count);
    update(&mut app, Message::News(News { ticket, event }));
    assert!(!app.waits_for(Lane::Count));
}
