//! Promise: a user's keys hold and are named everywhere; `q` closes boxes, `Esc` says where it leads, what cannot act now is dim and
//! says why; keys, tabs and headings can be clicked, and nothing is cut off for good.

#[path = "keys/back.rs"]
mod back;
#[path = "common/explorer.rs"]
mod explorer;
#[path = "keys/scroll.rs"]
mod scroll;

use std::sync::Arc;

use explorer::{Explorer, LARGE, SMALL};
use ratatui::layout::Rect;
use resnet_explore::report::catalogue::entry::SortKey;
use resnet_explore::spec::Source;
use resnet_explore::tui::app::hints::hints;
use resnet_explore::tui::input::Input;
use resnet_explore::tui::keys::Keymap;
use resnet_explore::tui::kit::ascii;
use resnet_explore::tui::message::{Command, Tab};

fn keymap(text: &str) -> Keymap {
    let source = Source {
        name: "keys.toml".to_owned(),
        text: text.to_owned(),
    };
    Keymap::read(&Arc::new(source)).expect("keys that can be")
}

/// Last line of the screen.
fn footer(explorer: &mut Explorer) -> String {
    let picture = explorer.picture();
    picture.lines().last().unwrap_or_default().to_owned()
}

/// Presses the left button at the first place of a text.
fn click(explorer: Explorer, text: &str) -> Explorer {
    click_below(0, explorer, text)
}

/// Clicks a text in a line from that one on.
fn click_below(first: usize, mut explorer: Explorer, text: &str) -> Explorer {
    let picture = explorer.picture();
    let mut lines = (0..).zip(picture.lines()).skip(first);
    let (row, line) = lines.find(|(_, line)| line.contains(text)).expect(text);
    let at = line.find(text).expect("it is there");
    let column = resnet_explore::tui::kit::text::width(&line[..at]) as u16;
    explorer.input(Input::Click(column, row))
}

#[test]
fn keys_of_a_user_hold_and_are_named_in_footer_help_palette_and_lesson() {
    let mut explorer = Explorer::of("resnet50", LARGE);
    explorer.app.use_keys(keymap(
        "[layers]\ndetail = \"ö\"\nfilter = \"0\"\n[beside]\nanswer = \"ß\"\n",
    ));
    assert!(
        footer(&mut explorer).contains("ö detail"),
        "{}",
        footer(&mut explorer)
    );
    let mut help = explorer.press("?");
    assert!(help.picture().contains("   ö "), "{}", help.picture());
    let mut palette = help.press("Esc : detail");
    assert!(palette.picture().contains("ö "), "{}", palette.picture());
    let detail = palette.press("Esc ö");
    let scopes = format!("{:?}", detail.app.scopes());
    assert!(scopes.starts_with("[Detail"), "{scopes}");
    let mut lesson = Explorer::new(None, LARGE);
    lesson.app.use_keys(keymap("[beside]\nanswer = \"ß\"\n"));
    resnet_explore::tui::teach(&mut lesson.app, "basic-block");
    let mut lesson = lesson.press("Enter");
    assert!(lesson.picture().contains("press ß"), "{}", lesson.picture());
}

#[test]
fn q_closes_a_box_and_quits_only_where_none_is_open() {
    let quits = |explorer: &Explorer| {
        let scopes = explorer.app.scopes();
        let key = resnet_explore::tui::input::Key::Char('q');
        explorer.app.keys.command(&scopes, key) == Some(Command::Quit)
    };
    for words in ["?", "|", "s", "N", "3 Enter r i", "3 w", "3 w o"] {
        let opened = Explorer::of("resnet20_fashion", SMALL).press(words);
        assert!(!quits(&opened), "{words}");
    }
    let closed = Explorer::of("resnet20_fashion", SMALL).press("? q");
    assert!(closed.app.overlay.is_none() && quits(&closed));
}

#[test]
fn esc_says_where_it_leads() {
    let mut catalogue = Explorer::of("resnet50", SMALL);
    assert!(footer(&mut catalogue).contains("Esc catalogue"));
    let mut compared = catalogue.press("D resnet101 Enter");
    assert!(footer(&mut compared).contains("Esc resnet50"));
    let mut filtered = compared.press("Esc & conv Enter");
    assert!(footer(&mut filtered).contains("Esc all layers"));
    let mut left = filtered.press("Esc Esc Esc");
    assert!(
        footer(&mut left).contains("q quits"),
        "{}",
        footer(&mut left)
    );
}

#[test]
fn what_cannot_act_now_is_dim_and_says_why() {
    let dim = |explorer: &Explorer, command: Command| {
        let hints = hints(&explorer.app, Rect::new(0, 0, 300, 1));
        let hint = hints.into_iter().find(|hint| hint.command == command);
        !hint.expect("it is in the footer").is_possible
    };
    let begun = Explorer::of("resnet20_fashion", SMALL).press("3 Enter");
    assert!(dim(&begun, Command::StepBack) && dim(&begun, Command::Explain));
    assert!(!dim(&begun, Command::Step));
    let mut told = begun.press("x");
    assert!(footer(&mut told).contains("nothing has run yet"));
    let ended = told.press("r");
    assert!(dim(&ended, Command::Step) && !dim(&ended, Command::StepBack));
    let catalogue = Explorer::new(None, SMALL);
    assert!(dim(&catalogue, Command::Compare));
    assert!(!dim(&catalogue.press("m j j"), Command::Compare));
}

