//! The graph with the values of a pass: thumbnails, data on its way, cut paths, faults.

use ratatui::style::Color;
use resnet_explore::network::{Branch, Combine, Layer};
use resnet_explore::tui::kit::theme::Depth;

use crate::explorer::{Explorer, LARGE, SMALL, assert_picture, broken, model};

fn fashion(size: (u16, u16)) -> Explorer {
    Explorer::of("resnet20_fashion", size).press("2")
}

#[test]
fn boxes_show_the_values_of_a_pass_at_every_size_and_without_colours() {
    assert_picture!("living_80x24", fashion(SMALL).press("nnnnnnnnnnnnnn"));
    assert_picture!("living_120x40", fashion(LARGE).press("nnnnnnnnnnnnnn"));
    assert_picture!("living_200x60", fashion((200, 60)).press("r"));
    assert_picture!(
        "living_zh_80x24",
        fashion(SMALL).press("nnnnnnnnnnnnnn").in_chinese()
    );
    let mono = Explorer::with_colours(Some(model("resnet20_fashion")), LARGE, Depth::Mono);
    assert_picture!("living_ascii_120x40", mono.press("2 nnnnnnnnnnnnnn A"));
}

#[test]
fn a_box_of_a_block_shows_x_and_f_of_x_and_that_of_the_sum_both_of_its_layers() {
    let mut explorer = fashion((120, 60)).press("nnnnnnnnnnnnnn");
    let picture = explorer.picture();
    for part in ["x ", "→ F(x) ", "⊕ ", "→ ReLU "] {
        let has_map =
            |(_, rest): (usize, &str)| rest[part.len()..].starts_with(['·', '░', '▒', '▓', '█']);
        let mut places = picture
            .match_indices(part)
            .map(|(at, _)| (at, &picture[at..]));
        assert!(places.any(has_map), "{part}: {picture}");
    }
}

#[test]
fn data_waits_on_the_shortcut_while_the_main_path_runs() {
    // The input of layer1.0 has run, its addition has not.
    let at = |steps: &str| {
        let mut explorer = fashion(SMALL).press(steps);
        let picture = explorer.picture();
        let row = picture.lines().position(|line| line.contains('●'));
        row.unwrap_or_else(|| panic!("no data on its way: {picture}"))
    };
    assert!(at("nnnnnnn") < at("nnnnnnnnnn"));
    let mut done = fashion(SMALL).press("r");
    assert!(!done.picture().contains('●'), "{}", done.picture());
}

#[test]
fn a_key_cuts_a_path_and_the_answer_is_compared() {
    let explorer = fashion(LARGE).press("r");
    let network = &explorer
        .app
        .opened()
        .expect("a network")
        .subject
        .model
        .network;
    let additions: Vec<_> = network
        .nodes()
        .filter(|(_, node)| node.layer == Layer::Combine(Combine::Add))
        .map(|(id, _)| id)
        .collect();
    let first = additions[0];
    let mut cut = explorer.press("/ layer1.0.add Enter i");
    let forward = &cut.app.opened().expect("a network").forward;
    assert!(forward.is_cut(first, Branch::Shortcut));
    assert!(!forward.is_cut(first, Branch::Main));
    let answers = [&forward.top_classes, &forward.top_classes_before].map(|all| all[0].class);
    let picture = cut.picture();
    let verdict = if answers[0] == answers[1] {
        "the answer stays"
    } else {
        "the answer flips"
    };
    assert!(
        picture.contains(verdict) && picture.contains('✗'),
        "{picture}"
    );
    let joined = cut.press("i");
    let forward = &joined.app.opened().expect("a network").forward;
    assert!(!forward.is_cut(first, Branch::Shortcut) && forward.top_classes_before.is_empty());
}

#[test]
fn a_cut_before_the_pass_runs_it_to_its_end_first() {
    let explorer = fashion(LARGE).press("/ layer1.0.conv1 Enter i");
    let forward = &explorer.app.opened().expect("a network").forward;
    let network = &explorer
        .app
        .opened()
        .expect("a network")
        .subject
        .model
        .network;
    let add = network.find("layer1.0.add").expect("an addition");
    assert!(forward.is_cut(add, Branch::Main));
    assert_eq!(forward.top_classes_before.len(), 10);
    let mut refused = fashion(LARGE).press("i");
    let notice = refused.app.notice_text().unwrap_or_default();
    assert!(
        notice.contains("no block"),
        "{notice}: {}",
        refused.picture()
    );
}

