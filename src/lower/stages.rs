//! The body: stages of residual blocks, and the values of their names.

use std::sync::Arc;

use super::around;
use super::block::residual_block;
use super::builder::Builder;
use super::lookup::{find_attention, find_block, find_shortcut};
use super::sizes::{ONE_PER_BLOCK, StagePlan, missing, not_one_per_block};
use crate::message;
use crate::network::{Scope, Stage, StageInfo};
use crate::spec::decode::{Named, PerBlock, PerStage};
use crate::spec::expr::{Expr, Template};
use crate::spec::problem::{did_you_mean, nearest, quoted};
use crate::spec::{ArchitectureFile, BlockFile, Located, Place, Problem};

/// Checks that the blocks, shortcuts and attentions named in a file exist, if its stages cannot be built.
pub(super) fn check_names(file: &ArchitectureFile, builder: &mut Builder) {
    for name in file.block.iter().flat_map(|names| names.value.all()) {
        find_block(file, name, builder);
    }
    for name in file.shortcut.iter().flat_map(|names| names.value.all()) {
        find_shortcut(file, name, builder);
    }
    for name in file.attention.iter().flat_map(|names| names.value.all()) {
        find_attention(file, name, builder);
    }
}

impl StagePlan {
    pub(super) fn build(&self, file: &ArchitectureFile, builder: &mut Builder) -> Option<()> {
        let number = self.index as u32 + 1;
        if self.index == 0 {
            one_value_a_stage(file, self.count, builder);
        }
        builder.variables.set("stage", i64::from(number));
        let block_name = per_stage(file.block.as_ref()?, "block", self.index, builder)?;
        let block = find_block(file, block_name, builder)?;
        let shortcut_name = self.shortcut_name(file, block, builder)?;
        let shortcut = find_shortcut(file, &shortcut_name, builder)?;
        builder.attention = match &file.attention {
            Some(names) => {
                let name = per_stage(names, "attention", self.index, builder)?;
                if !block.value.has_place_for_attention() {
                    let message =
                        message!("problem-no-place-for-attention", block = &block_name.value);
                    let example = "{ attention = \"se\" }";
                    let help = message!("help-block-with-attention", example = example);
                    let problem = Problem::error("value", message);
                    builder.report(problem.at(&name.place).help(help));
                }
                Some(Arc::new(find_attention(file, name, builder)?.clone()))
            }
            None => None,
        };
        let attention = builder.attention.clone();
        let attention = attention
            .as_ref()
            .and_then(|part| part.value.parameters.as_ref());
        let given = self.given(file, [block.value.parameters.as_ref(), attention], builder)?;
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
        let around = file.stage.as_ref().map(|stage| &stage.value);
        let mut beside = None;
        for (index, plan) in self.blocks.iter().enumerate() {
            if builder.is_full {
                return None;
            }
            builder.variables = base.clone();
            builder
                .variables
                .set("block", i64::try_from(index).unwrap_or(i64::MAX));
            let path = name(
                names.and_then(|names| names.block.as_ref()),
                &format!("{stage_name}.{index}"),
                builder,
            )?;
            if !builder.block_names.insert(path.clone()) {
                builder.report(same_name(
                    &path,
                    names.and_then(|names| names.block.as_ref()),
                ));
                return None;
            }
            builder.network.add_block(path.clone());
            builder.scope = Scope {
                stage: Stage::Body(number),
                block: Some(index as u32),
                branch: None,
            };
            let own = |(name, values): &(String, Located<PerBlock<Expr>>)| {
                Some((name.clone(), values.value.get(index)?.clone()))
            };
            let dilation = plan.define_dilation(builder);
            builder.given = given.iter().filter_map(own).collect();
            if let Some(around) = around.filter(|_| index == 0) {
                plan.define_sizes(builder);
                beside = around::enter(around, &stage_name, builder);
            }
            builder.prefix = path;
            plan.define_variables(block, builder)?;
            residual_block(&block.value, &shortcut, builder)?;
            builder.settle_dilation(dilation);
            if let Some(around) = around.filter(|_| index + 1 == self.blocks.len()) {
                around::leave(around, beside.take(), &stage_name, builder);
            }
        }
        builder.variables = base;
        Some(())
    }

