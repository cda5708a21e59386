//! SARIF 2.1.0 (OASIS) of the results of `check`, which code hosts show at the lines of a spec.

use serde_json::{Value, json};

use super::found::Found;
use crate::report::checks::rule_pages;
use crate::spec::{Place, Problem, Severity, Source};
use crate::text::Language;

/// Definition of the format.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Report of networks with their problems. `docs` is the address of the book, at which the rules have their pages.
pub fn sarif(checked: &[Found<'_>], docs: Option<&str>) -> Value {
    let mut rules: Vec<&str> = Vec::new();
    let mut results: Vec<Value> = Vec::new();
    for found in checked {
        for problem in found.problems {
            let index = rules.iter().position(|rule| *rule == problem.rule);
            let index = index.unwrap_or_else(|| {
                rules.push(problem.rule);
                rules.len() - 1
            });
            results.push(result(found, problem, index));
        }
    }
    let rules = rules.into_iter().map(|rule| descriptor(rule, docs));
    let mut driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.collect::<Vec<Value>>(),
    });
    if let Some(docs) = docs {
        driver["informationUri"] = format!("{docs}/checks.html").into();
    }
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            // Columns count characters, not UTF-16 units.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// Rule with the book's text, which code hosts show beside the finding.
fn descriptor(rule: &str, docs: Option<&str>) -> Value {
    let english = Language::ENGLISH;
    let (Some(title), Some(meaning), Some(page)) = (
        rule_pages::title(rule, english),
        rule_pages::meaning(rule, english),
        rule_pages::text(rule, english),
    ) else {
        return json!({ "id": rule });
    };
    let mut descriptor = json!({
        "id": rule,
        "shortDescription": { "text": title },
        "fullDescription": { "text": meaning },
        "help": { "text": rule_pages::page(rule), "markdown": page },
    });
    // The format asks for an absolute address.
    if let Some(docs) = docs {
        descriptor["helpUri"] = format!("{docs}/{}", rule_pages::page(rule)).into();
    }
    descriptor
}

fn result(found: &Found<'_>, problem: &Problem, rule: usize) -> Value {
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
    let mut location = json!({ "physicalLocation": physical(found, problem.place.as_ref()) });
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

/// Place in a file; a problem of the network as a whole is at all lines of its spec.
fn physical(found: &Found<'_>, place: Option<&Place>) -> Value {
    let Some(place) = place else {
        let lines = found.source.map_or(1, lines);
        return json!({
            "artifactLocation": { "uri": uri(found.source.map_or(found.name, |source| &source.name)) },
            "region": { "startLine": 1, "endLine": lines },
        });
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

fn lines(source: &Source) -> usize {
    source.text.lines().count().max(1)
}

/// Path as a reference: characters that are not allowed are percent-encoded (RFC 3986), and an absolute path becomes `file:///…`.
fn uri(path: &str) -> String {
    let path = crate::spec::named::path(path);
    let scheme = if path.is_absolute() { "file://" } else { "" };
    let bytes = path.as_os_str().as_encoded_bytes().iter();
    let encoded: String = bytes
        .map(|&byte| match byte {
            b'\\' => "/".to_owned(),
            b'/' | b'.' | b'-' | b'_' | b'~' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    format!("{scheme}{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Message;

    #[test]
    fn a_problem_without_a_place_is_at_the_name() {
        let message = Message::foreign("too many");
        let problems = [Problem::error("budget-params", message).about("layer1.0")];
        let log = sarif(
            &[Found::of("my net.toml", &problems)],
            Some("https://example.org/book"),
        );
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["level"], "error");
        let location = &result["locations"][0];
        assert_eq!(
            location["physicalLocation"]["artifactLocation"]["uri"],
            "my%20net.toml"
        );
        assert_eq!(location["physicalLocation"]["region"]["startLine"], 1);
        assert_eq!(uri("/tmp/a b.toml"), "file:///tmp/a%20b.toml");
        assert_eq!(
            location["logicalLocations"][0]["fullyQualifiedName"],
            "layer1.0"
        );
        let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
        assert_eq!(rule["id"], "budget-params");
        assert_eq!(rule["help"]["text"], "checks/budget-params.html");
        let address = "https://example.org/book/checks/budget-params.html";
        assert_eq!(rule["helpUri"], address);
        let without = sarif(&[Found::of("my net.toml", &problems)], None);
        let rule = &without["runs"][0]["tool"]["driver"]["rules"][0];
        assert_eq!(rule["helpUri"], Value::Null);
        let page = rule["help"]["markdown"].as_str().unwrap();
        assert!(page.contains("## How to fix it"));
    }
}
