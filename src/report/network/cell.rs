//! Columns of a layer table, and the contents of their cells.

use crate::analysis::Rule;
use crate::network::window::sides;
use crate::network::{Shape, Stage};
use crate::report::format;
use crate::report::grid::Side;
use crate::report::{Row, RowKind, Subject};
use crate::text::{Argument, Language, Message};

/// Column. [`Column::ALL`] has the order of a full table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// PyTorch module path.
    Path,
    /// Name of the stage in the paper.
    PaperName,
    /// PyTorch class.
    Op,
    /// Short description of the layer.
    Summary,
    /// Main path or shortcut.
    Branch,
    /// Input shape.
    Input,
    /// Output shape.
    Output,
    /// Kernel size.
    Kernel,
    /// Stride.
    Stride,
    /// Padding.
    Padding,
    /// Dilation.
    Dilation,
    /// Groups.
    Groups,
    /// Learned parameters.
    Params,
    /// Running statistics.
    Buffers,
    /// Operations.
    Macs,
    /// Share of all operations.
    MacsShare,
    /// Share of all parameters.
    ParamsShare,
    /// Output elements of convolutions and linear layers.
    Activations,
    /// Bytes that training keeps for the backward pass.
    SavedForBackward,
    /// Receptive field of the output.
    ReceptiveField,
    /// Layers whose outputs it takes.
    Reads,
}

impl Column {
    /// All columns.
    pub const ALL: [Self; 21] = [
        Self::Path,
        Self::PaperName,
        Self::Op,
        Self::Summary,
        Self::Branch,
        Self::Input,
        Self::Output,
        Self::Kernel,
        Self::Stride,
        Self::Padding,
        Self::Dilation,
        Self::Groups,
        Self::Params,
        Self::Buffers,
        Self::Macs,
        Self::MacsShare,
        Self::ParamsShare,
        Self::Activations,
        Self::SavedForBackward,
        Self::ReceptiveField,
        Self::Reads,
    ];

    /// Name on the command line and in CSV.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::PaperName => "paper_name",
            Self::Op => "op",
            Self::Summary => "summary",
            Self::Branch => "branch",
            Self::Input => "input",
            Self::Output => "output",
            Self::Kernel => "kernel",
            Self::Stride => "stride",
            Self::Padding => "padding",
            Self::Dilation => "dilation",
            Self::Groups => "groups",
            Self::Params => "params",
            Self::Buffers => "buffers",
            Self::Macs => "macs",
            Self::MacsShare => "macs_share",
            Self::ParamsShare => "params_share",
            Self::Activations => "activations",
            Self::SavedForBackward => "saved_for_backward",
            Self::ReceptiveField => "receptive_field",
            Self::Reads => "reads",
        }
    }

    /// The column called `key`.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }

    /// Heading by the default rule; for other rules, see [`Subject::title`].
    pub const fn title(self) -> Message {
        Message::new(match self {
            Self::Path => "column-layer",
            Self::PaperName => "column-paper",
            Self::Op => "column-op",
            Self::Summary => "column-what",
            Self::Branch => "column-branch",
            Self::Input => "column-input",
            Self::Output => "column-output",
            Self::Kernel => "column-kernel",
            Self::Stride => "column-stride",
            Self::Padding => "column-padding",
            Self::Dilation => "column-dilation",
            Self::Groups => "column-groups",
            Self::Params => "column-parameters",
            Self::Buffers => "column-buffers",
            Self::Macs => "column-macs",
            Self::MacsShare => "column-macs-share",
            Self::ParamsShare => "column-params-share",
            Self::Activations => "column-activations",
            Self::SavedForBackward => "column-saved-bytes",
            Self::ReceptiveField => "column-rf",
            Self::Reads => "column-reads",
        })
    }

    /// Whether its cells are numbers, which are aligned on the right.
    pub const fn is_numeric(self) -> bool {
        matches!(
            self,
            Self::Params
                | Self::Buffers
                | Self::Macs
                | Self::MacsShare
                | Self::ParamsShare
                | Self::Activations
                | Self::SavedForBackward
                | Self::ReceptiveField
                | Self::Groups
        )
    }

    /// Alignment of its cells.
    pub const fn side(self) -> Side {
        if self.is_numeric() {
            Side::Right
        } else {
            Side::Left
        }
    }

    /// Whether a total below the table has a meaning.
    pub const fn adds_up(self) -> bool {
        matches!(
            self,
            Self::Params | Self::Buffers | Self::Macs | Self::Activations | Self::SavedForBackward
        )
    }
}

