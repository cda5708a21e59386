//! Promise: the graph, the searched lists, the spec and the in-place editors show what they should.

#[path = "common/explorer.rs"]
mod explorer;

use explorer::{Explorer, LARGE, SMALL, assert_picture, broken};
use resnet_explore::report::catalogue::plot::{Axis, Bounds};
use resnet_explore::tui::input::Input;
use resnet_explore::tui::kit::layout;
use resnet_explore::tui::kit::theme::{Depth, Role, Theme};
use resnet_explore::tui::message::Side;
use resnet_explore::tui::message::Tab;
use resnet_explore::tui::screen::catalogue::place;
use resnet_explore::tui::screen::network::Opened;

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
                "End",
                "PgUp",
                "Space",
                "l",
                "h",
                "KKK",
                "JJJJJJ",
                "Backspace",
                "Home",
                "LL",
                "PgDn",
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
    let explorer = Explorer::of("resnet50", SMALL).press("2 + / layer1.0.relu#3 Enter Space");
    assert_eq!(layer(&explorer), "layer1.1.add");
    let explorer = explorer.press("Backspace");
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
    let filter = "& conv Space 3x3 Space stride Space 2 Enter";
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
    let notice = explorer.app.notice_text().unwrap_or_default();
    assert!(notice.contains("is not a size"), "{notice}");
}

