//! Plot of several series over the same axes: lines in braille, and signs that tell series apart without colours.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::symbols::Marker;
use ratatui::text::{Line, Span};
use ratatui::widgets::canvas::{Canvas, Line as Stroke};

use crate::tui::kit::paint;
use crate::tui::kit::text::{Side, pad, width};
use crate::tui::kit::theme::{Role, Theme};

/// Signs of series, each different in ASCII too.
pub const SIGNS: [&str; 6] = ["●", "◆", "▲", "○", "×", "∗"];

/// Points of one thing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    /// Points from left to right; those that are no numbers are left out.
    pub points: Vec<[f64; 2]>,
    /// Ranges of values around them: place, smallest and largest value.
    pub ranges: Vec<[f64; 3]>,
    /// Number of its colour and of its sign.
    pub look: usize,
    /// Whether its points are joined.
    pub is_line: bool,
    /// Whether every point has its sign, not only the last one.
    pub has_signs: bool,
}

/// Look of the screen.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    /// Theme: the styles.
    pub theme: Theme,
    /// Whether the screen uses ASCII only.
    pub is_ascii: bool,
}

/// Axes of a plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Axes {
    /// First and last place.
    pub x: [f64; 2],
    /// Smallest and largest value.
    pub y: [f64; 2],
    /// Whether values are shown by their logarithm.
    pub is_log: bool,
    /// Names of places below the plot, each with its place.
    pub names: Vec<(f64, String)>,
}

/// Cells of the numbers on the left, with the axis.
const SCALE: u16 = 8;

impl Axes {
    /// Axes with room for all series: a logarithmic one between powers of ten.
    pub fn around(series: &[Series], is_log: bool) -> Option<Self> {
        let (mut x, mut y) = (
            [f64::INFINITY, f64::NEG_INFINITY],
            [f64::INFINITY, f64::NEG_INFINITY],
        );
        let widen = |range: &mut [f64; 2], value: f64| {
            *range = [range[0].min(value), range[1].max(value)];
        };
        let own = series.iter().flat_map(|series| {
            let points = series.points.iter().copied();
            let ends = |&[x, low, high]: &[f64; 3]| [[x, low], [x, high]];
            points.chain(series.ranges.iter().flat_map(ends))
        });
        for [place, value] in own.filter(|point| is_shown(*point, is_log)) {
            widen(&mut x, place);
            widen(&mut y, value);
        }
        if !y[0].is_finite() || !x[0].is_finite() {
            return None;
        }
        if is_log {
            let [low, high] = [y[0].log10().floor(), y[1].log10().ceil()];
            y = [10_f64.powf(low), 10_f64.powf(high.max(low + 1.0))];
        } else if y[1] <= y[0] {
            y = [y[0] - 0.5, y[1] + 0.5];
        }
        if x[1] <= x[0] {
            x[1] = x[0] + 1.0;
        }
        Some(Self {
            x,
            y,
            is_log,
            names: Vec::new(),
        })
    }

    /// Part of the height, from 0 at the bottom to 1 at the top.
    fn height(&self, value: f64) -> f64 {
        let at = |value: f64| if self.is_log { value.log10() } else { value };
        let [low, high] = self.y.map(at);
        (at(value) - low) / (high - low)
    }

    /// Part of the width, from 0 on the left to 1 on the right.
    fn across(&self, place: f64) -> f64 {
        (place - self.x[0]) / (self.x[1] - self.x[0])
    }

    /// Values with a number on the axis, at most `most`, with their texts.
    fn ticks(&self, most: usize) -> Vec<(f64, String)> {
        let most = most.max(2) as f64;
        if self.is_log {
            let [low, high] = self.y.map(|value| value.log10().round());
            let step = ((high - low) / (most - 1.0)).ceil().max(1.0);
            let count = ((high - low) / step) as usize;
            let powers = (0..=count).map(|number| low + step * number as f64);
            return powers
                .map(|power| (10_f64.powf(power), power_text(power)))
                .collect();
        }
        let [low, high] = self.y;
        let rough = (high - low) / most;
        let ten = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .map(|factor| factor * ten)
            .into_iter()
            .find(|step| *step >= rough)
            .unwrap_or(10.0 * ten);
        let digits = (-step.log10().floor()).max(0.0) as usize;
        let first = (low / step).ceil() as i64;
        let last = (high / step).floor() as i64;
        (first..=last)
            .map(|number| number as f64 * step)
            .map(|value| (value, format!("{value:.digits$}")))
            .collect()
    }
}

/// Power of ten as a text: `0.01`, `1`, `10^5`.
fn power_text(power: f64) -> String {
    match power as i32 {
        power @ -3..=0 => format!("{:.*}", power.unsigned_abs() as usize, 10_f64.powi(power)),
        power @ 1..=4 => format!("{:.0}", 10_f64.powi(power)),
        power => format!("10^{power}"),
    }
}