/// Contents of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// No content.
    Empty,
    /// A name or figure that is the same in every language.
    Text(String),
    /// Text.
    Said(Message),
    /// Exact number.
    Count(u128),
    /// Fraction of a whole, from 0 to 1.
    Share(f64),
    /// Shape.
    Shape(Shape),
}

impl Cell {
    /// Text for a table for people: thousands separated, shapes with ×.
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Said(message) => language.say(message),
            Self::Count(number) => format::thousands(*number),
            Self::Share(share) => format::percentage(*share),
            Self::Shape(shape) => shape.to_string(),
        }
    }

    /// The same in no language yet.
    pub fn shown(&self) -> Argument {
        match self {
            Self::Said(message) => message.clone().into(),
            other => other.text(Language::ENGLISH).into(),
        }
    }

    /// For a program that reads it: plain digits, shapes with x, words in English.
    pub fn plain(&self) -> String {
        match self {
            Self::Count(number) => number.to_string(),
            Self::Share(share) => format!("{share:.6}"),
            Self::Shape(shape) => format::plain_dims(shape.dims()),
            other => other.text(Language::ENGLISH),
        }
    }

    /// Order of two cells: numbers by value, shapes by size, words alphabetically; empty cells come last.
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        let number = |cell: &Self| match cell {
            Self::Count(number) => Some(*number as f64),
            Self::Share(share) => Some(*share),
            Self::Shape(shape) => Some(shape.elements() as f64),
            Self::Empty | Self::Text(_) | Self::Said(_) => None,
        };
        match (number(self), number(other)) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => self.plain().cmp(&other.plain()),
        }
    }
}

impl Subject {
    /// Heading of a column; it says MACs only if the rule counts nothing but multiply-adds.
    pub const fn title(&self, column: Column) -> Message {
        match (column, self.analysis.rule) {
            (_, Rule::ConvFc) => column.title(),
            (Column::Macs, rule) => rule.unit(),
            (Column::MacsShare, _) => Message::new("column-operations-share"),
            _ => column.title(),
        }
    }

    /// Contents of `column` for `row`.
    pub fn cell(&self, row: &Row, column: Column) -> Cell {
        let network = &self.model.network;
        let analysis = &self.analysis;
        let batch = u128::from(self.batch);
        let sum = |of: &dyn Fn(crate::network::LayerId) -> u128| {
            row.layers(network).map(of).sum::<u128>()
        };
        let macs = || sum(&|id| analysis.macs[id].0) * batch;
        let params = || sum(&|id| analysis.params[id].0);
        let shape = |shape: Option<Shape>| shape.map_or(Cell::Empty, Cell::Shape);
        match column {
            Column::Path => Cell::Text(self.name(row)),
            Column::PaperName => match self.stage_of(row) {
                Some(stage) => self.paper_name(stage).map_or(Cell::Empty, Cell::Text),
                None => Cell::Empty,
            },
            Column::Op => match row.kind {
                RowKind::Layer(id) => Cell::Text(network[id].layer.op().to_owned()),
                RowKind::Block { stage, .. }
                | RowKind::Run { stage, .. }
                | RowKind::Stage(Stage::Body(stage)) => network
                    .stage(stage)
                    .map_or(Cell::Empty, |stage| Cell::Text(stage.block.clone())),
                RowKind::Stage(_) => Cell::Empty,
            },
            Column::Summary => Cell::Said(self.summary(row)),
            Column::Branch => match row.kind {
                RowKind::Layer(id) => network[id]
                    .scope
                    .branch
                    .map_or(Cell::Empty, |branch| Cell::Said(branch.word())),
                _ => Cell::Empty,
            },
            Column::Input => {
                let first = row.layers(network).next();
                let input = first.and_then(|id| network.inputs(id).first().copied());
                shape(input.and_then(|id| analysis.shapes[id]))
            }
            Column::Output => shape(row.last(network).and_then(|id| analysis.shapes[id])),
            Column::Kernel
            | Column::Stride
            | Column::Padding
            | Column::Dilation
            | Column::Groups => self.window_cell(row, column),
            Column::Params => Cell::Count(params()),
            Column::Buffers => Cell::Count(sum(&|id| analysis.buffers[id].0)),
            Column::Macs => Cell::Count(macs()),
            Column::MacsShare => Cell::Share(format::share(macs(), self.macs().0)),
            Column::ParamsShare => Cell::Share(format::share(params(), self.params().0)),
            Column::Activations => Cell::Count(sum(&|id| analysis.activations[id].0) * batch),
            Column::SavedForBackward => Cell::Count(sum(&|id| analysis.saved[id].0) * batch),
            Column::ReceptiveField => row
                .last(network)
                .and_then(|id| analysis.receptive_field[id])
                .map_or(Cell::Empty, |field| match field.sizes() {
                    [height, width] if height == width => Cell::Count(height),
                    uneven => Cell::Text(sides(uneven)),
                }),
            Column::Reads => match self.reads(row) {
                reads if reads.is_empty() => Cell::Empty,
                reads => Cell::Text(reads.join(" ")),
            },
        }
    }

