//! Promise: the graph, the searched lists, the spec and what can be changed in place show what they should.

#[path = "common/explorer.rs"]
mod explorer;

use explorer::{Explorer, LARGE, SMALL, assert_picture};
use resnet_explore::tui::message::Tab;
use resnet_explore::tui::theme::{Depth, Role, Theme};

#[test]
fn the_graph() {
    let graph = |name, size| Explorer::of(name, size).press("2");
    assert_picture!("graph_blocks_80x24", graph("resnet50", SMALL));
    assert_picture!("graph_stages_80x24", graph("resnet50", SMALL).press("-"));
    assert_picture!("graph_layers_80x24", graph("resnet50", SMALL).press("+"));
    assert_picture!(
        "graph_blocks_120x40",
        graph("resnet50", LARGE).press("j j j j")
    );
    let conv2 = "/ layer2.0.conv2 Enter";
    assert_picture!("graph_layers_120x40", graph("resnet50", LARGE).press(conv2));
    assert_picture!(
        "graph_layers_200x60",
        graph("resnet50", (200, 60)).press(conv2)
    );
}

#[test]
fn the_selected_box_is_always_in_sight() {
    for name in [
        "resnet50",
        "resnet1202_cifar",
        "res2net50_26w_4s",
        "resnest14d",
    ] {
        for level in ["-", "", "+"] {
            let mut explorer = Explorer::of(name, SMALL).press("2").press(level);
            for words in [
                "End", "PgUp", "f", "l", "h", "KKK", "JJJJJJ", "F", "Home", "LL", "PgDn",
            ] {
                explorer = explorer.press(words);
                explorer.picture();
                let buffer = explorer.terminal.backend().buffer();
                let selected = Theme::new(Depth::True).style(Role::Selected);
                let is_seen = buffer
                    .content()
                    .iter()
                    .skip(160)
                    .any(|cell| Some(cell.bg) == selected.bg);
                assert!(is_seen, "{name} {level} after {words}");
            }
        }
    }
}

#[test]
fn following_an_edge_goes_from_a_block_to_its_sum_and_back() {
    let layer = |explorer: &Explorer| {
        let opened = explorer.app.opened().expect("a network");
        let id = opened.layer().expect("a layer");
        opened.subject.model.network[id].path.to_string()
    };
    let explorer = Explorer::of("resnet50", SMALL).press("2 + / layer1.0.relu#3 Enter f");
    assert_eq!(layer(&explorer), "layer1.1.add");
    let explorer = explorer.press("F");
    assert_eq!(layer(&explorer), "layer1.0.relu#3");
    assert_eq!(layer(&explorer.press("u")), "layer1.1.add");
}

#[test]
fn lists_that_are_searched() {
    assert_picture!(
        "palette_80x24",
        Explorer::of("resnet50", SMALL).press(": forward")
    );
    assert_picture!(
        "find_80x24",
        Explorer::of("resnet50", SMALL).press("/ l30down")
    );
    assert_picture!("rules_120x40", Explorer::of("resnet50", LARGE).press("R"));
    let filter = "f conv Space 3x3 Space stride Space 2 Enter";
    assert_picture!(
        "filter_80x24",
        Explorer::of("resnet50", SMALL).press(filter)
    );
}

#[test]
fn the_spec() {
    assert_picture!("spec_80x24", Explorer::of("resnet50", SMALL).press("5"));
    assert_picture!("spec_120x40", Explorer::of("resnet50", LARGE).press("5"));
}

#[test]
fn rule_size_batch_and_classes_move_every_number() {
    let mut explorer = Explorer::of("resnet50", LARGE);
    assert!(explorer.picture().contains("4,089,184,256"));
    let mut explorer = explorer.press("B 2 Enter");
    assert!(
        explorer.picture().contains("8,178,368,512"),
        "{}",
        explorer.picture()
    );
    let mut explorer = explorer.press("B 1 Enter C 10 Enter");
    assert!(
        explorer.picture().contains("23,528,522"),
        "{}",
        explorer.picture()
    );
    let mut explorer = explorer.press("I 320x224 Enter");
    assert!(
        explorer.picture().contains("80×56"),
        "{}",
        explorer.picture()
    );
    let explorer = explorer.press("I 0x7 Enter");
    let notice = explorer.app.notice.as_deref().unwrap_or_default();
    assert!(notice.contains("no size"), "{notice}");
}

#[test]
fn jumps_can_be_undone_and_done_again() {
    let explorer = Explorer::new(None, SMALL).press("/ resnet50 Enter 2 4 u u");
    assert_eq!(
        explorer.app.opened().map(|opened| opened.tab),
        Some(Tab::Layers)
    );
    let explorer = explorer.press("u");
    assert!(explorer.app.opened().is_none());
    let explorer = explorer.press("U U U");
    assert_eq!(
        explorer.app.opened().map(|opened| opened.tab),
        Some(Tab::Checks)
    );
}

#[test]
fn ascii_alone_is_enough() {
    for words in ["", "2", "2 +", "2 -", "4", "5", "?", ":"] {
        let mut explorer = Explorer::of("resnet50", LARGE).press(words).press("A");
        explorer.app.ascii = true;
        let picture = explorer.picture();
        assert!(picture.is_ascii(), "{words}: {picture}");
    }
    let mut explorer = Explorer::of("resnet50", SMALL).press("2 A");
    assert_picture!("graph_ascii_80x24", explorer);
}
