//! Catalogue as points: published accuracy against a cost, and round numbers for the axes.

use crate::report::catalogue::entry::Entry;
use crate::sorting::Sorting;
use crate::text::Message;

/// Cost on the horizontal axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Axis {
    /// Multiply-adds for one image.
    #[default]
    Macs,
    /// Learned parameters.
    Params,
}

impl Axis {
    /// The other cost.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Macs => Self::Params,
            Self::Params => Self::Macs,
        }
    }

    /// Name for people.
    pub const fn word(self) -> Message {
        Message::new(match self {
            Self::Macs => "column-macs",
            Self::Params => "column-parameters",
        })
    }

    /// Name in files.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Macs => "MACs",
            Self::Params => "parameters",
        }
    }

    /// Axis with this title.
    pub fn parse(title: &str) -> Option<Self> {
        [Self::Macs, Self::Params]
            .into_iter()
            .find(|axis| axis.title() == title)
    }

    /// Cost of a network; `None` before it is counted.
    pub fn cost(self, entry: &Entry) -> Option<u128> {
        let figures = entry.figures.as_ref()?;
        Some(match self {
            Self::Macs => figures.macs,
            Self::Params => figures.params,
        })
    }
}

/// Network with its coordinates.
#[derive(Debug, Clone, Copy)]
pub struct Point<'e> {
    /// Network.
    pub entry: &'e Entry,
    /// Base-10 logarithm of its cost.
    pub x: f64,
    /// Published top-1 accuracy in percent.
    pub y: f64,
}

/// Points of the networks with a published accuracy, the cheapest first.
pub fn points<'e>(entries: impl IntoIterator<Item = &'e Entry>, axis: Axis) -> Vec<Point<'e>> {
    let mut points: Vec<_> = entries
        .into_iter()
        .filter_map(|entry| {
            Some(Point {
                entry,
                x: (axis.cost(entry)?.max(1) as f64).log10(),
                y: entry.accuracy.as_ref()?.top1,
            })
        })
        .collect();
    points.order_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points
}

/// Numbers of the points that no cheaper point equals in accuracy.
pub fn best(points: &[Point<'_>]) -> Vec<usize> {
    let mut best: Vec<usize> = Vec::new();
    for (number, point) in points.iter().enumerate() {
        let above = best.last().map_or(f64::MIN, |&last| points[last].y);
        if point.y > above {
            // Of two with the same cost, the later one is more accurate.
            if best.last().is_some_and(|&last| points[last].x >= point.x) {
                best.pop();
            }
            best.push(number);
        }
    }
    best
}

/// Ranges of the axes around some points: cost as a logarithm, accuracy in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Range of the horizontal axis.
    pub x: [f64; 2],
    /// Range of the vertical axis.
    pub y: [f64; 2],
}

/// Height of an accuracy: its error on a logarithmic scale, so that the last percentage points remain apart.
fn height(percent: f64) -> f64 {
    -(100.0 - percent).max(0.1).ln()
}

impl Bounds {
    /// The ranges of these points with some margin.
    pub fn around(points: &[Point<'_>]) -> Self {
        let ends = |values: &mut dyn Iterator<Item = f64>| {
            values.fold([f64::MAX, f64::MIN], |[least, most], value| {
                [least.min(value), most.max(value)]
            })
        };
        let wide = |[least, most]: [f64; 2], air: f64| {
            if least > most {
                [0.0, 1.0]
            } else {
                let air = ((most - least) * 0.04).max(air);
                [least - air, most + air]
            }
        };
        let x = ends(&mut points.iter().map(|point| point.x));
        let y = ends(&mut points.iter().map(|point| point.y));
        let y = wide(y, 0.5);
        Self {
            x: wide(x, 0.05),
            y: [y[0].max(0.0), y[1].min(99.9)],
        }
    }

    /// Position of a point, from 0 at the left and at the bottom to 1.
    pub fn place(&self, point: &Point<'_>) -> (f64, f64) {
        let [least, most] = self.x;
        ((point.x - least) / (most - least), self.part(point.y))
    }

    /// Height of an accuracy, from 0 at the bottom to 1.
    pub fn part(&self, percent: f64) -> f64 {
        let [least, most] = self.y.map(height);
        (height(percent) - least) / (most - least)
    }
}

/// Round accuracies within the range of the vertical axis, no two nearer than the fraction `apart` of its length.
pub fn accuracy_ticks(bounds: &Bounds, apart: f64) -> Vec<u8> {
    let mut ticks: Vec<u8> = Vec::new();
    for step in [10, 5, 1] {
        for tick in (0..100).step_by(step) {
            let part = bounds.part(f64::from(tick));
            let has_room = ticks
                .iter()
                .all(|&other| (bounds.part(f64::from(other)) - part).abs() >= apart);
            if (0.0..=1.0).contains(&part) && has_room {
                ticks.push(tick);
            }
        }
    }
    ticks
}

/// Round costs within the range of a logarithmic axis: one, two and five times each power of ten, or the powers only.
pub fn cost_ticks([least, most]: [f64; 2], count: usize) -> Vec<u128> {
    let all = |figures: &[u128]| -> Vec<u128> {
        let powers = (0..=30).map(|power| 10_u128.pow(power));
        let costs = powers.flat_map(|power| figures.iter().map(move |figure| figure * power));
        costs
            .filter(|&cost| (least..=most).contains(&(cost as f64).log10()))
            .collect()
    };
    let fine = all(&[1, 2, 5]);
    if fine.len() <= count { fine } else { all(&[1]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::catalogue::entry::entries;

    #[test]
    fn the_best_are_never_beaten_by_cheaper_ones() {
        let entries = entries().unwrap();
        let points = points(&entries, Axis::Params);
        let best = best(&points);
        assert!(best.len() > 3);
        for &number in &best {
            let own = &points[number];
            let beaten = points
                .iter()
                .any(|other| other.x < own.x && other.y >= own.y);
            assert!(!beaten, "{}", own.entry.name);
        }
    }

    #[test]
    fn ticks_are_round_and_few() {
        let bounds = Bounds {
            x: [0.0, 1.0],
            y: [68.7, 86.2],
        };
        assert_eq!(accuracy_ticks(&bounds, 0.2), [70, 80, 75, 85]);
        assert!(bounds.part(86.2) > 0.999 && bounds.part(68.7) < 0.001);
        assert_eq!(
            cost_ticks([8.5, 10.1], 9),
            [
                500_000_000,
                1_000_000_000,
                2_000_000_000,
                5_000_000_000,
                10_000_000_000
            ]
        );
        assert_eq!(cost_ticks([8.5, 10.1], 3), [1_000_000_000, 10_000_000_000]);
        let nothing = Bounds::around(&[]);
        assert!(nothing.x[0] < nothing.x[1] && nothing.y[0] < nothing.y[1]);
    }
}
