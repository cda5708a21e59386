//! Shipped specs, which are compiled in, and their lookup by name.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::decode::Decode;
use super::file::{ArchitectureFile, AttentionFile, BlockFile, ShortcutFile};
use super::problem::{Problem, nearest};
use super::read;
use super::source::{Located, Source};
use super::{user, value};
use crate::carried::{ASSETS, Asset, File, Folder, MUSEUM, SPECS};
use crate::message;

/// Prefix of the names in the museum: specs of mistakes that were found in public code, each next to its page in the book.
const MUSEUM_PREFIX: &str = "museum:";

/// Folders of the parts of networks.
const BLOCKS: &str = "blocks";
const SHORTCUTS: &str = "shortcuts";
const ATTENTIONS: &str = "attentions";
const PARTS: [&str; 3] = [BLOCKS, SHORTCUTS, ATTENTIONS];

/// Names of the shipped networks: the ImageNet ones first, then folder by folder; within each in natural order (`resnet18`
/// before `resnet101`).
pub fn names() -> &'static [&'static str] {
    static NAMES: OnceLock<Vec<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut found: Vec<_> = networks().iter().collect();
        found.sort_by_cached_key(|(name, file)| {
            let folder = file.folder();
            (folder != "imagenet", folder, natural(name))
        });
        found.into_iter().map(|(name, _)| *name).collect()
    })
}

/// Names of all networks: the shipped ones, and those that are only in the user's folder.
pub fn all_names() -> Vec<String> {
    let shipped = names().iter().map(|name| (*name).to_owned());
    let own = user::specs()
        .iter()
        .map(|(name, _)| name.clone())
        .filter(|name| !networks().contains_key(name.as_str()));
    shipped.chain(own).collect()
}

/// Whether `source` is a shipped spec.
pub fn is_shipped(source: &Source) -> bool {
    Path::new(&source.name)
        .file_stem()
        .and_then(|stem| shipped(stem.to_str()?))
        .is_some_and(|own| *own == *source)
}

/// Name of a shipped spec: of a network, or of a piece of the museum; `None` for any other spec.
pub fn name_of(source: &Source) -> Option<String> {
    let stem = Path::new(&source.name).file_stem()?.to_str()?;
    let piece = format!("{MUSEUM_PREFIX}{stem}");
    if is_shipped(source) {
        Some(stem.to_owned())
    } else if museum_piece(&piece).is_some_and(|own| *own == *source) {
        Some(piece)
    } else {
        None
    }
}

/// File of each shipped network by its name: searching the folders for a name costs more than reading the file.
fn networks() -> &'static HashMap<&'static str, File> {
    static NETWORKS: OnceLock<HashMap<&'static str, File>> = OnceLock::new();
    NETWORKS.get_or_init(|| {
        let folders = SPECS.iter().filter(|folder| !PARTS.contains(&folder.name));
        let files = folders.flat_map(Folder::files);
        files.map(|file| (file.stem(), file)).collect()
    })
}

/// Sort key that puts `resnet18` before `resnet101`.
fn natural(name: &str) -> (String, u64, String) {
    let digits = name
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(name.len());
    let (word, rest) = name.split_at(digits);
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    (
        word.to_owned(),
        rest[..end].parse().unwrap_or(0),
        rest[end..].to_owned(),
    )
}

/// Names of the museum's pieces, for [`find`]: `museum:darknet_sum`.
pub fn museum() -> Vec<String> {
    let files = MUSEUM.iter().flat_map(Folder::files);
    let names = files.map(|file| format!("{MUSEUM_PREFIX}{}", file.stem()));
    names.collect()
}

fn museum_piece(name: &str) -> Option<Arc<Source>> {
    let piece = name.strip_prefix(MUSEUM_PREFIX)?;
    let name = format!("{piece}.toml");
    let file = MUSEUM.iter().find_map(|folder| folder.file(&name))?;
    let text = file.text().to_owned();
    let name = format!("museum/{name}");
    Some(Arc::new(Source { name, text }))
}

/// Spec called `name`: a network's name in the user's folder, a shipped network's name or alias, a piece of the museum, or
/// the path of a file.
///
/// # Errors
/// Nothing has that name (the nearest one that exists is suggested), or the file cannot be read.
pub fn find(name: &str) -> Result<Arc<Source>, Box<Problem>> {
    if let Some(path) = user::path(name) {
        return read::read(path);
    }
    if let Some(source) = shipped(name) {
        return Ok(source);
    }
    if let Some(source) = museum_piece(name) {
        return Ok(source);
    }
    let path = super::named::path(name);
    let looks_like_path = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
        || name.contains(std::path::MAIN_SEPARATOR);
    if looks_like_path || path.is_file() {
        return read::read(&path);
    }
    canonical(name)
        .and_then(shipped)
        .ok_or_else(|| unknown(name).into())
}

