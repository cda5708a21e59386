//! A user's own specs: a folder whose files are networks by their names, beside the shipped ones or in place of them.

use std::path::PathBuf;
use std::sync::OnceLock;

use etcetera::BaseStrategy;

/// The variable that names the folder in place of the usual one.
pub const VARIABLE: &str = "RESNET_EXPLORE_SPECS";

/// The folder: `$RESNET_EXPLORE_SPECS`, or else `resnet-explore/architectures` where the system keeps a user's data
/// (`$XDG_DATA_HOME`, `~/.local/share`).
pub fn folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(VARIABLE) {
        return (!folder.is_empty()).then(|| folder.into());
    }
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.data_dir().join("resnet-explore/architectures"))
}

/// Where the system keeps what programs remember from run to run: `resnet-explore` in `$XDG_STATE_HOME`, `~/.local/state`.
pub fn state_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let folder = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(folder.join("resnet-explore"))
}

/// The names of its specs with their files, in order. It is read once.
pub fn specs() -> &'static [(String, PathBuf)] {
    static SPECS: OnceLock<Vec<(String, PathBuf)>> = OnceLock::new();
    SPECS.get_or_init(|| {
        let entries = folder().and_then(|folder| std::fs::read_dir(folder).ok());
        let mut specs: Vec<_> = entries
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let is_spec = path.extension().is_some_and(|ending| ending == "toml");
                let name = super::named::text(path.file_stem()?);
                (is_spec && path.is_file()).then_some((name, path))
            })
            .collect();
        specs.sort();
        specs
    })
}

/// The file of the spec called `name`.
pub fn path(name: &str) -> Option<&'static PathBuf> {
    let specs = specs();
    let at = specs.binary_search_by(|(other, _)| other.as_str().cmp(name));
    Some(&specs[at.ok()?].1)
}
