//! Figures for a paper, a slide or a README: the strip of stages, one block of each kind opened beside it, in the width of
//! the venue with text that can be read there.

mod arrange;
mod block;
mod caption;
mod fold;
mod form;
mod strip;

use super::font::Weight;
use super::scene::{Anchor, Colour, Scene, Stroke};
use super::style::light;
use crate::network::Category;
use crate::report::Subject;
use crate::text::{Language, Message};

/// Text size within a figure before it is scaled.
const TEXT: f64 = 11.0;
/// Text size of the title before it is scaled.
const TITLE: f64 = 14.0;
/// Colour of texts.
const INK: Colour = "#1c1f23";
/// Colour of lines of the main path, and of borders.
const LINE: Colour = "#555b66";
/// Colour of shortcuts.
const SHORTCUT: Colour = "#c0392b";

/// Place where a figure is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Venue {
    /// The text of a NeurIPS paper: 5.5 inches.
    NeuripsColumn,
    /// Both columns of a CVPR paper: 6.875 inches.
    CvprWide,
    /// One column of an IEEE paper: 3.5 inches less the margin.
    IeeeColumn,
    /// A slide of 13.33 by 7.5 inches.
    Slide16x9,
    /// The page of a repository: 830 pixels.
    Readme,
}

/// Limits of a figure, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Limits {
    width: f64,
    height: f64,
    /// Smallest and largest size of its text.
    text: (f64, f64),
}

impl Venue {
    /// All venues.
    pub const ALL: [Self; 5] = [
        Self::NeuripsColumn,
        Self::CvprWide,
        Self::IeeeColumn,
        Self::Slide16x9,
        Self::Readme,
    ];

    /// Name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NeuripsColumn => "neurips-column",
            Self::CvprWide => "cvpr-wide",
            Self::IeeeColumn => "ieee-column",
            Self::Slide16x9 => "slide-16x9",
            Self::Readme => "readme",
        }
    }

    const fn limits(self) -> Limits {
        let (width, height, text) = match self {
            Self::NeuripsColumn => (396.0, 600.0, (7.0, 8.0)),
            Self::CvprWide => (495.0, 620.0, (7.0, 8.0)),
            Self::IeeeColumn => (251.0, 620.0, (7.0, 8.0)),
            Self::Slide16x9 => (960.0, 540.0, (18.0, 22.0)),
            Self::Readme => (622.5, 1200.0, (9.0, 10.5)),
        };
        Limits {
            width,
            height,
            text,
        }
    }
}

/// Choices of a figure.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part that a reader may leave out"
)]
pub struct Choices {
    /// Place where it is to be shown.
    pub venue: Venue,
    /// Width in points, in place of the venue's.
    pub width: Option<f64>,
    /// Size of its text in points, in place of the largest that fits.
    pub font_size: Option<f64>,
    /// Path of the one block to open.
    pub block: Option<String>,
    /// Whether it has a title.
    pub title: bool,
    /// Whether it has a legend.
    pub legend: bool,
    /// Whether it shows the preprocessing.
    pub preprocess: bool,
    /// Whether lines are as in He et al.: solid for an identity shortcut, dashed for one with layers.
    pub he_lines: bool,
    /// Language of its words.
    pub language: Language,
}

impl Choices {
    /// Usual choices for a venue.
    pub const fn of(venue: Venue) -> Self {
        Self {
            venue,
            width: None,
            font_size: None,
            block: None,
            title: true,
            legend: true,
            preprocess: true,
            he_lines: false,
            language: Language::ENGLISH,
        }
    }

    fn limits(&self) -> Limits {
        let mut limits = self.venue.limits();
        if let Some(width) = self.width {
            limits.width = width;
        }
        if let Some(size) = self.font_size {
            limits.text = (size, size);
        }
        limits
    }

    /// Line of a shortcut.
    const fn shortcut(&self, is_identity: bool) -> Stroke {
        Stroke {
            colour: SHORTCUT,
            width: 1.5,
            dash: if is_identity == self.he_lines {
                None
            } else {
                Some(4.0)
            },
        }
    }
}

/// Line of the main path.
const PATH: Stroke = Stroke {
    colour: LINE,
    width: 1.2,
    dash: None,
};
/// Border of a box.
const BORDER: Stroke = Stroke {
    colour: LINE,
    width: 0.8,
    dash: None,
};

/// Border of something broken.
const FAULT: Stroke = Stroke {
    colour: SHORTCUT,
    width: 3.0,
    dash: None,
};

const fn border(is_broken: bool) -> Stroke {
    if is_broken { FAULT } else { BORDER }
}

/// A figure with its caption.
#[derive(Debug, Clone)]
pub struct Figure {
    scene: Scene,
    /// Caption: numbers and their rule, meaning of the lines, citation.
    pub caption: String,
}

impl Figure {
    /// Width and height in points.
    pub const fn size(&self) -> (f64, f64) {
        self.scene.size
    }

    /// Size of its smallest text in points.
    pub fn smallest_text(&self) -> f64 {
        self.scene.smallest()
    }

