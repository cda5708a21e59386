//! Arrangement of a figure's parts: the strip at the left of the blocks or above them, in the largest text that fits.

use super::block::Opened;
use super::fold::Fold;
use super::form::Form;
use super::strip::{Detail, Strip};
use super::{Choices, INK, Limits, TEXT, TITLE, legend};
use crate::export::font::Weight;
use crate::export::scene::{Anchor, Scene};
use crate::export::style::Direction;
use crate::message;
use crate::network::Category;
use crate::report::Subject;
use crate::text::Message;

/// Distance of two parts.
const APART: f64 = 22.0;
/// Distance of two rows of blocks.
const ROWS: f64 = 14.0;
/// Margin around everything.
const MARGIN: f64 = 4.0;
/// Difference of two text sizes that are tried, in points.
const SIZES: f64 = 0.1;

/// The parts of a figure in its own units, in which text has the size `TEXT`.
struct Parts<'c> {
    down: Scene,
    right: Scene,
    /// Each block, unless it cannot be folded so.
    blocks: Vec<Option<Scene>>,
    /// Colours and lines of the strip with the first blocks, by their number.
    keys: Vec<Key>,
    choices: &'c Choices,
}

/// Details of the strip and of the blocks that are tried, the most first, and whether the legend has colours: in the last ones, the
/// boxes alone name their kind.
const DETAILS: [(Detail, Form, bool); 7] = [
    (Detail::Full, Form::Full, true),
    (Detail::Full, Form::Narrow, true),
    (Detail::Brief, Form::Full, true),
    (Detail::Brief, Form::Narrow, true),
    (Detail::Brief, Form::Tight, true),
    (Detail::Name, Form::Tight, true),
    (Detail::Name, Form::Tight, false),
];

/// Ways to fold a block that are tried where it does not fit in one column: rows are read as text is.
const FOLDS: [(Direction, usize); 7] = [
    (Direction::Right, 1),
    (Direction::Right, 2),
    (Direction::Right, 3),
    (Direction::Right, 4),
    (Direction::Down, 2),
    (Direction::Down, 3),
    (Direction::Down, 4),
];

/// Forms of the boxes of a folded block.
const FOLDED: [Form; 3] = [Form::Narrow, Form::Tight, Form::Wrapped];

/// Details of the strip and colours of the legend that are tried with folded blocks; the last has no strip.
const BESIDE_FOLDS: [(Option<Detail>, bool); 5] = [
    (Some(Detail::Brief), true),
    (Some(Detail::Name), true),
    (Some(Detail::Name), false),
    (None, true),
    (None, false),
];

/// A figure.
pub(super) struct Arranged {
    pub(super) scene: Scene,
    /// Number of blocks that it opens; the last ones are left out if not all fit.
    pub(super) shown: usize,
    /// Whether it has the strip of stages.
    pub(super) has_strip: bool,
}

impl Arranged {
    const fn new(scene: Scene, shown: usize) -> Self {
        Self {
            scene,
            shown,
            has_strip: true,
        }
    }
}

