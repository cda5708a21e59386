//! User's own specs: a folder whose files are networks by their names, in addition to the shipped ones or instead of them.

use std::path::PathBuf;
use std::sync::OnceLock;

use etcetera::BaseStrategy;

/// Environment variable that names the folder instead of the default.
pub const VARIABLE: &str = "RESNET_EXPLORE_SPECS";

/// The user's home folder.
pub fn home() -> Option<PathBuf> {
    etcetera::home_dir().ok()
}

/// Path of the folder: `$RESNET_EXPLORE_SPECS`, or else `resnet-explore/architectures` in the system's folder for user data
/// (`$XDG_DATA_HOME`, `~/.local/share`).
pub fn folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(VARIABLE) {
        return (!folder.is_empty()).then(|| folder.into());
    }
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.data_dir().join("resnet-explore/architectures"))
}

/// Path of the system's folder for program state: `resnet-explore` in `$XDG_STATE_HOME`, `~/.local/state`.
pub fn state_folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let folder = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(folder.join("resnet-explore"))
}

/// Environment variable that names the file of the machine's measured rates instead of the default.
pub const MACHINE_VARIABLE: &str = "RESNET_EXPLORE_MACHINE";

/// Path of the measured rates of a machine with this name: `$RESNET_EXPLORE_MACHINE`, or else a file in `resnet-explore` in the
/// system's folder for caches (`$XDG_CACHE_HOME`, `~/.cache`); `None` if the variable is empty.
pub fn machine(name: &str) -> Option<PathBuf> {
    if let Some(file) = std::env::var_os(MACHINE_VARIABLE) {
        return (!file.is_empty()).then(|| file.into());
    }
    let base = etcetera::choose_base_strategy().ok()?;
    let is_plain = |letter: char| letter.is_ascii_alphanumeric();
    let name = name.replace(|letter| !is_plain(letter), "-");
    let folder = base.cache_dir().join("resnet-explore");
    Some(folder.join(format!("machine-{name}.json")))
}

/// Environment variable that names the file of keys instead of the default.
pub const KEYS_VARIABLE: &str = "RESNET_EXPLORE_KEYS";

/// Path of the user's keys: `$RESNET_EXPLORE_KEYS`, or else `resnet-explore/keys.toml` in the system's folder for configuration
/// (`$XDG_CONFIG_HOME`, `~/.config`); `None` if the variable is empty.
pub fn keys() -> Option<PathBuf> {
    if let Some(file) = std::env::var_os(KEYS_VARIABLE) {
        return (!file.is_empty()).then(|| file.into());
    }
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("resnet-explore/keys.toml"))
}

/// Names of its specs with their files, in order. The folder is read once.
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

/// Path of the spec called `name`.
pub fn path(name: &str) -> Option<&'static PathBuf> {
    let specs = specs();
    let at = specs.binary_search_by(|(other, _)| other.as_str().cmp(name));
    Some(&specs[at.ok()?].1)
}
