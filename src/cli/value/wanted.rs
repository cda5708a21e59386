//! Value to explain: `PATH:C,Y,X`.

use crate::engine::explain::Cell;

/// Help text about the form of `--value`.
const FORM: &str = "write PATH:CHANNEL,ROW,COLUMN as in conv1:0,12,7, or PATH:FEATURE for a vector as in fc:3; all from 0";

/// Path of a layer and a cell of its output.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Wanted {
    pub(in crate::cli) path: String,
    pub(in crate::cli) cell: Cell,
}

/// Parses `PATH:C,Y,X`, `PATH:F`, and with a batch `PATH:N,C,Y,X`.
pub(in crate::cli) fn wanted(text: &str) -> Result<Wanted, String> {
    let (path, numbers) = text.rsplit_once(':').ok_or(FORM)?;
    let numbers: Vec<usize> = numbers
        .split(',')
        .map(|number| number.trim().parse())
        .collect::<Result<_, _>>()
        .map_err(|_| FORM)?;
    let cell = match numbers[..] {
        [channel] => Cell {
            channel,
            ..Cell::default()
        },
        [image, channel] => Cell {
            image,
            channel,
            ..Cell::default()
        },
        [channel, row, column] => Cell {
            image: 0,
            channel,
            row,
            column,
        },
        [image, channel, row, column] => Cell {
            image,
            channel,
            row,
            column,
        },
        _ => return Err(FORM.to_owned()),
    };
    Ok(Wanted {
        path: path.to_owned(),
        cell,
    })
}
