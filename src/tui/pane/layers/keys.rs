//! Keys, clicks and files of the layer table.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::{Focus, Layers, Picking, rankings, view};
use super::{areas, table_rows};
use crate::message;
use crate::network::LayerId;
use crate::report::grid::Grid;
use crate::report::{Cell, Column, Row, Subject};
use crate::text::{Language, Message};
use crate::tui::context::Context;
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::detail;
use crate::tui::kit::layer_tree::Item;
use crate::tui::kit::layout::{height, inside, line_at};
use crate::tui::kit::picture::Pictures;
use crate::tui::kit::theme::Theme;
use crate::tui::message::Command;
use crate::tui::overlay::picker;
use crate::tui::pane::{Net, Pane, of_grid};
use crate::tui::request::Asks;

impl Pane for Layers {
    fn keys(&self) -> Vec<Scope> {
        match (self.picking, self.focus) {
            (Some(_), _) => vec![Scope::Picker, Scope::Lists, Scope::Anywhere],
            (None, Focus::Table) => vec![Scope::Layers, Scope::Tree],
            (None, Focus::Detail(_)) => vec![Scope::Detail],
        }
    }

    fn update(&mut self, command: Command, net: &Net<'_>, context: &Context, asks: &mut Asks) {
        if let Command::Move(motion) = command {
            return self.go(motion, net, context);
        }
        if let Some(picking) = self.picking {
            if command == Command::Accept {
                self.pick(picking, net.subject);
            }
            return;
        }
        let is_layer = self
            .tree
            .selected()
            .is_some_and(|item| item.layer().is_some());
        match command {
            Command::FoldIn => self.tree.close(),
            Command::FoldOut => self.tree.open(),
            Command::CloseAll => self.tree.close_all(),
            Command::OpenAll => self.tree.open_all(),
            Command::SwitchBars => self.bars = self.bars.other(),
            Command::SwitchNumbers => {
                let other = self.numbers().other();
                self.show_numbers(net.subject, other);
            }
            Command::Detail => self.focus = self.focus.other(),
            Command::Accept if is_layer => self.focus = self.focus.other(),
            Command::Accept | Command::Toggle => self.tree.toggle(),
            Command::NextColumn | Command::PreviousColumn => {
                let [table, _] = areas(context.view, self.focus);
                if !self.scroll_columns(command == Command::NextColumn, table) {
                    asks.notify(message!("notice-no-columns"));
                }
            }
            Command::PickColumns => self.picking = Some(Picking::Columns(Cursor::default())),
            Command::PickRanking => {
                let ranked = rankings()
                    .iter()
                    .position(|ranking| *ranking == self.ranked_by);
                let cursor = Cursor {
                    at: ranked.unwrap_or(0),
                    ..Cursor::default()
                };
                self.picking = Some(Picking::Ranking(cursor));
            }
            _ => {}
        }
    }

    fn click(&mut self, at: Position, net: &Net<'_>, context: &Context) -> Option<Command> {
        if let (Some(area), Some(picking)) = (self.popup(context.room), &mut self.picking) {
            return match picking {
                Picking::Columns(cursor) => picker::click(cursor, Column::ALL.len(), area, at),
                Picking::Ranking(cursor) => picker::click(cursor, rankings().len(), area, at),
            };
        }
        let [table, detail] = areas(context.view, self.focus);
        if detail.contains(at) {
            if self.focus == Focus::Table {
                self.focus = self.focus.other();
            }
            return None;
        }
        if table.contains(at) && at.y == table.y {
            // A click on a heading ranks by its column; another one shows the tree again.
            let column = self.plan(table).column_at(usize::from(at.x - table.x));
            let column = column.filter(|column| rankings().contains(&Some(*column)));
            if column.is_some() {
                let ranking = column.filter(|_| column != self.ranked_by);
                self.rank(net.subject, ranking);
            }
            return None;
        }
        let cursor = self.tree.cursor();
        let place = line_at(table_rows(table), at, cursor.top)?;
        self.focus = Focus::Table;
        self.tree.select_place(place);
        (cursor.at == place).then_some(Command::Accept)
    }

    fn scroll(&mut self, _net: &Net<'_>, context: &Context) {
        if let (Some(area), Some(picking)) = (self.popup(context.room), &mut self.picking) {
            match picking {
                Picking::Columns(cursor) => cursor.keep(Column::ALL.len(), picker::page(area)),
                Picking::Ranking(cursor) => cursor.keep(rankings().len(), picker::page(area)),
            }
        }
        let [table, _] = areas(context.view, self.focus);
        if !table.is_empty() {
            self.tree.keep(height(table_rows(table)));
        }
    }

    fn files(&self) -> Vec<(Form, &'static str)> {
        vec![(Form::Csv, "form-csv"), (Form::Markdown, "form-markdown")]
    }

    fn file_name(&self, _form: Form, net: &Net<'_>) -> String {
        format!("{}-layers", net.subject.model.spec.name)
    }

    fn file(&self, form: Form, net: &Net<'_>, language: Language) -> Result<Vec<u8>, Message> {
        Ok(of_grid(&self.grid(net.subject, form), form, language))
    }

