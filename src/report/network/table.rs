//! Table of a network: one row per stage, block or layer, and the total.

use crate::message;
use crate::report::grid::Grid;
use crate::report::{Cell, Column, Row, Subject};
use crate::text::Argument;

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
pub fn table<T: Into<Argument>>(
    subject: &Subject,
    rows: &[Row],
    columns: &[Column],
    title: impl Fn(Column) -> T,
    text: impl Fn(&Cell) -> Argument,
) -> Grid {
    let mut grid = Grid::new(columns.iter().map(|&column| (title(column), column.side())));
    for row in rows {
        let cells = columns
            .iter()
            .map(|&column| text(&subject.cell(row, column)));
        grid.row(cells);
    }
    let total = |&column: &Column| match column {
        Column::Path => message!("column-total").into(),
        column => text(&subject.total(column)),
    };
    grid.total(columns.iter().map(total));
    grid
}