/// Number of any size in few characters: `0.031`, `19.2`, `1.1·10^4`.
pub fn number_text(value: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() { "—" } else { "∞" }.to_owned();
    }
    let power = value.abs().log10().floor();
    match value.abs() {
        0.0 => "0".to_owned(),
        0.001..0.1 => format!("{value:.*}", (1.0 - power) as usize),
        0.1..10.0 => format!("{value:.2}"),
        10.0..100.0 => format!("{value:.1}"),
        100.0..9_999.5 => format!("{value:.0}"),
        _ => format!("{:.1}·10^{power}", value / 10_f64.powf(power)),
    }
}

fn is_shown([x, y]: [f64; 2], is_log: bool) -> bool {
    x.is_finite() && y.is_finite() && (!is_log || y > 0.0)
}

/// Area of the plot itself, without its axes.
pub const fn plane(area: Rect) -> Rect {
    Rect {
        x: area.x + SCALE,
        y: area.y,
        width: area.width.saturating_sub(SCALE + 1),
        height: area.height.saturating_sub(2),
    }
}

/// Draws series between axes.
pub(in crate::tui) fn render(
    frame: &mut Frame<'_>,
    area: Rect,
    pen: Pen,
    axes: &Axes,
    series: &[Series],
) {
    let plane = plane(area).intersection(frame.area());
    if plane.is_empty() {
        return;
    }
    scale(frame, area, pen, axes);
    lines(frame, plane, pen, axes, series);
    for own in series {
        signs(frame, plane, pen, axes, own);
    }
}

/// Numbers on the left, and names below.
fn scale(frame: &mut Frame<'_>, area: Rect, pen: Pen, axes: &Axes) {
    let theme = pen.theme;
    let (rule, dim) = (theme.style(Role::Rule), theme.style(Role::Dim));
    let plane = plane(area);
    let left = Rect {
        width: SCALE,
        ..area
    };
    let room = usize::from(SCALE - 1);
    for row in 0..plane.height {
        paint::text(frame, left, row, &format!("{}│", " ".repeat(room)), rule);
    }
    for (value, text) in axes.ticks(usize::from(plane.height.div_ceil(2))) {
        let row = row_of(plane, axes.height(value));
        let line = Line::from(vec![
            Span::styled(pad(&text, room, Side::Right), dim),
            Span::styled("┤", rule),
        ]);
        paint::line(frame, left, row, &line);
    }
    let mut line: Vec<char> = vec!['─'; usize::from(plane.width)];
    let mut names = String::new();
    for (place, name) in &axes.names {
        let column =
            (axes.across(*place) * f64::from(plane.width.saturating_sub(1))).round() as usize;
        let cells = width(name);
        let start = column
            .saturating_sub(cells / 2)
            .min(usize::from(plane.width).saturating_sub(cells));
        let taken = width(&names);
        if taken > 0 && start <= taken {
            continue;
        }
        if let Some(sign) = line.get_mut(column) {
            *sign = '┬';
        }
        names += &" ".repeat(start.saturating_sub(taken));
        names += name;
    }
    let below = Rect {
        x: plane.x.saturating_sub(1),
        y: plane.bottom(),
        width: plane.width + 1,
        height: 2,
    };
    let line: String = std::iter::once('└').chain(line).collect();
    paint::text(frame, below, 0, &line, rule);
    let below = Rect {
        x: plane.x,
        width: plane.width,
        ..below
    };
    paint::line(frame, below, 1, &Line::styled(names, dim));
}

/// Row of a part of the height.
fn row_of(plane: Rect, part: f64) -> u16 {
    let last = plane.height.saturating_sub(1);
    last - (part.clamp(0.0, 1.0) * f64::from(last)).round() as u16
}

/// Lines and ranges of all series.
fn lines(frame: &mut Frame<'_>, plane: Rect, pen: Pen, axes: &Axes, series: &[Series]) {
    // Without braille a line would be as thick as the signs, which are then drawn without one.
    if pen.is_ascii {
        return;
    }
    let theme = pen.theme;
    let right = f64::from(plane.width) * 2.0 - 1.0;
    let top = f64::from(plane.height) * 4.0 - 1.0;
    let dot = |[x, y]: [f64; 2]| {
        let y = axes.height(y).clamp(0.0, 1.0);
        ((axes.across(x) * right).round(), (y * top).round())
    };
    let canvas = Canvas::default()
        .marker(Marker::Braille)
        .x_bounds([0.0, right])
        .y_bounds([0.0, top])
        .paint(|canvas| {
            for own in series {
                let colour = theme.series(own.look).fg.unwrap_or(Color::Reset);
                for &[x, low, high] in &own.ranges {
                    if is_shown([x, low], axes.is_log) && is_shown([x, high], axes.is_log) {
                        let ((x1, y1), (x2, y2)) = (dot([x, low]), dot([x, high]));
                        canvas.draw(&Stroke::new(x1, y1, x2, y2, colour));
                    }
                }
            }
            canvas.layer();
            for own in series.iter().filter(|own| own.is_line) {
                let colour = theme.series(own.look).fg.unwrap_or(Color::Reset);
                let shown = own.points.iter().copied();
                let shown: Vec<_> = shown
                    .filter(|point| is_shown(*point, axes.is_log))
                    .collect();
                for pair in shown.windows(2) {
                    let ((x1, y1), (x2, y2)) = (dot(pair[0]), dot(pair[1]));
                    canvas.draw(&Stroke::new(x1, y1, x2, y2, colour));
                }
            }
        });
    frame.render_widget(canvas, plane);
}

