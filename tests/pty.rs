//! Promise: in a real terminal, the explorer starts, responds, and restores the terminal however it ends.
#![cfg(unix)]

#[path = "pty/kinds.rs"]
mod kinds;
#[path = "pty/signals.rs"]
mod signals;

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::{Child, Command as Tool, ExitStatus};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use resnet_explore::lower::{Overrides, open as open_network};
use resnet_explore::weights::fit::wanted;
use resnet_explore::weights::safetensors::serialized;
use resnet_explore::weights::{Synthetic, WeightSource};
use vt100::{MouseProtocolMode, Parser};

/// Time allowed for a screen on a busy machine before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// The real binary in a pseudo-terminal of 120×40 cells.
struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    screen: Arc<Mutex<Parser>>,
    /// All bytes that it wrote.
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl Terminal {
    /// Starts without saved state, and saves none.
    fn start(arguments: &[&str]) -> Self {
        Self::start_in(arguments, "", "")
    }

    /// Starts in a terminal that reports `name` when it is queried; one without a name does not respond. The saved state is
    /// in the file `state`.
    fn start_in(arguments: &[&str], name: &str, state: &str) -> Self {
        let mut command = Tool::new(env!("CARGO_BIN_EXE_resnet-explore"));
        command.args(arguments).env("RESNET_EXPLORE_KEYS", "");
        Self::start_command(command.into(), name, state)
    }

    /// Starts any command in this way.
    fn start_command(command: Command, name: &str, state: &str) -> Self {
        let (pty, pts) = open().expect("a pseudo-terminal");
        pty.resize(Size::new(40, 120)).expect("a size");
        let child = command
            .env("TERM", "xterm-256color")
            .env("LC_ALL", "C.UTF-8")
            .env("COLORTERM", "truecolor")
            .env_remove("NO_COLOR")
            .env_remove("TERM_PROGRAM")
            .env_remove("TMUX")
            .env("RESNET_EXPLORE_STATE", state)
            .spawn(pts)
            .expect("the binary");
        let side = |cells| NonZeroU16::new(cells).expect("not zero");
        let screen = Arc::new(Mutex::new(Parser::new(side(40), side(120), 0)));
        let pty = Arc::new(pty);
        let (reader, written) = (Arc::clone(&pty), Arc::clone(&screen));
        let bytes_written = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&bytes_written);
        let answer = (!name.is_empty()).then(|| format!("\x1bP>|{name}\x1b\\"));
        std::thread::spawn(move || {
            let mut bytes = vec![0; 65_536];
            while let Ok(count) = (&*reader).read(&mut bytes) {
                if count == 0 {
                    break;
                }
                written.lock().expect("no panic").process(&bytes[..count]);
                all.lock().expect("no panic").extend(&bytes[..count]);
                if let Some(answer) = &answer
                    && bytes[..count].windows(4).any(|bytes| bytes == b"\x1b[>q")
                {
                    (&*reader).write_all(answer.as_bytes()).expect("a terminal");
                }
            }
        });
        Self {
            pty,
            child,
            screen,
            bytes: bytes_written,
        }
    }

    fn press(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).expect("a terminal");
    }

    fn picture(&self) -> String {
        self.screen.lock().expect("no panic").screen().contents()
    }

    /// Waits until the screen shows `text`.
    fn sees(&self, text: &str) {
        let began = Instant::now();
        while !self.picture().contains(text) {
            assert!(
                began.elapsed() < PATIENCE,
                "no {text:?} in\n{}",
                self.picture()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits for the overview of a network, and goes on to its layers, which show `text`.
    fn opens(&self, text: &str) {
        self.sees("Stats");
        self.press("1");
        self.sees(text);
    }

    /// Waits until it has written `text`.
    fn writes(&self, text: &str) {
        let began = Instant::now();
        let has = || {
            let bytes = self.bytes.lock().expect("no panic");
            bytes
                .windows(text.len())
                .any(|bytes| bytes == text.as_bytes())
        };
        while !has() {
            assert!(began.elapsed() < PATIENCE, "{text:?} was not written");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn signal(&self, name: &str) {
        let sent = Tool::new("kill")
            .args(["-s", name, &self.child.id().to_string()])
            .status()
            .expect("kill");
        assert!(sent.success());
    }

    fn ends(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status;
            }
            assert!(began.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Asserts that the terminal is restored.
    fn is_given_back(&self) {
        let began = Instant::now();
        loop {
            let parser = self.screen.lock().expect("no panic");
            let screen = parser.screen();
            let taken = [
                ("the alternate screen is left", screen.alternate_screen()),
                (
                    "the mouse is let go",
                    screen.mouse_protocol_mode() != MouseProtocolMode::None,
                ),
                ("pastes are plain", screen.bracketed_paste()),
                ("the cursor is seen", screen.hide_cursor()),
            ];
            drop(parser);
            match taken.iter().find(|(_, is_taken)| *is_taken) {
                None => return,
                // The last bytes it wrote may still be on their way.
                Some((promise, _)) => assert!(began.elapsed() < PATIENCE, "not kept: {promise}"),
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A failed test leaves no program running; a passed one has none to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn sizes_classes_and_batch_can_be_asked_for_at_the_start() {
    let asked = ["--input-size", "96x64", "--classes", "10", "--batch", "2"];
    let terminal = Terminal::start(&[&["explore", "resnet18"], &asked[..]].concat());
    terminal.opens("3×96×64");
    terminal.sees("444,147,712");
    terminal.press("q");
}

#[test]
fn a_visit_from_the_catalogue_to_a_layer_and_out() {
    let mut terminal = Terminal::start(&[]);
    terminal.sees("ResNet-18");
    {
        let parser = terminal.screen.lock().expect("no panic");
        let screen = parser.screen();
        assert!(screen.alternate_screen() && screen.hide_cursor());
        assert_ne!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
    }
    terminal.press("/resnet-50\r");
    terminal.opens("layer3 · conv4_x");
    terminal.press("j\x1b[C");
    terminal.sees("layer1.1–2 ×2");
    terminal.press("jl");
    terminal.sees("downsample.0");
    // A click on the tab of the checks, in the first line.
    terminal.press("\x1b[<0;79;1M\x1b[<0;79;1m");
    terminal.sees("No problems found");
    terminal.press("q");
    assert_eq!(terminal.ends().code(), Some(0));
    terminal.is_given_back();
}

/// A checkpoint is opened as the network that it fits, with its own weights.
#[test]
fn a_checkpoint_opens_as_its_network() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.safetensors");
    let model = open_network("resnet8_digits", &Overrides::default()).expect("a network");
    let source = Synthetic { seed: 3 };
    let own = wanted(&model.network).into_iter().map(|(name, shape)| {
        let tensor = source.tensor(&name, &shape).expect("any tensor");
        (name, tensor)
    });
    let own: Vec<_> = own.collect();
    let views: Vec<_> = own
        .iter()
        .map(|(name, own)| (name.clone(), own.view()))
        .collect();
    std::fs::write(&path, serialized(&views)).expect("a file");
    let mut terminal = Terminal::start(&[path.to_str().expect("UTF-8")]);
    terminal.opens("layer3");
    terminal.press("3");
    terminal.sees("mine.safetensors");
    terminal.press("q");
    terminal.press("q");
    assert_eq!(terminal.ends().code(), Some(0));
    terminal.is_given_back();
}

#[test]
fn a_pass_runs_while_the_screen_answers() {
    let mut terminal = Terminal::start(&["explore", "resnet20_fashion"]);
    terminal.opens("3 × basic");
    terminal.press("3");
    terminal.sees("Ankle boot");
    terminal.press("\r");
    terminal.sees("Nothing has run yet");
    terminal.press("r");
    terminal.sees("true label: Ankle boot");
    terminal.press("q");
    assert_eq!(terminal.ends().code(), Some(0));
    terminal.is_given_back();
}

#[test]
fn control_c_ends_it_even_where_text_is_typed() {
    let mut terminal = Terminal::start(&["explore"]);
    terminal.sees("ResNet-18");
    terminal.press("/q");
    terminal.sees("search q");
    terminal.press("\x03");
    assert_eq!(terminal.ends().code(), Some(0));
    terminal.is_given_back();
}

#[test]
fn a_smaller_and_a_larger_terminal() {
    let mut terminal = Terminal::start(&["explore", "resnet18"]);
    terminal.opens("2 × basic");
    terminal.pty.resize(Size::new(10, 40)).expect("a size");
    terminal.sees("60×18 are needed");
    terminal.pty.resize(Size::new(40, 120)).expect("a size");
    terminal.sees("2 × basic");
    terminal.press("q");
    assert_eq!(terminal.ends().code(), Some(0));
    terminal.is_given_back();
}

/// A pass that has run the stem, whose maps are visible.
fn with_maps(arguments: &[&str], name: &str) -> Terminal {
    let all = [&["explore", "resnet20_fashion"], arguments].concat();
    let terminal = Terminal::start_in(&all, name, "");
    terminal.opens("3 × basic");
    terminal.press("3");
    terminal.sees("Ankle boot");
    terminal.press("\r");
    terminal.sees("Nothing has run yet");
    terminal.press("nnnn");
    terminal.sees("output 16×28×28");
    terminal
}

#[test]
fn maps_are_drawn_by_the_protocol_that_is_asked_for() {
    for (protocol, picture) in [
        ("kitty", "\x1b_Gq=2,"),
        ("sixel", "\x1bP"),
        ("iterm2", "\x1b]1337;File=inline=1"),
    ] {
        let mut terminal = with_maps(&["--graphics", protocol], "");
        terminal.writes(picture);
        terminal.press("q");
        assert_eq!(terminal.ends().code(), Some(0), "{protocol}");
        if protocol == "kitty" {
            terminal.writes("\x1b_Ga=d,d=A");
        }
        terminal.is_given_back();
    }
}

#[test]
fn a_terminal_that_says_its_name_is_drawn_by_its_protocol_and_no_key_is_made_of_that() {
    let mut terminal = with_maps(&[], "kitty(0.42.1)");
    terminal.writes("\x1b_Gq=2,");
    terminal.press("q");
    assert_eq!(terminal.ends().code(), Some(0));
    // A terminal that does not respond, or has no protocol, gets half blocks.
    for name in ["", "XTerm(390)"] {
        let mut terminal = with_maps(&[], name);
        std::thread::sleep(Duration::from_millis(200));
        terminal.press("q");
        terminal.ends();
        let bytes = terminal.bytes.lock().expect("no panic");
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("\x1b_Gq=2,") && !text.contains("\x1bP"),
            "{name}"
        );
        assert!(text.contains('▀'), "{name}");
    }
}

#[test]
fn a_long_pass_shows_a_bar_that_goes_away() {
    let mut terminal = Terminal::start(&["run", "resnet50", "--plain", "--batch", "12"]);
    terminal.sees("running ━");
    terminal.sees("image 11");
    assert!(!terminal.picture().contains('━'), "{}", terminal.picture());
    assert!(terminal.ends().success());
}

#[test]
fn it_ends_when_its_terminal_is_closed() {
    let (pty, pts) = open().expect("a pseudo-terminal");
    pty.resize(Size::new(40, 120)).expect("a size");
    let mut child = Command::new(env!("CARGO_BIN_EXE_resnet-explore"))
        .env("TERM", "xterm-256color")
        .env("LC_ALL", "C.UTF-8")
        .spawn(pts)
        .expect("the binary");
    let mut bytes = vec![0; 65_536];
    assert!((&pty).read(&mut bytes).expect("a first picture") > 0);
    // By then it waits for a key: there crossterm would read for ever.
    std::thread::sleep(Duration::from_millis(500));
    drop(pty);
    let began = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if began.elapsed() > PATIENCE {
            child.kill().expect("a child");
            panic!("it runs on without a terminal");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_thousand_sizes_while_a_pass_runs() {
    let mut terminal = Terminal::start(&["explore", "resnet1202_cifar"]);
    terminal.sees("Stats");
    terminal.press("3");
    terminal.sees("synthetic:0");
    terminal.press("\r");
    terminal.sees("Nothing has run yet");
    // Slow enough to run all the time.
    terminal.press("<<<r");
    let mut seed = 1_u64;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        ((seed >> 33) % below) as u16
    };
    for size in 0..1_000 {
        let (rows, columns) = (1 + random(70), 1 + random(220));
        terminal
            .pty
            .resize(Size::new(rows, columns))
            .expect("a size");
        if size % 50 == 0 {
            let tab = size / 50 % 5 + 1;
            terminal.press(&tab.to_string());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    terminal.pty.resize(Size::new(40, 120)).expect("a size");
    terminal.press("3");
    terminal.sees("of 4211");
    terminal.press("1");
    terminal.sees("200 × basic");
    terminal.press("q");
    assert_eq!(terminal.ends().code(), Some(0));
    terminal.is_given_back();
}

#[test]
fn what_was_chosen_is_there_in_the_next_run() {
    let own = format!("resnet-explore-remembered-{}", std::process::id());
    let folder = std::env::temp_dir().join(own);
    let file = folder.join("state/explorer.json");
    let state = file.to_str().expect("a path");
    let mut terminal = Terminal::start_in(&[], "", state);
    // The first run begins at the doors, later ones at the catalogue.
    terminal.sees("Open mine");
    terminal.press("\u{1b}");
    terminal.sees("ResNet-18");
    terminal.press("/resnet-152\r");
    terminal.sees("Stats");
    terminal.press("5");
    terminal.sees("resnet152.toml");
    terminal.press("q");
    assert_eq!(terminal.ends().code(), Some(0));
    let mut terminal = Terminal::start_in(&[], "", state);
    terminal.sees("ResNet-152  resnet152");
    terminal.press("\r");
    terminal.sees("resnet152.toml");
    terminal.press("q");
    terminal.ends();
    for (text, notice) in [
        ("{", "is damaged"),
        ("\u{0}", "is damaged"),
        ("{\"version\": 9}", "newer resnet-explore"),
    ] {
        std::fs::write(
            &file,
            if text == "\u{0}" {
                &b"\xFF\xFE"[..]
            } else {
                text.as_bytes()
            },
        )
        .expect("a file");
        let mut terminal = Terminal::start_in(&[], "", state);
        terminal.sees(notice);
        terminal.sees("ResNet-18");
        terminal.press("q");
        assert_eq!(terminal.ends().code(), Some(0));
        let kept = std::fs::read(&file).expect("a file");
        let is_replaced = serde_json::from_slice::<serde_json::Value>(&kept)
            .is_ok_and(|kept| kept["version"] == 1);
        assert_eq!(is_replaced, notice == "is damaged", "{notice}");
    }
    let kept = std::fs::read_to_string(&file).expect("a file");
    assert_eq!(kept, "{\"version\": 9}", "a later program's file stays");
    // No folder can be created below a file.
    let nowhere = file.join("below/explorer.json");
    let mut terminal = Terminal::start_in(&[], "", nowhere.to_str().expect("a path"));
    terminal.sees("nothing is remembered");
    terminal.press("q");
    assert_eq!(terminal.ends().code(), Some(0));
    let mut terminal = Terminal::start_in(&["--fresh"], "", nowhere.to_str().expect("a path"));
    terminal.sees("Open mine");
    assert!(!terminal.picture().contains("remembered"));
    terminal.press("q");
    terminal.ends();
    std::fs::remove_dir_all(&folder).expect("a folder");
}

#[test]
fn the_doors_are_shown_at_the_first_start_alone_and_never_with_a_network_a_lesson_or_a_demonstration()
 {
    let folder = tempfile::tempdir().expect("a folder");
    let keys = folder.path().join("demonstration.keys");
    std::fs::write(&keys, "j wait:60").expect("a file");
    let keys = keys.to_str().expect("a path");
    for (arguments, seen) in [
        (vec!["resnet18"], "@ Stats"),
        (
            vec!["--lesson", "bottleneck"],
            "The bottleneck and its cost",
        ),
        (vec!["--replay", keys], "ResNet-18"),
        (vec!["--fresh", "resnet18"], "@ Stats"),
    ] {
        let state = folder.path().join(format!("{}.json", arguments.len()));
        let mut terminal = Terminal::start_in(&arguments, "", state.to_str().expect("a path"));
        terminal.sees(seen);
        assert!(!terminal.picture().contains("Open mine"), "{arguments:?}");
        terminal.press("\u{3}");
        terminal.ends();
        let _ = std::fs::remove_file(&state);
    }
    // Without a file to remember in, no start is the first.
    let mut terminal = Terminal::start(&[]);
    terminal.sees("ResNet-18");
    terminal.press("q");
    terminal.ends();
}

#[test]
fn keys_that_cannot_be_are_told_with_their_place_and_others_hold() {
    let own = format!("resnet-explore-keys-{}.toml", std::process::id());
    let path = std::env::temp_dir().join(own);
    let start = |keys: &str, arguments: &[&str]| {
        std::fs::write(&path, keys).expect("a file");
        let mut command = Tool::new(env!("CARGO_BIN_EXE_resnet-explore"));
        command.args(arguments).env("RESNET_EXPLORE_KEYS", &path);
        Terminal::start_command(command.into(), "", "")
    };
    let refused = start("[layers]\nfiltre = \"x\"\n", &["explore", "resnet18"]);
    refused.sees("did you mean `filter`?");
    refused.sees(":2:1");
    let mut held = start("[network]\ntab-graph = \"g\"\n", &["explore", "resnet18"]);
    held.opens("2 × basic");
    held.press("g");
    held.sees("[blocks]");
    held.press("q");
    assert_eq!(held.ends().code(), Some(0));
    std::fs::remove_file(&path).expect("it is there");
}
