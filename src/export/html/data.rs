//! Data of a network for the page's program. Equal blocks are stored once, and so is each text: a part of the network is the
//! number of its piece, its name, and the state after the layer before it; everything else in a piece is relative to these.

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;
use serde_json::{Value, json};

use crate::analysis::ReceptiveField;
use crate::export::fault::of_layer;
use crate::export::figure;
use crate::export::place::{Drawn, Place};
use crate::export::style::Options;
use crate::network::{LayerId, Network, Scope, Stage};
use crate::report::network::stats::Stats;
use crate::report::{Cell, Subject, network::formula, network::json as layer_json};
use crate::text::{Language, Message};

use super::TooLarge;

/// A run of layers of one block, or of one stage outside blocks.
#[derive(Serialize)]
struct Part<'n> {
    piece: usize,
    stage: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    block: Option<u32>,
    /// Module path of the block.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'n str>,
    /// First and last pixel that cell 0 of the layer before sees: once if both axes are equal, else along the height and
    /// along the width.
    field: Vec<[Value; 2]>,
}

/// A layer of a piece.
#[derive(Serialize)]
struct Layer {
    /// Path of the module; it begins with a dot if it is relative to the block's.
    module: String,
    /// Number of the module's call, for the second and later ones.
    #[serde(skip_serializing_if = "is_first")]
    call: u32,
    summary: String,
    output: Option<Vec<u64>>,
    /// Problem of the spec at this layer.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
    kind: &'static str,
    op: &'static str,
    /// Operands, relative to the piece's first layer: −1 is the last layer before the piece.
    reads: Vec<i64>,
    branch: Option<&'static str>,
    params: Value,
    macs: Value,
    /// First and last pixel that its cell 0 sees, relative to the part's field, and the distance between cells: once if it is
    /// the same along both axes of a field that is square throughout, else along the height and along the width.
    sees: Option<Vec<[Value; 3]>>,
    parameters: Vec<(&'static str, Vec<u64>)>,
    /// Indices into the list of texts.
    formulas: Vec<usize>,
}

/// Positions of a piece's layers, and the lines between them.
#[derive(Serialize)]
struct Picture {
    size: [f64; 2],
    entry: Option<Sign>,
    /// One sign per layer.
    boxes: Vec<Sign>,
    /// Names of layers in other pieces, from which a skip begins.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    again: Vec<Sign>,
    /// Number of the kind of line, and the corners of each line.
    edges: Vec<(u8, Vec<f64>)>,
    /// Line from the last layer to the exit of the piece.
    exit: Vec<f64>,
}

/// A box or circle with its text.
#[derive(Serialize)]
struct Sign {
    /// Left, top, width and height.
    at: [f64; 4],
    lines: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    round: bool,
}

#[derive(Serialize)]
struct Piece {
    layers: Vec<Layer>,
    picture: Picture,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks with a reference"
)]
const fn is_first(call: &u32) -> bool {
    *call == 1
}

/// Table of texts that are stored once per network.
#[derive(Default)]
struct Once {
    places: HashMap<String, usize>,
    bytes: usize,
}

impl Once {
    /// Index of a text, which is added if it is new.
    fn place(&mut self, text: String) -> usize {
        let next = self.places.len();
        let bytes = &mut self.bytes;
        *self.places.entry(text).or_insert_with_key(|text| {
            *bytes += text.len();
            next
        })
    }

    /// All texts in order, as a JSON array.
    fn array(self) -> String {
        let mut texts: Vec<(String, usize)> = self.places.into_iter().collect();
        texts.sort_unstable_by_key(|&(_, place)| place);
        let texts: Vec<String> = texts.into_iter().map(|(text, _)| text).collect();
        format!("[{}]", texts.join(","))
    }
}

