//! Specs with their inherited keys.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::catalog;
use super::decode::Decode;
use super::file::ArchitectureFile;
use super::fix::Key;
use super::problem::Problem;
use super::source::{Located, Place, Source};
use super::value::{self, Value};
use crate::message;

/// Maximum length of a chain of specs that inherit from each other.
const MAX_CHAIN: usize = 32;

/// Spec with its parents' keys filled in.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Name by which it is requested: the file's name without its extension.
    pub name: String,
    /// File itself.
    pub source: Arc<Source>,
    /// Names of its parents, the nearest first.
    pub parents: Vec<String>,
    /// Files of its parents, in the same order.
    pub parent_files: Vec<Arc<Source>>,
    /// All keys; those missing in every file are absent.
    pub file: ArchitectureFile,
}

/// Loads the spec called `name`: its readable part, and all problems in it and its parents.
pub fn load(name: &str) -> (Option<Spec>, Vec<Problem>) {
    match catalog::find(name) {
        Ok(source) => {
            let (spec, problems) = from_source(source);
            (Some(spec), problems)
        }
        Err(problem) => (None, vec![*problem]),
    }
}

/// Loads a spec from a text that is already in memory.
pub fn from_source(source: Arc<Source>) -> (Spec, Vec<Problem>) {
    without(source, &[])
}

/// Loads a spec as if its file lacked the keys with these paths, to determine the effect of each.
pub fn without(source: Arc<Source>, ways: &[Vec<Key>]) -> (Spec, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut chain = vec![source.clone()];
    let mut file = decode(&source, ways, &mut problems);
    let mut parent_key = file.inherits.clone();
    while let Some(key) = parent_key.take() {
        let child = chain[chain.len() - 1].clone();
        let parent = match find_parent(&key.value, &child) {
            Ok(parent) => parent,
            Err(problem) => {
                let problem = *problem;
                let message = message!(
                    "problem-parent",
                    name = &key.value,
                    reason = problem.message
                );
                problems.push(Problem {
                    help: problem.help,
                    ..Problem::error("inherits", message).at(&key.place)
                });
                break;
            }
        };
        let circle = chain.iter().position(|seen| seen.name == parent.name);
        if circle.is_some() || chain.len() == MAX_CHAIN {
            let mut names: Vec<_> = chain.iter().map(|seen| name_of(&seen.name)).collect();
            names.push(name_of(&parent.name));
            problems.push(circle_problem(
                &names[circle.unwrap_or(0)..],
                circle.is_some(),
                &key.place,
            ));
            break;
        }
        let parent_file = decode_parent(&parent, &mut problems);
        parent_key.clone_from(&parent_file.inherits);
        file = file.inherit(parent_file);
        chain.push(parent);
    }
    let spec = Spec {
        name: name_of(&source.name),
        source,
        parents: chain[1..]
            .iter()
            .map(|parent| name_of(&parent.name))
            .collect(),
        parent_files: chain.split_off(1),
        file,
    };
    (spec, problems)
}

fn circle_problem(names: &[String], circle: bool, place: &Place) -> Problem {
    let chain = names.join(" → ");
    let (message, help) = if circle {
        (
            message!("problem-inherits-circle", chain = chain),
            message!("help-end-circle"),
        )
    } else {
        (
            message!("problem-inherits-long", most = MAX_CHAIN, chain = chain),
            message!("help-inherit-nearer"),
        )
    };
    Problem::error("inherits-circle", message)
        .at(place)
        .help(help)
}

fn decode(
    source: &Arc<Source>,
    without: &[Vec<Key>],
    problems: &mut Vec<Problem>,
) -> ArchitectureFile {
    let (mut tree, syntax) = value::parse(source);
    for way in without {
        remove(&mut tree, way);
    }
    // Consequences of invalid syntax (an incomplete key, a missing value) would only repeat its problem.
    if syntax.is_empty() {
        return ArchitectureFile::decode(&tree, problems).unwrap_or_default();
    }
    problems.extend(syntax);
    ArchitectureFile::decode(&tree, &mut Vec::new()).unwrap_or_default()
}

/// Removes the key at the end of a path from a tree, if it is there.
fn remove(tree: &mut Located<Value>, way: &[Key]) {
    let Value::Table(entries) = &mut tree.value else {
        return;
    };
    match way {
        [Key::Name(name)] => entries.retain(|(key, _)| key.value != *name),
        [Key::Name(name), rest @ ..] => {
            if let Some((_, value)) = entries.iter_mut().find(|(key, _)| key.value == *name) {
                remove(value, rest);
            }
        }
        _ => {}
    }
}

/// Decodes a parent; a shipped one is decoded once, because many networks inherit from it.
fn decode_parent(source: &Arc<Source>, problems: &mut Vec<Problem>) -> ArchitectureFile {
    type Parents = Mutex<HashMap<String, (Arc<Source>, ArchitectureFile)>>;
    static READ: OnceLock<Parents> = OnceLock::new();
    let read = READ.get_or_init(Parents::default);
    let lock = || read.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((known, file)) = lock().get(&source.name)
        && *known == *source
    {
        return file.clone();
    }
    let before = problems.len();
    let file = decode(source, &[], problems);
    if problems.len() == before && catalog::is_shipped(source) {
        lock().insert(source.name.clone(), (source.clone(), file.clone()));
    }
    file
}

/// Source of a parent; a path is relative to the child's folder, so a folder of specs can be moved.
fn find_parent(name: &str, child: &Source) -> Result<Arc<Source>, Box<Problem>> {
    let beside = Path::new(&child.name)
        .parent()
        .map(|folder| folder.join(name));
    let is_path = Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "toml");
    match beside {
        Some(path) if is_path => catalog::find(&path.to_string_lossy()),
        // A shipped spec inherits from shipped ones, and one that replaces a shipped one may inherit from it.
        _ if catalog::is_shipped(child) || name_of(&child.name) == name => {
            catalog::shipped(name).map_or_else(|| catalog::find(name), Ok)
        }
        _ => catalog::find(name),
    }
}

fn name_of(path: &str) -> String {
    Path::new(path).file_stem().map_or_else(
        || path.to_owned(),
        |stem| super::named::shown(&stem.to_string_lossy()).into_owned(),
    )
}
