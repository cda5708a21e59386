//! What the explorer is told: commands of keys, typed text, the mouse, and news of a pass.

use super::compare::Side;
use super::cursor::Motion;
use super::forward::explained::Way;
use super::input::Wheel;
use super::worker::News;
use crate::text;

/// A view of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tab {
    /// The layer table.
    #[default]
    Layers,
    /// The layers as boxes and edges.
    Graph,
    /// A pass, step by step.
    Forward,
    /// What is wrong or worth knowing.
    Checks,
    /// The spec beside what it makes.
    Spec,
}

impl Tab {
    /// All of them, from left to right.
    pub const ALL: [Self; 5] = [
        Self::Layers,
        Self::Graph,
        Self::Forward,
        Self::Checks,
        Self::Spec,
    ];

    /// Its title, for people.
    pub const fn word(self) -> text::Message {
        text::Message::new(match self {
            Self::Layers => "tab-layers",
            Self::Graph => "tab-graph",
            Self::Forward => "tab-forward",
            Self::Checks => "tab-checks",
            Self::Spec => "tab-spec",
        })
    }

    /// Its name in files.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Layers => "Layers",
            Self::Graph => "Graph",
            Self::Forward => "Forward",
            Self::Checks => "Checks",
            Self::Spec => "Spec",
        }
    }
}

/// A direction on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Turn {
    /// Up.
    Up,
    /// Down.
    Down,
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Leave the explorer.
    Quit,
    /// Give the terminal to the shell until the user comes back.
    Suspend,
    /// Leave what was opened last.
    Back,
    /// Show or hide the keys.
    Help,
    /// Move the selection, or scroll.
    Move(Motion),
    /// Open or take the selected thing.
    Accept,
    /// Start typing what to search for.
    Search,
    /// Take back the last typed character.
    Erase,
    /// Show a tab.
    Show(Tab),
    /// Show the next tab.
    NextTab,
    /// Show the tab before.
    PreviousTab,
    /// Fold, or go out.
    FoldIn,
    /// Unfold, or go in.
    FoldOut,
    /// Fold or unfold.
    Toggle,
    /// Fold all.
    CloseAll,
    /// Unfold all.
    OpenAll,
    /// Let the bars show the other quantity.
    SwitchBars,
    /// Show counts in full, or with one prefix a column.
    SwitchNumbers,
    /// Choose the columns.
    PickColumns,
    /// Choose what to rank by.
    PickRanking,
    /// Give the focus to the detail panel, or take it back.
    Detail,
    /// Choose weights and input of the pass.
    Choose,
    /// Go to the other list of the chooser.
    OtherList,
    /// Type weights or an input.
    TypeChoice,
    /// Look for a file of weights or a picture.
    FindFile,
    /// Go to the folder above.
    FolderUp,
    /// Run the next layer.
    Step,
    /// Take the last layer back.
    StepBack,
    /// Run up to the selected layer.
    RunTo,
    /// Run to the end.
    RunAll,
    /// Stop a run at the next layer.
    Cancel,
    /// Go back to the beginning of the pass.
    Rewind,
    /// Show the channels after these.
    NextMaps,
    /// Show the channels before these.
    PreviousMaps,
    /// Show one channel large.
    Enlarge,
    /// Show several channels again.
    Shrink,
    /// Change what black and white stand for.
    Contrast,
    /// Look for a command by its words.
    Palette,
    /// Look for a layer by its path or what it does.
    FindLayer,
    /// Show only the layers that match.
    Filter,
    /// Write what is in view to a file.
    Export,
    /// Go back to where one was before the last jump.
    Undo,
    /// Go forward again.
    Redo,
    /// The next colours.
    NextTheme,
    /// Draw with ASCII alone, or with all signs.
    SwitchAscii,
    /// Copy a cell of the selected row to the clipboard.
    Copy,
    /// Choose the rule by which operations are counted.
    PickRule,
    /// Type the input's height and width.
    PickSize,
    /// Type how many images there are at once.
    PickBatch,
    /// Type the number of classes.
    PickClasses,
    /// Show more detail.
    ZoomIn,
    /// Show less detail.
    ZoomOut,
    /// Go along the edge that leaves the path.
    Follow,
    /// Go back along the edge that joins the path.
    FollowBack,
    /// Go to the branch at this side.
    Side(Turn),
    /// Move what is seen, as far as the selection stays in sight.
    Pan(Turn),
    /// Show the catalogue as points, or as a list.
    Plot,
    /// The other cost along the horizontal axis.
    TurnAxis,
    /// Accuracies of other weights: trained on ImageNet-1k alone, or on anything.
    TurnTrained,
    /// Show the line of the spec that a problem is about.
    ToSpec,
    /// Mark the selected network for a comparison, or no longer.
    Mark,
    /// Compare the networks that are marked.
    Compare,
    /// Choose a network to compare with the one that is open.
    CompareWith,
    /// Open one of the two networks at the selected row.
    OpenSide(Side),
    /// Show only what differs, or all.
    OnlyDifferences,
    /// Go to the next difference, or to the one before.
    NextDifference(bool),
    /// The second network first.
    SwapSides,
    /// Choose what the catalogue is sorted by.
    PickSort,
    /// Turn the catalogue's order round.
    TurnSort,
    /// Explain one value, or end that.
    Explain,
    /// Go to a neighbouring value.
    MoveCell(Way),
    /// List products in the other order.
    Order,
    /// Choose what is changed in the pass.
    Changes,
    /// Asks how the picture shall be prepared.
    Prepare,
    /// Take batch normalisation's statistics from the batch, or the running ones again.
    SwitchMode,
    /// Let runs stop behind the selected layer, or no longer.
    ToggleStop,
    /// Let runs stop at additions, at the ends of stages, or at marked layers only.
    TurnStops,
    /// Look into a batch normalisation.
    Laboratory,
    /// Take a constant input in place of the pictures, or the pictures again.
    Constant,
    /// Apply the repair of a problem.
    Mend,
    /// Take the last repair back.
    Unmend,
    /// Choose a lesson.
    Lessons,
    /// Answer the lesson's question with the selected layer, or give the lesson the keys.
    Answer,
    /// Give the keys to the view.
    ToView,
    /// Show the hint.
    Hint,
    /// Show the answer.
    ShowAnswer,
    /// Try the question again.
    Retry,
    /// The next page of the lesson.
    NextPage,
    /// The page before.
    PreviousPage,
    /// Show again what the question is about.
    Look,
    /// Show the lesson alone, or beside the view.
    LessonRoom,
    /// Leave the lesson.
    LeaveLesson,
    /// Run slower.
    Slower,
    /// Run faster.
    Faster,
    /// Select the layer that runs before the one that is pointed at.
    Earlier,
    /// Select the one behind it.
    Later,
    /// Select the layer with the largest number of the timeline.
    Longest,
    /// Let the timeline show times, or how far a change has moved each output.
    Timeline,
}

/// Something that the state answers to.
#[derive(Debug)]
pub enum Message {
    /// A key's command.
    Command(Command),
    /// Something that was typed or pasted as text, at once: a list is searched once for all of it.
    Type(String),
    /// A click at a column and row.
    Click(u16, u16),
    /// A turn of the wheel at a column and row.
    Wheel(u16, u16, Wheel),
    /// The terminal has a new width and height.
    Resize(u16, u16),
    /// A pass tells of itself.
    News(News),
    /// The file of the network that is open has changed.
    Reload,
    /// A repair was written to this file, or taken back there.
    Mended(std::path::PathBuf),
    /// Something for the user to read.
    Notice(text::Message),
}
