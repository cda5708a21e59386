//! Promise: chosen sizes, rule and batch change every number, also for two networks side by side, and return with an undone
//! jump; a changed file is read again, and notices are shown.

#[path = "common/explorer.rs"]
mod explorer;

use std::time::Duration;

use explorer::{Explorer, LARGE, SMALL};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::report::compare::Comparison;
use resnet_explore::text;
use resnet_explore::tui::message::Message;
use resnet_explore::tui::update;
use tz::{DateTime, TimeZone};

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
    let notice = refused.app.notice_text().unwrap_or_default();
    assert!(notice.contains("is not a size"), "{notice}");
    // One side of it is opened with the settings of the comparison.
    let opened = refused.press("2");
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
    // For a comparison too.
    let compare = explorer.press("D resnet34 Enter");
    assert_eq!(
        compare.app.compared().map(|compare| compare.setup),
        Some(setup)
    );
    let again = compare.press("I 96 Enter Esc u");
    let setup = again.app.compared().expect("it is compared again").setup;
    assert_eq!(setup.overrides.input_size, Some([96; 2]));
}

/// A folder of specs, in which each change is an hour later: two within a clock tick would count as one.
struct Specs {
    folder: tempfile::TempDir,
    hour: u64,
}

impl Specs {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder, hour: 0 }
    }

    fn path(&self, name: &str) -> String {
        let path = self.folder.path().join(name);
        path.to_str().expect("UTF-8").to_owned()
    }

    fn write(&mut self, name: &str, text: &str) {
        self.hour += 1;
        let time = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(3_600 * self.hour);
        let path = self.path(name);
        std::fs::write(&path, text).expect("a file");
        let file = std::fs::File::options().write(true).open(&path);
        file.expect("it is there")
            .set_modified(time)
            .expect("a time");
    }

    fn explorer(&self, name: &str) -> Explorer {
        let model = open(&self.path(name), &Overrides::default()).expect("it is there");
        Explorer::new(Some(model), LARGE)
    }
}

fn params(explorer: &Explorer) -> u128 {
    explorer.app.opened().expect("open").subject.params().0
}

/// Checks the files as the explorer does every second; returns whether they had changed.
fn look(explorer: &mut Explorer) -> bool {
    let has_changed = explorer.app.opened().expect("open").spec.has_changed();
    if has_changed {
        update::update(&mut explorer.app, Message::Reload);
    }
    has_changed
}

/// Moment of a file's last change, in hours from 1970, as the bar shows it in the time zone of the user.
fn local(hours: i64) -> String {
    let named = std::env::var("TZ").map(|name| TimeZone::from_posix_tz(&name));
    let zone = named.unwrap_or_else(|_| TimeZone::local());
    let zone = zone.unwrap_or_else(|_| TimeZone::utc());
    let at = DateTime::from_timespec(hours * 3600, 0, zone.as_ref()).expect("a date");
    let [month, day, hour, minute] = [at.month(), at.month_day(), at.hour(), at.minute()];
    format!("{}-{month:02}-{day:02} {hour:02}:{minute:02}", at.year())
}

/// Asserts that every view shows `line`, whatever key is pressed, and that Checks and Spec show more.
fn is_stated(mut explorer: Explorer, line: &str, error: &str) -> Explorer {
    for key in ["1", "2", "3", "4", "5", "5 Down Up", "1 Enter", "?", "Esc"] {
        explorer = explorer.press(key);
        let picture = explorer.picture();
        let second = picture.lines().nth(1).unwrap_or_default();
        assert!(second.contains(line), "after {key}:\n{picture}");
    }
    explorer = explorer.press("4");
    let picture = explorer.picture();
    assert!(picture.contains(error), "{picture}");
    assert!(!picture.contains("No problems found"), "{picture}");
    assert!(
        picture.contains("Checks✗") && picture.contains("Spec✗"),
        "{picture}"
    );
    explorer = explorer.press("5");
    let picture = explorer.picture();
    assert!(picture.contains(error), "{picture}");
    explorer.press("1")
}

