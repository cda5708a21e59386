//! Promise: keys lead to the right screens, at every size.

#[path = "tui/addition.rs"]
mod addition;
#[path = "tui/changes.rs"]
mod changes;
#[path = "common/explorer.rs"]
mod explorer;
#[path = "tui/files.rs"]
mod files;
#[path = "tui/inquiry.rs"]
mod inquiry;
#[path = "tui/leaving.rs"]
mod leaving;
#[path = "tui/living_graph.rs"]
mod living_graph;
#[path = "tui/losing.rs"]
mod losing;
#[path = "tui/opening.rs"]
mod opening;
#[path = "tui/presenter.rs"]
mod presenter;
#[path = "tui/start.rs"]
mod start;
#[path = "tui/training.rs"]
mod training;

use std::sync::atomic::AtomicBool;

use ratatui::style::Color;

use explorer::{Explorer, LARGE, SMALL, assert_picture, broken, model};
use resnet_explore::lower::{Overrides, open, open_text};
use resnet_explore::report::network::stats::Stats;
use resnet_explore::text::Language;
use resnet_explore::tui::app::Effect;
use resnet_explore::tui::input::{Input, Wheel};
use resnet_explore::tui::kit::layout;
use resnet_explore::tui::kit::theme::Depth;
use resnet_explore::tui::message::{Command, Message, Tab};
use resnet_explore::tui::pane::forward::{Boxed, place};
use resnet_explore::tui::update::{messages, update};
use resnet_explore::tui::worker::{Job, Kernels, News, perform};
use resnet_explore::weights::{Synthetic, WeightSource};

#[test]
fn the_catalogue() {
    assert_picture!("catalogue_80x24", Explorer::new(None, SMALL));
    assert_picture!("catalogue_120x40", Explorer::new(None, LARGE));
    assert_picture!("search_80x24", Explorer::new(None, SMALL).press("/ 50 v1"));
    assert_picture!(
        "search_nothing_80x24",
        Explorer::new(None, SMALL).press("/ vgg")
    );
}

#[test]
fn the_layers() {
    let resnet50 = |size| Explorer::of("resnet50", size);
    assert_picture!("layers_folded_80x24", resnet50(SMALL));
    assert_picture!("layers_folded_120x40", resnet50(LARGE));
    let unfolded = "j j Right Right Right j j";
    assert_picture!("layers_unfolded_80x24", resnet50(SMALL).press(unfolded));
    assert_picture!("layers_unfolded_120x40", resnet50(LARGE).press(unfolded));
    assert_picture!("layers_200x60", resnet50((200, 60)).press(unfolded));
    assert_picture!(
        "detail_80x24",
        resnet50(SMALL).press(unfolded).press("Enter")
    );
    assert_picture!("columns_80x24", resnet50(SMALL).press("| j Enter"));
    assert_picture!("ranked_120x40", resnet50(LARGE).press("s j j j Enter b"));
}

#[test]
fn the_checks() {
    assert_picture!(
        "checks_well_80x24",
        Explorer::of("resnet50", SMALL).press("4")
    );
    assert_picture!(
        "checks_note_120x40",
        Explorer::of("resnet50_v1", LARGE).press("4")
    );
    let broken = |size| Explorer::new(Some(broken()), size);
    assert_picture!("checks_error_80x24", broken(SMALL).press("4"));
    assert_picture!("broken_layers_120x40", broken(LARGE).press("4 Enter"));
    assert_picture!("broken_forward_80x24", broken(SMALL).press("3 n"));
}

#[test]
fn a_problem_without_a_layer_leads_to_its_line() {
    let spec = "inherits = \"resnet18\"\ntitle = \"A\"\n[define.attentions.mine]\nlayers = [{ act = \"relu\" }]\n";
    let model = open_text("idle.toml", spec, &Overrides::default());
    let explorer = Explorer::new(Some(model), SMALL).press("4 Enter");
    let opened = explorer.app.opened().expect("a network");
    assert_eq!((opened.tab, opened.spec.cursor.at), (Tab::Spec, 2));
}