    fn shortcut_name(
        &self,
        file: &ArchitectureFile,
        block: &Located<BlockFile>,
        builder: &mut Builder,
    ) -> Option<Located<String>> {
        match (&file.shortcut, &block.value.shortcut) {
            (Some(own), _) => per_stage(own, "shortcut", self.index, builder).cloned(),
            (None, Some(of_block)) => Some(of_block.clone()),
            (None, None) => {
                builder.report(missing("shortcut", &block.place, "help-write-shortcut"));
                None
            }
        }
    }

    /// Values from the network for the parameters of this stage's block and attention; a name that neither has is reported.
    fn given(
        &self,
        file: &ArchitectureFile,
        parts: [Option<&Located<Named<Expr>>>; 2],
        builder: &mut Builder,
    ) -> Option<Vec<(String, Located<PerBlock<Expr>>)>> {
        let mut given = Vec::new();
        for (name, values) in file.with.iter().flat_map(|with| &with.value.0) {
            let known: Vec<&str> = parts
                .iter()
                .flatten()
                .flat_map(|part| part.value.0.iter().map(|(key, _)| key.value.as_str()))
                .collect();
            if !known.contains(&name.value.as_str()) {
                let help = match (
                    nearest(&name.value, known.iter().copied()),
                    known.is_empty(),
                ) {
                    (Some(near), _) => did_you_mean(near),
                    (None, true) => message!("help-block-without-parameters"),
                    (None, false) => {
                        message!("help-block-parameters", names = quoted(known))
                    }
                };
                let message = message!("problem-no-parameter", name = &name.value);
                builder.report(
                    Problem::error("unknown-parameter", message)
                        .at(&name.place)
                        .help(help),
                );
            }
            let value = per_stage(values, &name.value, self.index, builder)?;
            if let PerBlock::Each(all) = &value.value
                && all.len() != self.blocks.len()
            {
                builder.report(not_one_per_block(
                    &name.value,
                    all.len(),
                    (self.blocks.len() as u64, self.index),
                    &value.place,
                    ONE_PER_BLOCK,
                ));
                return None;
            }
            given.push((name.value.clone(), value.clone()));
        }
        Some(given)
    }
}

/// Problem for two blocks of one name, whose layers would have the same paths.
fn same_name(path: &str, template: Option<&Located<Template>>) -> Problem {
    let example = "block = \"layer{stage}.{block}\"";
    let message = message!("problem-blocks-of-one-name", path = path);
    let help = message!("help-block-name", example = example);
    let problem = Problem::error("unique-paths", message).help(help);
    match template {
        Some(template) => problem.at(&template.place),
        None => problem,
    }
}

/// Reports lists of values for stages that are longer than the number of stages; shorter ones are reported when a value is
/// missing.
fn one_value_a_stage(file: &ArchitectureFile, count: usize, builder: &mut Builder) {
    let mut lists: Vec<(&str, usize, &Place)> = Vec::new();
    for (key, names) in [
        ("block", &file.block),
        ("shortcut", &file.shortcut),
        ("attention", &file.attention),
    ] {
        if let Some(names) = names {
            lists.push((key, names.value.all().len(), &names.place));
        }
    }
    for (name, values) in file.with.iter().flat_map(|with| &with.value.0) {
        lists.push((&name.value, values.value.all().len(), &values.place));
    }
    for (key, length, place) in lists {
        if length > count {
            let message = message!(
                "problem-values-for-stages",
                key = key,
                count = length,
                stages = count
            );
            builder.report(
                Problem::error("stages", message)
                    .at(place)
                    .help(message!("help-one-per-stage")),
            );
        }
    }
}

fn per_stage<'a, T>(
    values: &'a Located<PerStage<T>>,
    key: &str,
    index: usize,
    builder: &mut Builder,
) -> Option<&'a Located<T>> {
    let value = values.value.get(index);
    if let (None, PerStage::Each(all)) = (value, &values.value) {
        let message = message!(
            "problem-no-value-for-stage",
            key = key,
            count = all.len(),
            stage = index + 1
        );
        let problem = Problem::error("stages", message).help(message!("help-one-per-stage"));
        let place = all.first().map_or(&values.place, |first| &first.place);
        builder.report(problem.at(place));
    }
    value
}

fn fill(template: &Located<Template>, builder: &mut Builder) -> Option<String> {
    let variables = &builder.variables;
    match template.value.fill(&|name| variables.get(name)) {
        Ok(name) => Some(name),
        Err(error) => {
            builder.report(
                Problem::error("expression", error.message())
                    .at(&template.place)
                    .help(message!("help-template-names")),
            );
            None
        }
    }
}
