//! Settings of a spec for all layers of a kind, and their checks.

use super::read::Read;
use crate::message;
use crate::network::layer::Standardize;
use crate::spec::activation::ActSettings;
use crate::spec::{ArchitectureFile, Located, NormKind, Problem};

/// Settings for all layers of a kind.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) norm: Read<NormKind>,
    pub(super) groups: Read<u64>,
    pub(super) group_size: Read<Option<u64>>,
    /// Whether group normalisations are of a class derived from PyTorch's.
    pub(super) derived: Read<bool>,
    /// Whether instance normalisations have a scale and a shift.
    pub(super) affine: Read<bool>,
    pub(super) eps: Read<f64>,
    pub(super) momentum: Read<f64>,
    /// Activation of layers that do not name their own.
    pub(super) act: Option<Located<ActSettings>>,
    /// Whether a layer uses it.
    pub(super) act_is_read: Read<()>,
    /// Standardisation of the weights of convolutions: the ε added to the variance.
    pub(super) standardize: Read<Option<Standardize>>,
}

impl Settings {
    pub(super) fn new(file: &ArchitectureFile) -> Self {
        let norm = file.norm.as_ref().map(|norm| &norm.value);
        let conv = file.conv.as_ref().map(|conv| &conv.value);
        let kind = norm.and_then(|norm| norm.kind.as_ref());
        let groups = norm.and_then(|norm| norm.groups.as_ref());
        let group_size = norm.and_then(|norm| norm.group_size.as_ref());
        let derived = norm.and_then(|norm| norm.derived.as_ref());
        let affine = norm.and_then(|norm| norm.affine.as_ref());
        let eps = norm.and_then(|norm| norm.eps.as_ref());
        let momentum = norm.and_then(|norm| norm.momentum.as_ref());
        let standardize = conv.and_then(|conv| conv.standardize.as_ref());
        Self {
            norm: Read::new(kind.map_or(NormKind::Batch, |kind| kind.value)),
            groups: Read::new(groups.map_or(32, |groups| groups.value)),
            group_size: Read::new(group_size.map(|size| size.value)),
            derived: Read::new(derived.is_some_and(|derived| derived.value)),
            affine: Read::new(affine.is_some_and(|affine| affine.value)),
            eps: Read::new(eps.map_or(1e-5, |eps| eps.value)),
            momentum: Read::new(momentum.map_or(0.1, |momentum| momentum.value)),
            act: file.act.as_ref().map(|act| Located {
                value: act.value.0.clone(),
                place: act.place.clone(),
            }),
            act_is_read: Read::new(()),
            standardize: Read::new(standardize.map(|eps| Standardize {
                eps: eps.value,
                gamma: conv.and_then(|conv| Some(conv.gamma.as_ref()?.value)),
            })),
        }
    }
}

/// Problems in the settings of `file`: numbers with which no layer can compute.
pub(super) fn problems(file: &ArchitectureFile) -> Vec<Problem> {
    let norm = file.norm.as_ref().map(|norm| &norm.value);
    let conv = file.conv.as_ref().map(|conv| &conv.value);
    let preprocess = file.preprocessing();
    let epsilons = [
        norm.and_then(|norm| norm.eps.as_ref()),
        conv.and_then(|conv| conv.standardize.as_ref()),
    ];
    let groups = norm.map(|norm| [&norm.groups, &norm.group_size]);
    let groups = groups.into_iter().flatten().flatten();
    let no_group = groups.filter(|number| number.value == 0).map(|number| {
        Problem::error("size", message!("problem-no-group"))
            .at(&number.place)
            .help(message!("help-one-or-more"))
    });
    let stds = preprocess.and_then(|preprocess| preprocess.std.as_ref());
    let divisors = preprocess.and_then(|preprocess| preprocess.divisor.as_ref());
    let divisors = divisors
        .into_iter()
        .chain(stds.iter().flat_map(|std| std.value.all()));
    let no_divisor = divisors.filter(|number| number.value <= 0.0).map(|number| {
        let message = message!("problem-divided-by", number = number.value.to_string());
        Problem::error("value", message)
            .at(&number.place)
            .help(message!("help-above-zero"))
    });
    epsilons
        .into_iter()
        .flatten()
        .filter_map(epsilon)
        .chain(
            norm.and_then(|norm| norm.momentum.as_ref())
                .and_then(momentum),
        )
        .chain(no_group)
        .chain(no_divisor)
        .collect()
}

/// Problem of a number that is added to a variance, if it has one.
pub(super) fn epsilon(eps: &Located<f64>) -> Option<Problem> {
    (eps.value < 0.0).then(|| {
        let message = message!("problem-negative-eps", number = eps.value.to_string());
        Problem::error("value", message)
            .at(&eps.place)
            .help(message!("help-eps"))
    })
}

/// Problem of the batch's share in the running statistics, if it has one.
pub(super) fn momentum(momentum: &Located<f64>) -> Option<Problem> {
    (!(0.0..=1.0).contains(&momentum.value)).then(|| {
        let message = message!("problem-momentum", number = momentum.value.to_string());
        Problem::error("value", message)
            .at(&momentum.place)
            .help(message!("help-momentum"))
    })
}
