//! A block in several parts, one after the other: columns where its layers would be too high, rows where they would be too wide.
//!
//! A part ends on the main path, which a line carries on to the beginning of the next part. Shortcuts and branches that pass the end of a
//! part run outside, on tracks of a channel before all parts.

use super::form::{Form, draw};
use super::{Choices, PATH};
use crate::export::figure::{Item, Link, Panel};
use crate::export::layout::Layout;
use crate::export::place::Drawn;
use crate::export::scene::{Point, Scene};
use crate::export::style::{Direction, Options};
use crate::sorting::Sorting;

/// Distance of two parts without lines between them.
const APART: f64 = 8.0;
/// Room for a line between two parts, or beside one.
const TRACK: f64 = 8.0;
/// Room for an arrow into a part.
const ARROW: f64 = 12.0;
/// Room for the text of the narrowest box.
const NARROWEST: f64 = 36.0;

/// Direction of a block's layers, and number of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fold {
    pub(super) direction: Direction,
    pub(super) parts: usize,
}

impl Fold {
    /// All layers in one column.
    pub(super) const NONE: Self = Self {
        direction: Direction::Down,
        parts: 1,
    };
}

/// A part with the item of the whole that enters it.
struct Part {
    panel: Panel,
    /// Numbers of its items in the whole.
    items: Vec<usize>,
    /// Whether each is next to the main path.
    beside: Vec<bool>,
    entry: Option<usize>,
}

/// A place where a part may end.
#[derive(Debug, Clone)]
struct End {
    rank: usize,
    /// Item of the main path there.
    item: usize,
    /// End of the rank along the flow.
    along: f64,
    /// Number of other maps that are read later.
    passing: usize,
}

/// The parts of a panel; `None` if it has too few places to end a part.
fn parts(panel: &Panel, fold: Fold) -> Option<Vec<Part>> {
    let options = Options {
        direction: fold.direction,
        ..Options::default()
    };
    let whole = Drawn::new(panel, &options);
    let ranks = &whole.layout.ranks;
    let last = whole.ranks[whole.layout.length - 1];
    let chosen = balanced(&ends(panel, &whole), last.0 + last.1, fold.parts)?;
    let count = panel.items.len();
    let mut of: Vec<usize> = (0..count)
        .map(|item| {
            chosen
                .iter()
                .take_while(|end| end.rank < ranks[item])
                .count()
        })
        .collect();
    let entry = |part: usize| part.checked_sub(1).map(|before| chosen[before].item);
    // An item with one reader in a later part is drawn there, next to its reader's path.
    let mut is_beside: Vec<bool> = panel.items.iter().map(Item::on_shortcut).collect();
    for item in (0..count).rev() {
        let readers: Vec<usize> = panel
            .links()
            .filter(|link| link.from == Some(item))
            .map(|link| link.to)
            .collect();
        let is_end = chosen.iter().any(|end| end.item == item);
        if let [reader] = readers[..]
            && !is_end
            && of[reader] > of[item]
            && panel.items[item].inputs.len() == 1
        {
            of[item] = of[reader];
            is_beside[item] = true;
        }
    }
    let part = |number: usize| {
        let items: Vec<usize> = (0..count).filter(|item| of[*item] == number).collect();
        let entry = entry(number);
        let mut own = Panel {
            title: String::new(),
            entry: entry.map_or_else(
                || panel.entry.clone(),
                |entry| Some(panel.items[entry].output.clone()),
            ),
            items: Vec::new(),
            frames: Vec::new(),
        };
        for &item in &items {
            let mut copy = panel.items[item].clone();
            let place = |read: &Option<usize>| {
                if *read == entry && !is_beside[item] {
                    return Some(None);
                }
                let place = items.iter().position(|own| Some(*own) == *read);
                place.map(Some)
            };
            copy.inputs = copy.inputs.iter().filter_map(place).collect();
            own.items.push(copy);
        }
        Part {
            panel: own,
            beside: items.iter().map(|item| is_beside[*item]).collect(),
            items,
            entry,
        }
    };
    Some((0..fold.parts).map(part).collect())
}

