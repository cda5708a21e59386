//! Budgets: limits on a network's costs, beyond which `check` and `compare` fail.

use clap::Args as ClapArgs;

use crate::message;
use crate::report::Subject;
use crate::report::checks::found::Usage;
use crate::report::format::{bytes, percent_of, short, thousands};
use crate::report::network::stats::Stats;
use crate::spec::Problem;
use crate::text::Message;
use crate::text::system::Reason;

/// Limits of a network's cost. Numbers may be written as 26M, 4.1G or 100MiB.
#[derive(Debug, Clone, Copy, ClapArgs)]
#[command(next_help_heading = "Budgets")]
#[allow(clippy::struct_field_names, reason = "the names of the flags")]
pub(in crate::cli) struct BudgetArgs {
    #[arg(long, value_name = "N", value_parser = amount)]
    pub(in crate::cli) max_params: Option<u128>,
    #[arg(long, value_name = "N", value_parser = amount)]
    pub(in crate::cli) max_macs: Option<u128>,
    #[arg(long, value_name = "N", value_parser = amount)]
    pub(in crate::cli) max_activations: Option<u128>,
    #[arg(long, value_name = "BYTES", value_parser = amount)]
    pub(in crate::cli) max_memory: Option<u128>,
}

impl BudgetArgs {
    /// Whether there is any budget.
    pub(in crate::cli) fn any(&self) -> bool {
        self.max_params.is_some()
            || self.max_macs.is_some()
            || self.max_activations.is_some()
            || self.max_memory.is_some()
    }

    /// Compares the costs of a network with each budget: an error if it is exceeded, or else a sentence.
    pub(in crate::cli) fn hold(&self, subject: &Subject) -> Held {
        let memory = Stats::new(subject).memory;
        let unit = message!("cost-operations", rule = subject.analysis.rule.name());
        let exact = |number| (short(number), Message::foreign(thousands(number)));
        let in_bytes = |number| {
            let exact = thousands(number);
            (bytes(number), message!("budget-bytes", number = exact))
        };
        let budgets = [
            Budget {
                rule: "budget-params",
                what: message!("column-parameters"),
                limit: self.max_params,
                cost: subject.params().0,
                notice: &exact,
            },
            Budget {
                rule: "budget-macs",
                what: unit,
                limit: self.max_macs,
                cost: subject.macs().0,
                notice: &exact,
            },
            Budget {
                rule: "budget-activations",
                what: message!("column-activations"),
                limit: self.max_activations,
                cost: subject.activations().0,
                notice: &exact,
            },
            Budget {
                rule: "budget-memory",
                what: message!("cost-memory"),
                limit: self.max_memory,
                cost: memory.weights + memory.peak_activations,
                notice: &in_bytes,
            },
        ];
        let mut held = Held::default();
        for budget in &budgets {
            budget.hold(&mut held);
        }
        held
    }
}

/// Results of the budgets.
#[derive(Debug, Default)]
pub(in crate::cli) struct Held {
    /// Problems, one per exceeded budget.
    pub(in crate::cli) exceeded: Vec<Problem>,
    /// Sentences, one per budget that is met.
    pub(in crate::cli) kept: Vec<Message>,
    /// Use of each budget.
    pub(in crate::cli) usage: Vec<Usage>,
}

struct Budget<'a> {
    rule: &'static str,
    what: Message,
    limit: Option<u128>,
    cost: u128,
    /// Formatter of a number for people: a short and an exact form.
    notice: &'a dyn Fn(u128) -> (String, Message),
}

impl Budget<'_> {
    fn hold(&self, held: &mut Held) {
        let Some(limit) = self.limit else { return };
        let ((cost, exact), (allowed, _)) = ((self.notice)(self.cost), (self.notice)(limit));
        held.usage.push(Usage {
            rule: self.rule,
            what: self.what.clone(),
            amounts: [self.cost, limit],
            shown: [cost.clone(), allowed.clone()],
        });
        if self.cost <= limit {
            let share = percent_of(self.cost, limit);
            held.kept.push(message!(
                "budget-kept",
                what = self.what.clone(),
                cost = cost,
                allowed = allowed,
                share = share
            ));
            return;
        }
        let over = self.cost - limit;
        let (short_over, exact_over) = (self.notice)(over);
        let over = if limit == 0 {
            Message::foreign(short_over)
        } else {
            let share = percent_of(over, limit);
            message!("budget-over", over = short_over, share = share)
        };
        let message = message!(
            "budget-exceeded",
            what = self.what.clone(),
            cost = cost,
            allowed = allowed,
            over = over
        );
        let advice = message!("budget-exactly", cost = exact, over = exact_over);
        held.exceeded
            .push(Problem::error(self.rule, message).help(advice));
    }
}

/// Parses `26M`, `4.1G`, `100MiB`, `25557032`, `25_557_032`.
fn amount(text: &str) -> Result<u128, Reason> {
    const UNITS: [(&str, u128); 15] = [
        ("kib", 1 << 10),
        ("mib", 1 << 20),
        ("gib", 1 << 30),
        ("tib", 1 << 40),
        ("kb", 1_000),
        ("mb", 1_000_000),
        ("gb", 1_000_000_000),
        ("tb", 1_000_000_000_000),
        ("k", 1_000),
        ("m", 1_000_000),
        ("g", 1_000_000_000),
        ("b", 1),
        ("t", 1_000_000_000_000),
        ("p", 1_000_000_000_000_000),
        ("", 1),
    ];
    let wrong = || Reason::new(message!("call-form-amount"));
    let plain = text.trim().to_ascii_lowercase().replace(['_', ','], "");
    let (number, unit) = UNITS
        .iter()
        .find_map(|(name, unit)| Some((plain.strip_suffix(name)?.trim_end(), *unit)))
        .ok_or_else(wrong)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || whole.len() + fraction.len() == 0 {
        return Err(wrong());
    }
    // 12 decimal places of the largest unit are exact, and no product overflows.
    if whole.len() > 18 || fraction.len() > 12 {
        return Err(Reason::new(message!("call-form-amount-digits")));
    }
    let whole: u128 = format!("0{whole}").parse().map_err(|_| wrong())?;
    let scaled: u128 = format!("{fraction:0<12}").parse().map_err(|_| wrong())?;
    Ok(whole * unit + scaled * unit / 1_000_000_000_000)
}

#[cfg(test)]
mod tests {
    use super::amount;

    #[test]
    fn amounts_are_read_exactly() {
        assert_eq!(amount("26M"), Ok(26_000_000));
        assert_eq!(amount("4.1G"), Ok(4_100_000_000));
        assert_eq!(amount("100MiB"), Ok(104_857_600));
        assert_eq!(amount("0.5 KiB"), Ok(512));
        assert_eq!(amount("25_557_032"), Ok(25_557_032));
        assert_eq!(amount(".5k"), Ok(500));
        for wrong in ["", "M", "-1", "1e6", "4.1.1", "ten", "1.0000000000000001G"] {
            assert!(amount(wrong).is_err(), "{wrong}");
        }
    }
}
