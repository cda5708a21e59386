//! A network from its parts, in reading order: preprocessing, stem, stages of blocks, head.

use super::builder::{Builder, Cursor, NormDefaults, Variables};
use super::{Model, Overrides, repair, units};
use crate::network::{Branch, Layer, Scope, Stage, StageInfo, limits};
use crate::spec::decode::{Named, PerStage};
use crate::spec::expr::{Expr, Template};
use crate::spec::problem::nearest;
use crate::spec::{
    ArchitectureFile, BlockFile, Located, Place, Problem, ShortcutFile, Spec, When, catalog,
};

/// Keys that no network can do without.
const REQUIRED: [&str; 8] = [
    "input", "classes", "stem", "block", "blocks", "widths", "strides", "head",
];

pub(super) fn assemble(spec: Spec, overrides: &Overrides, problems: Vec<Problem>) -> Model {
    let norm = spec.file.norm.as_ref().map(|norm| &norm.value);
    let norm = NormDefaults {
        eps: norm
            .and_then(|norm| norm.eps.as_ref())
            .map_or(1e-5, |eps| eps.value),
        momentum: norm
            .and_then(|norm| norm.momentum.as_ref())
            .map_or(0.1, |momentum| momentum.value),
    };
    // A file that could not be read lacks keys for that reason, which is told already.
    let unread = problems.iter().any(|problem| problem.rule != "unknown-key");
    let mut builder = Builder::new(problems, norm);
    if !unread {
        missing_keys(&spec, &mut builder);
    }
    network(&spec.file, overrides, &mut builder);
    if !builder.network.is_empty() && !crate::spec::has_errors(&builder.problems) {
        let found = repair::problems(&builder.network, &builder.origins);
        builder.problems.extend(found);
    }
    Model {
        spec,
        network: builder.network,
        origins: builder.origins,
        problems: builder.problems,
    }
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
        let help = "state them, or let the spec inherit them: inherits = \"resnet50\"";
        let message = format!("these keys are missing: {}", missing.join(", "));
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
    part(
        Stage::Stem,
        file.stem.as_ref()?.value.layers.as_ref()?,
        builder,
    );
    for stage in stages(file, builder)? {
        stage.build(file, builder)?;
    }
    builder.prefix.clear();
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
        let message = format!(
            "the input has {} sizes, and needs channels, height and width",
            input.value.len()
        );
        builder.report(
            Problem::error("value", message)
                .at(&input.place)
                .help("write input = [3, 224, 224]"),
        );
        return None;
    };
    let own_size = [height.value, width.value];
    let layer = Layer::Input {
        channels: channels.value,
        size: overrides.input_size.unwrap_or(own_size),
    };
    builder.push("input", Some(&input.place), layer);
    let Some(preprocess) = &file.preprocess else {
        return Some(());
    };
    let place = Some(&preprocess.place);
    let preprocess = &preprocess.value;
    let divisor = preprocess
        .divisor
        .as_ref()
        .map_or(255.0, |divisor| divisor.value) as f32;
    builder.push("preprocess.scale", place, Layer::Scale { divisor });
    if let (Some(mean), Some(std)) = (&preprocess.mean, &preprocess.std) {
        for (key, values) in [("mean", mean), ("std", std)] {
            if values.value.len() as u64 != channels.value {
                let message = format!(
                    "`{key}` has {} values for {} channels",
                    values.value.len(),
                    channels.value
                );
                builder.report(
                    Problem::error("value", message)
                        .at(&values.place)
                        .help("give one value a channel"),
                );
            }
        }
        let floats =
            |values: &[Located<f64>]| values.iter().map(|value| value.value as f32).collect();
        let layer = Layer::Standardize {
            mean: floats(&mean.value),
            std: floats(&std.value),
        };
        builder.push("preprocess.standardize", place, layer);
    }
    Some(())
}

fn part(
    stage: Stage,
    layers: &Located<Vec<Located<crate::spec::RawLayer>>>,
    builder: &mut Builder,
) {
    builder.scope = Scope::outside(stage);
    let channels = builder.channels();
    builder
        .variables
        .set("in", i64::try_from(channels).unwrap_or(i64::MAX));
    units::lower_all(&layers.value, builder);
}

