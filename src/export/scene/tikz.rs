//! A scene as a TikZ picture, which plain `pdflatex` compiles with the package `tikz` alone.

use super::{Anchor, Mark, Scene, Step, Stroke, components, short};
use crate::export::font::Weight;

/// Size that LaTeX has of its own; other sizes are scaled from it, so none is substituted.
const OWN: f64 = 10.0;

impl Scene {
    /// The picture, to be read by `\input`.
    ///
    /// # Errors
    /// The characters that `pdflatex` would not know.
    pub(in crate::export) fn tikz(&self) -> Result<String, Vec<char>> {
        let mut unknown = Vec::new();
        let mut text = format!(
            "% {}\n% In the preamble: \\usepackage{{tikz}}\n\\begin{{tikzpicture}}[x=1bp,y=-1bp,line join=round]\n\
             \\useasboundingbox (0,0) rectangle ({},{});\n",
            self.title.replace(['\n', '\r'], " "),
            short(self.size.0),
            short(self.size.1)
        );
        let mut colours: Vec<&'static str> = Vec::new();
        let mut body = String::new();
        let mut name = |colour: &'static str| {
            let place = colours.iter().position(|&known| known == colour);
            let place = place.unwrap_or_else(|| {
                colours.push(colour);
                colours.len() - 1
            });
            // Letters alone: a name of digits would be read as a share of another colour.
            format!(
                "plate{}",
                char::from(b'A' + u8::try_from(place % 26).unwrap_or(0))
            )
        };
        for mark in &self.marks {
            body += &match mark {
                Mark::Path {
                    steps,
                    fill,
                    stroke,
                } => {
                    let mut options: Vec<String> = fill
                        .iter()
                        .map(|fill| format!("fill={}", name(fill)))
                        .collect();
                    if let Some(Stroke {
                        colour,
                        width,
                        dash,
                    }) = *stroke
                    {
                        options.push(format!(
                            "draw={},line width={}bp",
                            name(colour),
                            short(width)
                        ));
                        if let Some(dash) = dash {
                            options.push(format!("dash pattern=on {0}bp off {0}bp", short(dash)));
                        }
                    }
                    format!("\\path[{}] {};\n", options.join(","), outline(steps))
                }
                Mark::Text {
                    at,
                    text,
                    size,
                    weight,
                    anchor,
                    colour,
                } => {
                    let anchor = match anchor {
                        Anchor::Middle => "base",
                        Anchor::Start => "base west",
                    };
                    let bold = match weight {
                        Weight::Bold => "\\bfseries",
                        Weight::Regular => "",
                    };
                    format!(
                        "\\node[anchor={anchor},inner sep=0pt,outer sep=0pt,scale={},text={}] at ({},{}) {{\\fontsize{{{OWN}bp}}{{12bp}}\\selectfont\\sffamily{bold} {}}};\n",
                        short(size / OWN),
                        name(colour),
                        short(at.0),
                        short(at.1),
                        escaped(text, &mut unknown)
                    )
                }
            };
        }
        for (place, colour) in colours.iter().enumerate() {
            let [red, green, blue] = components(colour);
            let letter = char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
            text += &format!("\\definecolor{{plate{letter}}}{{RGB}}{{{red},{green},{blue}}}\n");
        }
        if unknown.is_empty() {
            Ok(text + &body + "\\end{tikzpicture}\n")
        } else {
            Err(unknown)
        }
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