/// The shipped network that other libraries call `name`, or in another spelling: `ResNet-50` is `resnet50`. A spelling that
/// could be of two networks is of none.
fn canonical(name: &str) -> Option<&'static str> {
    if let Some((own, _)) = aliases().iter().find(|(_, alias)| alias == name) {
        return Some(own);
    }
    let wanted = letters(name);
    let own = names().iter().map(|own| (*own, *own));
    let mut found = own
        .chain(aliases().iter().map(|(own, alias)| (*own, alias.as_str())))
        .filter(|(_, known)| letters(known) == wanted)
        .map(|(own, _)| own);
    let first = found.next().filter(|_| !wanted.is_empty())?;
    found.all(|own| own == first).then_some(first)
}

/// The letters and digits of a name, small: how it is written does not count, but `1_6gf` is not `16gf`.
fn letters(name: &str) -> String {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut kept = String::with_capacity(name.len());
    let mut parted = false;
    for c in name.chars() {
        if c.is_alphanumeric() {
            if parted && c.is_ascii_digit() && is_digit(kept.chars().next_back()) {
                kept.push('_');
            }
            kept.extend(c.to_lowercase());
            parted = false;
        } else {
            parted = true;
        }
    }
    kept
}

fn unknown(name: &str) -> Problem {
    let pieces = museum();
    let known = names()
        .iter()
        .copied()
        .chain(user::specs().iter().map(|(name, _)| name.as_str()))
        .chain(aliases().iter().map(|(_, alias)| alias.as_str()))
        .chain(pieces.iter().map(String::as_str));
    let help = match nearest(name, known) {
        Some(near) => message!("help-did-you-mean-network", name = near),
        None => message!("help-list-networks"),
    };
    Problem::error(
        "unknown-network",
        message!("problem-no-network", name = name),
    )
    .help(help)
}

/// Spec of a shipped network.
pub fn shipped(name: &str) -> Option<Arc<Source>> {
    networks().get(name).map(|file| source(*file))
}

/// Specs of the user's folder that replace shipped networks.
pub fn shadowing() -> impl Iterator<Item = &'static (String, PathBuf)> {
    user::specs()
        .iter()
        .filter(|(name, _)| shipped(name).is_some())
}

fn source(file: File) -> Arc<Source> {
    let text = file.text().to_owned();
    let name = format!("architectures/{}/{}", file.folder(), file.name());
    Arc::new(Source { name, text })
}

/// Pairs of a shipped network's name and one of its aliases.
fn aliases() -> &'static [(&'static str, String)] {
    static ALIASES: OnceLock<Vec<(&'static str, String)>> = OnceLock::new();
    ALIASES.get_or_init(|| {
        names()
            .iter()
            .filter_map(|name| {
                let (tree, _) = value::parse(&shipped(name)?);
                let aliases = ArchitectureFile::decode(&tree, &mut Vec::new())?.aliases?;
                Some(aliases.value.into_iter().map(|alias| (*name, alias.value)))
            })
            .flatten()
            .collect()
    })
}

/// Shipped block called `name`.
pub fn block(name: &str, problems: &mut Vec<Problem>) -> Option<&'static Located<BlockFile>> {
    static ALL: OnceLock<Parts<BlockFile>> = OnceLock::new();
    part(ALL.get_or_init(|| parts(BLOCKS)), name, problems)
}

/// Shipped kind of shortcut called `name`.
pub fn shortcut(name: &str, problems: &mut Vec<Problem>) -> Option<&'static Located<ShortcutFile>> {
    static ALL: OnceLock<Parts<ShortcutFile>> = OnceLock::new();
    part(ALL.get_or_init(|| parts(SHORTCUTS)), name, problems)
}

/// Files of a folder of parts by name, each read at its first use and then kept, because every stage of a network needs some.
type Parts<T> = HashMap<&'static str, Shipped<T>>;

/// File of a part.
struct Shipped<T> {
    file: File,
    read: OnceLock<(Option<Located<T>>, Vec<Problem>)>,
}

fn parts<T>(folder: &str) -> Parts<T> {
    let files = Folder::of(&SPECS, folder)
        .into_iter()
        .flat_map(Folder::files);
    let named = files.map(|file| {
        let read = OnceLock::new();
        (file.stem(), Shipped { file, read })
    });
    named.collect()
}