/// A stage of the body, as its spec states it.
struct StagePlan {
    index: usize,
    blocks: u64,
    width: u64,
    stride: u64,
}

/// The stages, when the lists that describe them agree.
fn stages(file: &ArchitectureFile, builder: &mut Builder) -> Option<Vec<StagePlan>> {
    let (blocks, widths, strides) = (
        file.blocks.as_ref()?,
        file.widths.as_ref()?,
        file.strides.as_ref()?,
    );
    let count = blocks.value.len();
    let mut sound = count > 0;
    if count == 0 {
        builder.report(
            Problem::error("value", "there is no stage")
                .at(&blocks.place)
                .help("give at least one stage its number of blocks"),
        );
    }
    for (key, list) in [("widths", widths), ("strides", strides)] {
        if list.value.len() != count {
            sound = false;
            let message = format!("`{key}` has {} values for {count} stages", list.value.len());
            let help = format!(
                "`blocks`, `widths` and `strides` need one value a stage: {count}, as `blocks` has"
            );
            builder.report(Problem::error("stages", message).at(&list.place).help(help));
        }
    }
    let lists = [
        ("a stage's number of blocks", blocks, limits::BLOCKS),
        ("a width", widths, limits::CHANNELS),
        ("a stride", strides, limits::WINDOW),
    ];
    for (what, list, limit) in lists {
        for value in &list.value {
            if !(1..=limit).contains(&value.value) {
                sound = false;
                let message = format!("{what} is {}, and must be from 1 to {limit}", value.value);
                builder.report(Problem::error("size", message).at(&value.place));
            }
        }
    }
    let total = blocks
        .value
        .iter()
        .fold(0_u64, |sum, value| sum.saturating_add(value.value));
    if sound && total > limits::BLOCKS {
        sound = false;
        let message = format!(
            "the stages have {total} blocks together, beyond the limit of {}",
            limits::BLOCKS
        );
        builder.report(Problem::error("size", message).at(&blocks.place));
    }
    sound.then(|| {
        (0..count)
            .map(|index| StagePlan {
                index,
                blocks: blocks.value[index].value,
                width: widths.value[index].value,
                stride: strides.value[index].value,
            })
            .collect()
    })
}

impl StagePlan {
    fn build(&self, file: &ArchitectureFile, builder: &mut Builder) -> Option<()> {
        let number = self.index as u32 + 1;
        builder.variables.set("stage", i64::from(number));
        let block_name = per_stage(&file.block.as_ref()?.value, "block", self.index, builder)?;
        let block = find_block(file, block_name, builder)?;
        let (shortcut_name, shortcut_place) = self.shortcut_name(file, &block, builder)?;
        let shortcut = find_shortcut(file, &shortcut_name, builder)?;
        let names = file.names.as_ref().map(|names| &names.value);
        let name = |template: Option<&Located<Template>>, default: &str, builder: &mut Builder| {
            match template {
                Some(template) => fill(template, builder),
                None => Some(default.to_owned()),
            }
        };
        let stage_name = name(
            names.and_then(|names| names.stage.as_ref()),
            &format!("layer{number}"),
            builder,
        )?;
        let paper_name = match names.and_then(|names| names.paper.as_ref()) {
            Some(template) => Some(fill(template, builder)?),
            None => None,
        };
        builder.network.add_stage(StageInfo {
            name: stage_name.clone(),
            paper_name,
            block: block_name.value.clone(),
            blocks: Vec::new(),
        });
        let base = builder.variables.clone();
        for index in 0..self.blocks {
            builder.variables = base.clone();
            builder
                .variables
                .set("block", i64::try_from(index).unwrap_or(i64::MAX));
            let path = name(
                names.and_then(|names| names.block.as_ref()),
                &format!("{stage_name}.{index}"),
                builder,
            )?;
            builder.network.add_block(path.clone());
            builder.prefix = path;
            builder.scope = Scope {
                stage: Stage::Body(number),
                block: Some(index as u32),
                branch: None,
            };
            self.define_variables(file, &block, index, builder)?;
            residual_block(&block.value, &shortcut.value, &shortcut_place, builder)?;
        }
        builder.variables = base;
        Some(())
    }

