//! Promise: no input makes the explorer panic, not even while a pass runs or while the terminal changes its size.

#[path = "common/explorer.rs"]
mod explorer;

use std::collections::BTreeMap;
use std::time::Duration;

use explorer::{Explorer, SMALL, broken, model};
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::tui::app::Effect;
use resnet_explore::tui::input::{Input, Key, Wheel};
use resnet_explore::tui::message::Message;
use resnet_explore::tui::update::{messages, update};
use resnet_explore::tui::worker::{Kernels, Lane, Worker};

/// A generator of numbers that are the same on every machine (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    fn side(&mut self) -> u16 {
        self.next(250) as u16
    }

    fn input(&mut self) -> Input {
        const KEYS: [Key; 14] = [
            Key::Enter,
            Key::Esc,
            Key::Tab,
            Key::BackTab,
            Key::Backspace,
            Key::Up,
            Key::Down,
            Key::Left,
            Key::Right,
            Key::Home,
            Key::End,
            Key::PageUp,
            Key::PageDown,
            Key::Enter,
        ];
        const LETTERS: &[char] = &[
            'f', 'F', 'J', 'K', 'H', 'L', 'u', 'U', 'T', 'A', ':', 'R', 'I', 'B', 'C', 'y', 'e',
            '4', '5', 'V', '&', '%', '*', 'o', 'h', 'j', 'k', 'l', 'z', 'Z', 'b', 'c', 's', 'd',
            'n', 'n', 'n', 'p', 'g', 'r', 'w', 't', 'v', '0', '1', '2', '3', '3', '+', '-', '[',
            ']', ']', '/', '?', ' ', 'é', '網', 'x', 'x', 'm', 'o', 'a', 'D', 'N', 'S', ',', '.',
            '<', '>',
        ];
        match self.next(20) {
            0..9 => Input::Key(Key::Char(LETTERS[self.next(LETTERS.len())])),
            9..16 => Input::Key(KEYS[self.next(KEYS.len())]),
            16 => Input::Click(self.side(), self.side() / 2),
            17 => Input::Wheel(self.side(), self.side() / 2, Wheel::Down),
            18 => Input::Paste("fashion 20\u{7}".to_owned()),
            _ if self.next(8) == 0 => Input::Resize(self.side(), self.side() / 3),
            _ => Input::Resize(60 + self.side() / 2, 18 + self.side() / 6),
        }
    }
}

/// An explorer with passes on a thread, as in a terminal, and the inputs so far.
struct Played {
    explorer: Explorer,
    workers: BTreeMap<Lane, Worker>,
    what: String,
    inputs: usize,
}

impl Played {
    fn new(explorer: Explorer, what: String) -> Self {
        Self {
            explorer,
            workers: BTreeMap::new(),
            what,
            inputs: 0,
        }
    }

    fn input(&mut self, input: Input) {
        self.inputs += 1;
        if let Input::Resize(columns, rows) = input {
            self.explorer.terminal.backend_mut().resize(columns, rows);
        }
        for message in messages(&self.explorer.app, input) {
            let effect = update(&mut self.explorer.app, message);
            self.act(effect);
        }
        self.hear(Duration::ZERO);
    }

    /// Starts and stops requested work; files are not written.
    fn act(&mut self, effect: Option<Effect>) {
        let cancel = |lane| self.workers.get(&lane).into_iter().for_each(Worker::cancel);
        match effect {
            Some(Effect::Start(job)) => {
                let lane = job.task.lane();
                if let Some(before) = self.workers.insert(lane, Worker::start(job, Kernels::Fast)) {
                    before.cancel();
                }
            }
            Some(Effect::Cancel) => cancel(Lane::Pass),
            Some(Effect::CancelBnLab) => cancel(Lane::BnLab),
            _ => {}
        }
    }

    /// Receives the workers' messages.
    fn hear(&mut self, patience: Duration) {
        for lane in [Lane::Pass, Lane::Lesson, Lane::BnLab] {
            while self.explorer.app.waits_for(lane) {
                let worker = self.workers.get(&lane);
                let Some(news) = worker.and_then(|worker| worker.wait(patience)) else {
                    break;
                };
                let effect = update(&mut self.explorer.app, Message::News(news));
                self.act(effect);
            }
        }
    }
}

impl Drop for Played {
    #[allow(
        clippy::print_stdout,
        reason = "the test's own report of where it failed"
    )]
    fn drop(&mut self) {
        self.workers.values().for_each(Worker::cancel);
        if std::thread::panicking() {
            // The seed and the number are enough to reproduce it.
            let (what, inputs) = (&self.what, self.inputs);
            println!(
                "{what}: input {inputs}, in {:?}",
                self.explorer.app.scopes()
            );
        }
    }
}

#[test]
fn no_input_makes_it_panic() {
    // The full number of inputs, 100,000 for each, takes minutes: RESNET_EXPLORE_EVENTS=100000.
    let events = std::env::var("RESNET_EXPLORE_EVENTS")
        .ok()
        .and_then(|events| events.parse().ok())
        .unwrap_or(1_200);
    let nothing = open_text("nothing.toml", "[stem", &Overrides::default());
    let starts = vec![
        Some(nothing),
        None,
        Some(model("resnet20_fashion")),
        Some(broken()),
        Some(model("resnet18")),
        Some(model("res2net50_26w_4s")),
        Some(model("resnet1202_cifar")),
    ];
    let mut explorers: Vec<Explorer> = starts
        .into_iter()
        .map(|start| Explorer::new(start, SMALL))
        .collect();
    explorers.push(Explorer::of("resnet50", SMALL).press("D resnet101 Enter"));
    explorers.push(Explorer::new(None, SMALL).press("V"));
    for (seed, explorer) in explorers.into_iter().enumerate() {
        let mut numbers = Numbers(seed as u64);
        let mut played = Played::new(explorer, format!("seed {seed}"));
        for _ in 0..events {
            let input = numbers.input();
            let is_resize = matches!(input, Input::Resize(..));
            played.input(input);
            if is_resize || numbers.next(3) == 0 {
                played.explorer.picture();
            }
            if numbers.next(16) == 0 {
                played.hear(Duration::from_millis(4));
            }
        }
    }
}

#[test]
fn a_thousand_sizes_while_a_pass_runs() {
    let mut numbers = Numbers(7);
    let explorer = Explorer::of("resnet20_fashion", SMALL).press("3 Enter");
    let mut played = Played::new(explorer, "sizes".to_owned());
    let mut sizes_while_busy = 0;
    for size in 0..1_000 {
        if !played.explorer.app.is_busy() {
            // Pauses at each layer keep it running.
            for key in ['0', '<', '<', 'r'] {
                played.input(Input::Key(Key::Char(key)));
            }
        }
        sizes_while_busy += usize::from(played.explorer.app.is_busy());
        played.input(Input::Resize(numbers.side(), numbers.side() / 3));
        if size % 10 == 0 {
            let tab = char::from(b'1' + (size / 10 % 5) as u8);
            played.input(Input::Key(Key::Char(tab)));
        }
        played.explorer.picture();
    }
    assert!(sizes_while_busy > 900, "{sizes_while_busy}");
    played.input(Input::Resize(80, 24));
    // The table appears at the layer that the pass had reached, wherever that was: collapsed, it shows every stage.
    for key in ['1', 'z'] {
        played.input(Input::Key(Key::Char(key)));
    }
    let picture = played.explorer.picture();
    assert!(picture.contains("layer1"), "{picture}");
}