#[test]
fn one_answer_flips_when_the_first_shortcuts_are_cut() {
    // Cutting every shortcut leaves a plain network, which this one was not trained as.
    let mut explorer = fashion(LARGE).press("r");
    let mut flipped = false;
    for block in ["layer1.0", "layer1.1", "layer1.2", "layer2.0"] {
        explorer = explorer.press(&format!("/ {block}.add Enter i"));
        flipped |= explorer.picture().contains("the answer flips");
    }
    assert!(flipped, "{}", explorer.picture());
}

#[test]
fn a_stage_shows_its_shortcuts() {
    let mut stages = Explorer::of("resnet50", SMALL).press("2 - j j");
    let picture = stages.picture();
    assert!(picture.contains("╭─1×1─╮ ╭─────╮×2"), "{picture}");
    assert!(picture.contains("┴──F──⊕"), "{picture}");
    let mut plain = Explorer::of("plain20_cifar", SMALL).press("2 - j j");
    assert!(!plain.picture().contains('⊕'), "{}", plain.picture());
}

#[test]
fn a_line_about_the_box_remains_and_says_what_reads_it() {
    let mut low = fashion(SMALL).press("j j j j j");
    let picture = low.picture();
    let line = picture
        .lines()
        .rev()
        .nth(1)
        .expect("a line above the footer");
    assert!(line.contains("relu · ReLU"), "{picture}");
    let mut high = fashion(LARGE).press("/ layer1.0.relu#2 Enter");
    let picture = high.picture();
    let line = picture.lines().find(|line| line.contains("output to"));
    let line = line.unwrap_or_else(|| panic!("{picture}"));
    assert!(line.contains("layer1.1.conv1, layer1.1.add"), "{line}");
}

#[test]
fn a_failing_addition_is_red_with_both_shapes_at_its_arrows() {
    let broken = |size| Explorer::new(Some(broken()), size).press("2 / layer2.0.add Enter -");
    assert_picture!("living_fault_80x24", broken(SMALL));
    assert_picture!("living_fault_120x40", broken(LARGE));
    let mut explorer = broken(LARGE);
    let picture = explorer.picture();
    let row = picture.lines().position(|line| line.contains("✗ +"));
    let row = row.unwrap_or_else(|| panic!("{picture}"));
    let lines: Vec<&str> = picture.lines().collect();
    let around = lines[row - 2..row + 2].join("\n");
    assert!(
        around.contains("128×28×28") && around.contains("64×56×56"),
        "{picture}"
    );
    let column = lines[row]
        .chars()
        .position(|sign| sign == '✗')
        .expect("a mark") as u16;
    // The frame: the text of the selected box has its style.
    let cell = &explorer.terminal.backend().buffer()[(column - 2, row as u16)];
    assert_eq!(cell.fg, Color::Rgb(224, 92, 92));
}

#[test]
fn the_pass_says_at_once_why_it_stops() {
    let mut explorer = Explorer::new(Some(broken()), SMALL).press("3 Esc");
    let picture = explorer.picture();
    assert!(
        picture.contains("layer2.0.add") && picture.contains('✗'),
        "{picture}"
    );
    let mut stopped = Explorer::new(Some(broken()), LARGE).press("I 32 Enter 3 Enter r");
    let picture = stopped.picture();
    assert!(picture.contains("✗ layer2.0.add"), "{picture}");
}

#[test]
fn the_table_shows_both_shapes_of_a_failing_addition() {
    for size in [SMALL, LARGE] {
        let mut explorer = Explorer::new(Some(broken()), size).press("/ layer2.0.add Enter");
        let picture = explorer.picture();
        let row = picture.lines().find(|line| line.contains("✗ add"));
        let row = row.unwrap_or_else(|| panic!("{picture}"));
        assert!(
            row.contains("main path 128×28×28, shortcut 64×56×56"),
            "{row}"
        );
    }
}

/// Words of two boxes that share the screen get fewer; none ends in the middle.
#[test]
fn boxes_beside_others_say_less_and_cut_nothing() {
    for name in ["resnet18", "resnet50", "plain34"] {
        for level in ["2", "2 +"] {
            let mut explorer = Explorer::of(name, SMALL).press(level).press("Home");
            let mut seen = 0;
            loop {
                let picture = explorer.picture();
                let lines: Vec<&str> = picture.lines().collect();
                // The last two are about the selected box, and the keys.
                for line in &lines[..lines.len() - 2] {
                    assert!(!line.contains('…'), "{name} {level}: {picture}");
                }
                let before = picture;
                explorer = explorer.press("j j j");
                seen += 1;
                if explorer.picture() == before {
                    break;
                }
            }
            assert!(seen > 3, "{name} {level}: {seen}");
        }
    }
}