    fn shortcut_name(
        &self,
        file: &ArchitectureFile,
        block: &Located<BlockFile>,
        builder: &mut Builder,
    ) -> Option<(Located<String>, Place)> {
        let name = match (&file.shortcut, &block.value.shortcut) {
            (Some(own), _) => per_stage(&own.value, "shortcut", self.index, builder)?.clone(),
            (None, Some(of_block)) => of_block.clone(),
            (None, None) => {
                builder.report(missing(
                    "shortcut",
                    &block.place,
                    "write shortcut = \"projection\"",
                ));
                return None;
            }
        };
        let place = name.place.clone();
        Some((name, place))
    }

    /// The names that a block's layers may use: `in`, `width`, `stride`, the block's parameters, and `out`.
    fn define_variables(
        &self,
        file: &ArchitectureFile,
        block: &Located<BlockFile>,
        index: u64,
        builder: &mut Builder,
    ) -> Option<()> {
        let integer = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        let stride = if index == 0 { self.stride } else { 1 };
        let channels = builder.channels();
        builder.variables.set("in", integer(channels));
        builder.variables.set("width", integer(self.width));
        builder.variables.set("stride", integer(stride));
        let none = Named::default();
        let parameters = block
            .value
            .parameters
            .as_ref()
            .map_or(&none, |parameters| &parameters.value);
        if let Some(with) = &file.with {
            unknown_parameters(&with.value, parameters, builder);
        }
        for (name, default) in &parameters.0 {
            let set = file
                .with
                .as_ref()
                .and_then(|with| with.value.get(&name.value));
            let expr = match set {
                Some(set) => per_stage(&set.value, &name.value, self.index, builder)?,
                None => default,
            };
            let value = builder.eval(expr)?;
            builder.variables.set(&name.value, value);
        }
        let Some(out) = &block.value.out else {
            builder.report(missing(
                "out",
                &block.place,
                "say how many channels the block puts out: out = \"4 * width\"",
            ));
            return None;
        };
        let out = builder.size(
            "the number of channels that a block puts out",
            out,
            1,
            limits::CHANNELS,
        )?;
        builder.variables.set("out", integer(out));
        Some(())
    }
}

fn missing(key: &str, place: &Place, help: &str) -> Problem {
    let start = Place {
        source: place.source.clone(),
        span: place.span.start..place.span.start,
    };
    Problem::error("missing-key", format!("the key `{key}` is missing"))
        .at(&start)
        .help(help)
}

fn per_stage<'a, T>(
    values: &'a PerStage<T>,
    key: &str,
    index: usize,
    builder: &mut Builder,
) -> Option<&'a Located<T>> {
    let value = values.get(index);
    if let (None, PerStage::Each(all)) = (value, values) {
        let message = format!(
            "`{key}` has {} values, and none for stage {}",
            all.len(),
            index + 1
        );
        let mut problem = Problem::error("stages", message).help("give one value, or one a stage");
        problem.place = all.first().map(|first| first.place.clone());
        builder.report(problem);
    }
    value
}

fn fill(template: &Located<Template>, builder: &mut Builder) -> Option<String> {
    let variables = &builder.variables;
    match template.value.fill(&|name| variables.get(name)) {
        Ok(name) => Some(name),
        Err(error) => {
            let help = "a stage's name may use `stage`, a block's `stage` and `block`";
            builder.report(
                Problem::error("expression", error.to_string())
                    .at(&template.place)
                    .help(help),
            );
            None
        }
    }
}

fn find_block(
    file: &ArchitectureFile,
    name: &Located<String>,
    builder: &mut Builder,
) -> Option<Located<BlockFile>> {
    let own = file
        .define
        .as_ref()
        .and_then(|define| define.value.blocks.as_ref());
    if let Some(block) = own.and_then(|blocks| blocks.value.get(&name.value)) {
        return Some(block.clone());
    }
    let found = catalog::block(&name.value, &mut builder.problems);
    if found.is_none() {
        let own_names = own
            .iter()
            .flat_map(|own| own.value.0.iter().map(|(key, _)| key.value.as_str()));
        let known: Vec<_> = own_names.chain(catalog::block_names()).collect();
        builder.report(unknown("block", name, &known));
    }
    found
}

