//! Fixes of a spec's file: applied for a problem, and undone.

use std::path::{Path, PathBuf};

use super::app::{App, Effect};
use super::message::Tab;
use crate::export::file::{Existing, write};
use crate::spec::{Problem, Severity, catalog, named};

/// Change of a file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// Path of the file; a copy of a shipped spec gets a name that no file has yet.
    pub path: PathBuf,
    /// Whether the file is a copy that does not exist yet.
    pub is_copy: bool,
    /// Text before the fix.
    pub before: String,
    /// Text after the fix.
    pub after: String,
    /// Description of the fix.
    pub what: String,
}

/// Applies the fix of the selected problem, or in the spec's view the first fix that there is.
pub(super) fn mend(app: &mut App) -> Option<Effect> {
    let opened = app.opened()?;
    let fixed = |problem: &Problem| problem.fix().cloned();
    let fix = if opened.tab == Tab::Checks {
        opened.checks.selected().and_then(fixed)
    } else {
        let worth = |problem: &&Problem| problem.severity > Severity::Note;
        opened.checks.problems.iter().filter(worth).find_map(fixed)
    };
    let Some(fix) = fix else {
        app.notice = Some("this problem has no automatic fix: see its text".to_owned());
        return None;
    };
    let after = match fix.apply() {
        Ok(after) => after,
        Err(reason) => {
            app.notice = Some(format!("the repair does not fit the file: {reason}"));
            return None;
        }
    };
    let name = &fix.source.name;
    let path = named::path(name);
    let is_copy = catalog::name_of(&fix.source).is_some() || !path.is_file();
    let path = if is_copy {
        let stem = path
            .file_stem()
            .map_or_else(|| "spec".into(), |stem| stem.to_string_lossy());
        PathBuf::from(format!("{stem}-fixed.toml"))
    } else {
        path
    };
    Some(Effect::Mend(Mend {
        path,
        is_copy,
        before: fix.source.text.clone(),
        after,
        what: fix.to_string(),
    }))
}

/// Undoes the last fix.
pub(super) fn unmend(app: &mut App) -> Option<Effect> {
    let Some(last) = app.mended.pop() else {
        app.notice = Some("there is no fix to undo".to_owned());
        return None;
    };
    Some(Effect::Mend(Mend {
        what: format!("taken back: {}", last.what),
        before: last.after,
        after: last.before,
        is_copy: false,
        path: last.path,
    }))
}

/// Writes the file, unless it has changed since it was read; returns its path.
///
/// # Errors
/// The reason why it was not written, for the user.
pub(super) fn write_mend(folder: &Path, mend: &Mend) -> Result<PathBuf, String> {
    let told = |error: crate::export::file::WriteError| error.to_string();
    if mend.is_copy {
        let path = super::outside::free_path(folder, &mend.path.to_string_lossy());
        write(&path, mend.after.as_bytes(), Existing::Keep).map_err(told)?;
        return Ok(path);
    }
    let path = folder.join(&mend.path);
    let now = crate::spec::open::text(&path, crate::spec::read::LARGEST)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    if now != mend.before {
        return Err(format!(
            "{} has changed since it was read: nothing was written",
            path.display()
        ));
    }
    write(&path, mend.after.as_bytes(), Existing::Replace).map_err(told)?;
    Ok(mend.path.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_changed_is_left_alone_and_a_copy_takes_no_files_place() {
        let own = format!("resnet-explore-mend-{}", std::process::id());
        let folder = std::env::temp_dir().join(own);
        std::fs::create_dir_all(&folder).unwrap();
        let mut mend = Mend {
            path: PathBuf::from("net.toml"),
            is_copy: false,
            before: "a = 1\n".to_owned(),
            after: "a = 2\n".to_owned(),
            what: String::new(),
        };
        let path = folder.join("net.toml");
        std::fs::write(&path, "a = 3\n").unwrap();
        assert!(
            write_mend(&folder, &mend)
                .unwrap_err()
                .contains("has changed")
        );
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "a = 3\n");
        std::fs::write(&path, "a = 1\n").unwrap();
        write_mend(&folder, &mend).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "a = 2\n");
        mend.is_copy = true;
        let copy = write_mend(&folder, &mend).unwrap();
        assert!(copy.ends_with("net-2.toml"), "{copy:?}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
