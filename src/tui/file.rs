//! Files that the explorer writes, and their formats.

/// File to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// File name, in the folder that the program was started in.
    pub name: String,
    /// Contents of the file.
    pub bytes: Vec<u8>,
}

/// Format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated values.
    Csv,
    /// A table in Markdown.
    Markdown,
    /// Graphviz graph.
    Dot,
    /// Drawing.
    Svg,
    /// Figure for a paper.
    Pdf,
    /// Figure for a README.
    Figure,
    /// The spec itself.
    Toml,
    /// Feature maps.
    Png,
}

impl Form {
    /// Extension of the file name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Dot => "dot",
            Self::Svg | Self::Figure => "svg",
            Self::Pdf => "pdf",
            Self::Toml => "toml",
            Self::Png => "png",
        }
    }
}
