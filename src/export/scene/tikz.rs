//! A scene as a TikZ picture, which plain `pdflatex` compiles with the package `tikz` alone.

use super::{Anchor, Colour, Pen, Scene, Step, Stroke, Words, components, short};
use crate::export::font::Weight;

/// Size that LaTeX has of its own; other sizes are scaled from it, so none is substituted.
const OWN: f64 = 10.0;

impl Scene {
    /// The picture, to be read by `\input`.
    ///
    /// # Errors
    /// The characters that `pdflatex` would not know.
    pub(in crate::export) fn tikz(&self) -> Result<String, Vec<char>> {
        let mut text = format!(
            "% {}\n% In the preamble: \\usepackage{{tikz}}\n\\begin{{tikzpicture}}[x=1bp,y=-1bp,line join=round]\n\
             \\useasboundingbox (0,0) rectangle ({},{});\n",
            self.title.replace(['\n', '\r'], " "),
            short(self.size.0),
            short(self.size.1)
        );
        let mut picture = Picture::default();
        self.draw(&mut picture);
        for (place, colour) in picture.colours.iter().enumerate() {
            let [red, green, blue] = components(colour);
            let name = plate(place);
            text += &format!("\\definecolor{{{name}}}{{RGB}}{{{red},{green},{blue}}}\n");
        }
        if picture.unknown.is_empty() {
            Ok(text + &picture.body + "\\end{tikzpicture}\n")
        } else {
            Err(picture.unknown)
        }
    }
}

/// Commands of the picture so far, the colours that they name, and the characters that LaTeX would not know.
#[derive(Default)]
struct Picture {
    body: String,
    colours: Vec<Colour>,
    unknown: Vec<char>,
}

/// Name of a colour: letters alone, because one with digits would be read as a share of another colour.
fn plate(place: usize) -> String {
    format!(
        "plate{}",
        char::from(b'A' + u8::try_from(place % 26).unwrap_or(0))
    )
}

impl Picture {
    fn name(&mut self, colour: Colour) -> String {
        let place = self.colours.iter().position(|&known| known == colour);
        plate(place.unwrap_or_else(|| {
            self.colours.push(colour);
            self.colours.len() - 1
        }))
    }
}

impl Pen for Picture {
    fn path(&mut self, steps: &[Step], fill: Option<Colour>, stroke: Option<Stroke>) {
        let mut options: Vec<String> = Vec::new();
        if let Some(fill) = fill {
            options.push(format!("fill={}", self.name(fill)));
        }
        if let Some(stroke) = stroke {
            let (colour, width) = (self.name(stroke.colour), short(stroke.width));
            options.push(format!("draw={colour},line width={width}bp"));
            if let Some(dash) = stroke.dash {
                options.push(format!("dash pattern=on {0}bp off {0}bp", short(dash)));
            }
        }
        self.body += &format!("\\path[{}] {};\n", options.join(","), outline(steps));
    }

    fn words(&mut self, words: &Words) {
        let anchor = match words.anchor {
            Anchor::Middle => "base",
            Anchor::Start => "base west",
        };
        let bold = match words.weight {
            Weight::Bold => "\\bfseries",
            Weight::Regular => "",
        };
        let (colour, text) = (
            self.name(words.colour),
            escaped(&words.text, &mut self.unknown),
        );
        self.body += &format!(
            "\\node[anchor={anchor},inner sep=0pt,outer sep=0pt,scale={},text={colour}] at ({},{}) {{\\fontsize{{{OWN}bp}}{{12bp}}\\selectfont\\sffamily{bold} {text}}};\n",
            short(words.size / OWN),
            short(words.at.0),
            short(words.at.1),
        );
    }
}

fn outline(steps: &[Step]) -> String {
    let pair = |(x, y): (f64, f64)| format!("({},{})", short(x), short(y));
    let step = |step: &Step| match *step {
        Step::Move(to) => pair(to),
        Step::Line(to) => format!(" -- {}", pair(to)),
        Step::Curve(a, b, to) => {
            format!(" .. controls {} and {} .. {}", pair(a), pair(b), pair(to))
        }
        Step::Close => " -- cycle".to_owned(),
    };
    steps.iter().map(step).collect()
}

/// Text for LaTeX; characters that it would not know are added to `unknown`.
pub(in crate::export) fn escaped(text: &str, unknown: &mut Vec<char>) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        let plain = match c {
            '\\' => "\\textbackslash{}",
            '~' => "\\textasciitilde{}",
            '^' => "\\textasciicircum{}",
            '<' => "$<$",
            '>' => "$>$",
            '|' => "$|$",
            '×' => "$\\times$",
            '→' => "$\\rightarrow$",
            '·' => "$\\cdot$",
            '−' => "$-$",
            '±' => "$\\pm$",
            '≈' => "$\\approx$",
            '≤' => "$\\leq$",
            '≥' => "$\\geq$",
            '≠' => "$\\neq$",
            '–' => "--",
            '—' => "---",
            '’' => "'",
            '“' => "``",
            '"' | '”' => "''",
            '…' => "\\ldots{}",
            '²' => "$^2$",
            'γ' => "$\\gamma$",
            'β' => "$\\beta$",
            'μ' | 'µ' => "$\\mu$",
            'σ' => "$\\sigma$",
            'α' => "$\\alpha$",
            'ε' => "$\\varepsilon$",
            '#' | '%' | '&' | '_' | '{' | '}' | '$' => {
                escaped.push('\\');
                escaped.push(c);
                continue;
            }
            ' '..='}' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' => {
                escaped.push(c);
                continue;
            }
            c => {
                if !unknown.contains(&c) {
                    unknown.push(c);
                }
                continue;
            }
        };
        escaped += plain;
    }
    escaped
}