/// Signs of a series: at every point, or at its last one and wherever lines cannot be drawn or distinguished.
fn signs(frame: &mut Frame<'_>, plane: Rect, pen: Pen, axes: &Axes, series: &Series) {
    let style = pen.theme.series(series.look);
    let sign = SIGNS[series.look % SIGNS.len()];
    let shown = series.points.iter().copied();
    let shown: Vec<_> = shown
        .filter(|point| is_shown(*point, axes.is_log))
        .collect();
    let column = |[x, _]: [f64; 2]| {
        let part = axes.across(x).clamp(0.0, 1.0);
        (part * f64::from(plane.width.saturating_sub(1))).round() as u16
    };
    // Without lines every column has a sign; without colours, every eighth.
    let has_colour = style.fg.is_some_and(|colour| colour != Color::Reset);
    let apart = if series.has_signs || !series.is_line {
        0
    } else if pen.is_ascii {
        1
    } else if has_colour {
        u16::MAX
    } else {
        8
    };
    let mut last: Option<u16> = None;
    let is_end = |at: usize| at + 1 == shown.len();
    for (at, &point) in shown.iter().enumerate() {
        let here = column(point);
        let is_far = last.is_none_or(|last| here.abs_diff(last) >= apart) && apart < u16::MAX;
        if is_far || is_end(at) {
            put(
                frame,
                plane,
                (here, row_of(plane, axes.height(point[1]))),
                sign,
                style,
            );
            last = Some(here);
        }
    }
}

fn put(frame: &mut Frame<'_>, plane: Rect, (column, row): (u16, u16), sign: &str, style: Style) {
    let at = (plane.x + column, plane.y + row);
    if let Some(cell) = frame.buffer_mut().cell_mut(at) {
        cell.set_symbol(sign).set_style(style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(points: &[[f64; 2]]) -> Series {
        Series {
            points: points.to_vec(),
            ..Series::default()
        }
    }

    #[test]
    fn a_logarithmic_axis_lies_between_powers_of_ten() {
        let own = [series(&[
            [0.0, 0.02],
            [1.0, 0.0],
            [2.0, f64::NAN],
            [3.0, 700.0],
        ])];
        let axes = Axes::around(&own, true).unwrap();
        assert_eq!((axes.x, axes.y), ([0.0, 3.0], [0.01, 1000.0]));
        let texts: Vec<String> = axes.ticks(6).into_iter().map(|tick| tick.1).collect();
        assert_eq!(texts, ["0.01", "0.1", "1", "10", "100", "1000"]);
        assert!((axes.height(1.0) - 0.4).abs() < 1e-12);
        let wide = [series(&[[0.0, 1e-7], [1.0, 2.5e7]])];
        let axes = Axes::around(&wide, true).unwrap();
        let texts: Vec<String> = axes.ticks(4).into_iter().map(|tick| tick.1).collect();
        assert_eq!(texts, ["10^-7", "0.01", "1000", "10^8"]);
        assert_eq!(Axes::around(&[series(&[[0.0, -1.0]])], true), None);
        assert_eq!(Axes::around(&[], false), None);
    }

    #[test]
    fn a_linear_axis_has_round_numbers() {
        let axes = Axes::around(&[series(&[[0.0, 0.07], [8.0, 2.31]])], false).unwrap();
        let texts: Vec<String> = axes.ticks(5).into_iter().map(|tick| tick.1).collect();
        assert_eq!(texts, ["0.5", "1.0", "1.5", "2.0"]);
        let flat = Axes::around(&[series(&[[4.0, 3.0]])], false).unwrap();
        assert_eq!((flat.x, flat.y), ([4.0, 5.0], [2.5, 3.5]));
    }

    #[test]
    fn numbers_of_any_size_are_short() {
        let texts = [0.0, 0.0312, 0.5, 19.23, 420.0, 11_000.0, 2.5e7, 1.9e-9].map(number_text);
        let wanted = [
            "0",
            "0.031",
            "0.50",
            "19.2",
            "420",
            "1.1·10^4",
            "2.5·10^7",
            "1.9·10^-9",
        ];
        assert_eq!(texts, wanted);
    }
}
