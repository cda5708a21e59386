//! The table of a network: a row a stage, block or layer, and the total.

use super::grid::Grid;
use super::{Cell, Column, Row, Subject};
use crate::message;
use crate::text::Argument;

/// What is shown unless somebody says otherwise.
pub const COLUMNS: [Column; 7] = [
    Column::Path,
    Column::Summary,
    Column::Output,
    Column::Params,
    Column::Macs,
    Column::MacsShare,
    Column::ReceptiveField,
];

/// `rows` with `columns`, under the names that `title` gives them, each cell as `text` writes it.
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