/// JSON of a network.
pub(super) fn network(subject: &Subject, language: Language) -> Result<String, TooLarge> {
    let (mut texts, mut pieces) = (Once::default(), Once::default());
    let mut parts = String::new();
    let network = &subject.model.network;
    for (scope, layers) in runs(network) {
        let group = group(network, scope);
        let before = layers.start.checked_sub(1).and_then(|before| {
            let before = network.ids_at(before..before + 1).next()?;
            subject.analysis.receptive_field[before]
        });
        let before = before.map_or([(0, 0); 2], |field| {
            field.axes.map(|span| (span.start, span.end))
        });
        let own = Piece {
            layers: network
                .ids_at(layers.clone())
                .map(|id| {
                    layer(
                        subject,
                        id,
                        group,
                        layers.start,
                        before,
                        &mut texts,
                        language,
                    )
                })
                .collect(),
            picture: picture(subject, layers, language),
        };
        let part = Part {
            piece: pieces.place(text(&own)),
            stage: match scope.stage {
                Stage::Preprocess => "input".to_owned(),
                stage => subject.stage_name(stage),
            },
            block: scope.block,
            group,
            field: before[..if before[0] == before[1] { 1 } else { 2 }]
                .iter()
                .map(|&(start, end)| [exact(start), exact(end)])
                .collect(),
        };
        parts += if parts.is_empty() { "" } else { "," };
        parts += &text(&part);
        if texts.bytes + pieces.bytes + parts.len() > TooLarge::BYTES {
            return Err(TooLarge::of(subject));
        }
    }
    let stats = stats(subject);
    let rule = subject.analysis.rule;
    let unit = json!(language.say(&rule.unit()));
    let (texts, pieces) = (texts.array(), pieces.array());
    Ok(format!(
        "{{\"unit\":{unit},\"label\":{unit},\"stats\":{stats},\"texts\":{texts},\"pieces\":{pieces},\"parts\":[{parts}]}}"
    ))
}

/// JSON of a network's totals.
pub(super) fn stats(subject: &Subject) -> Value {
    // A count beyond 64 bits is no JSON value here; the page then has no totals.
    serde_json::to_value(Stats::new(subject)).unwrap_or_else(|_| {
        let name = &subject.model.spec.name;
        json!({"name": name, "title": subject.model.title().own(), "stages": [], "memory": {}})
    })
}

/// The parts of a network: layers that follow each other and are of the same block, or of none in the same stage. Only one arrow joins two
/// parts: where a way around blocks passes by, all that it passes is one part.
fn runs(network: &Network) -> impl Iterator<Item = (Scope, Range<usize>)> {
    let part = |scope: Scope| (scope.stage, scope.block);
    let is_passed = passed(network);
    let mut nodes = network.nodes().peekable();
    std::iter::from_fn(move || {
        let (first, node) = nodes.next()?;
        let mut scope = node.scope;
        let mut end = first.index() + 1;
        while let Some((id, next)) =
            nodes.next_if(|(id, next)| is_passed[id.index()] || part(next.scope) == part(scope))
        {
            if part(next.scope) != part(scope) {
                scope.block = None;
            }
            end = id.index() + 1;
        }
        Some((scope, first.index()..end))
    })
}

/// Whether something passes by each layer's beginning: a layer from there on reads one before the last.
fn passed(network: &Network) -> Vec<bool> {
    let mut changes = vec![0_i64; network.len() + 1];
    for id in network.ids() {
        for from in network.inputs(id) {
            if from.index() + 1 < id.index() {
                changes[from.index() + 2] += 1;
                changes[id.index() + 1] -= 1;
            }
        }
    }
    let mut passing = 0;
    changes
        .iter()
        .take(network.len())
        .map(|change| {
            passing += change;
            passing > 0
        })
        .collect()
}

/// Module path of a layer's block.
fn group(network: &Network, scope: Scope) -> Option<&str> {
    let (Stage::Body(stage), Some(block)) = (scope.stage, scope.block) else {
        return None;
    };
    let blocks = &network.stage(stage)?.blocks;
    blocks.get(block as usize).map(String::as_str)
}

