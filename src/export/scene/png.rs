//! A scene as PNG, drawn with the shipped font's outlines.

use zeno::{Command, Join, Mask, PathBuilder, Style, Transform};

use super::{Colour, Pen, Scene, Step, Stroke, Words, components};
use crate::export::font::{Outline, Weight};
use crate::message;
use crate::text::Message;
use crate::weights::png;

/// Pixels of a point at scale 1: 96 to an inch, as browsers count.
const PIXELS: f64 = 96.0 / 72.0;

/// Largest number of pixels of an image.
const MOST: u64 = 1 << 30;

impl Scene {
    /// The PNG file, `scale` times as large as a browser shows the SVG.
    ///
    /// # Errors
    /// The drawing is too large for an image.
    pub(in crate::export) fn png(&self, scale: f64) -> Result<Vec<u8>, Message> {
        let factor = scale * PIXELS;
        let [columns, rows] =
            [self.size.0, self.size.1].map(|length| (length * factor).ceil() as u32);
        let count = u64::from(columns) * u64::from(rows);
        if !(1..=MOST).contains(&count) {
            return Err(message!("picture-no-pixels"));
        }
        let mut pixels = Pixels {
            columns: columns as usize,
            colours: vec![[255; 3]; count as usize],
            scale: factor as f32,
        };
        self.draw(&mut pixels);
        png::rgb(columns, rows, &pixels.colours)
    }

    /// Its marks over an image, one pixel per point.
    pub(in crate::export) fn over(&self, columns: u32, image: Vec<[u8; 3]>) -> Vec<[u8; 3]> {
        let mut pixels = Pixels {
            columns: columns as usize,
            colours: image,
            scale: 1.0,
        };
        self.draw(&mut pixels);
        pixels.colours
    }
}

/// An image that marks are drawn over.
struct Pixels {
    columns: usize,
    /// Colours row by row.
    colours: Vec<[u8; 3]>,
    /// Pixels per point.
    scale: f32,
}

impl Pen for Pixels {
    fn path(&mut self, steps: &[Step], fill: Option<Colour>, stroke: Option<Stroke>) {
        let path = path(steps);
        if let Some(fill) = fill {
            self.paint(&path, zeno::Fill::NonZero.into(), fill);
        }
        if let Some(stroke) = stroke {
            let dashes = stroke.dash.map(|dash| [dash as f32; 2]);
            let mut line = zeno::Stroke::new(stroke.width as f32);
            line.join(Join::Round);
            if let Some(dashes) = &dashes {
                line.dash(dashes, 0.0);
            }
            self.paint(&path, line.into(), stroke.colour);
        }
    }

    fn words(&mut self, words: &Words) {
        let path = letters(&words.text, words.weight, words.start(), words.size);
        self.paint(&path, zeno::Fill::NonZero.into(), words.colour);
    }
}

impl Pixels {
    /// Blends a colour into the pixels that a path covers, each by the part of it that is covered.
    fn paint(&mut self, path: &[Command], style: Style, colour: Colour) {
        let colour: [u8; 3] = components(colour);
        let (mask, at) = Mask::new(path)
            .style(style)
            .transform(Some(Transform::scale(self.scale, self.scale)))
            .render();
        let rows = self.colours.chunks_exact_mut(self.columns);
        let covered_rows = mask.chunks_exact(at.width.max(1) as usize);
        for (row, covered_row) in within(rows, covered_rows, at.top) {
            for (pixel, &cover) in within(row.iter_mut(), covered_row.iter(), at.left) {
                blend(pixel, colour, cover);
            }
        }
    }
}

/// Each of `all` with its part of a mask that begins at place `at` of them; what lies outside is left out.
fn within<A: Iterator, M: Iterator>(
    all: A,
    mask: M,
    at: i32,
) -> impl Iterator<Item = (A::Item, M::Item)> {
    let [ahead, outside] = [at.max(0), at.min(0)].map(|many| many.unsigned_abs() as usize);
    all.skip(ahead).zip(mask.skip(outside))
}

/// Covers a part of a pixel, of 255, by a colour.
fn blend(pixel: &mut [u8; 3], colour: [u8; 3], cover: u8) {
    let cover = u16::from(cover);
    for (own, new) in pixel.iter_mut().zip(colour) {
        let mixed = u16::from(*own) * (255 - cover) + u16::from(new) * cover;
        *own = ((mixed + 127) / 255) as u8;
    }
}

fn path(steps: &[Step]) -> Vec<Command> {
    let mut path = Vec::new();
    let at = |(x, y): (f64, f64)| [x as f32, y as f32];
    for step in steps {
        match *step {
            Step::Move(to) => path.move_to(at(to)),
            Step::Line(to) => path.line_to(at(to)),
            Step::Curve(a, b, to) => path.curve_to(at(a), at(b), at(to)),
            Step::Close => path.close(),
        };
    }
    path
}

/// Outlines of a text that begins at a place on its baseline.
fn letters(text: &str, weight: Weight, (mut x, y): (f64, f64), size: f64) -> Vec<Command> {
    let mut pen = Glyphs {
        path: Vec::new(),
        x: 0.0,
        y: y as f32,
        scale: (size / weight.units()) as f32,
    };
    for glyph in text.chars().filter_map(|c| weight.glyph(c)) {
        pen.x = x as f32;
        weight.outline(glyph, &mut pen);
        x += weight.advance(glyph) * size;
    }
    pen.path
}

/// Draws glyphs at a place, in another size than the font's.
struct Glyphs {
    path: Vec<Command>,
    x: f32,
    y: f32,
    scale: f32,
}

impl Glyphs {
    fn at(&self, x: f32, y: f32) -> [f32; 2] {
        [self.x + x * self.scale, self.y - y * self.scale]
    }
}

impl Outline for Glyphs {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.at(x, y);
        self.path.move_to(to);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.at(x, y);
        self.path.line_to(to);
    }

    fn quad_to(&mut self, bend_x: f32, bend_y: f32, x: f32, y: f32) {
        let (bend, to) = (self.at(bend_x, bend_y), self.at(x, y));
        self.path.quad_to(bend, to);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let [a, b, to] = [(ax, ay), (bx, by), (x, y)].map(|(x, y)| self.at(x, y));
        self.path.curve_to(a, b, to);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
