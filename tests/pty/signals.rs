//! Every signal that ends or stops the explorer, a closed terminal, and input that does not end.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command as Tool, Stdio};
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};

use super::{PATIENCE, Terminal};

/// Output of `stty -a` for a terminal, without its size.
fn settings(pty: &Pty) -> String {
    let terminal = pty.as_fd().try_clone_to_owned().expect("a descriptor");
    let notice = Tool::new("stty")
        .arg("-a")
        .stdin(Stdio::from(terminal))
        .output()
        .expect("stty");
    assert!(notice.status.success());
    let text = String::from_utf8(notice.stdout).expect("UTF-8");
    let lines = text.lines().filter(|line| !line.contains("rows"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a terminal is line-buffered and echoes input, as a shell leaves it.
fn is_cooked(pty: &Pty) -> bool {
    let settings = settings(pty);
    settings.contains(" icanon ") && settings.contains(" echo ")
}

/// Waits until a condition holds.
fn until(what: &str, holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "never: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// State letter of a process: `T` if it is stopped.
fn state(child: &Child) -> char {
    let notice = Tool::new("ps")
        .args(["-o", "state=", "-p", &child.id().to_string()])
        .output()
        .expect("ps");
    let text = String::from_utf8_lossy(&notice.stdout).into_owned();
    text.trim().chars().next().unwrap_or('?')
}

impl Terminal {
    /// A shell command line in which `$0` is the program; no process leaves a core dump.
    pub(super) fn shell(line: &str) -> Self {
        let line = format!("ulimit -c 0; {line}");
        let mut command = Tool::new("bash");
        command.args(["-c", &line, env!("CARGO_BIN_EXE_resnet-explore")]);
        Self::start_command(command.into(), "", "")
    }

    fn is_raw(&self) {
        until("it is raw", || {
            let settings = settings(&self.pty);
            settings.contains("-icanon") && settings.contains("-echo ")
        });
        until("the alternate screen is shown", || {
            let parser = self.screen.lock().expect("no panic");
            parser.screen().alternate_screen() && parser.screen().hide_cursor()
        });
    }

    fn is_as_a_shell_leaves_it(&self) {
        self.is_given_back();
        until("it is cooked again", || is_cooked(&self.pty));
    }
}

#[test]
fn every_signal_that_ends_it_gives_the_terminal_back_and_is_the_one_it_ends_by() {
    for (name, number) in [
        ("HUP", 1),
        ("INT", 2),
        ("QUIT", 3),
        ("ABRT", 6),
        ("USR1", 10),
        ("USR2", 12),
        ("ALRM", 14),
        ("TERM", 15),
        ("XCPU", 24),
        ("XFSZ", 25),
        ("VTALRM", 26),
        ("PROF", 27),
    ] {
        // Numbers differ between systems; those of Linux are here.
        if !cfg!(target_os = "linux") && number > 15 {
            continue;
        }
        let mut terminal = Terminal::shell("stty -a; exec \"$0\" explore resnet18");
        terminal.opens("2 × basic");
        terminal.is_raw();
        terminal.signal(name);
        let status = terminal.ends();
        terminal.is_as_a_shell_leaves_it();
        if cfg!(target_os = "linux") {
            assert_eq!(status.signal(), Some(number), "{name}: {status}");
        } else {
            assert!(status.signal().is_some(), "{name}: {status}");
        }
    }
}

#[test]
fn the_settings_of_the_terminal_come_back_to_the_last_one() {
    for (end, code) in [("q", Some(0)), ("TERM", None)] {
        let mut terminal =
            Terminal::shell("stty -ixon erase ^H; read go; exec \"$0\" explore resnet18");
        until("stty has run", || settings(&terminal.pty).contains("-ixon"));
        let before = settings(&terminal.pty);
        terminal.press("\r");
        terminal.opens("2 × basic");
        assert_ne!(settings(&terminal.pty), before);
        match code {
            Some(_) => terminal.press(end),
            None => terminal.signal(end),
        }
        assert_eq!(terminal.ends().code(), code);
        terminal.is_given_back();
        assert_eq!(settings(&terminal.pty), before);
    }
}

#[test]
fn control_z_gives_the_terminal_to_the_shell_and_fg_brings_it_back() {
    let line =
        "set -m; \"$0\" explore resnet18; echo \"stopped $?\"; read go; fg; echo \"left $?\"";
    let mut terminal = Terminal::shell(line);
    terminal.opens("2 × basic");
    // In whatever view is open.
    terminal.press("/");
    terminal.sees("Go to a layer");
    terminal.press("\x1a");
    terminal.sees("stopped 1");
    terminal.is_as_a_shell_leaves_it();
    terminal.pty.resize(Size::new(30, 100)).expect("a size");
    terminal
        .screen
        .lock()
        .expect("no panic")
        .screen_mut()
        .set_size(
            std::num::NonZeroU16::new(30).expect("not zero"),
            std::num::NonZeroU16::new(100).expect("not zero"),
        );
    terminal.press("\r");
    terminal.sees("Go to a layer");
    terminal.is_raw();
    terminal.press("\x1b");
    terminal.sees("layer4 · conv5_x");
    terminal.press("\x1a");
    until("it is given back again", || is_cooked(&terminal.pty));
    terminal.ends();
}

#[test]
fn where_no_shell_waits_control_z_does_not_hang() {
    let mut terminal = Terminal::start(&["explore", "resnet18"]);
    terminal.opens("2 × basic");
    terminal.press("\x1a");
    terminal.sees("no shell to return to");
    terminal.press("q");
    assert_eq!(terminal.ends().code(), Some(0));
    terminal.is_as_a_shell_leaves_it();
}

#[test]
fn what_others_stop_gives_the_terminal_back_and_takes_it_again() {
    let mut terminal = Terminal::start(&["explore", "resnet18"]);
    terminal.opens("2 × basic");
    terminal.signal("TSTP");
    until("it is stopped", || state(&terminal.child) == 'T');
    terminal.is_as_a_shell_leaves_it();
    assert!(!terminal.picture().contains("2 × basic"));
    terminal.signal("CONT");
    terminal.sees("2 × basic");
    terminal.is_raw();
    // SIGSTOP cannot be handled; changes to the terminal in the meantime are reverted.
    terminal.signal("STOP");
    until("it is stopped", || state(&terminal.child) == 'T');
    let own = terminal
        .pty
        .as_fd()
        .try_clone_to_owned()
        .expect("a descriptor");
    let sane = Tool::new("stty")
        .arg("sane")
        .stdin(Stdio::from(own))
        .status();
    assert!(sane.expect("stty").success());
    terminal
        .screen
        .lock()
        .expect("no panic")
        .process(b"\x1b[2J\x1b[?1049l\x1b[?25h");
    assert!(!terminal.picture().contains("2 × basic"));
    terminal.signal("CONT");
    terminal.sees("2 × basic");
    terminal.is_raw();
    // A signal that ends it while it is stopped is handled when it continues.
    terminal.signal("TSTP");
    until("it is stopped", || state(&terminal.child) == 'T');
    terminal.signal("TERM");
    terminal.signal("CONT");
    assert_eq!(terminal.ends().signal(), Some(15));
    terminal.is_as_a_shell_leaves_it();
}

/// Reads from a terminal until the first screen appears.
fn first_picture(mut pty: &Pty) {
    let mut all = Vec::new();
    let mut bytes = vec![0; 65_536];
    while !String::from_utf8_lossy(&all).contains("ResNet-18") {
        let count = pty.read(&mut bytes).expect("a first picture");
        all.extend(&bytes[..count]);
    }
}

fn ends_soon(child: &mut Child) -> std::process::ExitStatus {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            return status;
        }
        if began.elapsed() > PATIENCE {
            child.kill().expect("a child");
            panic!("it runs on without a terminal");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_closed_terminal_ends_it_where_its_signal_is_ignored_or_never_sent() {
    // With its signal ignored, and in a terminal that is not the session's.
    let folder = tempfile::tempdir().expect("a folder");
    let errors = folder.path().join("errors");
    for case in ["ignored", "no session"] {
        let (pty, pts) = open().expect("a pseudo-terminal");
        pty.resize(Size::new(40, 120)).expect("a size");
        let own = || Stdio::from(pts.as_fd().try_clone_to_owned().expect("a descriptor"));
        let program = env!("CARGO_BIN_EXE_resnet-explore");
        let mut command = Tool::new("bash");
        command
            .args(["-c", "trap '' HUP; exec \"$0\"", program])
            .env("RESNET_EXPLORE_STATE", "")
            .env("TERM", "xterm-256color")
            .env("LC_ALL", "C.UTF-8");
        let mut child = if case == "ignored" {
            Command::from(command)
                .stderr(Stdio::from(File::create(&errors).expect("a file")))
                .spawn_borrowed(&pts)
                .expect("the binary")
        } else {
            command
                .stdin(own())
                .stdout(own())
                .stderr(own())
                .spawn()
                .expect("the binary")
        };
        drop(pts);
        first_picture(&pty);
        std::thread::sleep(Duration::from_millis(300));
        drop(pty);
        let status = ends_soon(&mut child);
        assert_eq!(status.signal(), Some(1), "{case}: {status}");
    }
    let notice = std::fs::read_to_string(&errors).expect("a file");
    assert_eq!(notice, "");
}

#[test]
fn a_terminal_that_nobody_reads_holds_up_no_signal_and_is_given_back() {
    for name in ["TERM", "HUP", "INT"] {
        let (pty, pts) = open().expect("a pseudo-terminal");
        pty.resize(Size::new(40, 120)).expect("a size");
        let mut child = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
            .env("RESNET_EXPLORE_STATE", "")
            .env("TERM", "xterm-256color")
            .env("COLORTERM", "truecolor")
            .env("LC_ALL", "C.UTF-8")
            .spawn(pts)
            .expect("the binary");
        first_picture(&pty);
        // Whole pictures, of some kilobytes each, until the terminal takes no more.
        for turn in 0..60 {
            let size = Size::new(50 + turn % 2, 180);
            pty.resize(size).expect("a size");
            std::thread::sleep(Duration::from_millis(20));
        }
        let sent = Tool::new("kill")
            .args(["-s", name, &child.id().to_string()])
            .status();
        assert!(sent.expect("kill").success());
        let status = ends_soon(&mut child);
        assert!(status.signal().is_some(), "{name}: {status}");
        assert!(is_cooked(&pty), "{name}");
        let mut rest = Vec::new();
        // Its end is an error on Linux.
        let _ = (&pty).read_to_end(&mut rest);
        let text = String::from_utf8_lossy(&rest);
        assert!(text.contains("\x1b[?1049l"), "{name}: the screen is left");
        assert!(text.contains("\x1b[?25h"), "{name}: the cursor is seen");
        // It waited indeed: what nobody read was thrown away, within whatever it was.
        let cut = "\x1b\\\x1b[?2026l";
        assert!(text.contains(cut), "{name}: {} bytes", rest.len());
    }
}

#[test]
fn a_paste_or_an_answer_without_its_end_takes_no_control_c() {
    for begun in ["\x1b[200~abc", "\x1b]52;c;abc", "\x1bPabc", "\x1b_Gabc"] {
        let mut terminal = Terminal::start(&["explore"]);
        terminal.sees("ResNet-18");
        terminal.press(begun);
        std::thread::sleep(Duration::from_millis(200));
        terminal.press("\x03");
        assert_eq!(terminal.ends().code(), Some(0), "{}", begun.escape_debug());
        terminal.is_as_a_shell_leaves_it();
    }
}

/// Types a long text, and returns how many bytes the program has written from its first one until it shows `shown`.
fn written_while(terminal: &mut Terminal, text: &str, shown: &[&str]) -> usize {
    let before = terminal.bytes.lock().expect("no panic").len();
    for piece in text.as_bytes().chunks(1_000) {
        (&*terminal.pty).write_all(piece).expect("a terminal");
    }
    for words in shown {
        terminal.sees(words);
    }
    terminal.bytes.lock().expect("no panic").len() - before
}

#[test]
fn long_texts_that_come_as_keys_are_drawn_a_few_times_and_not_once_a_key() {
    for (open, title) in [("/", "search zq"), (":", "Commands")] {
        let mut terminal = Terminal::start(&["explore"]);
        terminal.sees("ResNet-18");
        terminal.press(open);
        let text = "zq ".repeat(5_000);
        let shown = ["only the first 200 characters are kept", title];
        let written = written_while(&mut terminal, &text, &shown);
        // Less than two bytes a key: a picture is drawn for what has come, not for each key of it.
        assert!(written < 2 * text.len(), "{open}: {written}");
        terminal.press("\x03");
        terminal.ends();
    }
    let mut terminal = Terminal::start(&["explore"]);
    terminal.sees("ResNet-18");
    let answer = format!("\x1b]52;c;{}\x07?", "qxe/".repeat(50_000));
    let written = written_while(&mut terminal, &answer, &["Keys"]);
    assert!(written < answer.len() / 10, "{written}");
    terminal.press("\x03");
    terminal.ends();
}

#[test]
fn without_a_locale_it_is_drawn_with_ascii_alone() {
    for (locale, is_ascii) in [("C", true), ("POSIX", true), ("", true), ("C.UTF-8", false)] {
        let mut terminal = Terminal::shell(&format!(
            "unset LANG LC_CTYPE; LC_ALL={locale} exec \"$0\" explore resnet18"
        ));
        terminal.opens(if is_ascii { "2 x basic" } else { "2 × basic" });
        assert_eq!(terminal.picture().is_ascii(), is_ascii, "{locale}");
        terminal.press("q");
        terminal.ends();
    }
}
