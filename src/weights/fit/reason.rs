//! Probable causes of a misfit, as sentences.

use super::layout::{is_foreign, transposed};
use super::prefix::{is_average, prefixes};
use super::structure::{Structure, differences};
use super::{Misfit, Named, closest};
use std::fmt;

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
    pub text: String,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn reason(cause: Cause, text: impl Into<String>) -> Reason {
    Reason {
        cause,
        text: text.into(),
    }
}

/// Wanted and found tensors, and in `stripped` those found with `prefix` removed from their names.
pub(super) struct Compared<'a> {
    pub(super) wanted: &'a [Named],
    pub(super) found: &'a [Named],
    pub(super) prefix: &'a str,
    pub(super) stripped: &'a [Named],
    pub(super) misfits: &'a [Misfit],
}

/// All causes that apply, those that explain most first.
pub(super) fn reasons(of: &Compared<'_>) -> Vec<Reason> {
    let mut told = Vec::new();
    told.extend(quantised(of));
    told.extend(layout(of));
    told.extend(behind(of));
    told.extend(optimiser(of));
    if told
        .iter()
        .any(|one| matches!(one.cause, Cause::Quantised | Cause::Layout))
    {
        return told;
    }
    // Next to a backbone, the file has convolutions of other parts, which are not its own.
    let own = of.found.iter().zip(of.stripped);
    let own = own.filter(|((name, _), _)| name.starts_with(of.prefix));
    let own: Vec<Named> = own.map(|(_, stripped)| stripped.clone()).collect();
    let variants = differences(&Structure::of(&own), &Structure::of(of.wanted));
    told.extend(
        variants
            .into_iter()
            .map(|text| reason(Cause::Variant, text)),
    );
    told.extend(head(of));
    told.extend(input(of));
    told.extend(other_names(of, &told));
    told
}

fn words<'a>(found: &'a [Named], is: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = &'a str> {
    found
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(move |name| name.split(['.', '/']).any(&is))
}

fn and_more(count: usize) -> String {
    match count {
        0 => String::new(),
        count => format!(" and {count} more"),
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
        format!(
            "the file is quantised: `{first}`{} scale integers; use the float weights",
            and_more(names.count())
        ),
    ))
}

fn layout(of: &Compared<'_>) -> Option<Reason> {
    let order = "kernels are height × width × in × out there, and out × in × height × width here; convert it with \
                 `kernel.transpose(3, 2, 0, 1)`, matrices with `.T`, and PyTorch's names";
    if is_foreign(of.found) {
        let (name, _) = of.found.first()?;
        return Some(reason(
            Cause::Layout,
            format!("the file's names are of Keras, TensorFlow or JAX (`{name}`): {order}"),
        ));
    }
    let [turned, other] = transposed(of.misfits);
    (turned > 1 && turned > other).then(|| {
        reason(
            Cause::Layout,
            format!("{turned} tensors have their dimensions in the order of Keras, TensorFlow or JAX: {order}"),
        )
    })
}

/// Causes for a network that is part of another.
fn behind(of: &Compared<'_>) -> Vec<Reason> {
    let mut told = Vec::new();
    if of.prefix.is_empty() {
        return told;
    }
    let take_off = format!(
        "in Python, `{{k.removeprefix(\"{0}\"): v for k, v in state.items() if k.startswith(\"{0}\")}}`",
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
    told.push(if detector > 0 {
        reason(
            Cause::Backbone,
            format!("this is a detection network, whose backbone stands behind `{prefix}`; {take_off} has the backbone alone"),
        )
    } else if segments > 0 && prefix.contains("backbone") {
        reason(
            Cause::Backbone,
            format!("this is a segmentation network, whose backbone stands behind `{prefix}`; {take_off} has the backbone alone"),
        )
    } else if is_average(prefix) {
        reason(Cause::Averaged, format!("averaged weights (EMA) stand behind `{prefix}`; {take_off} takes it off"))
    } else {
        reason(Cause::Prefix, format!("the names stand behind `{prefix}`; {take_off} takes it off"))
    });
    let all = prefixes(of.wanted, of.found, of.wanted.len() / 2 + 1);
    let others: Vec<_> = all
        .iter()
        .map(|(prefix, _)| *prefix)
        .filter(|other| *other != prefix)
        .collect();
    if let Some(other) = others.first() {
        told.push(reason(
            Cause::Averaged,
            format!(
                "the file holds the network more than once: behind `{prefix}` and behind `{other}`"
            ),
        ));
    }
    told
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
        format!(
            "the state of an optimiser is among the tensors (`{first}`{}): the file is a whole training checkpoint; save \
             `model.state_dict()`",
            and_more(names.count())
        ),
    ))
}

fn head(of: &Compared<'_>) -> Option<Reason> {
    let module = closest::head(of.wanted)?;
    if let Some(found) = closest::classes(of.wanted, of.stripped) {
        let name = format!("{module}.weight");
        let own = of.wanted.iter().find(|(own, _)| *own == name)?.1[0];
        return Some(reason(
            Cause::Head,
            format!("this file has a {found}-class head; the network has {own}"),
        ));
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
        let text = if left_over {
            format!("the file has no `{module}`, but another head: it was trained for another task")
        } else {
            format!("the file has no head (`{module}`): it holds the features alone")
        };
        reason(Cause::Head, text)
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
                    format!(
                        "this file reads pictures of {found} channel{}; the network reads {wanted}",
                        if *found == 1 { "" } else { "s" }
                    ),
                ))
            }
            _ => None,
        },
        _ => None,
    })
}

/// No name agrees, and no trait differs.
fn other_names(of: &Compared<'_>, told: &[Reason]) -> Option<Reason> {
    let missing = of
        .misfits
        .iter()
        .filter(|misfit| matches!(misfit, Misfit::Missing { .. }))
        .count();
    (told.is_empty() && 2 * missing > of.wanted.len()).then(|| {
        reason(
            Cause::Names,
            "the file's tensors have other names than the network's: another program or another family made it",
        )
    })
}
