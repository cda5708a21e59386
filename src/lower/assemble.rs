//! Assembly of a network from its parts, in reading order: preprocessing, stem, stages of blocks, head.

use super::builder::{Builder, Cursor};
use super::settings::{self, Settings};
use super::sizes::stages;
use super::stages::check_names;
use super::{Model, Overrides, Requested, dilation, fix, idle, lookup, units};
use crate::message;
use crate::network::{Branch, Combine, Layer, Scope, Stage, limits};
use crate::spec::file::Skip;
use crate::spec::{ArchitectureFile, Located, OutputStride, Place, Problem, Spec};
use crate::text::Joint;

/// Keys that every network must have.
const REQUIRED: [&str; 8] = [
    "input", "classes", "stem", "block", "blocks", "widths", "strides", "head",
];

/// Builds the model of a spec; each of its problems stays separate, at the place where it shows.
pub(super) fn assemble(spec: Spec, overrides: &Overrides, problems: Vec<Problem>) -> Model {
    let mut builder = lowered(&spec, overrides, problems);
    if !builder.network.is_empty() && !crate::spec::has_errors(&builder.problems) {
        let found = idle::problems(&spec.file, &builder);
        builder.problems.extend(found);
        let found = fix::problems(&builder.network, &builder.origins, &spec);
        builder.problems.extend(found);
    }
    model(spec, builder)
}

/// Builds the model of a spec that is known to be sound: rules of legality and keys without effect are not looked for.
pub(super) fn assemble_sound(spec: Spec, overrides: &Overrides, problems: Vec<Problem>) -> Model {
    let builder = lowered(&spec, overrides, problems);
    model(spec, builder)
}

fn model(spec: Spec, builder: Builder) -> Model {
    Model {
        spec,
        network: builder.network,
        origins: builder.origins,
        problems: builder.problems,
        requested: Requested::default(),
    }
}

fn lowered(spec: &Spec, overrides: &Overrides, problems: Vec<Problem>) -> Builder {
    let settings = Settings::new(&spec.file);
    // A file that could not be read lacks keys for that reason, which is already reported.
    let unread = problems.iter().any(|problem| problem.rule != "unknown-key");
    let mut builder = Builder::new(problems, settings, spec.source.clone());
    let functional_relu = spec.file.functional_relu.as_ref();
    builder.functional_relu = functional_relu.is_some_and(|functional| functional.value);
    if !unread {
        missing_keys(spec, &mut builder);
    }
    if let Some(published) = &spec.file.published {
        let found = published.value.problems(&builder.problems);
        builder.problems.extend(found);
    }
    builder.problems.extend(settings::problems(&spec.file));
    builder.problems.extend(lookup::defines_none(&spec.file));
    let notice = builder.problems.len();
    network(&spec.file, overrides, &mut builder);
    if builder
        .problems
        .iter()
        .any(|problem| problem.rule == "syntax")
    {
        // Keys that are missing after a syntax error are its consequence.
        builder.problems.truncate(notice);
    }
    builder
}

fn missing_keys(spec: &Spec, builder: &mut Builder) {
    let file = &spec.file;
    let present = [
        file.input.is_some(),
        file.classes.is_some(),
        file.stem.is_some(),
        file.block.is_some(),
        file.blocks.is_some(),
        file.widths.is_some(),
        file.strides.is_some(),
        file.head.is_some(),
    ];
    let missing: Vec<_> = REQUIRED
        .iter()
        .zip(present)
        .filter(|(_, present)| !present)
        .map(|(key, _)| format!("`{key}`"))
        .collect();
    if !missing.is_empty() {
        let place = Place {
            source: spec.source.clone(),
            span: 0..0,
        };
        let help = message!("help-state-keys");
        let message = message!("problem-missing-keys", keys = Joint::Comma.of(missing));
        builder.report(Problem::error("missing-key", message).at(&place).help(help));
    }
}