/// Places where a part may end: the main path goes on there, in its own lane.
fn ends(panel: &Panel, whole: &Drawn) -> Vec<End> {
    let layout = &whole.layout;
    let rank = |from: Option<usize>| from.map_or(0, |from| layout.ranks[from]);
    let end = |at: usize| {
        let item = (0..panel.items.len()).find(|&item| {
            layout.ranks[item] == at && layout.lanes[item] == 0 && !panel.items[item].on_shortcut()
        })?;
        let goes_on = |link: &Link| {
            link.from == Some(item) && !link.shortcut && layout.ranks[link.to] == at + 1
        };
        panel.links().find(goes_on)?;
        let mut passing: Vec<Option<usize>> = panel
            .links()
            .filter(|link| rank(link.from) <= at && layout.ranks[link.to] > at)
            .map(|link| link.from)
            .filter(|from| *from != Some(item))
            .collect();
        passing.dedup();
        Some(End {
            rank: at,
            item,
            along: whole.ranks[at].0 + whole.ranks[at].1,
            passing: passing.len(),
        })
    };
    (1..layout.length.saturating_sub(1))
        .filter_map(end)
        .collect()
}

/// The places to take for so many parts: the longest is short, and few lines pass.
fn balanced(places: &[End], length: f64, parts: usize) -> Option<Vec<End>> {
    /// Longest part, lines that pass, and the places.
    type Best = (f64, usize, Vec<End>);
    fn best(places: &[End], begin: f64, parts: usize, length: f64) -> Option<Best> {
        if parts == 1 {
            return Some((length - begin, 0, Vec::new()));
        }
        let all = (0..places.len()).filter_map(|at| {
            let end = &places[at];
            let (rest, passing, mut chosen) =
                best(&places[at + 1..], end.along, parts - 1, length)?;
            chosen.insert(0, end.clone());
            let longest = rest.max(end.along - begin);
            Some((longest, passing + end.passing, chosen))
        });
        let cost = |best: &Best| best.0 + TRACK * best.1 as f64;
        all.min_by(|one, other| cost(one).total_cmp(&cost(other)))
    }
    Some(best(places, 0.0, parts, length)?.2)
}

/// An edge from one part to another that is not its beginning.
struct Passing {
    link: Link,
    /// Part and item that it leaves; the input of the whole if there is none.
    from: Option<(usize, usize)>,
    to: (usize, usize),
    /// Track of the channel; edges of one map share theirs.
    track: usize,
}

impl Passing {
    /// Part that it leaves.
    fn begins(&self) -> usize {
        self.from.map_or(0, |from| from.0)
    }
}

/// All of them, the outermost first.
fn passing(panel: &Panel, parts: &[Part]) -> Vec<Passing> {
    let place = |item: usize| {
        let within = |part: &Part| part.items.iter().position(|own| *own == item);
        parts
            .iter()
            .enumerate()
            .find_map(|(number, part)| Some((number, within(part)?)))
    };
    let edge = |link: Link| {
        let to = place(link.to)?;
        let from = link.from.and_then(place);
        let begins = from.map_or(0, |from| from.0);
        let part = &parts[to.0];
        let is_beginning = link.from == part.entry && !part.beside[to.1];
        (begins != to.0 && !is_beginning).then_some(Passing {
            link,
            from,
            to,
            track: 0,
        })
    };
    let mut all: Vec<Passing> = panel.links().filter_map(edge).collect();
    let farthest = |all: &[Passing], from: Option<usize>| {
        let own = all.iter().filter(|edge| edge.link.from == from);
        own.map(|edge| edge.to.0).max().unwrap_or(0)
    };
    let reach: Vec<usize> = all
        .iter()
        .map(|edge| farthest(&all, edge.link.from))
        .collect();
    let mut sources: Vec<(usize, std::cmp::Reverse<usize>, Option<usize>)> = all
        .iter()
        .zip(&reach)
        .map(|(edge, reach)| (edge.begins(), std::cmp::Reverse(*reach), edge.link.from))
        .collect();
    sources.order_by(Ord::cmp);
    sources.dedup();
    for edge in &mut all {
        let own = sources.iter().position(|source| source.2 == edge.link.from);
        edge.track = own.unwrap_or(0);
    }
    all
}

