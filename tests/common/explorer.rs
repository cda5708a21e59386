//! An explorer on an in-memory screen, driven by keys.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "each test file uses a part of it"
)]

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell;
use ratatui::style::Color;
use resnet_explore::lower::{Model, Overrides, open, open_text};
use resnet_explore::text::Language;
use resnet_explore::tui::app::{App, Effect};
use resnet_explore::tui::file::File;
use resnet_explore::tui::input::{Input, Key};
use resnet_explore::tui::kit::layout;
use resnet_explore::tui::kit::text::width;
use resnet_explore::tui::kit::theme::{Depth, Theme};
use resnet_explore::tui::message::Tab;
use resnet_explore::tui::pane::forward::place;
use resnet_explore::tui::{drive, update, view};

pub(crate) const SMALL: (u16, u16) = (80, 24);
pub(crate) const LARGE: (u16, u16) = (120, 40);

/// An explorer on an in-memory screen.
pub(crate) struct Explorer {
    pub(crate) app: App,
    pub(crate) terminal: Terminal<TestBackend>,
}

impl Explorer {
    pub(crate) fn new(start: Option<Model>, size: (u16, u16)) -> Self {
        Self::with_colours(start, size, Depth::True)
    }

    /// An explorer at the first row of a network's layer table and the first box of its graph, or at the catalogue.
    pub(crate) fn with_colours(start: Option<Model>, size: (u16, u16), depth: Depth) -> Self {
        let mut app = App::new(start, Theme::new(depth), size);
        if let Some(opened) = app.screen.opened_mut() {
            opened.show(Tab::Layers);
            opened.layers.tree.select_place(0);
            if let Some(first) = opened.subject.model.network.ids().next() {
                opened.graph.select_layer(first);
            }
        } else {
            // The figures of the catalogue come from a worker.
            drive(&mut app, [Input::Resize(size.0, size.1)]);
        }
        Self {
            app,
            terminal: Terminal::new(TestBackend::new(size.0, size.1)).expect("memory never fails"),
        }
    }

    /// An explorer as it opens: at the overview of a network.
    pub(crate) fn at_start(start: Model, size: (u16, u16)) -> Self {
        let mut explorer = Self::new(None, size);
        explorer.app = App::new(Some(start), Theme::new(Depth::True), size);
        let (columns, rows) = size;
        explorer.input(Input::Resize(columns, rows))
    }

    pub(crate) fn of(name: &str, size: (u16, u16)) -> Self {
        Self::new(Some(model(name)), size)
    }

    /// Presses keys, separated by blanks: a named key, or a word whose characters are typed.
    pub(crate) fn press(mut self, words: &str) -> Self {
        drive(&mut self.app, words.split_whitespace().flat_map(keys_of));
        self
    }

    /// Presses `e` and selects the form with this word; returns the file that would be written.
    pub(crate) fn export(mut self, form: &str) -> (File, Self) {
        let words = format!("e {form}");
        drive(&mut self.app, words.split_whitespace().flat_map(keys_of));
        let messages = update::messages(&self.app, Input::Key(Key::Enter));
        let mut effects = messages
            .into_iter()
            .filter_map(|message| update::update(&mut self.app, message));
        let file = effects.find_map(|effect| match effect {
            Effect::Write(file) => Some(file),
            _ => None,
        });
        (file.expect("a file"), self)
    }

    pub(crate) fn in_chinese(mut self) -> Self {
        self.app.speak(Language::CHINESE);
        self
    }

    pub(crate) fn input(mut self, input: Input) -> Self {
        drive(&mut self.app, [input]);
        self
    }

    /// Text of the screen, each line without trailing blanks.
    pub(crate) fn picture(&mut self) -> String {
        self.text(character)
    }

    fn text(&mut self, character: fn(&Cell) -> &str) -> String {
        let app = &self.app;
        self.terminal
            .draw(|frame| view::render(frame, app))
            .expect("memory never fails");
        let buffer = self.terminal.backend().buffer();
        let columns = usize::from(buffer.area.width);
        buffer
            .content()
            .chunks(columns.max(1))
            .fold(String::new(), |mut picture, row| {
                let mut line = String::new();
                let mut cells = row.iter();
                while let Some(cell) = cells.next() {
                    line += character(cell);
                    // A wide character also covers the cell after it, whose content is arbitrary.
                    if width(cell.symbol()) == 2 {
                        cells.next();
                    }
                }
                picture += line.trim_end();
                picture.push('\n');
                picture
            })
    }
}

impl Explorer {
    /// Text of the screen without the timeline of a pass, whose bars are times.
    pub(crate) fn steady_picture(&mut self) -> String {
        let picture = self.picture();
        self.without_times(picture)
    }

