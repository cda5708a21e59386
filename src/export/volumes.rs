//! Feature maps as boxes of proportional size: height and width as in papers, channels as thickness.

use super::fault::{notices, of_row};
use super::place::text_width;
use super::style::{Theme, xml};
use crate::analysis::downsample::{Shortcut, block_shortcut};
use crate::message;
use crate::network::{Branch, Network, Shape, Stage};
use crate::report::format::short;
use crate::report::network::rows::{self, Row, RowKind};
use crate::report::{Level, Subject};
use crate::text::Language;

/// Height of the largest map in pixels.
const MAX_HEIGHT: f64 = 210.0;
/// Maximum slabs drawn per stage; the rest is given as a number.
const SLABS: usize = 6;

/// A map, or a vector.
struct Volume {
    shape: Shape,
    /// Index of the hue: 0 for the image, 1 for the stem, 2 and on for the stages, the last for the vector.
    hue: usize,
    label: String,
    tooltip: String,
    /// Whether there is a gap before it.
    apart: bool,
    /// Shortcut around the block whose output it is.
    shortcut: Option<Shortcut>,
    /// Problem of the spec here.
    fault: Option<String>,
}

const HUES: [(&str, &str, &str); 7] = [
    ("#e3e5e8", "#f3f4f5", "#c5c9cf"),
    ("#cab2d6", "#e2d4e9", "#a98cbb"),
    ("#a6cee3", "#cde4f0", "#7fb0cb"),
    ("#9fd0a0", "#cbe7cb", "#77b179"),
    ("#fdd49e", "#feeacf", "#dfae6c"),
    ("#fb9a99", "#fdcccb", "#d97271"),
    ("#ffed9f", "#fff6cf", "#dcc665"),
];

/// SVG from the image to the output.
pub fn volumes(subject: &Subject, theme: Theme, language: Language) -> String {
    let volumes = collect(subject, language);
    let tallest = volumes
        .iter()
        .filter_map(|volume| volume.shape.size())
        .map(|[height, _]| height)
        .max()
        .unwrap_or(1) as f64;
    // Room for the heading and for the slanted top sides.
    let base = 84.0 + MAX_HEIGHT * 1.36;
    let mut leans = 0.0;
    let (mut x, mut boxes, mut labels) = (36.0, String::new(), String::new());
    let mut group: Option<(f64, &Volume)> = None;
    let (mut arches, mut kinds) = (String::new(), [false; 2]);
    // Middle of the lower edge of the box before.
    let mut from: Option<(f64, f64)> = None;
    let mut end = |from: f64, to: f64, volume: &Volume| {
        let middle = f64::midpoint(from, to);
        let y = base + 34.0;
        labels += &format!(
            "<text class=\"n\" x=\"{middle:.1}\" y=\"{y:.1}\">{}</text><text class=\"s\" x=\"{middle:.1}\" y=\"{:.1}\">{}</text>\n",
            xml(&volume.label),
            y + 15.0,
            volume.shape
        );
    };
    for volume in &volumes {
        let (thick, height, slant) = extent(volume.shape, tallest);
        if volume.apart {
            if let Some((from, before)) = group.take() {
                end(from, x, before);
                x += 40.0_f64.max(leans + 16.0);
            }
            group = Some((x, volume));
        } else {
            x += 3.0;
        }
        boxes += &cuboid(x, base, thick, height, slant, volume);
        let to = (x + thick / 2.0, base - (MAX_HEIGHT - height) / 2.0);
        if let (Some(from), Some(shortcut)) = (from, volume.shortcut) {
            let is_identity = shortcut == Shortcut::Identity;
            kinds[usize::from(is_identity)] = true;
            arches += &arch(from, to, is_identity);
        }
        from = Some(to);
        x += thick;
        leans = slant;
    }
    if let Some((from, last)) = group {
        end(from, x, last);
    }
    let notices = notices(subject, language);
    let key = key(kinds, base + 78.0, language);
    let (width, height) = (x + 90.0, base + 100.0 + 16.0 * notices.len() as f64);
    let rules = |is_dark: bool| {
        let (page, ink, soft, line, red) = if is_dark {
            ("#14171b", "#eceff4", "#aab2bf", "#0b0d10", "#ff7b6b")
        } else {
            ("#ffffff", "#1c1f23", "#5a6270", "#4a4f58", "#c0392b")
        };
        format!(
            ".page{{fill:{page}}}text{{fill:{ink}}}.s{{fill:{soft}}}path{{stroke:{line}}}.k{{stroke:{red};fill:none}}.bad path{{stroke:{red};stroke-width:3}}.w{{fill:{red}}}"
        )
    };
    let colours = theme.colours(rules);
    let fault = |(index, notice): (usize, &String)| {
        let y = base + 100.0 + 16.0 * index as f64;
        format!(
            "<text class=\"l w\" x=\"24\" y=\"{y:.1}\">{}</text>\n",
            xml(notice)
        )
    };
    let faults: String = notices.iter().enumerate().map(fault).collect();
    let line = message!(
        "figure-volumes",
        parameters = short(subject.params().0),
        operations = short(subject.macs().0),
        unit = subject.analysis.rule.unit(),
    );
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>{0}</title>\n<style>text{{font-family:Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif;font-size:12px;text-anchor:middle}}\
         .h{{font-size:20px;font-weight:bold;text-anchor:start}}.n{{font-weight:bold}}.s{{font-size:11px}}.l{{text-anchor:start}}path{{stroke-width:.8;stroke-linejoin:round}}.k{{stroke-width:1.6}}.i{{stroke-dasharray:4 3}}{colours}</style>\n\
         <rect class=\"page\" width=\"100%\" height=\"100%\"/>\n<text class=\"h\" x=\"24\" y=\"38\">{0}</text>\n\
         <text class=\"s l\" x=\"24\" y=\"58\">{1}</text>\n{boxes}{arches}{labels}{key}{faults}</svg>\n",
        xml(subject.model.title().of(language)),
        xml(&language.say(&line)),
    )
}

