//! A drawing as paths and texts in points, for formats that share nothing else: SVG, PDF, TikZ and PNG.

mod pdf;
mod png;
mod svg;
mod tikz;

pub(super) use tikz::escaped;

use super::font::{Weight, lacking};

/// A colour as it is written in CSS: `#a6cee3`.
pub(super) type Colour = &'static str;

/// A place; y grows downwards.
pub(super) type Point = (f64, f64);

/// A step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    /// Begins at a place.
    Move(Point),
    /// A straight line to a place.
    Line(Point),
    /// A cubic curve with its two control points.
    Curve(Point, Point, Point),
    /// A line back to the beginning.
    Close,
}

/// A stroke along a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub(super) colour: Colour,
    pub(super) width: f64,
    /// Lengths of dashes and gaps.
    pub(super) dash: Option<f64>,
}

/// Side of its place that a text is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    Path {
        steps: Vec<Step>,
        fill: Option<Colour>,
        stroke: Option<Stroke>,
    },
    Text(Words),
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words {
    /// Place on the baseline.
    at: Point,
    text: String,
    size: f64,
    weight: Weight,
    anchor: Anchor,
    colour: Colour,
}

impl Words {
    /// Place of its beginning, by the widths of the shipped font.
    fn start(&self) -> Point {
        let shift = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => self.weight.width(&self.text) * self.size / 2.0,
        };
        (self.at.0 - shift, self.at.1)
    }
}

/// A format, which draws what a scene has.
trait Pen {
    fn path(&mut self, steps: &[Step], fill: Option<Colour>, stroke: Option<Stroke>);

    fn words(&mut self, words: &Words);
}

/// Marks in the order in which they are drawn, within a width and a height.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Scene {
    pub(super) title: String,
    pub(super) size: (f64, f64),
    pub(super) marks: Vec<Mark>,
}

impl Scene {
    /// Adds another scene, moved.
    pub(super) fn put(&mut self, other: Self, x: f64, y: f64) {
        let moved = other.marks.into_iter().map(|mut mark| {
            mark.each_point(|point| (point.0 + x, point.1 + y));
            mark
        });
        self.marks.extend(moved);
    }

    /// Draws every mark, in order.
    fn draw(&self, pen: &mut impl Pen) {
        for mark in &self.marks {
            match mark {
                Mark::Path {
                    steps,
                    fill,
                    stroke,
                } => pen.path(steps, *fill, *stroke),
                Mark::Text(words) => pen.words(words),
            }
        }
    }

    /// The whole, larger or smaller.
    #[must_use]
    pub(super) fn scaled(mut self, by: f64) -> Self {
        self.size = (self.size.0 * by, self.size.1 * by);
        for mark in &mut self.marks {
            mark.each_point(|point| (point.0 * by, point.1 * by));
            match mark {
                Mark::Path {
                    stroke: Some(stroke),
                    ..
                } => {
                    stroke.width *= by;
                    stroke.dash = stroke.dash.map(|dash| dash * by);
                }
                Mark::Path { .. } => {}
                Mark::Text(words) => words.size *= by,
            }
        }
        self
    }

    /// Left, top, right and bottom of its paths with their strokes.
    pub(super) fn bounds(&self) -> [f64; 4] {
        let mut bounds = [
            f64::INFINITY,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NEG_INFINITY,
        ];
        for mark in &self.marks {
            let Mark::Path { steps, stroke, .. } = mark else {
                continue;
            };
            let half = stroke.map_or(0.0, |stroke| stroke.width / 2.0);
            for step in steps {
                let (Step::Move(to) | Step::Line(to) | Step::Curve(_, _, to)) = *step else {
                    continue;
                };
                bounds = [
                    bounds[0].min(to.0 - half),
                    bounds[1].min(to.1 - half),
                    bounds[2].max(to.0 + half),
                    bounds[3].max(to.1 + half),
                ];
            }
        }
        bounds
    }

