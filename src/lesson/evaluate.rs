//! Evaluation of queries on demand: from the network, the analyses or a real pass. Nothing is stored.

mod functions;
mod learning;
mod measure;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::query::Query;
use super::value::Value;
use crate::analysis::downsample::{self, Shortcut};
use crate::analysis::{Rule, cost, lint};
use crate::lower::{Overrides, open, open_text};
use crate::message;
use crate::network::{Conv, Layer, LayerId, Preprocess, Window, check};
use crate::report::{self, Subject};
use crate::text::Message;
pub use functions::FUNCTIONS;
use functions::{join, unknown};

/// Evaluator for the queries of a lesson, including the lesson's own networks.
#[derive(Debug, Default)]
pub struct World {
    own: BTreeMap<String, String>,
    opened: RefCell<BTreeMap<String, Rc<Subject>>>,
}

impl World {
    /// Creates an evaluator with a lesson's own networks: names and specs.
    pub fn new(own: BTreeMap<String, String>) -> Self {
        Self {
            own,
            opened: RefCell::default(),
        }
    }

    /// The lesson's own networks: names and specs.
    pub const fn own(&self) -> &BTreeMap<String, String> {
        &self.own
    }

    /// Evaluates a query.
    ///
    /// # Errors
    /// The function, network, layer or word is unknown; the message lists the known ones.
    pub fn answer(&self, query: &Query) -> Result<Value, Message> {
        match query {
            Query::Number(number) => Ok(Value::Number(*number)),
            Query::Call(function, words) => {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                self.call(function, &words)
            }
            Query::Join(left, op, right) => {
                let (left, right) = (self.answer(left)?, self.answer(right)?);
                join(&left, *op, &right)
            }
        }
    }

    /// Network of that name.
    ///
    /// # Errors
    /// There is no such network.
    pub fn net(&self, name: &str) -> Result<Rc<Subject>, Message> {
        if let Some(subject) = self.opened.borrow().get(name) {
            return Ok(subject.clone());
        }
        let model = match self.own.get(name) {
            Some(text) => open_text(name, text, &Overrides::default()),
            None => open(name, &Overrides::default()).map_err(|problems| problems[0].headline())?,
        };
        let subject = Rc::new(Subject::new(model, Rule::default(), 1));
        self.opened
            .borrow_mut()
            .insert(name.to_owned(), subject.clone());
        Ok(subject)
    }

    /// A network and the layers at or below a path; all layers if the word is a network alone.
    fn scope(&self, word: &str) -> Result<(Rc<Subject>, Vec<LayerId>), Message> {
        let (name, path) = word.split_once('.').unwrap_or((word, ""));
        let subject = self.net(name)?;
        let network = &subject.model.network;
        let below = |module: &str| {
            path.is_empty()
                || module == path
                || module
                    .strip_prefix(path)
                    .is_some_and(|rest| rest.starts_with('.'))
        };
        let found: Vec<_> = match network.find(path) {
            Some(id) => vec![id],
            None => network
                .nodes()
                .filter(|(_, node)| below(&node.path.module))
                .map(|(id, _)| id)
                .collect(),
        };
        if found.is_empty() {
            return Err(message!("query-no-layer", net = name, path = path));
        }
        Ok((subject, found))
    }

    /// One layer of a network.
    ///
    /// # Errors
    /// There is no such network or layer.
    pub fn layer(&self, word: &str) -> Result<(Rc<Subject>, LayerId), Message> {
        let (name, path) = word
            .split_once('.')
            .ok_or_else(|| message!("query-names-no-layer", word = word))?;
        let subject = self.net(name)?;
        let id = subject.model.network.find(path);
        id.map(|id| (subject, id))
            .ok_or_else(|| message!("query-no-layer", net = name, path = path))
    }

