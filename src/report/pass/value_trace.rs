//! Explanation of one value as lines for people: products of a sum, formulas with their numbers, and the value in the pass.

pub mod json;
mod patch;

use crate::engine::value_trace::{
    Cell, Explanation, Formula, Norm, Read, Statistics, Step, Sum, Term, unbiased,
};
use crate::message;
use crate::network::Network;
use crate::report::format::{at_left, at_right, dims, thousands};
use crate::text::{Language, Message};

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
    /// In this language.
    pub language: Language,
}

/// Lines of an explanation.
pub fn lines(network: &Network, explanation: &Explanation, detail: Detail) -> Vec<Line> {
    let language = detail.language;
    let mut out = Lines {
        lines: Vec::new(),
        detail,
    };
    if let Some(text) = sees(network, explanation) {
        out.push(Kind::Note, language.say(&text));
    }
    for (number, step) in told_order(&explanation.steps).enumerate() {
        if number > 0 || !out.lines.is_empty() {
            out.push(Kind::Plain, "");
        }
        let node = &network[step.layer];
        let text = format!(
            "{} · {} · {}",
            node.path,
            language.say(&node.layer.summary()),
            language.say(&step.cell.message())
        );
        out.push(Kind::Heading, text);
        out.formula(network, &step.formula);
        let (kind, text) = verdict(step);
        out.push(kind, format!("  {}", language.say(&text)));
    }
    out.lines
}

/// Steps in the order in which they are shown: an addition begins with its sum, and its operands come after it.
fn told_order(steps: &[Step]) -> impl Iterator<Item = &Step> {
    let (sum, before) = match steps.split_last() {
        Some((last, before)) if matches!(last.formula, Formula::Add { .. }) => (Some(last), before),
        _ => (None, steps),
    };
    sum.into_iter().chain(before)
}

