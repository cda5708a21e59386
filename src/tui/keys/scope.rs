//! Scopes of keys.

use crate::tui::message::Tab;

/// Scope in which a key is active. Several are active at once; the innermost comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everywhere.
    Always,
    /// Everywhere except while text is typed.
    Anywhere,
    /// In a list or a scrollable text.
    Lists,
    /// The doors into the explorer.
    Start,
    /// The film of a pass.
    Watch,
    /// The catalogue.
    Catalogue,
    /// The catalogue's scatter plot.
    Scatter,
    /// While a search is typed.
    Search,
    /// Any view of a network.
    Network,
    /// A network that was opened from the catalogue.
    Opened,
    /// A tree: families, layers, paired rows.
    Tree,
    /// The overview.
    Stats,
    /// The layer table.
    Layers,
    /// The detail panel, with the focus.
    Detail,
    /// The graph.
    Graph,
    /// Two networks side by side.
    Compare,
    /// The checks.
    Checks,
    /// The spec.
    Spec,
    /// The weights.
    Weights,
    /// The forward pass.
    Forward,
    /// Sizes of gradients.
    Gradients,
    /// Training of networks.
    Train,
    /// One value explained.
    Explained,
    /// While a pass runs.
    Running,
    /// The chooser of weights and input.
    Chooser,
    /// While weights or an input are typed.
    Typing,
    /// A folder's files.
    Files,
    /// The lists of columns and rankings.
    Picker,
    /// The question before a fix is written.
    Confirm,
    /// A list that is searched by typing.
    Finder,
    /// The lab of a batch normalisation.
    BnLab,
    /// Accuracies without paths of blocks.
    Lesions,
    /// Map of where a network looked.
    Looks,
    /// A lesson with the keys.
    Lesson,
    /// A lesson's question.
    Question,
    /// A lesson's question that is answered.
    Answered,
    /// While the answer is typed.
    Answering,
    /// A view beside a lesson.
    Beside,
    /// The help.
    Help,
}

impl Scope {
    /// All scopes, in the order of the help.
    pub const ALL: [Self; 39] = [
        Self::Lists,
        Self::Start,
        Self::Watch,
        Self::Catalogue,
        Self::Scatter,
        Self::Search,
        Self::Network,
        Self::Opened,
        Self::Tree,
        Self::Stats,
        Self::Layers,
        Self::Detail,
        Self::Graph,
        Self::Checks,
        Self::Spec,
        Self::Weights,
        Self::Compare,
        Self::Forward,
        Self::Gradients,
        Self::Train,
        Self::Explained,
        Self::Running,
        Self::Chooser,
        Self::Typing,
        Self::Files,
        Self::Picker,
        Self::Confirm,
        Self::Finder,
        Self::BnLab,
        Self::Lesions,
        Self::Looks,
        Self::Lesson,
        Self::Question,
        Self::Answered,
        Self::Answering,
        Self::Beside,
        Self::Help,
        Self::Anywhere,
        Self::Always,
    ];

    /// View of a network that its keys belong to.
    pub const fn home(self) -> Option<Tab> {
        Some(match self {
            Self::Stats => Tab::Stats,
            Self::Layers => Tab::Layers,
            Self::Graph => Tab::Graph,
            Self::Forward => Tab::Forward,
            Self::Checks => Tab::Checks,
            Self::Spec => Tab::Spec,
            Self::Gradients => Tab::Gradients,
            Self::Weights => Tab::Weights,
            _ => return None,
        })
    }

    /// Name in a user's file.
    pub fn name(self) -> &'static str {
        let title = self.title();
        title.strip_prefix("context-").unwrap_or(title)
    }

    /// Id of its heading in the help.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Always => "context-always",
            Self::Anywhere => "context-anywhere",
            Self::Lists => "context-lists",
            Self::Start => "context-start",
            Self::Watch => "context-watch",
            Self::Catalogue => "context-catalogue",
            Self::Scatter => "context-scatter",
            Self::Search => "context-search",
            Self::Network => "context-network",
            Self::Opened => "context-opened",
            Self::Tree => "context-tree",
            Self::Stats => "context-stats",
            Self::Layers => "context-layers",
            Self::Detail => "context-detail",
            Self::Graph => "context-graph",
            Self::Compare => "context-compare",
            Self::Checks => "context-checks",
            Self::Spec => "context-spec",
            Self::Weights => "context-weights",
            Self::Forward => "context-forward",
            Self::Gradients => "context-gradients",
            Self::Train => "context-train",
            Self::Explained => "context-explained",
            Self::Running => "context-running",
            Self::Chooser => "context-chooser",
            Self::Typing => "context-typing",
            Self::Files => "context-files",
            Self::Picker => "context-picker",
            Self::Confirm => "context-confirm",
            Self::Finder => "context-finder",
            Self::BnLab => "context-bn-lab",
            Self::Lesions => "context-lesions",
            Self::Looks => "context-looks",
            Self::Lesson => "context-lesson",
            Self::Question => "context-question",
            Self::Answered => "context-answered",
            Self::Answering => "context-answering",
            Self::Beside => "context-beside",
            Self::Help => "context-help",
        }
    }

    /// Whether it belongs to a box or a line of text that has the keys alone.
    pub const fn is_alone(self) -> bool {
        self.takes_text()
            || matches!(
                self,
                Self::Chooser
                    | Self::Watch
                    | Self::Picker
                    | Self::Confirm
                    | Self::BnLab
                    | Self::Lesions
                    | Self::Looks
                    | Self::Help
            )
    }

    /// Whether characters are typed as text here.
    pub const fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Search | Self::Typing | Self::Files | Self::Finder | Self::Answering
        )
    }
}