/// Arranges the figure.
///
/// # Errors
/// Not even one block fits.
pub(super) fn arrange(
    subject: &Subject,
    title: &str,
    opened: &[Opened],
    choices: &Choices,
) -> Result<Arranged, Message> {
    let limits = choices.limits();
    let parts: Vec<Parts> = DETAILS
        .into_iter()
        .map(|(detail, form, colours)| {
            let strip = Strip::of(subject, choices, detail);
            Parts::new(&strip, opened, choices, (form, Fold::NONE), colours)
        })
        .collect();
    for shown in (1..=opened.len()).rev() {
        if let Some(scene) = largest(&parts, title, shown, limits) {
            return Ok(Arranged::new(scene, shown));
        }
    }
    if !opened.is_empty()
        && let Some((scene, has_strip)) = with_fold(subject, title, &opened[..1], choices, limits)
    {
        return Ok(Arranged {
            scene,
            shown: 1,
            has_strip,
        });
    }
    // A block that was asked for is shown, or the figure does not fit. Without a block, a long strip may need the title's room; the
    // caption has the title.
    if choices.block.is_none() {
        for title in [title, ""] {
            if let Some(scene) = largest(&parts, title, 0, limits) {
                return Ok(Arranged::new(scene, 0));
            }
        }
    }
    let smallest = parts.last().map_or(&[][..], |parts| &parts.blocks);
    let widths = smallest
        .iter()
        .flatten()
        .zip(opened)
        .map(|(scene, block)| (scene.size.0, &block.path));
    let (needed, block) = widths
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map_or((0.0, String::new()), |(width, path)| (width, path.clone()));
    let points = |length: f64| format!("{length:.0}");
    Err(message!(
        "figure-does-not-fit",
        width = points(limits.width),
        height = points(limits.height),
        size = points(limits.text.0),
        block = block,
        needed = points((needed + 2.0 * MARGIN) * limits.text.0 / TEXT),
    ))
}

/// The figure with a folded block, and whether it has the strip.
fn with_fold(
    subject: &Subject,
    title: &str,
    opened: &[Opened],
    choices: &Choices,
    limits: Limits,
) -> Option<(Scene, bool)> {
    for (detail, colours) in BESIDE_FOLDS {
        let strip = detail.map_or_else(Strip::none, |detail| Strip::of(subject, choices, detail));
        for form in FOLDED {
            let all: Vec<Parts> = FOLDS
                .into_iter()
                .map(|(direction, parts)| {
                    let fold = Fold { direction, parts };
                    Parts::new(&strip, opened, choices, (form, fold), colours)
                })
                .collect();
            // On a slide of one block alone, the slide's own title is enough; the caption has it too.
            let titles: &[&str] = match detail {
                Some(_) => &[title],
                None => &[title, ""],
            };
            for title in titles {
                if let Some(scene) = largest(&all, title, opened.len(), limits) {
                    return Some((scene, detail.is_some()));
                }
            }
        }
    }
    None
}

/// The figure with the first blocks in the largest text that fits, with the most details first.
fn largest(parts: &[Parts], title: &str, shown: usize, limits: Limits) -> Option<Scene> {
    parts.iter().find_map(|parts| {
        let mut size = limits.text.1;
        while size >= limits.text.0 - 1e-9 {
            let scale = size / TEXT;
            if let Some(scene) = parts.fit(title, shown, limits, scale) {
                return Some(scene.scaled(scale));
            }
            size -= SIZES;
        }
        None
    })
}

/// Colours and lines in use.
struct Key {
    categories: Vec<Category>,
    identity: bool,
    projection: bool,
}

impl Key {
    fn of(strip: &Strip, opened: &[Opened], colours: bool) -> Self {
        let used = |category: &Category| {
            let mut all = strip
                .categories()
                .chain(opened.iter().flat_map(Opened::categories));
            all.any(|other| other == *category)
        };
        let lines = opened
            .iter()
            .map(Opened::shortcuts)
            .chain([strip.shortcuts()]);
        let (identity, projection) =
            lines.fold((false, false), |all, own| (all.0 || own.0, all.1 || own.1));
        let categories = Category::ALL.into_iter().filter(|_| colours);
        Self {
            categories: categories.filter(used).collect(),
            identity,
            projection,
        }
    }
}

impl<'c> Parts<'c> {
    fn new(
        strip: &Strip,
        opened: &[Opened],
        choices: &'c Choices,
        (form, fold): (Form, Fold),
        colours: bool,
    ) -> Self {
        Self {
            down: strip.down(choices),
            right: strip.right(choices),
            blocks: opened
                .iter()
                .map(|block| block.scene(choices, form, fold))
                .collect(),
            keys: (0..=opened.len())
                .map(|shown| Key::of(strip, &opened[..shown], colours))
                .collect(),
            choices,
        }
    }

