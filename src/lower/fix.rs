//! Broken rules of legality as problems, with the place in the spec and the fix.

use std::sync::Arc;

use crate::message;
use crate::network::infer::ShapeFault;
use crate::network::window::sides;
use crate::network::{
    Branch, Conv, Fault, Layer, LayerId, LayerPath, Network, Reshape, Scope, Shape, Shapes, Stage,
    check,
};
use crate::spec::fix::{Change, Edit, Fix, Key, keys_at};
use crate::spec::{Place, Problem, Source, Spec};
use crate::text::Message;

/// One problem per fault of `network`.
///
/// A fault in a shipped block or a parent is reported at the value that `spec` itself passes into it, if it does.
pub(super) fn problems(network: &Network, origins: &[Option<Place>], spec: &Spec) -> Vec<Problem> {
    let (shapes, faults) = check::judge(network);
    let problems = faults.into_iter().map(|fault| {
        let advice = advice(network, &shapes, &fault, spec);
        let blamed = advice.culprit.or(fault.layer);
        let fix = |edits| Fix {
            source: spec.source.clone(),
            edits,
        };
        let wanted = advice.edits.into_iter();
        let proposals = wanted
            .filter_map(|edits| {
                let edits = edits.into_iter().map(|edit| edit.of(origins, &spec.source));
                edits.collect::<Option<Vec<_>>>().map(fix)
            })
            .collect();
        let place = blamed.and_then(|id| origins.get(id.index())?.clone());
        let own = || own_size(network, &fault, spec).cloned();
        let is_own = place
            .as_ref()
            .is_some_and(|place| place.source == spec.source);
        Problem {
            place: if is_own { place } else { own().or(place) },
            path: fault.layer.map(|id| network[id].path.to_string()),
            help: both_places(network, origins, &fault).or(advice.help),
            ..Problem::error(fault.rule, fault.message)
        }
        .propose(proposals)
    });
    problems.collect()
}

/// Places of two layers with one path, whose lines may be in two files.
fn both_places(network: &Network, origins: &[Option<Place>], fault: &Fault) -> Option<Message> {
    if fault.rule != "unique-paths" {
        return None;
    }
    let second = fault.layer?;
    let first = network.first_at(&LayerPath::new(&network[second].path.module))?;
    let place = |id: LayerId| origins.get(id.index())?.as_ref();
    let (first, second) = (place(first)?, place(second)?);
    (first != second).then(|| {
        message!(
            "help-rename-with-places",
            first = first.to_string(),
            second = second.to_string()
        )
    })
}

/// Place where `spec` itself states the size given to a layer of another file, for faults in the number of channels.
fn own_size<'a>(network: &Network, fault: &Fault, spec: &'a Spec) -> Option<&'a Place> {
    let node = &network[fault.layer?];
    let stage = match node.scope.stage {
        Stage::Body(number) => Some(number as usize - 1),
        _ => None,
    };
    let file = &spec.file;
    let given = |name| {
        Some(
            &file
                .with
                .as_ref()?
                .value
                .get(name)?
                .value
                .get(stage?)?
                .place,
        )
    };
    let width = || Some(&file.widths.as_ref()?.value.get(stage?)?.place);
    let places = match (&fault.shape, &node.layer) {
        (Some(ShapeFault::Groups { .. }), Layer::Norm(_)) => {
            [file.norm.as_ref().map(|norm| &norm.place), None, None, None]
        }
        (Some(ShapeFault::Groups { .. }), _) => [
            given("groups"),
            given("inner"),
            given("base_width"),
            width(),
        ],
        (Some(ShapeFault::Narrowing { .. }), _) => [width(), None, None, None],
        _ => return None,
    };
    let mut places = places.into_iter().flatten();
    places.find(|place| place.source == spec.source)
}