/// The drawing of a panel in parts; `None` if it has too few places to end one.
pub(super) fn folded(panel: &Panel, form: Form, fold: Fold, choices: &Choices) -> Option<Scene> {
    let parts = parts(panel, fold)?;
    let options = Options {
        direction: fold.direction,
        ..Options::default()
    };
    let drawn: Vec<Drawn> = parts
        .iter()
        .map(|part| {
            let layout = Layout::with(&part.panel, &part.beside);
            Drawn::with(&part.panel, &options, layout, NARROWEST)
        })
        .collect();
    let sheet = Sheet::new(&drawn, passing(panel, &parts));
    let orient = |points: &[Point]| -> Vec<Point> {
        points
            .iter()
            .map(|&(along, across)| drawn[0].oriented(along, across))
            .collect()
    };
    let mut scene = Scene::default();
    for edge in &sheet.passing {
        let stroke = if edge.link.shortcut {
            choices.shortcut(edge.link.identity)
        } else {
            PATH
        };
        scene.arrow(&orient(&sheet.course(edge)), 6.0, stroke);
    }
    for (number, pair) in parts.windows(2).enumerate() {
        let entry = pair[1].entry?;
        let from = pair[0].items.iter().position(|own| *own == entry)?;
        scene.arrow(&orient(&sheet.joint(number, from)), 6.0, PATH);
    }
    for (number, own) in drawn.iter().enumerate() {
        let mut body = Scene::default();
        draw(&mut body, own, form, choices);
        let (x, y) = own.oriented(sheet.channel, sheet.shifts[number]);
        scene.put(body, x, y);
    }
    Some(scene)
}

/// Positions of the parts, along and across the flow.
struct Sheet<'d, 'p> {
    drawn: &'d [Drawn<'p>],
    passing: Vec<Passing>,
    /// Distance of each part from the first, across the flow.
    shifts: Vec<f64>,
    /// Beginning of the room after each part.
    outside: Vec<f64>,
    /// Length of the channel before the parts.
    channel: f64,
}

