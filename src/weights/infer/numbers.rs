//! Numbers that the names and shapes of a file determine: blocks of each stage, classes, input channels.

use super::candidate::{Candidate, Values};
use super::goal::Goal;
use crate::network::Network;
use crate::spec::ArchitectureFile;
use crate::spec::decode::{OneOrEach, PerBlock};
use crate::spec::expr::Template;
use crate::spec::pair::StageStride;
use crate::weights::fit::{Named, wanted};

/// Most blocks of a stage: those of ResNet-1202, and room.
const MOST_BLOCKS: usize = 1000;

/// Most stages.
const MOST_STAGES: usize = 16;

/// Paths of stages and blocks.
pub(super) struct Frame {
    stage: Option<Template>,
    block: Option<Template>,
}

impl Frame {
    /// Names that a spec gives to them.
    pub(super) fn of(file: &ArchitectureFile) -> Self {
        let names = file.names.as_ref().map(|names| &names.value);
        let stage = names.and_then(|names| names.stage.as_ref());
        let block = names.and_then(|names| names.block.as_ref());
        Self {
            stage: stage.map(|name| name.value.clone()),
            block: block.map(|name| name.value.clone()),
        }
    }

    /// Path of a block; stages count from 1 and blocks from 0.
    pub(super) fn path(&self, stage: usize, block: usize) -> String {
        let lookup = |name: &str| match name {
            "stage" => i64::try_from(stage).ok(),
            "block" => i64::try_from(block).ok(),
            _ => None,
        };
        let filled = |template: &Option<Template>| template.as_ref()?.fill(&lookup).ok();
        filled(&self.block).unwrap_or_else(|| {
            let stage = filled(&self.stage).unwrap_or_else(|| format!("layer{stage}"));
            format!("{stage}.{block}")
        })
    }

    /// Number of blocks in each stage of a file.
    pub(super) fn counts(&self, goal: &Goal<'_>) -> Vec<usize> {
        let blocks = |stage: usize| {
            let mut all = (0..MOST_BLOCKS).map(|block| self.path(stage, block));
            all.position(|path| !goal.has_path(&path)).unwrap_or(0)
        };
        let stages = (1..=MOST_STAGES).map(blocks);
        stages.take_while(|blocks| *blocks > 0).collect()
    }
}

/// A list for another number of entries: its first ones, then as many as the last but one as needed, and its last.
fn stretched<T: Clone>(list: &[T], count: usize) -> Vec<T> {
    let end = list.len().saturating_sub(1);
    let at = |number: usize| {
        if number + 1 == count {
            end
        } else {
            number.min(end.saturating_sub(1))
        }
    };
    (0..count)
        .filter_map(|number| list.get(at(number)).cloned())
        .collect()
}

/// Sets the numbers of blocks, and gives every list that has one value per block as many as there are.
pub(super) fn set_blocks(candidate: &mut Candidate, file: &ArchitectureFile, counts: &[usize]) {
    let own = file.blocks.iter().flat_map(|blocks| &blocks.value);
    let own: Vec<usize> = own.map(|count| count.value as usize).collect();
    if own == counts {
        return;
    }
    let text: Vec<String> = counts.iter().map(ToString::to_string).collect();
    candidate
        .keys
        .insert("blocks", format!("[{}]", text.join(", ")));
    let is_other = counts.len() != own.len();
    if let Some(widths) = &file.widths {
        let each: Vec<&PerBlock<u64>> = widths.value.iter().map(|width| &width.value).collect();
        let lists = |width: &&PerBlock<u64>| matches!(width, PerBlock::Each(_));
        if is_other || each.iter().any(lists) {
            let stages = stretched(&each, counts.len());
            let widths = stages.iter().zip(counts).map(|(width, count)| {
                let all = width.all();
                let list = if all.len() == 1 {
                    vec![all[0].clone(); *count]
                } else {
                    stretched(all, *count)
                };
                list.iter().map(|width| width.value.to_string()).collect()
            });
            candidate.widths = Some(widths.collect());
        }
    }
    if let Some(strides) = &file.strides {
        let each: Vec<&StageStride> = strides.value.iter().map(|stride| &stride.value).collect();
        let lists = |stride: &&StageStride| matches!(stride, StageStride::Each(_));
        if is_other || each.iter().any(lists) {
            candidate.keys.insert("strides", strides_for(&each, counts));
        }
    }
    parameters(candidate, file, &own, counts);
}

fn strides_for(strides: &[&StageStride], counts: &[usize]) -> String {
    let pair = |[height, width]: [u64; 2], alone: bool| match (height == width, alone) {
        (true, true) => height.to_string(),
        _ => format!("[{height}, {width}]"),
    };
    let stages = stretched(strides, counts.len());
    let texts = stages
        .iter()
        .zip(counts)
        .map(|(stride, count)| match stride {
            StageStride::First(own) => pair(own.values(), true),
            StageStride::Each(all) => {
                let all: Vec<[u64; 2]> = all.iter().map(|own| own.value.values()).collect();
                let all = stretched(&all, *count);
                // Two plain numbers are a pair.
                let is_two = all.len() == 2;
                let texts: Vec<String> = all.iter().map(|own| pair(*own, !is_two)).collect();
                format!("[{}]", texts.join(", "))
            }
        });
    format!("[{}]", texts.collect::<Vec<_>>().join(", "))
}

