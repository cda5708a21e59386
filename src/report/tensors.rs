//! Tensors of checkpoints: a row for each, and the differences of two checkpoints.

use crate::message;
use crate::report::format::{dims, plain_dims};
use crate::report::grid::{Grid, Side};
use crate::text::Message;
use crate::weights::values::{Difference, TensorReport};

/// Signs of a histogram's bars, from none to full.
const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A figure of four digits; nothing for one that does not exist.
pub fn figure(value: f64) -> String {
    if value.is_nan() {
        String::new()
    } else if value.is_infinite() {
        "∞".to_owned()
    } else if value == 0.0 {
        "0".to_owned()
    } else if (1e-3..1e5).contains(&value.abs()) {
        let before = value.abs().log10().floor().max(0.0) as usize;
        format!("{value:.*}", 4_usize.saturating_sub(before))
    } else {
        format!("{value:.3e}")
    }
}

/// A row per tensor. The CSV has keys as headings and figures in full.
pub fn grid(tensors: &[TensorReport], exact: bool) -> Grid {
    let heads = [
        ("name", message!("label-tensor"), Side::Left),
        ("shape", message!("label-shape"), Side::Left),
        ("dtype", message!("weights-column-dtype"), Side::Left),
        ("min", message!("label-min"), Side::Right),
        ("mean", message!("label-mean"), Side::Right),
        ("std", message!("label-std"), Side::Right),
        ("max", message!("label-max"), Side::Right),
        ("zeros", message!("weights-column-zeros"), Side::Right),
        (
            "not_finite",
            message!("weights-column-not-finite"),
            Side::Right,
        ),
    ];
    let columns = heads.map(|(key, title, side)| {
        let title = if exact { Message::of(key) } else { title };
        (title, side)
    });
    let columns = columns.into_iter();
    let mut grid = if exact {
        Grid::new(columns)
    } else {
        Grid::new(columns.chain([(message!("label-histogram"), Side::Left)]))
    };
    let figure = |value: f64| match exact {
        true if value.is_nan() => String::new(),
        true => value.to_string(),
        false => figure(value),
    };
    for one in tensors {
        let dtype = one.dtype.clone().unwrap_or_default();
        let sizes = if exact {
            plain_dims(&one.shape)
        } else {
            dims(&one.shape)
        };
        let mut row = vec![one.name.clone(), sizes, dtype];
        if let Some(values) = &one.values {
            row.extend([values.min, values.mean, values.std, values.max].map(figure));
            let count = |count: usize| {
                if exact || count > 0 {
                    count.to_string()
                } else {
                    String::new()
                }
            };
            row.extend([values.zeros, values.not_finite].map(count));
            if !exact {
                row.push(bars(&values.histogram));
            }
        } else {
            row.resize(if exact { 9 } else { 10 }, String::new());
        }
        grid.row(row);
    }
    grid
}

/// A bar per bin, as high as its share of the fullest.
pub fn bars(histogram: &[u64]) -> String {
    let most = histogram.iter().copied().max().unwrap_or(0).max(1);
    let bars = histogram.iter().map(|&count| {
        // A bin that is not empty shows.
        let height = (count * 8).div_ceil(most);
        BARS[height as usize]
    });
    bars.collect::<String>().trim_end().to_owned()
}

/// A row per changed tensor, the largest relative change first.
pub fn changes(found: &Difference, exact: bool) -> Grid {
    let heads = [
        ("name", message!("label-tensor"), Side::Left),
        ("shape", message!("label-shape"), Side::Left),
        ("relative", message!("weights-column-relative"), Side::Right),
        ("largest", message!("weights-column-largest"), Side::Right),
    ];
    let mut grid = Grid::new(heads.map(|(key, title, side)| {
        let title = if exact { Message::of(key) } else { title };
        (title, side)
    }));
    for one in &found.changed {
        let figures = [one.relative, one.largest];
        let [relative, largest] = if exact {
            figures.map(|value| value.to_string())
        } else {
            figures.map(figure)
        };
        let sizes = dims(&one.shape);
        let sizes = if exact {
            sizes.replace('×', "x")
        } else {
            sizes
        };
        grid.row(vec![one.name.clone(), sizes, relative, largest]);
    }
    grid
}
