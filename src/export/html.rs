//! A single self-contained page: the collapsible diagram, the layer table, the details of a layer, and a second network for
//! comparison. The data is embedded as JSON; the page's program is `html/page.js`.

mod data;

use std::fmt;

use serde_json::json;

use super::style::{Theme, dark, light, xml};
use crate::network::Category;
use crate::report::format::thousands;
use crate::report::{Subject, formula};

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/page.css");
const PROGRAM: &str = include_str!("html/page.js");

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

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the page would hold more than {} MiB of `{}`, which has {} layers, and browsers open no such page well; \
             `export --to csv` and `--to json` hold every layer, `--to svg --level stage` draws it",
            Self::BYTES >> 20,
            self.name,
            thousands(self.layers as u128)
        )
    }
}

impl std::error::Error for TooLarge {}

/// Page of `subject`, compared with `other` if there is one.
pub fn html(subject: &Subject, other: Option<&Subject>, theme: Theme) -> Result<String, TooLarge> {
    let mut networks = data::network(subject, true)?;
    if let Some(other) = other {
        networks += ",";
        networks += &data::network(other, false)?;
    }
    // No text of a spec may end the script early.
    let data = format!(
        "{{\"kinds\":{},\"field\":{},\"networks\":[{networks}]}}",
        json!(Category::ALL.map(Category::name)),
        json!([formula::FIELD_LABELS, formula::FIELD]),
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
            legend += &format!("<span><i class=\"k{index}\"></i>{}</span>", category.name());
        }
    }
    legend += "<span><u></u>shortcut with layers</span><span><u class=\"same\"></u>identity shortcut</span>";
    let rule = subject.analysis.rule;
    let title = subject.model.title();
    let line = format!(
        "{} parameters · {} {} (rule {rule}) · batch {}",
        thousands(subject.params().0),
        thousands(subject.macs().0),
        rule.unit(),
        subject.batch
    );
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
            _ => body += &legend,
        }
        body += rest;
    }
    let theme = match theme {
        Theme::Auto => "",
        Theme::Light => " data-theme=\"light\"",
        Theme::Dark => " data-theme=\"dark\"",
    };
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"en\"{theme}>\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <link rel=\"icon\" href=\"data:,\"><title>{}</title>\n<style>{STYLE}{colours}</style></head>\n<body>\n{body}\
         <script type=\"application/json\" id=\"data\">{data}</script>\n<script>{PROGRAM}</script>\n</body></html>\n",
        xml(title)
    ))
}
