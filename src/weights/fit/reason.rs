//! Probable causes of a misfit, as sentences.

use super::layout::{has_foreign_names, transposed};
use super::prefix::{is_average, prefixes};
use super::structure::{Structure, differences};
use super::translate::Untranslated;
use super::{Misfit, Named, head};
use crate::message;
use crate::text::{Argument, Message};

/// A cause that names and shapes reveal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Another number of classes, or a head for another task.
    Head,
    /// Another number of input channels.
    Input,
    /// A prefix of the names: the network is part of a larger saved model.
    Prefix,
    /// The backbone of a detector or of a segmentation network.
    Backbone,
    /// Averaged weights next to the others.
    Averaged,
    /// The state of an optimiser is among the tensors.
    Optimiser,
    /// Integers with scales instead of weights.
    Quantised,
    /// Kernels in the layout of Keras or JAX.
    Layout,
    /// Another depth, width, kind of block, stem, …
    Variant,
    /// The same network under other names.
    Names,
}

/// A cause and its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The cause.
    pub cause: Cause,
    /// A sentence without a full stop.
    pub message: Message,
}

fn reason(cause: Cause, message: Message) -> Reason {
    Reason { cause, message }
}

/// Wanted and found tensors, and in `stripped` those found with `prefix` removed from their names.
pub(super) struct Compared<'a> {
    pub(super) wanted: &'a [Named],
    pub(super) found: &'a [Named],
    pub(super) prefix: &'a str,
    pub(super) stripped: &'a [Named],
    pub(super) misfits: &'a [Misfit],
    /// Reason why the names are not those of another library for the same network.
    pub(super) untranslated: Option<Untranslated>,
}

/// All causes that apply, those that explain most first.
pub(super) fn reasons(of: &Compared<'_>) -> Vec<Reason> {
    let mut notice = Vec::new();
    notice.extend(quantised(of));
    notice.extend(layout(of));
    notice.extend(after(of));
    notice.extend(optimiser(of));
    if notice
        .iter()
        .any(|one| matches!(one.cause, Cause::Quantised | Cause::Layout))
    {
        return notice;
    }
    // The same shapes are no other variant.
    if let Some(names) = same_shapes(of) {
        notice.push(names);
        return notice;
    }
    // Next to a backbone, the file has convolutions of other parts, which are not its own.
    let own = of.found.iter().zip(of.stripped);
    let own = own.filter(|((name, _), _)| name.starts_with(of.prefix));
    let own: Vec<Named> = own.map(|(_, stripped)| stripped.clone()).collect();
    let variants = differences(&Structure::of(&own), &Structure::of(of.wanted));
    notice.extend(
        variants
            .into_iter()
            .map(|message| reason(Cause::Variant, message)),
    );
    notice.extend(other_head(of));
    notice.extend(input_of_squares(of));
    notice.extend(input(of));
    notice.extend(other_names(of, &notice));
    notice
}

fn words<'a>(found: &'a [Named], is: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = &'a str> {
    found
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(move |name| name.split(['.', '/']).any(&is))
}

/// The first of several names, in backquotes, and how many more there are.
fn and_more(first: &str, more: usize) -> Argument {
    match more {
        0 => format!("`{first}`").into(),
        more => message!("fit-and-more", first = first, count = more).into(),
    }
}

fn quantised(of: &Compared<'_>) -> Option<Reason> {
    let is = |word: &str| {
        matches!(
            word,
            "zero_point"
                | "weight_scale"
                | "weight_zero_point"
                | "qweight"
                | "qzeros"
                | "_packed_params"
        ) || word.starts_with("weight_fake_quant")
            || word.starts_with("activation_post_process")
    };
    let mut names = words(of.found, is);
    let first = names.next()?;
    Some(reason(
        Cause::Quantised,
        message!("fit-quantised", names = and_more(first, names.count())),
    ))
}

fn layout(of: &Compared<'_>) -> Option<Reason> {
    if has_foreign_names(of.found) {
        let (name, _) = of.found.first()?;
        return Some(reason(
            Cause::Layout,
            message!("fit-layout-names", name = name),
        ));
    }
    let [turned, other] = transposed(of.misfits);
    (turned > 1 && turned > other)
        .then(|| reason(Cause::Layout, message!("fit-layout-shapes", count = turned)))
}

/// Causes for a network that is part of another.
fn after(of: &Compared<'_>) -> Vec<Reason> {
    let mut notice = Vec::new();
    if of.prefix.is_empty() {
        return notice;
    }
    let code = format!(
        "{{k.removeprefix(\"{0}\"): v for k, v in state.items() if k.startswith(\"{0}\")}}",
        of.prefix
    );
    let detector = words(of.found, |word| {
        matches!(
            word,
            "fpn"
                | "rpn"
                | "roi_heads"
                | "roi_head"
                | "bbox_head"
                | "neck"
                | "rpn_head"
                | "classification_head"
                | "regression_head"
                | "proposal_generator"
        )
    });
    let segments = words(of.found, |word| {
        matches!(
            word,
            "classifier" | "aux_classifier" | "decode_head" | "auxiliary_head"
        )
    });
    let (detector, segments) = (detector.count(), segments.count());
    let prefix = of.prefix;
    notice.push(if detector > 0 {
        reason(
            Cause::Backbone,
            message!("fit-detector", prefix = prefix, code = code),
        )
    } else if segments > 0 && prefix.contains("backbone") {
        reason(
            Cause::Backbone,
            message!("fit-segmentation", prefix = prefix, code = code),
        )
    } else if is_average(prefix) {
        reason(
            Cause::Averaged,
            message!("fit-averaged", prefix = prefix, code = code),
        )
    } else {
        reason(
            Cause::Prefix,
            message!("fit-prefix", prefix = prefix, code = code),
        )
    });
    let all = prefixes(of.wanted, of.found, of.wanted.len() / 2 + 1);
    let others: Vec<_> = all
        .iter()
        .map(|(prefix, _)| *prefix)
        .filter(|other| *other != prefix)
        .collect();
    if let Some(other) = others.first() {
        notice.push(reason(
            Cause::Averaged,
            message!("fit-twice", first = prefix, second = *other),
        ));
    }
    notice
}

