//! The explorer downloads what Enter is pressed on.

use resnet_explore::lower::{Overrides, open};
use resnet_explore::tui::app::{App, Effect};
use resnet_explore::tui::context::Around;
use resnet_explore::tui::input::{Input, Key};
use resnet_explore::tui::kit::theme::{Depth, Theme};
use resnet_explore::tui::message::Message;
use resnet_explore::tui::overlay::chooser::Offer;
use resnet_explore::tui::update::{messages, update};
use resnet_explore::tui::worker::{Event, News, Task};

use super::*;

/// Presses a key; returns what is asked of the world.
fn press(app: &mut App, key: Key) -> Option<Effect> {
    let mut effect = None;
    for message in messages(app, Input::Key(key)) {
        effect = update(app, message).or(effect);
    }
    effect
}

#[test]
fn enter_on_weights_that_are_elsewhere_downloads_them_and_chooses_them() {
    let file = content(40);
    let (hub, _store) = Server::hub(&file);
    let place = Place::of(&hub.base);
    let model = open("resnet10t", &Overrides::default()).expect("a network");
    let mut app = App::new(Some(model), Theme::new(Depth::True), (80, 24));
    app.look_around(Around {
        weights: place.places.clone(),
        ..Around::default()
    });
    press(&mut app, Key::Char('3'));
    press(&mut app, Key::Char('w'));
    // Published weights come last; none of them is on this disk.
    press(&mut app, Key::End);
    let asked = press(&mut app, Key::Enter);
    let Some(Effect::Start(job)) = asked else {
        panic!("no download: {asked:?}");
    };
    let Task::Fetch { weights, places } = job.task else {
        panic!("another task: {:?}", job.task);
    };
    assert_eq!((weights.net, &places), ("resnet10t", &place.places));
    let mut told = Vec::new();
    let never = AtomicBool::new(false);
    let fetched = fetch::fetch(weights, &places, &place.settings, &never, &mut |progress| {
        told.push(*progress);
    });
    assert!(!told.is_empty(), "the download tells how far it is");
    let ticket = job.ticket;
    let events = told.into_iter().map(Event::Fetching);
    for event in events.chain([Event::Fetched(fetched)]) {
        update(&mut app, Message::News(News { ticket, event }));
    }
    let notice = app.notice_text().unwrap_or_default();
    assert!(notice.contains("model.safetensors"), "{notice}");
    let chooser = &app.opened().expect("a network").forward.chooser;
    let chosen = chooser.weights.get(chooser.weights_at.at);
    assert!(
        matches!(chosen, Some(Offer::Ready(source)) if source.published == Some(weights)),
        "{chosen:?}"
    );
}