    fn call(&self, function: &str, words: &[&str]) -> Result<Value, Message> {
        let number = |count: u128| Ok(Value::Number(count as f64));
        match (function, words) {
            ("params" | "buffers", [word]) => {
                let (subject, ids) = self.scope(word)?;
                let network = &subject.model.network;
                number(if function == "params" {
                    let table = cost::params(network);
                    ids.iter().map(|&id| table[id].0).sum()
                } else {
                    let table = cost::buffers(network);
                    ids.iter().map(|&id| table[id].0).sum()
                })
            }
            ("macs", [word, rule @ ..]) if rule.len() < 2 => {
                let rule = rule.first().copied().unwrap_or("conv+fc");
                let rule =
                    Rule::parse(rule).ok_or_else(|| message!("query-no-rule", rule = rule))?;
                let (subject, ids) = self.scope(word)?;
                let network = &subject.model.network;
                let table = cost::macs(network, &subject.analysis.shapes, rule);
                number(ids.iter().map(|&id| table[id].0).sum())
            }
            ("count", [word, what]) => number(self.count(word, what)? as u128),
            ("depth", [name]) => number(self.net(name)?.analysis.depth as u128),
            ("field", [word]) => self.field(word),
            ("block", [name]) => self.stage(name, "1", |stage| Value::Text(stage.block.clone())),
            ("blocks", [name, stage]) => {
                self.stage(
                    name,
                    stage,
                    |stage| Value::Number(stage.blocks.len() as f64),
                )
            }
            ("paper_name", [name, stage]) => self.stage(name, stage, |stage| {
                Value::Text(stage.paper_name.clone().unwrap_or_default())
            }),
            ("downsample", [name, number]) => {
                let subject = self.net(name)?;
                let at = number
                    .parse::<usize>()
                    .ok()
                    .and_then(|number| number.checked_sub(1));
                let found = at.and_then(|at| subject.analysis.downsample.get(at));
                let found = found.ok_or_else(|| {
                    message!(
                        "query-no-downsampling",
                        net = name.to_owned(),
                        number = number.to_owned()
                    )
                })?;
                Ok(path_of(&subject, found.layer))
            }
            ("shortcut", [word]) => self.shortcut(word),
            ("residual", [word]) => self.residual(word),
            ("legal", [name]) => Ok(Value::Truth(
                check::check(&self.net(name)?.model.network).is_empty(),
            )),
            ("fault", [name]) => {
                let subject = self.net(name)?;
                let faults = check::check(&subject.model.network);
                let id = faults.iter().find_map(|fault| fault.layer);
                id.map(|id| path_of(&subject, id))
                    .ok_or_else(|| message!("query-no-fault", net = name.to_owned()))
            }
            ("caught", [name]) => {
                let found = report::checks::check(&self.net(name)?.model);
                let rule = found.first().map(|problem| problem.rule.to_owned());
                rule.map(Value::Text)
                    .ok_or_else(|| message!("query-no-problem", net = name.to_owned()))
            }
            ("window", [size, kernel, stride, padding]) => {
                let [size, kernel, stride, padding] =
                    [size, kernel, stride, padding].map(|word| word.parse::<u64>());
                let read = (size.ok(), kernel.ok(), stride.ok(), padding.ok());
                let (Some(size), Some(kernel @ 1..), Some(stride @ 1..), Some(padding)) = read
                else {
                    return Err(message!("query-window-numbers"));
                };
                let output = Window::square(kernel, stride, padding).output([size; 2]);
                output
                    .map(|[side, _]| Value::Number(side as f64))
                    .ok_or_else(|| message!("query-window-too-large"))
            }
            ("preprocess", [name, what, channel]) => self.preprocess(name, what, channel),
            ("runs", [name]) => self.runs(name),
            ("top", [name, sample]) => self.top(name, sample),
            ("gradient", [name]) => self.gradient(name),
            ("trained", [name, epochs, lacks @ ..]) => self.trained(name, epochs, lacks),
            ("lesion", [word, path]) => self.lesion(word, path),
            ("looks", [name, sample, axis]) => self.looks(name, sample, axis),
            ("bn", [word, what, channel, size]) => self.bn(word, what, channel, size),
            ("bn_distance", [word, size]) => {
                let size = size.parse().map_err(|_| message!("query-no-size"))?;
                let distance = self.lab(word)?.distance(size)?;
                Ok(Value::Number(distance.mean))
            }
            (_, [word]) => self.of_layer(function, word),
            _ => Err(unknown(function)),
        }
    }

    fn of_layer(&self, function: &str, word: &str) -> Result<Value, Message> {
        if !FUNCTIONS.iter().any(|(name, _)| *name == function) {
            return Err(unknown(function));
        }
        let (subject, id) = self.layer(word)?;
        let network = &subject.model.network;
        let layer = &network[id].layer;
        let shape = |id: LayerId| {
            let shape = subject.analysis.shapes[id];
            shape
                .map(Value::Shape)
                .ok_or_else(|| message!("query-no-shape", layer = word))
        };
        let window = || {
            layer
                .window()
                .ok_or_else(|| message!("query-no-window", layer = word))
        };
        let side = |number: u64| Ok(Value::Number(number as f64));
        match function {
            "shape" => shape(id),
            "input" => shape(
                *network
                    .inputs(id)
                    .first()
                    .ok_or_else(|| message!("query-no-input", layer = word))?,
            ),
            "op" => Ok(Value::Text(layer.op().to_owned())),
            "successor" | "predecessor" => {
                let ids = if function == "successor" {
                    network.users(id)
                } else {
                    network.inputs(id).to_vec()
                };
                let paths: Vec<_> = ids
                    .into_iter()
                    .map(|id| network[id].path.to_string())
                    .collect();
                Ok(Value::Text(paths.join(", ")))
            }
            "kernel" => side(window()?.kernel[0]),
            "stride" => side(layer.stride()[0]),
            "padding" => side(window()?.padding[0]),
            "groups" => match layer {
                Layer::Conv(Conv::Spatial(conv)) => side(conv.groups),
                _ => Err(message!("query-no-convolution", layer = word)),
            },
            _ => Err(unknown(function)),
        }
    }

