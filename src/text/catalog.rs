//! Files of texts, found at build time and read on demand: the build notes where each entry begins, and an entry is parsed
//! at its first use, since most runs of the program use a handful.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast;

use super::pseudo;
use crate::carried::{Folder, LANGUAGES, STARTS};
use crate::sorting::Sorting;

/// Code of accented English, which is made from the English file.
pub(super) const PSEUDO: &str = "qps";

/// Texts of one language.
pub(super) struct Catalog {
    code: &'static str,
    /// Entries that were used before. They live as long as the program: their number is limited by the file.
    parsed: Mutex<HashMap<&'static str, &'static FluentResource>>,
    /// Formatter: plural rules and number formats of the language, without entries.
    bundle: FluentBundle<FluentResource>,
}

/// One entry of a file of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Id that the program uses for it.
    pub id: &'static str,
    /// Lines of the entry in the file.
    pub source: &'static str,
}

/// Entries of a language's file, sorted by id; none if the program has no such language.
pub fn entries(code: &str) -> Vec<Entry> {
    let (text, starts) = index(code);
    starts.iter().map(|&start| entry(text, start)).collect()
}

/// Text of a language's file, and the places in it where its entries begin, sorted by their ids.
fn index(code: &str) -> (&'static str, &'static [u32]) {
    let file = Folder::of(&LANGUAGES, code).and_then(|folder| folder.files().next());
    let starts = STARTS.iter().find(|(own, _)| *own == code);
    match (file, starts) {
        (Some(file), Some((_, starts))) => (file.text(), starts),
        _ => ("", &[]),
    }
}

/// Id of the entry that begins at a place of a file.
fn id(text: &str, start: u32) -> &str {
    let id = text[start as usize..].split('=').next();
    id.unwrap_or_default().trim_end()
}

/// The entry that begins at a place of a file: a line, and those after it that are indented or close a bracket. Comments
/// and blank lines between them belong to it, those after it do not.
fn entry(text: &'static str, start: u32) -> Entry {
    let rest = &text[start as usize..];
    let (mut at, mut end) = (0, 0);
    for line in rest.split_inclusive('\n') {
        at += line.len();
        if end == 0 || line.starts_with([' ', '}']) {
            end = at;
        } else if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            break;
        }
    }
    Entry {
        id: id(text, start),
        source: &rest[..end],
    }
}

/// All catalogues: English, then the others in the order of their codes.
pub(super) fn all() -> &'static [Catalog] {
    static ALL: OnceLock<Vec<Catalog>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut codes: Vec<&str> = LANGUAGES.iter().map(|folder| folder.name).collect();
        codes.order_by_key(|code| (*code != "en", *code));
        codes.into_iter().map(Catalog::new).collect()
    })
}

impl Catalog {
    fn new(code: &'static str) -> Self {
        // Accented English has the plural rules of English.
        let locale = if code == PSEUDO { "en" } else { code };
        let locale = locale.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Most terminals draw the marks that isolate directions as visible characters.
        bundle.set_use_isolating(false);
        Self {
            code,
            parsed: Mutex::default(),
            bundle,
        }
    }

    /// Catalogue for a code; English if there is none.
    pub(super) fn of(code: &str) -> &'static Self {
        static ACCENTED: OnceLock<Catalog> = OnceLock::new();
        if code == PSEUDO {
            return ACCENTED.get_or_init(|| Self::new(PSEUDO));
        }
        let all = all();
        all.iter()
            .find(|catalog| catalog.code == code)
            .unwrap_or(&all[0])
    }

    pub(super) const fn code(&self) -> &'static str {
        self.code
    }

    /// Lines of an entry in the file. The build has sorted the ids, so that a run does not read the file to say a few texts.
    fn source(&self, wanted: &str) -> Option<&'static str> {
        let code = if self.code == PSEUDO { "en" } else { self.code };
        let (text, starts) = index(code);
        let found = starts.binary_search_by(|&start| id(text, start).cmp(wanted));
        Some(entry(text, starts[found.ok()?]).source)
    }

    /// Parsed entry of an id; `None` if the file lacks it, or its form cannot be read.
    fn message(&self, id: &'static str) -> Option<&'static ast::Message<&'static str>> {
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        let resource: &'static FluentResource = if let Some(resource) = parsed.get(id) {
            resource
        } else {
            let source = self.source(id)?;
            let source = match self.code {
                PSEUDO => pseudo::entry(source),
                _ => source.to_owned(),
            };
            let resource = FluentResource::try_new(source).ok()?;
            let resource: &'static FluentResource = Box::leak(Box::new(resource));
            parsed.insert(id, resource);
            resource
        };
        resource.entries().find_map(|entry| match entry {
            ast::Entry::Message(message) => Some(message),
            _ => None,
        })
    }

    /// A text without placeholders.
    pub(super) fn word(&self, id: &'static str) -> Option<&'static str> {
        plain(self.message(id)?.value.as_ref()?)
    }

    /// An attribute (additional text) of an entry, without placeholders.
    pub(super) fn attribute(&self, id: &'static str, name: &str) -> Option<&'static str> {
        let attributes = &self.message(id)?.attributes;
        let found = attributes.iter().find(|one| one.id.name == name)?;
        plain(&found.value)
    }

    /// A text with its placeholders filled in.
    pub(super) fn say(&self, id: &'static str, arguments: &FluentArgs) -> Option<String> {
        let pattern = self.message(id)?.value.as_ref()?;
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(arguments), &mut errors);
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        Some(text.into_owned())
    }
}

/// Text of a pattern that has no placeholders.
fn plain(pattern: &'static ast::Pattern<&'static str>) -> Option<&'static str> {
    use ast::{Expression, InlineExpression, PatternElement};
    let [element] = pattern.elements.as_slice() else {
        return None;
    };
    match element {
        // A quoted text keeps the blanks at its ends.
        PatternElement::TextElement { value }
        | PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::StringLiteral { value }),
        } => Some(value),
        PatternElement::Placeable { .. } => None,
    }
}