#[test]
fn jumps_can_be_undone_and_done_again() {
    let explorer = Explorer::new(None, SMALL).press("/ resnet50 Enter 2 4 u u");
    assert_eq!(
        explorer.app.opened().map(|opened| opened.tab),
        Some(Tab::Stats)
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
    for words in ["V", "V b", "z", "s top1 Enter", "m j m c", "m j m c n"] {
        let mut explorer = Explorer::new(None, LARGE).press(words);
        explorer.app.ascii = true;
        let picture = explorer.picture();
        let body: String = picture.lines().take(39).collect();
        assert!(
            picture.is_ascii() && !body.contains('?'),
            "{words}: {picture}"
        );
    }
    for words in ["", "2", "2 +", "2 -", "4", "5", "?", ":", "/ conv1 Enter d"] {
        let mut explorer = Explorer::of("resnet50", LARGE).press(words).press("A");
        explorer.app.ascii = true;
        let picture = explorer.picture();
        assert!(picture.is_ascii(), "{words}: {picture}");
    }
    let mut explorer = Explorer::of("resnet50", SMALL).press("2 A");
    assert_picture!("graph_ascii_80x24", explorer);
}

#[test]
fn two_networks_side_by_side() {
    let marked = |size| Explorer::new(None, size).press("/ 50 Enter Esc m j j m");
    assert_picture!("marked_80x24", marked(SMALL));
    let compare = |size| Explorer::of("resnet50", size).press("D resnet50_v1 Enter");
    assert_picture!("compare_80x24", compare(SMALL));
    assert_picture!("compare_120x40", compare(LARGE).press("n"));
    assert_picture!("compare_200x60", compare((200, 60)).press("n &"));
    let mut deeper = Explorer::of("resnet50", LARGE).press("D resnet101 Enter n");
    assert_picture!("compare_deeper_120x40", deeper);
}

#[test]
fn a_comparison_leads_to_a_layer_of_either_network_and_back() {
    let layer = |explorer: &Explorer| {
        let opened = explorer.app.opened().expect("a network");
        let id = opened.layer().expect("a layer");
        (
            opened.name(),
            opened.subject.model.network[id].path.to_string(),
        )
    };
    let compare = || Explorer::of("resnet50", SMALL).press("D resnet50_v1 Enter n");
    let second = compare().press("Enter");
    let place = "layer2.0.conv1".to_owned();
    assert_eq!(layer(&second), ("resnet50_v1".to_owned(), place.clone()));
    let first = second.press("Esc 1");
    assert_eq!(layer(&first), ("resnet50".to_owned(), place));
    let back = first.press("u");
    assert!(back.app.compared().is_some());
    let out = back.press("Esc");
    assert_eq!(
        out.app.opened().map(Opened::name),
        Some("resnet50".to_owned())
    );
    let again = out.press("u");
    assert!(again.app.compared().is_some(), "leaving is a jump too");
    let found = again.press("/ l40conv3 Enter");
    let compare = found.app.compared().expect("still");
    let row = &compare.tree.selected().expect("a row").row;
    assert_eq!(compare.name(row, Side::B), "conv3");
    let other_rule = found.press("R torch Enter");
    let compare = other_rule.app.compared().expect("still");
    assert_eq!(compare.comparison.a.macs, compare.a.macs().0);
    assert_ne!(compare.comparison.a.macs, 4_089_184_256);
}

#[test]
fn the_data_of_accuracies_is_said_in_the_catalogue_and_beside_the_points() {
    let said = |keys: &str| {
        let mut explorer = Explorer::new(None, SMALL).press(keys);
        let picture = explorer.picture();
        ["ImageNet-1k", "any data"].map(|data| {
            let rows = picture.lines().take(3);
            rows.filter(|row| row.contains(data)).count() > 0
        })
    };
    assert_eq!(said("V"), [true, false]);
    assert_eq!(said("V % j"), [false, true]);
    assert_eq!(said("V / resnext Enter"), [true, false]);
    assert_eq!(said("% j"), [false, true]);
    assert_eq!(said("% / resnest"), [false, true]);
}

#[test]
fn the_catalogue_as_points() {
    let plot = |size| Explorer::new(None, size).press("V");
    assert_picture!("points_80x24", plot(SMALL));
    assert_picture!("points_120x40", plot(LARGE).press("l l k b"));
    assert_picture!("points_200x60", plot((200, 60)).press("/ resnext Enter"));
    let mut ascii = plot(SMALL).press("A l");
    assert_picture!("points_ascii_80x24", ascii);
    let opened = plot(SMALL).press("l l Enter");
    assert!(opened.app.opened().is_some());
    let back = opened.press("Esc");
    assert!(back.app.catalogue.plot.is_some());
    let marked = back.press("m l m c");
    assert!(marked.app.compared().is_some());
}

#[test]
fn a_click_chooses_a_point_and_another_opens_it() {
    let mut explorer = Explorer::new(None, LARGE).press("V End");
    let last = explorer
        .app
        .catalogue
        .selected()
        .expect("a point")
        .name
        .clone();
    let picture = explorer.picture();
    let (row, column) = picture
        .lines()
        .enumerate()
        .find_map(|(row, line)| Some((row, line.chars().position(|sign| sign == '◆')?)))
        .expect("the chosen point");
    let at = Input::Click(column as u16, row as u16);
    let moved = explorer.press("Home");
    assert_ne!(
        moved.app.catalogue.selected().map(|entry| &entry.name),
        Some(&last)
    );
    let clicked = moved.input(at.clone());
    assert_eq!(
        clicked.app.catalogue.selected().map(|entry| &entry.name),
        Some(&last)
    );
    let opened = clicked.input(at);
    assert_eq!(opened.app.opened().map(Opened::name), Some(last));
}

#[test]
fn every_point_can_be_clicked_also_where_several_lie_in_one_cell() {
    let mut explorer = Explorer::new(None, SMALL).press("V");
    let [_, body, _] = layout::outline(SMALL);
    let plane = place::plane(place::panels(body)[0]);
    let cells: Vec<(u16, u16)> = {
        let points = explorer.app.catalogue.points();
        let bounds = Bounds::around(&points);
        let cell = |point| place::cell(plane, &bounds, point);
        points.iter().map(cell).map(|at| (at.x, at.y)).collect()
    };
    let mut most = 0;
    for (number, &(column, row)) in cells.iter().enumerate() {
        let together = cells.iter().filter(|&&cell| cell == (column, row)).count();
        most = most.max(together);
        let mut clicks = 0;
        while explorer.app.catalogue.selected_point() != Some(number) {
            assert!(clicks < together, "point {number} at {column}, {row}");
            explorer = explorer.input(Input::Click(column, row));
            clicks += 1;
        }
        // From another point each time.
        let away = usize::from(number == 0) * (cells.len() - 1);
        explorer.app.catalogue.select_point(away);
    }
    assert!(most > 1, "on a small screen points lie on each other");
}

#[test]
fn families_fold_and_figures_sort() {
    assert_picture!(
        "families_80x24",
        Explorer::new(None, SMALL).press("z j Space")
    );
    assert_picture!(
        "sorted_120x40",
        Explorer::new(None, LARGE).press("s activations Enter S")
    );
}

#[test]
fn every_pane_is_written_to_a_file_in_its_forms() {
    let written = |explorer: Explorer, form: &str| {
        let (file, _) = explorer.export(form);
        file
    };
    let text = |explorer: Explorer, form: &str| {
        let file = written(explorer, form);
        String::from_utf8(file.bytes).expect("a text")
    };
    let resnet18 = |words: &str| Explorer::of("resnet18", SMALL).press(words);
    let networks = text(
        Explorer::new(None, SMALL).press("/ resnet50 Enter Esc V"),
        "CSV",
    );
    assert!(networks.starts_with("name,title,family"), "{networks}");
    assert!(networks.contains("\nresnet50,ResNet-50,"), "{networks}");
    let points = || Explorer::new(None, SMALL).press("V / resnext Enter End");
    let file = written(points(), "SVG");
    assert_eq!(file.name, "networks-macs.svg");
    let svg = String::from_utf8(file.bytes).expect("a text");
    let drawn = points().app.catalogue.points().len();
    // The legend has circles too; a point says its network.
    assert_eq!(svg.matches("</title></circle>").count(), drawn, "{svg}");
    let chosen = points()
        .app
        .catalogue
        .selected()
        .expect("one")
        .title
        .own()
        .to_owned();
    assert!(svg.contains(&format!(">{chosen}</text>")), "{svg}");
    assert!(svg.contains("top-1 accuracy") && svg.contains("multiply-adds"));
    let refused = points().press("e DOT Enter");
    let notice = refused.app.notice_text().unwrap_or_default();
    assert!(notice.contains("cannot draw the plot"), "{notice}");
    let compare = resnet18("D resnet34 Enter");
    assert!(text(compare, "Markdown").contains("appeared"));
    assert!(
        text(resnet18("1"), "CSV").contains("layer1.0–1")
            || text(resnet18("1"), "CSV").contains("layer1")
    );
    assert!(text(resnet18("2"), "SVG").contains("<svg"));
    assert!(text(resnet18("2"), "DOT").contains("digraph"));
    assert!(text(resnet18("4"), "CSV").starts_with("severity,"));
    assert!(text(resnet18("5"), "TOML").contains("inherits = \"resnet50\""));
    assert!(text(resnet18("5"), "Markdown").contains("```toml"));
    let pass = || Explorer::of("resnet20_fashion", SMALL).press("3 Enter nnnn");
    let statistics = text(pass(), "CSV");
    assert_eq!(statistics.lines().count(), 1 + 4, "{statistics}");
    let picture = written(pass(), "PNG");
    assert!(picture.bytes.starts_with(b"\x89PNG"));
    assert_eq!(picture.name, "resnet20_fashion-conv1.png");
    let nothing = Explorer::of("resnet20_fashion", SMALL).press("3 e");
    let notice = nothing.app.notice_text().unwrap_or_default();
    assert!(notice.contains("nothing has run"), "{notice}");
}

#[test]
fn a_problem_leads_to_its_line_and_every_action_is_in_the_palette() {
    let explorer = Explorer::new(Some(broken()), SMALL).press("4 o");
    let opened = explorer.app.opened().expect("a network");
    assert_eq!(opened.tab, Tab::Spec);
    assert_eq!(
        opened.spec.lines[opened.spec.cursor.at],
        "shortcut = \"identity\""
    );
    let back = explorer.press("u");
    assert_eq!(
        back.app.opened().map(|opened| opened.tab),
        Some(Tab::Checks)
    );
    // From the list to an action on the points, and back by one on the tree.
    let points =
        Explorer::new(None, SMALL).press(": MACs Space or Space parameters Space on Enter");
    assert_eq!(
        points.app.catalogue.plot.map(Axis::title),
        Some("parameters")
    );
    let folded = points.press(": collapse Space all Enter");
    assert!(folded.app.catalogue.plot.is_none());
}

#[test]
fn no_number_of_an_axis_is_cut() {
    for size in [(60, 18), SMALL, LARGE, (200, 60)] {
        for (keys, unit) in [("V", "MACs"), ("V b", "params")] {
            let picture = Explorer::new(None, size).press(keys).picture();
            let is_axis = |line: &&str| line.trim_start().starts_with(unit);
            let axis = picture.lines().find(is_axis).expect("an axis");
            // The details are beside it in a wide terminal.
            let axis = axis.split('│').next().unwrap_or_default();
            let words: Vec<&str> = axis.split_whitespace().skip(1).collect();
            assert!(words.len() >= 4, "{axis}");
            for tick in words.chunks(2) {
                let [number, prefix] = tick else {
                    panic!("{tick:?} at the end of {axis}");
                };
                assert!(number.parse::<f64>().is_ok(), "{axis}");
                assert!(["k", "M", "G", "T"].contains(prefix), "{axis}");
            }
        }
    }
}

#[test]
fn no_word_in_the_lists_of_weights_and_input_is_cut() {
    for name in ["resnet50", "resnet20_fashion"] {
        for keys in ["3 w", "3 w Tab", "3 w End"] {
            // Without trained weights at hand the lists are open already.
            let keys = if name == "resnet50" {
                keys.replace(" w", "")
            } else {
                keys.to_owned()
            };
            let picture = Explorer::of(name, SMALL).press(&keys).picture();
            let lists = picture.lines().skip(2).take(15);
            let lists = lists.map(|line| line.replace("a file or tag …", ""));
            let cut: Vec<String> = lists.filter(|line| line.contains('…')).collect();
            assert!(cut.is_empty(), "{name}, {keys}: {cut:?}");
            assert!(picture.contains("synthetic:0"), "{picture}");
        }
    }
}

#[test]
fn a_box_with_nothing_beside_it_has_room_for_its_words() {
    for keys in ["2", "2 +"] {
        let picture = Explorer::of("resnet50", SMALL).press(keys).picture();
        for words in [
            "standardize  subtract mean, divide by std",
            "conv1  conv 7×7, stride 2, 3 → 64",
            "↓224→112",
        ] {
            assert!(picture.contains(words), "{words} in {picture}");
        }
    }
    // A click on the wider part hits the box.
    let mut explorer = Explorer::of("resnet50", SMALL).press("2");
    let picture = explorer.picture();
    let row = picture.lines().position(|line| line.contains("conv1"));
    let row = row.expect("a box") as u16;
    let clicked = explorer.input(Input::Click(70, row));
    let opened = clicked.app.opened().expect("a network");
    let layer = opened.layer().expect("a layer");
    let path = opened.subject.model.network[layer].path.to_string();
    assert_eq!(path, "conv1");
}

#[test]
fn a_line_without_room_ends_in_whole_words_or_says_that_it_goes_on() {
    let line = |picture: &str, words: &str| {
        let line = picture.lines().find(|line| line.contains(words));
        line.unwrap_or_else(|| panic!("{words} in {picture}"))
            .to_owned()
    };
    let mut sum = Explorer::of("resnet20_fashion", SMALL).press("3 Enter r / layer1.0.add Enter");
    let picture = sum.picture();
    assert!(line(&picture, "likeliest").ends_with('%'), "{picture}");
    let picture = sum.press("2").picture();
    assert!(
        line(&picture, " layer1.0  what").ends_with('…'),
        "{picture}"
    );
    // Which weights these are is said first.
    let mut random = Explorer::of("plain8_digits", SMALL).press("3 Enter n n");
    let picture = random.picture();
    assert!(picture.contains("random weights"), "{picture}");
    let mut fault = Explorer::new(Some(broken()), SMALL).press("@");
    let picture = fault.picture();
    let column = |line: &str| line.chars().skip(1).take(43).collect::<String>();
    let left: Vec<String> = picture.lines().map(column).collect();
    let left = left
        .iter()
        .map(|line| line.trim())
        .collect::<Vec<_>>()
        .join(" ");
    let said = "breaks a rule: numbers are as it was meant";
    assert!(left.contains(said), "{left}");
}