/// The part of the image in the value's receptive field: `sees rows 3–9, columns 0–6 of the image: 7×7 of 28×28 pixels`.
pub fn sees(network: &Network, explanation: &Explanation) -> Option<Message> {
    let image = network.ids().next()?;
    let region = explanation.seen[image]?;
    let crate::network::Layer::Input { size, .. } = network[image].layer else {
        return None;
    };
    let [height, width] = region.size();
    let whole = dims(size);
    if [height, width] == [1, 1] {
        return Some(message!(
            "value-sees-pixel",
            row = region.rows[0],
            column = region.columns[0],
            size = whole,
        ));
    }
    Some(message!(
        "value-sees",
        rows = format!("{}–{}", region.rows[0], region.rows[1]),
        columns = format!("{}–{}", region.columns[0], region.columns[1]),
        part = dims([height, width]),
        size = whole,
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
fn verdict(step: &Step) -> (Kind, Message) {
    let (computed, value) = (figures(step.computed), figures(step.value));
    if !step.value.is_finite() {
        let text = message!("value-not-finite", computed = computed, value = value);
        return (Kind::Differs, text);
    }
    let kind = if step.agrees() {
        Kind::Agrees
    } else {
        Kind::Differs
    };
    let sign = if step.agrees() { "✓" } else { "✗" };
    let text = match step.difference() {
        0.0 => message!(
            "value-exact",
            computed = computed,
            sign = sign,
            value = value
        ),
        difference => message!(
            "value-apart",
            computed = computed,
            sign = sign,
            value = value,
            difference = format!("{difference:.1e}"),
            tolerance = format!("{:.1e}", step.tolerance),
        ),
    };
    (kind, text)
}

struct Lines {
    lines: Vec<Line>,
    detail: Detail,
}

impl Lines {
    fn push(&mut self, kind: Kind, text: impl Into<String>) {
        self.lines.push(Line {
            kind,
            text: text.into(),
        });
    }

    /// A remark that is the same in every language, such as a formula.
    fn note(&mut self, text: impl AsRef<str>) {
        self.push(Kind::Note, format!("  {}", text.as_ref()));
    }

    fn say(&mut self, text: &Message) {
        let text = self.detail.language.say(text);
        self.note(text);
    }

    fn word(&self, id: &'static str) -> &'static str {
        self.detail.language.word(id)
    }

    fn plain(&mut self, text: impl AsRef<str>) {
        self.push(Kind::Plain, format!("  {}", text.as_ref()));
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each formula")]
    fn formula(&mut self, network: &Network, formula: &Formula) {
        let path = |read: &Read| network[read.layer].path.to_string();
        match formula {
            Formula::Image(_) => self.say(&message!("value-of-image")),
            Formula::Sum(sum) => self.sum(sum),
            Formula::Rounded { sum, how, .. } => {
                self.sum(sum);
                self.say(&message!(
                    "value-in-all",
                    sum = figures(sum.value()),
                    how = Message::new(how),
                ));
            }
            Formula::Largest { kernel, reads } => {
                let size = dims(kernel);
                self.say(&message!("value-largest", size = size));
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
                let text = message!(
                    "value-unbiased",
                    mean = figures(mean),
                    variance = figures(variance),
                    count = reads.len(),
                );
                let text = self.detail.language.say(&text);
                self.plain(text);
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
                self.say(&message!("value-rms"));
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
                let sides = [("value-main-path", main), ("branch-shortcut", shortcut)];
                for (name, read) in sides {
                    let name = at_left(self.word(name), 9);
                    let value = figures(read.value);
                    let source = if read.is_live {
                        path(read)
                    } else {
                        let zeroed = message!("value-zeroed", path = path(read));
                        self.detail.language.say(&zeroed)
                    };
                    self.note(format!("{name}  {value:>12}  {source}"));
                }
                self.plain(format!(
                    "{} + {}",
                    figures(main.value),
                    signed(shortcut.value)
                ));
            }
            Formula::Multiply { read, gate } => {
                self.say(&message!("value-times-gate", channel = gate.cell.channel));
                self.plain(format!("{} × {}", figures(read.value), signed(gate.value)));
            }
            Formula::Shares { logits, own } => {
                self.say(&message!("value-softmax"));
                let exps: Vec<String> = logits
                    .iter()
                    .map(|read| format!("exp({})", figures(read.value)))
                    .collect();
                self.plain(format!("{} / ({})", exps[*own], exps.join(" + ")));
            }
            Formula::Copy(read) => {
                self.say(&message!(
                    "value-copied",
                    path = path(read),
                    cell = read.cell.message(),
                ));
            }
            Formula::Zero(reason) => self.note(self.word(reason)),
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
        self.say(&match norm.statistics {
            Statistics::Running => message!("value-running-statistics"),
            Statistics::Batch(count) => {
                message!("value-batch-statistics", count = thousands(count as u128))
            }
            Statistics::Group(count) => {
                message!("value-group-statistics", count = thousands(count as u128))
            }
        });
    }

    fn sum(&mut self, sum: &Sum) {
        let detail = self.detail;
        let [channels, rows, columns] = sum.kernel;
        let count = sum.terms.len();
        let product = format!("{channels}·{rows}·{columns}");
        let all = thousands((count + sum.border) as u128);
        self.say(&match sum.border {
            0 => message!("value-products", product = product, count = all),
            border => message!(
                "value-products-in-padding",
                product = product,
                count = all,
                zeros = thousands(border as u128),
            ),
        });
        if rows * columns > 1 && rows * columns <= 121 {
            let width = detail.width.saturating_sub(2);
            for row in patch::beside(sum, width, detail.language) {
                self.push(row.kind, format!("  {}", row.text));
            }
        }
        let order: Vec<usize> = match detail.order {
            Order::Largest => sum.largest_first(),
            Order::Kernel => (0..count).collect(),
        };
        let heads = [
            ("label-channel", 7),
            ("value-row", 5),
            ("value-column", 7),
            ("column-input", 13),
            ("value-weight", 13),
            ("label-product", 13),
            ("value-so-far", 13),
        ];
        let heads = heads.map(|(id, cells)| at_right(self.word(id), cells));
        self.note(heads.concat());
        let mut so_far = 0.0;
        for &at in order.iter().take(detail.products) {
            let term = &sum.terms[at];
            so_far += term.product();
            self.plain(product_line(term, so_far));
        }
        if let Some(rest) = count.checked_sub(detail.products).filter(|rest| *rest > 0) {
            let others: f64 = order
                .iter()
                .skip(detail.products)
                .map(|&at| sum.terms[at].product())
                .sum();
            so_far += others;
            let rest = message!("value-more-products", count = thousands(rest as u128));
            let name = at_left(&detail.language.say(&rest), 45);
            let (others, so_far) = (figures(others), figures(so_far));
            self.plain(format!("{name}{others:>13}{so_far:>13}"));
        }
        if let Some(bias) = sum.bias {
            let (bias, so_far) = (figures(bias), figures(so_far + bias));
            let name = at_left(self.word("setting-bias"), 45);
            self.plain(format!("{name}{bias:>13}{so_far:>13}"));
        }
    }
}

/// One product of a sum, and the partial sum.
fn product_line(term: &Term, so_far: f64) -> String {
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

/// A sum with three decimals: `0.338 + (-1.976) = -1.638`.
pub fn signed_sum(operands: &[f64], sum: f64) -> String {
    let short = |value: f64| format!("{value:.3}");
    let mut text = operands
        .first()
        .map_or_else(String::new, |first| short(*first));
    for operand in operands.iter().skip(1) {
        let operand = short(*operand);
        text += &if operand.starts_with('-') {
            format!(" + ({operand})")
        } else {
            format!(" + {operand}")
        };
    }
    format!("{text} = {}", short(sum))
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
    fn a_sum_brackets_what_is_negative() {
        assert_eq!(
            signed_sum(&[0.338_08, 1.976_5], 2.314_58),
            "0.338 + 1.976 = 2.315"
        );
        assert_eq!(signed_sum(&[0.5, -1.0], -0.5), "0.500 + (-1.000) = -0.500");
    }

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
