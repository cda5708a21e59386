//! The strip of stages: a card per stage, as a stack if it has several blocks, with its shortcuts arched at its side.

use super::block::{fused, range};
use super::{BORDER, Choices, INK, LEADING, PATH, TEXT, boxed, widest};
use crate::analysis::downsample::{Shortcut, block_shortcut};
use crate::export::fault::of_row;
use crate::export::figure;
use crate::export::font::Weight;
use crate::export::scene::{Anchor, Scene};
use crate::export::style::{Options, light};
use crate::network::{Category, Stage};
use crate::report::network::rows::{self, Branch, RowKind};
use crate::report::{Column, Subject};

/// Offset between the cards of a stack.
const CARD: f64 = 3.0;
/// Most cards that a stack shows.
const CARDS: usize = 4;
/// Room for a shortcut beside a card.
const ARCH: f64 = 18.0;
/// Height of a part of a card below which arches are nested, and the distance of an arch from the one around it.
const LOW: f64 = 16.0;
const INSIDE: f64 = 6.0;
/// Most layers that a card of the stem or the head names.
const NAMED: usize = 4;

/// Amount of text on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Name in code and in the paper, block or layers, output shape.
    Full,
    /// Name in code and output shape.
    Brief,
    /// Name in code.
    Name,
}

impl Detail {
    /// Distance of two cards, which an arrow joins.
    const fn gap(self) -> f64 {
        match self {
            Self::Full | Self::Brief => 17.0,
            Self::Name => 10.0,
        }
    }
}

/// A card.
struct Card {
    lines: Vec<String>,
    category: Category,
    blocks: usize,
    is_broken: bool,
    /// Whether the shortcuts at its side are identities: one for each kind in use, the first block's first.
    shortcuts: Vec<bool>,
}

/// All cards.
pub(super) struct Strip {
    cards: Vec<Card>,
    gap: f64,
}

impl Strip {
    pub(super) fn of(subject: &Subject, choices: &Choices, detail: Detail) -> Self {
        let tree = rows::tree(&subject.model.network);
        let stages = tree.iter().filter(|stage| {
            choices.preprocess || stage.row.kind != RowKind::Stage(Stage::Preprocess)
        });
        Self {
            cards: stages
                .map(|stage| card(subject, choices, stage, detail))
                .collect(),
            gap: detail.gap(),
        }
    }

    /// No card: the figure has the blocks alone.
    pub(super) const fn none() -> Self {
        Self {
            cards: Vec::new(),
            gap: 0.0,
        }
    }

    pub(super) fn categories(&self) -> impl Iterator<Item = Category> {
        self.cards.iter().map(|card| card.category)
    }

    /// Whether a shortcut without layers is drawn, and whether one with layers is.
    pub(super) fn shortcuts(&self) -> (bool, bool) {
        let has = |identity| {
            self.cards
                .iter()
                .any(|card| card.shortcuts.contains(&identity))
        };
        (has(true), has(false))
    }

    /// The cards one below the other.
    pub(super) fn down(&self, choices: &Choices) -> Scene {
        let width = self
            .cards
            .iter()
            .map(|card| card.size().0)
            .fold(0.0, f64::max);
        let mut scene = Scene::default();
        let mut y = 0.0;
        for (index, card) in self.cards.iter().enumerate() {
            let height = card.size().1;
            let stack = card.stack();
            if index > 0 {
                let middle = width / 2.0;
                scene.arrow(&[(middle, y), (middle, y + self.gap)], 0.0, PATH);
                y += self.gap + stack;
            }
            card.draw(&mut scene, [0.0, y, width, height]);
            let arches = card.shortcuts.len() as f64;
            for (number, &identity) in card.shortcuts.iter().enumerate() {
                let part = height / arches;
                let mut stroke = choices.shortcut(identity);
                // On a low card two arches are one in the other, or each would be as flat as a line.
                let (from, to, out) = if part < LOW {
                    let inset = number as f64 * INSIDE;
                    stroke.dash = stroke.dash.map(|dash| dash / 2.0);
                    let (top, bottom) = (y + 2.0 + inset, y + height - 2.0 - inset);
                    (top, bottom, ARCH - 4.0 - inset)
                } else {
                    let from = y + part * number as f64;
                    (from + 3.0, from + part - 4.0, ARCH - 4.0)
                };
                let beside = width + stack;
                let points = [
                    (beside, from),
                    (beside + out, from),
                    (beside + out, to),
                    (width, to),
                ];
                scene.arrow(&points, 10.0_f64.min(out / 2.0), stroke);
            }
            y += height;
        }
        if !self.cards.is_empty() {
            scene.size = (width + CARD * CARDS as f64 + ARCH, y);
        }
        scene
    }