fn optimiser(of: &Compared<'_>) -> Option<Reason> {
    let is = |word: &str| {
        matches!(
            word,
            "exp_avg"
                | "exp_avg_sq"
                | "max_exp_avg_sq"
                | "momentum_buffer"
                | "square_avg"
                | "optimizer"
                | "optimizer_state"
                | "optim"
        )
    };
    let mut names = words(of.found, is);
    let first = names.next()?;
    Some(reason(
        Cause::Optimiser,
        message!("fit-optimiser", names = and_more(first, names.count())),
    ))
}

fn other_head(of: &Compared<'_>) -> Option<Reason> {
    let module = head::head(of.wanted)?;
    if let Some(found) = head::classes(of.wanted, of.stripped) {
        return Some(other_number(found, head::outputs(of.wanted)?));
    }
    let of_head = |name: &str| {
        name.strip_prefix(module)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    let others =
        |misfit: &&Misfit| matches!(misfit, Misfit::Missing { .. }) && of_head(misfit.name());
    let missing = of.misfits.iter().filter(others).count();
    let elsewhere = of
        .misfits
        .iter()
        .filter(|misfit| matches!(misfit, Misfit::Missing { .. }) && !of_head(misfit.name()));
    (missing > 0 && elsewhere.count() == 0).then(|| {
        let left_over = of
            .misfits
            .iter()
            .any(|misfit| matches!(misfit, Misfit::Extra { .. }));
        let message = if let Some(Untranslated::Alike([one, other])) = &of.untranslated {
            message!("fit-two-heads", head = module, one = one, other = other)
        } else if left_over {
            message!("fit-other-head", head = module)
        } else {
            message!("fit-no-head", head = module)
        };
        reason(Cause::Head, message)
    })
}

/// The head of a file that differs in its number of classes.
pub(super) fn other_number(found: usize, own: usize) -> Reason {
    reason(
        Cause::Head,
        message!("fit-classes", found = found, wanted = own),
    )
}

/// Channels of a colour image, which checkpoints are for.
const COLOUR: usize = 3;

/// Side of the squares of pixels that a first convolution of `read` channels has as channels of one pixel; `None` for a usual one.
fn squares(read: usize) -> Option<usize> {
    let side = (read / COLOUR).isqrt();
    (side > 1 && side * side * COLOUR == read).then_some(side)
}

/// A first convolution of squares of pixels for another number of channels, to which timm does not adapt it either.
fn input_of_squares(of: &Compared<'_>) -> Option<Reason> {
    let (first, _) = of.wanted.first()?;
    of.misfits.iter().find_map(|misfit| match misfit {
        Misfit::Shape {
            name,
            wanted,
            found,
        } if name == first => {
            let ([filters, wanted, kernel @ ..], [same, found, same_kernel @ ..]) =
                (wanted.as_slice(), found.as_slice())
            else {
                return None;
            };
            let side = squares(*found)?;
            let is_like = filters == same && kernel == same_kernel;
            (is_like && wanted.is_multiple_of(side * side)).then(|| {
                let message = message!(
                    "fit-input-squares",
                    found = COLOUR,
                    side = side,
                    wanted = wanted / (side * side)
                );
                reason(Cause::Input, message)
            })
        }
        _ => None,
    })
}

/// A first convolution that differs only in its input channels was made for another kind of image.
fn input(of: &Compared<'_>) -> Option<Reason> {
    of.misfits.iter().find_map(|misfit| match misfit {
        Misfit::Shape { wanted, found, .. } => match (wanted.as_slice(), found.as_slice()) {
            ([filters, wanted, kernel @ ..], [same, found, same_kernel @ ..])
                if filters == same
                    && kernel.len() == 2
                    && kernel == same_kernel
                    && wanted != found
                    && (*wanted).max(*found) <= 16
                    && (*wanted).min(*found) <= 4 =>
            {
                Some(reason(
                    Cause::Input,
                    message!("fit-input", found = *found, wanted = *wanted),
                ))
            }
            _ => None,
        },
        _ => None,
    })
}

/// No name agrees, and no trait differs.
fn other_names(of: &Compared<'_>, notice: &[Reason]) -> Option<Reason> {
    let missing = of
        .misfits
        .iter()
        .filter(|misfit| matches!(misfit, Misfit::Missing { .. }))
        .count();
    (notice.is_empty() && 2 * missing > of.wanted.len())
        .then(|| reason(Cause::Names, message!("fit-names")))
}

/// The same shapes, as many of each, under other names.
fn same_shapes(of: &Compared<'_>) -> Option<Reason> {
    let sorted = |tensors: &[Named]| {
        let mut shapes: Vec<_> = tensors.iter().map(|(_, shape)| shape.clone()).collect();
        shapes.sort_unstable();
        shapes
    };
    if sorted(of.wanted) != sorted(of.stripped) {
        return None;
    }
    Some(match &of.untranslated {
        Some(Untranslated::Alike([one, other])) => reason(
            Cause::Names,
            message!("fit-alike", one = one, other = other),
        ),
        Some(Untranslated::Pool) => reason(Cause::Variant, message!("differs-pool")),
        _ => reason(Cause::Names, message!("fit-same-shapes")),
    })
}
