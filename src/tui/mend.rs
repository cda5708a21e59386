//! Fixes: what a problem's fix does to the spec's file, and how it is taken back.

use std::path::{Path, PathBuf};

use super::app::{App, Effect};
use super::message::Tab;
use crate::export::file::{Existing, write};
use crate::message;
use crate::spec::{Problem, Severity, catalog, named};
use crate::text::Message;
use crate::text::system::reason;

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
    /// The fix as a text.
    pub what: Message,
    /// Whether it undoes another.
    pub is_undo: bool,
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
        app.notice = Some(message!("notice-no-fix"));
        return None;
    };
    let after = match fix.apply() {
        Ok(after) => after,
        Err(reason) => {
            app.notice = Some(message!("notice-fix-does-not-fit", reason = reason));
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
        what: fix.title(),
        is_undo: false,
    }))
}

/// Undoes the last fix.
pub(super) fn unmend(app: &mut App) -> Option<Effect> {
    let Some(last) = app.mended.pop() else {
        app.notice = Some(message!("notice-no-fix-made"));
        return None;
    };
    Some(Effect::Mend(Mend {
        what: message!("notice-undone", fix = last.what),
        is_undo: true,
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
pub(super) fn write_mend(folder: &Path, mend: &Mend) -> Result<PathBuf, Message> {
    if mend.is_copy {
        let path = super::outside::free_path(folder, &mend.path.to_string_lossy());
        write(&path, mend.after.as_bytes(), Existing::Keep)?;
        return Ok(path);
    }
    let path = folder.join(&mend.path);
    let now = crate::spec::open::text(&path, crate::spec::read::LARGEST).map_err(|error| {
        let (file, reason) = (path.display().to_string(), reason(&error));
        message!("problem-file-unreadable", file = file, reason = reason)
    })?;
    if now != mend.before {
        return Err(message!(
            "notice-file-changed",
            file = path.display().to_string()
        ));
    }
    write(&path, mend.after.as_bytes(), Existing::Replace)?;
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
            what: Message::foreign(""),
            is_undo: false,
        };
        let path = folder.join("net.toml");
        std::fs::write(&path, "a = 3\n").unwrap();
        let refused = write_mend(&folder, &mend).unwrap_err();
        assert_eq!(refused.id, "notice-file-changed");
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
