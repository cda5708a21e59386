//! Time from a key to the drawn screen in the explorer: update and view at 200×60 cells, for each key of each pane, with the
//! deepest network of the catalogue open (`resnet1202_cifar`, 4,211 layers).

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use resnet_explore::lower::{Overrides, open};
use resnet_explore::tui::app::{App, Effect};
use resnet_explore::tui::input::{Input, Key};
use resnet_explore::tui::kit::theme::{Depth, Theme};
use resnet_explore::tui::message::Message;
use resnet_explore::tui::update::{messages, update};
use resnet_explore::tui::worker::{Kernels, Worker};
use resnet_explore::tui::{AT_ONCE, view};

const SIZE: (u16, u16) = (200, 60);
const DEEPEST: &str = "resnet1202_cifar";

/// A pane, and a sequence of keys that ends where it began.
struct Pane {
    name: &'static str,
    network: Option<&'static str>,
    way: &'static str,
    round: &'static str,
}

const fn pane(name: &'static str, way: &'static str, round: &'static str) -> Pane {
    Pane {
        name,
        network: Some(DEEPEST),
        way,
        round,
    }
}

const PANES: &[Pane] = &[
    Pane {
        name: "catalogue",
        network: None,
        way: "/ 1202 Esc",
        round: "Down Up End Home / r Backspace Esc ? Esc : f Esc",
    },
    Pane {
        name: "catalogue, the deepest selected",
        network: None,
        way: "/ 1202",
        round: "Enter Esc",
    },
    Pane {
        name: "points",
        network: None,
        way: "p",
        round: "Left Right Up Down n N x x / r Backspace Esc m m",
    },
    pane(
        "compare",
        "D resnet110_cifar Enter",
        "Down Up n p d d z Z Home End",
    ),
    pane(
        "compare, counting",
        "D resnet110_cifar Enter",
        "R Down Enter R Up Enter B 8 Enter B 1 Enter x x",
    ),
    pane(
        "layers",
        "Z",
        "Down Up End Home PgDn PgUp d d b b T T T T z Z",
    ),
    pane(
        "layers, lists",
        "",
        "s Down Enter s Up Enter / 7 9 Esc f c o n v Enter f Backspace Enter",
    ),
    pane(
        "layers, counting",
        "",
        "R Down Enter R Up Enter B 8 Enter B 1 Enter",
    ),
    pane("graph", "2", "Down Up End Home + Down f F - 1 2"),
    pane("graph of layers", "2 + +", "Down Up PgDn PgUp End Home J K"),
    pane("checks", "4", "Down Up Tab BackTab"),
    pane("spec", "5", "Down Up Enter 5"),
    pane("forward, choosing", "3", "Down Up Esc w"),
    pane(
        "forward, in the middle",
        "3 Enter / 100.conv2 Enter g",
        "n p Down Up ] [ + - v v m m x x c Esc 1 3",
    ),
    pane(
        "forward, explained",
        "3 Enter / 100.conv2 Enter g x",
        "Down Up Right Left ] [ o o PgDn PgUp",
    ),
    pane(
        "forward, at the end",
        "3 Enter r",
        "Up Down p n Home End x x 0 r",
    ),
];

fn keys_of(word: &str) -> Vec<Key> {
    Key::parse(word).map_or_else(|| word.chars().map(Key::Char).collect(), |key| vec![key])
}

/// The explorer on an in-memory screen.
struct Explorer {
    app: App,
    terminal: Terminal<TestBackend>,
}

impl Explorer {
    fn new(network: Option<&str>) -> Self {
        let model = network.map(|name| open(name, &Overrides::default()).expect("it is shipped"));
        Self {
            app: App::new(model, Theme::new(Depth::True), SIZE),
            terminal: Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("memory"),
        }
    }

    fn walk(mut self, way: &str) -> Self {
        for key in way.split_whitespace().flat_map(keys_of) {
            self.press(key);
        }
        self
    }

