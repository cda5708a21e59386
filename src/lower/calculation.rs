//! Calculations of a spec: values of names and expressions, along one axis or both.

use std::sync::Arc;

use super::builder::Builder;
use crate::message;
use crate::network::limits;
use crate::network::window::sides;
use crate::spec::decode::Named;
use crate::spec::expr::{EvalError, Expr};
use crate::spec::pair::Pair;
use crate::spec::problem::{did_you_mean, nearest, quoted};
use crate::spec::{Located, Place, Problem};
use crate::text::{Joint, Message};

/// A size that a message may be about.
#[derive(Clone, Copy)]
struct NamedSize {
    /// The id of its name.
    what: &'static str,
    /// The axis that it is along, where it is written for each.
    axis: Option<usize>,
}

impl NamedSize {
    fn message(self) -> Message {
        let what = Message::new(self.what);
        match self.axis {
            None => what,
            Some(0) => message!("size-along-height", what = what),
            Some(_) => message!("size-along-width", what = what),
        }
    }
}

impl Builder {
    /// Value of a size within `least ..= most`; problems are reported.
    pub(super) fn size(
        &mut self,
        what: &'static str,
        expr: &Located<Expr>,
        least: u64,
        most: u64,
    ) -> Option<u64> {
        let value = self.eval(expr)?;
        self.bounded(NamedSize { what, axis: None }, expr, value, [least, most])
    }

    /// Value of a size that may be missing.
    pub(super) fn size_or(
        &mut self,
        what: &'static str,
        expr: Option<&Located<Expr>>,
        default: u64,
        [least, most]: [u64; 2],
    ) -> Option<u64> {
        match expr {
            Some(expr) => self.size(what, expr, least, most),
            None => Some(default),
        }
    }

    /// Number of groups of channels; 1 if it is missing.
    pub(super) fn groups(&mut self, groups: Option<&Located<Expr>>) -> Option<u64> {
        self.size_or("size-groups", groups, 1, [1, limits::CHANNELS])
    }

    /// Stride along both axes; 1 if it is missing.
    pub(super) fn stride(&mut self, stride: Option<&Located<Pair<Expr>>>) -> Option<[u64; 2]> {
        self.sizes_or("size-stride", stride, [1; 2], 1, limits::WINDOW)
    }

    /// Values of a size along both axes, each with its own maximum.
    pub(super) fn sizes(
        &mut self,
        what: &'static str,
        pair: &Pair<Expr>,
        least: u64,
        most: [u64; 2],
    ) -> Option<[u64; 2]> {
        let found = [0, 1].map(|axis| {
            let expr = pair.along(axis);
            let values = self.along_axes(expr)?;
            let is_even = matches!(pair, Pair::Both(_)) && values[0] == values[1];
            // One number that is too large for both axes is reported once.
            if is_even && axis == 1 && most[0] == most[1] {
                return u64::try_from(values[1]).ok();
            }
            let is_one = is_even && most[0] == most[1];
            let axis_named = (!is_one).then_some(axis);
            let what = NamedSize {
                what,
                axis: axis_named,
            };
            self.bounded(what, expr, values[axis], [least, most[axis]])
        });
        Some([found[0]?, found[1]?])
    }

    /// Values of a key that may be absent.
    pub(super) fn sizes_or(
        &mut self,
        what: &'static str,
        pair: Option<&Located<Pair<Expr>>>,
        default: [u64; 2],
        least: u64,
        most: u64,
    ) -> Option<[u64; 2]> {
        match pair {
            Some(pair) => self.sizes(what, &pair.value, least, [most; 2]),
            None => Some(default),
        }
    }

    fn bounded(
        &mut self,
        what: NamedSize,
        expr: &Located<Expr>,
        value: i64,
        [least, most]: [u64; 2],
    ) -> Option<u64> {
        let size = u64::try_from(value)
            .ok()
            .filter(|size| (least..=most).contains(size));
        if size.is_none() {
            let shown = match &expr.value {
                Expr::Number(_) => value.to_string(),
                expr => format!("`{expr}` = {value}"),
            };
            let message = message!(
                "problem-size-range",
                what = what.message(),
                value = shown,
                least = least,
                most = most
            );
            let used: Vec<Message> = self
                .variables
                .all()
                .filter(|(name, _)| expr.value.mentions(name))
                .map(|(name, value)| message!("help-name-is", name = name, value = sides(value)))
                .collect();
            // A calculation of a shipped block is correct; the values from this file are not.
            let stated = self.stated_here(expr).cloned();
            let help = match (&stated, used.is_empty()) {
                (_, true) => message!("help-number-range", least = least, most = most),
                (Some(_), false) => {
                    message!("help-change-this-line", names = Joint::And.of(used))
                }
                (None, false) => message!(
                    "help-change-calculation",
                    names = Joint::And.of(used),
                    place = expr.place.to_string()
                ),
            };
            let place = stated.as_ref().unwrap_or(&expr.place);
            let is_reported =
                |known: &Problem| known.rule == "size" && known.place.as_ref() == stated.as_ref();
            // One number of the file is one mistake, however many layers are calculated from it.
            if stated.is_none() || !self.problems.iter().any(is_reported) {
                self.report(Problem::error("size", message).at(place).help(help));
            }
        }
        size
    }

