//! One page that needs nothing else: the foldable diagram, the layer table, the details of a layer, and a second network to
//! compare with. The data is in the page as JSON; its small program is `html/page.js`.

use serde_json::{Value, json};

use super::style::{Theme, dark, light, xml};
use crate::network::Category;
use crate::report::format::thousands;
use crate::report::stats::Stats;
use crate::report::{Cell, Subject, formula, json as layer_json};

const PAGE: &str = include_str!("html/page.html");
const STYLE: &str = include_str!("html/page.css");
const PROGRAM: &str = include_str!("html/page.js");

/// The page of `subject`, compared with `other` if there is one.
pub fn html(subject: &Subject, other: Option<&Subject>, theme: Theme) -> String {
    let networks: Vec<Value> = std::iter::once(network(subject, true))
        .chain(other.map(|other| network(other, false)))
        .collect();
    let kinds = Category::ALL.map(Category::name);
    // No text of a spec may end the script early.
    let data = json!({"kinds": kinds, "networks": networks})
        .to_string()
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
    // One pass, so that a text which looks like a place is left alone.
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
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"{theme}>\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <link rel=\"icon\" href=\"data:,\"><title>{}</title>\n<style>{STYLE}{colours}</style></head>\n<body>\n{body}\
         <script type=\"application/json\" id=\"data\">{data}</script>\n<script>{PROGRAM}</script>\n</body></html>\n",
        xml(title)
    )
}

fn network(subject: &Subject, whole: bool) -> Value {
    let network = &subject.model.network;
    let layers: Vec<Value> = network
        .nodes()
        .zip(layer_json::layers(subject))
        .map(|((id, node), row)| {
            let name = node.path.to_string();
            let mut layer = json!({
                "name": name, "summary": node.layer.summary(), "output": row.output,
            });
            if !whole {
                return layer;
            }
            let group = node.scope.block.and_then(|block| match node.scope.stage {
                crate::network::Stage::Body(stage) => {
                    network.stage(stage)?.blocks.get(block as usize)
                }
                _ => None,
            });
            let formulas: Vec<Value> = formula::formulas(subject, id)
                .into_iter()
                .filter(|line| line.label != "rule")
                .map(|line| json!([line.label, line.text]))
                .collect();
            let reads: Vec<usize> = network.inputs(id).iter().map(|id| id.index()).collect();
            layer["id"] = id.index().into();
            layer["short"] = node.path.below(group.map_or("", String::as_str)).into();
            layer["kind"] = node.layer.category().name().into();
            layer["group"] = json!(group);
            layer["reads"] = json!(reads);
            layer["op"] = row.op.into();
            layer["stage"] = row.stage.into();
            layer["block"] = json!(row.block);
            layer["branch"] = json!(row.branch);
            layer["params"] = layer_json::cell(&Cell::Count(row.params));
            layer["macs"] = layer_json::cell(&Cell::Count(row.macs));
            layer["receptive_field"] = row
                .receptive_field
                .map_or(Value::Null, |size| layer_json::cell(&Cell::Count(size)));
            layer["parameters"] = json!(row.parameters);
            layer["formulas"] = json!(formulas);
            layer
        })
        .collect();
    // A count beyond 64 bits is no JSON value here; the page then has no totals.
    let stats = serde_json::to_value(Stats::new(subject)).unwrap_or_else(|_| {
        let name = &subject.model.spec.name;
        json!({"name": name, "title": subject.model.title(), "stages": [], "memory": {}})
    });
    json!({"unit": subject.analysis.rule.unit(), "stats": stats, "layers": layers})
}
