//! A single self-contained page: the collapsible diagram, the layer table, the details of a layer, and a second network for
//! comparison. The data is embedded as JSON; the page's program is `html/page.js`.

mod compared;
mod data;

use serde_json::json;

use super::fault::notices;
use super::style::{Theme, dark, light, xml};
use crate::message;
use crate::network::Category;
use crate::report::format::thousands;
use crate::report::{Subject, network::formula};
use crate::text::{Language, Message, said};

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/page.css");
const PROGRAM: &str = include_str!("html/page.js");

/// Texts of the page and of its program, each with the holes that the program fills.
const WORDS: [(&str, &[&str]); 46] = [
    ("html-tools", &[]),
    ("level-stages", &[]),
    ("level-blocks", &[]),
    ("level-layers", &[]),
    ("html-smaller", &[]),
    ("column-size", &[]),
    ("html-larger", &[]),
    ("html-turn", &[]),
    ("html-theme", &[]),
    ("catalogue-search", &[]),
    ("html-search-example", &[]),
    ("html-keys", &[]),
    ("html-diagram", &[]),
    ("html-nothing-chosen", &[]),
    ("html-choose", &[]),
    ("html-comparison", &[]),
    ("html-kind", &[]),
    ("html-all-kinds", &[]),
    ("html-class", &[]),
    ("html-does", &[]),
    ("column-branch", &[]),
    ("column-reads", &[]),
    ("column-input", &[]),
    ("column-output", &[]),
    ("column-layer", &[]),
    ("column-what", &[]),
    ("column-parameters", &[]),
    ("column-rf", &[]),
    ("column-activations", &[]),
    ("column-depth", &[]),
    ("stats-receptive-field", &[]),
    ("label-scalar", &[]),
    ("branch-main", &[]),
    ("branch-shortcut", &[]),
    ("html-weights", &[]),
    ("html-peak", &[]),
    ("html-not-there", &[]),
    ("html-fit", &[]),
    ("html-previous", &[]),
    ("html-next", &[]),
    ("html-details", &[]),
    ("html-close", &[]),
    ("html-fault", &[]),
    ("html-hits", &["at", "all"]),
    ("title-params", &["count"]),
    ("html-count", &["shown", "all", "params", "macs"]),
];

/// The same in a language; a hole is its name in braces.
fn words(language: Language) -> serde_json::Map<String, serde_json::Value> {
    let say = |(id, holes): (&'static str, &[&'static str])| {
        let fill = |message: Message, hole: &'static str| message.with(hole, format!("{{{hole}}}"));
        let message = holes.iter().copied().fold(Message::new(id), fill);
        (id.to_owned(), language.say(&message).into())
    };
    WORDS.into_iter().map(say).collect()
}

/// A network whose page would be too large for a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooLarge {
    name: String,
    layers: usize,
}

impl TooLarge {
    /// Maximum size of one network's data in a page, in bytes.
    const BYTES: usize = 32 << 20;

    fn of(subject: &Subject) -> Self {
        Self {
            name: subject.model.spec.name.clone(),
            layers: subject.model.network.len(),
        }
    }
}

impl TooLarge {
    /// Problem and fix.
    pub fn message(&self) -> Message {
        message!(
            "export-page-too-large",
            limit = Self::BYTES >> 20,
            name = &self.name,
            layers = thousands(self.layers as u128)
        )
    }
}

said!(TooLarge);

