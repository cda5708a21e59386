//! Problem as text: the message, the file's lines with the fault underlined, and the fix.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::spec::source::line_at;
use crate::spec::{Problem, Severity};
use crate::text::Language;

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
    if let Some(place) = &problem.place {
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
        // Only these lines are passed: the renderer processes all that it gets, and every line of a file may have a problem.
        let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let last = text[end..].find('\n').map_or(text.len(), |at| end + at);
        group = group.element(
            Snippet::source(&text[first..last])
                .line_start(line_at(text, first))
                .path(&place.source.name)
                .annotation(AnnotationKind::Primary.span(start - first..end - first)),
        );
    }
    let help = problem.help.as_ref().map(|help| language.say(help));
    if let Some(help) = &help {
        group = group.element(Level::HELP.with_name(help_word).message(help));
    }
    renderer.render(&[group])
}
