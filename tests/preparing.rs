//! Promise: in the explorer, preprocessing of an image is stepped through layer by layer, and changed by typing: the pass
//! runs again from there, both results are shown side by side, and everything can be undone.

#[path = "common/explorer.rs"]
mod explorer;

use explorer::{Explorer, LARGE, SMALL, broken};
use resnet_explore::engine::Edit;
use resnet_explore::text::Language;
use resnet_explore::tui::pane::forward::Phase;

/// An image of 133×87 pixels for a network of 224×224.
const PICTURE: &str = "tests/data/pictures/wide_bilinear_64_56.png";

/// A pass of an image that has not begun.
fn chosen(explorer: Explorer) -> Explorer {
    explorer
        .press("3 w Tab /")
        .press(PICTURE)
        .press("Enter Enter")
}

/// Paths of the first `count` layers of the pass.
fn paths(explorer: &Explorer, count: usize) -> Vec<String> {
    let forward = &explorer.app.opened().expect("a network").forward;
    let nodes = forward.network().nodes().take(count);
    nodes.map(|(_, node)| node.path.to_string()).collect()
}

/// Edits of the pass.
fn edits(explorer: &Explorer) -> Vec<Edit> {
    match &explorer.app.opened().expect("a network").forward.phase {
        Phase::Ready(session) => session.edits().to_vec(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_pass_steps_through_the_picture_and_its_preparation() {
    let ready = chosen(Explorer::of("resnet18", LARGE));
    assert_eq!(
        paths(&ready, 6),
        [
            "input",
            "preprocess.resize",
            "preprocess.crop",
            "preprocess.scale",
            "preprocess.standardize",
            "conv1"
        ]
    );
    // The views of the network itself begin at its own input size.
    let network = &ready.app.opened().expect("a network").subject.model.network;
    assert!(network.find("preprocess.resize").is_none());
    let shapes = [
        "3×87×133",
        "3×256×391",
        "3×224×224",
        "3×224×224",
        "3×224×224",
    ];
    let mut explorer = ready;
    for shape in shapes {
        explorer = explorer.press("n");
        let picture = explorer.picture();
        assert!(picture.contains(shape), "{shape}\n{picture}");
    }
    // A pixel of the resized image is computed from those of the original.
    let mut explained = explorer.press("p p p x");
    let picture = explained.picture();
    assert!(
        picture.contains("preprocess.resize ·") && picture.contains("exactly"),
        "{picture}"
    );
    assert!(picture.contains("the image's 87×133"), "{picture}");
    // A synthetic input needs no preprocessing: the pass is that of the unchanged network.
    let synthetic = explained.press("Esc w j Enter n");
    assert_eq!(paths(&synthetic, 2), ["input", "preprocess.scale"]);
}

#[test]
fn what_is_typed_runs_again_from_there_and_is_taken_back() {
    let mut ran = chosen(Explorer::of("resnet18", LARGE)).press("r");
    assert!(ran.picture().contains('%'));
    let mut asked = ran.press("P");
    let picture = asked.picture();
    for now in [
        "resize 256 bilinear",
        "crop 224x224",
        "mean 0.485 0.456 0.406",
    ] {
        assert!(picture.contains(now), "{picture}");
    }
    let mut changed = asked.press("resize=232,bicubic,crop=192,mean=0.5,std=0.5,bgr Enter");
    assert_eq!(edits(&changed).len(), 4);
    let opened = changed.app.opened().expect("a network");
    let differences = &opened.forward.differences;
    // The image is the same, its resized version is not, and the last layers have changed.
    assert_eq!(differences[0], Some(0.0));
    assert!(
        differences
            .last()
            .expect("layers")
            .is_some_and(|moved| moved > 0.0)
    );
    assert!(!opened.forward.top_classes_before.is_empty());
    let running = opened.forward.running();
    let crop = running.find("preprocess.crop").expect("a layer");
    let summary = Language::ENGLISH.say(&running[crop].layer.summary());
    assert_eq!(summary, "centre crop 192×192");
    let picture = changed.picture();
    assert!(picture.contains("before"), "{picture}");
    // The typed value is in the list of edits, and one key undoes it.
    let mut listed = changed.press("i");
    let picture = listed.picture();
    for words in [
        "[✓] preprocess.resize: shorter side to 232 (bicubic)",
        "[✓] preprocess.standardize: mean 0.5, std 0.5",
        "[✓] channels reversed",
    ] {
        assert!(picture.contains(words), "{picture}");
    }
    let reset = listed.press("Esc P reset Enter");
    assert!(edits(&reset).is_empty());
    assert!(
        reset
            .app
            .opened()
            .expect("a network")
            .forward
            .differences
            .is_empty()
    );
}

#[test]
fn what_cannot_be_done_is_said_where_it_was_typed() {
    let mut asked = chosen(Explorer::of("resnet18", SMALL)).press("n n n P");
    for (typed, notice) in [
        ("sharpen", "not understood"),
        ("std=0", "above 0"),
        ("mean=1,2", "2 numbers for 3 channels"),
        ("resize=99999", "from 1 to 16384"),
    ] {
        asked = asked.press(typed).press("Enter");
        let picture = asked.picture();
        assert!(picture.contains(notice), "{typed}\n{picture}");
        asked = asked.press("Esc P");
    }
    // A crop larger than the image works, with a notice.
    let mut wide = asked.press("resize=100 Enter");
    assert!(
        wide.picture().contains("it gets a black border"),
        "{}",
        wide.picture()
    );
    let mut synthetic = Explorer::of("resnet18", SMALL).press("3 Enter n P mean=0.5 Enter");
    assert!(
        synthetic.picture().contains("w chooses an image"),
        "{}",
        synthetic.picture()
    );
}

#[test]
fn a_network_at_fault_is_prepared_otherwise_and_changed_before_its_fault() {
    let ran = chosen(Explorer::new(Some(broken()), LARGE)).press("r P resize=232 Enter");
    assert_eq!(edits(&ran).len(), 1);
    let forward = &ran.app.opened().expect("a network").forward;
    let fault = forward.fault.expect("a fault");
    assert_eq!(forward.done(), fault.index());
    assert_eq!(forward.network()[fault].path.to_string(), "layer2.0.add");
    // Before the fault a block can be switched off; in the faulty block a message gives the reason why not, and nothing runs
    // after it.
    let mut listed = ran.press("Up Up Up Up Up Up Up i");
    let picture = listed.picture();
    assert!(picture.contains("layer1.1: main path zeroed"), "{picture}");
    let mut after = listed.press("Esc End i");
    let picture = after.picture();
    assert!(
        picture.contains("and does not run: only the layers before"),
        "{picture}"
    );
}