fn part<T: Decode>(
    parts: &'static Parts<T>,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Option<&'static Located<T>> {
    let shipped = parts.get(name)?;
    let (file, notice) = shipped.read.get_or_init(|| {
        let (tree, mut problems) = value::parse(&source(shipped.file));
        (Located::decode(&tree, &mut problems), problems)
    });
    problems.extend(notice.iter().cloned());
    file.as_ref()
}

/// Shipped attention called `name`.
pub fn attention(
    name: &str,
    problems: &mut Vec<Problem>,
) -> Option<&'static Located<AttentionFile>> {
    static ALL: OnceLock<Parts<AttentionFile>> = OnceLock::new();
    part(ALL.get_or_init(|| parts(ATTENTIONS)), name, problems)
}

/// Names of the shipped attentions.
pub fn attention_names() -> Vec<&'static str> {
    part_names(ATTENTIONS)
}

/// Names of the shipped blocks.
pub fn block_names() -> Vec<&'static str> {
    part_names(BLOCKS)
}

/// Names of the shipped shortcuts.
pub fn shortcut_names() -> Vec<&'static str> {
    part_names(SHORTCUTS)
}

fn part_names(folder: &str) -> Vec<&'static str> {
    let files = Folder::of(&SPECS, folder)
        .into_iter()
        .flat_map(Folder::files);
    files.map(File::stem).collect()
}

/// Contents of a shipped file next to the spec whose source is called `spec`: weights or a sample.
pub fn asset(spec: &str, file: &str) -> Option<&'static [u8]> {
    let asset = Asset::of(&format!("{}/{file}", beside(spec)?))?;
    Some(asset.bytes())
}

/// Names of the samples in the folder `folder` next to the spec, in order.
pub fn samples(spec: &str, folder: &str) -> Vec<String> {
    let Some(beside) = beside(spec) else {
        return Vec::new();
    };
    let below = ASSETS.iter().filter_map(|asset| {
        let name = asset.path.strip_prefix(beside)?.strip_prefix('/')?;
        let is_image = Path::new(name).extension().is_some_and(|own| own == "png");
        let is_below = name.strip_prefix(folder)?.starts_with('/');
        (is_image && is_below).then(|| name.to_owned())
    });
    below.collect()
}

/// Folder of a shipped spec.
fn beside(spec: &str) -> Option<&str> {
    let (folder, _) = spec.strip_prefix("architectures/")?.rsplit_once('/')?;
    Some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_sort_as_numbers() {
        let mut names = ["resnet101", "resnet18", "resnet50_v1", "resnet50"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["resnet18", "resnet50", "resnet50_v1", "resnet101"]);
    }

    #[test]
    fn names_of_other_libraries_and_other_spellings_lead_to_a_network() {
        for (name, own) in [
            ("timm:resnet34", "resnet34"),
            ("ResNet-50", "resnet50"),
            ("resnext50-32x4d", "resnext50_32x4d"),
            ("resnet18-cifar", "kuangliu_resnet18"),
            ("r50", "iresnet50"),
            ("ResNet50V2", "keras_resnet50v2"),
            ("plain56", "plain56_cifar"),
            ("RegNetY-4.0GF", "regnety_040"),
            ("regnet_x_1_6gf", "regnetx_016"),
            ("regnet_x_16gf", "regnetx_160"),
            ("RN50x4", "resnet50x4_clip_gap"),
        ] {
            assert_eq!(canonical(name), Some(own), "{name}");
        }
        assert_eq!(canonical("--"), None);
        assert_eq!(canonical("resnet51"), None);
    }

    #[test]
    fn no_two_networks_share_a_name() {
        let own = names().iter().map(|own| (*own, *own));
        let all = own.chain(aliases().iter().map(|(own, alias)| (*own, alias.as_str())));
        let mut seen = HashMap::new();
        for (own, name) in all {
            let other = seen.insert(letters(name), own);
            assert!(
                other.is_none_or(|other| other == own),
                "{name}: {own} and {other:?}"
            );
        }
    }

    #[test]
    fn a_typo_is_answered_with_the_nearest_name() {
        let problem = find("resnet5O").unwrap_err();
        assert_eq!(
            problem.message,
            message!("problem-no-network", name = "resnet5O")
        );
        let help = message!("help-did-you-mean-network", name = "resnet50");
        assert_eq!(problem.help, Some(help));
    }
}
