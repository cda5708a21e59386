//! Table of texts in three formats: for a terminal, Markdown and CSV.

use crate::text::Language;
use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};

/// Alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// On the left, for words, which may wrap.
    Left,
    /// On the right, for numbers, which never wrap.
    Right,
}

/// Words in cells that are not names of layers.
const WORDS: [&str; 12] = [
    "parameters",
    "MACs",
    "operations",
    "activations",
    "depth",
    "moved",
    "changed",
    "appeared",
    "gone",
    "follows",
    "rounded",
    "cut",
];

/// Headings, rows and a last row of totals.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    columns: Vec<(String, Side)>,
    rows: Vec<Vec<String>>,
    total: Option<Vec<String>>,
}

impl Grid {
    /// A table without rows.
    pub fn new(columns: impl IntoIterator<Item = (impl Into<String>, Side)>) -> Self {
        Self {
            columns: columns
                .into_iter()
                .map(|(title, side)| (title.into(), side))
                .collect(),
            ..Self::default()
        }
    }

    /// Adds a row with one text per column.
    pub fn row(&mut self, texts: Vec<String>) {
        self.rows.push(texts);
    }

    /// Sets the last row.
    pub fn total(&mut self, texts: Vec<String>) {
        self.total = Some(texts);
    }

    /// The same table in a reader's language; the formats for programs are not translated.
    #[must_use]
    pub fn told(&self, language: Language) -> Self {
        let all = |row: &Vec<String>| row.iter().map(|text| language.tell(text)).collect();
        // A single word in a cell may be the name of a layer.
        let sentences = |text: &String| {
            if text.contains(' ') || WORDS.contains(&text.as_str()) {
                language.tell(text)
            } else {
                text.clone()
            }
        };
        let row = |row: &Vec<String>| row.iter().map(sentences).collect();
        Self {
            columns: self
                .columns
                .iter()
                .map(|(title, side)| (language.heading(title), *side))
                .collect(),
            rows: self.rows.iter().map(row).collect(),
            total: self.total.as_ref().map(all),
        }
    }

    /// Table for a terminal: words wrap if the table would be wider than `width`, numbers do not.
    pub fn text(&self, width: Option<u16>, bold_head: bool) -> String {
        let mut table = self.table();
        let head =
            |(title, side): &(String, Side)| Cell::new(title).set_alignment(alignment(*side));
        table.load_style(presets::NOTHING);
        table.set_header(self.columns.iter().map(head));
        table.force_no_tty();
        if let Some(total) = &self.total {
            table.add_row(total);
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
        let escape = |text: &String| text.replace('|', "\\|");
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

    /// Headings and rows as CSV without the totals, quoted if necessary.
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let titles = self.columns.iter().map(|(title, _)| title.as_str());
        // Writing to memory cannot fail, and every row has as many texts as there are columns.
        let written = writer.write_record(titles).and_then(|()| {
            self.rows
                .iter()
                .try_for_each(|row| writer.write_record(row))
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
        table.add_rows(&self.rows);
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

fn alignment(side: Side) -> CellAlignment {
    match side {
        Side::Left => CellAlignment::Left,
        Side::Right => CellAlignment::Right,
    }
}