/// Parameters with one value per block, and those that are the numbers of blocks of the stages before.
fn parameters(candidate: &mut Candidate, file: &ArchitectureFile, own: &[usize], counts: &[usize]) {
    for (name, value) in file.with.iter().flat_map(|with| &with.value.0) {
        let OneOrEach::Each(stages) = &value.value else {
            continue;
        };
        let alone: Vec<Option<String>> = stages
            .iter()
            .map(|stage| match &stage.value {
                OneOrEach::All(value) => Some(value.value.to_string()),
                OneOrEach::Each(_) => None,
            })
            .collect();
        let before = |counts: &[usize]| -> Vec<Option<String>> {
            let before = std::iter::once(&0).chain(counts);
            let before = before.take(counts.len());
            before.map(|count| Some(count.to_string())).collect()
        };
        let values: Values = if alone == before(own) && own.len() > 2 {
            let before = before(counts).into_iter().flatten();
            before
                .zip(counts)
                .map(|(value, count)| vec![value; *count])
                .collect()
        } else if alone.iter().any(Option::is_none) || counts.len() != own.len() {
            let stages = stretched(stages, counts.len());
            let all = stages.iter().zip(counts).map(|(stage, count)| {
                let list = stage.value.all();
                let texts: Vec<String> = list.iter().map(|value| value.value.to_string()).collect();
                if texts.len() == 1 {
                    vec![texts[0].clone(); *count]
                } else {
                    stretched(&texts, *count)
                }
            });
            all.collect()
        } else {
            continue;
        };
        candidate.with.insert(name.value.clone(), values);
    }
}

/// Sets the classes: the outputs of the last module with a matrix, where that brings the candidate nearer.
pub(super) fn set_classes(candidate: &mut Candidate, network: &Network, goal: &Goal<'_>) {
    let last = matrices(network).pop();
    let Some((name, own)) = last else {
        return;
    };
    let Some(found) = goal.shape(&name) else {
        return;
    };
    if found.len() != own.len() || found[0] == own[0] || found[0] == 0 {
        return;
    }
    let mut changed = candidate.clone();
    changed.keys.insert("classes", found[0].to_string());
    // The head may be cut off, and the last matrix one of a block.
    if is_nearer(&changed, candidate, goal) {
        *candidate = changed;
    }
}

/// Sets the input's channels: those of the first convolution.
pub(super) fn set_channels(
    candidate: &mut Candidate,
    network: &Network,
    file: &ArchitectureFile,
    goal: &Goal<'_>,
) {
    let first = matrices(network)
        .into_iter()
        .find(|(_, shape)| shape.len() == 4);
    let (Some((name, own)), Some(input)) = (first, file.input.as_ref()) else {
        return;
    };
    let Some(found) = goal.shape(&name).filter(|found| found.len() == 4) else {
        return;
    };
    let sides: Vec<u64> = input.value.iter().map(|side| side.value).collect();
    // After pixels became channels, the convolution reads a multiple of the input's.
    let scaled = (found[1] as u64).saturating_mul(sides[0]);
    if found[1] == own[1] || own[1] == 0 || !scaled.is_multiple_of(own[1] as u64) {
        return;
    }
    let channels = scaled / own[1] as u64;
    let mut changed = candidate.clone();
    let rest: Vec<String> = sides[1..].iter().map(ToString::to_string).collect();
    let text = format!("[{channels}, {}]", rest.join(", "));
    changed.keys.insert("input", text);
    if file.preprocessing().is_some() {
        // The relative's statistics are of other channels.
        changed.keys.insert("preprocess", "\"none\"".to_owned());
    }
    if is_nearer(&changed, candidate, goal) {
        *candidate = changed;
    }
}

fn is_nearer(changed: &Candidate, candidate: &Candidate, goal: &Goal<'_>) -> bool {
    let [changed, own] = [changed, candidate].map(|one| goal.judge(one, true));
    let Some(changed) = changed else { return false };
    own.is_none_or(|own| changed.total() < own.total())
}

/// Tensors of two dimensions and more.
fn matrices(network: &Network) -> Vec<Named> {
    let all = wanted(network).into_iter();
    all.filter(|(_, shape)| shape.len() >= 2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_its_ends_when_it_is_stretched() {
        assert_eq!(stretched(&[0, 0, 1], 5), [0, 0, 0, 0, 1]);
        assert_eq!(stretched(&[3, 4, 5, 6], 2), [3, 6]);
        assert_eq!(stretched(&[7], 3), [7, 7, 7]);
        assert_eq!(stretched(&[7, 8], 1), [8]);
        assert!(stretched::<u8>(&[], 2).is_empty());
    }
}