    fn count(&self, word: &str, what: &str) -> Result<usize, Message> {
        let (subject, ids) = self.scope(word)?;
        let network = &subject.model.network;
        let blocks = || downsample::blocks(network);
        Ok(match what {
            "blocks" => blocks().len(),
            "projections" => lint::projections(network).0,
            "identities" => blocks()
                .iter()
                .filter(|block| block.shortcut.is_empty())
                .count(),
            "stages" => network.stages().len(),
            "layers" => network.len(),
            "downsamples" => subject.analysis.downsample.len(),
            op => match ids
                .iter()
                .filter(|&&id| network[id].layer.op() == op)
                .count()
            {
                0 if !network.nodes().any(|(_, node)| node.layer.op() == op) && op != "Sigmoid" => {
                    return Err(message!("query-cannot-count", what = op));
                }
                count => count,
            },
        })
    }

    fn field(&self, word: &str) -> Result<Value, Message> {
        let field = if word.contains('.') {
            let (subject, id) = self.layer(word)?;
            subject.analysis.receptive_field[id]
        } else {
            let subject = self.net(word)?;
            subject
                .analysis
                .final_receptive_field(&subject.model.network)
        };
        let field = field.ok_or_else(|| message!("query-no-field", layer = word))?;
        Ok(Value::Number(field.size() as f64))
    }

    fn stage(
        &self,
        name: &str,
        number: &str,
        tell: impl Fn(&crate::network::StageInfo) -> Value,
    ) -> Result<Value, Message> {
        let subject = self.net(name)?;
        let stage = number
            .parse()
            .ok()
            .and_then(|number| subject.model.network.stage(number));
        stage
            .map(tell)
            .ok_or_else(|| message!("query-no-stage", net = name, number = number))
    }

    /// A network and one of its blocks.
    ///
    /// # Errors
    /// There is no such network or block.
    pub fn block(&self, word: &str) -> Result<(Rc<Subject>, downsample::Block), Message> {
        let (name, path) = word
            .split_once('.')
            .ok_or_else(|| message!("query-names-no-block", word = word))?;
        let subject = self.net(name)?;
        let network = &subject.model.network;
        let add = format!("{path}.add");
        let block = downsample::blocks(network)
            .into_iter()
            .find(|block| network[block.add].path.module == add);
        let block = block.ok_or_else(|| message!("query-no-block", net = name, path = path))?;
        Ok((subject, block))
    }

    /// Last layer of a block's main path, which is the first operand of its addition.
    fn residual(&self, word: &str) -> Result<Value, Message> {
        let (subject, block) = self.block(word)?;
        let operands = subject.model.network.inputs(block.add);
        let main = operands.first().copied().unwrap_or(block.add);
        Ok(path_of(&subject, main))
    }

    fn shortcut(&self, word: &str) -> Result<Value, Message> {
        let (subject, block) = self.block(word)?;
        let network = &subject.model.network;
        let kind = match downsample::shortcut(network, &block.shortcut) {
            Shortcut::Identity => "identity",
            Shortcut::Projection { pooled: true, .. } => "pooled projection",
            Shortcut::Projection { .. } => "projection",
            Shortcut::ZeroPadding { .. } => "zero padding",
            Shortcut::Pool { .. } => "pool",
            Shortcut::Gate => "gate",
        };
        Ok(Value::Text(kind.to_owned()))
    }

    fn preprocess(&self, name: &str, what: &str, channel: &str) -> Result<Value, Message> {
        let subject = self.net(name)?;
        let found = subject
            .model
            .network
            .nodes()
            .find_map(|(_, node)| match &node.layer {
                Layer::Preprocess(Preprocess::Standardize { mean, std }) => match what {
                    "mean" => Some(mean.clone()),
                    "std" => Some(std.clone()),
                    _ => None,
                },
                _ => None,
            });
        let number = found.and_then(|all| all.get(channel.parse::<usize>().ok()?).copied());
        // The f32 as it is written: 0.485 rather than 0.48500001430511475.
        let number = number.and_then(|number| number.to_string().parse().ok());
        number.map(Value::Number).ok_or_else(|| {
            message!(
                "query-no-preprocessing",
                net = name,
                what = what,
                channel = channel
            )
        })
    }
}

fn path_of(subject: &Subject, id: LayerId) -> Value {
    Value::Text(subject.model.network[id].path.to_string())
}