    /// Presses a key and draws, as the explorer's loop does; returns the time. Remaining work of a worker is then awaited.
    fn press(&mut self, key: Key) -> Duration {
        let began = Instant::now();
        let mut worker = None;
        for message in messages(&self.app, Input::Key(key)) {
            if let Some(Effect::Start(job)) = update(&mut self.app, message) {
                worker = Some(Worker::start(job, Kernels::Fast));
                self.take_news(worker.as_ref(), AT_ONCE);
            }
        }
        self.draw();
        let took = began.elapsed();
        self.take_news(worker.as_ref(), Duration::MAX);
        took
    }

    fn take_news(&mut self, worker: Option<&Worker>, patience: Duration) {
        let began = Instant::now();
        while self.app.is_busy() {
            let left = patience.saturating_sub(began.elapsed());
            let Some(news) = worker.and_then(|worker| worker.wait(left)) else {
                return;
            };
            update(&mut self.app, Message::News(news));
        }
    }

    fn draw(&mut self) {
        let app = &self.app;
        self.terminal
            .draw(|frame| view::render(frame, app))
            .expect("memory");
    }
}

fn keys(c: &mut Criterion) {
    for pane in PANES {
        let mut group = c.benchmark_group(pane.name);
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(50))
            .measurement_time(Duration::from_millis(300));
        let mut explorer = Explorer::new(pane.network).walk(pane.way);
        let round: Vec<Key> = pane.round.split_whitespace().flat_map(keys_of).collect();
        for place in 0..round.len() {
            let name = format!("{} {}", place + 1, round[place].name());
            group.bench_function(name, |b| {
                b.iter_custom(|iterations| {
                    (0..iterations).fold(Duration::ZERO, |sum, _| {
                        round.iter().enumerate().fold(sum, |sum, (at, key)| {
                            let took = explorer.press(*key);
                            if at == place { sum + took } else { sum }
                        })
                    })
                });
            });
        }
        group.finish();
    }
}

/// The same keys while a pass runs on another thread.
fn keys_while_a_pass_runs(c: &mut Criterion) {
    let mut group = c.benchmark_group("while a pass runs");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(50))
        .measurement_time(Duration::from_millis(500));
    for (name, way) in [
        ("layers", "1"),
        ("graph", "2"),
        ("checks", "4"),
        ("spec", "5"),
        ("forward", "3"),
    ] {
        let mut explorer = Explorer::new(Some(DEEPEST)).walk("3 Enter");
        let mut worker: Option<Worker> = None;
        group.bench_function(name, |b| {
            b.iter_custom(|iterations| {
                let mut sum = Duration::ZERO;
                for turn in 0..iterations {
                    if !explorer.app.is_busy() {
                        explorer =
                            std::mem::replace(&mut explorer, Explorer::new(None)).walk("3 0");
                        for message in messages(&explorer.app, Input::Key(Key::Char('r'))) {
                            if let Some(Effect::Start(job)) = update(&mut explorer.app, message) {
                                worker = Some(Worker::start(job, Kernels::Fast));
                            }
                        }
                        explorer = std::mem::replace(&mut explorer, Explorer::new(None)).walk(way);
                    }
                    // The worker gets a moment between two keys, as it does between two of a person's.
                    std::thread::sleep(Duration::from_micros(200));
                    let key = if turn % 2 == 0 { Key::Down } else { Key::Up };
                    let began = Instant::now();
                    for message in messages(&explorer.app, Input::Key(key)) {
                        update(&mut explorer.app, message);
                    }
                    while let Some(news) = worker
                        .as_ref()
                        .and_then(|worker| worker.wait(Duration::ZERO))
                    {
                        update(&mut explorer.app, Message::News(news));
                    }
                    explorer.draw();
                    sum += began.elapsed();
                }
                sum
            });
        });
    }
    group.finish();
}

criterion_group!(benches, keys, keys_while_a_pass_runs);
criterion_main!(benches);
