//! Promise: every export of a shipped network is well formed in its language, has the numbers of the reports, and needs
//! nothing from elsewhere.

#[path = "exports/browser.rs"]
mod browser;
#[path = "exports/drawing.rs"]
mod drawing;
#[path = "exports/edges.rs"]
mod edges;
#[path = "exports/figures.rs"]
mod figures;
#[path = "exports/flow.rs"]
mod flow;
#[path = "exports/page.rs"]
mod page;

use resnet_explore::analysis::Rule;
use resnet_explore::export::style::{Direction, Options, Paint, Theme};
use resnet_explore::export::{document, dot, html, mermaid, svg, volumes};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::report::{Level, Subject};
use resnet_explore::spec::catalog;
use resnet_explore::text::Language;

fn subject(name: &str) -> Subject {
    let model = open(name, &Overrides::default()).expect("a shipped network");
    Subject::new(model, Rule::ConvFc, 1)
}

/// One network in three, and the deepest: the catalogue is long, and neighbours are alike.
fn subjects() -> Vec<Subject> {
    let mut names: Vec<&str> = catalog::names().iter().copied().step_by(3).collect();
    names.push("resnet1202_cifar");
    names.into_iter().map(subject).collect()
}

fn every_option() -> Vec<Options> {
    let mut all = Vec::new();
    for level in Level::ALL {
        for direction in [Direction::Down, Direction::Right] {
            for paint in [Paint::Kind, Paint::Macs] {
                all.push(Options {
                    level,
                    direction,
                    paint,
                    ..Options::default()
                });
            }
        }
    }
    all
}

/// Panics unless tags nest, attributes are quoted and every `&` begins an entity.
fn well_formed(xml: &str, name: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        assert!(!text.contains('>'), "{name}: a stray > in {text}");
        for entity in text.split('&').skip(1) {
            let end = entity
                .find(';')
                .unwrap_or_else(|| panic!("{name}: {entity}"));
            assert!(matches!(
                &entity[..end],
                "amp" | "lt" | "gt" | "quot" | "#39"
            ));
        }
        let end = rest[start..].find('>').expect("a tag ends") + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        assert_eq!(tag.matches('"').count() % 2, 0, "{name}: {tag}");
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{name}");
        } else if !tag.ends_with('/') {
            open.push(tag.split([' ', '\n']).next().unwrap_or_default());
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
}

/// Panics unless braces, brackets and quotes of a DOT text are balanced, and every edge joins declared nodes.
fn dot_is_sound(text: &str, name: &str) {
    let (mut depth, mut quoted, mut escaped) = (Vec::new(), false, false);
    for c in text.chars() {
        match (quoted, c) {
            (true, _) if escaped => escaped = false,
            (true, '\\') => escaped = true,
            (_, '"') => quoted = !quoted,
            (false, '{' | '[') => depth.push(c),
            (false, '}') => assert_eq!(depth.pop(), Some('{'), "{name}"),
            (false, ']') => assert_eq!(depth.pop(), Some('['), "{name}"),
            _ => {}
        }
    }
    assert!(
        depth.is_empty() && !quoted,
        "{name}: something is not closed"
    );
    let declared: std::collections::HashSet<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| line.contains('[') && !line.contains(" -> "))
        .filter_map(|line| line.split(' ').next())
        .collect();
    for line in text.lines().filter(|line| line.contains(" -> ")) {
        let mut words = line.split_whitespace();
        let (tail, head) = (words.next().unwrap_or(""), words.nth(1).unwrap_or(""));
        assert!(
            declared.contains(tail) && declared.contains(head),
            "{name}: {line}"
        );
    }
}

#[test]
fn svg_is_well_formed_at_every_level_and_direction() {
    for subject in subjects() {
        let name = &subject.model.spec.name;
        for options in every_option() {
            well_formed(&svg::svg(&subject, &options), name);
        }
        well_formed(
            &volumes::volumes(&subject, Theme::Auto, Language::ENGLISH),
            name,
        );
    }
}

