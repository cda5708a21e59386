//! Messages to the explorer: commands of keys, typed text, the mouse, and news of a pass.

use std::time::Duration;

use crate::text;
use crate::tui::input::{Key, Wheel};
use crate::tui::kit::cursor::Motion;
use crate::tui::worker::News;

/// A view of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tab {
    /// Overview.
    Stats,
    /// The layer table.
    #[default]
    Layers,
    /// Graph: the layers as boxes and edges.
    Graph,
    /// Forward pass, step by step.
    Forward,
    /// Problems and notes.
    Checks,
    /// Spec beside the layers that it defines.
    Spec,
    /// Sizes of gradients along the depth.
    Gradients,
    /// Weights, tensor by tensor.
    Weights,
}

impl Tab {
    /// All tabs, from left to right.
    pub const ALL: [Self; 8] = [
        Self::Stats,
        Self::Layers,
        Self::Graph,
        Self::Forward,
        Self::Checks,
        Self::Spec,
        Self::Gradients,
        Self::Weights,
    ];

    /// Its title, for people.
    pub const fn word(self) -> text::Message {
        text::Message::new(match self {
            Self::Stats => "tab-stats",
            Self::Layers => "tab-layers",
            Self::Graph => "tab-graph",
            Self::Forward => "tab-forward",
            Self::Checks => "tab-checks",
            Self::Spec => "tab-spec",
            Self::Gradients => "tab-gradients",
            Self::Weights => "tab-weights",
        })
    }

    /// Its name in files.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Stats => "Stats",
            Self::Layers => "Layers",
            Self::Graph => "Graph",
            Self::Forward => "Forward",
            Self::Checks => "Checks",
            Self::Spec => "Spec",
            Self::Gradients => "Gradients",
            Self::Weights => "Weights",
        }
    }
}

/// Field of a training's recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Data to train on.
    Data,
    /// Passes over the data.
    Epochs,
    /// Pictures of a batch.
    Batch,
    /// Learning rate.
    Rate,
    /// Change of the learning rate.
    Schedule,
    /// Weight decay.
    Decay,
    /// Initialisation of the weights.
    Start,
    /// Seeds.
    Seeds,
}

impl Field {
    /// All fields, from top to bottom.
    pub const ALL: [Self; 8] = [
        Self::Data,
        Self::Epochs,
        Self::Batch,
        Self::Rate,
        Self::Schedule,
        Self::Decay,
        Self::Start,
        Self::Seeds,
    ];

    /// Id of its name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Data => "train-field-data",
            Self::Epochs => "train-field-epochs",
            Self::Batch => "train-field-batch",
            Self::Rate => "train-field-rate",
            Self::Schedule => "train-field-schedule",
            Self::Decay => "train-field-decay",
            Self::Start => "train-field-start",
            Self::Seeds => "train-field-seeds",
        }
    }

    /// Its name, for people.
    pub const fn word(self) -> text::Message {
        text::Message::new(self.id())
    }

    /// Whether it can be changed after the first step.
    pub const fn is_changeable(self) -> bool {
        matches!(self, Self::Rate)
    }
}

/// Experiment of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Experiment {
    /// Plain networks and residual ones of several depths.
    Depth,
    /// A network with and without batch normalisation.
    Norm,
    /// A network with and without standardised input.
    Input,
}

/// Panel of a training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Panel {
    /// Pictures of the batch.
    #[default]
    Batch,
    /// A channel of a batch normalisation.
    Norm,
    /// Gradient of each block.
    Gradients,
    /// Kernels of the first convolution.
    Kernels,
}

impl Panel {
    /// All panels, in order.
    pub const ALL: [Self; 4] = [Self::Batch, Self::Norm, Self::Gradients, Self::Kernels];

    /// The panel so many steps after this one.
    #[must_use]
    pub const fn after(self, steps: usize) -> Self {
        Self::ALL[(self as usize + steps) % Self::ALL.len()]
    }

    /// Id of its name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Batch => "train-panel-batch",
            Self::Norm => "train-panel-norm",
            Self::Gradients => "train-panel-gradients",
            Self::Kernels => "train-panel-kernels",
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

/// Direction in which the chosen cell moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// One column to the left.
    Left,
    /// One column to the right.
    Right,
}

/// One of the two networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// First network, on the left.
    A,
    /// Second network, on the right.
    B,
}