fn find_shortcut(
    file: &ArchitectureFile,
    name: &Located<String>,
    builder: &mut Builder,
) -> Option<Located<ShortcutFile>> {
    let own = file
        .define
        .as_ref()
        .and_then(|define| define.value.shortcuts.as_ref());
    if let Some(shortcut) = own.and_then(|shortcuts| shortcuts.value.get(&name.value)) {
        return Some(shortcut.clone());
    }
    let found = catalog::shortcut(&name.value, &mut builder.problems);
    if found.is_none() {
        let own_names = own
            .iter()
            .flat_map(|own| own.value.0.iter().map(|(key, _)| key.value.as_str()));
        let known: Vec<_> = own_names.chain(catalog::shortcut_names()).collect();
        builder.report(unknown("shortcut", name, &known));
    }
    found
}

fn unknown(what: &'static str, name: &Located<String>, known: &[&str]) -> Problem {
    let help = match nearest(&name.value, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", known.join(", ")),
    };
    Problem::error(
        "unknown-name",
        format!("there is no {what} called `{}`", name.value),
    )
    .at(&name.place)
    .help(help)
}

fn unknown_parameters(
    with: &Named<PerStage<Expr>>,
    parameters: &Named<Expr>,
    builder: &mut Builder,
) {
    for (name, _) in &with.0 {
        if parameters.get(&name.value).is_none() {
            let known: Vec<_> = parameters
                .0
                .iter()
                .map(|(key, _)| key.value.as_str())
                .collect();
            let help = match (
                nearest(&name.value, known.iter().copied()),
                known.is_empty(),
            ) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, true) => {
                    "this block has no parameters; another one may: block = \"bottleneck\""
                        .to_owned()
                }
                (None, false) => format!("the block's parameters are: {}", known.join(", ")),
            };
            let message = format!("the block has no parameter `{}`", name.value);
            builder.report(
                Problem::error("unknown-parameter", message)
                    .at(&name.place)
                    .help(help),
            );
        }
    }
}

/// `before`, then both paths, the addition, and `after_add`.
fn residual_block(
    block: &BlockFile,
    shortcut: &ShortcutFile,
    shortcut_place: &Place,
    builder: &mut Builder,
) -> Option<()> {
    let raw = builder.cursor?;
    if let Some(before) = &block.before {
        units::lower_all(&before.value, builder);
    }
    let parted = builder.cursor?;
    builder.on_branch(Branch::Main, |builder| {
        if let Some(main) = &block.main {
            units::lower_all(&main.value, builder);
        }
    });
    let main = builder.cursor?;
    let layers = shortcut
        .layers
        .as_ref()
        .map(|layers| layers.value.as_slice())
        .unwrap_or_default();
    let side = if layers.is_empty() || !applies(shortcut, &builder.variables) {
        raw
    } else {
        builder.cursor = Some(parted);
        builder.on_branch(Branch::Shortcut, |builder| {
            units::lower_all(layers, builder);
        });
        builder.cursor?
    };
    add(main, side, shortcut_place, builder);
    if let Some(after) = &block.after_add {
        units::lower_all(&after.value, builder);
    }
    Some(())
}

fn add(main: Cursor, side: Cursor, place: &Place, builder: &mut Builder) {
    builder.join("add", Some(place), Layer::Add, &[main, side]);
}

fn applies(shortcut: &ShortcutFile, variables: &Variables) -> bool {
    let value = |name| variables.get(name);
    let strided = value("stride") != Some(1);
    match shortcut
        .when
        .as_ref()
        .map_or(When::ShapeChanges, |when| when.value)
    {
        When::Always => true,
        When::StrideIsNotOne => strided,
        When::ShapeChanges => strided || value("in") != value("out"),
    }
}
