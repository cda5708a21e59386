//! SARIF 2.1.0 (OASIS) of the results of `check`, which code hosts show at the lines of a spec.

use serde_json::{Value, json};

use crate::report::checks::rule_pages;
use crate::spec::{Place, Problem, Severity};
use crate::text::Language;

/// Definition of the format.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Report of networks, by the names by which they were requested, with their problems.
pub fn sarif(checked: &[(&str, &[Problem])]) -> Value {
    let mut rules: Vec<&str> = Vec::new();
    let mut results: Vec<Value> = Vec::new();
    for (name, problems) in checked {
        for problem in *problems {
            let index = rules.iter().position(|rule| *rule == problem.rule);
            let index = index.unwrap_or_else(|| {
                rules.push(problem.rule);
                rules.len() - 1
            });
            results.push(result(name, problem, index));
        }
    }
    let rules: Vec<Value> = rules.into_iter().map(descriptor).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            // Columns count characters, not UTF-16 units.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// Rule with the book's text, which code hosts show beside the finding.
fn descriptor(rule: &str) -> Value {
    let english = Language::ENGLISH;
    let (Some(title), Some(meaning), Some(page)) = (
        rule_pages::title(rule, english),
        rule_pages::meaning(rule, english),
        rule_pages::text(rule, english),
    ) else {
        return json!({ "id": rule });
    };
    json!({
        "id": rule,
        "shortDescription": { "text": title },
        "fullDescription": { "text": meaning },
        "help": { "text": rule_pages::page(rule), "markdown": page },
    })
}

fn result(name: &str, problem: &Problem, rule: usize) -> Value {
    let level = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut text = Language::ENGLISH.say(&problem.headline());
    if let Some(help) = &problem.help {
        text += "\n";
        text += &Language::ENGLISH.say(help);
    }
    let mut location = json!({ "physicalLocation": physical(name, problem.place.as_ref()) });
    if let Some(path) = &problem.path {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": path, "kind": "module" }]);
    }
    json!({
        "ruleId": problem.rule,
        "ruleIndex": rule,
        "level": level,
        "message": { "text": text },
        "locations": [location],
    })
}

/// Place in a file; a problem of the network as a whole is at the requested name.
fn physical(name: &str, place: Option<&Place>) -> Value {
    let Some(place) = place else {
        return json!({ "artifactLocation": { "uri": uri(name) } });
    };
    let (line, column) = place.line_column();
    let text = &place.source.text;
    let end = place.span.end.min(text.len());
    let after = Place {
        source: place.source.clone(),
        span: end..end,
    };
    let (end_line, end_column) = after.line_column();
    json!({
        "artifactLocation": { "uri": uri(&place.source.name) },
        "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
    })
}

/// Path as a relative reference: characters that are not allowed are percent-encoded (RFC 3986).
fn uri(path: &str) -> String {
    let path = crate::spec::named::path(path);
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    bytes
        .map(|&byte| match byte {
            b'\\' => "/".to_owned(),
            b'/' | b'.' | b'-' | b'_' | b'~' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Message;

    #[test]
    fn a_problem_without_a_place_is_at_the_name() {
        let message = Message::foreign("too many");
        let problems = [Problem::error("budget-params", message).about("layer1.0")];
        let log = sarif(&[("my net.toml", &problems)]);
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["level"], "error");
        let location = &result["locations"][0];
        assert_eq!(
            location["physicalLocation"]["artifactLocation"]["uri"],
            "my%20net.toml"
        );
        assert_eq!(
            location["logicalLocations"][0]["fullyQualifiedName"],
            "layer1.0"
        );
        let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
        assert_eq!(rule["id"], "budget-params");
        assert_eq!(rule["help"]["text"], "checks/budget-params.html");
        let page = rule["help"]["markdown"].as_str().unwrap();
        assert!(page.contains("## How to fix it"));
    }
}