    fn without_times(&self, picture: String) -> String {
        let [_, body, _] = layout::outline(self.app.size);
        let rows = place::timeline(body);
        let is_there = self.app.opened().is_some_and(|opened| {
            let is_covered = opened.forward.is_explaining()
                && place::explanation(body).bottom() == body.bottom();
            opened.tab == Tab::Forward && !is_covered
        });
        if !is_there {
            return picture;
        }
        let mut steady = String::new();
        for (row, line) in (0..).zip(picture.lines()) {
            let is_bar = row >= rows.top() && row < rows.bottom();
            steady += if is_bar { "[timeline]" } else { line };
            steady.push('\n');
        }
        steady
    }

    /// Layout and words of the screen: without the values of a pass, which its weights decide.
    pub(crate) fn outline(&mut self) -> String {
        let has_values = self.app.opened().is_some_and(|opened| {
            let is_forward = opened.tab == Tab::Forward && opened.forward.shown.is_some();
            let is_graph = opened.tab == Tab::Graph && opened.forward.done() > 0;
            is_forward || is_graph || opened.bn_lab.is_some()
        });
        if !has_values {
            return self.steady_picture();
        }
        let picture = self.text(without_pixels);
        let picture = self.without_times(picture);
        // The title's figures are the network's.
        let (title, rest) = picture.split_once('\n').expect("a title");
        let rest = rest.lines().map(|line| without_numbers(line) + "\n");
        format!("{title}\n{}", rest.collect::<String>())
    }
}

/// A cell as a character; one with two pixels as the shade of both.
pub(crate) fn character(cell: &Cell) -> &str {
    let grey = |colour| match colour {
        Color::Rgb(level, ..) => usize::from(level),
        _ => 0,
    };
    match cell.symbol() {
        "▀" => ["·", "░", "▒", "▓", "█"][(grey(cell.fg) + grey(cell.bg)) / 103],
        symbol => symbol,
    }
}

/// A cell without its value: pixels of maps are equal, and bars are gone.
fn without_pixels(cell: &Cell) -> &str {
    match cell.symbol() {
        "▀" => "░",
        "░" | "▒" | "▓" => " ",
        symbol if ("▁"..="▏").contains(&symbol) => " ",
        symbol => symbol,
    }
}

/// A line with `#` for the digits of decimals and of the integers beside them.
fn without_numbers(line: &str) -> String {
    let has_decimal = line.split(' ').any(|word| decimals(word) != word);
    let hide = |word: &str| {
        let is_integer = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if has_decimal && is_integer {
            "#".repeat(word.len())
        } else {
            decimals(word)
        }
    };
    let line: Vec<String> = line.split(' ').map(hide).collect();
    line.join(" ").trim_end().to_owned()
}

/// A word with `#` for its decimals; a number within a name, as in `layer1.0`, is none.
fn decimals(word: &str) -> String {
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    let mut out = String::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let number = &rest[..end];
        let is_in_name = out.ends_with(|c: char| c.is_ascii_alphanumeric())
            || rest[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if end == 0 {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            let is_decimal = !is_in_name && number.parse::<f64>().is_ok() && number.contains('.');
            out += &if is_decimal {
                "#".repeat(end)
            } else {
                number.to_owned()
            };
            rest = &rest[end..];
        }
    }
    out
}

pub(crate) fn keys_of(word: &str) -> Vec<Input> {
    let named = match word {
        "Enter" => Key::Enter,
        "Esc" => Key::Esc,
        "Tab" => Key::Tab,
        "BackTab" => Key::BackTab,
        "Space" => Key::Char(' '),
        "Backspace" => Key::Backspace,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        "PgUp" => Key::PageUp,
        "PgDn" => Key::PageDown,
        _ => return word.chars().map(|c| Input::Key(Key::Char(c))).collect(),
    };
    vec![Input::Key(named)]
}

pub(crate) fn model(name: &str) -> Model {
    open(name, &Overrides::default()).expect("a shipped network")
}

/// A network whose shortcuts have no projection where the shape changes.
pub(crate) fn broken() -> Model {
    let text = "inherits = \"resnet18\"\nsummary = \"a mistake\"\nshortcut = \"identity\"\n";
    open_text("broken.toml", text, &Overrides::default())
}

/// Compares the screen with the stored snapshot: layout and words. The values of a pass, which weights decide, are tested as numbers,
/// and the times of layers differ from run to run, and with them the place where the rest of their line is cut.
macro_rules! assert_picture {
    ($name:expr, $explorer:expr) => {
        insta::with_settings!({filters => vec![
            (r"[\d#]+(\.[\d#])? (µs|us|ms) [·.]", "[time] ·"),
            (r"(\[time\] · changed: [^·\n]*?)( · [^\n]*)?…", "$1…"),
        ], omit_expression => true}, {
            insta::assert_snapshot!($name, $explorer.outline());
        });
    };
}

pub(crate) use assert_picture;
