//! One step back: wherever Esc acts, the last line names it with the place that it leads to.

use std::collections::HashSet;

use ratatui::layout::Rect;
use resnet_explore::tui::app::hints::hints;
use resnet_explore::tui::input::Key;
use resnet_explore::tui::keys::{Scope, TABLE};
use resnet_explore::tui::message::Command;
use resnet_explore::tui::{teach, update};

use crate::explorer::{Explorer, SMALL, keys_of};
use crate::footer;

/// States that follow each other: the keys into each, the words that the last line has after Esc, and the innermost scope after it.
type States = &'static [(&'static str, &'static str, Scope)];

const NETWORK: States = &[
    ("d", "table", Scope::Layers),
    ("|", "close", Scope::Layers),
    ("s", "close", Scope::Layers),
    ("& conv Enter", "all layers", Scope::Layers),
    ("& conv Enter d", "table", Scope::Layers),
    ("", "all layers", Scope::Layers),
    ("/", "close", Scope::Layers),
    ("?", "close", Scope::Layers),
    (":", "close", Scope::Layers),
    ("o", "close", Scope::Layers),
    ("N", "close", Scope::Layers),
    ("2 N", "close", Scope::Graph),
    ("3 w", "close", Scope::Forward),
    ("w /", "cancel", Scope::Chooser),
    ("Enter r x", "maps", Scope::Forward),
    ("x ] Right", "maps", Scope::Forward),
    ("i", "close", Scope::Forward),
    ("O", "close", Scope::Forward),
    ("Y", "close", Scope::Forward),
    ("7 w", "close", Scope::Weights),
    ("Home +", "tensor list", Scope::Weights),
    ("c Down Enter", "one set of weights", Scope::Weights),
    ("D resnet20_cifar Enter", "resnet20_fashion", Scope::Weights),
    ("G", "resnet20_fashion", Scope::Weights),
    ("G i", "close", Scope::Train),
    ("Esc @", "catalogue", Scope::Catalogue),
];

const CATALOGUE: States = &[
    ("/ resnet", "all networks", Scope::Catalogue),
    ("V", "list", Scope::Catalogue),
    ("V / resnext", "all networks", Scope::Scatter),
    ("/ resnext Enter", "all networks", Scope::Scatter),
    (
        "Esc / resnet20_fashion Enter 1",
        "catalogue",
        Scope::Catalogue,
    ),
    // The search is still there.
    ("", "all networks", Scope::Catalogue),
    ("s", "close", Scope::Catalogue),
    ("0", "catalogue", Scope::Catalogue),
    ("0 1", "end", Scope::Start),
    ("3", "close", Scope::Start),
];

const LESSON: States = &[
    ("", "view", Scope::Beside),
    ("a Enter Enter", "cancel", Scope::Question),
    ("Enter 64x112x112 Enter", "view", Scope::Beside),
    ("d", "table", Scope::Beside),
];

/// Keys in the last line that lead one step back: the key's name and its words.
fn ways_back(explorer: &Explorer) -> Vec<(String, String, Command)> {
    let scopes = explorer.app.scopes();
    let width = explorer.app.size.0;
    let line = Rect::new(0, 0, width, 1);
    let back = explorer.app.keys.command(&scopes, Key::Esc);
    let shown = hints(&explorer.app, line).into_iter();
    let shown = shown.filter(|hint| hint.key == "Esc" && Some(hint.command) == back);
    shown
        .map(|hint| {
            assert!(hint.area.right() <= width, "{hint:?} has no room");
            (hint.key, hint.words, hint.command)
        })
        .collect()
}

