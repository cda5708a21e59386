//! Fixes: what a problem's fix does to the spec's file, and how it is taken back.

use std::path::{Path, PathBuf};

use crate::export::file::{Existing, write};
use crate::message;
use crate::spec::{Fix, catalog, named};
use crate::text::Message;
use crate::text::system::reason;

/// Change of a file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFix {
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

impl FileFix {
    /// Change that a fix makes; a shipped spec is copied first.
    ///
    /// # Errors
    /// The fix does not fit the text; the message is for the user.
    pub(in crate::tui) fn of(fix: &Fix) -> Result<Self, Message> {
        let after = fix
            .apply()
            .map_err(|reason| message!("notice-fix-does-not-fit", reason = reason))?;
        let path = named::path(&fix.source.name);
        let is_copy = catalog::name_of(&fix.source).is_some() || !path.is_file();
        let path = if is_copy {
            let stem = path
                .file_stem()
                .map_or_else(|| "spec".into(), |stem| stem.to_string_lossy());
            PathBuf::from(format!("{stem}-fixed.toml"))
        } else {
            path
        };
        Ok(Self {
            path,
            is_copy,
            before: fix.source.text.clone(),
            after,
            what: fix.title(),
            is_undo: false,
        })
    }

    /// Change that undoes it.
    pub(in crate::tui) fn undone(self) -> Self {
        Self {
            is_undo: true,
            before: self.after,
            after: self.before,
            is_copy: false,
            ..self
        }
    }
}

/// Writes the file, unless it has changed since it was read; returns its path.
///
/// # Errors
/// The reason why it was not written, for the user.
pub(in crate::tui) fn write_fix(folder: &Path, fix: &FileFix) -> Result<PathBuf, Message> {
    if fix.is_copy {
        let path = super::export_file::free_path(folder, &fix.path.to_string_lossy());
        write(&path, fix.after.as_bytes(), Existing::Keep)?;
        return Ok(path);
    }
    let path = folder.join(&fix.path);
    let now = crate::spec::open::text(&path, crate::spec::read::MAX_BYTES).map_err(|error| {
        let (file, reason) = (path.display().to_string(), reason(&error));
        message!("problem-file-unreadable", file = file, reason = reason)
    })?;
    if now != fix.before {
        return Err(message!(
            "notice-file-changed",
            file = path.display().to_string()
        ));
    }
    write(&path, fix.after.as_bytes(), Existing::Replace)?;
    Ok(fix.path.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_changed_is_left_alone_and_a_copy_takes_no_files_place() {
        let own = format!("resnet-explore-fix-{}", std::process::id());
        let folder = std::env::temp_dir().join(own);
        std::fs::create_dir_all(&folder).unwrap();
        let mut fix = FileFix {
            path: PathBuf::from("net.toml"),
            is_copy: false,
            before: "a = 1\n".to_owned(),
            after: "a = 2\n".to_owned(),
            what: Message::foreign(""),
            is_undo: false,
        };
        let path = folder.join("net.toml");
        std::fs::write(&path, "a = 3\n").unwrap();
        let refused = write_fix(&folder, &fix).unwrap_err();
        assert_eq!(refused.id, "notice-file-changed");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "a = 3\n");
        std::fs::write(&path, "a = 1\n").unwrap();
        write_fix(&folder, &fix).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "a = 2\n");
        fix.is_copy = true;
        let copy = write_fix(&folder, &fix).unwrap();
        assert!(copy.ends_with("net-2.toml"), "{copy:?}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