#[test]
fn the_forward_pass() {
    let fashion = |size| Explorer::of("resnet20_fashion", size).press("3");
    assert_picture!("chooser_80x24", fashion(SMALL).press("w"));
    assert_picture!("forward_ready_80x24", fashion(SMALL).press("Enter"));
    assert_picture!("forward_steps_80x24", fashion(SMALL).press("Enter nnnnnnn"));
    let sum = "Enter nnnnnnnnnnnn";
    assert_picture!("forward_sum_120x40", fashion(LARGE).press(sum));
    assert_picture!(
        "forward_one_map_120x40",
        fashion(LARGE).press(sum).press("+ ]]")
    );
    assert_picture!("forward_norm_120x40", fashion(LARGE).press("Enter nnnnn"));
    assert_picture!("forward_end_80x24", fashion(SMALL).press("Enter r"));
    assert_picture!("forward_end_120x40", fashion(LARGE).press("Enter r"));
}

#[test]
fn one_value_explained() {
    let fashion = |size| Explorer::of("resnet20_fashion", size).press("3 Enter nnnnnnnnnnnnn");
    assert_picture!("explained_80x24", fashion(SMALL).press("x"));
    assert_picture!("explained_120x40", fashion(LARGE).press("x"));
    let moved = "x Right Down ] PgDn PgDn";
    assert_picture!("explained_scrolled_120x40", fashion(LARGE).press(moved));
    assert_picture!("explained_200x60", fashion((200, 60)).press("x"));
    assert_picture!(
        "explained_vector_80x24",
        Explorer::of("resnet20_fashion", SMALL).press("3 Enter r x")
    );
    let mut steps = fashion(SMALL).press("x p");
    assert!(steps.picture().contains("layer1.0.add · channel 0"));
    let mut closed = steps.press("Esc");
    assert!(closed.picture().contains("main path"));
}

