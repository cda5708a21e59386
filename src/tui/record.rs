//! A demonstration as a moving picture: the screens of replayed keys in one SVG file, each shown for as long as it was on the screen.
//!
//! Nothing in it depends on the machine: passes run on the portable kernels, time passes by the demonstration's own pauses, and the times of
//! layers are shown as zero. A line or a map that several screens share is in the file once.

use std::collections::HashMap;
use std::fmt::Write;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use super::app::App;
use super::kit::picture::{Picture, Pictures};
use super::kit::text::width;
use super::kit::theme::Scheme;
use super::message::Message;
use super::replay::{BEAT, Step};
use super::{drive, update, view};
use crate::message;
use crate::text;
use crate::weights::png;

/// Columns and rows of the screen.
pub(super) const SIZE: (u16, u16) = (100, 30);
/// Width and height of a cell in pixels of the file.
const CELL: (f64, f64) = (8.4, 17.0);
/// Distance of a letter's base line from the top of its cell.
const BASE: f64 = 13.0;
/// Largest file in bytes.
const LARGEST: usize = 8 << 20;
/// Time that the last screen is shown for, before the first one comes again.
const LAST: Duration = Duration::from_secs(3);

/// A screen, by the numbers of its lines and maps.
#[derive(Debug, PartialEq)]
struct Shot {
    lines: Vec<usize>,
    maps: Vec<(usize, Position)>,
}

/// Screens so far.
struct Film {
    terminal: Terminal<TestBackend>,
    colours: [&'static str; 2],
    /// Elements that screens are made of.
    parts: String,
    lines: HashMap<String, usize>,
    maps: HashMap<String, usize>,
    shots: Vec<(Duration, Shot)>,
    now: Duration,
}

/// Moving picture of a demonstration in this state.
///
/// # Errors
/// The file would be too large; the message is for the user.
pub(super) fn record(app: &mut App, steps: Vec<Step>) -> Result<String, text::Message> {
    app.size = SIZE;
    let terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1));
    let Ok(terminal) = terminal;
    let mut film = Film {
        terminal,
        colours: match app.theme.scheme() {
            Scheme::Light => ["#222222", "#ffffff"],
            Scheme::Contrast => ["#ffffff", "#000000"],
            Scheme::Dark | Scheme::Mono => ["#d4d4d4", "#111111"],
        },
        parts: String::new(),
        lines: HashMap::new(),
        maps: HashMap::new(),
        shots: Vec::new(),
        now: Duration::ZERO,
    };
    film.take(app)?;
    for step in steps {
        match step {
            Step::Wait(pause) => film.wait(app, pause)?,
            Step::Input(input) => {
                film.now += BEAT;
                drive(app, [input]);
                if let Some(opened) = app.screen.opened_mut() {
                    opened.forward.forget_times();
                }
                film.take(app)?;
            }
        }
    }
    film.now += LAST;
    Ok(film.svg())
}

impl Film {
    /// Lets time pass, with every screen that it brings.
    fn wait(&mut self, app: &mut App, pause: Duration) -> Result<(), text::Message> {
        let mut left = pause;
        while let Some(next) = app.until_next_frame().filter(|next| *next <= left) {
            self.now += next;
            left -= next;
            update::update(app, Message::Tick(next));
            self.take(app)?;
        }
        self.now += left;
        if app.until_next_frame().is_some() {
            update::update(app, Message::Tick(left));
        }
        Ok(())
    }

    /// Takes the screen, unless it is the last one still.
    fn take(&mut self, app: &App) -> Result<(), text::Message> {
        let mut pictures = Pictures::new();
        let Ok(drawn) = self
            .terminal
            .draw(|frame| view::render_with_pictures(frame, app, &mut pictures));
        let buffer = drawn.buffer.clone();
        let lines = (0..SIZE.1)
            .map(|row| self.line(&buffer, row, &pictures))
            .collect();
        let maps = pictures
            .iter()
            .filter_map(|picture| Some((self.map(picture)?, picture.area.as_position())));
        let shot = Shot {
            lines,
            maps: maps.collect(),
        };
        if self.shots.last().is_none_or(|(_, last)| *last != shot) {
            self.shots.push((self.now, shot));
        }
        if self.parts.len() > LARGEST {
            return Err(message!("record-too-long", limit = LARGEST >> 20));
        }
        Ok(())
    }