#[test]
fn a_changed_parent_is_read_again_and_a_broken_one_is_stated_until_it_is_fixed() {
    let mut specs = Specs::new();
    specs.write("base.toml", "inherits = \"resnet18\"\nclasses = 10\n");
    specs.write(
        "child.toml",
        "inherits = \"base.toml\"\ntitle = \"Child\"\n",
    );
    let mut explorer = specs.explorer("child.toml").press("5");
    let before = params(&explorer);
    assert!(!look(&mut explorer));
    specs.write("base.toml", "inherits = \"resnet18\"\nclasses = 20\n");
    assert!(look(&mut explorer));
    let good = before + 10 * 513;
    assert_eq!(params(&explorer), good);
    // The overview says what the last save changed, and the difference from the parent.
    let mut explorer = explorer.press("@");
    let picture = explorer.picture();
    assert!(picture.contains("changed since the last save"), "{picture}");
    assert!(picture.contains("+5,130"), "{picture}");
    let mut explorer = explorer.press("5");
    specs.write("base.toml", "inherits = \"resnet18\"\n\nclasses = = 3\n");
    assert!(look(&mut explorer));
    assert_eq!(params(&explorer), good, "the last good network");
    let notice = explorer.app.notice_text().unwrap_or_default();
    assert!(notice.contains("base.toml, line 3: "), "{notice}");
    let picture = explorer.picture();
    assert!(picture.contains("✗ classes = = 3"), "{picture}");
    assert!(!look(&mut explorer), "it is read once");
    // The third file, which was written last while all was well.
    let line = format!("✗ error in line 3 of base.toml; showing {}", local(3));
    let mut explorer = is_stated(explorer, &line, "base.toml:3:");
    // A choice in the meantime does not accept a broken network as a good one.
    explorer = explorer.press("I 64 Enter");
    assert_eq!(params(&explorer), good);
    assert_eq!(
        explorer.app.opened().expect("open").subject.analysis.depth,
        18
    );
    // Another error gives another line.
    specs.write("base.toml", "inherits = \"resnet18\"\nclasses = \"many\"\n");
    assert!(look(&mut explorer));
    let mut explorer = is_stated(explorer, "✗ error in line 2 of base.toml", "base.toml:2:");
    specs.write("base.toml", "inherits = \"resnet18\"\nclasses = 10\n");
    assert!(look(&mut explorer));
    assert_eq!(params(&explorer), before);
    let mut explorer = explorer.press("5");
    let picture = explorer.picture();
    assert!(picture.contains("title = \"Child\""), "{picture}");
    assert!(!picture.contains("error in line"), "{picture}");
    assert!(explorer.press("4").picture().contains("No problems found"));
}

#[test]
fn a_file_that_is_deleted_is_stated_until_it_is_there_again() {
    let mut specs = Specs::new();
    specs.write("base.toml", "inherits = \"resnet18\"\n");
    specs.write("child.toml", "inherits = \"base.toml\"\nclasses = 10\n");
    let mut explorer = specs.explorer("child.toml");
    let before = params(&explorer);
    for (gone, line) in [
        (
            "child.toml",
            format!("✗ child.toml is gone; showing {}", local(2)),
        ),
        (
            "base.toml",
            format!("✗ error in line 1 of child.toml; showing {}", local(3)),
        ),
    ] {
        let text = std::fs::read_to_string(specs.path(gone)).expect("it is there");
        std::fs::remove_file(specs.path(gone)).expect("it is there");
        assert!(look(&mut explorer), "{gone}");
        assert_eq!(params(&explorer), before);
        explorer = is_stated(explorer, &line, gone);
        specs.write(gone, &text);
        assert!(look(&mut explorer));
        let mut seen = explorer.press("4");
        let picture = seen.picture();
        assert!(picture.contains("No problems found"), "{picture}");
        explorer = seen;
    }
}

#[test]
fn a_file_that_is_broken_from_the_start_shows_no_numbers_as_its_own() {
    let mut specs = Specs::new();
    specs.write("net.toml", "inherits = \"resnet18\"\nclasses = \"many\"\n");
    let explorer = specs.explorer("net.toml");
    let line = "✗ error in line 2 of net.toml; showing the numbers of resnet18, its parent";
    let mut explorer = is_stated(explorer, line, "net.toml:2:");
    // With another fault, it is not a last good version.
    specs.write(
        "net.toml",
        "inherits = \"resnet34\"\n\nclasses = \"many\"\n",
    );
    assert!(look(&mut explorer));
    let line = "✗ error in line 3 of net.toml; showing the numbers of resnet34, its parent";
    let mut explorer = is_stated(explorer, line, "net.toml:3:");
    specs.write("net.toml", "inherits = \"resnet34\"\nclasses = 10\n");
    assert!(look(&mut explorer));
    assert!(!explorer.picture().contains("error in line"));
    // A parent that appears later is read too.
    specs.write("late.toml", "inherits = \"parent.toml\"\nclasses = 10\n");
    let explorer = specs.explorer("late.toml");
    let line = "✗ error in line 1 of late.toml; numbers are from the part that could be read";
    let mut explorer = is_stated(explorer, line, "late.toml:1:");
    specs.write("parent.toml", "inherits = \"resnet18\"\n");
    assert!(look(&mut explorer));
    assert!(!explorer.picture().contains("error in line"));
    assert!(params(&explorer) > 11_000_000);
}

#[test]
fn a_broken_file_is_stated_in_chinese_too() {
    let mut specs = Specs::new();
    specs.write("net.toml", "inherits = \"resnet18\"\nclasses = \"many\"\n");
    let mut explorer = specs.explorer("net.toml");
    explorer.app.speak(resnet_explore::text::Language::CHINESE);
    let picture = explorer.picture();
    let line = "✗ net.toml 第 2 行有错误；显示的是父网络 resnet18 的数字";
    assert!(picture.contains(line), "{picture}");
}

#[test]
fn what_is_told_at_once_is_told_one_after_the_other() {
    let mut explorer = Explorer::of("resnet18", SMALL);
    explorer.app.notify(text::Message::of("the first"));
    explorer.app.notify(text::Message::of("the second"));
    assert!(explorer.picture().contains("the first"));
    let mut explorer = explorer.press("Down");
    assert!(explorer.picture().contains("the second"));
    assert!(!explorer.press("Down").picture().contains("the second"));
}
