//! Lesions: residual blocks whose main path or shortcut is switched off, and the accuracy that is left.
//!
//! Veit, Wilber and Belongie 2016, "Residual Networks Behave Like Ensembles of Relatively Shallow Networks".

use std::ops::ControlFlow;
use std::sync::Arc;

use super::session::edit::{Edit, EditError};
use super::{Input, Isa, Keep, LoadedWeights, Mode, Session, Tensor};
use crate::kernels::team::cores;
use crate::message;
use crate::network::{Branch, Combine, Layer, LayerId, Network, Scope, Stage};
use crate::text::Message;

/// A residual block and the addition at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidualBlock {
    /// Its module path: `layer2.1`.
    pub name: String,
    /// The addition of its main path and its shortcut.
    pub add: LayerId,
}

/// Paths that a lesion switches off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lesion {
    /// None.
    Nothing,
    /// One path of one block.
    Path(ResidualBlock, Branch),
    /// This path of every block.
    All(Branch),
}

/// Answers of a network with a lesion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The likeliest class of each image.
    pub classes: Vec<usize>,
    /// Images whose likeliest class is theirs.
    pub right: usize,
}

/// The residual blocks of a network, in the order of execution.
pub fn residual_blocks(network: &Network) -> Vec<ResidualBlock> {
    let mut blocks = Vec::new();
    for (add, node) in network.nodes() {
        // Additions within a branch belong to no block's end.
        let Scope {
            stage: Stage::Body(stage),
            block: Some(block),
            branch: None,
        } = node.scope
        else {
            continue;
        };
        if node.layer != Layer::Combine(Combine::Add) {
            continue;
        }
        let names = network.stage(stage).map(|stage| &stage.blocks);
        let name = names.and_then(|names| names.get(block as usize).cloned());
        let name = name.unwrap_or_else(|| node.path.to_string());
        blocks.push(ResidualBlock { name, add });
    }
    blocks
}

impl Lesion {
    /// All lesions of a network: none, each path of each block, and each path of all blocks.
    pub fn all(network: &Network) -> Vec<Self> {
        let blocks = residual_blocks(network);
        let one = blocks.iter().flat_map(|block| {
            [Branch::Main, Branch::Shortcut].map(|branch| Self::Path(block.clone(), branch))
        });
        let ends = [Branch::Main, Branch::Shortcut].map(Self::All);
        let ends = ends.into_iter().filter(|_| blocks.len() > 1);
        std::iter::once(Self::Nothing)
            .chain(one)
            .chain(ends)
            .collect()
    }

    /// The edits of a session that make it.
    pub fn edits(&self, network: &Network) -> Vec<Edit> {
        let silence = |add: LayerId, branch: Branch| Edit::Silence { add, branch };
        match self {
            Self::Nothing => Vec::new(),
            Self::Path(block, branch) => vec![silence(block.add, *branch)],
            Self::All(branch) => residual_blocks(network)
                .into_iter()
                .map(|block| silence(block.add, *branch))
                .collect(),
        }
    }

    /// Its name: `layer2.1: main path zeroed`.
    pub fn message(&self, network: &Network) -> Message {
        match self {
            Self::Nothing => message!("lesion-nothing"),
            Self::All(Branch::Main) => message!("lesion-all-main"),
            Self::All(Branch::Shortcut) => message!("lesion-all-shortcuts"),
            Self::Path(..) => match self.edits(network).first() {
                Some(edit) => edit.message(network),
                None => message!("lesion-nothing"),
            },
        }
    }
}

/// A whole pass over some images, of which a lesion repeats what comes after its first block.
///
/// # Errors
/// The input does not fit, or the pass takes too much memory.
pub fn whole_pass(
    network: Arc<Network>,
    weights: Arc<LoadedWeights>,
    input: Input,
) -> Result<Session, EditError> {
    let session = Session::new(network, weights, input, Mode::Inference, Keep::Everything);
    let session = session.map_err(EditError::Engine)?;
    let mut session = session.with_kernels(Isa::best(), cores());
    let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
    Ok(session)
}

/// Runs a [`whole_pass`] again with a lesion, and counts the images whose likeliest class is their label.
///
/// # Errors
/// The edited pass takes too much memory.
pub fn answers(session: &Session, lesion: &Lesion, labels: &[usize]) -> Result<Answers, EditError> {
    let mut edited = session.edited(lesion.edits(session.network()))?;
    let _ = edited.run_all(&mut |_, _| ControlFlow::Continue(()));
    let classes: Vec<usize> = edited.output().map(likeliest).unwrap_or_default();
    let pairs = classes.iter().zip(labels);
    Ok(Answers {
        right: pairs.filter(|(class, label)| class == label).count(),
        classes,
    })
}

/// The likeliest class of each image; the first where several are equally likely.
pub fn likeliest(logits: &Tensor) -> Vec<usize> {
    let rows = logits.outer_iter();
    let best = rows.map(|row| {
        let mut best = (0, f32::NEG_INFINITY);
        for (class, &value) in row.iter().enumerate() {
            if value > best.1 {
                best = (class, value);
            }
        }
        best.0
    });
    best.collect()
}
