//! Location of a layer: its module path, and its stage, block and branch.

use std::fmt;

use crate::text::Message;

/// PyTorch's module path, with the number of the call: a `ReLU` that a block calls three times is three layers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LayerPath {
    /// Module path: `layer1.0.relu`.
    pub module: String,
    /// Number of the call, from 1.
    pub call: u32,
}

impl LayerPath {
    /// Path of the first call of `module`.
    pub fn new(module: impl Into<String>) -> Self {
        Self {
            module: module.into(),
            call: 1,
        }
    }

    /// Parses the format that [`LayerPath`] prints; any other text is the first call of a module of that name.
    pub fn parse(text: &str) -> Self {
        if let Some((module, call)) = text.rsplit_once('#')
            && let Ok(call) = call.parse()
        {
            return Self {
                module: module.to_owned(),
                call,
            };
        }
        Self::new(text)
    }

    /// Key of one of the module's parameters in a `state_dict`; one without a name is an attribute, whose key is the path.
    pub fn parameter(&self, name: &str) -> String {
        if name.is_empty() {
            self.module.clone()
        } else {
            format!("{}.{name}", self.module)
        }
    }

    /// Path of the module below `block`, or the whole path if it is not below: `downsample.0` of `layer1.0.downsample.0`.
    pub fn below<'a>(&'a self, block: &str) -> &'a str {
        self.module
            .strip_prefix(block)
            .and_then(|rest| rest.strip_prefix('.'))
            .unwrap_or(&self.module)
    }
}

impl fmt::Display for LayerPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.module)?;
        if self.call > 1 {
            write!(f, "#{}", self.call)?;
        }
        Ok(())
    }
}

/// Part of the network that a layer belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// From the image's values to the input of the first convolution.
    Preprocess,
    /// Before the first block.
    Stem,
    /// A stage of blocks, from 1; the paper's `conv2_x` is 1.
    Body(u32),
    /// After the last block.
    Head,
}

/// Branch of a residual block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Branch {
    /// Main path: the residual function.
    Main,
    /// Shortcut, which is added to the main path.
    Shortcut,
}

impl Branch {
    /// The word for people.
    pub const fn word(self) -> Message {
        Message::new(match self {
            Self::Main => "branch-main",
            Self::Shortcut => "branch-shortcut",
        })
    }

    /// `main` or `shortcut`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Shortcut => "shortcut",
        }
    }
}

/// Stage, block and branch of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// Part of the network.
    pub stage: Stage,
    /// Index of the block in its stage, from 0.
    pub block: Option<u32>,
    /// Branch of the block; `None` before the two branches part, and from the addition on.
    pub branch: Option<Branch>,
}

impl Scope {
    /// A layer of `stage` outside any block.
    pub const fn of_stage(stage: Stage) -> Self {
        Self {
            stage,
            block: None,
            branch: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_as_it_is_printed() {
        for path in [
            LayerPath::new("conv1"),
            LayerPath {
                module: "layer1.0.relu".into(),
                call: 3,
            },
        ] {
            assert_eq!(LayerPath::parse(&path.to_string()), path);
        }
        assert_eq!(LayerPath::parse("a#b"), LayerPath::new("a#b"));
    }
}
