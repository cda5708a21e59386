//! Promise: the explorer's laboratory of a batch normalisation shows the engine's numbers (which `tests/bn_lab.rs` compares
//! with PyTorch), and the effect of a constant input, another batch and another channel.

#[path = "common/explorer.rs"]
mod explorer;

use explorer::{Explorer, LARGE, SMALL, assert_picture, model};
use resnet_explore::engine::WeightsChoice;
use resnet_explore::engine::bn_lab::{BnLab, Start, moments};
use resnet_explore::tui::kit::theme::Depth;

fn laboratory(size: (u16, u16)) -> Explorer {
    // The first batch normalisation after the image, which is bn1.
    Explorer::of("resnet20_fashion", size).press("N")
}

#[test]
fn it_looks_well_at_every_size() {
    assert_picture!("laboratory_80x24", laboratory(SMALL));
    assert_picture!("laboratory_scrolled_80x24", laboratory(SMALL).press("PgDn"));
    assert_picture!("laboratory_120x40", laboratory(LARGE).press("]"));
    assert_picture!(
        "laboratory_constant_120x40",
        laboratory(LARGE).press("i End")
    );
    assert_picture!("laboratory_200x60", laboratory((200, 60)));
}

#[test]
fn its_numbers_are_the_engines() {
    let explorer = laboratory(LARGE).press("]]] - -");
    let opened = explorer.app.opened().expect("a network");
    let laboratory = opened.bn_lab.as_ref().expect("it is open");
    assert_eq!((laboratory.setup.size, laboratory.setup.channel), (4, 3));
    let shown = laboratory.shown.as_ref().expect("a batch was sent through");
    let lab =
        BnLab::new(&opened.subject.model, &WeightsChoice::Shipped, "bn1").expect("a laboratory");
    let input = lab.input(4, 0).expect("a batch");
    let channel = lab
        .channel(&input, 3, &lab.start(Start::Stored))
        .expect("a channel");
    assert_eq!(*shown.channel, channel);
    let steps = lab.walk(4, 6, Start::Fresh).expect("batches");
    for (step, running) in steps.iter().zip(&shown.running) {
        let own = [step.running.mean[3], step.running.variance[3]];
        assert!(
            own.iter()
                .zip(running)
                .all(|(own, shown)| own.to_bits() == shown.to_bits())
        );
    }
    for (place, size) in [1, 4, 16, 64].into_iter().enumerate() {
        let measured = laboratory.measured[place].expect("it was measured");
        assert_eq!(measured.distance, lab.distance(size).expect("a distance"));
    }
    let text: String = laboratory
        .lines(100, resnet_explore::text::Language::ENGLISH)
        .into_iter()
        .map(|(line, _)| line + "\n")
        .collect();
    for number in [
        channel.mean,
        channel.variance_biased,
        channel.variance_unbiased,
    ] {
        assert!(text.contains(&format!("{number:.6}")), "{number}: {text}");
    }
}

#[test]
fn a_constant_input_becomes_beta_and_more_batches_move_the_running_statistics() {
    let explorer = laboratory(LARGE).press("i n");
    let opened = explorer.app.opened().expect("a network");
    let shown = opened
        .bn_lab
        .as_ref()
        .and_then(|lab| lab.shown.as_ref())
        .expect("shown");
    assert!(
        shown
            .channel
            .training
            .iter()
            .all(|y| (y - shown.channel.beta).abs() < 1e-6)
    );
    assert_eq!(shown.running.len(), 7);
    let closed = explorer.press("Esc");
    assert!(closed.app.overlay.is_none());
    assert!(closed.app.opened().expect("a network").bn_lab.is_none());
}

#[test]
fn the_film_is_above_the_fold_in_every_language_and_without_colours() {
    assert_picture!("laboratory_zh_80x24", laboratory(SMALL).in_chinese());
    let mono = Explorer::with_colours(Some(model("resnet20_fashion")), SMALL, Depth::Mono);
    assert_picture!("laboratory_ascii_80x24", mono.press("N A"));
    let mut film = laboratory(SMALL);
    let picture = film.picture();
    for part in [
        "x̂",
        "-1σ",
        "+1σ",
        "batch means",
        "Which statistics?",
        "[16]",
        "variance of x̂",
    ] {
        assert!(picture.contains(part), "{part}: {picture}");
    }
}

#[test]
fn epsilon_slides_and_changes_the_variance_of_what_is_normalised() {
    let of = |keys: &str| {
        let explorer = laboratory(LARGE).press(keys);
        let lab = explorer
            .app
            .opened()
            .and_then(|opened| opened.bn_lab.as_ref());
        *lab.and_then(|lab| lab.shown.clone()).expect("it is shown")
    };
    let own = of("");
    assert!((own.settings.eps - 1e-5).abs() < 1e-12);
    let large = of("> > > > >");
    assert!(
        (large.settings.eps - 1.0).abs() < 1e-12,
        "{}",
        large.settings.eps
    );
    let variance = f64::from(own.channel.variance_biased);
    let left = moments(&large.channel.normalized).variance;
    assert!((left - variance / (variance + 1.0)).abs() < 1e-5, "{left}");
    let back = of("> > < <");
    assert_eq!(back.channel, own.channel);
}

#[test]
fn each_batch_moves_the_running_mean_a_tenth_of_the_way() {
    let explorer = laboratory(LARGE).press("n n n n n n n n");
    let lab = explorer
        .app
        .opened()
        .and_then(|opened| opened.bn_lab.as_ref());
    let shown = lab.and_then(|lab| lab.shown.as_ref()).expect("it is shown");
    assert_eq!((shown.batches.len(), shown.running.len()), (14, 14));
    let mut running = 0.0_f32;
    for (batch, after) in shown.batches.iter().zip(&shown.running) {
        running = 0.9 * running + 0.1 * batch[0];
        assert!((running - after[0]).abs() < 1e-6);
    }
}

#[test]
fn a_key_counts_right_answers_by_each_kind_of_statistics() {
    let mut explorer = laboratory(SMALL).press("E");
    let picture = explorer.picture();
    for line in [
        "each image's own: 5 of 22",
        "(inference): 20 of 22",
        "one batch of 22: 21 of 22",
    ] {
        assert!(picture.contains(line), "{line}: {picture}");
    }
    let mut none = Explorer::of("resnet20_cifar", SMALL).press("N E");
    assert!(none.picture().contains("no labelled"), "{}", none.picture());
}

#[test]
fn a_network_without_one_says_so() {
    let explorer = Explorer::of("resnetv2_50d_gn", SMALL);
    let mut explorer = explorer.press("N");
    let said = explorer.app.notice_text().unwrap_or_default();
    assert!(
        said.contains("no batch normalisation"),
        "{said}: {}",
        explorer.picture()
    );
}
