//! Explanation of one value as lines for people: products of a sum, formulas with their numbers, and the value in the pass.

pub mod json;
mod patch;

use crate::engine::explain::{
    Cell, Explanation, Formula, Norm, Read, Statistics, Step, Sum, Term, unbiased,
};
use crate::network::Network;
use crate::report::format::thousands;

/// Kind of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Name of a layer.
    Heading,
    /// Numbers.
    Plain,
    /// Explanatory note.
    Note,
    /// Confirmation that the value in the pass equals the formula's result.
    Agrees,
    /// Notice that the value in the pass differs from the formula's result.
    Differs,
}

/// Line of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Kind of the line.
    pub kind: Kind,
    /// Text of the line.
    pub text: String,
}

/// Order of the products of a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The largest first.
    #[default]
    Largest,
    /// In the order of the kernel.
    Kernel,
}

/// Amount of detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    /// Most products of a sum that are listed.
    pub products: usize,
    /// Order of the products.
    pub order: Order,
    /// Maximum width of a line in cells.
    pub width: usize,
}

/// Lines of an explanation.
pub fn lines(network: &Network, explanation: &Explanation, detail: Detail) -> Vec<Line> {
    let mut out = Lines(Vec::new());
    if let Some(text) = sees(network, explanation) {
        out.push(Kind::Note, text);
    }
    for (number, step) in explanation.steps.iter().enumerate() {
        if number > 0 || !out.0.is_empty() {
            out.push(Kind::Plain, "");
        }
        let node = &network[step.layer];
        let text = format!("{} · {} · {}", node.path, node.layer.summary(), step.cell);
        out.push(Kind::Heading, text);
        out.formula(network, &step.formula, detail);
        let (kind, text) = verdict(step);
        out.push(kind, text);
    }
    out.0
}

/// Region of the picture that the value sees: `sees rows 3–9, columns 0–6 of the picture: 7×7 of 28×28 pixels`.
pub fn sees(network: &Network, explanation: &Explanation) -> Option<String> {
    let image = network.ids().next()?;
    let region = explanation.seen[image]?;
    let crate::network::Layer::Input { size, .. } = network[image].layer else {
        return None;
    };
    let [height, width] = region.size();
    if [height, width] == [1, 1] {
        let [row, column] = [region.rows[0], region.columns[0]];
        return Some(format!(
            "sees one pixel, row {row}, column {column}, of the picture's {}×{}",
            size[0], size[1]
        ));
    }
    Some(format!(
        "sees rows {}–{}, columns {}–{} of the picture: {height}×{width} of {}×{} pixels",
        region.rows[0], region.rows[1], region.columns[0], region.columns[1], size[0], size[1]
    ))
}

/// Number with six significant figures.
pub fn figures(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        1e-4..1e6 => {
            let whole = value.abs().log10().floor().max(0.0) as usize;
            format!("{value:.*}", 6_usize.saturating_sub(whole + 1).max(1))
        }
        _ => format!("{value:.4e}"),
    }
}

/// Comparison of the formula's result with the value in the pass.
fn verdict(step: &Step) -> (Kind, String) {
    if !step.value.is_finite() {
        let (computed, value) = (figures(step.computed), figures(step.value));
        return (
            Kind::Differs,
            format!("  = {computed}  ✗ the pass has {value}, which is no finite number"),
        );
    }
    let kind = if step.agrees() {
        Kind::Agrees
    } else {
        Kind::Differs
    };
    let sign = if step.agrees() { "✓" } else { "✗" };
    let apart = match step.difference() {
        0.0 => "exactly".to_owned(),
        difference => format!("{difference:.1e} apart, {:.1e} allowed", step.tolerance),
    };
    let (computed, value) = (figures(step.computed), figures(step.value));
    (
        kind,
        format!("  = {computed}  {sign} the pass has {value}: {apart}"),
    )
}

struct Lines(Vec<Line>);

impl Lines {
    fn push(&mut self, kind: Kind, text: impl Into<String>) {
        self.0.push(Line {
            kind,
            text: text.into(),
        });
    }