#[test]
fn dot_closes_what_it_opens_and_joins_what_is_there() {
    for subject in subjects() {
        for options in every_option() {
            dot_is_sound(&dot::dot(&subject, &options), &subject.model.spec.name);
        }
    }
}

#[test]
fn mermaid_closes_its_subgraphs_and_colours_edges_that_are_there() {
    for subject in subjects() {
        for options in every_option() {
            let text = mermaid::mermaid(&subject, &options).text;
            let count = |wanted: &dyn Fn(&str) -> bool| {
                text.lines()
                    .map(str::trim)
                    .filter(|line| wanted(line))
                    .count()
            };
            let name = &subject.model.spec.name;
            let opened = count(&|line| line.starts_with("subgraph "));
            assert_eq!(opened, count(&|line| line == "end"), "{name}");
            let edges = count(&|line| line.contains("-->") || line.contains(".->"));
            let mut styles = text.lines().filter(|line| !line.contains(" default "));
            let links =
                styles.find_map(|line| line.trim().strip_prefix("linkStyle ")?.split_once(' '));
            for link in links.map_or("", |(links, _)| links).split(',') {
                assert!(link.is_empty() || link.parse::<usize>().expect("a number") < edges);
            }
        }
    }
}

/// Number of the node whose text begins in this way, as `n11`.
fn node(text: &str, begins: &str) -> String {
    let line = text
        .lines()
        .find(|line| {
            line.contains(&format!("[\"{begins}")) || line.contains(&format!("((\"{begins}"))
        })
        .unwrap_or_else(|| panic!("{begins} in {text}"));
    let line = line.trim_start();
    line[..line.find(['[', '(']).expect("a bracket")].to_owned()
}

#[test]
fn a_skip_around_all_stages_is_drawn_from_where_it_begins() {
    let subject = subject("tests/specs/ok/skip.toml");
    let options = Options::default();
    for level in [Level::Block, Level::Layer] {
        let text = mermaid::flowchart(
            &subject,
            &Options {
                level,
                ..options.clone()
            },
        );
        let edge = |from: &str, to: &str| {
            let (from, to) = (node(&text, from), node(&text, to));
            let starts = |line: &&str| line.trim().starts_with(&format!("{from} "));
            let ends = |line: &&str| line.trim().ends_with(&format!(" {to}"));
            text.lines().filter(starts).filter(ends).count()
        };
        assert_eq!(edge("from relu", "skip_conv"), 1, "{text}");
        assert_eq!(edge("bn_body", "skip_conv"), 0, "{text}");
        let is_sum = |line: &&str| line.trim_start().starts_with('n') && line.contains("((\"+");
        let add = text
            .lines()
            .rfind(is_sum)
            .expect("an addition")
            .trim_start();
        let add = &add[..add.find('(').expect("a bracket")];
        let reads = |line: &&str| line.trim().ends_with(&format!(" {add}"));
        let mut reads: Vec<String> = text
            .lines()
            .filter(reads)
            .map(|line| line.trim().split(' ').next().expect("a node").to_owned())
            .collect();
        reads.sort();
        let mut wanted = vec![node(&text, "bn_body"), node(&text, "skip_bn")];
        wanted.sort();
        assert_eq!(reads, wanted, "{text}");
    }
    for options in every_option() {
        well_formed(&svg::svg(&subject, &options), "skip");
        dot_is_sound(&dot::dot(&subject, &options), "skip");
    }
    well_formed(
        &volumes::volumes(&subject, Theme::Auto, Language::ENGLISH),
        "skip",
    );
}

#[test]
fn dot_is_coloured_by_share_and_keeps_to_its_columns() {
    let subject = subject("resnet50");
    let options = Options {
        paint: Paint::Macs,
        ..Options::default()
    };
    let text = dot::dot(&subject, &options);
    assert!(text.contains("of MACs"));
    // Blocks 1 to 5 of layer3 do most of the work.
    let most = text
        .lines()
        .find(|line| line.contains("layer3.1–5 (×5)"))
        .expect("the folded blocks");
    assert!(
        most.contains("fillcolor=\"#084594\", fontcolor=\"#ffffff\""),
        "{most}"
    );
    for number in 1..6 {
        assert!(text.contains(&format!("high{number} -> low{number} [dir=none")));
    }
}

