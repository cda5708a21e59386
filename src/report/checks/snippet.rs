//! Problem as text: the message, the file's lines with the fault underlined, and the fix.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::spec::source::line_at;
use crate::spec::{Place, Problem, Severity};
use crate::text::Language;

/// Lines of a file that have a fault. Only these are passed to the renderer, which processes all that it gets: every line of a file may
/// have a problem.
struct Excerpt<'a> {
    path: &'a str,
    lines: &'a str,
    /// Number of the first line, from 1.
    first: usize,
    /// The fault in these lines.
    span: Range<usize>,
}

impl<'a> Excerpt<'a> {
    fn of(place: &'a Place) -> Self {
        let text = &place.source.text;
        // A span may end inside a character that replaces an invalid byte.
        let boundary = |mut at: usize| {
            while !text.is_char_boundary(at) {
                at += 1;
            }
            at
        };
        let end = boundary(place.span.end.min(text.len()));
        let start = boundary(place.span.start.min(end));
        let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let last = text[end..].find('\n').map_or(text.len(), |at| end + at);
        Self {
            path: &place.source.name,
            lines: &text[first..last],
            first: line_at(text, first),
            span: start - first..end - first,
        }
    }
}

/// Style of a problem's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Plain text.
    Plain,
    /// With ANSI colours.
    Colour,
}

/// The problem as rustc would print it, in a language, without a line break at the end.
pub fn render(problem: &Problem, style: Style, language: Language) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    }
    .decor_style(DecorStyle::Unicode);
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
    .with_name(language.word(problem.severity.id()));
    let help_word = language.word("snippet-help");
    let headline = language.say(&problem.headline());
    let mut group = Group::with_title(level.primary_title(&headline).id(problem.rule));
    let excerpt = problem.place.as_ref().map(Excerpt::of);
    if let Some(own) = &excerpt {
        group = group.element(
            Snippet::source(own.lines)
                .line_start(own.first)
                .path(own.path)
                .annotation(AnnotationKind::Primary.span(own.span.clone())),
        );
    }
    let help = problem.help.as_ref().map(|help| language.say(help));
    if let Some(help) = &help {
        group = group.element(Level::HELP.with_name(help_word).message(help));
    }
    renderer.render(&[group])
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::spec::Source;

    #[test]
    fn of_a_long_file_only_the_lines_of_the_fault_are_passed() {
        let line = "title = \"é\"\n";
        let source = Arc::new(Source {
            name: "long.toml".into(),
            text: line.repeat(16_000),
        });
        for number in [1, 8_000, 16_000] {
            let start = (number - 1) * line.len();
            let place = |span| Place {
                source: Arc::clone(&source),
                span,
            };
            let one = place(start..start + 5);
            let own = Excerpt::of(&one);
            assert_eq!((own.lines, own.first), (line.trim_end(), number));
            assert_eq!(own.span, 0..5);
            let two = place(start.saturating_sub(1)..start + 5);
            assert_eq!(
                Excerpt::of(&two).lines.lines().count(),
                if number == 1 { 1 } else { 2 }
            );
        }
    }
}
