//! Opening of the forward pass: the picture that goes in, the keys that run it, colours where there are some, and a word about random weights.

use ratatui::style::Color;

use crate::explorer::{Explorer, LARGE, SMALL, assert_picture, model};

/// An image of 133×87 pixels.
const PICTURE: &str = "tests/data/pictures/wide_bilinear_64_56.png";

/// Cells with two pixels, of which those with a colour that is no grey.
fn pixels(explorer: &mut Explorer) -> (usize, usize) {
    explorer.picture();
    let buffer = explorer.terminal.backend().buffer();
    let cells = buffer.content().iter().filter(|cell| cell.symbol() == "▀");
    let is_coloured = |colour: Color| matches!(colour, Color::Rgb(red, green, blue) if red != green || green != blue);
    let coloured = cells.clone().filter(|cell| is_coloured(cell.fg));
    (cells.count(), coloured.count())
}

#[test]
fn the_picture_is_there_at_once_with_the_keys_that_run_it() {
    let fashion = |size| Explorer::of("resnet20_fashion", size).press("3");
    assert_picture!("opening_120x40", fashion(LARGE));
    let mut small = fashion(SMALL);
    let picture = small.picture();
    for words in ["n  runs the next layer", "r  runs all", "Ankle boot"] {
        assert!(picture.contains(words), "{words}: {picture}");
    }
    let (cells, coloured) = pixels(&mut small);
    assert!(cells > 200 && coloured == 0, "{cells} {coloured}");
    // On a large screen the picture is larger, and fills the height.
    let (cells, _) = pixels(&mut fashion((200, 60)));
    assert!(cells > 3_000, "{cells}");
    // Enter says what to press, and runs nothing.
    let hinted = small.press("Enter");
    let notice = hinted.app.notice_text().unwrap_or_default();
    assert!(notice.contains("n runs the next layer"), "{notice}");
    assert_eq!(hinted.app.opened().expect("a network").forward.done(), 0);
}

#[test]
fn the_first_convolution_shows_its_kernels() {
    let mut pass = Explorer::of("resnet20_fashion", LARGE).press("3 n n n n");
    let picture = pass.picture();
    assert!(picture.contains("of 16, each 3×3"), "{picture}");
    let next = pass.press("n").picture();
    assert!(!next.contains("kernels:"), "{next}");
}

#[test]
fn a_picture_with_colours_is_shown_in_them_and_so_are_its_kernels() {
    let mut opened = Explorer::of("resnet18", LARGE)
        .press("3 Tab /")
        .press(PICTURE)
        .press("Enter Enter");
    let (cells, coloured) = pixels(&mut opened);
    assert!(cells > 200 && coloured * 2 > cells, "{coloured} of {cells}");
    let mut stepped = opened.press("n n n n");
    assert!(
        stepped.picture().contains("in colour"),
        "{}",
        stepped.picture()
    );
    let conv = stepped.press("/ conv1 Enter g");
    let forward = &conv.app.opened().expect("a network").forward;
    let kernels = forward.kernels.as_ref().expect("kernels");
    assert_eq!(
        (kernels.channels, kernels.size, kernels.count()),
        (3, [7, 7], 64)
    );
}

#[test]
fn random_weights_are_called_random_and_trained_ones_are_named() {
    let mut random = Explorer::of("resnet18", LARGE).press("3 Enter");
    let picture = random.picture();
    assert!(
        picture.contains("random weights") && picture.contains("w offers trained ones"),
        "{picture}"
    );
    let mut stepped = random.press("n");
    assert!(stepped.picture().contains("random weights"));
    let mut trained = Explorer::of("resnet20_fashion", LARGE).press("3 n");
    assert!(!trained.picture().contains("random weights"));
    let mut none = Explorer::of("resnet20_cifar", LARGE).press("3 Enter");
    let picture = none.picture();
    assert!(
        picture.contains("resnet20_fashion has trained ones"),
        "{picture}"
    );
}

#[test]
fn views_open_at_the_first_layer_with_parameters_and_not_at_the_input() {
    let first = |explorer: &Explorer| {
        let opened = explorer.app.opened().expect("a network");
        let id = opened.layer().expect("a layer");
        opened.subject.model.network[id].path.to_string()
    };
    for (key, first_layer) in [("1", "conv1"), ("2", "conv1"), ("4", "conv1")] {
        let opened = Explorer::at_start(model("resnet50"), SMALL).press(key);
        assert_eq!(first(&opened), first_layer, "{key}");
    }
    let mut table = Explorer::at_start(model("resnet50"), SMALL).press("1");
    assert!(table.picture().contains("stem"), "{}", table.picture());
    // The pass opens with its picture, whatever is selected elsewhere.
    let mut pass = Explorer::at_start(model("resnet20_fashion"), SMALL).press("3");
    let picture = pass.picture();
    assert!(picture.contains("runs the next layer"), "{picture}");
}

#[test]
fn a_comparison_s_first_line_says_what_differs_and_leaves_costs_to_the_totals() {
    let mut small = Explorer::of("resnet50", SMALL).press("D resnet34 Enter");
    let picture = small.picture();
    let line = picture.lines().nth(1).unwrap_or_default();
    assert_eq!(
        line.trim(),
        "19 layers changed, 50 layers gone, 3 strides moved",
        "{picture}"
    );
    let mut large = Explorer::of("resnet50", (200, 60)).press("D resnet34 Enter");
    let picture = large.picture();
    assert!(
        picture.contains("3 strides moved: −425,422,848 MACs"),
        "{picture}"
    );
}

#[test]
fn the_key_of_the_lists_leads_to_the_weights_where_they_are_open() {
    let mut open = Explorer::of("resnet18", SMALL).press("3 Right");
    let inputs = open.picture();
    let mut again = open.press("w");
    let picture = again.picture();
    assert_ne!(picture, inputs);
    assert!(picture.contains("━━ weights"), "{picture}");
    assert!(!picture.contains("does nothing"), "{picture}");
}
