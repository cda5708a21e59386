//! Choice of the layer table's columns that fit into a width, and their widths.

use crate::report::Column;

/// Column on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Name of the row, in its tree.
    Name,
    /// Column of the report.
    Data(Column),
    /// Bar of the share.
    Bars,
}

/// Columns that fit, from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// Columns with their widths.
    pub(super) slots: Vec<(Slot, usize)>,
    /// Blanks between two columns.
    pub(super) gap: usize,
    /// Number of chosen columns that have no room.
    pub(super) hidden: usize,
}

/// Cells of the percentage before a bar, including the blank after it.
pub(super) const PERCENT: usize = 7;

const LEAST_NAME: usize = 22;
const LEAST_SUMMARY: usize = 16;
const LEAST_BAR: usize = PERCENT + 5;
const GOOD_BAR: usize = PERCENT + 10;
const LARGEST_BAR: usize = PERCENT + 20;

/// Fits `columns`, with their minimum widths, into `width` cells. The summary takes the remaining room, so it is the first to
/// be dropped if that is too little; after it the last columns are dropped.
pub(super) fn plan(columns: &[(Column, usize)], width: usize) -> Plan {
    let wanted = columns.len();
    let mut chosen = columns.to_vec();
    let need = |chosen: &[(Column, usize)], gap: usize| {
        let data: usize = chosen.iter().map(|&column| least(column) + gap).sum();
        LEAST_NAME + data + gap + LEAST_BAR
    };
    if need(&chosen, 2) > width {
        chosen.retain(|(column, _)| *column != Column::Summary);
    }
    while need(&chosen, 1) > width && chosen.pop().is_some() {}
    let gap = if need(&chosen, 2) <= width { 2 } else { 1 };
    let mut left = width.saturating_sub(need(&chosen, gap));
    let mut grow = |least: usize, most: usize| {
        let more = most.saturating_sub(least).min(left);
        left -= more;
        least + more
    };
    let bars = grow(LEAST_BAR, GOOD_BAR);
    let data: Vec<_> = chosen
        .iter()
        .map(|&(column, content)| {
            let width = match column {
                // Long descriptions leave room for the bars.
                Column::Summary => grow(LEAST_SUMMARY, content.clamp(LEAST_SUMMARY, 44)),
                _ => content,
            };
            (Slot::Data(column), width)
        })
        .collect();
    let name = grow(LEAST_NAME, LEAST_NAME + 4);
    let bars = grow(bars, LARGEST_BAR);
    let mut slots = vec![(Slot::Name, name)];
    slots.extend(data);
    slots.push((Slot::Bars, bars));
    Plan {
        slots,
        gap,
        hidden: wanted - chosen.len(),
    }
}

const fn least((column, content): (Column, usize)) -> usize {
    match column {
        Column::Summary => LEAST_SUMMARY,
        _ => content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn width(plan: &Plan) -> usize {
        plan.slots.iter().map(|(_, width)| width).sum::<usize>() + plan.gap * (plan.slots.len() - 1)
    }

    #[test]
    fn no_table_is_wider_than_its_room_and_the_name_never_goes() {
        let columns: Vec<_> = Column::ALL.into_iter().map(|column| (column, 10)).collect();
        for count in 0..columns.len() {
            for room in 50..300 {
                let plan = plan(&columns[..count], room);
                assert!(width(&plan) <= room, "{count} columns in {room}: {plan:?}");
                assert_eq!(plan.slots[0].0, Slot::Name);
                assert_eq!(plan.slots.len() - 2 + plan.hidden, count);
            }
        }
    }
}