/// Words after the divider in the first line that contains `word`.
fn right_of(picture: &str, word: &str) -> Vec<String> {
    let line = picture.lines().find(|line| line.contains(word));
    let line = line.unwrap_or_else(|| panic!("{word}: {picture}"));
    let right = line.split_once('│').map_or(line, |(_, right)| right);
    right.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn maps_and_figures_are_those_of_the_values() {
    // The last ReLU: channels of 7×7 side by side.
    const SIDE: usize = 7;
    let mut explorer = Explorer::of("resnet20_fashion", LARGE).press("3 Enter r ppp");
    let picture = explorer.picture();
    let line = picture.lines().position(|line| line.contains("│ output "));
    let caption = line.expect("a caption") as u16;
    let [_, body, _] = layout::outline(LARGE);
    let left = place::activation(body).x;
    let output = &explorer.app.opened().expect("a network").forward;
    let output = &output.shown.as_ref().expect("a layer").output;
    let buffer = explorer.terminal.backend().buffer();
    for channel in 0..3 {
        let values = output.channel(channel);
        let low = values.iter().copied().fold(f32::INFINITY, f32::min);
        let high = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let grey = |row: usize, column: usize| {
            let level = (values[row * SIDE + column] - low) / (high - low);
            let byte = (level * 255.0).round() as u8;
            Color::Rgb(byte, byte, byte)
        };
        for (row, column) in
            (0..SIDE / 2).flat_map(|row| (0..SIDE).map(move |column| (row, column)))
        {
            let x = left + (channel * (SIDE + 1) + column) as u16;
            let cell = &buffer[(x, caption + 2 + row as u16)];
            let right = (grey(2 * row, column), grey(2 * row + 1, column));
            assert_eq!((cell.fg, cell.bg), right, "{channel}, {row}, {column}");
        }
    }
    let values = output.values().iter().map(|value| f64::from(*value));
    let count = values.len() as f64;
    let mean = values.clone().sum::<f64>() / count;
    let variance = values
        .clone()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / count;
    let (low, high) = (
        values.clone().fold(0.0, f64::min),
        values.fold(0.0, f64::max),
    );
    let shown = picture
        .lines()
        .nth(usize::from(caption) + 1)
        .expect("its figures");
    let figures = [
        ("mean", mean),
        ("std", variance.sqrt()),
        ("min", low),
        ("max", high),
    ];
    for (name, figure) in figures {
        let words = right_of(shown, name);
        let at = words
            .iter()
            .position(|word| word == name)
            .expect("its name");
        assert_eq!(words[at + 1], format!("{figure:.2}"), "{name}: {shown}");
    }
    // The value under the cursor, and the products that are its sum.
    let mut explained = explorer.press("x");
    let cell = &explained.app.opened().expect("a network").forward;
    let cell = cell.explained.as_ref().expect("an explanation").cell;
    let output = &explained.app.opened().expect("a network").forward;
    let output = &output.shown.as_ref().expect("a layer").output;
    let value = output.channel(cell.channel)[cell.row * SIDE + cell.column];
    let title = right_of(&explained.picture(), "channel ");
    let shown = title.iter().rev().find_map(|word| word.parse::<f32>().ok());
    assert!(
        (shown.expect("its value") - value).abs() < 1e-5,
        "{title:?}"
    );
}

#[test]
fn the_likeliest_classes_are_the_softmax_of_the_last_layer() {
    let mut explorer = Explorer::of("resnet20_fashion", LARGE).press("3 Enter r");
    let picture = explorer.picture();
    let forward = &explorer.app.opened().expect("a network").forward;
    let logits = forward
        .shown
        .as_ref()
        .expect("the last layer")
        .output
        .values();
    let total: f64 = logits.iter().map(|logit| f64::from(*logit).exp()).sum();
    let mut shares: Vec<f64> = logits
        .iter()
        .map(|logit| f64::from(*logit).exp() / total)
        .collect();
    shares.sort_by(|a, b| b.total_cmp(a));
    for (class, share) in ["Ankle boot", "Sneaker", "Sandal", "Pullover", "Trouser"]
        .iter()
        .zip(shares)
    {
        let words = right_of(&picture, &format!("{class}  "));
        let at = words
            .iter()
            .position(|word| word == "%")
            .expect("a percentage");
        assert_eq!(
            words[at - 1],
            format!("{:.1}", 100.0 * share),
            "{class}: {picture}"
        );
    }
}

#[test]
fn a_changed_pass_is_shown_beside_the_first() {
    let ended = |size| Explorer::of("resnet20_fashion", size).press("3 Enter r");
    // The last addition of the body, whose block is the first edit offered.
    let changed = |size| ended(size).press("k k k k k i");
    assert_picture!("changes_120x40", changed(LARGE));
    assert_picture!("changed_80x24", changed(SMALL).press("Enter"));
    assert_picture!("changed_120x40", changed(LARGE).press("Enter"));
    assert_picture!("changed_layer_120x40", changed(LARGE).press("Enter pppp"));
    // The same edit again undoes it.
    let mut undone = changed(SMALL).press("Enter i Enter");
    let picture = undone.picture();
    assert!(
        picture.contains("✓ Ankle boot  99.9 %") && !picture.contains("was"),
        "{picture}"
    );
}

#[test]
fn runs_stop_where_they_are_told_to() {
    let fashion = || Explorer::of("resnet20_fashion", LARGE).press("3 Enter M");
    let stands_at = |explorer: &Explorer| {
        let opened = explorer.app.opened().expect("a network");
        let id = opened.forward.current().expect("it ran");
        opened.subject.model.network[id].path.to_string()
    };
    let explorer = fashion().press("r");
    assert_eq!(stands_at(&explorer), "layer1.0.add");
    assert_eq!(stands_at(&explorer.press("r r r")), "layer2.0.add");
    let explorer = fashion().press("M r r");
    assert_eq!(stands_at(&explorer), "relu");
    // A mark on the ReLU after the stem's normalisation, set while the pass is before it.
    let explorer = fashion().press("M M nnnnn j m p p r");
    assert_eq!(stands_at(&explorer), "relu");
    assert_eq!(stands_at(&explorer.press("r")), "fc");
}

#[test]
fn a_change_that_cannot_be_is_explained() {
    // A single value per channel has no variance.
    let small = Overrides {
        input_size: Some([32, 32]),
        ..Overrides::default()
    };
    let model = open("resnet18", &small).expect("a shipped network");
    let explorer = Explorer::new(Some(model), SMALL).press("3 Enter n E");
    let notice = explorer.app.notice_text().unwrap_or_default();
    assert!(notice.contains("one value per channel"), "{notice}");
}

#[test]
fn the_help_and_a_terminal_that_is_too_small() {
    assert_picture!("help_80x24", Explorer::new(None, SMALL).press("?"));
    assert_picture!("too_small_40x12", Explorer::new(None, (40, 12)));
    assert_picture!(
        "least_60x18",
        Explorer::of("resnet50", (60, 18)).press("j j Right")
    );
}

#[test]
fn without_colours_maps_are_shaded() {
    let start = Some(model("resnet20_fashion"));
    let mut explorer = Explorer::with_colours(start, SMALL, Depth::Mono).press("3 Enter nnnn");
    let picture = explorer.picture();
    assert!(picture.contains('░') || picture.contains('▒'), "{picture}");
    assert!(!picture.contains('▀'), "{picture}");
    assert_picture!("forward_mono_80x24", explorer);
}

#[test]
fn the_true_label_comes_beside_the_likeliest_class() {
    let picture = Explorer::of("resnet20_fashion", SMALL)
        .press("3 Enter r")
        .picture();
    assert!(picture.contains("✓ Ankle boot"), "{picture}");
    assert!(picture.contains("true label: Ankle boot"), "{picture}");
}

#[test]
fn stepping_and_running_and_going_back_show_the_same() {
    // The panel to the right of the tree, which stepping expands and running does not.
    let panel = |words: &str| -> Vec<String> {
        Explorer::of("resnet20_fashion", LARGE)
            .press("3 Enter")
            .press(words)
            .steady_picture()
            .lines()
            .map(|line| line.chars().skip(38).collect::<String>())
            .filter(|line| !line.contains(" · weights "))
            .collect()
    };
    let run = panel("r");
    assert!(run.iter().any(|line| line.contains("Ankle boot")));
    for words in [&"n".repeat(74), "r pp nn", "r 0 r", "nnnn g r"] {
        assert_eq!(panel(words), run, "{words}");
    }
}

#[test]
fn back_leads_out_level_by_level() {
    let explorer = Explorer::new(None, SMALL).press("/ 152 Enter 3 Esc Esc");
    assert!(explorer.app.opened().is_none());
    // A network that was started by its name leads to the catalogue too, which has it selected.
    let mut explorer = Explorer::of("resnet20_fashion", SMALL).press("3 Enter n n Esc");
    assert!(explorer.app.opened().is_none());
    let selected = explorer.app.catalogue.selected();
    assert_eq!(
        selected.map(|entry| entry.name.as_str()),
        Some("resnet20_fashion")
    );
    assert!(!explorer.picture().contains("Esc"), "nothing lies below it");
    // Its pass is as it was left.
    let explorer = explorer.press("Enter");
    let forward = &explorer.app.opened().expect("it is open again").forward;
    assert_eq!(forward.done(), 2);
}

#[test]
fn the_mouse_does_what_the_keys_do() {
    let mut clicked = Explorer::new(None, SMALL)
        .input(Input::Click(10, 7))
        .input(Input::Click(10, 7));
    assert!(
        clicked.picture().contains("ResNet-50"),
        "{}",
        clicked.picture()
    );
    // The fourth tab, and back to the first.
    let tab = |explorer: &mut Explorer, title: &str| {
        let picture = explorer.picture();
        let line = picture.lines().next().expect("a title");
        let at = line
            .find(title)
            .unwrap_or_else(|| panic!("no {title}: {line}"));
        Input::Click(line[..at].chars().count() as u16, 0)
    };
    let fourth = tab(&mut clicked, "4 Checks");
    let mut checks = clicked.input(fourth);
    assert!(checks.picture().contains("No problems found"));
    let first = tab(&mut checks, "1 Layers");
    let mut scrolled = checks
        .input(first)
        .press("Z")
        .input(Input::Wheel(5, 5, Wheel::Down));
    assert!(!scrolled.picture().contains("No problems found"));
}

#[test]
fn a_click_on_a_map_explains_that_value() {
    // The ReLU after the stem: three channels of 28×28 side by side, below two lines of caption.
    let explorer = Explorer::of("resnet20_fashion", LARGE).press("3 Enter nnnnnn");
    let opened = explorer.app.opened().expect("a network");
    let first = opened.forward.maps.first;
    let [_, body, _] = layout::outline(LARGE);
    let panel = place::activation(body);
    let mut explorer = explorer;
    let picture = explorer.picture();
    let caption = picture
        .lines()
        .position(|line| line.contains("│ output "))
        .expect("a caption") as u16;
    let clicked = explorer.input(Input::Click(panel.x + 4, caption + 4));
    let opened = clicked.app.opened().expect("a network");
    let explained = opened.forward.explained.as_ref().expect("an explanation");
    assert_eq!(explained.cell.channel, first);
    assert!(explained.cell.row > 0 && explained.cell.column > 0);
    // A click in its map on the left selects another value of the same channel.
    let cell = explained.cell;
    let place = place::explained_pictures(place::explanation(body))[0];
    let mut moved = clicked.input(Input::Click(place.x + 1, place.y + 2));
    let opened = moved.app.opened().expect("a network");
    let to = opened.forward.explained.as_ref().expect("an explanation");
    assert_eq!(to.cell.channel, cell.channel);
    assert_ne!(to.cell, cell);
    assert!(moved.picture().contains("How it is computed"));
}

#[test]
fn the_timeline_has_a_bar_for_each_layer_and_leads_to_it() {
    let ended = Explorer::of("resnet20_fashion", LARGE).press("3 Enter r");
    let [_, body, _] = layout::outline(LARGE);
    let timeline = place::timeline(body);
    let opened = ended.app.opened().expect("a network");
    let layers = opened.subject.model.network.len();
    let bars = opened.forward.bars(200);
    assert_eq!(bars.len(), layers);
    assert!(bars.iter().all(|bar| bar.share.is_some()));
    let few = opened.forward.bars(10);
    assert_eq!(few.iter().map(|bar| bar.count).sum::<usize>(), layers);
    let name = |explorer: &Explorer| {
        let opened = explorer.app.opened().expect("a network");
        let shown = opened.forward.shown.as_ref().expect("a layer");
        opened.subject.model.network[shown.layer].path.to_string()
    };
    // The cursor is an arrow below the bars, and no bar is drawn over.
    let mut ended = ended;
    ended.picture();
    let cells = ended.terminal.backend().buffer().clone();
    let arrows = place::timeline_cursor(timeline).positions();
    let arrows: Vec<_> = arrows.filter(|at| cells[*at].symbol() == "▲").collect();
    assert_eq!(arrows.len(), 1);
    let mut bars = place::timeline_bars(timeline).positions();
    assert!(bars.all(|at| cells[at].bg == ratatui::style::Color::Reset));
    let mut clicked = ended.input(Input::Click(timeline.x + 1 + 3, timeline.y + 1));
    assert_eq!(name(&clicked), "conv1");
    assert!(clicked.picture().contains("time of each layer · conv1 "));
    assert!(clicked.picture().contains("likeliest Ankle boot 99.9 %"));
    let next = clicked.press(".");
    assert_eq!(name(&next), "bn1");
    assert_eq!(name(&next.press(",,")), "preprocess.standardize");
}

#[test]
fn a_change_shows_how_far_it_has_moved_each_layer() {
    let changed = Explorer::of("resnet20_fashion", LARGE).press("3 Enter r k k k k k i Enter");
    let opened = changed.app.opened().expect("a network");
    let network = &opened.subject.model.network;
    let moved: Vec<bool> = network
        .ids()
        .map(|id| opened.forward.difference(id).expect("both ran") > 0.0)
        .collect();
    let first = moved.iter().position(|moved| *moved).expect("something");
    let id = network.ids().nth(first).expect("a layer");
    assert_eq!(network[id].path.to_string(), "layer2.2.add");
    assert!(moved[first..].iter().all(|moved| *moved));
    let mut changed = changed;
    assert!(changed.picture().contains("change of each layer's output"));
    // Back to the times; without the edit there is nothing else.
    assert!(changed.press("b").picture().contains("time of each layer"));
}

/// The overview: size among the others, memory, the parent, the plot; and after a pass its slowest layers.
#[test]
fn the_overview_opens_first() {
    let start = |name: &str, size| Explorer::at_start(model(name), size);
    assert_picture!("overview_80x24", start("resnet50", SMALL));
    assert_picture!("overview_120x40", start("resnet101", LARGE));
    assert_picture!("overview_200x60", start("resnet50", (200, 60)).press("b"));
    let mut broken = Explorer::at_start(broken(), SMALL);
    let picture = broken.picture();
    assert!(picture.contains("layer2.0.add breaks a rule"), "{picture}");
    let mut opened = Explorer::new(None, SMALL).press("/ resnet50 Enter");
    assert_eq!(tab(&opened), Some(Tab::Stats));
    assert!(opened.picture().contains("25.56 M"), "{}", opened.picture());
    let layers = opened.press("Enter");
    assert_eq!(tab(&layers), Some(Tab::Layers));
    let mut ran = start("resnet20_fashion", SMALL).press("3 Enter r @");
    let picture = ran.picture();
    assert!(picture.contains("slowest layers"), "{picture}");
    assert!(
        picture.contains(" ms") || picture.contains(" µs"),
        "{picture}"
    );
    // Another batch counts anew, and the catalogue's counts are of one image.
    let mut batch = start("resnet50", LARGE).press("B 2 Enter");
    let picture = batch.picture();
    assert!(picture.contains("8.18 G"), "{picture}");
    assert!(picture.contains("batch of 2"), "{picture}");
}

/// Every figure of the overview is the one that `stats` has.
#[test]
fn the_overview_has_the_figures_of_stats() {
    let explorer = Explorer::at_start(model("resnet50"), SMALL);
    let stats = Stats::new(&explorer.app.opened().expect("a network").subject);
    let (file, _) = explorer.export("CSV");
    let text = String::from_utf8(file.bytes).expect("UTF-8");
    for number in [
        stats.params,
        stats.macs,
        stats.flops,
        stats.activations,
        stats.depth as u128,
        stats.receptive_field.expect("a field"),
        stats.memory.weights,
        stats.memory.peak_activations,
        stats.memory.training_activations,
    ] {
        assert!(text.contains(&format!(",{number}\n")), "{number}: {text}");
    }
}

fn tab(explorer: &Explorer) -> Option<Tab> {
    explorer.app.opened().map(|opened| opened.tab)
}

#[test]
fn a_picture_is_found_in_the_file_system() {
    let mut explorer = Explorer::of("resnet20_fashion", LARGE).press("3 w Right o");
    // The folder of the built-in samples, wherever the tests are run.
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/architectures/fashion/samples/"
    );
    explorer = explorer.press(folder);
    let picture = explorer.picture();
    assert!(
        picture.contains("An image from a file (png, jpg"),
        "{picture}"
    );
    let mut found = explorer.press("ankle");
    let picture = found.picture();
    assert!(picture.contains("image, 28×28 pixels"), "{picture}");
    assert!(!picture.contains("sandal"), "{picture}");
    let mut chosen = found.press("Enter");
    assert!(chosen.picture().contains("ankle"), "{}", chosen.picture());
    let mut ran = chosen.press("Enter r");
    assert!(ran.picture().contains("likeliest classes"));
    // Another one is looked for in the same folder; without a file it returns to the lists.
    let mut again = ran.press("w o");
    assert!(again.picture().contains("sandal"), "{}", again.picture());
    let back = again.press("Esc");
    let opened = back.app.opened().expect("a network");
    assert!(matches!(opened.forward.boxed, Some(Boxed::Chooser)));
    let mut next = Explorer::new(None, LARGE);
    next.app.restore(&back.app.saved_state(), false);
    let mut next = next.press("/ fashion Enter 3 w Right o");
    assert!(next.picture().contains("sandal"), "{}", next.picture());
}

