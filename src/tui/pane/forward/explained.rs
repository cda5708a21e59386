//! Explanation of one value of the shown layer.

use crate::engine::explain;
use crate::engine::value_trace::{Cell, Explanation};
use crate::network::Network;
use crate::report::pass::activation::Value;
use crate::report::pass::value_trace::{Detail, Kind, Line, Order, lines};
use crate::text::{Language, Message};
use crate::tui::kit::cursor::Cursor;
use crate::tui::message::Way;
use crate::tui::pane::forward::Forward;

/// Number of products of a sum that are listed, the largest first; few enough to keep the steps after the sum in sight.
const LARGEST: usize = 12;
/// Number of products that are listed in the order of the kernel.
const ALL: usize = 200;

/// Chosen value.
#[derive(Debug, Clone)]
pub struct Explained {
    /// Its position.
    pub cell: Cell,
    /// Its explanation, or the reason why there is none.
    pub explanation: Result<Explanation, Message>,
    /// Order of the products.
    pub order: Order,
    /// Scroll position of the text.
    pub cursor: Cursor,
}

impl Explained {
    /// Text for a panel of `width` cells.
    pub fn lines(&self, network: &Network, width: usize, language: Language) -> Vec<Line> {
        match &self.explanation {
            Ok(explanation) => {
                let detail = Detail {
                    products: match self.order {
                        Order::Largest => LARGEST,
                        Order::Kernel => ALL,
                    },
                    order: self.order,
                    width,
                    language,
                };
                lines(network, explanation, detail)
            }
            Err(reason) => vec![Line {
                kind: Kind::Note,
                text: language.say(reason),
            }],
        }
    }
}

impl Forward {
    /// Explains a value of the shown layer, at first the largest one of the first visible channel; or closes the explanation.
    pub fn toggle_explained(&mut self) {
        if self.explained.take().is_some() {
            return;
        }
        let Some(shown) = &self.shown else {
            return;
        };
        let cell = largest(&shown.output, self.maps.first);
        self.explain(cell, Order::default());
    }

    /// Explains the value at a channel, row and column of the shown layer.
    pub fn explain_at(&mut self, channel: usize, row: usize, column: usize) {
        let order = self
            .explained
            .as_ref()
            .map_or_else(Order::default, |explained| explained.order);
        let cell = Cell {
            image: 0,
            channel,
            row,
            column,
        };
        self.explain(cell, order);
    }

    /// Moves the chosen cell by one.
    pub fn move_cell(&mut self, way: Way) {
        let (Some(shown), Some(explained)) = (&self.shown, &self.explained) else {
            return;
        };
        let [height, width] = shown.output.size;
        let Cell {
            image,
            mut channel,
            mut row,
            mut column,
        } = explained.cell;
        let back = |at: usize| at.saturating_sub(1);
        let on = |at: usize, size: usize| (at + 1).min(size.saturating_sub(1));
        let is_vector = shown.output.is_vector();
        match way {
            Way::Up | Way::Left if is_vector => channel = back(channel),
            Way::Down | Way::Right if is_vector => channel = on(channel, shown.output.channels),
            Way::Up => row = back(row),
            Way::Down => row = on(row, height),
            Way::Left => column = back(column),
            Way::Right => column = on(column, width),
        }
        let order = explained.order;
        let cell = Cell {
            image,
            channel,
            row,
            column,
        };
        self.explain(cell, order);
    }

    /// Goes to the same cell in the next or previous channel.
    pub fn move_channel(&mut self, is_next: bool) {
        let (Some(shown), Some(explained)) = (&self.shown, &self.explained) else {
            return;
        };
        let channel = if is_next {
            (explained.cell.channel + 1).min(shown.output.channels.saturating_sub(1))
        } else {
            explained.cell.channel.saturating_sub(1)
        };
        let (cell, order) = (
            Cell {
                channel,
                ..explained.cell
            },
            explained.order,
        );
        self.explain(cell, order);
    }

    /// Switches the order of the products.
    pub fn turn_order(&mut self) {
        if let Some(explained) = &mut self.explained {
            explained.order = match explained.order {
                Order::Largest => Order::Kernel,
                Order::Kernel => Order::Largest,
            };
        }
    }

    /// Explains the value at the same position of the layer that is shown now, or at the nearest one that it has.
    pub(super) fn explain_again(&mut self) {
        let (Some(shown), Some(explained)) = (&self.shown, &self.explained) else {
            return;
        };
        let (value, cell) = (&shown.output, explained.cell);
        let cell = Cell {
            image: cell.image,
            channel: cell.channel.min(value.channels.saturating_sub(1)),
            row: cell.row.min(value.size[0].saturating_sub(1)),
            column: cell.column.min(value.size[1].saturating_sub(1)),
        };
        let order = explained.order;
        self.explain(cell, order);
    }

    fn explain(&mut self, cell: Cell, order: Order) {
        let (Some(pass), Some(shown)) = (self.pass(), &self.shown) else {
            return;
        };
        let cursor = self
            .explained
            .as_ref()
            .map_or_else(Cursor::default, |explained| explained.cursor);
        let explanation = explain(pass, shown.layer, cell).map_err(Message::from);
        self.maps.first = cell.channel;
        self.explained = Some(Explained {
            cell,
            explanation,
            order,
            cursor,
        });
    }
}

/// Position of a channel's largest value; for a vector, of the largest of all.
pub(super) fn largest(value: &Value, channel: usize) -> Cell {
    let channel = channel.min(value.channels.saturating_sub(1));
    let values = if value.is_vector() {
        value.values()
    } else {
        value.channel(channel)
    };
    let place = values
        .iter()
        .enumerate()
        .filter(|(_, value)| value.is_finite())
        .max_by(|(at, a), (other, b)| a.total_cmp(b).then(other.cmp(at)))
        .map_or(0, |(place, _)| place);
    if value.is_vector() {
        return Cell {
            channel: place,
            ..Cell::default()
        };
    }
    let width = value.size[1].max(1);
    Cell {
        image: 0,
        channel,
        row: place / width,
        column: place % width,
    }
}
