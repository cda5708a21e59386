//! One value explained, in lines for people: the products of a sum, the formulas with their numbers, and what the pass has.

pub mod json;
mod patch;

use crate::engine::explain::{
    Cell, Explanation, Formula, Norm, Read, Statistics, Step, Sum, Term, unbiased,
};
use crate::message;
use crate::network::Network;
use crate::report::format::thousands;
use crate::report::grid::Side;
use crate::text::{Language, Message};
use unicode_width::UnicodeWidthStr;

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It names a layer.
    Heading,
    /// Numbers.
    Plain,
    /// It explains.
    Note,
    /// The pass has what the formula gives.
    Agrees,
    /// The pass has something else.
    Differs,
}

/// A line of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is for.
    pub kind: Kind,
    /// The words.
    pub text: String,
}

/// In which order the products of a sum are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The largest first.
    #[default]
    Largest,
    /// As they lie in the kernel.
    Kernel,
}

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    /// So many products of a sum at most.
    pub products: usize,
    /// In this order.
    pub order: Order,
    /// Cells that a line may take.
    pub width: usize,
}

/// The lines of an explanation.
pub fn lines(
    network: &Network,
    explanation: &Explanation,
    detail: Detail,
    language: Language,
) -> Vec<Line> {
    let mut out = Lines {
        lines: Vec::new(),
        language,
    };
    if let Some(message) = sees(network, explanation) {
        out.push(Kind::Note, language.say(&message));
    }
    for (number, step) in explanation.steps.iter().enumerate() {
        if number > 0 || !out.lines.is_empty() {
            out.push(Kind::Plain, "");
        }
        let node = &network[step.layer];
        let cell = language.say(&step.cell.message());
        let text = format!("{} · {} · {cell}", node.path, node.layer.summary());
        out.push(Kind::Heading, text);
        out.formula(network, &step.formula, detail);
        let (kind, message) = verdict(step);
        out.push(kind, format!("  {}", language.say(&message)));
    }
    out.lines
}

/// What the value sees of the picture: `sees rows 3–9, columns 0–6 of the picture: 7×7 of 28×28 pixels`.
pub fn sees(network: &Network, explanation: &Explanation) -> Option<Message> {
    let image = network.ids().next()?;
    let region = explanation.seen[image]?;
    let crate::network::Layer::Input { size, .. } = network[image].layer else {
        return None;
    };
    let [height, width] = region.size();
    if [height, width] == [1, 1] {
        let [row, column] = [region.rows[0], region.columns[0]];
        return Some(message!(
            "value-sees-pixel",
            row = row,
            column = column,
            picture = format!("{}×{}", size[0], size[1])
        ));
    }
    Some(message!(
        "value-sees",
        rows = format!("{}–{}", region.rows[0], region.rows[1]),
        columns = format!("{}–{}", region.columns[0], region.columns[1]),
        size = format!("{height}×{width}"),
        picture = format!("{}×{}", size[0], size[1])
    ))
}

/// A number in six figures.
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

/// What the formula gives beside what the pass has.
fn verdict(step: &Step) -> (Kind, Message) {
    let (computed, value) = (figures(step.computed), figures(step.value));
    if !step.value.is_finite() {
        let message = message!("value-not-finite", computed = computed, value = value);
        return (Kind::Differs, message);
    }
    let (kind, sign) = if step.agrees() {
        (Kind::Agrees, "✓")
    } else {
        (Kind::Differs, "✗")
    };
    let apart = match step.difference() {
        0.0 => message!("value-equal"),
        difference => message!(
            "value-apart",
            difference = format!("{difference:.1e}"),
            allowed = format!("{:.1e}", step.tolerance)
        ),
    };
    let message = message!(
        "value-verdict",
        computed = computed,
        sign = sign,
        value = value,
        apart = apart
    );
    (kind, message)
}

struct Lines {
    lines: Vec<Line>,
    language: Language,
}

