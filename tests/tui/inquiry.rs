//! The places that a network looked at, and the use of its blocks, from one key in the forward pass.

use std::sync::atomic::AtomicBool;

use resnet_explore::engine::lesions::Lesion;
use resnet_explore::text::Language;
use resnet_explore::tui::app::Effect;
use resnet_explore::tui::kit::theme::Depth;
use resnet_explore::tui::message::Message;
use resnet_explore::tui::update::{messages, update};
use resnet_explore::tui::worker::{Event, Found, Kernels, LesionResult, News, perform};

use crate::explorer::{Explorer, LARGE, SMALL, assert_picture, keys_of, model};

fn fashion(size: (u16, u16)) -> Explorer {
    Explorer::of("resnet20_fashion", size).press("3 Enter")
}

/// Presses `O`, and runs its job until the first lesion.
fn first_lesion(mut explorer: Explorer) -> Explorer {
    let mut effects = Vec::new();
    for message in messages(&explorer.app, keys_of("O").remove(0)) {
        effects.extend(update(&mut explorer.app, message));
    }
    let Some(Effect::Start(job)) = effects.pop() else {
        panic!("{effects:?}");
    };
    let ticket = job.ticket;
    let cancel = AtomicBool::new(true);
    perform(job.task, Kernels::Plain, &cancel, &mut |event| {
        update(&mut explorer.app, Message::News(News { ticket, event }));
    });
    explorer
}

/// Results as they come from a worker: each path of each block, the shortcuts worse.
fn filled(size: (u16, u16)) -> Explorer {
    let mut explorer = first_lesion(fashion(size));
    let opened = explorer.app.opened().expect("a network");
    let network = &opened.subject.model.network;
    let lesions = Lesion::all(network);
    let ticket = opened.answers.as_ref().expect("open").ticket;
    for (number, lesion) in lesions.into_iter().enumerate().skip(1) {
        let right = 22 - number % 22;
        let result = LesionResult { lesion, right };
        let event = Event::Inquired(Found::Lesion(result));
        update(&mut explorer.app, Message::News(News { ticket, event }));
    }
    explorer
}

#[test]
fn blocks_are_switched_off_in_turn() {
    let explorer = first_lesion(fashion(SMALL));
    let opened = explorer.app.opened().expect("a network");
    let answers = opened.answers.as_ref().expect("open");
    assert!(!answers.is_busy(), "it was stopped");
    assert_eq!(answers.lesions.len(), 1);
    assert_eq!(answers.lesions[0].lesion, Lesion::Nothing);
    let (right, samples) = (answers.lesions[0].right, answers.samples);
    assert!(
        samples > 10 && right * 10 > samples * 8,
        "{right} of {samples}"
    );
    assert_picture!("lesions_80x24", filled(SMALL));
    assert_picture!("lesions_120x40", filled(LARGE));
    let scrolled = filled(SMALL).press("End").picture();
    assert!(scrolled.contains("all shortcuts zeroed"), "{scrolled}");
    let closed = filled(SMALL).press("Esc");
    assert!(closed.app.opened().expect("a network").answers.is_none());
}

#[test]
fn a_network_without_samples_has_no_lesions() {
    let picture = Explorer::of("resnet20_cifar", SMALL)
        .press("3 Enter O")
        .picture();
    assert!(picture.contains("ships none"), "{picture}");
}

#[test]
fn where_it_looked_is_shown_for_two_classes() {
    let looked = |size| fashion(size).press("Y");
    assert_picture!("looks_80x24", looked(SMALL));
    assert_picture!("looks_120x40", looked(LARGE));
    let mut explorer = looked(SMALL);
    let classes = |explorer: &Explorer| {
        let opened = explorer.app.opened().expect("a network");
        let looks = opened.answers.as_ref().and_then(|own| own.looks.as_ref());
        let heats = &looks.expect("maps").heats;
        heats.iter().map(|heat| heat.class).collect::<Vec<_>>()
    };
    let first = classes(&explorer);
    assert_eq!(first.len(), 2);
    // The network ends in a global pool and one linear layer, where CAM is exact.
    assert!(explorer.picture().contains("(CAM) at layer3.2.relu"));
    explorer = explorer.press("]");
    let next = classes(&explorer);
    assert!(
        next[0] == first[0] && next[1] != first[1],
        "{first:?} {next:?}"
    );
    explorer = explorer.press("[ -");
    assert_eq!(classes(&explorer), first);
    let picture = explorer.picture();
    assert!(picture.contains("Grad-CAM at layer3.1.add"), "{picture}");
    explorer.app.speak(Language::parse("zh").expect("Chinese"));
    assert!(explorer.picture().contains("看了哪里"));
    // Gradient × input, and round again to CAM.
    let explorer = explorer.press("Tab");
    assert_eq!(classes(&explorer), first);
    let start = Some(model("resnet20_fashion"));
    let mut plain = Explorer::with_colours(start, SMALL, Depth::Mono).press("3 Enter Y A");
    let picture = plain.picture();
    assert!(picture.is_ascii() && picture.contains('#'), "{picture}");
}
