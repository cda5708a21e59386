//! Name of a tree's row with its indent, fold and style.

use ratatui::style::Style;

use crate::report::{RowKind, Subject};
use crate::tui::kit::layer_tree::Item;
use crate::tui::kit::theme::{Role, Theme};

/// Name of a row, indented by its depth in the tree.
pub(in crate::tui) fn name(
    theme: Theme,
    subject: &Subject,
    item: &Item,
    is_ranked: bool,
    is_faulty: bool,
) -> (String, Style) {
    let fold = item.fold().sign();
    let fault = if is_faulty { "✗ " } else { "" };
    let (words, style) = match item.row.kind {
        RowKind::Layer(id) => {
            let words = if is_ranked {
                subject.name(&item.row)
            } else {
                subject.block_name(id)
            };
            let category = subject.model.network[id].layer.category();
            (words, theme.category(category))
        }
        RowKind::Block { .. } => (subject.name(&item.row), Style::new()),
        RowKind::Run { first, last, .. } => {
            let words = format!("{} ×{}", subject.name(&item.row), last - first + 1);
            (words, Style::new())
        }
        RowKind::Stage(stage) => {
            let name = subject.name(&item.row);
            let words = match subject.paper_name(stage) {
                Some(paper) => format!("{name} · {paper}"),
                None => name,
            };
            (words, theme.style(Role::Title))
        }
    };
    let style = if is_faulty {
        theme.style(Role::Error)
    } else {
        style
    };
    let text = if is_ranked {
        format!("{fault}{words}")
    } else {
        format!("{}{fold} {fault}{words}", " ".repeat(item.depth * 2))
    };
    (text, style)
}