    /// Number of the element with a line of the screen.
    fn line(&mut self, buffer: &Buffer, row: u16, pictures: &[Picture<'_>]) -> usize {
        let text = line(buffer, row, pictures, self.colours);
        let next = self.lines.len();
        *self.lines.entry(text).or_insert_with_key(|text| {
            let _ = writeln!(self.parts, "<g id=\"r{next}\">{text}</g>");
            next
        })
    }

    /// Number of the element with a map.
    fn map(&mut self, picture: &Picture<'_>) -> Option<usize> {
        let area = picture.area;
        let [rows, columns] = picture.map.size();
        // A photograph has no more pixels than can be seen.
        let size = (
            columns.min(usize::from(area.width) * 4),
            rows.min(usize::from(area.height) * 8),
        );
        let pixels = picture.pixels(size);
        let narrow = |pixels: usize| u32::try_from(pixels).ok();
        let (rgb, _) = pixels.rgb.as_chunks::<3>();
        let png = if rgb
            .iter()
            .all(|[red, green, blue]| red == green && green == blue)
        {
            let greys: Vec<u8> = rgb.iter().map(|[red, ..]| *red).collect();
            png::grey(narrow(size.0)?, narrow(size.1)?, &greys)
        } else {
            png::rgb(narrow(size.0)?, narrow(size.1)?, rgb)
        };
        let text = format!(
            "width=\"{}\" height=\"{}\" href=\"data:image/png;base64,{}\"",
            pixel(f64::from(area.width) * CELL.0),
            pixel(f64::from(area.height) * CELL.1),
            STANDARD.encode(png.ok()?)
        );
        let next = self.maps.len();
        Some(*self.maps.entry(text).or_insert_with_key(|text| {
            let _ = writeln!(
                self.parts,
                "<image id=\"p{next}\" class=\"p\" preserveAspectRatio=\"none\" {text}/>"
            );
            next
        }))
    }

    /// The file.
    fn svg(&self) -> String {
        let [ink, paper] = self.colours;
        let (columns, rows) = (f64::from(SIZE.0) * CELL.0, f64::from(SIZE.1) * CELL.1);
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {columns} {rows}\" width=\"{columns}\" height=\"{rows}\">\n\
             <style>text{{font:14px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre;fill:{ink}}}\
             .b{{font-weight:bold}}.d{{opacity:.6}}.p{{image-rendering:pixelated}}</style>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"{paper}\"/>\n<defs>\n{}</defs>\n",
            self.parts
        );
        let starts = self.shots.iter().map(|(start, _)| *start);
        let ends = starts.skip(1).chain([self.now]);
        for ((start, shot), end) in self.shots.iter().zip(ends) {
            text += &self.screen(shot, *start, end);
        }
        text + "</svg>\n"
    }

    /// Element with a screen that is shown from `start` to `end`.
    fn screen(&self, shot: &Shot, start: Duration, end: Duration) -> String {
        let whole = self.now.as_secs_f64();
        let part = |time: Duration| format!("{:.5}", time.as_secs_f64() / whole);
        let (values, times) = match (start.is_zero(), end == self.now) {
            (true, true) => ("visible", "0".to_owned()),
            (true, false) => ("visible;hidden", format!("0;{}", part(end))),
            (false, true) => ("hidden;visible", format!("0;{}", part(start))),
            (false, false) => (
                "hidden;visible;hidden",
                format!("0;{};{}", part(start), part(end)),
            ),
        };
        let first = if start.is_zero() { "visible" } else { "hidden" };
        let mut text = format!(
            "<g visibility=\"{first}\"><animate attributeName=\"visibility\" calcMode=\"discrete\" \
             repeatCount=\"indefinite\" dur=\"{whole:.2}s\" values=\"{values}\" keyTimes=\"{times}\"/>"
        );
        for (row, line) in shot.lines.iter().enumerate() {
            let y = pixel(row as f64 * CELL.1);
            let _ = write!(text, "<use href=\"#r{line}\" y=\"{y}\"/>");
        }
        for (map, at) in &shot.maps {
            let x = pixel(f64::from(at.x) * CELL.0);
            let y = pixel(f64::from(at.y) * CELL.1);
            let _ = write!(text, "<use href=\"#p{map}\" x=\"{x}\" y=\"{y}\"/>");
        }
        text + "</g>\n"
    }
}

