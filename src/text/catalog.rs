//! Files of texts, found at build time and read on demand: a file is split into its entries at once, but an entry is parsed
//! at its first use, since most runs of the program use a handful.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast;

use super::pseudo;
use crate::carried::{File, Folder, LANGUAGES};

/// Code of accented English, which is made from the English file.
pub(super) const PSEUDO: &str = "qps";

/// Texts of one language.
pub(super) struct Catalog {
    code: &'static str,
    /// Source of each entry by its id.
    sources: OnceLock<HashMap<&'static str, &'static str>>,
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

/// Entries of a language's file in order; none if the program has no such language.
pub fn entries(code: &str) -> Vec<Entry> {
    let file = Folder::of(&LANGUAGES, code).and_then(|folder| folder.files().next());
    cut(file.map(File::text).unwrap_or_default())
}

/// Splits a file at the lines that begin an entry. Comments belong to none.
fn cut(text: &'static str) -> Vec<Entry> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            found.push((at, end));
        } else if line.starts_with([' ', '}'])
            && let Some((_, last)) = found.last_mut()
        {
            *last = end;
        }
        at = end;
    }
    let entry = |(from, to): (usize, usize)| {
        let source = &text[from..to];
        let id = source.split('=').next().unwrap_or_default().trim_end();
        Entry { id, source }
    };
    found.into_iter().map(entry).collect()
}

/// All catalogues: English, then the others in the order of their codes.
pub(super) fn all() -> &'static [Catalog] {
    static ALL: OnceLock<Vec<Catalog>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut codes: Vec<&str> = LANGUAGES.iter().map(|folder| folder.name).collect();
        codes.sort_by_key(|code| (*code != "en", *code));
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
            sources: OnceLock::new(),
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

    fn sources(&self) -> &HashMap<&'static str, &'static str> {
        self.sources.get_or_init(|| {
            let is_pseudo = self.code == PSEUDO;
            let entries = entries(if is_pseudo { "en" } else { self.code });
            entries
                .into_iter()
                .map(|entry| (entry.id, entry.source))
                .collect()
        })
    }

    /// Parsed entry of an id; `None` if the file lacks it, or its form cannot be read.
    fn message(&self, id: &'static str) -> Option<&'static ast::Message<&'static str>> {
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        let resource: &'static FluentResource = if let Some(resource) = parsed.get(id) {
            resource
        } else {
            let source = *self.sources().get(id)?;
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
