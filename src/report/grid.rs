//! Table of texts in three formats: for a terminal, Markdown and CSV.

use std::borrow::Cow;

use crate::text::{Argument, Language};
use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};

/// Alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// On the left, for words, which may wrap.
    Left,
    /// On the right, for numbers, which never wrap.
    Right,
}

/// Headings, rows and a last row of totals. A cell is a name or figure, or a message that is said in the reader's language.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    columns: Vec<(Argument, Side)>,
    rows: Vec<Vec<Argument>>,
    total: Option<Vec<Argument>>,
}

fn all<T: Into<Argument>>(cells: impl IntoIterator<Item = T>) -> Vec<Argument> {
    cells.into_iter().map(Into::into).collect()
}

impl Grid {
    /// A table without rows.
    pub fn new(columns: impl IntoIterator<Item = (impl Into<Argument>, Side)>) -> Self {
        Self {
            columns: columns
                .into_iter()
                .map(|(title, side)| (title.into(), side))
                .collect(),
            ..Self::default()
        }
    }

    /// Adds a row; it has a cell for each column.
    pub fn row<T: Into<Argument>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.rows.push(all(cells));
    }

    /// Sets the last row.
    pub fn total<T: Into<Argument>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.total = Some(all(cells));
    }

    /// The same for readers of a language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        let said = |cell: &Argument| -> Argument { language.part(cell).into_owned().into() };
        let row = |row: &Vec<Argument>| row.iter().map(said).collect();
        Self {
            columns: self
                .columns
                .iter()
                .map(|(name, side)| (said(name), *side))
                .collect(),
            rows: self.rows.iter().map(row).collect(),
            total: self.total.as_ref().map(row),
        }
    }

    /// Table for a terminal: words wrap if the table would be wider than `width`, numbers do not.
    pub fn text(&self, width: Option<u16>, bold_head: bool) -> String {
        let mut table = self.table();
        let head = |(title, side): &(Argument, Side)| {
            Cell::new(english(title)).set_alignment(alignment(*side))
        };
        table.load_style(presets::NOTHING);
        table.set_header(self.columns.iter().map(head));
        table.force_no_tty();
        if let Some(total) = &self.total {
            table.add_row(total.iter().map(english));
        }
        if let Some(width) = width {
            table
                .set_content_arrangement(ContentArrangement::Dynamic)
                .set_width(width);
        }
        let mut lines: Vec<_> = table
            .lines()
            .map(|line| line.trim_end().to_owned())
            .collect();
        if let (true, Some(head)) = (bold_head, lines.first_mut()) {
            let bold = anstyle::Style::new().bold();
            *head = format!("{bold}{head}{bold:#}");
        }
        lines.join("\n") + "\n"
    }

    /// Table in GitHub's Markdown.
    pub fn markdown(&self) -> String {
        let escape = |cell: &Argument| plain_markdown(&english(cell));
        let line = |texts: Vec<String>| format!("| {} |\n", texts.join(" | "));
        let mut text = line(
            self.columns
                .iter()
                .map(|(title, _)| escape(title))
                .collect(),
        );
        let rule = |side: Side| match side {
            Side::Left => "---".to_owned(),
            Side::Right => "---:".to_owned(),
        };
        text += &line(self.columns.iter().map(|(_, side)| rule(*side)).collect());
        for row in self.rows.iter().chain(&self.total) {
            text += &line(row.iter().map(escape).collect());
        }
        text
    }

    /// Table for LaTeX with the rules of `booktabs`; `escape` makes LaTeX of a text.
    pub fn latex(&self, escape: &mut dyn FnMut(&str) -> String) -> String {
        let mut line = |cells: &mut dyn Iterator<Item = &Argument>| {
            let cells: Vec<String> = cells.map(|cell| escape(english(cell).as_ref())).collect();
            format!("{} \\\\\n", cells.join(" & "))
        };
        let sides = self.columns.iter().map(|(_, side)| match side {
            Side::Left => 'l',
            Side::Right => 'r',
        });
        let mut text = format!(
            "\\begin{{tabular}}{{{}}}\n\\toprule\n",
            sides.collect::<String>()
        );
        text += &line(&mut self.columns.iter().map(|(title, _)| title));
        text += "\\midrule\n";
        for row in &self.rows {
            text += &line(&mut row.iter());
        }
        if let Some(total) = &self.total {
            text += "\\midrule\n";
            text += &line(&mut total.iter());
        }
        text + "\\bottomrule\n\\end{tabular}\n"
    }

    /// Headings and rows as CSV without the totals, quoted if necessary.
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let titles: Vec<Argument> = self
            .columns
            .iter()
            .map(|(title, _)| title.clone())
            .collect();
        // Writing to memory cannot fail, and every row has as many texts as there are columns.
        let mut lines = std::iter::once(&titles).chain(&self.rows);
        let written = lines.try_for_each(|line| {
            let cells: Vec<_> = line.iter().map(english).collect();
            writer.write_record(cells.iter().map(|cell| cell.as_bytes()))
        });
        debug_assert!(
            written.is_ok(),
            "a row has another number of texts than there are columns"
        );
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn table(&self) -> Table {
        let mut table = Table::new();
        table.add_rows(
            self.rows
                .iter()
                .map(|row| row.iter().map(english).collect::<Vec<_>>()),
        );
        for (column, (_, side)) in table.column_iter_mut().zip(&self.columns) {
            column.set_cell_alignment(alignment(*side));
            column.set_padding((1, 1));
            if *side == Side::Right {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        table
    }
}

/// A text as a cell that stays one cell of a line, without HTML.
fn plain_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' => escaped += "\\|",
            '<' => escaped += "&lt;",
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A cell as programs read it; one that was said already has no other form.
fn english(cell: &Argument) -> Cow<'_, str> {
    Language::ENGLISH.part(cell)
}

fn alignment(side: Side) -> CellAlignment {
    match side {
        Side::Left => CellAlignment::Left,
        Side::Right => CellAlignment::Right,
    }
}
