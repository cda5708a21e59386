//! A scene as SVG with presentation attributes alone, which ImageMagick, Word and Inkscape read: no style sheet, no marker.

use super::{Anchor, Mark, Scene, Step, short};
use crate::export::font::Weight;
use crate::export::style::xml;

impl Scene {
    /// The SVG file.
    pub(in crate::export) fn svg(&self) -> String {
        let (width, height) = (short(self.size.0), short(self.size.1));
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
             <title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
            xml(&self.title)
        );
        for mark in &self.marks {
            text += &match mark {
                Mark::Path {
                    steps,
                    fill,
                    stroke,
                } => {
                    let mut path = format!(
                        "<path d=\"{}\" fill=\"{}\"",
                        outline(steps),
                        fill.unwrap_or("none")
                    );
                    if let Some(stroke) = stroke {
                        path += &format!(
                            " stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"",
                            stroke.colour,
                            short(stroke.width)
                        );
                        if let Some(dash) = stroke.dash {
                            path += &format!(" stroke-dasharray=\"{0} {0}\"", short(dash));
                        }
                    }
                    path + "/>\n"
                }
                Mark::Text {
                    at,
                    text,
                    size,
                    weight,
                    anchor,
                    colour,
                } => {
                    let weight = match weight {
                        Weight::Bold => " font-weight=\"bold\"",
                        Weight::Regular => "",
                    };
                    let anchor = match anchor {
                        Anchor::Middle => " text-anchor=\"middle\"",
                        Anchor::Start => "",
                    };
                    format!(
                        "<text x=\"{}\" y=\"{}\" font-family=\"Helvetica, Arial, Liberation Sans, sans-serif\" font-size=\"{}\"{weight}{anchor} fill=\"{colour}\">{}</text>\n",
                        short(at.0),
                        short(at.1),
                        short(*size),
                        xml(text)
                    )
                }
            };
        }
        text + "</svg>\n"
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
