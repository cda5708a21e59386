//! Structure of a network as the names and shapes of its tensors show it.

use super::Named;
use crate::message;
use crate::text::format::dims;
use crate::text::{Argument, Joint, Message};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Place of a tensor: `layer3.6.conv1.weight` is `conv1.weight` in block 6 of `layer3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub(super) part: &'a str,
    pub(super) block: u64,
    pub(super) rest: &'a str,
}

/// Words that number a stage: in themselves as in `layer3`, or with the next word as in `stages.2`.
const STAGES: [&str; 6] = ["layer", "stage", "stages", "layers", "res", "group"];

/// Place of a tensor in a block.
pub(super) fn place(name: &str) -> Option<Place<'_>> {
    let number = |word: &str| word.parse::<u64>().ok();
    let mut at = 0;
    let mut rest = name;
    while let Some((word, after)) = rest.split_once('.') {
        let bare = word.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let mut end = at + word.len();
        let mut next = after;
        let mut is_stage = STAGES.contains(&bare) && bare != word;
        if STAGES.contains(&word)
            && let Some((stage, after)) = next.split_once('.')
            && number(stage).is_some()
        {
            (is_stage, next) = (true, after);
            end += 1 + stage.len();
        }
        if is_stage {
            let next = next.strip_prefix("blocks.").unwrap_or(next);
            if let Some((block, rest)) = next.split_once('.')
                && let Some(block) = number(block)
            {
                let part = &name[..end];
                return Some(Place { part, block, rest });
            }
        }
        at += word.len() + 1;
        rest = after;
    }
    None
}

/// Traits in which variants differ. Those that the tensors do not show are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Structure {
    /// Number of blocks in each stage.
    pub(super) blocks: Vec<usize>,
    /// Number of convolutions on a block's main path.
    pub(super) convs: usize,
    /// Output channels of the first convolution in each stage's blocks.
    pub(super) widths: Vec<usize>,
    /// Groups of the middle convolution.
    pub(super) groups: usize,
    /// Whether a normalisation comes before the first convolution of a block.
    pub(super) pre_activation: Option<bool>,
    /// Sides of the stem's kernels.
    pub(super) stem: Vec<usize>,
    /// Names of other modules in a block: `se`, `attn`.
    pub(super) gates: BTreeSet<String>,
    /// Whether there are running statistics.
    pub(super) running: bool,
    /// Whether the convolutions in blocks have biases.
    pub(super) biased: bool,
}

/// Whether the name is one of the shortcut.
fn is_shortcut(rest: &str) -> bool {
    ["downsample", "shortcut", "skip", "proj"]
        .iter()
        .any(|word| rest.starts_with(word))
}

/// The word that names a gate.
pub(super) fn gate(rest: &str) -> Option<&str> {
    rest.split('.').find(|word| {
        matches!(
            *word,
            "se" | "se_module" | "attn" | "attention" | "eca" | "ca" | "sa" | "cbam" | "attn_last"
        )
    })
}

/// Tensors of one block by their names in it.
type Block<'a> = Vec<(&'a str, &'a [usize])>;

impl Structure {
    pub(super) fn of(tensors: &[Named]) -> Self {
        let mut stages: BTreeMap<&str, BTreeMap<u64, Block<'_>>> = BTreeMap::new();
        let mut made = Self::default();
        for (name, shape) in tensors {
            made.running |= name.ends_with("running_mean");
            if let Some(place) = place(name) {
                made.gates.extend(gate(place.rest).map(str::to_owned));
                let stage = stages.entry(place.part).or_default();
                let block = stage.entry(place.block).or_default();
                block.push((place.rest, shape));
            } else if let [_, _, height, width] = **shape
                && height.max(width) > 1
            {
                made.stem.push(height.max(width));
            }
        }
        made.stem.sort_unstable();
        for blocks in stages.values() {
            made.blocks.push(blocks.len());
            let Some(block) = blocks.values().next() else {
                continue;
            };
            let mut convs: Block<'_> = block
                .iter()
                .filter(|(rest, shape)| {
                    shape.len() == 4 && !is_shortcut(rest) && gate(rest).is_none()
                })
                .copied()
                .collect();
            convs.sort_unstable();
            made.convs = made.convs.max(convs.len());
            if let [(_, first), middle @ ..] = convs.as_slice() {
                made.widths.push(first[0]);
                if let [(_, second), ..] = middle
                    && second[1] > 0
                {
                    made.groups = made.groups.max(first[0] / second[1]);
                }
                if made.pre_activation.is_none() {
                    made.pre_activation = pre_activation(block, first);
                }
            }
            made.biased |= convs.iter().any(|(rest, _)| {
                let bias = rest.replace(".weight", ".bias");
                bias != *rest && block.iter().any(|(rest, _)| *rest == bias)
            });
        }
        made
    }
}

/// A normalisation before the first convolution has the convolution's input channels; one after it has the output channels.
fn pre_activation(block: &[(&str, &[usize])], conv: &[usize]) -> Option<bool> {
    let first = |(rest, shape): &&(&str, &[usize])| {
        (rest.starts_with("bn1.") || rest.starts_with("norm1.")) && shape.len() == 1
    };
    let (_, norm) = block.iter().find(first)?;
    match (norm[0] == conv[1], norm[0] == conv[0]) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// In what a file's network differs from the one that was meant: a message for each trait.
pub(super) fn differences(file: &Structure, network: &Structure) -> Vec<Message> {
    if file.blocks.is_empty() || network.blocks.is_empty() {
        return Vec::new();
    }
    let convs = (file.convs != network.convs).then(|| {
        let (file, network) = (convolutions(file.convs), convolutions(network.convs));
        message!("differs-convolutions", file = file, network = network)
    });
    let groups = (file.convs == network.convs && file.groups != network.groups).then(|| {
        let (file, network) = (groups(file.groups), groups(network.groups));
        message!("differs-groups", file = file, network = network)
    });
    let order = match (file.pre_activation, network.pre_activation) {
        (Some(true), Some(false)) => Some(message!("differs-pre-activation")),
        (Some(false), Some(true)) => Some(message!("differs-post-activation")),
        _ => None,
    };
    let stem = (file.stem != network.stem).then(|| {
        let (file, network) = (kernels(&file.stem), kernels(&network.stem));
        message!("differs-stem", file = file, network = network)
    });
    let gates = (file.gates != network.gates).then(|| {
        let (file, network) = (quoted(&file.gates), quoted(&network.gates));
        message!("differs-attention", file = file, network = network)
    });
    let widths = convs
        .is_none()
        .then(|| widths(&file.widths, &network.widths));
    let all = [
        depth(&file.blocks, &network.blocks),
        convs,
        widths.flatten(),
        groups,
        order,
        stem,
        gates,
        statistics(file, network),
    ];
    all.into_iter().flatten().collect()
}

/// Another number of blocks.
fn depth(file: &[usize], network: &[usize]) -> Option<Message> {
    if file == network {
        return None;
    }
    let sum = |blocks: &[usize]| blocks.iter().sum::<usize>();
    let [own, other] = [list(file), list(network)];
    Some(match sum(file).cmp(&sum(network)) {
        Ordering::Greater => message!("differs-deeper", file = own, network = other),
        Ordering::Less => message!("differs-shallower", file = own, network = other),
        Ordering::Equal => message!("differs-depths", file = own, network = other),
    })
}

/// Other widths of the blocks.
fn widths(file: &[usize], network: &[usize]) -> Option<Message> {
    let [own, other] = [list(file), list(network)];
    match file.cmp(network) {
        Ordering::Greater => Some(message!("differs-wider", file = own, network = other)),
        Ordering::Less => Some(message!("differs-narrower", file = own, network = other)),
        Ordering::Equal => None,
    }
}

/// Running statistics on one side alone.
fn statistics(file: &Structure, network: &Structure) -> Option<Message> {
    match (network.running, file.running) {
        (true, false) if file.biased => Some(message!("differs-folded")),
        (true, false) => Some(message!("differs-no-statistics")),
        (false, true) => Some(message!("differs-statistics")),
        _ => None,
    }
}

fn list(numbers: &[usize]) -> Argument {
    Joint::Comma.of(numbers.iter().map(usize::to_string))
}

fn convolutions(count: usize) -> Message {
    match count {
        2 => message!("differs-basic"),
        3 => message!("differs-bottleneck"),
        count => message!("differs-convolution-count", count = count),
    }
}

fn groups(groups: usize) -> Message {
    match groups {
        0 | 1 => message!("differs-ungrouped"),
        groups => message!("differs-group-count", count = groups),
    }
}

/// `three kernels`: `3×3, 3×3, 3×3`.
fn kernels(sides: &[usize]) -> Argument {
    if sides.is_empty() {
        return message!("differs-no-kernel").into();
    }
    Joint::Comma.of(sides.iter().map(|side| dims([side; 2])))
}

fn quoted(words: &BTreeSet<String>) -> Argument {
    if words.is_empty() {
        return message!("differs-none").into();
    }
    Joint::Comma.of(words.iter().map(|word| format!("`{word}`")))
}