#[test]
fn a_typed_choice_that_is_none_is_explained() {
    let explorer = Explorer::of("resnet18", SMALL).press("3 / weights.h5 Enter");
    let notice = explorer.app.notice_text().unwrap_or_default();
    assert!(notice.contains("safetensors"), "{notice}");
    let mut explorer = explorer.press("Esc / synthetic:41 Enter");
    assert!(explorer.picture().contains("synthetic:41"));
}

/// Keys that a footer still names where they can do nothing. The list only ever shrinks.
const IDLE: [&str; 0] = [];

#[test]
fn the_footer_never_names_a_key_that_does_nothing() {
    let (mut named_keys, mut idle) = (0, Vec::new());
    for words in [
        "",
        "/",
        "Enter",
        "Enter d",
        "Enter 2",
        "Enter 2 +",
        "Enter 3",
        "Enter 4",
        "Enter 5",
        ":",
        "Enter /",
        "Enter |",
        "?",
    ] {
        let mut explorer = Explorer::new(None, LARGE).press(words);
        let before = explorer.picture();
        let footer = before.lines().last().unwrap_or_default().to_owned();
        let contexts = explorer.app.scopes();
        for &scope in &contexts {
            for bound in explorer.app.keys.bindings(scope) {
                let Some(short) = bound.binding.short(Language::ENGLISH) else {
                    continue;
                };
                let key = bound.keys[0];
                if !footer.contains(&format!(" {} {short}", key.name())) {
                    continue;
                }
                named_keys += 1;
                let mut pressed = Explorer::new(None, LARGE).press(words);
                let messages = messages(&pressed.app, Input::Key(key));
                let effects = messages
                    .into_iter()
                    .filter_map(|message| update(&mut pressed.app, message))
                    .count();
                if effects == 0 && pressed.picture() == before {
                    idle.push(format!("{} {short} after {words:?}", key.name()));
                }
            }
        }
    }
    assert!(named_keys > 60, "the footers name keys: {named_keys}");
    assert_eq!(idle, IDLE, "a key that cannot act now is not named");
}

