//! Presenter mode: large labels, echoed keys, hidden answers, and a question before leaving.

use resnet_explore::tui::input::{Input, Key};
use resnet_explore::tui::update::{messages, update};

use crate::explorer::{Explorer, LARGE, SMALL, assert_picture};

const AT_END: &str = "3 Enter ( r";

fn fashion(size: (u16, u16)) -> Explorer {
    Explorer::of("resnet20_fashion", size)
}

fn last_line(explorer: &mut Explorer) -> String {
    let picture = explorer.picture();
    picture.lines().next_back().unwrap_or_default().to_owned()
}

#[test]
fn it_looks_well_at_every_size_in_every_language_and_in_ascii() {
    assert_picture!(
        "presenter_80x24",
        fashion(SMALL).press("3 Enter ( nnnnnnnnnnnn")
    );
    assert_picture!(
        "presenter_120x40",
        fashion(LARGE).press("3 Enter ( nnnnnnnnnnnn")
    );
    assert_picture!("presenter_end_120x40", fashion(LARGE).press(AT_END));
    assert_picture!(
        "presenter_zh_80x24",
        fashion(SMALL).press(AT_END).in_chinese()
    );
    assert_picture!(
        "presenter_ascii_80x24",
        fashion(SMALL).press("3 Enter ( n A")
    );
}

#[test]
fn the_last_key_is_echoed_with_its_words() {
    let mut explorer = fashion(LARGE).press("3 Enter ( n");
    assert_eq!(last_line(&mut explorer), " n  run the next layer");
    let mut plain = fashion(LARGE).press("3 Enter ( n (");
    assert!(last_line(&mut plain).contains("run all"));
}

#[test]
fn nothing_is_revealed_without_a_key() {
    let mut hidden = fashion(LARGE).press(AT_END);
    let picture = hidden.picture();
    assert!(picture.contains("answer hidden"), "{picture}");
    assert!(
        !picture.contains("Ankle boot") && !picture.contains("Sneaker"),
        "{picture}"
    );
    let mut shown = hidden.press("!");
    let picture = shown.picture();
    assert!(
        picture.contains("Ankle boot") && !picture.contains("answer hidden"),
        "{picture}"
    );
    let mut again = shown.press("0 r");
    assert!(
        again.picture().contains("answer hidden"),
        "{}",
        again.picture()
    );
    let mut graph = again.press("2");
    let picture = graph.picture();
    assert!(
        picture.contains("answer hidden") && !picture.contains("Ankle"),
        "{picture}"
    );
}

#[test]
fn neither_the_chooser_nor_the_maps_of_where_it_looked_name_a_class_unasked() {
    let hides = |explorer: &mut Explorer| {
        let picture = explorer.picture();
        assert!(picture.contains("answer hidden"), "{picture}");
        for class in ["Ankle boot", "Sneaker", "Sandal"] {
            assert!(!picture.contains(class), "{class}: {picture}");
        }
    };
    let mut chooser = fashion(LARGE).press("3 ( w");
    assert!(chooser.picture().contains("sample:0"));
    hides(&mut chooser);
    let mut looks = fashion(LARGE).press("3 ( Y");
    hides(&mut looks);
    let mut shown = looks.press("!");
    let picture = shown.picture();
    assert!(picture.contains("Ankle boot"), "{picture}");
}

#[test]
fn q_asks_first_and_any_other_key_takes_it_back() {
    let mut explorer = fashion(LARGE).press("( q");
    assert!(
        explorer.picture().contains("quit? press q once more"),
        "{}",
        explorer.picture()
    );
    let quits = |explorer: &mut Explorer| {
        let messages = messages(&explorer.app, Input::Key(Key::Char('q')));
        let mut effects = messages
            .into_iter()
            .filter_map(|told| update(&mut explorer.app, told));
        effects.next().is_some()
    };
    assert!(quits(&mut explorer));
    let mut other = fashion(LARGE).press("( q j");
    assert!(!quits(&mut other), "it asks again");
    let mut without = fashion(LARGE);
    assert!(quits(&mut without));
}

#[test]
fn a_key_flips_before_and_after_in_place() {
    // The addition of layer1.0, whose main path is off.
    let changed = "3 Enter nnnnnnnnnnnn i Enter";
    let value = |explorer: &Explorer| {
        let forward = &explorer.app.opened().expect("a network").forward;
        let shown = forward.on_screen().expect("a layer");
        (shown.output.values().to_vec(), shown.was.is_some())
    };
    let both = fashion(LARGE).press(changed);
    let (now, has_both) = value(&both);
    assert!(has_both);
    let mut before = both.press(";");
    let (was, has_both) = value(&before);
    assert!(!has_both && was != now);
    assert!(
        before.picture().contains("BEFORE · layer1.0.add"),
        "{}",
        before.picture()
    );
    let unchanged = fashion(LARGE).press("3 Enter nnnnnnnnnnnn");
    assert_eq!(value(&unchanged).0, was, "it is the pass before the change");
    let mut after = before.press(";");
    assert_eq!(value(&after), (now, false));
    assert!(
        after.picture().contains("AFTER · layer1.0.add"),
        "{}",
        after.picture()
    );
    let back = after.press("-");
    assert!(value(&back).1);
    let nothing = fashion(LARGE).press("3 Enter n ;");
    let notice = nothing.app.notice_text().unwrap_or_default();
    assert!(notice.contains("nothing to flip"), "{notice}");
}
