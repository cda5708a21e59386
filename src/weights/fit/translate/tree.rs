//! Tree of a file's modules, in which the blocks of a network are found by their contents.

use super::modules::Module;
use std::collections::HashMap;

/// The deepest module that is looked at.
const DEEPEST: usize = 16;

/// Paths above modules, each with the modules below it: `layer1.0` with `layer1.0.conv1` and `layer1.0.bn1`.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    nodes: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Tree<'a> {
    /// Tree of these modules; a node also holds the module of its own path.
    pub(super) fn of(modules: &[Module<'a>]) -> Self {
        let mut nodes: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, module) in modules.iter().enumerate() {
            let path = module.path;
            let ends = path.match_indices('.').map(|(at, _)| at);
            for end in ends.chain([path.len()]).take(DEEPEST) {
                nodes.entry(&path[..end]).or_default().push(number);
            }
        }
        Self { nodes }
    }

    /// The nodes that hold exactly so many modules, the innermost of those that hold the same.
    pub(super) fn of_size(&self, count: usize) -> Vec<(&'a str, &[usize])> {
        let all = self.nodes.iter().filter(|(_, held)| held.len() == count);
        let mut found: Vec<(&str, &[usize])> =
            all.map(|(path, held)| (*path, held.as_slice())).collect();
        found.sort_unstable();
        // A path is directly before the longer ones that begin with it and hold the same.
        let mut kept: Vec<(&str, &[usize])> = Vec::new();
        for (path, held) in found {
            match kept.last_mut() {
                Some(last) if last.1 == held => *last = (path, held),
                _ => kept.push((path, held)),
            }
        }
        kept
    }

    /// The modules below a path.
    pub(super) fn below(&self, path: &str) -> &[usize] {
        self.nodes.get(path).map_or(&[], Vec::as_slice)
    }

    /// The paths that hold at least so many modules, the outermost first.
    pub(super) fn roots(&self, count: usize) -> Vec<&'a str> {
        let large = self.nodes.iter().filter(|(_, held)| held.len() >= count);
        let mut roots: Vec<&str> = large.map(|(path, _)| *path).collect();
        roots.sort_unstable_by_key(|path| (path.matches('.').count(), *path));
        roots
    }
}
