//! An addition as a picture, and the explanation of its cells.

use resnet_explore::report::pass::activation::Activation;
use resnet_explore::tui::input::Input;
use resnet_explore::tui::kit::theme::Depth;

use crate::explorer::{Explorer, LARGE, SMALL, assert_picture, model};

const TO_SUM: &str = "3 Enter nnnnnnnnnnnn";

fn shown(explorer: &Explorer) -> &Activation {
    let opened = explorer.app.opened().expect("a network");
    opened.forward.shown.as_ref().expect("a layer has run")
}

#[test]
fn it_is_drawn_by_default_at_every_size_in_every_language_and_without_colours() {
    let sum = |size| Explorer::of("resnet20_fashion", size).press(TO_SUM);
    assert_picture!("addition_80x24", sum(SMALL));
    assert_picture!("addition_120x40", sum(LARGE));
    assert_picture!("addition_200x60", sum((200, 60)));
    assert_picture!("addition_zh_80x24", sum(SMALL).in_chinese());
    assert_picture!("addition_changed_80x24", sum(SMALL).press("i Enter"));
    let mono = Explorer::with_colours(Some(model("resnet20_fashion")), SMALL, Depth::Mono);
    assert_picture!("addition_ascii_80x24", mono.press(TO_SUM).press("A"));
}

#[test]
fn signs_are_told_apart_without_colours_and_are_those_of_the_values() {
    let mono = Explorer::with_colours(Some(model("resnet20_fashion")), (200, 60), Depth::Mono);
    let mut mono = mono.press(TO_SUM).press("A");
    let picture = mono.picture();
    let body: String = picture.lines().skip(5).take(24).collect();
    let has = |signs: &[char]| body.contains(signs);
    assert!(has(&['-', '~', '=']) && has(&['+', '*', '#']), "{picture}");
    // The shortcut comes from a ReLU: nothing in the second picture is below zero.
    let second: Vec<&str> = picture.lines().skip(5).take(24).collect();
    let columns = |line: &str| line.chars().skip(98).take(45).collect::<String>();
    for line in second {
        assert!(!columns(line).contains(['-', '~']), "{line}");
    }
}

#[test]
fn the_sum_of_a_cell_is_that_of_its_operands_and_comes_first_in_its_explanation() {
    let mut explorer = Explorer::of("resnet20_fashion", LARGE).press(TO_SUM);
    let values = shown(&explorer);
    let at = 22 * 28 + 20;
    let [main, shortcut, sum] =
        [&values.inputs[0], &values.inputs[1], &values.output].map(|value| value.channel(0)[at]);
    assert_eq!(
        [main, shortcut, sum].map(|value| format!("{value:.3}")),
        ["0.338", "1.976", "2.315"]
    );
    let picture = explorer.picture();
    let line = "channel 0, row 22, column 20: 0.338 + 1.976 = 2.315";
    assert!(picture.contains(line), "{picture}");
    let explained = explorer.press("x").picture();
    let place = |word: &str| {
        explained
            .find(word)
            .unwrap_or_else(|| panic!("{word}: {explained}"))
    };
    assert!(
        place("0.33833 + 1.97625") < place("144 products"),
        "{explained}"
    );
}

#[test]
fn a_click_in_any_of_its_pictures_explains_that_cell() {
    for column in [10, 50, 90] {
        let explorer = Explorer::of("resnet20_fashion", LARGE).press(TO_SUM);
        let explorer = explorer.input(Input::Click(column, 10));
        let forward = &explorer.app.opened().expect("a network").forward;
        let cell = forward.explained.as_ref().expect("an explanation").cell;
        assert_eq!((cell.channel, cell.row), (0, 7), "{column}");
    }
}

#[test]
fn a_key_shows_several_channels_and_a_cut_operand_is_zero() {
    let several = Explorer::of("resnet20_fashion", LARGE)
        .press(TO_SUM)
        .press("-")
        .picture();
    assert!(several.contains("channels 0"), "{several}");
    let again = Explorer::of("resnet20_fashion", LARGE)
        .press(TO_SUM)
        .press("- +")
        .picture();
    assert!(again.contains("one scale for all"), "{again}");
    let mut cut = Explorer::of("resnet20_fashion", SMALL)
        .press(TO_SUM)
        .press("i Enter");
    let picture = cut.picture();
    assert!(picture.contains("cut: zeros"), "{picture}");
    assert!(picture.contains("0.000 + 2.267 = 2.267"), "{picture}");
}