fn network(file: &ArchitectureFile, overrides: &Overrides, builder: &mut Builder) -> Option<()> {
    input(file, overrides, builder)?;
    let classes = overrides
        .classes
        .or(file.classes.as_ref().map(|classes| classes.value));
    if let Some(classes) = classes {
        builder
            .variables
            .set("classes", i64::try_from(classes).unwrap_or(i64::MAX));
    }
    let outside = builder.variables.clone();
    let first = file.widths.as_ref().and_then(|widths| widths.value.first());
    let first = first.and_then(|widths| widths.value.get(0));
    if let Some(width) = first {
        // The width of a stem follows that of the first stage, which it feeds.
        builder
            .variables
            .set("width", i64::try_from(width.value).unwrap_or(i64::MAX));
    }
    part(
        Stage::Stem,
        file.stem.as_ref()?.value.layers.as_ref()?,
        builder,
    );
    builder.variables = outside;
    let stem = builder.cursor;
    let own = file.output_stride.as_ref().map(|own| own.value);
    let output_stride = overrides.output_stride.or(own).map(OutputStride::get);
    builder.output_stride = output_stride;
    let Some(stages) = stages(file, builder) else {
        check_names(file, builder);
        return None;
    };
    for stage in stages {
        stage.build(file, builder)?;
    }
    builder.prefix.clear();
    if let (Some(requested), Some(stem)) = (output_stride, stem) {
        let grids = [stem.grid, builder.grid()];
        let is_override = overrides.output_stride.is_some();
        if let Some(problem) = dilation::problem(file, requested, is_override, grids) {
            builder.report(problem);
        }
    }
    if let (Some(skip), Some(stem)) = (&file.skip, stem)
        && let Some(own) = &skip.value.0
    {
        around(own, stem, &skip.place, builder)?;
    }
    part(
        Stage::Head,
        file.head.as_ref()?.value.layers.as_ref()?,
        builder,
    );
    Some(())
}

fn input(file: &ArchitectureFile, overrides: &Overrides, builder: &mut Builder) -> Option<()> {
    let input = file.input.as_ref()?;
    let [channels, height, width] = input.value.as_slice() else {
        let message = message!("problem-input-sizes", count = input.value.len());
        builder.report(
            Problem::error("value", message)
                .at(&input.place)
                .help(message!("help-write-input")),
        );
        return None;
    };
    let sizes = [
        ("size-channels", channels, limits::CHANNELS),
        ("size-height", height, limits::SIDE),
        ("size-width", width, limits::SIDE),
    ];
    for (what, size, limit) in sizes {
        builder.within(what, size, limit, "help-input-in-bounds");
    }
    let own_size = [height.value, width.value];
    let layer = Layer::Input {
        channels: channels.value,
        size: overrides.input_size.unwrap_or(own_size),
    };
    builder.push("input", Some(&input.place), layer);
    if let (Some(place), Some(preprocess)) = (&file.preprocess, file.preprocessing()) {
        let at = [&place.place, &input.place];
        let adapts = overrides.in_channels.is_some();
        super::preparation::layers(preprocess, channels.value, adapts, at, builder);
    }
    Some(())
}

/// Adds the shortcut around all stages, and its addition.
fn around(skip: &Skip, stem: Cursor, place: &Place, builder: &mut Builder) -> Option<()> {
    let lower = |layers: &Option<Located<Vec<Located<crate::spec::RawLayer>>>>,
                 branch,
                 builder: &mut Builder| {
        if let Some(layers) = layers {
            let channels = i64::try_from(builder.channels()).unwrap_or(i64::MAX);
            builder.variables.set("in", channels);
            builder.scope.branch = branch;
            units::lower_all(&layers.value, builder);
            builder.scope.branch = None;
        }
    };
    builder.scope = Scope::of_stage(Stage::Head);
    lower(&skip.main, None, builder);
    let body = builder.cursor?;
    builder.cursor = Some(stem);
    lower(&skip.shortcut, Some(Branch::Shortcut), builder);
    let side = builder.cursor?;
    builder.join("add", Some(place), Combine::Add, &[body, side]);
    lower(&skip.after_add, None, builder);
    Some(())
}

fn part(
    stage: Stage,
    layers: &Located<Vec<Located<crate::spec::RawLayer>>>,
    builder: &mut Builder,
) {
    builder.scope = Scope::of_stage(stage);
    let channels = builder.channels();
    builder
        .variables
        .set("in", i64::try_from(channels).unwrap_or(i64::MAX));
    units::lower_all(&layers.value, builder);
}
