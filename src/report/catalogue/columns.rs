//! Columns of the catalogue: the one table from which `list`, the explorer's list and its exports take theirs.

use super::entry::{Entry, Figures};
use super::published::Accuracy;
use crate::message;
use crate::report::grid::{Grid, Side};
use crate::text::format::{Prefix, dims, plain_dims, short, thousands};
use crate::text::{Argument, Message};

/// Column of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Name by which a network is requested.
    Name,
    /// Title of the network.
    Title,
    /// Family of the network.
    Family,
    /// Channels, height and width of the input.
    Input,
    /// Learned parameters.
    Params,
    /// Multiply-adds for one image.
    Macs,
    /// Number of convolutions on the main path, plus linear layers.
    Depth,
    /// Year of the paper.
    Year,
    /// Best published accuracy.
    Top1,
    /// Image size of that accuracy.
    Top1Size,
    /// Weights that reach that accuracy.
    Top1Weights,
    /// Data that these weights were trained on.
    Top1Data,
    /// Output elements of convolutions and linear layers, for one image.
    Activations,
    /// Receptive field of the last feature map.
    ReceptiveField,
}

/// Form of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Plain digits, for programs.
    Exact,
    /// Three or four figures and a prefix: `25.56 M`.
    Short,
    /// One prefix for the whole column, which its heading names: `25.56`.
    Aligned,
}

impl Column {
    /// Columns for programs. A new one comes last, because scripts may count them.
    pub const ALL: [Self; 14] = [
        Self::Name,
        Self::Title,
        Self::Family,
        Self::Input,
        Self::Params,
        Self::Macs,
        Self::Depth,
        Self::Year,
        Self::Top1,
        Self::Top1Size,
        Self::Top1Weights,
        Self::Top1Data,
        Self::Activations,
        Self::ReceptiveField,
    ];

    /// Columns of a table for people.
    pub const USUAL: [Self; 9] = [
        Self::Name,
        Self::Title,
        Self::Family,
        Self::Input,
        Self::Params,
        Self::Macs,
        Self::Depth,
        Self::Year,
        Self::Top1,
    ];

    /// Name of the column for programs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Family => "family",
            Self::Input => "input",
            Self::Params => "params",
            Self::Macs => "macs",
            Self::Depth => "depth",
            Self::Year => "year",
            Self::Top1 => "top1",
            Self::Top1Size => "top1_size",
            Self::Top1Weights => "top1_weights",
            Self::Top1Data => "top1_data",
            Self::Activations => "activations",
            Self::ReceptiveField => "receptive_field",
        }
    }

    /// Heading of the column for people; in [`Form::Aligned`] it names the prefix of the numbers.
    pub fn heading(self, form: Form) -> Message {
        let is_aligned = matches!(form, Form::Aligned);
        Message::new(match self {
            Self::Name => "label-name",
            Self::Title => "label-title",
            Self::Family => "label-family",
            Self::Input => "column-input",
            Self::Params if is_aligned => "column-params-millions",
            Self::Params => "column-params",
            Self::Macs if is_aligned => "column-macs-billions",
            Self::Macs => "label-macs",
            Self::Depth => "column-depth",
            Self::Year => "column-year",
            Self::Top1 if is_aligned => "column-top-1",
            Self::Top1 | Self::Top1Size | Self::Top1Weights => return Message::of(self.key()),
            Self::Top1Data => "stats-trained-on",
            Self::Activations if is_aligned => "column-activations-millions",
            Self::Activations => "column-activations",
            Self::ReceptiveField => "column-rf",
        })
    }

    /// Alignment of its cells.
    pub const fn side(self) -> Side {
        match self {
            Self::Params
            | Self::Macs
            | Self::Depth
            | Self::Year
            | Self::Top1Size
            | Self::Activations
            | Self::ReceptiveField => Side::Right,
            _ => Side::Left,
        }
    }

    /// Whether it takes a network's layers.
    pub const fn takes_figures(self) -> bool {
        matches!(
            self,
            Self::Params | Self::Macs | Self::Activations | Self::Depth | Self::ReceptiveField
        )
    }

    /// Cell of an entry; empty for what is not known. A spec with errors only has a name; its problem is reported elsewhere.
    pub fn cell(self, entry: &Entry, form: Form) -> Argument {
        let number = |number: u128, prefix: Prefix, decimals| match form {
            Form::Exact => number.to_string(),
            Form::Short => short(number),
            Form::Aligned => prefix.show(number, decimals),
        };
        let figure = |show: &dyn Fn(&Figures) -> String| {
            let figures = entry.figures.as_ref();
            figures.map_or_else(String::new, show)
        };
        let best = entry.accuracy.as_ref();
        let of_best = |text: &dyn Fn(&Accuracy) -> String| best.map_or_else(String::new, text);
        let text = match self {
            Self::Name => entry.name.clone(),
            Self::Title => return (&entry.title).into(),
            Self::Family if entry.error.is_some() => return message!("list-broken-family").into(),
            _ if entry.error.is_some() => String::new(),
            Self::Family => return (&entry.family).into(),
            Self::Input if form == Form::Exact => plain_dims(&entry.input),
            Self::Input => dims(&entry.input),
            Self::Params => figure(&|own| number(own.params, Prefix::Mega, 2)),
            Self::Macs => figure(&|own| number(own.macs, Prefix::Giga, 3)),
            Self::Activations => figure(&|own| number(own.activations, Prefix::Mega, 2)),
            Self::Depth => figure(&|own| own.depth.to_string()),
            Self::Year => entry.year.map_or_else(String::new, |year| year.to_string()),
            Self::ReceptiveField => figure(&|own| match (own.receptive_field, form) {
                (None, _) => String::new(),
                (Some(field), Form::Exact) => field.to_string(),
                (Some(field), _) => thousands(field),
            }),
            Self::Top1 if form == Form::Exact => of_best(&|best| best.top1.to_string()),
            Self::Top1 => entry.top1(),
            Self::Top1Size => of_best(&|best| best.size.to_string()),
            Self::Top1Weights => of_best(&|best| best.weights.clone()),
            Self::Top1Data => {
                return match best {
                    Some(best) if form == Form::Exact && best.on.is_none() => {
                        best.data.clone().unwrap_or_default().into()
                    }
                    Some(best) => best.data().into(),
                    None => "".into(),
                };
            }
        };
        text.into()
    }
}

/// Table of entries. For programs, the headings are the keys of the columns.
pub fn table<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    columns: &[Column],
    form: Form,
) -> Grid {
    let heading = |column: Column| match form {
        Form::Exact => Argument::from(column.key()),
        _ => column.heading(form).into(),
    };
    let mut grid = Grid::new(
        columns
            .iter()
            .map(|&column| (heading(column), column.side())),
    );
    for entry in entries {
        grid.row(columns.iter().map(|column| column.cell(entry, form)));
    }
    grid
}
