//! Terminals with limits: dumb ones, and those with an ASCII locale.

use super::Terminal;

#[test]
fn a_terminal_that_cannot_move_its_cursor_is_refused_with_advice() {
    for (set, notice) in [
        ("export TERM=dumb", "TERM is `dumb`"),
        ("export TERM=unknown", "TERM is `unknown`"),
        ("export TERM=", "is not set"),
        ("unset TERM", "is not set"),
    ] {
        for call in ["", "explore resnet18", "resnet18"] {
            let mut terminal = Terminal::shell(&format!("{set}; \"$0\" {call}; echo \"code $?\""));
            terminal.sees("code 2");
            let picture = terminal.picture();
            for part in [notice, "TERM=xterm-256color", "`resnet-explore stats NAME`"] {
                assert!(picture.contains(part), "{set} {call}: {picture}");
            }
            assert!(terminal.ends().success());
            terminal.is_given_back();
            let bytes = terminal.bytes.lock().expect("no panic").clone();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!text.contains("\x1b[?1049h"), "{text}");
        }
    }
}

#[test]
fn the_errors_of_a_check_come_before_the_pages_about_them() {
    let mut terminal = Terminal::shell("\"$0\" check museum:darknet_sum; echo end");
    terminal.sees("end");
    assert!(terminal.ends().success());
    let bytes = terminal.bytes.lock().expect("no panic").clone();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let [error, page] = ["error", "check --explain shapes"].map(|word| text.find(word));
    assert!(error.is_some() && error < page, "{text}");
}

#[test]
fn a_locale_without_signs_gets_ascii_alone() {
    let unset = "unset LC_ALL LC_CTYPE LANG";
    for set in [unset, "export LC_ALL=C", "export LC_ALL=POSIX"] {
        for (call, seen) in [
            ("stats resnet50", "3x224x224"),
            ("table resnet18 --level block", "64x56x56"),
            ("check museum:darknet_sum", "error"),
            ("compare resnet18 resnet34", "21,"),
            ("list --search senet", "senet154"),
            ("run resnet20_fashion --layers", "Ankle boot"),
            ("lesson stem </dev/null", "Question 1/"),
            ("stats nowhere.toml", "nowhere.toml"),
        ] {
            let mut terminal = Terminal::shell(&format!("{set}; \"$0\" {call}; echo end"));
            terminal.sees("end");
            assert!(terminal.ends().success());
            let bytes = terminal.bytes.lock().expect("no panic").clone();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(text.contains(seen), "{set} {call}: {text}");
            assert!(text.is_ascii(), "{set} {call}: {text}");
        }
        let mut terminal = Terminal::shell(&format!("{set}; exec \"$0\" explore resnet18"));
        terminal.opens("2 x basic");
        terminal.press("q");
        assert!(terminal.ends().success());
        let bytes = terminal.bytes.lock().expect("no panic").clone();
        assert!(bytes.is_ascii(), "{set}");
    }
    // A pipe gets the same in every locale, and another terminal gets all characters.
    for call in [
        "\"$0\" stats resnet18",
        "export LC_ALL=C; \"$0\" stats resnet18 | cat",
    ] {
        let mut terminal = Terminal::shell(call);
        terminal.sees("3×224×224");
        assert!(terminal.ends().success());
    }
}