/// Goes through the states, and adds the scopes that were active in them.
fn walk(mut explorer: Explorer, states: States, seen: &mut HashSet<Scope>) -> Explorer {
    for (keys, words, after) in states {
        explorer = explorer.press(keys);
        seen.extend(explorer.app.scopes());
        let ways = ways_back(&explorer);
        let named: Vec<&str> = ways.iter().map(|(_, words, _)| words.as_str()).collect();
        assert_eq!(named, [*words], "after {keys}: {:?}", explorer.app.scopes());
        if explorer.app.notice.is_none() {
            let line = footer(&mut explorer);
            assert!(line.contains(&format!("Esc {words}")), "{keys}: {line}");
        }
        explorer = explorer.press("Esc");
        let scopes = explorer.app.scopes();
        assert_eq!(scopes[0], *after, "after {keys} and Esc: {scopes:?}");
    }
    explorer
}

/// Presses a key whose work no worker does.
fn begin(explorer: &mut Explorer, key: &str) {
    for input in keys_of(key) {
        for message in update::messages(&explorer.app, input) {
            update::update(&mut explorer.app, message);
        }
    }
}

#[test]
fn esc_is_named_wherever_it_acts_with_the_place_that_it_leads_to() {
    let mut seen = HashSet::new();
    let network = Explorer::of("resnet20_fashion", SMALL);
    let catalogue = walk(network, NETWORK, &mut seen);
    // Where nothing is left to go back from, it is not named.
    assert_eq!(ways_back(&catalogue), []);
    let mut left = catalogue.press("Esc");
    assert!(footer(&mut left).contains("q quits"));
    walk(left, CATALOGUE, &mut seen);

    let mut lesson = Explorer::new(None, SMALL);
    teach(&mut lesson.app, "stem");
    walk(lesson, LESSON, &mut seen);

    let mut running = Explorer::of("resnet20_fashion", SMALL).press("3 Enter");
    for (view, other) in [("2", "r"), ("3", "r"), ("6", "r")] {
        running = running.press(view);
        begin(&mut running, other);
        seen.extend(running.app.scopes());
        assert_eq!(running.app.scopes()[0], Scope::Running, "{view}");
        assert_eq!(ways_back(&running)[0].1, "stop", "{view}");
        running = Explorer::of("resnet20_fashion", SMALL).press("3 Enter");
    }

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("net.toml");
    let text = "inherits = \"resnet18\"\nsummary = \"a mistake\"\nshortcut = \"identity\"\n";
    std::fs::write(&path, text).expect("written");
    let name = path.display().to_string();
    let wrong = resnet_explore::lower::open(&name, &resnet_explore::lower::Overrides::default())
        .expect("a network");
    let asked: States = &[("4 f", "leave", Scope::Checks)];
    let mut checks = walk(Explorer::new(Some(wrong), SMALL), asked, &mut seen);
    for view in ["4", "5"] {
        checks = checks.press(view);
        seen.extend(checks.app.scopes());
        assert_eq!(ways_back(&checks)[0].1, "catalogue", "{view}");
    }

    // All scopes in which Esc has a command, and all views, were visited.
    let has_esc = |scope: &Scope| {
        let rows = TABLE.iter().filter(|row| row.scope == *scope);
        scope.home().is_some() || rows.flat_map(|row| row.keys).any(|key| *key == Key::Esc)
    };
    let missed = Scope::ALL.into_iter().filter(has_esc);
    let missed: Vec<Scope> = missed.filter(|scope| !seen.contains(scope)).collect();
    assert_eq!(missed, [], "states without a test");
}

#[test]
fn esc_leads_back_with_keys_of_ones_own_too() {
    let text = "[detail]\ndetail = \"ö\"\n[explained]\nexplain = \"ö\"\n[opened]\nback = \"ü\"\n";
    let mut explorer = Explorer::of("resnet20_fashion", SMALL);
    explorer.app.use_keys(crate::keymap(text));
    let detail = explorer.press("d");
    assert_eq!(ways_back(&detail)[0].1, "table");
    let explained = detail.press("Esc 3 Enter r x");
    assert_eq!(ways_back(&explained)[0].1, "maps");
    let maps = explained.press("Esc");
    assert_eq!(maps.app.scopes()[0], Scope::Forward);
    assert_eq!(ways_back(&maps)[0].1, "catalogue");
}