impl<'d, 'p> Sheet<'d, 'p> {
    fn new(drawn: &'d [Drawn<'p>], passing: Vec<Passing>) -> Self {
        let tracks = passing.iter().map(|edge| edge.track + 1).max().unwrap_or(0);
        let mut sheet = Self {
            drawn,
            passing,
            shifts: Vec::new(),
            outside: Vec::new(),
            channel: TRACK * tracks as f64 + ARROW,
        };
        let mut at = 0.0;
        for (number, own) in drawn.iter().enumerate() {
            sheet.shifts.push(at);
            // A lane without boxes ends where its line is.
            let holds = |lane: usize| {
                let items = own.layout.lanes.iter().enumerate();
                let mut boxes = items.filter(|(item, _)| own.panel.items[*item].sign.is_none());
                boxes.any(|(_, own)| *own == lane)
            };
            let end = (0..own.lanes.len()).map(|lane| {
                let (start, extent) = own.lanes[lane];
                if holds(lane) || lane == 0 {
                    start + extent
                } else {
                    own.lane(lane)
                }
            });
            let end = at + end.fold(0.0, f64::max);
            sheet.outside.push(end);
            let slots = sheet.slots(number).len() + usize::from(number + 1 < drawn.len());
            at = end + TRACK * slots as f64 + APART;
        }
        sheet
    }

    /// Tracks whose edges run beside a part, the nearest first: those that leave it, and then those that enter it, so as few as
    /// possible cross.
    fn slots(&self, part: usize) -> Vec<usize> {
        let tracks = |is_own: &dyn Fn(&Passing) -> bool| {
            let own = self.passing.iter().filter(|edge| is_own(edge));
            let mut tracks: Vec<usize> = own.map(|edge| edge.track).collect();
            tracks.order_by(Ord::cmp);
            tracks.dedup();
            tracks
        };
        let mut all = tracks(&|edge| edge.from.is_some() && edge.begins() == part);
        let enters = tracks(&|edge| edge.to.0 == part && !self.is_open(edge));
        all.extend(enters.into_iter().rev());
        all
    }

    /// Place beside a part for a track, across the flow.
    fn slot(&self, part: usize, track: usize) -> f64 {
        let slots = self.slots(part);
        let at = slots.iter().position(|own| *own == track).unwrap_or(0);
        self.outside[part] + TRACK * (at + 1) as f64
    }

    /// Whether the end of an edge is reached straight from the channel.
    fn is_open(&self, edge: &Passing) -> bool {
        let (part, item) = edge.to;
        let layout = &self.drawn[part].layout;
        let (rank, lane) = (layout.ranks[item], layout.lanes[item]);
        lane > 0 && (0..rank).all(|rank| layout.is_clear(rank, lane - 1, lane + 1))
    }

    /// Centre of an item.
    fn middle(&self, (part, item): (usize, usize)) -> Point {
        let (along, across) = self.drawn[part].middle(item);
        (along + self.channel, across + self.shifts[part])
    }

    /// End of a rank along the flow: boxes of other lanes may be longer than an item.
    fn after(&self, part: usize, rank: usize) -> f64 {
        let (start, extent) = self.drawn[part].ranks[rank];
        self.channel + start + extent
    }

    /// Line from the end of a part to the beginning of the next.
    fn joint(&self, part: usize, from: usize) -> Vec<Point> {
        let next = &self.drawn[part + 1];
        let (along, across) = self.middle((part, from));
        let end = along + self.drawn[part].half(from).0;
        let after = self.after(part, self.drawn[part].layout.ranks[from]) + TRACK;
        let beside = self.outside[part] + TRACK * (self.slots(part).len() + 1) as f64;
        let before = self.channel + next.ranks[0].0 - ARROW;
        let into = next.lane(0) + self.shifts[part + 1];
        vec![
            (end, across),
            (after, across),
            (after, beside),
            (before, beside),
            (before, into),
            (self.channel + next.ranks[0].0, into),
        ]
    }

    /// Line of an edge that passes ends of parts.
    fn course(&self, edge: &Passing) -> Vec<Point> {
        let over = TRACK * edge.track as f64;
        let mut points: Vec<Point> = Vec::new();
        if let Some((part, item)) = edge.from {
            let drawn = &self.drawn[part];
            let (along, across) = self.middle((part, item));
            let (half, side) = drawn.half(item);
            let (rank, lane) = (drawn.layout.ranks[item], drawn.layout.lanes[item]);
            let beside = self.slot(part, edge.track);
            if drawn.layout.is_clear(rank, lane, drawn.layout.width) {
                points.push((along, across + side));
                points.push((along, beside));
            } else {
                let after = self.after(part, rank) + TRACK / 2.0;
                points.push((along + half, across));
                points.push((after, across));
                points.push((after, beside));
            }
            points.push((over, beside));
        } else {
            let across = self.drawn[0].lane(0) + self.shifts[0];
            points.push((self.channel + self.drawn[0].ranks[0].0, across));
            points.push((over, across));
        }
        let (part, item) = edge.to;
        let drawn = &self.drawn[part];
        let (along, across) = self.middle(edge.to);
        let (half, side) = drawn.half(item);
        let (rank, lane) = (drawn.layout.ranks[item], drawn.layout.lanes[item]);
        if self.is_open(edge) {
            points.push((over, across));
            points.push((along - half, across));
            return points;
        }
        let beside = self.slot(part, edge.track);
        points.push((over, beside));
        let is_sign = drawn.panel.items[item].sign.is_some();
        if is_sign && drawn.layout.is_clear(rank, lane, drawn.layout.width) {
            points.push((along, beside));
            points.push((along, across + side));
        } else {
            let before = self.channel + drawn.ranks[rank].0 - 7.0;
            points.push((before, beside));
            points.push((before, across));
            points.push((along - half, across));
        }
        points
    }
}
