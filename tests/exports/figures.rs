//! Figures fit their venue with legible text, are the same each time, and are what their format's readers understand.

use resnet_explore::export::paper::{Choices, Figure, Venue, figure};
use resnet_explore::export::style::{Options, Paint, Theme, light};
use resnet_explore::export::{dot, html, mermaid, scatter, svg, volumes};
use resnet_explore::network::{Category, Table};
use resnet_explore::report::catalogue::entry::entries;
use resnet_explore::report::catalogue::plot::Axis;
use resnet_explore::report::catalogue::published::Trained;
use resnet_explore::spec::catalog;
use resnet_explore::text::{Language, Message};

use super::{subject, well_formed};

/// Width and height of a venue, and its smallest text, in points.
const fn promise(venue: Venue) -> (f64, f64, f64) {
    match venue {
        Venue::NeuripsColumn => (396.0, 600.0, 7.0),
        Venue::CvprWide => (495.0, 620.0, 7.0),
        Venue::IeeeColumn => (251.0, 620.0, 7.0),
        Venue::Slide16x9 => (960.0, 540.0, 18.0),
        Venue::Readme => (622.5, 1200.0, 9.0),
    }
}

fn drawn(name: &str, venue: Venue) -> Figure {
    figure(&subject(name), &Choices::of(venue))
        .unwrap_or_else(|reason| panic!("{name}, {}: {reason:?}", venue.name()))
}

/// Numbers of an attribute, wherever it occurs.
fn numbers(svg: &str, attribute: &str) -> Vec<f64> {
    let begins = format!(" {attribute}=\"");
    let values = svg.split(&begins).skip(1);
    values
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect()
}

#[test]
fn every_network_fits_every_venue_in_text_that_can_be_read() {
    for name in catalog::names() {
        for venue in Venue::ALL {
            let (width, height, text) = promise(venue);
            let figure = drawn(name, venue);
            let (wide, high) = figure.size();
            let at = format!("{name}, {}", venue.name());
            assert!(
                (wide - width).abs() < 0.01 && high <= height,
                "{at}: {wide} × {high}"
            );
            assert_eq!(
                figure.caption.contains("opened: "),
                !is_too_wide(name, venue),
                "{at}: {}",
                figure.caption
            );
            assert!(
                figure.smallest_text() >= text - 1e-9,
                "{at}: {}",
                figure.smallest_text()
            );
            let svg = figure.svg();
            assert!(
                numbers(&svg, "font-size")
                    .iter()
                    .all(|&size| size >= text - 0.01),
                "{at}"
            );
            assert!(
                numbers(&svg, "x")
                    .iter()
                    .all(|&x| (0.0..=width).contains(&x)),
                "{at}"
            );
            assert!(
                numbers(&svg, "y")
                    .iter()
                    .all(|&y| (0.0..=high).contains(&y)),
                "{at}"
            );
        }
    }
}

/// Whether a network's blocks are too wide for a place however they are folded: four branches that read each other, and two branches in
/// a bottleneck.
fn is_too_wide(name: &str, venue: Venue) -> bool {
    let is_res2net = name.starts_with("res2ne") && !name.ends_with("_2s");
    let is_wide = name.starts_with("skresnet50") || name.starts_with("skresnext50");
    match venue {
        Venue::Slide16x9 => is_res2net || is_wide,
        Venue::IeeeColumn => is_res2net,
        Venue::NeuripsColumn => is_res2net && name.ends_with("_8s"),
        Venue::CvprWide | Venue::Readme => false,
    }
}

#[test]
fn a_folded_block_has_each_of_its_operations_once() {
    // Five convolutions: 1×1, 3×3 in groups, two of the gate, 1×1; or two branches, two of the gate, 3×3.
    for name in ["resnest50d", "skresnet18"] {
        let svg = drawn(name, Venue::Slide16x9).svg();
        let count = |text: &str| svg.matches(text).count();
        assert_eq!(count(">conv "), 5, "{name}");
        for sign in ["+", "×"] {
            assert_eq!(count(&format!(">{sign}</text>")), 1, "{name}: {sign}");
        }
    }
}

#[test]
fn a_figure_has_presentation_attributes_alone_and_is_the_same_each_time() {
    for name in ["resnet18", "resnetv2_50", "skresnet18", "resnet1202_cifar"] {
        let figure = drawn(name, Venue::CvprWide);
        let svg = figure.svg();
        well_formed(&svg, name);
        for refused in ["<style", "class=", "<marker", "url(", "NaN"] {
            assert!(!svg.contains(refused), "{name}: {refused}");
        }
        let again = drawn(name, Venue::CvprWide);
        assert_eq!(svg, again.svg());
        let pdf = figure.pdf().expect("a PDF");
        assert!(pdf.starts_with(b"%PDF-") && pdf == again.pdf().expect("a PDF"));
        assert_eq!(
            figure.tikz().expect("a picture"),
            again.tikz().expect("a picture")
        );
        assert!(figure.png(1.0).expect("a PNG").starts_with(b"\x89PNG"));
    }
}

#[test]
fn a_tikz_picture_closes_what_it_opens() {
    for name in catalog::names() {
        let text = drawn(name, Venue::CvprWide).tikz().expect("a picture");
        let count = |c: char| text.matches(c).count() - text.matches(&format!("\\{c}")).count();
        assert_eq!(count('{'), count('}'), "{name}");
        assert_eq!(
            text.matches("\\begin{").count(),
            text.matches("\\end{").count(),
            "{name}"
        );
        let open = |line: &&str| line.starts_with("\\path") || line.starts_with("\\node");
        assert!(
            text.lines().filter(open).all(|line| line.ends_with(';')),
            "{name}"
        );
        assert!(
            text.is_ascii()
                || text
                    .lines()
                    .all(|line| line.is_ascii() || line.starts_with('%')),
            "{name}"
        );
    }
}

