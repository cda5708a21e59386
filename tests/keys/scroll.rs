//! Scrolling: every list and text that is longer than its room shows its position, which moves with it.

use std::collections::HashSet;

use resnet_explore::tui::begin_at_doors;
use resnet_explore::tui::keys::Scope;

use crate::explorer::{Explorer, SMALL};

/// The smallest screen.
const LOW: (u16, u16) = (60, 18);

/// Position that a picture shows: its scrollbars, and the lines that are seen of all.
fn position(picture: &str) -> Vec<String> {
    let mut marks = Vec::new();
    for (row, line) in picture.lines().enumerate() {
        let bars = line.chars().enumerate().filter(|(_, sign)| *sign == '┃');
        marks.extend(bars.map(|(column, _)| format!("bar {row} {column}")));
        let is_range = |word: &&str| {
            word.split_once('–').is_some_and(|(first, last)| {
                [first, last]
                    .iter()
                    .all(|number| number.parse::<usize>().is_ok())
            })
        };
        marks.extend(line.split(' ').filter(is_range).map(str::to_owned));
    }
    marks
}

/// Presses keys, and then those that scroll, which must move the position.
fn scrolls(mut explorer: Explorer, keys: &str, way: &str, seen: &mut HashSet<Scope>) -> Explorer {
    explorer = explorer.press(keys);
    seen.extend(explorer.app.scopes());
    let place = format!("{keys:?} in {:?}", explorer.app.scopes());
    let picture = explorer.picture();
    let before = position(&picture);
    assert!(!before.is_empty(), "no position after {place}:\n{picture}");
    explorer = explorer.press(way);
    let picture = explorer.picture();
    let after = position(&picture);
    assert_ne!(
        before, after,
        "the position stays after {place}:\n{picture}"
    );
    explorer
}

#[test]
fn every_list_and_text_that_scrolls_shows_its_position() {
    let mut seen = HashSet::new();
    let mut go = |explorer, keys, way| scrolls(explorer, keys, way, &mut seen);
    let down = "PgDn PgDn";
    // Networks.
    go(Explorer::new(None, SMALL), "", down);
    let resnet50 = go(Explorer::of("resnet50", SMALL), "Z", down);
    let graph = go(resnet50, "2", down);
    let low = Explorer::of("resnet50", LOW).press("/ layer1.0.bn1 Enter");
    let detail = go(low, "d", "Down");
    go(detail, "Esc |", "End");
    let spec = go(graph, "5", down);
    let help = go(spec, "?", down);
    let palette = go(help, "Esc :", down);
    let layers = go(palette, "Esc 1 /", down);
    let rules = go(layers, "Esc D", down);
    go(rules, "Esc D resnet101 Enter Z", "End");
    go(Explorer::of("resnet50_v1", SMALL), "4", "J J");
    // A network with values.
    let weights = go(Explorer::of("resnet20_fashion", SMALL), "7", down);
    let lab = go(weights, "N", down);
    let chooser = go(lab, "Esc 3 w Tab", down);
    let explained = go(chooser, "Home Enter r x", down);
    let tree = go(explained, "Esc Z", "PgUp PgUp PgUp");
    go(tree, "O", down);
    go(Explorer::of("plain8_digits", (120, 24)), "6 b", down);
    // Six networks and a recipe, and a folder, are more than a low screen has room for.
    let training = go(Explorer::new(None, LOW), "G", "End");
    go(training, "Esc o", down);
    let mut doors = Explorer::new(None, SMALL);
    begin_at_doors(&mut doors.app);
    go(doors, "2", down);

    let wanted = [
        Scope::Catalogue,
        Scope::Layers,
        Scope::Detail,
        Scope::Graph,
        Scope::Checks,
        Scope::Spec,
        Scope::Weights,
        Scope::Compare,
        Scope::Forward,
        Scope::Gradients,
        Scope::Train,
        Scope::Explained,
        Scope::Chooser,
        Scope::Files,
        Scope::Picker,
        Scope::Finder,
        Scope::BnLab,
        Scope::Lesions,
        Scope::Help,
    ];
    let missed: Vec<Scope> = wanted
        .into_iter()
        .filter(|scope| !seen.contains(scope))
        .collect();
    assert_eq!(missed, []);
}
