//! A network under construction: where the next layer goes, what its names mean, and what went wrong so far.

use std::collections::HashMap;

use crate::network::infer::infer_or_recover;
use crate::network::{Branch, Layer, LayerId, LayerPath, Network, Node, Scope, Shape, Stage};
use crate::spec::expr::{EvalError, Expr};
use crate::spec::problem::nearest;
use crate::spec::{Located, Place, Problem};

/// Names that stand for numbers, in the order in which they were defined.
#[derive(Debug, Clone, Default)]
pub(super) struct Variables(Vec<(String, i64)>);

impl Variables {
    pub(super) fn set(&mut self, name: &str, value: i64) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<i64> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| *value)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

/// The tensor that the next layer reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor {
    pub(super) id: LayerId,
    pub(super) shape: Option<Shape>,
    /// Known even where a shape is not: a convolution puts out its channels whatever comes in.
    pub(super) channels: u64,
}

/// Settings of batch normalisation that a spec states once.
#[derive(Debug, Clone, Copy)]
pub(super) struct NormDefaults {
    pub(super) eps: f64,
    pub(super) momentum: f64,
}

pub(super) struct Builder {
    pub(super) network: Network,
    pub(super) origins: Vec<Option<Place>>,
    pub(super) problems: Vec<Problem>,
    pub(super) variables: Variables,
    pub(super) scope: Scope,
    /// The module path that names are below: `layer1.0`, or nothing.
    pub(super) prefix: String,
    pub(super) cursor: Option<Cursor>,
    pub(super) norm: NormDefaults,
    /// Whether blocks call their ReLU as a function from its second call on.
    pub(super) functional_relu: bool,
    calls: HashMap<String, u32>,
}

impl Builder {
    pub(super) fn new(problems: Vec<Problem>, norm: NormDefaults) -> Self {
        Self {
            network: Network::new(),
            origins: Vec::new(),
            problems,
            variables: Variables::default(),
            scope: Scope::outside(Stage::Preprocess),
            prefix: String::new(),
            cursor: None,
            norm,
            functional_relu: false,
            calls: HashMap::new(),
        }
    }

    /// Adds a layer that reads the cursor and moves the cursor to it.
    pub(super) fn push(&mut self, name: &str, place: Option<&Place>, layer: Layer) {
        let inputs: Vec<_> = self.cursor.into_iter().collect();
        self.join(name, place, layer, &inputs);
    }

    /// Adds a layer that reads `inputs` and moves the cursor to it.
    pub(super) fn join(
        &mut self,
        name: &str,
        place: Option<&Place>,
        layer: Layer,
        inputs: &[Cursor],
    ) {
        let module = if self.prefix.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.prefix)
        };
        let call = self.calls.entry(module.clone()).or_insert(0);
        // A second layer with parameters under one path is a mistake, not a second call: legality names it.
        *call = if layer.parameters().is_empty() {
            *call + 1
        } else {
            1
        };
        let path = LayerPath {
            module,
            call: *call,
        };
        let function = self.functional_relu
            && self.scope.block.is_some()
            && path.call > 1
            && matches!(layer, Layer::Relu);
        let shapes: Option<Vec<Shape>> = inputs.iter().map(|input| input.shape).collect();
        let shape = shapes.and_then(|shapes| infer_or_recover(&layer, &shapes).0);
        let channels = match (&layer, shape) {
            (_, Some(shape)) => shape.channels(),
            (Layer::Conv2d(conv), None) => conv.out_channels,
            (Layer::Linear(linear), None) => linear.out_features,
            (Layer::PadShortcut { channels, .. }, None) => *channels,
            (_, None) => inputs.first().map_or(0, |input| input.channels),
        };
        let ids: Vec<_> = inputs.iter().map(|input| input.id).collect();
        let node = Node {
            path,
            layer,
            scope: self.scope,
            function,
        };
        let id = self.network.add(node, &ids);
        self.origins.push(place.cloned());
        self.cursor = Some(Cursor {
            id,
            shape,
            channels,
        });
    }

    /// Channels or features that the next layer reads.
    pub(super) fn channels(&self) -> u64 {
        self.cursor.map_or(0, |cursor| cursor.channels)
    }

    /// The value of a size that must lie within `least ..= most`; what is wrong with it is reported.
    pub(super) fn size(
        &mut self,
        what: &str,
        expr: &Located<Expr>,
        least: u64,
        most: u64,
    ) -> Option<u64> {
        let value = self.eval(expr)?;
        let size = u64::try_from(value)
            .ok()
            .filter(|size| (least..=most).contains(size));
        if size.is_none() {
            let shown = match &expr.value {
                Expr::Number(_) => value.to_string(),
                expr => format!("{expr} = {value}"),
            };
            let message = format!("{what} is {shown}, and must be from {least} to {most}");
            let mut problem = Problem::error("size", message).at(&expr.place);
            let used: Vec<_> = self
                .variables
                .0
                .iter()
                .filter(|(name, _)| expr.value.mentions(name))
                .map(|(name, value)| format!("`{name}` is {value}"))
                .collect();
            if !used.is_empty() {
                problem = problem.help(format!("here {}", used.join(" and ")));
            }
            self.report(problem);
        }
        size
    }

    /// The value of an expression; what is wrong with it is reported.
    pub(super) fn eval(&mut self, expr: &Located<Expr>) -> Option<i64> {
        let variables = &self.variables;
        match expr.value.eval(&|name| variables.get(name)) {
            Ok(value) => Some(value),
            Err(error) => {
                let mut problem = Problem::error("expression", error.to_string()).at(&expr.place);
                if let EvalError::Unknown(name) = &error {
                    let known: Vec<_> = self.variables.names().collect();
                    problem = problem.help(match nearest(name, known.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the names known here are: {}", known.join(", ")),
                    });
                }
                self.report(problem);
                None
            }
        }
    }

    /// Adds a problem, once: a block is lowered many times, and its mistake is one.
    pub(super) fn report(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Runs `build` with the layers on one branch of the block.
    pub(super) fn on_branch(&mut self, branch: Branch, build: impl FnOnce(&mut Self)) {
        self.scope.branch = Some(branch);
        build(self);
        self.scope.branch = None;
    }
}
