//! Lessons in the binary, in order.

use super::file::Lesson;
use crate::carried::{Folder, LESSONS};
use crate::spec::Problem;
use crate::text::Language;

/// Word for the review, in place of a lesson's id.
pub const REVIEW: &str = "review";

/// Questions that a learner goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Study {
    /// Those of a lesson, by its place in the course.
    Lesson(usize),
    /// Those that were answered wrong, late or with the hint, and are asked again today.
    Review,
}

/// Names and texts of a language's files, in the order of the course; English ones if it has no lessons.
pub fn files(language: Language) -> Vec<(String, &'static str)> {
    let own = Folder::of(&LESSONS, language.code());
    let folder = own.or_else(|| Folder::of(&LESSONS, Language::ENGLISH.code()));
    let files = folder.into_iter().flat_map(Folder::files);
    let named = files.map(|file| {
        let name = format!("docs/src/lessons/{}/{}", file.folder(), file.name());
        (name, file.text())
    });
    named.collect()
}

/// Numbers of lessons and of quizzes in a language.
pub fn counts(language: Language) -> [usize; 2] {
    let files = files(language);
    let quizzes = files.iter().filter(|(name, _)| name.contains("-quiz-"));
    let quizzes = quizzes.count();
    [files.len() - quizzes, quizzes]
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
