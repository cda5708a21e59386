//! A scene as SVG with presentation attributes alone, which ImageMagick, Word and Inkscape read: no style sheet, no marker.

use super::{Anchor, Colour, Pen, Scene, Step, Stroke, Words, short};
use crate::export::font::Weight;
use crate::export::style::xml;

impl Scene {
    /// The SVG file.
    pub(in crate::export) fn svg(&self) -> String {
        let (width, height) = (short(self.size.0), short(self.size.1));
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
             <title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
            xml(&self.title)
        );
        let mut file = File(text);
        self.draw(&mut file);
        file.0 + "</svg>\n"
    }
}

/// Text of the file so far.
struct File(String);

impl Pen for File {
    fn path(&mut self, steps: &[Step], fill: Option<Colour>, stroke: Option<Stroke>) {
        let (outline, fill) = (outline(steps), fill.unwrap_or("none"));
        self.0 += &format!("<path d=\"{outline}\" fill=\"{fill}\"");
        if let Some(stroke) = stroke {
            self.0 += &format!(
                " stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"",
                stroke.colour,
                short(stroke.width)
            );
            if let Some(dash) = stroke.dash {
                self.0 += &format!(" stroke-dasharray=\"{0} {0}\"", short(dash));
            }
        }
        self.0 += "/>\n";
    }

    fn words(&mut self, words: &Words) {
        let weight = match words.weight {
            Weight::Bold => " font-weight=\"bold\"",
            Weight::Regular => "",
        };
        let anchor = match words.anchor {
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::Start => "",
        };
        self.0 += &format!(
            "<text x=\"{}\" y=\"{}\" font-family=\"Helvetica, Arial, Liberation Sans, sans-serif\" font-size=\"{}\"{weight}{anchor} fill=\"{}\">{}</text>\n",
            short(words.at.0),
            short(words.at.1),
            short(words.size),
            words.colour,
            xml(&words.text)
        );
    }
}

fn outline(steps: &[Step]) -> String {
    let pair = |(x, y): (f64, f64)| format!("{} {}", short(x), short(y));
    let step = |step: &Step| match *step {
        Step::Move(to) => format!("M{}", pair(to)),
        Step::Line(to) => format!("L{}", pair(to)),
        Step::Curve(a, b, to) => format!("C{} {} {}", pair(a), pair(b), pair(to)),
        Step::Close => "Z".to_owned(),
    };
    steps.iter().map(step).collect()
}