    /// Paths of the layers outside the row whose outputs it takes, each once.
    fn reads(&self, row: &Row) -> Vec<String> {
        let network = &self.model.network;
        let mut reads: Vec<String> = Vec::new();
        for input in row.layers(network).flat_map(|id| network.inputs(id)) {
            let path = network[input].path.to_string();
            if !row.contains(input) && !reads.contains(&path) {
                reads.push(path);
            }
        }
        reads
    }

    /// Cell in one of the columns that only layers with a window have.
    fn window_cell(&self, row: &Row, column: Column) -> Cell {
        let RowKind::Layer(id) = row.kind else {
            return Cell::Empty;
        };
        let layer = &self.model.network[id].layer;
        if column == Column::Groups {
            return match layer {
                crate::network::Layer::Conv(crate::network::Conv::Spatial(conv)) => {
                    Cell::Count(u128::from(conv.groups))
                }
                _ => Cell::Empty,
            };
        }
        if let (
            Column::Stride,
            crate::network::Layer::Reshape(
                crate::network::Reshape::PadShortcut { .. }
                | crate::network::Reshape::SpaceToDepth { .. },
            ),
        ) = (column, layer)
        {
            return Cell::Text(sides(layer.stride()));
        }
        let Some(window) = layer.window() else {
            return Cell::Empty;
        };
        let pair = match column {
            Column::Kernel => window.kernel,
            Column::Stride => window.stride,
            Column::Padding => window.padding,
            _ => window.dilation,
        };
        Cell::Text(match column {
            Column::Kernel => window.to_string(),
            _ => sides(pair),
        })
    }

    /// Stage that a row is, or belongs to.
    pub fn stage_of(&self, row: &Row) -> Option<Stage> {
        match row.kind {
            RowKind::Stage(stage) => Some(stage),
            RowKind::Block { stage, .. } | RowKind::Run { stage, .. } => Some(Stage::Body(stage)),
            RowKind::Layer(id) => Some(self.model.network[id].scope.stage),
        }
    }

    /// Total of `column` below the table; it counts every layer once.
    pub fn total(&self, column: Column) -> Cell {
        match column {
            Column::Params => Cell::Count(self.params().0),
            Column::Buffers => Cell::Count(self.buffers().0),
            Column::Macs => Cell::Count(self.macs().0),
            Column::Activations => Cell::Count(self.activations().0),
            Column::SavedForBackward => {
                Cell::Count(self.analysis.memory.training_activations * u128::from(self.batch))
            }
            _ => Cell::Empty,
        }
    }
}
