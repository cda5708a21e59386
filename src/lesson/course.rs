//! Lessons in the binary, in order.

use include_dir::{Dir, include_dir};

use super::file::Lesson;
use crate::spec::Problem;
use crate::text::Language;

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/src/lessons");

/// Names and texts of a language's files, in the order of the course; English ones if it has no lessons.
pub fn files(language: Language) -> Vec<(String, &'static str)> {
    let mut files: Vec<_> = FILES
        .get_dir(language.code())
        .or_else(|| FILES.get_dir(Language::ENGLISH.code()))
        .into_iter()
        .flat_map(Dir::files)
        .filter_map(|file| {
            let name = format!("docs/src/lessons/{}", file.path().display());
            Some((name, file.contents_utf8()?))
        })
        .collect();
    files.sort();
    files
}

/// All lessons of a language.
///
/// # Errors
/// Problems in the files; a test ensures that there are none.
pub fn lessons(language: Language) -> Result<Vec<Lesson>, Vec<Problem>> {
    files(language)
        .into_iter()
        .map(|(name, text)| Lesson::parse(&name, text))
        .collect()
}
