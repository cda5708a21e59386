//! A network under construction: position of the next layer, variables in scope, and problems so far.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};
use smallvec::SmallVec;

use super::read::no_effect;
use super::settings::Settings;
use super::variables::Variables;
use crate::message;
use crate::network::infer::infer_or_recover;
use crate::network::{
    Branch, Combine, Conv, Inputs, Layer, LayerId, LayerPath, Network, Node, Reshape, Scope, Shape,
    Stage, limits,
};
use crate::spec::expr::Expr;
use crate::spec::{AttentionFile, Located, Place, Problem, Source};
use crate::text::Message;

pub(super) struct Builder {
    pub(super) network: Network,
    pub(super) origins: Vec<Option<Place>>,
    pub(super) problems: Vec<Problem>,
    pub(super) variables: Variables,
    pub(super) scope: Scope,
    /// Module path that is the prefix of names: `layer1.0`, or empty.
    pub(super) prefix: String,
    pub(super) cursor: Option<Cursor>,
    /// Layers that the next layer's `from` names; empty if it has none.
    pub(super) operands: Vec<Cursor>,
    pub(super) settings: Settings,
    /// Whether blocks call their ReLU as a function from its second call on.
    pub(super) functional_relu: bool,
    /// The attention for a block's `attention` unit.
    pub(super) attention: Option<Arc<Located<AttentionFile>>>,
    /// Whether that attention itself is being lowered.
    pub(super) within_attention: bool,
    /// Number of gates around the layers being lowered.
    pub(super) gates: usize,
    /// Values from the network for parameters of this stage's block and attention.
    pub(super) given: Vec<(String, Located<Expr>)>,
    /// Places where the network states the values of this block's names.
    pub(super) stated: Vec<(String, Place)>,
    /// The file being lowered; blocks and parents may be in others.
    pub(super) own: Arc<Source>,
    /// Calls of the modules that are called more than once.
    calls: HashMap<String, u32>,
    /// Places where the file being lowered states the origin of a name, by name.
    pub(super) causes: HashMap<String, Place>,
    /// Module paths of the blocks so far.
    pub(super) block_names: HashSet<String>,
    /// Whether the network has reached its limit of layers; lowering then ends.
    pub(super) is_full: bool,
    /// Nesting depth of units.
    pub(super) depth: usize,
    /// Output stride beyond which strides become dilations.
    pub(super) output_stride: Option<u64>,
    /// Stride of the next layer that became dilation of those after it.
    pub(super) turned: [u64; 2],
    /// Number of calls of a block's ReLU that are functions.
    pub(super) relu_functions: usize,
    /// Names that calculations have used.
    used: HashSet<Arc<str>>,
}

impl Builder {
    pub(super) fn new(problems: Vec<Problem>, settings: Settings, own: Arc<Source>) -> Self {
        Self {
            network: Network::new(),
            origins: Vec::new(),
            problems,
            variables: Variables::default(),
            scope: Scope::of_stage(Stage::Preprocess),
            prefix: String::new(),
            cursor: None,
            operands: Vec::new(),
            settings,
            functional_relu: false,
            attention: None,
            within_attention: false,
            gates: 0,
            given: Vec::new(),
            stated: Vec::new(),
            own,
            calls: HashMap::new(),
            causes: HashMap::new(),
            block_names: HashSet::new(),
            is_full: false,
            depth: 0,
            output_stride: None,
            turned: [1; 2],
            relu_functions: 0,
            used: HashSet::new(),
        }
    }

    /// Whether a layer of this name, with the same prefix, exists already.
    pub(super) fn has_named(&self, name: &str) -> bool {
        let path = LayerPath::new(below(&self.prefix, name));
        self.network.first_at(&path).is_some()
    }

    /// Adds a layer with the cursor as its input, and moves the cursor to it.
    pub(super) fn push(&mut self, name: &str, place: Option<&Place>, layer: impl Into<Layer>) {
        let input = self.cursor;
        self.join(name, place, layer, input.as_slice());
    }

    /// Adds a layer with the operands `inputs`, and moves the cursor to it.
    pub(super) fn join(
        &mut self,
        name: &str,
        place: Option<&Place>,
        layer: impl Into<Layer>,
        inputs: &[Cursor],
    ) {
        self.insert(name, place, layer.into(), inputs, false);
    }

