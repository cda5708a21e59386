//! Promise: a faulty network is drawn, stepped and run up to the fault; its fix is one key, which edits the spec's file whole
//! or not at all and can be undone; the command line does the same.

#[path = "common/explorer.rs"]
mod explorer;

use std::path::Path;
use std::process::Command;

use explorer::{Explorer, LARGE, SMALL, assert_picture, broken};
use resnet_explore::lower::{Overrides, open};

const BROKEN: &str =
    "# mine\ninherits = \"resnet18\"\nsummary = \"a mistake\"\nshortcut = \"identity\"\n";

#[test]
fn a_pass_runs_up_to_the_fault_and_stops_there_with_the_reason() {
    let mut explorer = Explorer::new(Some(broken()), LARGE).press("3 Enter r");
    let opened = explorer.app.opened().expect("a network");
    let network = &opened.subject.model.network;
    let ran = opened.forward.current().expect("it ran");
    let fault = opened.forward.fault.expect("a fault");
    assert_eq!(network[fault].path.to_string(), "layer2.0.add");
    assert_eq!(ran.index() + 1, fault.index());
    assert!(explorer.picture().contains("✗ add"));
    let mut stopped = explorer.press("n");
    let picture = stopped.picture();
    assert!(
        picture.contains("layer2.0.add cannot run: ") && picture.contains("4 shows the fix"),
        "{picture}"
    );
    // A layer after the fault can be selected, and has nothing to show.
    let after = stopped.press("End Up Down");
    let opened = after.app.opened().expect("a network");
    let selected = &opened.forward.tree.selected().expect("a row").row;
    assert!(
        selected.last(&opened.subject.model.network) > Some(fault),
        "{selected:?}"
    );
    let shown = opened.forward.shown.as_ref().map(|shown| shown.layer);
    assert!(shown <= Some(ran), "{shown:?} has not run");
    // Stepping back and forth works as in any pass.
    let back = after.press("p p n");
    let opened = back.app.opened().expect("a network");
    assert_eq!(opened.forward.done(), fault.index() - 1);
}

#[test]
fn the_fix_is_offered_where_the_problem_is() {
    assert_picture!(
        "fix_offered_80x24",
        Explorer::new(Some(broken()), SMALL).press("4")
    );
}

#[test]
fn one_key_fixes_the_file_and_one_takes_it_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("net.toml");
    std::fs::write(&path, BROKEN).expect("written");
    let name = path.to_str().expect("UTF-8");
    let model = open(name, &Overrides::default()).expect("it can be read");
    let mut asked = Explorer::new(Some(model), LARGE).press("4 f");
    let picture = asked.picture();
    assert!(picture.contains("- shortcut = \"identity\""), "{picture}");
    assert!(picture.contains("+ shortcut = \"projection\""), "{picture}");
    let read = || std::fs::read_to_string(&path).expect("it is there");
    assert_eq!(read(), BROKEN, "nothing is written unasked");
    let left = asked.press("Esc");
    assert_eq!(read(), BROKEN);
    let mut fixed = left.press("f Enter");
    let notice = fixed.app.notice_text().unwrap_or_default();
    assert!(notice.starts_with("fixed in "), "{notice}");
    assert!(!fixed.picture().contains("Checks✗"));
    let text = read();
    assert_eq!(text, BROKEN.replace("\"identity\"", "\"projection\""));
    let opened = fixed.app.opened().expect("a network");
    assert!(
        opened.checks.problems.is_empty(),
        "{:?}",
        opened.checks.problems
    );
    // The file before and after it, side by side.
    let mut compared = fixed.press("D before Enter");
    let picture = compared.picture();
    assert!(picture.contains("net.toml~"), "{picture}");
    assert!(picture.contains("+173,824 parameters"), "{picture}");
    assert!(!picture.contains("±0"), "{picture}");
    let fixed = compared.press("Esc");
    // Taking it back asks as well.
    let mut asked = fixed.press("5 F");
    let picture = asked.picture();
    assert!(picture.contains("Undo this fix?"), "{picture}");
    assert!(picture.contains("+ shortcut = \"identity\""), "{picture}");
    assert_eq!(read(), text, "nothing is undone unasked");
    let left = asked.press("Esc");
    assert_eq!(read(), text);
    let back = left.press("F Enter");
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), BROKEN);
    assert!(
        back.app
            .notice_text()
            .is_some_and(|notice| notice.starts_with("undone in "))
    );
    let nothing = back.press("F");
    assert!(
        nothing
            .app
            .notice_text()
            .is_some_and(|notice| notice.contains("no fix to undo"))
    );
}

