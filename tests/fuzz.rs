//! Promise: no input makes the explorer panic, not even while a pass runs or while the terminal changes its size.

#[path = "common/explorer.rs"]
mod explorer;

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::time::Duration;

use explorer::{Explorer, SMALL, broken, model};
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::tui::app::{App, Effect};
use resnet_explore::tui::input::{Input, Key, Wheel};
use resnet_explore::tui::keys::{Scope, TABLE};
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

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.next(all.len())]
    }

    /// A key that acts where the explorer is, any key of the table, or one without a meaning.
    fn key(&mut self, app: &App) -> Key {
        const OTHERS: [char; 6] = ['é', '網', '7', '"', '~', '\u{301}'];
        match self.next(16) {
            0..9 => {
                let scopes = app.scopes();
                let here: Vec<_> = app.keys.bindings(*self.of(&scopes)).collect();
                let keys: Vec<Key> = here.iter().flat_map(|bound| bound.keys).copied().collect();
                // A scope in which a user has no keys is none of the table's.
                *self.of(&keys)
            }
            9..15 => {
                let keys = self.of(TABLE).keys;
                *self.of(keys)
            }
            _ => Key::Char(*self.of(&OTHERS)),
        }
    }

    fn input(&mut self, app: &App) -> Input {
        const PASTES: [&str; 8] = [
            "fashion 20\u{7}",
            "",
            "1,202",
            "-1e400",
            "layer3.2.c2",
            "../../nothing.safetensors",
            "東京\u{1F9E0}\u{200D}e\u{301}",
            "synthetic:18446744073709551616",
        ];
        match self.next(20) {
            0..15 => Input::Key(self.key(app)),
            15 => Input::Click(self.side(), self.side() / 2),
            // Where the screen is.
            16 => Input::Click(
                self.next(app.size.0.max(1).into()) as u16,
                self.next(app.size.1.max(1).into()) as u16,
            ),
            17 => {
                let way = *self.of(&[Wheel::Up, Wheel::Down]);
                Input::Wheel(self.side(), self.side() / 2, way)
            }
            18 if self.next(9) == 0 => Input::Paste("x".repeat(70_000)),
            18 => Input::Paste((*self.of(&PASTES)).to_owned()),
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
    /// Last inputs.
    last: VecDeque<Input>,
    /// Keys of the table that were pressed where they act, with their scopes.
    pressed: HashSet<(Scope, Key)>,
}

impl Played {
    fn new(explorer: Explorer, what: String) -> Self {
        Self {
            explorer,
            workers: BTreeMap::new(),
            what,
            inputs: 0,
            last: VecDeque::new(),
            pressed: HashSet::new(),
        }
    }

    fn input(&mut self, input: Input) {
        self.inputs += 1;
        if self.last.len() == 16 {
            self.last.pop_front();
        }
        self.last.push_back(input.clone());
        let app = &self.explorer.app;
        if let Input::Key(key) = input
            && let Some(row) = app.keys.binding(&app.scopes(), key)
        {
            self.pressed.insert((row.scope, key));
        }
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
            Some(Effect::CancelLane(lane)) => cancel(lane),
            Some(Effect::CancelBnLab) => cancel(Lane::BnLab),
            _ => {}
        }
    }

    /// Receives the workers' messages.
    fn hear(&mut self, patience: Duration) {
        let lanes: Vec<Lane> = self.workers.keys().copied().collect();
        for lane in lanes {
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
            let (what, inputs, last) = (&self.what, self.inputs, &self.last);
            let scopes = self.explorer.app.scopes();
            println!("{what}: input {inputs}, in {scopes:?}, after {last:?}");
        }
    }
}

/// A number in an environment variable.
fn asked(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
#[allow(
    clippy::print_stdout,
    reason = "the test's own report of what it reached"
)]
fn no_input_makes_it_panic() {
    // A long run takes minutes: RESNET_EXPLORE_EVENTS=15000, with other keys RESNET_EXPLORE_SEED=100.
    let events = asked("RESNET_EXPLORE_EVENTS").unwrap_or(400);
    let first_seed = asked("RESNET_EXPLORE_SEED").unwrap_or(0);
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
    let mut pressed = HashSet::new();
    let mut inputs = 0;
    for (start, explorer) in explorers.into_iter().enumerate() {
        let seed = first_seed + start;
        let mut numbers = Numbers(seed as u64);
        let mut played = Played::new(explorer, format!("start {start}, seed {seed}"));
        for _ in 0..events {
            let input = numbers.input(&played.explorer.app);
            let is_resize = matches!(input, Input::Resize(..));
            played.input(input);
            if is_resize || numbers.next(3) == 0 {
                played.explorer.picture();
            }
            if numbers.next(16) == 0 {
                played.hear(Duration::from_millis(4));
            }
        }
        inputs += played.inputs;
        pressed.extend(std::mem::take(&mut played.pressed));
    }
    let all: HashSet<_> = TABLE
        .iter()
        .flat_map(|row| row.keys.iter().map(|&key| (row.scope, key)))
        .collect();
    let missing: Vec<_> = all.difference(&pressed).collect();
    let (pressed, all) = (pressed.len(), all.len());
    println!("{inputs} inputs, {pressed} of {all} keys of a scope; not pressed: {missing:?}");
    // Even a short run reaches most of them.
    assert!(pressed * 2 > all, "{pressed} of {all}: {missing:?}");
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