    /// Adds a layer that PyTorch's version of the network does not call as the module of that name.
    pub(super) fn push_function(
        &mut self,
        name: &str,
        place: Option<&Place>,
        layer: impl Into<Layer>,
    ) {
        let input = self.cursor;
        self.insert(name, place, layer.into(), input.as_slice(), true);
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
            let message = message!("problem-too-many-layers", most = limits::LAYERS);
            let problem = Problem::error("size", message).help(message!("help-fewer-blocks"));
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
            let message = message!("problem-path-too-long", most = limits::PATH);
            let problem = Problem::error("size", message).help(message!("help-shorter-name"));
            self.report(match place {
                Some(place) => problem.at(place),
                None => problem,
            });
            while module.len() > limits::PATH {
                module.pop();
            }
        }
        let mut path = LayerPath::new(module);
        // A second layer with parameters under one path is a mistake, not a second call: the rules of legality report it.
        if !layer.has_parameters() && self.network.first_at(&path).is_some() {
            let calls = self.calls.entry_ref(&path.module).or_insert(1);
            *calls += 1;
            path.call = *calls;
        }
        let calls_relu_again = self.functional_relu
            && self.scope.block.is_some()
            && path.call > 1
            && layer.is_activation();
        self.relu_functions += usize::from(calls_relu_again);
        let function = function || calls_relu_again;
        let shapes: Option<SmallVec<[Shape; 4]>> = inputs.iter().map(|input| input.shape).collect();
        let shape = shapes.and_then(|shapes| infer_or_recover(&layer, &shapes).0);
        let channels = match (&layer, shape) {
            (_, Some(shape)) => shape.channels(),
            (Layer::Conv(Conv::Spatial(conv)), None) => conv.out_channels,
            (Layer::Linear(linear), None) => linear.out_features,
            (Layer::Reshape(Reshape::PadShortcut { channels, .. }), None) => *channels,
            (_, None) => inputs.first().map_or(0, |input| input.channels),
        };
        let grid = self.grid_after(&layer, inputs);
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
            grid,
        });
    }

    /// Channels or features of the next layer's input.
    pub(super) fn channels(&self) -> u64 {
        self.cursor.map_or(0, |cursor| cursor.channels)
    }

    /// Records that a name is used.
    pub(super) fn reads(&mut self, name: &str) {
        if !self.used.contains(name) {
            self.used.insert(name.into());
        }
    }

    /// Whether no calculation has used this name so far.
    pub(super) fn is_unread(&self, name: &str) -> bool {
        !self.used.contains(name)
    }

    /// Reports a key of a layer that has no effect, if it is in the file being lowered: a shipped block serves networks of
    /// every kind.
    pub(super) fn no_effect(&mut self, key: &str, place: &Place, why: Message, help: Message) {
        if self.is_own(place) {
            self.report(no_effect(key, place, why, help));
        }
    }

    /// Adds a problem once: a block is lowered many times, but its mistake is one.
    pub(super) fn report(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Runs `build` with `name` appended to the prefix of names.
    pub(super) fn below(&mut self, name: &str, build: impl FnOnce(&mut Self)) {
        let outer = self.prefix.clone();
        self.prefix = below(&outer, name);
        build(self);
        self.prefix = outer;
    }

    /// Runs `build`, whose layers compute a gate from the map at the cursor, and multiplies the map by it under `name`.
    pub(super) fn gate(&mut self, name: &str, place: &Place, build: impl FnOnce(&mut Self)) {
        let Some(map) = self.cursor else {
            return;
        };
        let outer = self.variables.clone();
        self.variables
            .set("in", i64::try_from(map.channels).unwrap_or(i64::MAX));
        self.gates += 1;
        self.below(name, build);
        self.gates -= 1;
        self.variables = outer;
        if let Some(gate) = self.cursor {
            self.join(name, Some(place), Combine::Multiply, &[map, gate]);
        }
    }

    /// Runs `build` with the layers on one branch of the block.
    pub(super) fn on_branch(&mut self, branch: Branch, build: impl FnOnce(&mut Self)) {
        self.scope.branch = Some(branch);
        build(self);
        self.scope.branch = None;
    }
}

/// Module path of `name` below `prefix`. Called for every layer, so it avoids `format!`.
fn below(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        [prefix, ".", name].concat()
    }
}

/// The tensor that is the next layer's input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor {
    pub(super) id: LayerId,
    pub(super) shape: Option<Shape>,
    /// Known even if the shape is not: a convolution has its output channels for every input.
    pub(super) channels: u64,
    pub(super) grid: Grid,
}

/// Density of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grid {
    /// Pixels of the input per pixel of the map.
    pub(super) stride: [u64; 2],
    /// Stride before it that became dilation: the distance of two pixels that a window should read.
    pub(super) dilation: [u64; 2],
}

impl Grid {
    /// Density of the input.
    pub(super) const INPUT: Self = Self {
        stride: [1; 2],
        dilation: [1; 2],
    };
}