#[test]
fn steps_that_are_asked_for_while_a_step_runs_follow_it() {
    let mut explorer = Explorer::of("resnet20_fashion", LARGE).press("3 Enter");
    let app = &mut explorer.app;
    let step = || Message::Command(Command::Step);
    let mut next = update(app, step());
    for _ in 0..2 {
        assert!(update(app, step()).is_none());
    }
    let mut ran = 0;
    while let Some(Effect::Start(Job { ticket, task })) = next.take() {
        ran += 1;
        let mut events = Vec::new();
        let never = AtomicBool::new(false);
        perform(task, Kernels::Fast, &never, &mut |event| events.push(event));
        for event in events {
            next = update(app, Message::News(News { ticket, event }));
        }
    }
    assert_eq!(ran, 3);
    let picture = explorer.picture();
    assert!(picture.contains("preprocess.standardize"), "{picture}");
}

/// Weights tensor by tensor, their kernels, and two seeds side by side; figures as `weights show` has them.
#[test]
fn the_weights() {
    let fashion = |size| Explorer::of("resnet20_fashion", size).press("7");
    assert_picture!("weights_80x24", fashion(SMALL));
    assert_picture!("weights_120x40", fashion(LARGE).press("j j j"));
    assert_picture!("weights_200x60", fashion((200, 60)));
    assert_picture!("weights_kernels_80x24", fashion(SMALL).press("+"));
    assert_picture!("weights_choose_80x24", fashion(SMALL).press("c"));
    assert_picture!("weights_pair_80x24", fashion(SMALL).press("c j Enter"));
    assert_picture!("weights_pair_120x40", fashion(LARGE).press("c j Enter"));
    let mut same = fashion(LARGE).press("c Enter");
    let picture = same.picture();
    assert!(picture.contains(": 0 changed, 97 equal"), "{picture}");
    let mut layer = fashion(SMALL).press("Enter");
    assert!(layer.picture().contains("bn1"), "{}", layer.picture());
}