    fn note(&mut self, text: impl AsRef<str>) {
        self.push(Kind::Note, format!("  {}", text.as_ref()));
    }

    fn plain(&mut self, text: impl AsRef<str>) {
        self.push(Kind::Plain, format!("  {}", text.as_ref()));
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each formula")]
    fn formula(&mut self, network: &Network, formula: &Formula, detail: Detail) {
        let path = |read: &Read| network[read.layer].path.to_string();
        match formula {
            Formula::Image(_) => self.note("the picture's own number"),
            Formula::Sum(sum) => self.sum(sum, detail),
            Formula::Rounded { sum, how, .. } => {
                self.sum(sum, detail);
                self.note(format!("{} in all, {how}", figures(sum.value())));
            }
            Formula::Largest { kernel, reads } => {
                self.note(format!(
                    "the largest of what {}×{} cells hold",
                    kernel[0], kernel[1]
                ));
                let value = |y: usize, x: usize| {
                    let found = reads.iter().find(|(tap, _)| *tap == [y, x]);
                    found.map(|(_, read)| read.value)
                };
                for row in patch::grid(*kernel, &value) {
                    self.plain(row);
                }
            }
            Formula::Deviation { reads, eps } => {
                let (mean, variance) = unbiased(reads);
                self.note("√(σ² + ε)");
                self.plain(format!(
                    "μ = {}, σ² = {} of {} values, divided by one less",
                    figures(mean),
                    figures(variance),
                    reads.len()
                ));
                self.plain(format!("= √({} + {eps:e})", figures(variance)));
            }
            Formula::Norm(norm) => self.norm(norm),
            Formula::Gated { norm, v } => {
                self.note("γ · x · sigmoid(v·x) / √(σ² + ε) + β");
                self.statistics(norm);
                self.plain(format!(
                    "= {} · {} · sigmoid({} · {}) / √({} + {:e}) + {}",
                    signed(norm.gamma),
                    signed(norm.read.value),
                    signed(*v),
                    signed(norm.read.value),
                    figures(norm.variance),
                    norm.eps,
                    signed(norm.beta)
                ));
            }
            Formula::Rms { norm, tau } => {
                self.note("max(γ · x / √(mean of x² + ε) + β, τ)");
                self.plain(format!(
                    "= max({} · {} / √({} + {:e}) + {}, {})",
                    signed(norm.gamma),
                    signed(norm.read.value),
                    figures(norm.variance),
                    norm.eps,
                    signed(norm.beta),
                    figures(*tau)
                ));
            }
            Formula::Activation { function, read } => {
                self.plain(function.formula(&figures(read.value), &signed(read.value)));
            }
            Formula::Scalar {
                scalar,
                read,
                number,
            } => {
                let [_, operator] = scalar.operators();
                self.plain(format!(
                    "{} {operator} {}",
                    figures(read.value),
                    signed(*number)
                ));
            }
            Formula::Scale { read, divisor } => {
                self.plain(format!("{} / {divisor}", figures(read.value)));
            }
            Formula::Standardize { read, mean, std } => self.plain(format!(
                "({} − {}) / {}",
                figures(read.value),
                signed(*mean),
                figures(*std)
            )),
            Formula::Add { main, shortcut } => {
                for (name, read) in [("main path", main), ("shortcut", shortcut)] {
                    let silenced = if read.is_live { "" } else { ", zeroed" };
                    let value = figures(read.value);
                    self.note(format!("{name:<9}  {value:>12}  {}{silenced}", path(read)));
                }
                self.plain(format!(
                    "{} + {}",
                    figures(main.value),
                    signed(shortcut.value)
                ));
            }
            Formula::Multiply { read, gate } => {
                self.note(format!("value × gate of channel {}", gate.cell.channel));
                self.plain(format!("{} × {}", figures(read.value), signed(gate.value)));
            }
            Formula::Shares { logits, own } => {
                self.note("exp(x) / Σ exp(x) over the maps");
                let exps: Vec<String> = logits
                    .iter()
                    .map(|read| format!("exp({})", figures(read.value)))
                    .collect();
                self.plain(format!("{} / ({})", exps[*own], exps.join(" + ")));
            }
            Formula::Copy(read) => {
                self.note(format!("handed on from {}, {}", path(read), read.cell));
            }
            Formula::Zero(reason) => self.note(*reason),
        }
    }

    fn norm(&mut self, norm: &Norm) {
        self.note("γ · (x − μ) / √(σ² + ε) + β");
        self.statistics(norm);
        self.plain(format!(
            "{} · ({} − {}) / √({} + {:e}) + {}",
            signed(norm.gamma),
            figures(norm.read.value),
            signed(norm.mean),
            figures(norm.variance),
            norm.eps,
            signed(norm.beta)
        ));
    }

    fn statistics(&mut self, norm: &Norm) {
        self.note(match norm.statistics {
            Statistics::Running => "μ and σ² are the running ones, kept from training".to_owned(),
            Statistics::Batch(count) => format!(
                "μ and σ² are of this batch: {} values of the channel",
                thousands(count as u128)
            ),
            Statistics::Group(count) => format!(
                "μ and σ² are of this image: {} values of the group",
                thousands(count as u128)
            ),
        });
    }

    fn sum(&mut self, sum: &Sum, detail: Detail) {
        let [channels, rows, columns] = sum.kernel;
        let count = sum.terms.len();
        let mut text = format!(
            "{channels}·{rows}·{columns} = {} products",
            thousands((count + sum.border) as u128)
        );
        if sum.border > 0 {
            text += &format!(
                ", of which {} with the border are zero",
                thousands(sum.border as u128)
            );
        }
        self.note(text);
        if rows * columns > 1 && rows * columns <= 121 {
            for row in patch::beside(sum, detail.width.saturating_sub(2)) {
                self.push(row.kind, format!("  {}", row.text));
            }
        }
        let order: Vec<usize> = match detail.order {
            Order::Largest => sum.largest_first(),
            Order::Kernel => (0..count).collect(),
        };
        self.note("channel  row column         read       weight      product       so far");
        let mut so_far = 0.0;
        for &at in order.iter().take(detail.products) {
            let term = &sum.terms[at];
            so_far += term.product();
            self.plain(product(term, so_far));
        }
        if let Some(rest) = count.checked_sub(detail.products).filter(|rest| *rest > 0) {
            let others: f64 = order
                .iter()
                .skip(detail.products)
                .map(|&at| sum.terms[at].product())
                .sum();
            so_far += others;
            let name = format!("{} more products", thousands(rest as u128));
            self.plain(format!(
                "{name:<45}{:>13}{:>13}",
                figures(others),
                figures(so_far)
            ));
        }
        if let Some(bias) = sum.bias {
            let (bias, so_far) = (figures(bias), figures(so_far + bias));
            self.plain(format!("{:<45}{bias:>13}{so_far:>13}", "bias"));
        }
    }
}

/// One product of a sum, and the partial sum.
fn product(term: &Term, so_far: f64) -> String {
    let Cell {
        channel,
        row,
        column,
        ..
    } = term.read.cell;
    format!(
        "{channel:>7}{row:>5}{column:>7}{:>13}{:>13}{:>13}{:>13}",
        figures(term.read.value),
        figures(term.weight),
        figures(term.product()),
        figures(so_far)
    )
}

/// Number after an operator: in brackets if it has a sign itself.
fn signed(value: f64) -> String {
    let text = figures(value);
    if text.starts_with('-') {
        format!("({text})")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_six_figures() {
        for (value, text) in [
            (0.0, "0"),
            (0.123_456_78, "0.12346"),
            (-1.5, "-1.50000"),
            (123.456_789, "123.457"),
            (999_999.0, "999999.0"),
            (0.000_012_345, "1.2345e-5"),
            (2.5e7, "2.5000e7"),
        ] {
            assert_eq!(figures(value), text);
        }
        assert_eq!(signed(-0.5), "(-0.50000)");
    }
}