/// A text at one end of so many cells.
fn cells(text: &str, cells: usize, side: Side) -> String {
    let blank = " ".repeat(cells.saturating_sub(UnicodeWidthStr::width(text)));
    match side {
        Side::Left => format!("{text}{blank}"),
        Side::Right => format!("{blank}{text}"),
    }
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

    fn say(&mut self, kind: Kind, message: &Message) {
        let text = self.language.say(message);
        self.push(kind, format!("  {text}"));
    }

    fn plain(&mut self, text: impl AsRef<str>) {
        self.push(Kind::Plain, format!("  {}", text.as_ref()));
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each formula")]
    fn formula(&mut self, network: &Network, formula: &Formula, detail: Detail) {
        let path = |read: &Read| network[read.layer].path.to_string();
        match formula {
            Formula::Image(_) => self.say(Kind::Note, &message!("value-picture")),
            Formula::Sum(sum) => self.sum(sum, detail),
            Formula::Rounded { sum, how, .. } => {
                self.sum(sum, detail);
                let how = Message::new(how);
                let all = message!("value-in-all", value = figures(sum.value()), how = how);
                self.say(Kind::Note, &all);
            }
            Formula::Largest { kernel, reads } => {
                let window = format!("{}×{}", kernel[0], kernel[1]);
                self.say(Kind::Note, &message!("value-largest", window = window));
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
                let moments = message!(
                    "value-moments",
                    mean = figures(mean),
                    variance = figures(variance),
                    count = reads.len()
                );
                self.say(Kind::Plain, &moments);
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
                self.note("max(γ · x / √(mean(x²) + ε) + β, τ)");
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
                let language = self.language;
                for (name, read) in [("value-main-path", main), ("value-shortcut", shortcut)] {
                    let name = cells(language.word(name), 9, Side::Left);
                    let value = figures(read.value);
                    let from = if read.is_live {
                        path(read)
                    } else {
                        language.say(&message!("value-silenced", path = path(read)))
                    };
                    self.note(format!("{name}  {value:>12}  {from}"));
                }
                self.plain(format!(
                    "{} + {}",
                    figures(main.value),
                    signed(shortcut.value)
                ));
            }
            Formula::Multiply { read, gate } => {
                let channel = gate.cell.channel;
                self.say(Kind::Note, &message!("value-gate", channel = channel));
                self.plain(format!("{} × {}", figures(read.value), signed(gate.value)));
            }
            Formula::Shares { logits, own } => {
                self.say(Kind::Note, &message!("value-shares"));
                let exps: Vec<String> = logits
                    .iter()
                    .map(|read| format!("exp({})", figures(read.value)))
                    .collect();
                self.plain(format!("{} / ({})", exps[*own], exps.join(" + ")));
            }
            Formula::Copy(read) => {
                let cell = read.cell.message();
                let copy = message!("value-copy", path = path(read), cell = cell);
                self.say(Kind::Note, &copy);
            }
            Formula::Zero(reason) => self.say(Kind::Note, &Message::new(reason)),
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
        let of = match norm.statistics {
            Statistics::Running => message!("value-running-statistics"),
            Statistics::Batch(count) => {
                message!("value-batch-statistics", count = thousands(count as u128))
            }
            Statistics::Group(count) => {
                message!("value-group-statistics", count = thousands(count as u128))
            }
        };
        self.say(Kind::Note, &of);
    }

    fn sum(&mut self, sum: &Sum, detail: Detail) {
        let [channels, rows, columns] = sum.kernel;
        let count = sum.terms.len();
        let kernel = format!("{channels}·{rows}·{columns}");
        let all = thousands((count + sum.border) as u128);
        let products = match sum.border {
            0 => message!("value-products", kernel = kernel, count = all),
            border => message!(
                "value-products-border",
                kernel = kernel,
                count = all,
                border = thousands(border as u128)
            ),
        };
        self.say(Kind::Note, &products);
        if rows * columns > 1 && rows * columns <= 121 {
            for row in patch::beside(sum, detail.width.saturating_sub(2), self.language) {
                self.push(row.kind, format!("  {}", row.text));
            }
        }
        let order: Vec<usize> = match detail.order {
            Order::Largest => sum.largest_first(),
            Order::Kernel => (0..count).collect(),
        };
        self.note(self.heads());
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
            let name = message!("value-more-products", count = thousands(rest as u128));
            let name = cells(&self.language.say(&name), 45, Side::Left);
            let (others, so_far) = (figures(others), figures(so_far));
            self.plain(format!("{name}{others:>13}{so_far:>13}"));
        }
        if let Some(bias) = sum.bias {
            let (bias, so_far) = (figures(bias), figures(so_far + bias));
            let name = cells(self.language.word("value-bias"), 45, Side::Left);
            self.plain(format!("{name}{bias:>13}{so_far:>13}"));
        }
    }

    /// The heads of the columns of products.
    fn heads(&self) -> String {
        let heads = [
            ("value-channel", 7),
            ("value-row", 5),
            ("value-column", 7),
            ("value-input", 13),
            ("value-weight", 13),
            ("value-product", 13),
            ("value-so-far", 13),
        ];
        let head = |(id, width)| cells(self.language.word(id), width, Side::Right);
        heads.map(head).concat()
    }
}

/// One product of a sum and the sum up to it.
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

/// A number that follows a sign: in brackets where it has one of its own.
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