/// Kernels have the colours of their values: the smallest of a kernel is black in its channel, the largest is full; without colours
/// they are shaded.
#[test]
fn kernels_are_shown_in_their_own_colours() {
    let mut explorer = Explorer::of("resnet20_cifar", SMALL).press("7 +");
    let picture = explorer.picture();
    assert!(
        picture.contains("conv1.weight: kernels 0 to 15 of 16"),
        "{picture}"
    );
    let subject = explorer.app.opened().expect("a network").subject.clone();
    let source = Synthetic { seed: 0 };
    let values = source
        .tensor("conv1.weight", &[16, 3, 3, 3])
        .expect("any tensor");
    let own: Vec<f32> = values.iter().take(27).copied().collect();
    let low = own.iter().copied().fold(f32::INFINITY, f32::min);
    let high = own.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let byte = |at: usize| ((own[at] - low) / (high - low) * 255.0).round() as u8;
    let expected = |at: usize| Color::Rgb(byte(at), byte(9 + at), byte(18 + at));
    let buffer = explorer.terminal.backend().buffer();
    let first = buffer
        .content()
        .iter()
        .find(|cell| cell.symbol() == "▀")
        .expect("a kernel");
    assert_eq!((first.fg, first.bg), (expected(0), expected(3)));
    assert_eq!(subject.model.spec.name, "resnet20_cifar");
    // A terminal with a protocol for pictures draws each of them in pixels.
    let Explorer { app, terminal } = &mut explorer;
    let mut pictures = Vec::new();
    let draw = |frame: &mut ratatui::Frame<'_>| {
        resnet_explore::tui::view::render_with_pictures(frame, app, &mut pictures);
    };
    terminal.draw(draw).expect("memory never fails");
    assert_eq!(pictures.len(), 16);
    let Color::Rgb(red, green, blue) = expected(0) else {
        panic!("a colour");
    };
    assert_eq!(pictures[0].pixels((3, 3)).rgb[..3], [red, green, blue]);
    let mono = Explorer::with_colours(Some(model("resnet20_cifar")), SMALL, Depth::Mono);
    let mut mono = mono.press("7 +");
    let picture = mono.picture();
    assert!(picture.contains('▓') && !picture.contains('▀'), "{picture}");
}