/// The greatest common divisor.
const fn common(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[derive(Default)]
struct Advice {
    help: Option<Message>,
    /// Layer to change, if it is not the one that fails.
    culprit: Option<LayerId>,
    /// Edits that may fix it, the most likely first; each changes one or more keys.
    edits: Vec<Vec<NewValue>>,
}

/// A key of the spec, or of the line that a layer was written in, and its new value.
struct NewValue {
    layer: Option<LayerId>,
    key: &'static str,
    value: String,
}

impl NewValue {
    /// The edit of the network's own spec; `None` if the layer was written in another file.
    fn of(self, origins: &[Option<Place>], source: &Arc<Source>) -> Option<Edit> {
        let mut keys = match self.layer {
            Some(id) => keys_at(source, origins.get(id.index())?.as_ref()?)?,
            None => Vec::new(),
        };
        keys.push(Key::Name(self.key.to_owned()));
        Some(Edit {
            keys,
            change: Change::Set(self.value),
        })
    }
}

impl Advice {
    const fn say(help: Message) -> Self {
        Self {
            help: Some(help),
            culprit: None,
            edits: Vec::new(),
        }
    }
}

fn advice(network: &Network, shapes: &Shapes, fault: &Fault, spec: &Spec) -> Advice {
    if fault.rule == "unique-paths" {
        return Advice::say(message!("help-rename"));
    }
    if fault.rule == "stage-paths" {
        return Advice::say(message!("help-rename-module"));
    }
    let (Some(shape), Some(layer)) = (&fault.shape, fault.layer) else {
        return Advice::default();
    };
    match shape {
        ShapeFault::Gate { map, .. } => {
            Advice::say(message!("help-gate", channels = map.channels()))
        }
        ShapeFault::Joined { .. } => Advice::say(message!("help-joined")),
        ShapeFault::Operands { left, right } => {
            addition(network, shapes, layer, [*left, *right], spec)
        }
        ShapeFault::Groups {
            groups, channels, ..
        } if matches!(network[layer].layer, Layer::Norm(_)) => Advice::say(message!(
            "help-norm-groups",
            channels = *channels,
            near = common(*channels, *groups)
        )),
        ShapeFault::Groups {
            groups, channels, ..
        } => {
            let below = channels / groups * groups;
            let near = if below == 0 { *groups } else { below };
            Advice::say(message!(
                "help-divisible-width",
                groups = *groups,
                near = near
            ))
        }
        ShapeFault::Window { .. } => {
            let dilated = matches!(&network[layer].layer, Layer::Conv(Conv::Spatial(conv)) if conv.window.dilation != [1; 2]);
            Advice::say(if dilated {
                message!("help-smaller-dilation")
            } else {
                message!("help-smaller-kernel")
            })
        }
        ShapeFault::Squares { block, .. } => Advice::say(super::units::divisible_sides(*block)),
        ShapeFault::OneValue { .. } => Advice::say(message!("help-more-values")),
        ShapeFault::Narrowing { .. } => Advice::say(message!("help-use-projection")),
        ShapeFault::Rank { .. } => Advice::say(message!("help-order-of-layers")),
        ShapeFault::Channels { wanted, .. } => {
            Advice::say(message!("help-layer-before", channels = *wanted))
        }
        ShapeFault::Size { value: 0, .. } => Advice::say(message!("help-size-of-one")),
        ShapeFault::Size {
            what: "size-padding",
            limit,
            ..
        } => Advice::say(message!("help-padding-at-most", most = *limit)),
        ShapeFault::Size { limit, .. } => Advice::say(message!("help-at-most", most = *limit)),
    }
}

/// Reason that the two operands of an addition differ, and its fix; the most likely cause first.
fn addition(
    network: &Network,
    shapes: &Shapes,
    add: LayerId,
    [left, right]: [Shape; 2],
    spec: &Spec,
) -> Advice {
    let scope = network[add].scope;
    if scope.block.is_none() {
        let (channels, step) = (left.channels(), written(step(left, right)));
        let example = format!(
            "skip = {{ shortcut = [{{ conv = \"skip\", kernel = 1, out = {channels}, stride = {step} }}] }}"
        );
        return Advice::say(message!(
            "help-skip",
            stem = right.to_string(),
            body = left.to_string(),
            example = example
        ));
    }
    let block: Vec<LayerId> = network
        .ids()
        .rev()
        .skip_while(|&id| id >= add)
        .take_while(|&id| same_block(network[id].scope, scope))
        .collect();
    if let Some(advice) = odd_border(network, shapes, &block) {
        return advice;
    }
    if let Some(advice) = stride_twice(network, &block, left, right) {
        return advice;
    }
    let has_shortcut = block
        .iter()
        .any(|&id| network[id].scope.branch == Some(Branch::Shortcut));
    if !has_shortcut {
        return identity(network, &block, scope, [left, right], spec);
    }
    if left.size() == right.size() {
        let channels = left.channels();
        return Advice::say(message!("help-shortcut-channels", channels = channels));
    }
    Advice::say(message!("help-same-stride"))
}

/// The shortcut is the identity, and the main path has another output shape.
fn identity(
    network: &Network,
    block: &[LayerId],
    scope: Scope,
    [left, right]: [Shape; 2],
    spec: &Spec,
) -> Advice {
    let stage = match scope.stage {
        Stage::Body(number) => number as usize - 1,
        _ => 0,
    };
    let file = &spec.file;
    let projects = file
        .shortcut
        .as_ref()
        .and_then(|names| names.value.get(stage))
        .is_some_and(|name| name.value.starts_with("projection"));
    let mut strided = block.iter().copied().filter(|&id| {
        network[id].scope.branch == Some(Branch::Main) && network[id].layer.stride() != [1; 2]
    });
    // A kind of shortcut that projects if the stage's stride requires it ignores a stride that the block itself states.
    if let Some(own) = strided.next()
        && (projects || scope.block.is_some_and(|block| block > 0))
    {
        let stride = sides(network[own].layer.stride());
        return Advice {
            culprit: Some(own),
            edits: vec![vec![NewValue {
                layer: Some(own),
                key: "stride",
                value: "\"stride\"".to_owned(),
            }]],
            ..Advice::say(message!(
                "help-stride-of-block",
                path = network[own].path.to_string(),
                stride = stride
            ))
        };
    }
    if projects {
        return Advice::say(message!("help-block-shape"));
    }
    let step = sides(step(left, right));
    let help = message!(
        "help-identity",
        from = right.channels(),
        to = left.channels(),
        stride = step
    );
    Advice {
        edits: vec![vec![NewValue {
            layer: None,
            key: "shortcut",
            value: "\"projection\"".to_owned(),
        }]],
        ..Advice::say(help)
    }
}

fn same_block(a: Scope, b: Scope) -> bool {
    a.stage == b.stage && a.block == b.block
}

/// A convolution whose output is not the size that its stride implies: its padding does not keep the size, or no padding can,
/// because its kernel is even.
fn odd_border(network: &Network, shapes: &Shapes, block: &[LayerId]) -> Option<Advice> {
    block.iter().rev().find_map(|&id| {
        let Layer::Conv(Conv::Spatial(conv)) = &network[id].layer else {
            return None;
        };
        let window = &conv.window;
        let read = *network.inputs(id).first()?;
        let input = shapes[read]?.size()?;
        let output = shapes[id]?.size()?;
        let fits = |side: usize| output[side] == input[side].div_ceil(window.stride[side]);
        // A separate padding layer before it belongs to it.
        if (fits(0) && fits(1))
            || matches!(
                network[read].layer,
                Layer::Reshape(Reshape::ConstantPad2d { .. })
            )
        {
            return None;
        }
        let wanted = |key, value: String| {
            vec![NewValue {
                layer: Some(id),
                key,
                value,
            }]
        };
        let path = &network[id].path;
        let axis = usize::from(fits(0));
        let turns = message!(
            "help-turns-pixels",
            path = path.to_string(),
            window = window.to_string(),
            padding = sides(window.padding),
            from = input[axis],
            to = output[axis]
        );
        let extents = window.extent();
        if extents[axis].is_multiple_of(2) {
            let kernel =
                [0, 1].map(|axis| window.kernel[axis] + u64::from(extents[axis].is_multiple_of(2)));
            let kernel = written(kernel);
            return Some(Advice {
                culprit: Some(id),
                edits: vec![
                    wanted("kernel", kernel.clone()),
                    wanted("padding", "\"same\"".to_owned()),
                ],
                ..Advice::say(message!("help-even-kernel", turns = turns, kernel = kernel))
            });
        }
        let keeps = [0, 1].map(|axis| (extents[axis] - 1) / 2);
        (window.padding[axis] != keeps[axis]).then(|| {
            let keeps = written(keeps);
            Advice {
                culprit: Some(id),
                edits: vec![wanted("padding", keeps.clone())],
                ..Advice::say(message!("help-padding", turns = turns, padding = keeps))
            }
        })
    })
}

/// The stride that reduces a map of `right` to the size of `left`.
fn step(left: Shape, right: Shape) -> [u64; 2] {
    match (left.size(), right.size()) {
        (Some(left), Some(right)) => {
            [0, 1].map(|axis| right[axis].div_ceil(left[axis].max(1)).max(1))
        }
        _ => [1; 2],
    }
}

/// A pair as written in a spec: one number for both axes if they are equal.
fn written([height, width]: [u64; 2]) -> String {
    if height == width {
        height.to_string()
    } else {
        format!("[{height}, {width}]")
    }
}

/// Two strides on the main path, of which the shortcut has one.
fn stride_twice(network: &Network, block: &[LayerId], left: Shape, right: Shape) -> Option<Advice> {
    let strided: Vec<_> = block
        .iter()
        .rev()
        .copied()
        .filter(|&id| {
            network[id].scope.branch == Some(Branch::Main) && network[id].layer.stride() != [1; 2]
        })
        .collect();
    let [first, .., last] = strided.as_slice() else {
        return None;
    };
    let (own, other) = (left.size()?, right.size()?);
    let smaller = own[0] < other[0] || own[1] < other[1];
    smaller.then(|| Advice {
        help: Some(message!(
            "help-stride-twice",
            first = network[*first].path.to_string(),
            second = network[*last].path.to_string()
        )),
        culprit: Some(*last),
        edits: vec![vec![NewValue {
            layer: Some(*last),
            key: "stride",
            value: "1".to_owned(),
        }]],
    })
}