    /// The figure with the first blocks, if it fits at this scale.
    fn fit(&self, title: &str, shown: usize, limits: Limits, scale: f64) -> Option<Scene> {
        let (width, height) = (limits.width / scale, limits.height / scale);
        let within = width - 2.0 * MARGIN;
        let blocks: Option<Vec<Scene>> = self.blocks[..shown].iter().cloned().collect();
        let blocks = &blocks?[..];
        let body = [
            rows(blocks, within).filter(|_| self.down.marks.is_empty()),
            beside(&self.down, blocks, within),
            above(&self.right, blocks, within),
        ]
        .into_iter()
        .flatten()
        .min_by(|a, b| a.size.1.total_cmp(&b.size.1))?;
        let mut scene = Scene::default();
        let mut y = MARGIN;
        if self.choices.title && !title.is_empty() {
            for line in wrapped(title, within) {
                y += TITLE;
                scene.text((MARGIN, y), line, TITLE, Weight::Bold, Anchor::Start, INK);
            }
            y += 10.0;
        }
        let (wide, high) = body.size;
        scene.put(body, MARGIN + (within - wide) / 2.0, y);
        y += high;
        if self.choices.legend {
            let key = &self.keys[shown];
            let legend = legend(
                &key.categories,
                key.identity,
                key.projection,
                self.choices,
                within,
            );
            y += 10.0;
            let (wide, high) = legend.size;
            if wide > within {
                return None;
            }
            scene.put(legend, MARGIN + (within - wide) / 2.0, y);
            y += high;
        }
        y += MARGIN;
        scene.size = (width, y);
        (y <= height).then_some(scene)
    }
}

/// The strip at the left of the blocks.
fn beside(strip: &Scene, blocks: &[Scene], width: f64) -> Option<Scene> {
    let rest = width - strip.size.0 - APART;
    let blocks = rows(blocks, rest)?;
    let mut scene = Scene::default();
    let height = strip.size.1.max(blocks.size.1);
    scene.size = (strip.size.0 + APART + blocks.size.0, height);
    let x = strip.size.0 + APART;
    let (own, other) = (strip.size.1, blocks.size.1);
    scene.put(strip.clone(), 0.0, (height - own) / 2.0);
    scene.put(blocks, x, (height - other) / 2.0);
    (scene.size.0 <= width).then_some(scene)
}

/// The strip above the blocks.
fn above(strip: &Scene, blocks: &[Scene], width: f64) -> Option<Scene> {
    if strip.size.0 > width {
        return None;
    }
    let blocks = rows(blocks, width)?;
    let mut scene = Scene::default();
    let wide = strip.size.0.max(blocks.size.0);
    scene.size = (wide, strip.size.1 + ROWS + 4.0 + blocks.size.1);
    let (own, other) = (strip.size, blocks.size);
    scene.put(strip.clone(), (wide - own.0) / 2.0, 0.0);
    scene.put(blocks, (wide - other.0) / 2.0, own.1 + ROWS + 4.0);
    Some(scene)
}

/// The blocks in rows of at most `width`; `None` if one is wider.
fn rows(blocks: &[Scene], width: f64) -> Option<Scene> {
    let mut scene = Scene::default();
    let (mut x, mut y, mut high) = (0.0, 0.0, 0.0_f64);
    for block in blocks {
        if block.size.0 > width {
            return None;
        }
        if x > 0.0 && x + block.size.0 > width {
            (x, y, high) = (0.0, y + high + ROWS, 0.0);
        }
        scene.put(block.clone(), x, y);
        high = high.max(block.size.1);
        scene.size = (scene.size.0.max(x + block.size.0), y + high);
        x += block.size.0 + APART;
    }
    Some(scene)
}

/// The title in lines of at most `width`.
fn wrapped(title: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line) if Weight::Bold.width(&format!("{line} {word}")) * TITLE <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