/// Command of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Leave the explorer.
    Quit,
    /// Give the terminal to the shell until the user comes back.
    Suspend,
    /// Leave the view that was opened last.
    Back,
    /// Show or hide the help.
    Help,
    /// Move the selection, or scroll.
    Move(Motion),
    /// Open or choose the selected item.
    Accept,
    /// Start typing a search.
    Search,
    /// Erase the last typed character.
    Erase,
    /// Show a tab.
    Show(Tab),
    /// Show the next tab.
    NextTab,
    /// Show the previous tab.
    PreviousTab,
    /// Collapse, or go to the parent.
    FoldIn,
    /// Expand, or go to the first child.
    FoldOut,
    /// Collapse or expand.
    Toggle,
    /// Collapse all.
    CloseAll,
    /// Expand all.
    OpenAll,
    /// Switch the bars to the other quantity.
    SwitchBars,
    /// Show counts in full, or with one prefix per column.
    SwitchNumbers,
    /// Scroll to the next column that has no room.
    NextColumn,
    /// Scroll back by a column.
    PreviousColumn,
    /// Choose the columns.
    PickColumns,
    /// Choose the ranking.
    PickRanking,
    /// Give the focus to the detail panel, or back to the table.
    Detail,
    /// Choose weights and input of the pass.
    Choose,
    /// Go to the other list of the chooser.
    OtherList,
    /// Type weights or an input.
    TypeChoice,
    /// Browse for a file of weights or a picture.
    FindFile,
    /// Go to the parent folder.
    FolderUp,
    /// Run the next layer.
    Step,
    /// Undo the last layer.
    StepBack,
    /// Run up to the selected layer.
    RunTo,
    /// Run to the end.
    RunAll,
    /// Stop a run at the next layer.
    Cancel,
    /// Rewind the pass.
    Rewind,
    /// Show the next channels.
    NextMaps,
    /// Show the previous channels.
    PreviousMaps,
    /// Show one channel large.
    Enlarge,
    /// Show several channels again.
    Shrink,
    /// Change the range between black and white.
    Contrast,
    /// Search the commands.
    Palette,
    /// Search a layer by its path or description.
    FindLayer,
    /// Show only the layers that match.
    Filter,
    /// Export the current view to a file.
    Export,
    /// Undo the last jump.
    Undo,
    /// Redo the last undone jump.
    Redo,
    /// Switch to the next colour scheme.
    NextTheme,
    /// Switch between ASCII only and all characters.
    SwitchAscii,
    /// Copy a cell of the selected row to the clipboard.
    Copy,
    /// Choose the rule by which operations are counted.
    PickRule,
    /// Type the input's height and width.
    PickSize,
    /// Type the batch size.
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
    /// Go to the branch on this side.
    Side(Turn),
    /// Scroll, without losing sight of the selection.
    Pan(Turn),
    /// Show the catalogue as a scatter plot, or as a list.
    Plot,
    /// Switch the cost on the horizontal axis.
    TurnAxis,
    /// Switch to accuracies of other weights: trained on ImageNet-1k only, or on any data.
    TurnTrained,
    /// Choose the weights whose accuracies are shown, by their training data or recipe.
    PickTrained,
    /// Show the line of the spec that a problem is about.
    ToSpec,
    /// Mark or unmark the selected network for a comparison.
    Mark,
    /// Compare the marked networks.
    Compare,
    /// Choose a network to compare with the one that is open.
    CompareWith,
    /// Open one of the two networks at the selected row.
    OpenSide(Side),
    /// Show only differences, or all rows.
    OnlyDifferences,
    /// Go to the next difference (true), or to the previous one.
    NextDifference(bool),
    /// Swap the two networks.
    SwapSides,
    /// Choose the catalogue's order.
    PickSort,
    /// Reverse the catalogue's order.
    TurnSort,
    /// Explain one value, or close the explanation.
    Explain,
    /// Go to a neighbouring value.
    MoveCell(Way),
    /// Switch the order of the products.
    Order,
    /// Choose changes of the pass.
    Changes,
    /// Type a preprocessing of the picture.
    Prepare,
    /// Switch batch normalisation between the batch's statistics and the running statistics.
    SwitchMode,
    /// Mark or unmark the selected layer as a stop for runs.
    ToggleStop,
    /// Let runs stop at additions, at the ends of stages, or at marked layers only.
    TurnStops,
    /// Open the lab of a batch normalisation.
    BnLab,
    /// Use a constant input instead of the pictures, or the pictures again.
    Constant,
    /// Apply the fix of a problem.
    Fix,
    /// Undo the last fix.
    UndoFix,
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
    /// Go to the next page of the lesson.
    NextPage,
    /// Go to the previous page.
    PreviousPage,
    /// Show the question's view again.
    Look,
    /// Show the lesson alone, or beside the view.
    LessonRoom,
    /// Leave the lesson.
    LeaveLesson,
    /// Run slower.
    Slower,
    /// Run faster.
    Faster,
    /// Select the layer that runs before the one at the cursor.
    Earlier,
    /// Select the layer that runs after it.
    Later,
    /// Select the layer with the largest number of the timeline.
    Longest,
    /// Switch the timeline between times and differences after a change.
    Timeline,
    /// Choose a second network for the plot of gradients.
    PickBeside,
    /// Show the training of networks.
    Train,
    /// Show the doors into the explorer.
    Start,
    /// Watch a picture go through a network.
    Watch,
    /// Open a file of one's own.
    Mine,
    /// Pause, or go on.
    Pause,
    /// Plan and run an experiment.
    Try(Experiment),
    /// Type a field of the recipe.
    Edit(Field),
    /// Choose another network to train.
    PickStudent,
    /// Write the best weights so far.
    Keep,
    /// Show the accuracy without each path of each block.
    Lesions,
    /// Show where the network looked at the picture.
    Looks,
    /// Take the next method.
    NextMethod,
    /// Cut a path of a block, or join it again.
    Cut,
    /// Show the layer before the change in place of that after it, or the other way round.
    Flip,
    /// Begin or end presenter mode.
    Present,
}

/// Message to the state.
#[derive(Debug)]
pub enum Message {
    /// Command of a key.
    Command(Command),
    /// Key whose command follows, with the id of its help, for an audience.
    Echo(Key, &'static str),
    /// Text that was typed or pasted, all at once, so that a list is searched once for all of it.
    Type(String),
    /// A click at a column and row.
    Click(u16, u16),
    /// Turn of the wheel at a column and row.
    Wheel(u16, u16, Wheel),
    /// New width and height of the terminal.
    Resize(u16, u16),
    /// News from a worker.
    News(News),
    /// Time that has passed.
    Tick(Duration),
    /// The file of the open network has changed.
    Reload,
    /// A fix was written to this file, or undone there.
    Fixed(std::path::PathBuf),
    /// Notice for the user.
    Notice(text::Message),
}