    /// Place where the file being lowered states a name that a calculation of another file uses.
    fn stated_here(&self, expr: &Located<Expr>) -> Option<&Place> {
        let mut stated = self
            .stated
            .iter()
            .filter(|(name, place)| self.is_own(place) && expr.value.mentions(name));
        let mut derived = self
            .causes
            .iter()
            .filter(|(name, _)| expr.value.mentions(name));
        if self.is_own(&expr.place) {
            return None;
        }
        let stated = stated.next().map(|(_, place)| place);
        stated.or_else(|| derived.next().map(|(_, place)| place))
    }

    /// Whether a place is in the file being lowered.
    pub(super) fn is_own(&self, place: &Place) -> bool {
        Arc::ptr_eq(&place.source, &self.own) || place.source == self.own
    }

    /// Whether a size lies within 1 and its limit; otherwise it is reported. `what` and `help` are ids of texts.
    pub(super) fn within(
        &mut self,
        what: &'static str,
        size: &Located<u64>,
        limit: u64,
        help: &'static str,
    ) -> bool {
        let sound = (1..=limit).contains(&size.value);
        if !sound {
            let message = message!(
                "problem-size-range",
                what = Message::new(what),
                value = size.value,
                least = 1_u64,
                most = limit
            );
            let problem = Problem::error("size", message).at(&size.place);
            self.report(problem.help(Message::new(help)));
        }
        sound
    }

    /// Value of an expression that is a single number; problems are reported.
    pub(super) fn eval(&mut self, expr: &Located<Expr>) -> Option<i64> {
        let [height, width] = self.along_axes(expr)?;
        if height == width {
            return Some(height);
        }
        let place = self.stated_here(expr).unwrap_or(&expr.place).clone();
        let message = message!(
            "problem-uneven",
            text = expr.value.to_string(),
            height = height.to_string(),
            width = width.to_string()
        );
        let help = message!("help-even");
        self.report(Problem::error("size", message).at(&place).help(help));
        None
    }

    /// Whether a condition holds; a name that differs along the axes counts as its larger number.
    pub(super) fn holds(&mut self, condition: &Located<Expr>) -> Option<bool> {
        condition.value.each_name(&mut |name| self.reads(name));
        let variables = &self.variables;
        let value = condition.value.eval(&|name| variables.get(name));
        self.reported(condition, value).map(|value| value != 0)
    }

    /// Values of an expression along height and width; problems are reported.
    pub(super) fn along_axes(&mut self, expr: &Located<Expr>) -> Option<[i64; 2]> {
        expr.value.each_name(&mut |name| self.reads(name));
        let variables = &self.variables;
        let along = |axis: usize| {
            expr.value
                .eval(&|name| variables.pair(name).map(|pair| pair[axis]))
        };
        let (height, width) = (along(0), variables.is_uneven().then(|| along(1)));
        let height = self.reported(expr, height)?;
        match width {
            Some(width) => Some([height, self.reported(expr, width)?]),
            None => Some([height; 2]),
        }
    }

    fn reported(&mut self, expr: &Located<Expr>, value: Result<i64, EvalError>) -> Option<i64> {
        match value {
            Ok(value) => Some(value),
            Err(error) => {
                let help = match &error {
                    EvalError::Unknown(name) => {
                        if let Some(near) = nearest(name, self.variables.names()) {
                            did_you_mean(near)
                        } else {
                            let names = quoted(self.variables.names());
                            message!("help-known-names", names = names)
                        }
                    }
                    EvalError::DivisionByZero(_) => message!("help-divide-by-another"),
                    EvalError::Logarithm(_) => message!("help-logarithm"),
                    EvalError::Overflow(_) => message!("help-smaller-numbers"),
                };
                let problem = Problem::error("expression", error.message());
                let place = self.stated_here(expr).unwrap_or(&expr.place).clone();
                self.report(problem.at(&place).help(help));
                None
            }
        }
    }

    /// Sets each parameter to the network's value for it, or to its default.
    ///
    /// A parameter without a value is set to 1, which lets the problems of the others be reported too; the result is then
    /// `None`.
    pub(super) fn define(&mut self, parameters: &Named<Expr>) -> Option<()> {
        let mut sound = true;
        let all_given = std::mem::take(&mut self.given);
        for (name, default) in &parameters.0 {
            let given = all_given.iter().find(|(key, _)| *key == name.value);
            let expr = given.map_or(default, |(_, value)| value);
            let value = self.along_axes(expr);
            let cause = if self.is_own(&expr.place) {
                Some(expr.place.clone())
            } else {
                self.stated_here(expr).cloned()
            };
            match cause {
                Some(place) => self.causes.insert(name.value.clone(), place),
                None => self.causes.remove(&name.value),
            };
            sound &= value.is_some();
            self.variables
                .set_pair(&name.value, value.unwrap_or([1; 2]));
        }
        self.given = all_given;
        sound.then_some(())
    }
}
