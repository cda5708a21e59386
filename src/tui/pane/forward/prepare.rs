//! Preprocessing as typed by the user: other means, sides, filters or channel orders, as changes of the pass.

use crate::engine::Edit;
use crate::engine::session::edit::preprocessing::reversible;
use crate::message;
use crate::network::{Filter, Layer, LayerId, Network, Picture, Preprocess, limits};
use crate::report::format::typed_sides;
use crate::text::Message;
use crate::tui::pane::forward::Forward;
use crate::tui::worker::Task;

/// Typed settings; those left out stay as they are.
#[derive(Debug, Clone, Default, PartialEq)]
struct Typed {
    mean: Option<Vec<f32>>,
    std: Option<Vec<f32>>,
    resize: Option<u64>,
    crop: Option<[u64; 2]>,
    filter: Option<Filter>,
    bgr: Option<bool>,
    /// Whether everything returns to the spec's values.
    resets: bool,
}

impl Typed {
    /// Parses words such as `resize 232 bicubic mean 0.5 std 0.5`; `=`, `,` and leading dashes may separate them, as on the
    /// command line.
    fn parse(text: &str) -> Result<Self, Message> {
        let mut typed = Self::default();
        let text = text.to_lowercase().replace(['=', ',', ':'], " ");
        let mut words = text
            .split_whitespace()
            .map(|word| word.trim_start_matches("--"))
            .peekable();
        let side = |word: Option<&str>, what: &str| -> Result<u64, Message> {
            word.and_then(|word| word.parse().ok())
                .filter(|side| (1..=limits::SIDE).contains(side))
                .ok_or_else(|| message!("prepare-pixels", key = what, limit = limits::SIDE))
        };
        while let Some(word) = words.next() {
            match word {
                "mean" | "std" => {
                    let mut numbers = Vec::new();
                    while let Some(number) = words.peek().and_then(|word| word.parse::<f32>().ok())
                    {
                        numbers.push(number);
                        words.next();
                    }
                    if numbers.is_empty() || numbers.iter().any(|number| !number.is_finite()) {
                        return Err(message!("prepare-numbers", key = word));
                    }
                    if word == "std" && numbers.iter().any(|number| *number <= 0.0) {
                        return Err(message!("prepare-std"));
                    }
                    let place = if word == "mean" {
                        &mut typed.mean
                    } else {
                        &mut typed.std
                    };
                    *place = Some(numbers);
                }
                "resize" => typed.resize = Some(side(words.next(), word)?),
                "crop" => {
                    let refused = || message!("prepare-pixels", key = word, limit = limits::SIDE);
                    let sides = words.next().and_then(typed_sides).ok_or_else(refused)?;
                    let is_side = |side: &u64| (1..=limits::SIDE).contains(side);
                    typed.crop = Some(sides).filter(|sides| sides.iter().all(is_side));
                    if typed.crop.is_none() {
                        return Err(refused());
                    }
                }
                "filter" | "interpolation" => {
                    let named = words.next().and_then(Filter::parse);
                    let filter = named.ok_or_else(|| message!("prepare-filters"))?;
                    typed.filter = Some(filter);
                }
                "bgr" | "rgb" => typed.bgr = Some(word == "bgr"),
                "reset" => typed.resets = true,
                other => match Filter::parse(other) {
                    Some(filter) => typed.filter = Some(filter),
                    None => return Err(message!("prepare-unknown", word = other)),
                },
            }
        }
        if typed == Self::default() {
            return Err(message!("prepare-form"));
        }
        Ok(typed)
    }

    /// Changes of the pass, updated by the typed settings.
    ///
    /// `base` is the network before any change.
    fn edits(&self, mut edits: Vec<Edit>, base: &Network) -> Result<Vec<Edit>, Message> {
        if self.resets {
            edits.retain(|edit| !is_of_preprocessing(edit, base));
        }
        let now = |layer: LayerId| {
            let changed = edits.iter().rev().find_map(|edit| match edit {
                Edit::Replace { layer: own, by } if *own == layer => Some(by),
                _ => None,
            });
            changed.unwrap_or(&base[layer].layer).clone()
        };
        let mut replaced: Vec<(LayerId, Layer)> = Vec::new();
        if self.mean.is_some() || self.std.is_some() {
            let layer = find(base, |layer| {
                matches!(layer, Layer::Preprocess(Preprocess::Standardize { .. }))
            })
            .ok_or_else(|| message!("prepare-no-mean"))?;
            if let Layer::Preprocess(Preprocess::Standardize { mean, std }) = now(layer) {
                let mean = numbers("mean", self.mean.as_ref(), mean)?;
                let std = numbers("std", self.std.as_ref(), std)?;
                replaced.push((
                    layer,
                    Layer::Preprocess(Preprocess::Standardize { mean, std }),
                ));
            }
        }
        if self.resize.is_some() || self.filter.is_some() {
            let layer = find(base, |layer| {
                matches!(layer, Layer::Picture(Picture::Resize { .. }))
            })
            .ok_or_else(|| message!("prepare-no-resize"))?;
            if let Layer::Picture(Picture::Resize { shorter, filter }) = now(layer) {
                let shorter = self.resize.unwrap_or(shorter);
                let filter = self.filter.unwrap_or(filter);
                replaced.push((layer, Layer::Picture(Picture::Resize { shorter, filter })));
            }
        }
        if let Some(size) = self.crop {
            let layer = find(base, |layer| {
                matches!(layer, Layer::Picture(Picture::CenterCrop { .. }))
            })
            .ok_or_else(|| message!("prepare-no-crop"))?;
            replaced.push((layer, Layer::Picture(Picture::CenterCrop { size })));
        }
        for (layer, by) in replaced {
            edits.retain(|edit| !matches!(edit, Edit::Replace { layer: own, .. } if *own == layer));
            if by != base[layer].layer {
                edits.push(Edit::Replace { layer, by });
            }
        }
        if let Some(bgr) = self.bgr {
            let turns = find(base, |layer| {
                matches!(layer, Layer::Picture(Picture::RgbToBgr))
            });
            let edit = match (turns, reversible(base)) {
                (Some(layer), _) => Edit::Bypass { layer },
                (None, Some(layer)) => Edit::Reverse { layer },
                (None, None) => {
                    return Err(message!("prepare-one-channel"));
                }
            };
            edits.retain(|other| *other != edit);
            if bgr == turns.is_none() {
                edits.push(edit);
            }
        }
        Ok(edits)
    }
}

