//! Table of a network: one row per stage, block or layer, and the total.

use super::grid::Grid;
use super::{Cell, Column, Row, Subject};

/// Default columns.
pub const COLUMNS: [Column; 7] = [
    Column::Path,
    Column::Summary,
    Column::Output,
    Column::Params,
    Column::Macs,
    Column::MacsShare,
    Column::ReceptiveField,
];

/// Table of `rows` with `columns`, headed by `title`, with each cell formatted by `text`.
pub fn table(
    subject: &Subject,
    rows: &[Row],
    columns: &[Column],
    title: impl Fn(Column) -> &'static str,
    text: impl Fn(&Cell) -> String,
) -> Grid {
    let mut grid = Grid::new(columns.iter().map(|&column| (title(column), column.side())));
    for row in rows {
        let cells = columns
            .iter()
            .map(|&column| text(&subject.cell(row, column)));
        grid.row(cells.collect());
    }
    let total = |&column: &Column| match column {
        Column::Path => "total".to_owned(),
        column => text(&subject.total(column)),
    };
    grid.total(columns.iter().map(total).collect());
    grid
}
