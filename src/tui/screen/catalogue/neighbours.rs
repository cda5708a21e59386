//! Movement from point to point in the catalogue's scatter plot.

use crate::report::catalogue::plot::{Bounds, Point};
use crate::tui::message::Turn;

/// Nearest point in a direction from point `from`, in a plot with this ratio of width to height.
///
/// Distance sideways counts twice as much as distance ahead; points more sideways than ahead come last.
pub(super) fn neighbour(
    points: &[Point<'_>],
    from: usize,
    turn: Turn,
    aspect: f64,
) -> Option<usize> {
    let bounds = Bounds::around(points);
    let place = |point: &Point<'_>| {
        let (x, y) = bounds.place(point);
        (x * aspect, y)
    };
    let (x, y) = place(points.get(from)?);
    let distance = |number: usize| {
        let (other_x, other_y) = place(&points[number]);
        let (dx, dy) = (other_x - x, other_y - y);
        let (ahead, aside) = match turn {
            Turn::Right => (dx, dy.abs()),
            Turn::Left => (-dx, dy.abs()),
            Turn::Up => (dy, dx.abs()),
            Turn::Down => (-dy, dx.abs()),
        };
        // Points in the same place are visited one by one.
        let is_same = dx == 0.0 && dy == 0.0;
        let is_onward = matches!(turn, Turn::Right | Turn::Up) == (number > from);
        if is_same {
            return (is_onward && number != from).then(|| 1e-9 * number.abs_diff(from) as f64);
        }
        let turned = if aside > 1.5 * ahead { 1e3 } else { 0.0 };
        (ahead > 0.0).then(|| turned + ahead.hypot(2.0 * aside))
    };
    (0..points.len())
        .filter_map(|number| Some((number, distance(number)?)))
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
        .map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::catalogue::entry::entries;
    use crate::report::catalogue::plot::{Axis, points};

    #[test]
    fn every_point_can_be_walked_to_and_each_way_has_a_way_back() {
        let entries = entries().unwrap();
        for axis in [Axis::Macs, Axis::Params] {
            let points = points(&entries, axis);
            assert!(points.len() > 50, "{} points", points.len());
            let mut reached = vec![false; points.len()];
            let mut waiting = vec![0];
            while let Some(at) = waiting.pop() {
                if std::mem::replace(&mut reached[at], true) {
                    continue;
                }
                for turn in [Turn::Left, Turn::Right, Turn::Up, Turn::Down] {
                    waiting.extend(neighbour(&points, at, turn, 3.0));
                }
            }
            let lost: Vec<_> = (0..points.len())
                .filter(|&number| !reached[number])
                .map(|number| &points[number].entry.name)
                .collect();
            assert!(lost.is_empty(), "{axis:?}: {lost:?}");
        }
    }
}
