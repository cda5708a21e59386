//! Explanation of one value, for programs.

use serde::Serialize;

use crate::engine::value_trace::{
    Cell, Explanation, Formula, Norm, Read, Statistics, Sum, Term, unbiased,
};
use crate::network::Network;
use crate::text::Language;

/// Value with the steps of its computation.
#[derive(Debug, Serialize)]
pub struct Explained {
    /// Module path of the layer.
    pub name: String,
    /// Number of the module's call.
    pub call: u32,
    /// Position in the layer's output.
    pub cell: Place,
    /// Value in the pass.
    pub value: f64,
    /// Region of the picture that the value sees.
    pub sees: Option<Seen>,
    /// Steps of its computation, in the order of execution.
    pub steps: Vec<Step>,
}

/// Position of a cell, from 0.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs, reason = "each is the field of `Cell` of that name")]
pub struct Place {
    pub image: usize,
    pub channel: usize,
    pub row: usize,
    pub column: usize,
}

/// Region of the picture.
#[derive(Debug, Serialize)]
pub struct Seen {
    /// First and last row.
    pub rows: [u64; 2],
    /// First and last column.
    pub columns: [u64; 2],
}

/// Step of one layer.
#[derive(Debug, Serialize)]
pub struct Step {
    name: String,
    call: u32,
    op: &'static str,
    cell: Place,
    value: f64,
    computed: f64,
    difference: f64,
    tolerance: f64,
    agrees: bool,
    formula: Written,
}

/// Formula in JSON: its kind and its numbers.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Written {
    /// The kind is the name of the function.
    Activation {
        kind: &'static str,
        read: Value,
    },
    Other(Numbers),
}

/// Numbers of a formula.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Numbers {
    Image,
    Sum {
        kernel: [usize; 3],
        border: usize,
        bias: Option<f64>,
        products: Vec<Product>,
    },
    Rounded {
        sum: f64,
        how: &'static str,
        kernel: [usize; 3],
        products: Vec<Product>,
    },
    Largest {
        kernel: [usize; 2],
        reads: Vec<Value>,
    },
    Deviation {
        mean: f64,
        variance: f64,
        eps: f64,
        reads: Vec<Value>,
    },
    Norm {
        #[serde(flatten)]
        norm: NormNumbers,
        #[serde(skip_serializing_if = "Option::is_none")]
        v: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        tau: Option<f64>,
    },
    Scalar {
        operator: &'static str,
        read: Value,
        number: f64,
    },
    Scale {
        read: Value,
        divisor: f64,
    },
    Standardize {
        read: Value,
        mean: f64,
        std: f64,
    },
    Add {
        main: Value,
        shortcut: Value,
    },
    Multiply {
        read: Value,
        gate: Value,
    },
    Shares {
        logits: Vec<Value>,
        own: usize,
    },
    Copy {
        read: Value,
    },
    Zero {
        reason: &'static str,
    },
}

/// Input value.
#[derive(Debug, Serialize)]
#[allow(clippy::struct_field_names, reason = "the names are the JSON's")]
struct Value {
    layer: String,
    #[serde(flatten)]
    cell: Place,
    value: f64,
}

/// Product of a sum.
#[derive(Debug, Serialize)]
#[allow(clippy::struct_field_names, reason = "the names are the JSON's")]
struct Product {
    channel: usize,
    row: usize,
    column: usize,
    tap: [usize; 3],
    read: f64,
    weight: f64,
    product: f64,
}

#[derive(Debug, Serialize)]
struct NormNumbers {
    read: Value,
    mean: f64,
    variance: f64,
    eps: f64,
    gamma: f64,
    beta: f64,
    statistics: &'static str,
    values: Option<usize>,
}

impl From<Cell> for Place {
    fn from(cell: Cell) -> Self {
        Self {
            image: cell.image,
            channel: cell.channel,
            row: cell.row,
            column: cell.column,
        }
    }
}