    /// The cards one after the other.
    pub(super) fn right(&self, choices: &Choices) -> Scene {
        let height = self
            .cards
            .iter()
            .map(|card| card.size().1)
            .fold(0.0, f64::max);
        let top = ARCH + CARD * CARDS as f64;
        let mut scene = Scene::default();
        let mut x = 0.0;
        for (index, card) in self.cards.iter().enumerate() {
            let width = card.size().0;
            if index > 0 {
                let middle = top + height / 2.0;
                scene.arrow(&[(x, middle), (x + self.gap, middle)], 0.0, PATH);
                x += self.gap;
            }
            card.draw(&mut scene, [x, top, width, height]);
            let arches = card.shortcuts.len() as f64;
            for (number, &identity) in card.shortcuts.iter().enumerate() {
                let part = width / arches;
                let (from, to) = (
                    x + part * number as f64 + 6.0,
                    x + part * (number + 1) as f64 - 6.0,
                );
                let over = top - card.stack();
                let points = [
                    (from, over),
                    (from, over - ARCH + 4.0),
                    (to, over - ARCH + 4.0),
                    (to, over),
                ];
                scene.arrow(&points, 10.0, choices.shortcut(identity));
            }
            x += width + card.stack();
        }
        if !self.cards.is_empty() {
            scene.size = (x, top + height);
        }
        scene
    }
}

impl Card {
    fn size(&self) -> (f64, f64) {
        let count = if self.blocks > 1 {
            Weight::Bold.width(&self.count()) * TEXT + 8.0
        } else {
            0.0
        };
        let first = self
            .lines
            .first()
            .map_or(0.0, |line| Weight::Bold.width(line) * TEXT);
        (
            widest(&self.lines).max(first + 2.0 * count) + 14.0,
            self.lines.len() as f64 * LEADING + 9.0,
        )
    }

    fn count(&self) -> String {
        format!("×{}", self.blocks)
    }

    /// Height and width of the cards after the first.
    fn stack(&self) -> f64 {
        self.blocks.clamp(1, CARDS).saturating_sub(1) as f64 * CARD
    }

    fn draw(&self, scene: &mut Scene, [x, y, width, height]: [f64; 4]) {
        for card in (1..self.blocks.clamp(1, CARDS)).rev() {
            let by = card as f64 * CARD;
            scene.rect(
                [x + by, y - by, width, height],
                4.0,
                light(self.category),
                BORDER,
            );
        }
        boxed(
            scene,
            [x, y, width, height],
            &self.lines,
            self.category,
            [self.is_broken, true],
        );
        if self.blocks > 1 {
            let count = self.count();
            let left = x + width - Weight::Bold.width(&count) * TEXT - 5.0;
            scene.text(
                (left, y + TEXT + 1.5),
                count,
                TEXT,
                Weight::Bold,
                Anchor::Start,
                INK,
            );
        }
    }
}

fn card(subject: &Subject, choices: &Choices, stage: &Branch, detail: Detail) -> Card {
    let network = &subject.model.network;
    let kind = figure::stage_of(stage);
    let language = choices.language;
    let mut lines = vec![match detail {
        Detail::Full => figure::title(subject, kind),
        Detail::Brief | Detail::Name => subject.stage_name(kind),
    }];
    let blocks: Vec<&Branch> = stage
        .children
        .iter()
        .filter(|child| !child.children.is_empty())
        .collect();
    if detail != Detail::Full {
    } else if let Stage::Body(_) = kind {
        lines.push(subject.cell(&stage.row, Column::Op).text(language));
    } else {
        let options = Options {
            language,
            ..Options::default()
        };
        let panel = fused(&figure::piece(
            subject,
            &options,
            range(stage.row.layers(network)),
        ));
        let names = panel
            .items
            .iter()
            .filter_map(|item| item.lines.first().cloned());
        lines.extend(names.take(NAMED));
    }
    lines.retain(|line| !line.is_empty());
    if detail != Detail::Name {
        let output = subject.cell(&stage.row, Column::Output).text(language);
        lines.push(format!("→ {output}"));
    }
    let mut shortcuts: Vec<bool> = Vec::new();
    for block in &blocks {
        if let Some(shortcut) = block_shortcut(network, block.row.layers(network)) {
            let identity = shortcut == Shortcut::Identity;
            if !shortcuts.contains(&identity) {
                shortcuts.push(identity);
            }
        }
    }
    Card {
        lines,
        category: figure::category(network, &stage.row),
        blocks: blocks.len(),
        is_broken: of_row(subject, &stage.row, language).is_some(),
        shortcuts,
    }
}