    /// All texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(words) => Some(words.text.as_str()),
            Mark::Path { .. } => None,
        })
    }

    /// Size of the smallest text.
    pub(super) fn smallest(&self) -> f64 {
        let sizes = self.marks.iter().filter_map(|mark| match mark {
            Mark::Text(words) => Some(words.size),
            Mark::Path { .. } => None,
        });
        sizes.fold(f64::INFINITY, f64::min)
    }

    /// Adds a text.
    pub(super) fn text(
        &mut self,
        at: Point,
        text: impl Into<String>,
        size: f64,
        weight: Weight,
        anchor: Anchor,
        colour: Colour,
    ) {
        let text = text.into();
        if !text.is_empty() {
            self.marks.push(Mark::Text(Words {
                at,
                text,
                size,
                weight,
                anchor,
                colour,
            }));
        }
    }

    /// Adds a rectangle with round corners.
    pub(super) fn rect(
        &mut self,
        [x, y, width, height]: [f64; 4],
        radius: f64,
        fill: Colour,
        stroke: Stroke,
    ) {
        let (right, bottom) = (x + width, y + height);
        let corners = [
            (x, y),
            (right, y),
            (right, bottom),
            (x, bottom),
            (x, y),
            (right, y),
        ];
        let mut steps = vec![Step::Move((x + radius, y))];
        for three in corners.windows(3) {
            corner(&mut steps, three[0], three[1], three[2], radius);
        }
        steps.push(Step::Close);
        self.marks.push(Mark::Path {
            steps,
            fill: Some(fill),
            stroke: Some(stroke),
        });
    }

    /// Adds a line through `points` whose corners are rounded, with an arrowhead at its end.
    pub(super) fn arrow(&mut self, points: &[Point], radius: f64, stroke: Stroke) {
        let (Some(&first), Some(&end)) = (points.first(), points.last()) else {
            return;
        };
        let before = points
            .len()
            .checked_sub(2)
            .map_or(first, |before| points[before]);
        let along = unit(before, end);
        let head = stroke.width * 4.5;
        // The line ends within the head, so its width does not show beside the tip.
        let neck = (end.0 - along.0 * head * 0.8, end.1 - along.1 * head * 0.8);
        let mut steps = vec![Step::Move(first)];
        for three in points.windows(3) {
            corner(&mut steps, three[0], three[1], three[2], radius);
        }
        steps.push(Step::Line(neck));
        self.marks.push(Mark::Path {
            steps,
            fill: None,
            stroke: Some(stroke),
        });
        let side = head * 0.42;
        let back = (end.0 - along.0 * head, end.1 - along.1 * head);
        let tip = vec![
            Step::Move(end),
            Step::Line((back.0 - along.1 * side, back.1 + along.0 * side)),
            Step::Line((back.0 + along.1 * side, back.1 - along.0 * side)),
            Step::Close,
        ];
        self.marks.push(Mark::Path {
            steps: tip,
            fill: Some(stroke.colour),
            stroke: None,
        });
    }

    /// Characters of its texts that the shipped font lacks.
    pub(super) fn lacking(&self) -> Vec<char> {
        lacking(&self.texts().collect::<String>())
    }
}

impl Mark {
    fn each_point(&mut self, to: impl Fn(Point) -> Point) {
        match self {
            Self::Text(words) => words.at = to(words.at),
            Self::Path { steps, .. } => {
                for step in steps {
                    *step = match *step {
                        Step::Move(point) => Step::Move(to(point)),
                        Step::Line(point) => Step::Line(to(point)),
                        Step::Curve(a, b, point) => Step::Curve(to(a), to(b), to(point)),
                        Step::Close => Step::Close,
                    };
                }
            }
        }
    }
}

/// Direction from one place to another.
fn unit(from: Point, to: Point) -> Point {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = x.hypot(y);
    if length > 0.0 {
        (x / length, y / length)
    } else {
        (0.0, 1.0)
    }
}

/// Part of a radius between a corner's end and its control point, which makes a cubic curve a quarter of a circle.
const ROUND: f64 = 0.552_284_75;

/// A rounded corner at `at`, between `from` and `to`.
fn corner(steps: &mut Vec<Step>, from: Point, at: Point, to: Point, radius: f64) {
    let half = |a: Point, b: Point| (a.0 - b.0).hypot(a.1 - b.1) / 2.0;
    let radius = radius.min(half(from, at)).min(half(at, to));
    let (into, out) = (unit(from, at), unit(at, to));
    let bend = radius * (1.0 - ROUND);
    steps.push(Step::Line((at.0 - into.0 * radius, at.1 - into.1 * radius)));
    steps.push(Step::Curve(
        (at.0 - into.0 * bend, at.1 - into.1 * bend),
        (at.0 + out.0 * bend, at.1 + out.1 * bend),
        (at.0 + out.0 * radius, at.1 + out.1 * radius),
    ));
}

/// A length with at most two decimals, and no more than it needs.
fn short(length: f64) -> String {
    let text = format!("{length:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// Red, green and blue of a colour, from 0 to 255.
fn components(colour: Colour) -> [u8; 3] {
    [1, 3, 5].map(|at| {
        let digits = colour.get(at..at + 2).unwrap_or("00");
        u8::from_str_radix(digits, 16).unwrap_or(0)
    })
}