#[test]
fn the_caption_names_rule_and_paper_and_a_block_can_be_chosen() {
    let subject = subject("resnet50");
    let mut choices = Choices::of(Venue::IeeeColumn);
    choices.block = Some("layer3.5".to_owned());
    let figure = figure(&subject, &choices).expect("a figure");
    for part in [
        "25.56 M",
        "conv+fc",
        "3×224×224",
        "layer3.5",
        "He, Zhang, Ren, Sun",
        "2015",
    ] {
        assert!(figure.caption.contains(part), "{part}: {}", figure.caption);
    }
    assert!(figure.svg().contains(">layer3.5<") && !figure.svg().contains(">layer1.1<"));
    choices.block = Some("layer3.6".to_owned());
    let refused = resnet_explore::export::paper::figure(&subject, &choices);
    assert!(format!("{:?}", refused.expect_err("no such block")).contains("layer3.5"));
}

#[test]
fn lines_of_shortcuts_can_be_as_in_the_paper() {
    let subject = subject("resnet50");
    let dashes = |he_lines| {
        let choices = Choices {
            he_lines,
            ..Choices::of(Venue::CvprWide)
        };
        let svg = figure(&subject, &choices).expect("a figure").svg();
        svg.lines()
            .filter(|line| line.contains("#c0392b"))
            .map(|line| line.contains("dasharray"))
            .collect::<Vec<_>>()
    };
    let (ours, theirs) = (dashes(false), dashes(true));
    let swapped = ours.iter().zip(&theirs).filter(|(a, b)| a != b).count();
    assert!(swapped > 5 && ours.len() == theirs.len());
}

/// Relative luminance of a colour, by WCAG 2.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value =
            f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

#[test]
fn text_is_legible_on_every_fill_in_greys_too() {
    for category in Category::ALL {
        let contrast = (luminance(light(category)) + 0.05) / (luminance("#1c1f23") + 0.05);
        assert!(contrast >= 7.0, "{category:?}: {contrast}");
    }
}

#[test]
fn a_broken_spec_is_drawn_with_its_fault_in_red() {
    let subject = subject("tests/specs/err/missing_projection.toml");
    let problem = "layer1.0.add: main path 256×56×56, shortcut 64×56×56";
    let options = Options::default();
    let page = html::html(&subject, None, Theme::Auto, Language::ENGLISH).expect("a page");
    let figure = figure(&subject, &Choices::of(Venue::CvprWide)).expect("a figure");
    let volumes = volumes::volumes(&subject, Theme::Auto, Language::ENGLISH);
    for (text, red) in [
        (svg::svg(&subject, &options), "class=\"b c1 k bad\""),
        (
            dot::dot(&subject, &options),
            "color=\"#c0392b\", penwidth=4",
        ),
        (mermaid::mermaid(&subject, &options).text, "class n5,x0 bad"),
        (page, "\"fault\":\"main path 256×56×56"),
        (volumes, "<g class=\"bad\">"),
        (figure.svg() + &figure.caption, "stroke=\"#c0392b\""),
    ] {
        assert!(
            text.contains(problem) && text.contains(red),
            "{red}: {text}"
        );
    }
    let sound = svg::svg(&super::subject("resnet50"), &options);
    assert!(!sound.contains("k bad") && !sound.contains('✗'));
}

#[test]
fn the_legend_has_exactly_the_colours_in_use_and_their_limits() {
    let subject = subject("resnet50");
    let times = Table::from(vec![1.0; subject.model.network.len()]);
    let machine = Message::of("two threads");
    let options = Options {
        paint: Paint::Measured { times, machine },
        ..Options::default()
    };
    let text = svg::svg(&subject, &options);
    assert!(
        text.contains("two threads") && text.contains(" ms</text>"),
        "{text}"
    );
    for step in 0..8 {
        let class = format!("class=\"b q{step}\"");
        let (drawn, legend) = text.rsplit_once("</g>\n").expect("panels");
        assert_eq!(drawn.contains(&class), legend.contains(&class), "{step}");
    }
}

#[test]
fn points_name_resnet_50_and_their_families() {
    let mut entries = entries().expect("the catalogue");
    for entry in &mut entries {
        entry.compare(Trained::default());
    }
    let draw = |named: &[&str]| {
        scatter::svg(
            &entries,
            Axis::Macs,
            Trained::default(),
            named,
            Theme::Auto,
            Language::ENGLISH,
        )
    };
    let plain = draw(&[]);
    well_formed(&plain, "points");
    for label in [
        ">ResNet-50</text>",
        ">ResNet</text>",
        ">other families</text>",
        "logarithm of the error",
    ] {
        assert!(plain.contains(label), "{label}");
    }
    assert!(!plain.contains("class=\"p n\"") && draw(&["resnet18"]).contains("class=\"p n\""));
}

#[test]
fn the_legend_of_a_figure_names_no_colour_that_it_does_not_show() {
    for name in catalog::names() {
        for venue in Venue::ALL {
            let svg = drawn(name, venue).svg();
            // The input's card is called as its colour is.
            let named = |category: &Category| {
                let word = Language::ENGLISH.say(&category.word());
                *category != Category::Input && svg.contains(&format!(">{word}</text>"))
            };
            for category in Category::ALL.iter().filter(|category| named(category)) {
                let fill = format!("fill=\"{}\"", light(*category));
                let drawn = svg.matches(&fill).count();
                assert!(drawn > 1, "{name}, {}: {category:?}", venue.name());
            }
        }
    }
}
