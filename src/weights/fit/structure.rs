//! Structure of a network as the names and shapes of its tensors show it.

use super::Named;
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
    while let Some((word, behind)) = rest.split_once('.') {
        let bare = word.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let mut end = at + word.len();
        let mut next = behind;
        let mut is_stage = STAGES.contains(&bare) && bare != word;
        if STAGES.contains(&word)
            && let Some((stage, behind)) = next.split_once('.')
            && number(stage).is_some()
        {
            (is_stage, next) = (true, behind);
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
        rest = behind;
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
fn gate(rest: &str) -> Option<&str> {
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

/// Differences of a file's network from the one that was meant: a sentence per trait.
pub(super) fn differences(file: &Structure, network: &Structure) -> Vec<String> {
    let mut told = Vec::new();
    if file.blocks.is_empty() || network.blocks.is_empty() {
        return told;
    }
    if file.blocks != network.blocks {
        let sum = |blocks: &[usize]| blocks.iter().sum::<usize>();
        let kind = match sum(&file.blocks).cmp(&sum(&network.blocks)) {
            std::cmp::Ordering::Greater => "a deeper variant",
            std::cmp::Ordering::Less => "a shallower variant",
            std::cmp::Ordering::Equal => "another variant",
        };
        told.push(format!(
            "{kind}: the file has {} blocks in its stages, the network {}",
            list(&file.blocks),
            list(&network.blocks)
        ));
    }
    if file.convs != network.convs {
        let kind = |convs| match convs {
            2 => "2 convolutions (basic blocks)".to_owned(),
            3 => "3 convolutions (bottlenecks)".to_owned(),
            convs => format!("{convs} convolutions"),
        };
        told.push(format!(
            "another kind of block: the file's have {}, the network's {}",
            kind(file.convs),
            kind(network.convs)
        ));
    } else if file.widths != network.widths {
        let wider = if file.widths > network.widths {
            "wider"
        } else {
            "narrower"
        };
        told.push(format!(
            "{wider} blocks: the file's first convolutions put out {} channels, the network's {}",
            list(&file.widths),
            list(&network.widths)
        ));
    }
    if file.convs == network.convs && file.groups != network.groups {
        told.push(format!(
            "grouped differently: the file's 3×3 convolutions have {}, the network's {}",
            groups(file.groups),
            groups(network.groups)
        ));
    }
    match (file.pre_activation, network.pre_activation) {
        (Some(true), Some(false)) => told.push(
            "a v2 net: the file's blocks normalise before they convolve (pre-activation), the network's behind".to_owned(),
        ),
        (Some(false), Some(true)) => told.push(
            "no v2 net: the file's blocks normalise behind their convolutions, the network's before them (pre-activation)"
                .to_owned(),
        ),
        _ => {}
    }
    if file.stem != network.stem {
        told.push(format!(
            "another stem: the file's has {}, the network's {}",
            kernels(&file.stem),
            kernels(&network.stem)
        ));
    }
    let quoted = |words: &BTreeSet<String>| {
        let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
        if quoted.is_empty() {
            "none".to_owned()
        } else {
            quoted.join(", ")
        }
    };
    if file.gates != network.gates {
        told.push(format!(
            "another attention: the file's blocks have {}, the network's {}",
            quoted(&file.gates),
            quoted(&network.gates)
        ));
    }
    if network.running && !file.running {
        told.push(if file.biased {
            "no running statistics, but biases: batch normalisation was folded into the convolutions; use weights that were \
             saved before"
                .to_owned()
        } else {
            "no running statistics: a network with group normalisation, or weights saved without buffers".to_owned()
        });
    } else if file.running && !network.running {
        told.push(
            "running statistics: a network with batch normalisation, where this one has another"
                .to_owned(),
        );
    }
    told
}

fn list(numbers: &[usize]) -> String {
    let words: Vec<_> = numbers.iter().map(usize::to_string).collect();
    words.join(", ")
}

fn groups(groups: usize) -> String {
    match groups {
        0 | 1 => "none".to_owned(),
        groups => format!("{groups} groups"),
    }
}

/// `three kernels`: `3×3, 3×3, 3×3`.
fn kernels(sides: &[usize]) -> String {
    if sides.is_empty() {
        return "no kernel".to_owned();
    }
    let words: Vec<_> = sides.iter().map(|side| format!("{side}×{side}")).collect();
    words.join(", ")
}
