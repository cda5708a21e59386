//! The network as SVG, without Graphviz: a panel per stage, shortcuts next to their blocks, equal blocks drawn once.

mod draw;
mod look;

use look::{connector, legend, style};

use super::fault::notices;
use super::figure;
use super::place::{Drawn, text_width};
use super::style::{Direction, Options, Paint, xml};
use crate::message;
use crate::report::Subject;
use crate::report::format::short;
use crate::text::Message;

/// Margin around everything, and between panels.
const MARGIN: f64 = 24.0;
/// Height of the heading.
const HEADING: f64 = 48.0;
/// Height of a line about a problem.
const NOTICE: f64 = 17.0;

/// SVG of the network.
pub fn svg(subject: &Subject, options: &Options) -> String {
    let panels = figure::panels(subject, options);
    let notices = notices(subject, options.language);
    let top = MARGIN + HEADING + notices.len() as f64 * NOTICE;
    let drawn: Vec<Drawn> = panels
        .iter()
        .map(|panel| Drawn::new(panel, options))
        .collect();
    let (mut x, mut y) = (MARGIN, top);
    let mut places = Vec::new();
    for panel in &drawn {
        places.push((x, y));
        match options.direction {
            Direction::Down => x += panel.size.0 + MARGIN,
            Direction::Right => y += panel.size.1 + MARGIN,
        }
    }
    let widest = drawn.iter().map(|panel| panel.size.0).fold(0.0, f64::max);
    let highest = drawn.iter().map(|panel| panel.size.1).fold(0.0, f64::max);
    let (width, bottom) = match options.direction {
        Direction::Down => (x, top + highest),
        Direction::Right => (widest + 2.0 * MARGIN, y - MARGIN),
    };
    let largest = panels
        .iter()
        .flat_map(|panel| &panel.items)
        .filter_map(|item| item.share)
        .fold(0.0, f64::max);
    let mut heading = options.language.say(&heading(subject));
    if let Paint::Measured { machine, .. } = &options.paint {
        heading += &format!(" · {}", options.language.say(machine));
    }
    let title = subject.model.title();
    let title = title.of(options.language);
    let wide = |text: &str, size: f64| text_width(text) * size / 11.0 + 2.0 * MARGIN;
    let width = width.max(wide(&heading, 12.0)).max(wide(title, 22.0));
    let width = notices
        .iter()
        .map(|notice| wide(notice, 12.0))
        .fold(width, f64::max);
    let (legend, below) = legend(subject, options, &panels, largest, width, bottom + 36.0);
    let height = below + MARGIN;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>{0}</title>\n{1}<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n\
         <text class=\"h\" x=\"{MARGIN}\" y=\"{2}\">{0}</text>\n<text class=\"s\" x=\"{MARGIN}\" y=\"{3}\">{4}</text>\n",
        xml(title),
        style(options.theme),
        MARGIN + 14.0,
        MARGIN + 34.0,
        xml(&heading),
    );
    for (index, notice) in notices.iter().enumerate() {
        let y = MARGIN + 34.0 + (index + 1) as f64 * NOTICE;
        text += &format!(
            "<text class=\"s w\" x=\"{MARGIN}\" y=\"{y}\">{}</text>\n",
            xml(notice)
        );
    }
    for (index, (panel, &(x, y))) in drawn.iter().zip(&places).enumerate() {
        text += &format!("<g transform=\"translate({x:.1} {y:.1})\">\n");
        text += &panel.text(options, largest);
        if index + 1 < drawn.len() {
            text += &panel.line_out();
        }
        text += "</g>\n";
    }
    // Drawn over the panels, so none hides the end of a line.
    for (pair, corners) in drawn.windows(2).zip(places.windows(2)) {
        let ((x, y), next) = (corners[0], corners[1]);
        let (from, to) = (pair[0].exit, pair[1].enter);
        text += &connector(
            options.direction,
            (x + from.0, y + from.1),
            (next.0 + to.0, next.1 + to.1),
            next,
        );
    }
    text + &legend + "</svg>\n"
}

fn heading(subject: &Subject) -> Message {
    let network = &subject.model.network;
    let input = network
        .ids()
        .next()
        .and_then(|id| subject.analysis.shapes[id]);
    message!(
        "figure-svg-heading",
        parameters = short(subject.params().0),
        operations = short(subject.macs().0),
        unit = subject.analysis.rule.unit(),
        rule = subject.analysis.rule.name(),
        shape = input.map_or_else(String::new, |shape| shape.to_string()),
    )
}
