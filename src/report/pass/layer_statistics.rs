//! Statistics of the layers that have run in a pass, as a table.

use crate::engine::Session;
use crate::report::format::plain_dims;
use crate::report::grid::{Grid, Side};
use crate::report::pass::activation::{Activation, Statistics};

/// Table with one row per layer whose value is still there: its description, its output shape, and statistics.
pub fn table(session: &Session) -> Grid {
    let right = [
        "mean",
        "std",
        "min",
        "max",
        "zeros",
        "dead_channels",
        "not_finite",
        "ms",
    ];
    let columns = [
        ("layer", Side::Left),
        ("op", Side::Left),
        ("output", Side::Left),
    ];
    let numbers = right.map(|title| (title, Side::Right));
    let mut grid = Grid::new(columns.into_iter().chain(numbers));
    let network = session.network();
    for (id, node) in network.nodes() {
        let Some(activation) = Activation::of(session, id) else {
            continue;
        };
        let Statistics {
            mean,
            std,
            min,
            max,
            zeros,
            not_finite,
            dead,
        } = activation.output.statistics;
        grid.row(vec![
            node.path.to_string(),
            node.layer.op().to_owned(),
            plain_dims(activation.output.dims()),
            format!("{mean:.6}"),
            format!("{std:.6}"),
            format!("{min:.6}"),
            format!("{max:.6}"),
            format!("{zeros:.6}"),
            dead.to_string(),
            not_finite.to_string(),
            format!("{:.3}", activation.time.as_secs_f64() * 1e3),
        ]);
    }
    grid
}
