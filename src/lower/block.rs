//! One residual block: both paths and their addition.

use super::builder::{Builder, Cursor};
use super::lookup::Chosen;
use super::units;
use super::variables::Variables;
use crate::message;
use crate::network::{Branch, Combine};
use crate::spec::{BlockFile, Problem, ShortcutFile, When};

/// Adds `before`, then both paths, the addition, and `after_add`; if no shortcut is chosen, nothing is added to the main
/// path.
pub(super) fn residual_block(
    block: &BlockFile,
    shortcut: &Chosen<'_>,
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
    check_output_channels(block, main, builder);
    if let Chosen::Added(shortcut, place) = shortcut {
        if shortcut_depends(shortcut) {
            builder.reads("stride");
        }
        let layers = shortcut.layers.as_ref();
        let has_layers = layers.is_some_and(|layers| !layers.value.is_empty());
        let (layers, read) = if has_layers && applies(shortcut, &builder.variables) {
            (&shortcut.layers, parted)
        } else {
            (&shortcut.identity, raw)
        };
        builder.cursor = Some(read);
        builder.on_branch(Branch::Shortcut, |builder| {
            if let Some(layers) = layers {
                units::lower_all(&layers.value, builder);
            }
        });
        let side = builder.cursor?;
        builder.join("add", Some(place), Combine::Add, &[main, side]);
    }
    if let Some(after) = &block.after_add {
        units::lower_all(&after.value, builder);
    }
    Some(())
}

/// Reports an `out` that differs from the main path's output channels: the shortcut is made for `out`.
fn check_output_channels(block: &BlockFile, main: Cursor, builder: &mut Builder) {
    let (Some(out), Some(said)) = (&block.out, builder.variables.get("out")) else {
        return;
    };
    if u64::try_from(said) != Ok(main.channels) {
        let path = builder.prefix.clone();
        let message = message!(
            "problem-block-out",
            stated = said.to_string(),
            found = main.channels
        );
        let help = message!("help-block-out");
        builder.report(
            Problem::error("block-out", message)
                .at(&out.place)
                .about(path)
                .help(help),
        );
    }
}

/// Whether a block's stride affects the layers of its shortcut.
fn shortcut_depends(shortcut: &ShortcutFile) -> bool {
    let when = shortcut.when.as_ref().map(|when| when.value);
    shortcut.layers.is_some() && !matches!(when, Some(When::Always | When::ChannelsChange))
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
        When::ChannelsChange => value("in") != value("out"),
        When::StrideIsNotOne => strided,
        When::ShapeChanges => strided || value("in") != value("out"),
    }
}