/// A shortcut from one box to the next, below them.
fn arch(from: (f64, f64), to: (f64, f64), is_identity: bool) -> String {
    let class = if is_identity { "k i" } else { "k" };
    let low = from.1.max(to.1) + 16.0;
    format!(
        "<path class=\"{class}\" d=\"M{:.1} {:.1}C{:.1} {low:.1} {:.1} {low:.1} {:.1} {:.1}\"/>\n",
        from.0, from.1, from.0, to.0, to.0, to.1
    )
}

/// Key of the lines in use: with layers, and identity.
fn key(kinds: [bool; 2], y: f64, language: Language) -> String {
    let (mut text, mut x) = (String::new(), 24.0);
    for (class, id, _) in [
        ("k", "figure-shortcut-with-layers", 0),
        ("k i", "figure-identity-shortcut", 1),
    ]
    .into_iter()
    .filter(|&(_, _, kind)| kinds[kind])
    {
        let words = language.word(id);
        text += &format!(
            "<path class=\"{class}\" d=\"M{x:.1} {:.1}c0 12 24 12 24 0\"/><text class=\"s l\" x=\"{:.1}\" y=\"{y:.1}\">{}</text>\n",
            y - 8.0,
            x + 32.0,
            xml(words)
        );
        x += 60.0 + text_width(words);
    }
    text
}

/// Thickness, height and slant in pixels.
fn extent(shape: Shape, tallest: f64) -> (f64, f64, f64) {
    let side = |pixels: u64| MAX_HEIGHT * (pixels as f64 / tallest).powf(0.6);
    let thick = 2.0 + 2.4 * (shape.channels().max(1) as f64).log2();
    match shape {
        Shape::Map {
            size: [height, width],
            ..
        } => (thick, side(height), side(width) * 0.36),
        // A vector lies along its channels.
        Shape::Vector { features } => (8.0, 20.0 + 12.0 * (features.max(1) as f64).log2(), 4.0),
    }
}

/// Front, top and side faces; the box is on the common centre line.
fn cuboid(x: f64, base: f64, thick: f64, height: f64, slant: f64, volume: &Volume) -> String {
    let (front, top, side) = HUES[volume.hue.min(HUES.len() - 1)];
    let bottom = base - (MAX_HEIGHT - height) / 2.0;
    let bad = if volume.fault.is_some() {
        " class=\"bad\""
    } else {
        ""
    };
    let y = bottom - height;
    format!(
        "<g{bad}><title>{}</title><path fill=\"{top}\" d=\"M{x:.1} {y:.1}l{slant:.1} -{slant:.1}h{thick:.1}l-{slant:.1} {slant:.1}z\"/>\
         <path fill=\"{side}\" d=\"M{:.1} {y:.1}l{slant:.1} -{slant:.1}v{height:.1}l-{slant:.1} {slant:.1}z\"/>\
         <path fill=\"{front}\" d=\"M{x:.1} {y:.1}h{thick:.1}v{height:.1}h-{thick:.1}z\"/></g>\n",
        xml(&volume.tooltip),
        x + thick
    )
}

fn collect(subject: &Subject, language: Language) -> Vec<Volume> {
    let network: &Network = &subject.model.network;
    let mut volumes: Vec<Volume> = Vec::new();
    let mut slabs = 0;
    let last_hue = HUES.len() - 1;
    for row in rows::rows(network, Level::Block) {
        let Some(shape) = row.last(network).and_then(|id| subject.analysis.shapes[id]) else {
            continue;
        };
        let summary = language.say(&subject.summary(&row));
        let mut tooltip = format!("{}\n{shape}\n{summary}", subject.name(&row));
        let fault = of_row(subject, &row, language);
        tooltip.extend(fault.iter().map(|fault| format!("\n{fault}")));
        match row.kind {
            RowKind::Block { stage, block } => {
                let blocks = network.stage(stage).map_or(0, |stage| stage.blocks.len());
                if block == 0 {
                    slabs = 0;
                }
                slabs += 1;
                if slabs > SLABS {
                    continue;
                }
                let name = subject.stage_name(Stage::Body(stage));
                volumes.push(Volume {
                    shape,
                    hue: 2 + (stage as usize - 1) % 4,
                    label: format!("{name} ×{blocks}"),
                    tooltip,
                    apart: block == 0,
                    shortcut: block_shortcut(network, row.layers(network)),
                    fault,
                });
            }
            RowKind::Layer(id) => {
                let same = volumes.last().is_some_and(|before| before.shape == shape);
                if same || network[id].scope.branch == Some(Branch::Shortcut) {
                    continue;
                }
                let hue = match (network[id].scope.stage, shape) {
                    (Stage::Preprocess, _) => 0,
                    _ if volumes.is_empty() => 0,
                    (_, Shape::Vector { .. }) | (Stage::Head, _) => last_hue,
                    _ => 1,
                };
                volumes.push(Volume {
                    shape,
                    hue,
                    label: label(subject, &row),
                    tooltip,
                    apart: true,
                    shortcut: None,
                    fault,
                });
            }
            RowKind::Stage(_) | RowKind::Run { .. } => {}
        }
    }
    volumes
}

/// The last part of a layer's path.
fn label(subject: &Subject, row: &Row) -> String {
    let name = subject.name(row);
    name.rsplit_once('.')
        .filter(|(_, end)| end.parse::<u32>().is_err())
        .map_or(name.clone(), |(_, end)| end.to_owned())
}
