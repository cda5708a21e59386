//! Value to explain: `PATH:C,Y,X`.

use crate::engine::value_trace::Cell;
use crate::message;
use crate::text::system::Reason;

/// The error of a word of another form.
fn form() -> Reason {
    Reason::new(message!("call-form-value"))
}

/// Path of a layer and a cell of its output.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Wanted {
    pub(in crate::cli) path: String,
    pub(in crate::cli) cell: Cell,
}

/// Parses `PATH:C,Y,X`, `PATH:F`, and with a batch `PATH:N,C,Y,X`.
pub(in crate::cli) fn wanted(text: &str) -> Result<Wanted, Reason> {
    let (path, numbers) = text.rsplit_once(':').ok_or_else(form)?;
    let numbers: Vec<usize> = numbers
        .split(',')
        .map(|number| number.trim().parse())
        .collect::<Result<_, _>>()
        .map_err(|_| form())?;
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
        _ => return Err(form()),
    };
    Ok(Wanted {
        path: path.to_owned(),
        cell,
    })
}
