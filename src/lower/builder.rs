//! A network under construction: where the next layer goes, what its names mean, and what went wrong so far.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};
use smallvec::SmallVec;

use super::settings::Settings;
use crate::network::infer::infer_or_recover;
use crate::network::{
    Branch, Combine, Conv, Inputs, Layer, LayerId, LayerPath, Network, Node, Reshape, Scope, Shape,
    Stage, limits,
};
use crate::spec::decode::Named;
use crate::spec::expr::{EvalError, Expr};
use crate::spec::problem::nearest;
use crate::spec::{AttentionFile, Located, Place, Problem, Source};

/// Names that stand for numbers, in the order in which they were defined.
#[derive(Debug, Clone, Default)]
pub(super) struct Variables(Vec<(Arc<str>, i64)>);

impl Variables {
    pub(super) fn set(&mut self, name: &str, value: i64) {
        match self.0.iter_mut().find(|(known, _)| **known == *name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.into(), value)),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<i64> {
        self.0
            .iter()
            .find(|(known, _)| **known == *name)
            .map(|(_, value)| *value)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| &**name)
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

pub(super) struct Builder {
    pub(super) network: Network,
    pub(super) origins: Vec<Option<Place>>,
    pub(super) problems: Vec<Problem>,
    pub(super) variables: Variables,
    pub(super) scope: Scope,
    /// The module path that names are below: `layer1.0`, or nothing.
    pub(super) prefix: String,
    pub(super) cursor: Option<Cursor>,
    pub(super) settings: Settings,
    /// Whether blocks call their ReLU as a function from its second call on.
    pub(super) functional_relu: bool,
    /// What stands where a block has a place for attention.
    pub(super) attention: Option<Arc<Located<AttentionFile>>>,
    /// Whether what is lowered is that attention itself.
    pub(super) within_attention: bool,
    /// What the network gives for parameters of this stage's block and attention.
    pub(super) given: Vec<(String, Located<Expr>)>,
    /// Where the network states what the names of this block stand for.
    pub(super) stated: Vec<(String, Place)>,
    /// The file that is lowered; blocks and parents are in others.
    own: Arc<Source>,
    calls: HashMap<String, u32>,
    /// Where the file that is lowered states what a name comes of, by the name.
    causes: HashMap<String, Place>,
    /// The module paths of the blocks so far.
    pub(super) block_names: HashSet<String>,
    /// Whether a layer found no room; lowering then ends.
    pub(super) is_full: bool,
    /// How deep units stand within units.
    pub(super) depth: usize,
}

impl Builder {
    pub(super) fn new(problems: Vec<Problem>, settings: Settings, own: Arc<Source>) -> Self {
        Self {
            network: Network::new(),
            origins: Vec::new(),
            problems,
            variables: Variables::default(),
            scope: Scope::outside(Stage::Preprocess),
            prefix: String::new(),
            cursor: None,
            settings,
            functional_relu: false,
            attention: None,
            within_attention: false,
            given: Vec::new(),
            stated: Vec::new(),
            own,
            calls: HashMap::new(),
            causes: HashMap::new(),
            block_names: HashSet::new(),
            is_full: false,
            depth: 0,
        }
    }

    /// Whether a layer of this name, below the same prefix, is there already.
    pub(super) fn has_named(&self, name: &str) -> bool {
        self.calls.contains_key(&below(&self.prefix, name))
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
        self.insert(name, place, layer, inputs, false);
    }

    /// The same for a layer that PyTorch's build does not call as the module of that name.
    pub(super) fn push_function(&mut self, name: &str, place: Option<&Place>, layer: Layer) {
        let inputs: Vec<_> = self.cursor.into_iter().collect();
        self.insert(name, place, layer, &inputs, true);
    }

    fn insert(
        &mut self,
        name: &str,
        place: Option<&Place>,
        layer: Layer,
        inputs: &[Cursor],
        function: bool,
    ) {
        if self.network.len() == limits::LAYERS && !self.is_full {
            self.is_full = true;
            let message = format!("the network has more than {} layers", limits::LAYERS);
            let problem = Problem::error("size", message).help("take blocks or layers away");
            self.report(match place {
                Some(place) => problem.at(place),
                None => problem,
            });
        }
        if self.is_full {
            return;
        }
        let mut module = below(&self.prefix, name);
        if module.len() > limits::PATH {
            let message = format!("a layer's path has more than {} bytes", limits::PATH);
            let problem = Problem::error("size", message).help("write a shorter name");
            self.report(match place {
                Some(place) => problem.at(place),
                None => problem,
            });
            while module.len() > limits::PATH {
                module.pop();
            }
        }
        // A second layer with parameters under one path is a mistake, not a second call: legality names it.
        let call = if layer.parameters().is_empty() {
            self.calls.get(&module).copied().unwrap_or(0) + 1
        } else {
            1
        };
        self.calls.insert(module.clone(), call);
        let path = LayerPath { module, call };
        let function = function
            || (self.functional_relu
                && self.scope.block.is_some()
                && path.call > 1
                && layer.is_activation());
        let shapes: Option<SmallVec<[Shape; 4]>> = inputs.iter().map(|input| input.shape).collect();
        let shape = shapes.and_then(|shapes| infer_or_recover(&layer, &shapes).0);
        let channels = match (&layer, shape) {
            (_, Some(shape)) => shape.channels(),
            (Layer::Conv(Conv::Spatial(conv)), None) => conv.out_channels,
            (Layer::Linear(linear), None) => linear.out_features,
            (Layer::Reshape(Reshape::PadShortcut { channels, .. }), None) => *channels,
            (_, None) => inputs.first().map_or(0, |input| input.channels),
        };
        let ids: Inputs = inputs.iter().map(|input| input.id).collect();
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
            let used: Vec<_> = self
                .variables
                .0
                .iter()
                .filter(|(name, _)| expr.value.mentions(name))
                .map(|(name, value)| format!("`{name}` is {value}"))
                .collect();
            let help = if used.is_empty() {
                format!("write a number from {least} to {most}")
            } else {
                let names = used.join(" and ");
                format!(
                    "here {names}: change that, or the calculation in {}",
                    expr.place
                )
            };
            // A calculation of a shipped block is right; what this file puts into it is not.
            let stated = self.stated_here(expr).cloned();
            let help = match (&stated, used.is_empty()) {
                (Some(_), false) => {
                    format!(
                        "here {}, which comes of this line: change it",
                        used.join(" and ")
                    )
                }
                _ => help,
            };
            let place = stated.as_ref().unwrap_or(&expr.place);
            let is_told =
                |known: &Problem| known.rule == "size" && known.place.as_ref() == stated.as_ref();
            // One number of the file's own is one mistake, however many layers are calculated from it.
            if stated.is_none() || !self.problems.iter().any(is_told) {
                self.report(Problem::error("size", message).at(place).help(help));
            }
        }
        size
    }