    /// The figure as SVG.
    pub fn svg(&self) -> String {
        self.scene.svg()
    }

    /// The figure as PDF.
    ///
    /// # Errors
    /// It has characters that the shipped font lacks.
    pub fn pdf(&self) -> Result<Vec<u8>, Message> {
        self.encodable()?;
        Ok(self.scene.pdf())
    }

    /// The figure as PNG, `scale` times as large as a browser shows it.
    ///
    /// # Errors
    /// It has characters that the shipped font lacks, or is too large.
    pub fn png(&self, scale: f64) -> Result<Vec<u8>, Message> {
        self.encodable()?;
        self.scene.png(scale)
    }

    /// The figure as a TikZ picture, with its caption as comments.
    ///
    /// # Errors
    /// It has characters that `pdflatex` does not know.
    pub fn tikz(&self) -> Result<String, Message> {
        let picture = self
            .scene
            .tikz()
            .map_err(|unknown| lacks("figure-tikz-lacks", &unknown))?;
        let mut caption = String::new();
        for line in self.caption.lines() {
            caption += &format!(
                "% {line}
"
            );
        }
        Ok(caption + &picture)
    }

    fn encodable(&self) -> Result<(), Message> {
        let lacking = self.scene.lacking();
        if lacking.is_empty() {
            Ok(())
        } else {
            Err(lacks("figure-font-lacks", &lacking))
        }
    }
}

fn lacks(id: &'static str, characters: &[char]) -> Message {
    Message::new(id).with("characters", characters.iter().collect::<String>())
}

/// Figure of a network.
///
/// # Errors
/// There is no such block, or the figure does not fit.
pub fn figure(subject: &Subject, choices: &Choices) -> Result<Figure, Message> {
    let opened = block::opened(subject, choices)?;
    let title = subject.model.title().of(choices.language).to_owned();
    let mut made = arrange::arrange(subject, &title, &opened, choices)?;
    made.scene.title = title;
    let caption = caption::caption(subject, &opened, &made, choices);
    Ok(Figure {
        scene: made.scene,
        caption,
    })
}

/// Adds a box with lines of text in its middle, the first bold if there are several and it is a name.
fn boxed(
    scene: &mut Scene,
    area: [f64; 4],
    lines: &[String],
    category: Category,
    [is_broken, has_name]: [bool; 2],
) {
    scene.rect(area, 4.0, light(category), border(is_broken));
    let [x, y, width, height] = area;
    let top = y + height / 2.0 - (lines.len() as f64 - 1.0) * LEADING / 2.0 + TEXT * 0.36;
    for (index, line) in lines.iter().enumerate() {
        let weight = if index == 0 && lines.len() > 1 && has_name {
            Weight::Bold
        } else {
            Weight::Regular
        };
        let at = (x + width / 2.0, top + index as f64 * LEADING);
        scene.text(at, line.as_str(), TEXT, weight, Anchor::Middle, INK);
    }
}

/// Distance of two lines of text.
const LEADING: f64 = 13.5;

/// Width of the widest line, as if all were bold.
fn widest<'t>(lines: impl IntoIterator<Item = &'t String>) -> f64 {
    let widths = lines
        .into_iter()
        .map(|line| Weight::Bold.width(line) * TEXT);
    widths.fold(0.0, f64::max)
}

/// Legend of the colours and lines in use, in rows of at most `width`.
fn legend(
    categories: &[Category],
    identity: bool,
    projection: bool,
    choices: &Choices,
    width: f64,
) -> Scene {
    const ROW: f64 = 17.0;
    const APART: f64 = 11.0;
    let language = choices.language;
    let mut scene = Scene::default();
    let (mut x, mut y) = (0.0, 0.0);
    let mut entry = |scene: &mut Scene, label: String, draw: &dyn Fn(&mut Scene, f64, f64)| {
        let wide = Weight::Regular.width(&label) * TEXT + 34.0;
        if x > 0.0 && x + wide - APART > width {
            (x, y) = (0.0, y + ROW);
        }
        draw(scene, x, y);
        scene.text(
            (x + 23.0, y + 12.0),
            label,
            TEXT,
            Weight::Regular,
            Anchor::Start,
            INK,
        );
        x += wide;
        scene.size.0 = scene.size.0.max(x - APART);
        scene.size.1 = y + ROW;
    };
    for &category in categories {
        entry(
            &mut scene,
            language.say(&category.word()),
            &|scene, x, y| {
                scene.rect([x, y + 3.0, 18.0, 11.0], 3.0, light(category), BORDER);
            },
        );
    }
    let mut line = |id: &'static str, is_identity: bool| {
        entry(
            &mut scene,
            language.say(&Message::new(id)),
            &|scene, x, y| {
                scene.arrow(
                    &[(x, y + 8.5), (x + 20.0, y + 8.5)],
                    0.0,
                    choices.shortcut(is_identity),
                );
            },
        );
    };
    if identity {
        line("figure-identity-shortcut", true);
    }
    if projection {
        line("figure-shortcut-with-layers", false);
    }
    scene
}