#[test]
fn equal_blocks_are_drawn_once_with_their_number() {
    let options = Options {
        level: Level::Layer,
        ..Options::default()
    };
    let folded = svg::svg(&subject("resnet152"), &options);
    assert!(folded.contains("layer3.1–35 (×35)"));
    let all = svg::svg(
        &subject("resnet152"),
        &Options {
            fold: false,
            ..options.clone()
        },
    );
    assert!(all.contains(">layer3.35<") && !all.contains("(×"));
    // To the right, a block is a row: no diagram is wider than a wide block.
    let right = svg::svg(
        &subject("resnet152"),
        &Options {
            direction: Direction::Right,
            fold: false,
            ..options
        },
    );
    let width = right
        .split('"')
        .nth(3)
        .and_then(|width| width.parse::<u32>().ok());
    assert!(width.is_some_and(|width| width < 1600), "{width:?}");
}

#[test]
fn json_has_every_layer_and_edge_with_the_numbers_of_the_reports() {
    for subject in subjects() {
        let value: serde_json::Value =
            serde_json::from_str(&document::json(&subject)).expect("JSON");
        let network = &subject.model.network;
        let layers = value["layers"].as_array().expect("layers");
        assert_eq!(layers.len(), network.len());
        let total: u64 = layers.iter().filter_map(|row| row["params"].as_u64()).sum();
        assert_eq!(u128::from(total), subject.params().0);
        for (id, layer) in network.ids().zip(layers) {
            let reads: Vec<usize> = network.inputs(id).iter().map(|i| i.index()).collect();
            assert_eq!(layer["reads"], serde_json::json!(reads));
        }
        assert_eq!(value["version"], document::VERSION);
    }
}

#[test]
fn the_page_holds_its_data_and_asks_for_nothing() {
    let (one, other) = (subject("resnet152"), subject("resnet50"));
    let page = html::html(&one, Some(&other), Theme::Auto, Language::ENGLISH).expect("a page");
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
    let (before, rest) = page.split_once("id=\"data\">").expect("the data");
    let (data, after) = rest.split_once("</script>").expect("its end");
    // The data names sources by their addresses, which are never followed.
    for word in [
        "http://",
        "https://",
        " src=",
        "@import",
        "url(",
        "fetch(",
        "<link rel=\"stylesheet",
    ] {
        assert!(
            !before.contains(word) && !after.contains(word),
            "the page has {word}"
        );
    }
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    assert_eq!(data["networks"][1]["stats"]["params"], 25_557_032);
}

#[test]
fn words_of_a_spec_stay_words() {
    let text = "inherits = \"resnet18\"\ntitle = 'A <b>\"net\"</b> & {more} </script>'\n";
    let model = resnet_explore::lower::open_text("odd.toml", text, &Overrides::default());
    let subject = Subject::new(model, Rule::ConvFc, 1);
    let options = Options::default();
    well_formed(&svg::svg(&subject, &options), "odd");
    well_formed(
        &volumes::volumes(&subject, Theme::Dark, Language::ENGLISH),
        "odd",
    );
    dot_is_sound(&dot::dot(&subject, &options), "odd");
    let page = html::html(&subject, None, Theme::Auto, Language::ENGLISH).expect("a page");
    assert_eq!(page.matches("</script>").count(), 2);
    assert!(page.contains("{more}"));
}

#[test]
fn the_books_pictures_are_what_the_program_draws() {
    let picture = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/images");
        std::fs::read_to_string(path.join(name)).expect("a picture of the book")
    };
    let options = Options::default();
    let layers = Options {
        level: Level::Layer,
        ..Options::default()
    };
    let resnet50 = subject("resnet50");
    assert_eq!(picture("resnet50-block.svg"), svg::svg(&resnet50, &options));
    assert_eq!(
        picture("resnet50-volumes.svg"),
        volumes::volumes(&resnet50, Theme::Auto, Language::ENGLISH)
    );
    assert_eq!(
        picture("resnet18-layer.svg"),
        svg::svg(&subject("resnet18"), &layers)
    );
}