impl Explained {
    /// Numbers of an explanation; `None` for one without steps.
    pub fn of(network: &Network, explanation: &Explanation) -> Option<Self> {
        let last = explanation.last()?;
        let path = &network[last.layer].path;
        let image = network.ids().next()?;
        Some(Self {
            name: path.module.clone(),
            call: path.call,
            cell: last.cell.into(),
            value: last.value,
            sees: explanation.seen[image].map(|region| Seen {
                rows: region.rows,
                columns: region.columns,
            }),
            steps: explanation
                .steps
                .iter()
                .map(|step| {
                    let node = &network[step.layer];
                    Step {
                        name: node.path.module.clone(),
                        call: node.path.call,
                        op: node.layer.op(),
                        cell: step.cell.into(),
                        value: step.value,
                        computed: step.computed,
                        difference: step.difference(),
                        tolerance: step.tolerance,
                        agrees: step.agrees(),
                        formula: numbers(network, &step.formula),
                    }
                })
                .collect(),
        })
    }
}

fn products(sum: &Sum) -> Vec<Product> {
    let product = |term: &Term| Product {
        channel: term.read.cell.channel,
        row: term.read.cell.row,
        column: term.read.cell.column,
        tap: term.tap,
        read: term.read.value,
        weight: term.weight,
        product: term.product(),
    };
    sum.terms.iter().map(product).collect()
}

fn numbers(network: &Network, formula: &Formula) -> Written {
    let value = |read: &Read| Value {
        layer: network[read.layer].path.to_string(),
        cell: read.cell.into(),
        value: read.value,
    };
    let norm_numbers = |norm: &Norm, v: Option<f64>, tau: Option<f64>| {
        let (statistics, values) = match norm.statistics {
            Statistics::Running => ("running", None),
            Statistics::Batch(count) => ("batch", Some(count)),
            Statistics::Group(count) => ("group", Some(count)),
        };
        Numbers::Norm {
            norm: NormNumbers {
                read: value(&norm.read),
                mean: norm.mean,
                variance: norm.variance,
                eps: norm.eps,
                gamma: norm.gamma,
                beta: norm.beta,
                statistics,
                values,
            },
            v,
            tau,
        }
    };
    Written::Other(match formula {
        Formula::Image(_) => Numbers::Image,
        Formula::Sum(sum) => Numbers::Sum {
            kernel: sum.kernel,
            border: sum.border,
            bias: sum.bias,
            products: products(sum),
        },
        Formula::Rounded { sum, how, .. } => Numbers::Rounded {
            sum: sum.value(),
            how: Language::ENGLISH.word(how),
            kernel: sum.kernel,
            products: products(sum),
        },
        Formula::Largest { kernel, reads } => Numbers::Largest {
            kernel: *kernel,
            reads: reads.iter().map(|(_, read)| value(read)).collect(),
        },
        Formula::Deviation { reads, eps } => {
            let (mean, variance) = unbiased(reads);
            Numbers::Deviation {
                mean,
                variance,
                eps: *eps,
                reads: reads.iter().map(value).collect(),
            }
        }
        Formula::Norm(norm) => norm_numbers(norm, None, None),
        Formula::Gated { norm, v } => norm_numbers(norm, Some(*v), None),
        Formula::Rms { norm, tau } => norm_numbers(norm, None, Some(*tau)),
        Formula::Activation { function, read } => {
            return Written::Activation {
                kind: function.key(),
                read: value(read),
            };
        }
        Formula::Scalar {
            scalar,
            read,
            number,
        } => Numbers::Scalar {
            operator: scalar.operators()[0],
            read: value(read),
            number: *number,
        },
        Formula::Scale { read, divisor } => Numbers::Scale {
            read: value(read),
            divisor: *divisor,
        },
        Formula::Standardize { read, mean, std } => Numbers::Standardize {
            read: value(read),
            mean: *mean,
            std: *std,
        },
        Formula::Add { main, shortcut } => Numbers::Add {
            main: value(main),
            shortcut: value(shortcut),
        },
        Formula::Multiply { read, gate } => Numbers::Multiply {
            read: value(read),
            gate: value(gate),
        },
        Formula::Shares { logits, own } => Numbers::Shares {
            logits: logits.iter().map(value).collect(),
            own: *own,
        },
        Formula::Copy(read) => Numbers::Copy { read: value(read) },
        Formula::Zero(reason) => Numbers::Zero {
            reason: Language::ENGLISH.word(reason),
        },
    })
}