    fn render<'a>(
        &'a self,
        frame: &mut Frame<'_>,
        net: &Net<'a>,
        context: &Context,
        _pictures: &mut Pictures<'a>,
    ) {
        view::render(frame, context.view, context.theme, self, net.subject);
    }

    fn popup(&self, room: Rect) -> Option<Rect> {
        Some(match self.picking? {
            Picking::Columns(_) => picker::area(room, 40, Column::ALL.len()),
            Picking::Ranking(_) => picker::area(room, 40, rankings().len()),
        })
    }

    fn render_popup(&self, frame: &mut Frame<'_>, area: Rect, net: &Net<'_>, context: &Context) {
        let theme = context.theme;
        match self.picking {
            Some(Picking::Columns(cursor)) => {
                let lines = self.column_lines(theme, net.subject);
                picker::render(frame, area, theme, "title-columns", &lines, cursor);
            }
            Some(Picking::Ranking(cursor)) => {
                let lines = self.ranking_lines(theme, net.subject);
                picker::render(frame, area, theme, "title-rank", &lines, cursor);
            }
            None => {}
        }
    }

    fn close(&mut self) {
        self.picking = None;
    }

    fn back(&mut self, net: &Net<'_>) -> bool {
        if self.picking.take().is_some() {
            return true;
        }
        if self.focus != Focus::Table {
            self.focus = Focus::Table;
            return true;
        }
        let is_filtered = !self.filter.is_empty();
        if is_filtered {
            self.set_filter(net.subject, "");
        }
        is_filtered
    }

    fn back_to(&self) -> Option<Message> {
        if self.focus == Focus::Table {
            (!self.filter.is_empty()).then(|| message!("back-all"))
        } else {
            Some(message!("back-table"))
        }
    }

    fn answer(&self, _net: &Net<'_>) -> Option<LayerId> {
        self.tree.selected().and_then(Item::layer)
    }

    fn select(&mut self, id: LayerId) -> bool {
        self.tree.select_layer(id);
        true
    }
}

impl Layers {
    /// Moves in the list that has the keys.
    fn go(&mut self, motion: Motion, net: &Net<'_>, context: &Context) {
        if let (Some(area), Some(picking)) = (self.popup(context.room), &mut self.picking) {
            let page = picker::page(area);
            return match picking {
                Picking::Columns(cursor) => cursor.go(motion, Column::ALL.len(), page),
                Picking::Ranking(cursor) => cursor.go(motion, rankings().len(), page),
            };
        }
        let [table, detail] = areas(context.view, self.focus);
        match &mut self.focus {
            Focus::Table => self.tree.go(motion, height(table_rows(table))),
            Focus::Detail(cursor) => {
                let inner = inside(detail);
                let width = usize::from(inner.width);
                let lines = self.tree.selected().map_or(0, |item| {
                    detail::lines(net.subject, &item.row, width, context.theme.language()).len()
                });
                cursor.scroll(motion, lines, height(inner));
            }
        }
    }

    /// Takes the line at the cursor of the open box.
    fn pick(&mut self, picking: Picking, subject: &Subject) {
        match picking {
            Picking::Columns(cursor) => {
                if let Some(&column) = Column::ALL.get(cursor.at) {
                    self.toggle_column(subject, column);
                }
            }
            Picking::Ranking(cursor) => {
                let ranking = rankings().get(cursor.at).copied().flatten();
                self.rank(subject, ranking);
                self.picking = None;
            }
        }
    }

    /// Columns, with those that are shown.
    fn column_lines(&self, theme: Theme, subject: &Subject) -> Vec<String> {
        let line = |column| {
            let mark = if self.has_column(column) {
                "[✓]"
            } else {
                "[ ]"
            };
            format!(" {mark} {}", words(theme, subject, column))
        };
        Column::ALL.into_iter().map(line).collect()
    }

    /// Rankings, with the current one.
    fn ranking_lines(&self, theme: Theme, subject: &Subject) -> Vec<String> {
        let line = |ranking: Option<Column>| {
            let mark = if ranking == self.ranked_by {
                "(●)"
            } else {
                "( )"
            };
            let words = ranking.map_or_else(
                || theme.word("picker-tree").to_owned(),
                |column| words(theme, subject, column),
            );
            format!(" {mark} {words}")
        };
        rankings().into_iter().map(line).collect()
    }

    /// Table of the visible rows and columns.
    fn grid(&self, subject: &Subject, form: Form) -> Grid {
        let columns: Vec<Column> = std::iter::once(Column::Path)
            .chain(self.columns().iter().map(|(column, _)| *column))
            .filter({
                let mut has_path = false;
                move |column| *column != Column::Path || !std::mem::replace(&mut has_path, true)
            })
            .collect();
        let is_csv = form == Form::Csv;
        let title = |column: Column| {
            if is_csv {
                Message::of(column.key())
            } else {
                subject.title(column)
            }
        };
        let text = |cell: &Cell| {
            if is_csv {
                cell.plain().into()
            } else {
                cell.shown()
            }
        };
        let mut grid = Grid::new(columns.iter().map(|&column| (title(column), column.side())));
        let rows: Vec<&Row> = self.tree.shown().map(|item| &item.row).collect();
        for row in rows {
            let cells = columns
                .iter()
                .map(|&column| text(&subject.cell(row, column)));
            grid.row(cells);
        }
        let total = |column: &Column| match column {
            Column::Path => message!("total-by-rule", rule = subject.analysis.rule.name()).into(),
            column => text(&subject.total(*column)),
        };
        grid.total(columns.iter().map(total));
        grid
    }
}

/// Full heading of a column.
fn words(theme: Theme, subject: &Subject, column: Column) -> String {
    theme.say(&match column {
        Column::Path => message!("picker-path"),
        Column::PaperName => message!("picker-paper-name"),
        Column::ParamsShare => message!("picker-params-share"),
        Column::ReceptiveField => message!("picker-field"),
        Column::Summary => message!("picker-summary"),
        Column::Input => message!("picker-input"),
        Column::Output => message!("picker-output"),
        Column::SavedForBackward => message!("picker-saved"),
        Column::Buffers => message!("picker-buffers"),
        other => subject.title(other),
    })
}