fn check(folder: &Path, words: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .arg("check")
        .args(words)
        .current_dir(folder)
        .output()
        .expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (
        text(output.stdout),
        text(output.stderr),
        output.status.code().expect("no signal"),
    )
}

#[test]
fn the_command_line_fixes_files_in_place_and_shipped_specs_into_a_copy() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("net.toml");
    std::fs::write(&path, BROKEN).expect("written");
    let (out, err, code) = check(folder.path(), &["net.toml", "--fix"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(
        err.contains("net.toml: shapes: shortcut = \"projection\""),
        "{err}"
    );
    assert!(out.contains("net.toml: ok"), "{out}");
    let (_, err, _) = check(folder.path(), &["net.toml", "--fix"]);
    assert!(err.contains("there is no fix to apply"), "{err}");
    let (_, err, code) = check(folder.path(), &["museum:pool_to_55", "--fix"]);
    assert!(code == 2 && err.contains("--output"), "{err}");
    let (out, err, code) = check(
        folder.path(),
        &["museum:pool_to_55", "--fix", "-o", "fixed.toml"],
    );
    assert!(code == 0 && out.contains("fixed.toml: ok"), "{out}{err}");
    let (_, err, code) = check(
        folder.path(),
        &["museum:pool_to_55", "--fix", "-o", "fixed.toml"],
    );
    assert!(code == 1 && err.contains("the file exists"), "{err}");
}

const STEM: &str = "inherits = \"resnet18\"\n[stem]\nlayers = [\n  { conv = \"conv1\", kernel = 7, out = 64, stride = 2 },\n";

/// Text of the file after `--fix`, and the output of the command.
fn fixed(spec: &str, which: &str) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("net.toml");
    std::fs::write(&path, spec).expect("written");
    let (out, err, _) = check(folder.path(), &["net.toml", which]);
    let text = std::fs::read_to_string(&path).expect("it is there");
    (text, err + &out)
}

#[test]
fn a_norm_that_comes_too_late_is_moved_not_doubled() {
    let late = "  { max_pool = \"maxpool\", kernel = 3, stride = 2, padding = 1 },\n  { act  = \"relu\" },\n  { norm = \"bn1\" },\n]\n";
    let (text, report) = fixed(&format!("{STEM}{late}"), "--fix");
    assert_eq!(text.matches("bn1").count(), 1, "{text}");
    let [conv, norm, pool] = ["conv1", "bn1", "maxpool"].map(|name| text.find(name));
    assert!(conv < norm && norm < pool, "{text}");
    assert!(report.contains("net.toml: ok, 72 layers"), "{report}");
}

#[test]
fn a_pool_gets_the_padding_of_its_own_kernel() {
    let pool = |padding| {
        format!(
            "{STEM}  {{ norm = \"bn1\" }},\n  {{ act  = \"relu\" }},\n  {{ max_pool = \"maxpool\", kernel = 5, stride = 2, padding = {padding} }},\n]\n"
        )
    };
    let (text, report) = fixed(&pool(1), "--fix");
    assert_eq!(text, pool(2));
    assert!(report.contains("net.toml: ok, 72 layers"), "{report}");
}

#[test]
fn an_even_kernel_is_the_cause_and_is_fixed() {
    let block = |kernel| {
        format!(
            "inherits = \"resnet18\"\nblock = \"b\"\n[define.blocks.b]\nout = \"width\"\nmain = [\n  {{ conv = \"conv1\", kernel = {kernel}, out = \"width\", stride = \"stride\" }},\n  {{ norm = \"bn1\" }},\n]\nshortcut = \"projection\"\nafter_add = [{{ act = \"relu\" }}]\n"
        )
    };
    let (text, report) = fixed(&block("2"), "--fix");
    assert_eq!(text, block("3"), "{report}");
    assert!(report.contains("net.toml: ok"), "{report}");
    // TensorFlow's padding is right for an even kernel, and PyTorch has none that gives the same map.
    let same = block("2, padding = \"same\"");
    let (text, report) = fixed(&same, "--fix=all");
    assert_eq!(text, same, "{report}");
}
