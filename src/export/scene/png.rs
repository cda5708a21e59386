//! A scene as PNG, drawn with the shipped font's outlines.

use tiny_skia::{
    Color, ColorU8, FillRule, LineJoin, Paint, Path, PathBuilder, Pixmap, StrokeDash, Transform,
};

use super::{Colour, Pen, Scene, Step, Stroke, Words, components};
use crate::export::font::{Outline, Weight};
use crate::message;
use crate::text::Message;
use crate::weights::png;

/// Pixels of a point at scale 1: 96 to an inch, as browsers count.
const PIXELS: f64 = 96.0 / 72.0;

impl Scene {
    /// The PNG file, `scale` times as large as a browser shows the SVG.
    ///
    /// # Errors
    /// The drawing is too large for an image.
    pub(in crate::export) fn png(&self, scale: f64) -> Result<Vec<u8>, Message> {
        let factor = scale * PIXELS;
        let [columns, rows] =
            [self.size.0, self.size.1].map(|length| (length * factor).ceil() as u32);
        let mut pixels = Pixmap::new(columns, rows).ok_or_else(|| message!("picture-no-pixels"))?;
        pixels.fill(Color::WHITE);
        let by = Transform::from_scale(factor as f32, factor as f32);
        let mut canvas = Canvas { pixels, by };
        self.draw(&mut canvas);
        png::rgb(columns, rows, &rgb(&canvas.pixels))
    }

    /// Its marks over an image, one pixel per point.
    pub(in crate::export) fn over(
        &self,
        columns: u32,
        rows: u32,
        image: &[[u8; 3]],
    ) -> Option<Vec<[u8; 3]>> {
        let mut pixels = Pixmap::new(columns, rows)?;
        for (pixel, &[red, green, blue]) in pixels.pixels_mut().iter_mut().zip(image) {
            *pixel = ColorU8::from_rgba(red, green, blue, 255).premultiply();
        }
        let by = Transform::identity();
        let mut canvas = Canvas { pixels, by };
        self.draw(&mut canvas);
        Some(rgb(&canvas.pixels))
    }
}

/// An image, and the size of a point in it.
struct Canvas {
    pixels: Pixmap,
    by: Transform,
}

impl Pen for Canvas {
    fn path(&mut self, steps: &[Step], fill: Option<Colour>, stroke: Option<Stroke>) {
        let Some(path) = path(steps) else { return };
        if let Some(fill) = fill {
            self.fill(&path, fill);
        }
        if let Some(stroke) = stroke {
            let line = tiny_skia::Stroke {
                width: stroke.width as f32,
                line_join: LineJoin::Round,
                dash: stroke
                    .dash
                    .and_then(|dash| StrokeDash::new(vec![dash as f32; 2], 0.0)),
                ..tiny_skia::Stroke::default()
            };
            let paint = paint(stroke.colour);
            self.pixels.stroke_path(&path, &paint, &line, self.by, None);
        }
    }

    fn words(&mut self, words: &Words) {
        if let Some(path) = letters(&words.text, words.weight, words.start(), words.size) {
            self.fill(&path, words.colour);
        }
    }
}

impl Canvas {
    fn fill(&mut self, path: &Path, colour: Colour) {
        let (paint, rule) = (paint(colour), FillRule::Winding);
        self.pixels.fill_path(path, &paint, rule, self.by, None);
    }
}

fn rgb(pixels: &Pixmap) -> Vec<[u8; 3]> {
    let pixels = pixels.pixels().iter();
    pixels
        .map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
        .collect()
}

fn paint(colour: &'static str) -> Paint<'static> {
    let [red, green, blue] = components(colour);
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

fn path(steps: &[Step]) -> Option<Path> {
    let mut path = PathBuilder::new();
    let at = |(x, y): (f64, f64)| (x as f32, y as f32);
    for step in steps {
        match *step {
            Step::Move(to) => path.move_to(at(to).0, at(to).1),
            Step::Line(to) => path.line_to(at(to).0, at(to).1),
            Step::Curve(a, b, to) => {
                let [a, b, to] = [a, b, to].map(at);
                path.cubic_to(a.0, a.1, b.0, b.1, to.0, to.1);
            }
            Step::Close => path.close(),
        }
    }
    path.finish()
}

/// Outlines of a text that begins at a place on its baseline.
fn letters(text: &str, weight: Weight, (mut x, y): (f64, f64), size: f64) -> Option<Path> {
    let mut pen = Glyphs {
        path: PathBuilder::new(),
        x: 0.0,
        y: y as f32,
        scale: (size / weight.units()) as f32,
    };
    for glyph in text.chars().filter_map(|c| weight.glyph(c)) {
        pen.x = x as f32;
        weight.outline(glyph, &mut pen);
        x += weight.advance(glyph) * size;
    }
    pen.path.finish()
}

/// Draws glyphs at a place, in another size than the font's.
struct Glyphs {
    path: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Glyphs {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl Outline for Glyphs {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, bend_x: f32, bend_y: f32, x: f32, y: f32) {
        let ((bend_x, bend_y), (x, y)) = (self.at(bend_x, bend_y), self.at(x, y));
        self.path.quad_to(bend_x, bend_y, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let [a, b, to] = [(ax, ay), (bx, by), (x, y)].map(|(x, y)| self.at(x, y));
        self.path.cubic_to(a.0, a.1, b.0, b.1, to.0, to.1);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
