//! Promise: sizes, rule and batch that were chosen move every number, of two networks side by side too, and come back with an undone
//! jump; a changed file is read again, and what there is to tell is told.

#[path = "common/explorer.rs"]
mod explorer;

use std::time::Duration;

use explorer::{Explorer, LARGE, SMALL};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::report::compare::Comparison;
use resnet_explore::tui::message::Message;
use resnet_explore::tui::update;

#[test]
fn rule_size_batch_and_classes_move_every_number_of_both_side_by_side() {
    let macs = |explorer: &Explorer| {
        let compare = explorer.app.compared().expect("two networks");
        let Comparison { a, b, .. } = &compare.comparison;
        assert_eq!(
            compare.comparison.total.macs,
            b.macs.cast_signed() - a.macs.cast_signed()
        );
        [a.macs, b.macs]
    };
    let compare = Explorer::of("resnet50", LARGE).press("D resnet101 Enter n");
    let place = |explorer: &Explorer| {
        let compare = explorer.app.compared().expect("two networks");
        (compare.tree.selected_index(), compare.tree.len())
    };
    let before = place(&compare);
    assert_eq!(macs(&compare), [4_089_184_256, 7_801_405_440]);
    let mut batch = compare.press("B 2 Enter");
    assert_eq!(macs(&batch), [8_178_368_512, 15_602_810_880]);
    let picture = batch.picture();
    assert!(picture.contains("8,178,368,512"), "{picture}");
    assert!(picture.contains("batch 2"), "{picture}");
    let classes = batch.press("B 1 Enter C 10 Enter");
    let head = 990 * 2048;
    assert_eq!(macs(&classes), [4_089_184_256 - head, 7_801_405_440 - head]);
    let mut small = classes.press("I 112x112 Enter");
    let [a, b] = macs(&small);
    assert!(a < 4_089_184_256 / 3, "{a}");
    let picture = small.picture();
    assert!(picture.contains("input 112×112"), "{picture}");
    assert_eq!(place(&small), before, "what is unfolded and selected stays");
    let (file, small) = small.export("CSV");
    let csv = String::from_utf8(file.bytes).expect("a text");
    assert!(csv.contains("64x56x56"), "{csv}");
    let refused = small.press("I 0x7 Enter");
    let notice = refused.app.notice.as_deref().unwrap_or_default();
    assert!(notice.contains("no size"), "{notice}");
    // A side of it is opened as it is compared.
    let opened = refused.press("b");
    let subject = &opened.app.opened().expect("the second").subject;
    assert_eq!(subject.macs().0, b);
}

#[test]
fn what_is_opened_again_by_undoing_a_jump_has_its_size_batch_and_classes() {
    let explorer = Explorer::new(None, SMALL)
        .press("/ resnet18 Enter I 64 Enter B 4 Enter C 7 Enter R torch Enter");
    let setup = explorer.app.opened().expect("a network").setup();
    assert_eq!(setup.overrides.input_size, Some([64; 2]));
    let explorer = explorer.press("Esc");
    assert!(explorer.app.opened().is_none());
    let explorer = explorer.press("u");
    let opened = explorer.app.opened().expect("it is opened again");
    assert_eq!((opened.setup(), opened.subject.batch), (setup, 4));
    // Of a comparison too.
    let compare = explorer.press("D resnet34 Enter");
    assert_eq!(
        compare.app.compared().map(|compare| compare.setup),
        Some(setup)
    );
    let again = compare.press("I 96 Enter Esc u");
    let setup = again.app.compared().expect("it is compared again").setup;
    assert_eq!(setup.overrides.input_size, Some([96; 2]));
}

#[test]
fn a_changed_parent_is_read_again_and_a_broken_one_is_shown() {
    let own = format!("resnet-explore-parents-{}", std::process::id());
    let folder = std::env::temp_dir().join(own);
    std::fs::create_dir_all(&folder).expect("a folder");
    let (parent, child) = (folder.join("base.toml"), folder.join("child.toml"));
    let mut hour = 0;
    let mut write = |text: &str| {
        // Two changes within a tick of the clock would be one.
        hour += 1;
        let time = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(3_600 * hour);
        std::fs::write(&parent, text).expect("a file");
        let file = std::fs::File::options().write(true).open(&parent);
        file.expect("it is there")
            .set_modified(time)
            .expect("a time");
    };
    write("inherits = \"resnet18\"\nclasses = 10\n");
    std::fs::write(&child, "inherits = \"base.toml\"\ntitle = \"Child\"\n").expect("a file");
    let model = open(&child.to_string_lossy(), &Overrides::default()).expect("it is there");
    let mut explorer = Explorer::new(Some(model), LARGE).press("5");
    let params = |explorer: &Explorer| explorer.app.opened().expect("open").subject.params().0;
    let has_changed = |explorer: &Explorer| explorer.app.opened().expect("open").spec.has_changed();
    let before = params(&explorer);
    assert!(!has_changed(&explorer));
    write("inherits = \"resnet18\"\nclasses = 20\n");
    assert!(has_changed(&explorer));
    update::update(&mut explorer.app, Message::Reload);
    assert_eq!(params(&explorer), before + 10 * 513);
    write("inherits = \"resnet18\"\n\nclasses = = 3\n");
    update::update(&mut explorer.app, Message::Reload);
    assert_eq!(
        params(&explorer),
        before + 10 * 513,
        "the last good network"
    );
    let notice = explorer.app.notice.clone().unwrap_or_default();
    assert!(notice.contains("base.toml, line 3"), "{notice}");
    let picture = explorer.picture();
    assert!(picture.contains("✗ classes = = 3"), "{picture}");
    assert!(!has_changed(&explorer));
    write("inherits = \"resnet18\"\nclasses = 10\n");
    update::update(&mut explorer.app, Message::Reload);
    assert_eq!(params(&explorer), before);
    assert!(explorer.picture().contains("title = \"Child\""));
    std::fs::remove_dir_all(&folder).expect("it is there");
}

#[test]
fn what_is_told_at_once_is_told_one_after_the_other() {
    let mut explorer = Explorer::of("resnet18", SMALL);
    explorer.app.tell("the first".to_owned());
    explorer.app.tell("the second".to_owned());
    assert!(explorer.picture().contains("the first"));
    let mut explorer = explorer.press("Down");
    assert!(explorer.picture().contains("the second"));
    assert!(!explorer.press("Down").picture().contains("the second"));
}