/// Page of `subject`, compared with `other` if there is one.
pub fn html(
    subject: &Subject,
    other: Option<&Subject>,
    theme: Theme,
    language: Language,
) -> Result<String, TooLarge> {
    let mut networks = data::network(subject, language)?;
    let mut comparison = "null".to_owned();
    if let Some(other) = other {
        networks += &format!(",{{\"stats\":{}}}", data::stats(other));
        comparison = compared::comparison(subject, other, language);
    }
    // The page chooses by whether the size and the stride are 1.
    let fields = [
        ["{size}", "{stride}"],
        ["1", "{stride}"],
        ["{size}", "1"],
        ["1", "1"],
    ]
    .map(|[size, stride]| language.say(&formula::field(size, stride, "{start}", "{end}")));
    // No text of a spec may end the script early.
    let data = format!(
        "{{\"kinds\":{},\"words\":{},\"field\":{},\"comparison\":{comparison},\"networks\":[{networks}]}}",
        json!(Category::ALL.map(|kind| [kind.name().to_owned(), language.say(&kind.word())])),
        json!(words(language)),
        json!([
            formula::FIELD_LABELS.map(|label| language.say(&label)),
            fields,
        ]),
    )
    .replace('<', "\\u003c");
    let mut colours = String::new();
    let mut legend = String::new();
    for (index, category) in Category::ALL.into_iter().enumerate() {
        let fill = format!("light-dark({},{})", light(category), dark(category));
        colours += &format!(".k{index}{{background:{fill}}}");
        let used = subject
            .model
            .network
            .nodes()
            .any(|(_, node)| node.layer.category() == category);
        if used {
            legend += &format!(
                "<span><i class=\"k{index}\"></i>{}</span>",
                language.say(&category.word())
            );
        }
    }
    legend += &format!(
        "<span><u></u>{}</span><span><u class=\"same\"></u>{}</span>",
        language.word("figure-shortcut-with-layers"),
        language.word("figure-identity-shortcut")
    );
    let rule = subject.analysis.rule;
    let title = subject.model.title();
    let title = title.of(language);
    let line = language.say(&message!(
        "html-line",
        parameters = thousands(subject.params().0),
        operations = thousands(subject.macs().0),
        unit = rule.unit(),
        rule = rule.name(),
        batch = subject.batch,
    ));
    let summary = subject
        .model
        .spec
        .file
        .summary
        .as_ref()
        .map_or("", |summary| summary.value.as_str());
    let mut body = String::with_capacity(PAGE.len() + legend.len() + 256);
    // In one pass, so a text that looks like a placeholder is left alone.
    for (index, part) in PAGE.split('{').enumerate() {
        let Some((place, rest)) = part.split_once('}').filter(|_| index > 0) else {
            body += part;
            continue;
        };
        match place {
            "title" => body += &xml(title),
            "line" => body += &xml(&line),
            "summary" => body += &xml(summary),
            "legend" => body += &legend,
            "faults" => body += &faults(subject, language),
            id => body += &xml(language.word(id)),
        }
        body += rest;
    }
    let theme = match theme {
        Theme::Auto => "",
        Theme::Light => " data-theme=\"light\"",
        Theme::Dark => " data-theme=\"dark\"",
    };
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"{theme}>\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <link rel=\"icon\" href=\"data:,\"><title>{}</title>\n<style>{STYLE}{colours}</style></head>\n<body>\n{body}\
         <script type=\"application/json\" id=\"data\">{data}</script>\n<script>{PROGRAM}</script>\n</body></html>\n",
        language.code(),
        xml(title)
    ))
}

/// Problems of the spec, if it has any.
fn faults(subject: &Subject, language: Language) -> String {
    let notices = notices(subject, language);
    if notices.is_empty() {
        return String::new();
    }
    format!("<p class=\"faults\">{}</p>", xml(&notices.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts between a beginning and an end, wherever the beginning occurs.
    fn between<'t>(text: &'t str, begins: &str, ends: char) -> Vec<&'t str> {
        let parts = text.split(begins).skip(1);
        parts
            .filter_map(|rest| Some(rest.split_once(ends)?.0))
            .collect()
    }

    #[test]
    fn every_text_that_the_page_names_is_one() {
        let of_html = ["title", "line", "summary", "legend", "faults"];
        let known = |id: &str| WORDS.iter().any(|(word, _)| *word == id);
        for id in between(PAGE, "{", '}') {
            assert!(of_html.contains(&id) || known(id), "{id}");
        }
        let said = between(PROGRAM, "say(\"", '"');
        for id in &said {
            let begins = |word: &&(&str, &[&str])| word.0.starts_with(id);
            assert!(
                known(id) || (id.ends_with('-') && WORDS.iter().any(|word| begins(&word))),
                "{id}"
            );
        }
        for (word, _) in WORDS {
            let is_said = said
                .iter()
                .any(|id| word == *id || (id.ends_with('-') && word.starts_with(id)));
            assert!(
                is_said || between(PAGE, "{", '}').contains(&word),
                "{word} is not used"
            );
        }
    }
}