/// Text and backgrounds of a line, without the maps on it.
fn line(buffer: &Buffer, row: u16, pictures: &[Picture<'_>], colours: [&str; 2]) -> String {
    let mut text = String::new();
    let mut column = 0;
    while column < SIZE.0 {
        let Some(style) = style(buffer, (column, row), pictures, colours) else {
            column += 1;
            continue;
        };
        let start = column;
        let mut words = String::new();
        while column < SIZE.0
            && self::style(buffer, (column, row), pictures, colours).as_ref() == Some(&style)
        {
            let symbol = buffer[(column, row)].symbol();
            words += symbol;
            column += width(symbol).max(1) as u16;
        }
        text += &run(&style, start, column - start, &words);
    }
    text
}

/// Element of a run of cells in one style.
fn run(style: &Style, start: u16, cells: u16, words: &str) -> String {
    let x = |cells: u16| pixel(f64::from(cells) * CELL.0);
    let mut text = String::new();
    if let Some(back) = &style.back {
        let _ = write!(
            text,
            "<rect x=\"{}\" width=\"{}\" height=\"{}\" fill=\"{back}\"/>",
            x(start),
            x(cells),
            CELL.1
        );
    }
    let shown = words.trim_end();
    if shown.trim_start().is_empty() {
        return text;
    }
    let blanks = shown.len() - shown.trim_start().len();
    let shown = shown.trim_start();
    let fill = style
        .ink
        .as_ref()
        .map_or_else(String::new, |ink| format!(" style=\"fill:{ink}\""));
    let class = match (style.is_bold, style.is_dim) {
        (false, false) => "",
        (true, false) => " class=\"b\"",
        (false, true) => " class=\"d\"",
        (true, true) => " class=\"b d\"",
    };
    let _ = write!(
        text,
        "<text x=\"{}\" y=\"{BASE}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"{class}{fill}>{}</text>",
        x(start + blanks as u16),
        x(width(shown) as u16),
        escaped(shown)
    );
    text
}

/// Style of a cell.
#[derive(Debug, PartialEq)]
struct Style {
    ink: Option<String>,
    back: Option<String>,
    is_bold: bool,
    is_dim: bool,
}

/// Style of a cell; `None` below a map.
fn style(
    buffer: &Buffer,
    at: (u16, u16),
    pictures: &[Picture<'_>],
    [ink, paper]: [&str; 2],
) -> Option<Style> {
    let below_map = |picture: &Picture<'_>| picture.area.contains(at.into());
    if pictures.iter().any(below_map) {
        return None;
    }
    let cell: &Cell = &buffer[at];
    let is_turned = cell.modifier.contains(Modifier::REVERSED);
    let (front, back) = (colour(cell.fg), colour(cell.bg));
    let (front, back) = if is_turned {
        let turned =
            |colour: Option<String>, other: &str| colour.unwrap_or_else(|| other.to_owned());
        (Some(turned(back, paper)), Some(turned(front, ink)))
    } else {
        (front, back)
    };
    Some(Style {
        ink: front,
        back,
        is_bold: cell.modifier.contains(Modifier::BOLD),
        is_dim: cell.modifier.contains(Modifier::DIM),
    })
}

/// Colour in a file; `None` for that of the terminal.
fn colour(colour: Color) -> Option<String> {
    match colour {
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        _ => None,
    }
}

/// Length in pixels with one decimal at most.
fn pixel(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// Text within an element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