    /// Where the file that is lowered states a name that a calculation of another file uses.
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

    /// Whether a place is in the file that is lowered.
    pub(super) fn is_own(&self, place: &Place) -> bool {
        Arc::ptr_eq(&place.source, &self.own) || place.source == self.own
    }

    /// Whether a size lies within 1 and its limit; otherwise it is reported, with `help`.
    pub(super) fn within(
        &mut self,
        what: &str,
        size: &Located<u64>,
        limit: u64,
        help: &str,
    ) -> bool {
        let sound = (1..=limit).contains(&size.value);
        if !sound {
            let message = format!("{what} is {}, and must be from 1 to {limit}", size.value);
            self.report(Problem::error("size", message).at(&size.place).help(help));
        }
        sound
    }

    /// The value of an expression; what is wrong with it is reported.
    pub(super) fn eval(&mut self, expr: &Located<Expr>) -> Option<i64> {
        let variables = &self.variables;
        match expr.value.eval(&|name| variables.get(name)) {
            Ok(value) => Some(value),
            Err(error) => {
                let help = match &error {
                    EvalError::Unknown(name) => {
                        let known: Vec<_> = self.variables.names().collect();
                        match nearest(name, known.iter().copied()) {
                            Some(near) => format!("did you mean `{near}`?"),
                            None => format!("the names known here are: {}", known.join(", ")),
                        }
                    }
                    EvalError::DivisionByZero(_) => {
                        "divide by a number or a name that is not 0 here".to_owned()
                    }
                    EvalError::Logarithm(_) => {
                        "take it of 1 or more, as in log2(max(1, width))".to_owned()
                    }
                    EvalError::Overflow(_) => "use smaller numbers".to_owned(),
                };
                let problem = Problem::error("expression", error.to_string());
                let place = self.stated_here(expr).unwrap_or(&expr.place).clone();
                self.report(problem.at(&place).help(help));
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

    /// Runs `build` with names below `name`.
    pub(super) fn below(&mut self, name: &str, build: impl FnOnce(&mut Self)) {
        let outer = self.prefix.clone();
        self.prefix = below(&outer, name);
        build(self);
        self.prefix = outer;
    }

    /// Runs `build` with layers that make a gate of the map at the cursor, and multiplies the map by it under `name`.
    pub(super) fn gate(&mut self, name: &str, place: &Place, build: impl FnOnce(&mut Self)) {
        let Some(map) = self.cursor else {
            return;
        };
        let outer = self.variables.clone();
        self.variables
            .set("in", i64::try_from(map.channels).unwrap_or(i64::MAX));
        self.below(name, build);
        self.variables = outer;
        if let Some(gate) = self.cursor {
            self.join(
                name,
                Some(place),
                Layer::Combine(Combine::Multiply),
                &[map, gate],
            );
        }
    }

    /// Sets each parameter to what the network gives for it, or to its own value.
    ///
    /// One that has no value stands as 1, so that what is wrong with the others is told too; then the answer is `None`.
    pub(super) fn define(&mut self, parameters: &Named<Expr>) -> Option<()> {
        let mut sound = true;
        for (name, default) in &parameters.0 {
            let given = self.given.iter().find(|(key, _)| *key == name.value);
            let expr = given.map_or(default, |(_, value)| value).clone();
            let value = self.eval(&expr);
            let cause = if self.is_own(&expr.place) {
                Some(expr.place.clone())
            } else {
                self.stated_here(&expr).cloned()
            };
            match cause {
                Some(place) => self.causes.insert(name.value.clone(), place),
                None => self.causes.remove(&name.value),
            };
            sound &= value.is_some();
            self.variables.set(&name.value, value.unwrap_or(1));
        }
        sound.then_some(())
    }

    /// Runs `build` with the layers on one branch of the block.
    pub(super) fn on_branch(&mut self, branch: Branch, build: impl FnOnce(&mut Self)) {
        self.scope.branch = Some(branch);
        build(self);
        self.scope.branch = None;
    }
}

/// The module path of `name` below `prefix`. Every layer asks for one: it is put together without a format.
fn below(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        [prefix, ".", name].concat()
    }
}