/// One number per channel: the typed ones, or else the present ones.
fn numbers(key: &str, typed: Option<&Vec<f32>>, own: Vec<f32>) -> Result<Vec<f32>, Message> {
    match typed.map(Vec::as_slice) {
        None => Ok(own),
        Some([one]) => Ok(vec![*one; own.len()]),
        Some(all) if all.len() == own.len() => Ok(all.to_vec()),
        Some(all) => Err(message!(
            "prepare-other-count",
            key = key,
            count = all.len(),
            channels = own.len(),
        )),
    }
}

fn find(network: &Network, is_wanted: impl Fn(&Layer) -> bool) -> Option<LayerId> {
    let mut nodes = network.nodes();
    nodes
        .find(|(_, node)| is_wanted(&node.layer))
        .map(|(id, _)| id)
}

/// Whether a change concerns preprocessing.
fn is_of_preprocessing(edit: &Edit, base: &Network) -> bool {
    match edit {
        Edit::Replace { .. } | Edit::Reverse { .. } => true,
        Edit::Bypass { layer } => base[*layer].layer == Layer::Picture(Picture::RgbToBgr),
        _ => false,
    }
}

impl Forward {
    /// Changes the preprocessing as typed, and runs as far as the pass had come.
    ///
    /// # Errors
    /// The text makes no sense; the message is for the user.
    pub fn prepare_as(&mut self, text: &str) -> Result<Option<Task>, Message> {
        let pass = self.pass().ok_or_else(|| message!("notice-no-pass"))?;
        let typed = Typed::parse(text)?;
        if pass.is_prepared() {
            return Err(message!("prepare-of-noise"));
        }
        let edits = typed.edits(self.edits().to_vec(), &self.network)?;
        Ok(self.change_to(edits))
    }

    /// Examples of what to type, each with its effect; first the current preprocessing.
    pub fn preparations(&self) -> Vec<(String, Message)> {
        let Some(pass) = self.pass() else {
            return Vec::new();
        };
        let network = pass.network();
        let line = |label: String, hint: &'static str| (label, Message::new(hint));
        let mut lines = Vec::new();
        for (_, node) in network.nodes() {
            match &node.layer {
                Layer::Picture(Picture::Resize { shorter, filter }) => {
                    lines.push(line(
                        format!("resize {shorter} {}", filter.name()),
                        "prepare-now",
                    ));
                }
                Layer::Picture(Picture::CenterCrop {
                    size: [height, width],
                }) => {
                    lines.push(line(format!("crop {height}x{width}"), "prepare-now"));
                }
                Layer::Preprocess(Preprocess::Standardize { mean, std }) => {
                    let list = |numbers: &[f32]| {
                        let texts: Vec<String> = numbers.iter().map(f32::to_string).collect();
                        texts.join(" ")
                    };
                    lines.push(line(format!("mean {}", list(mean)), "prepare-now"));
                    lines.push(line(format!("std {}", list(std)), "prepare-now"));
                }
                _ => {}
            }
        }
        lines.push(line("mean 0.5 std 0.5".to_owned(), "prepare-range"));
        if find(network, |layer| {
            matches!(layer, Layer::Picture(Picture::Resize { .. }))
        })
        .is_some()
        {
            lines.push(line("resize 232 bicubic".to_owned(), "prepare-other-side"));
        }
        lines.push(line("bgr".to_owned(), "prepare-order"));
        lines.push(line("reset".to_owned(), "prepare-reset"));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn words_are_read_in_any_order_and_as_flags_too() {
        let expected = Typed {
            mean: Some(vec![0.5]),
            std: Some(vec![0.25, 0.5, 1.0]),
            resize: Some(232),
            crop: Some([224, 192]),
            filter: Some(Filter::Bicubic),
            bgr: Some(true),
            resets: false,
        };
        for text in [
            "mean 0.5 std 0.25 0.5 1 resize 232 bicubic crop 224x192 bgr",
            "--bgr --crop=224×192 --resize=232 --interpolation bicubic --std 0.25,0.5,1 --mean .5",
        ] {
            assert_eq!(Typed::parse(text), Ok(expected.clone()), "{text}");
        }
    }

    #[test]
    fn what_means_nothing_is_said_in_words() {
        for (text, reason) in [
            ("", "type any of"),
            ("mean", "mean takes numbers"),
            ("std 0", "std takes numbers above 0"),
            ("resize wide", "resize takes a number of pixels"),
            ("crop 0", "crop takes a number of pixels"),
            ("filter cubic", "bilinear, bicubic and nearest"),
            ("sharpen", "`sharpen` is not understood"),
        ] {
            let error = Language::ENGLISH.say(&Typed::parse(text).expect_err(text));
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