fn layer(
    subject: &Subject,
    id: LayerId,
    group: Option<&str>,
    start: usize,
    before: [(i128, i128); 2],
    texts: &mut Once,
    language: Language,
) -> Layer {
    let say = |message: &Message| language.say(message);
    let network = &subject.model.network;
    let node = &network[id];
    let row = layer_json::layer(subject, id);
    let below = group.and_then(|group| node.path.module.strip_prefix(group));
    let below = below.filter(|below| below.starts_with('.'));
    Layer {
        module: below.unwrap_or(&node.path.module).to_owned(),
        call: node.path.call,
        summary: say(&node.layer.summary()),
        output: row.output,
        fault: of_layer(subject, id, language),
        kind: node.layer.category().name(),
        op: row.op,
        reads: network
            .inputs(id)
            .into_iter()
            .map(|input| signed(input.index()) - signed(start))
            .collect(),
        branch: row.branch,
        params: layer_json::cell(&Cell::Count(row.params)),
        macs: layer_json::cell(&Cell::Count(row.macs)),
        sees: subject.analysis.receptive_field[id].map(|field: ReceptiveField| {
            let is_square = field.axes[0] == field.axes[1] && before[0] == before[1];
            let axes = if is_square { 1 } else { 2 };
            let spans = field.axes.into_iter().zip(before).take(axes);
            spans
                .map(|(span, (start, end))| {
                    [
                        exact(span.start - start),
                        exact(span.end - end),
                        exact(span.stride),
                    ]
                })
                .collect()
        }),
        parameters: node
            .layer
            .parameters()
            .into_iter()
            .map(|parameter| (parameter.name, parameter.shape.to_vec()))
            .collect(),
        formulas: formula::formulas(subject, id)
            .into_iter()
            .filter(|line| {
                line.label.id != "label-rule" && !formula::FIELD_LABELS.contains(&line.label)
            })
            .map(|line| texts.place(text(&(say(&line.label), say(&line.text)))))
            .collect(),
    }
}

fn picture(subject: &Subject, layers: Range<usize>, language: Language) -> Picture {
    let options = Options {
        language,
        ..Options::default()
    };
    let panel = figure::piece(subject, &options, layers);
    let drawn = Drawn::new(&panel, &options);
    let at = |place: Place| {
        let (left, top) = place.corner();
        [left, top, place.width, place.height].map(tenth)
    };
    let flat = |points: &[(f64, f64)]| {
        points
            .iter()
            .flat_map(|&(x, y)| [x, y].map(tenth))
            .collect()
    };
    let signs = |again: bool| {
        let items = panel.items.iter().enumerate();
        let items = items.filter(|(_, item)| item.is_again == again);
        items
            .map(|(i, item)| Sign {
                at: at(drawn.place(i)),
                lines: match item.sign {
                    Some(sign) => vec![sign.to_string()],
                    None => item.lines.clone(),
                },
                round: item.sign.is_some(),
            })
            .collect()
    };
    Picture {
        size: [drawn.size.0, drawn.size.1].map(tenth),
        entry: drawn.entry().map(|place| Sign {
            at: at(place),
            lines: panel.entry.iter().cloned().collect(),
            round: false,
        }),
        boxes: signs(false),
        again: signs(true),
        edges: drawn
            .layout
            .edges
            .iter()
            .filter_map(|edge| {
                let link = edge.link;
                let kind = u8::from(link.shortcut) + u8::from(link.shortcut && link.identity);
                Some((kind, flat(&drawn.points(edge)?)))
            })
            .collect(),
        exit: drawn.way_out().map_or_else(Vec::new, |line| flat(&line)),
    }
}

/// Number of a layer as a signed integer; it is far smaller than either type's limit.
fn signed(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Rounds to a tenth of a pixel.
fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// A number that every reader gets exactly: as text if it exceeds JavaScript's integers.
fn exact(number: i128) -> Value {
    match i64::try_from(number) {
        Ok(small) if small.unsigned_abs() <= 1 << 53 => small.into(),
        _ => number.to_string().into(),
    }
}

/// JSON of numbers, texts and lists of them, all of which JSON can represent.
fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
