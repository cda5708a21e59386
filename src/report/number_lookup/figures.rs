//! Figures that are published about one network: parameters in several ways, operations by every rule.

use serde::Serialize;

use crate::analysis::{Elements, Macs, Params, Rule, cost};
use crate::lower::Model;
use crate::message;
use crate::network::{Conv, Layer, LayerId, Network, Stage, check};
use crate::text::{Joint, Message};

/// Quantity that a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Stored numbers.
    Params,
    /// Operations of a forward pass.
    Operations,
}

/// Figure of one network at one size.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    pub(super) quantity: Quantity,
    /// Name of the rule, or `params`.
    pub(super) rule: &'static str,
    pub(super) note: Option<Message>,
    /// Number of classes; 0 without the head.
    pub(super) classes: u64,
    pub(super) value: u128,
    /// Rarity of the figure in quotations.
    pub(super) penalty: f64,
}

/// Name in place of a rule if parameters are counted.
const PARAMS: &str = "params";

/// Batch sizes that totals are quoted for.
pub(super) const BATCHES: [u64; 8] = [2, 4, 8, 16, 32, 64, 128, 256];
/// Sides of square images that networks are quoted at.
pub(super) const SIZES: [u64; 15] = [
    32, 64, 112, 128, 160, 192, 224, 240, 256, 288, 299, 320, 384, 448, 512,
];
/// Numbers of classes of the data sets that networks are trained on: CIFAR, Places, ImageNet-1k and -21k.
pub(super) const CLASSES: [u64; 7] = [10, 100, 200, 365, 1000, 21_841, 21_843];

/// All figures of `model` at its own size, the most common first in each quantity; if all rules count more than `target`,
/// rules other than the first are left out.
pub(super) fn figures(model: &Model, target: Option<u128>) -> Vec<Figure> {
    let network = &model.network;
    let (shapes, _) = check::shapes(network);
    let head = classifier(network);
    let classes = head.map_or(0, |(_, classes)| classes);
    let mut figures = of_params(network, head);
    for rule in Rule::ALL {
        let table = cost::macs(network, &shapes, rule);
        let value = table.iter().sum::<Macs>().0;
        // All other rules count at least as much as the first.
        let beyond =
            rule == Rule::ConvFc && target.is_some_and(|target| value > target + target / 4);
        let mut operations = |note: Option<Message>, classes: u64, value: u128, extra: f64| {
            figures.push(Figure {
                quantity: Quantity::Operations,
                rule: rule.name(),
                note,
                classes,
                value,
                penalty: rule.rarity() + extra,
            });
        };
        operations(None, classes, value, 0.0);
        if rule.flops_per_count() != 1 {
            let note = message!("figure-flops");
            operations(Some(note), classes, value * 2, 0.15);
        }
        if let (Rule::ConvFc, Some((id, classes))) = (rule, head) {
            let of_head = table[id].0;
            operations(
                Some(message!("figure-without-head")),
                0,
                value - of_head,
                0.7,
            );
            for other in CLASSES.into_iter().filter(|&other| other != classes) {
                let each = of_head / u128::from(classes);
                let value = value - of_head + each * u128::from(other);
                operations(None, other, value, 1.2);
            }
        }
        if beyond {
            return figures;
        }
    }
    for older in super::older::counts(network, &shapes) {
        figures.push(Figure {
            quantity: Quantity::Operations,
            rule: older.rule.name(),
            note: Some(older.note),
            classes,
            value: older.value,
            penalty: older.rule.rarity() + older.penalty,
        });
    }
    figures
}

fn of_params(network: &Network, head: Option<(LayerId, u64)>) -> Vec<Figure> {
    let table = cost::params(network);
    let params = table.iter().sum::<Params>().0;
    let statistics = cost::buffers(network).iter().sum::<Elements>().0;
    let biases: u128 = network
        .nodes()
        .map(|(id, node)| match &node.layer {
            Layer::Conv(Conv::Spatial(conv))
                if !conv.bias && head.is_none_or(|(head, _)| head != id) =>
            {
                u128::from(conv.out_channels)
            }
            _ => 0,
        })
        .sum();
    let (of_head, classes) = head.map_or((0, 0), |(id, classes)| (table[id].0, classes));
    let ways = [
        (None, 0, 0.0),
        (Some(message!("figure-biases")), biases, 0.4),
        (Some(message!("figure-statistics")), statistics, 0.5),
        (Some(message!("figure-keras")), biases + statistics, 0.3),
    ];
    let mut figures = Vec::new();
    let mut add = |note: Option<Message>, classes: u64, value: u128, penalty: f64| {
        figures.push(Figure {
            quantity: Quantity::Params,
            rule: PARAMS,
            note,
            classes,
            value,
            penalty,
        });
    };
    for (note, more, penalty) in ways {
        // Without statistics or further biases, this way repeats an earlier one.
        let is_keras = note.as_ref().is_some_and(|note| note.id == "figure-keras");
        let nothing_new = more == 0 || more == biases && is_keras;
        if nothing_new && note.is_some() {
            continue;
        }
        add(note.clone(), classes, params + more, penalty);
        if of_head > 0 {
            let headless = message!("figure-without-head");
            let parts = note.into_iter().chain([headless]);
            let note = Message::of(Joint::Clause.of(parts));
            add(Some(note), 0, params + more - of_head, penalty + 0.3);
        }
    }
    for other in CLASSES {
        if of_head > 0 && other != classes {
            let each = of_head / u128::from(classes);
            let value = params - of_head + each * u128::from(other);
            add(None, other, value, 0.9);
        }
    }
    figures
}

/// Layer that outputs one number per class, and the number of classes.
fn classifier(network: &Network) -> Option<(LayerId, u64)> {
    network
        .ids()
        .rev()
        .filter(|&id| network[id].scope.stage == Stage::Head)
        .find_map(|id| match &network[id].layer {
            Layer::Linear(linear) => Some((id, linear.out_features)),
            Layer::Conv(Conv::Spatial(conv)) => Some((id, conv.out_channels)),
            _ => None,
        })
}