#[test]
fn keys_tabs_and_headings_are_clicked() {
    let tab = |explorer: &Explorer| explorer.app.opened().expect("a network").tab;
    let graph = click(Explorer::of("resnet50", LARGE), "2 Graph");
    assert_eq!(tab(&graph), Tab::Graph);
    let help = click(graph, "? help");
    assert!(help.app.overlay.is_some());
    let ranked = click(Explorer::of("resnet50", LARGE), "output");
    let layers = &ranked.app.opened().expect("a network").layers;
    assert!(layers.ranked_by.is_some() && layers.tree.is_ranked());
    let again = click(ranked, "output");
    assert!(
        again
            .app
            .opened()
            .expect("a network")
            .layers
            .ranked_by
            .is_none()
    );
    let sorted = click(Explorer::new(None, LARGE), "depth");
    assert_eq!(sorted.app.catalogue.sort(), SortKey::Depth);
    // The line above the headings names the order too.
    let turned = click_below(2, sorted, "depth");
    assert!(turned.app.catalogue.is_reversed());
}

#[test]
fn columns_that_have_no_room_are_listed_and_scrolled_to() {
    let mut narrow = Explorer::of("resnet50", (60, 24));
    let picture = narrow.picture();
    assert!(picture.contains("hidden"), "{picture}");
    let mut scrolled = narrow.press("] ] ] ]");
    let other = scrolled.picture();
    assert_ne!(picture.lines().nth(1), other.lines().nth(1), "{other}");
    let mut back = scrolled.press("[ [ [ [");
    assert_eq!(picture.lines().nth(1), back.picture().lines().nth(1));
    let mut end = back.press("[");
    assert!(footer(&mut end).contains("no more columns in that direction"));
}

/// Source files below a folder, with their text.
fn sources(folder: &std::path::Path) -> Vec<(std::path::PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            found.push((path, text));
        }
    }
    found
}

#[test]
fn every_sign_has_a_form_in_ascii() {
    let mut without = Vec::new();
    let mut look = |text: &str, place: &str| {
        let signs = text.chars().filter(|sign| !sign.is_ascii());
        for sign in signs.filter(|sign| *sign < '\u{2e80}' && !sign.is_alphabetic()) {
            let form = ascii::text(&sign.to_string());
            if form == "?" {
                without.push(format!("{sign} in {place}"));
            }
        }
    };
    look(include_str!("../src/text/languages/en.ftl"), "the texts");
    // Signs in formulas and the like: those of the code, wherever they are shown.
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for part in ["network", "engine", "report", "tui"] {
        for (path, code) in sources(&root.join(part)) {
            let lines = code
                .lines()
                .map(|line| line.split("//").next().unwrap_or_default());
            let code: String = lines.collect();
            // Marks over letters are part of them, and emoji are for Markdown.
            let code = code.replace(['\u{302}', '✅', '❌'], "");
            look(&code, &path.display().to_string());
        }
    }
    let mut doors = Explorer::new(None, LARGE);
    resnet_explore::tui::begin_at_doors(&mut doors.app);
    look(&doors.picture(), "the doors");
    look(&doors.press("1").picture(), "the film");
    let states =
        ["", "2", "2 +", "4", "5", "?", "/ conv1 Enter d"].map(|words| ("resnet50", words));
    let with_values = ["3 Enter r", "3 Enter n n n n n", "N"];
    let with_values = with_values.map(|words| ("resnet20_fashion", words));
    for (name, words) in states.into_iter().chain(with_values) {
        look(&Explorer::of(name, LARGE).press(words).picture(), words);
    }
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn columns_without_room_are_named_and_scrolled_to() {
    let mut catalogue = Explorer::new(None, SMALL);
    assert!(catalogue.picture().contains("hidden: input, "));
    let mut scrolled = catalogue.press("]]");
    let picture = scrolled.picture();
    let heading = picture.lines().nth(2).unwrap_or_default().to_owned();
    assert!(
        heading.contains("MACs, G") && heading.contains("RF"),
        "{picture}"
    );
    assert!(!heading.contains("params"), "{picture}");
    let mut back = scrolled.press("[[");
    assert!(back.picture().contains("params, M"));

    let mut compare = Explorer::of("resnet50", SMALL).press("D resnet50_v1 Enter");
    assert!(
        compare.picture().contains("hidden: "),
        "{}",
        compare.picture()
    );
    let mut scrolled = compare.press("]]]");
    let picture = scrolled.picture();
    let head = picture
        .lines()
        .find(|line| line.contains("activations") && line.contains("resnet50_v1"));
    assert!(head.is_some(), "{picture}");
}

#[test]
fn a_click_on_the_heading_of_a_cost_sorts_a_comparison_by_it() {
    let compare = Explorer::of("resnet50", LARGE).press("D resnet101 Enter");
    let mut sorted = click_below(10, compare, "parameters");
    let picture = sorted.picture();
    assert!(picture.contains("parameters ▼"), "{picture}");
    // Of the layers that only ResNet-101 has, the 3×3 convolutions are the largest.
    let compared = sorted.app.compared().expect("a comparison");
    let costs: Vec<i128> = compared
        .tree
        .shown()
        .map(|item| item.row.cost.params.abs())
        .collect();
    assert!(costs[0] == 589_824 && costs.is_sorted_by(|a, b| a >= b));
    let mut back = click_below(10, sorted, "parameters ▼");
    assert!(!back.picture().contains("parameters ▼"));
}

#[test]
fn the_text_about_a_problem_scrolls_and_says_where_it_is() {
    let mut checks = Explorer::of("resnet50_v1", SMALL).press("4");
    let picture = checks.picture();
    let title = picture.lines().find(|line| line.contains("1–"));
    assert!(title.is_some(), "{picture}");
    let mut scrolled = checks.press("JJ");
    assert!(scrolled.picture().contains("3–"), "{}", scrolled.picture());
}
