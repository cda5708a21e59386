//! One residual block: both paths and their addition.

use super::builder::{Builder, Cursor, Variables};
use super::units;
use crate::network::{Branch, Combine, Layer};
use crate::spec::{BlockFile, Place, Problem, ShortcutFile, When};

/// `before`, then both paths, the addition, and `after_add`.
pub(super) fn residual_block(
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
    says_what_it_puts_out(block, main, builder);
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

/// `out` is what the shortcut is made for: where the main path puts out something else, `out` is wrong.
fn says_what_it_puts_out(block: &BlockFile, main: Cursor, builder: &mut Builder) {
    let (Some(out), Some(said)) = (&block.out, builder.variables.get("out")) else {
        return;
    };
    if u64::try_from(said) != Ok(main.channels) {
        let path = builder.prefix.clone();
        let message = format!(
            "the block says that it puts out {said} channels, and its main path puts out {}",
            main.channels
        );
        let help = "let `out` be what the last convolution of `main` puts out";
        builder.report(
            Problem::error("block-out", message)
                .at(&out.place)
                .about(path)
                .help(help),
        );
    }
}

fn add(main: Cursor, side: Cursor, place: &Place, builder: &mut Builder) {
    builder.join(
        "add",
        Some(place),
        Layer::Combine(Combine::Add),
        &[main, side],
    );
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
