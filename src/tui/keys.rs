//! The one table of keys with their scopes and commands; [`Keymap`] is the table as it holds in a run, for the update, the footer,
//! the help, the lessons and the documentation.

mod map;
mod scope;

pub use map::{Bound, Keymap};
pub use scope::Scope;

use crate::text::Language;
use crate::tui::input::Key;
use crate::tui::kit::cursor::Motion;
use crate::tui::message::Side;
use crate::tui::message::Way;
use crate::tui::message::{Command, Experiment, Tab, Turn};

/// Keys of one command.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Scope in which they are active.
    pub scope: Scope,
    /// The keys, all equivalent.
    pub keys: &'static [Key],
    /// Command of the keys.
    pub command: Command,
    /// Id of its texts: the sentence for the help, and with `.short` the word in the footer.
    pub id: &'static str,
    /// Whether the footer shows it.
    pub is_in_footer: bool,
}

/// Binding that only the help shows.
const fn bind(scope: Scope, keys: &'static [Key], command: Command, id: &'static str) -> Binding {
    Binding {
        scope,
        keys,
        command,
        id,
        is_in_footer: false,
    }
}

/// Binding that the footer shows as well.
const fn shown(scope: Scope, keys: &'static [Key], command: Command, id: &'static str) -> Binding {
    Binding {
        is_in_footer: true,
        ..bind(scope, keys, command, id)
    }
}

use Key::Char;
use Scope as In;

/// Key bindings of the explorer.
#[rustfmt::skip]
pub const TABLE: &[Binding] = &[
    bind(In::Lists, &[Key::Up, Char('k')], Command::Move(Motion::Up), "key-lists-up"),
    bind(In::Lists, &[Key::Down, Char('j')], Command::Move(Motion::Down), "key-lists-down"),
    bind(In::Lists, &[Key::PageUp], Command::Move(Motion::PageUp), "key-lists-page-up"),
    bind(In::Lists, &[Key::PageDown], Command::Move(Motion::PageDown), "key-lists-page-down"),
    bind(In::Lists, &[Key::Home], Command::Move(Motion::First), "key-lists-first"),
    bind(In::Lists, &[Key::End], Command::Move(Motion::Last), "key-lists-last"),

    shown(In::Start, &[Key::Enter, Char(' ')], Command::Accept, "key-start-accept"),
    shown(In::Start, &[Key::Left, Char('h')], Command::Side(Turn::Left), "key-start-left"),
    bind(In::Start, &[Key::Right, Char('l'), Key::Tab], Command::Side(Turn::Right), "key-start-right"),
    shown(In::Start, &[Char('1')], Command::Watch, "key-start-watch"),
    shown(In::Start, &[Char('2'), Char('t')], Command::Lessons, "key-start-lessons"),
    shown(In::Start, &[Char('3')], Command::Mine, "key-start-mine"),

    shown(In::Watch, &[Char(' ')], Command::Pause, "key-watch-pause"),
    shown(In::Watch, &[Key::Right, Char('.')], Command::Later, "key-watch-later"),
    bind(In::Watch, &[Key::Left, Char(',')], Command::Earlier, "key-watch-earlier"),
    shown(In::Watch, &[Char('0')], Command::Rewind, "key-watch-rewind"),
    shown(In::Watch, &[Key::Enter], Command::Accept, "key-watch-accept"),
    shown(In::Watch, &[Key::Esc, Char('q')], Command::Back, "key-watch-back"),

    shown(In::Catalogue, &[Key::Enter], Command::Accept, "key-catalogue-accept"),
    shown(In::Catalogue, &[Char('/')], Command::Search, "key-catalogue-search"),

    shown(In::Catalogue, &[Char('o')], Command::FindFile, "key-catalogue-find-file"),
    shown(In::Catalogue, &[Char('t')], Command::Lessons, "key-catalogue-lessons"),
    shown(In::Catalogue, &[Char('V'), Key::Tab], Command::Plot, "key-catalogue-plot"),
    bind(In::Catalogue, &[Char('%')], Command::TurnTrained, "key-catalogue-turn-trained"),
    bind(In::Catalogue, &[Char('W')], Command::PickTrained, "key-catalogue-pick-trained"),
    shown(In::Catalogue, &[Char('m')], Command::Mark, "key-catalogue-mark"),
    shown(In::Catalogue, &[Char('c')], Command::Compare, "key-catalogue-compare"),
    shown(In::Catalogue, &[Char('s')], Command::PickSort, "key-catalogue-pick-sort"),
    bind(In::Catalogue, &[Char('S')], Command::TurnSort, "key-catalogue-turn-sort"),

    bind(In::Catalogue, &[Char('0')], Command::Start, "key-catalogue-start"),
    bind(In::Catalogue, &[Char(']')], Command::NextColumn, "key-catalogue-next-column"),
    bind(In::Catalogue, &[Char('[')], Command::PreviousColumn, "key-catalogue-previous-column"),

    shown(In::Scatter, &[Key::Enter], Command::Accept, "key-scatter-accept"),
    shown(In::Scatter, &[Key::Left, Char('h')], Command::Side(Turn::Left), "key-scatter-to-left"),
    bind(In::Scatter, &[Key::Right, Char('l')], Command::Side(Turn::Right), "key-scatter-to-right"),
    bind(In::Scatter, &[Key::Up, Char('k')], Command::Side(Turn::Up), "key-scatter-to-up"),
    bind(In::Scatter, &[Key::Down, Char('j')], Command::Side(Turn::Down), "key-scatter-to-down"),
    bind(In::Scatter, &[Char('n')], Command::Move(Motion::Down), "key-scatter-dearer"),
    bind(In::Scatter, &[Char('p')], Command::Move(Motion::Up), "key-scatter-cheaper"),
    shown(In::Scatter, &[Char('b')], Command::TurnAxis, "key-scatter-turn-axis"),
    bind(In::Scatter, &[Char('%')], Command::TurnTrained, "key-scatter-turn-trained"),
    bind(In::Scatter, &[Char('W')], Command::PickTrained, "key-scatter-pick-trained"),
    shown(In::Scatter, &[Char('V'), Key::Tab], Command::Plot, "key-scatter-plot"),
    shown(In::Scatter, &[Char('/')], Command::Search, "key-scatter-search"),
    shown(In::Scatter, &[Char('m')], Command::Mark, "key-scatter-mark"),
    shown(In::Scatter, &[Char('c')], Command::Compare, "key-scatter-compare"),
    shown(In::Scatter, &[Key::Esc], Command::Back, "key-scatter-back"),

    shown(In::Search, &[Key::Enter], Command::Accept, "key-search-accept"),
    shown(In::Search, &[Key::Esc], Command::Back, "key-search-back"),
    shown(In::Search, &[Key::Tab], Command::Palette, "key-search-palette"),
    bind(In::Search, &[Key::Backspace], Command::Erase, "key-search-erase"),
    bind(In::Search, &[Key::Up], Command::Move(Motion::Up), "key-search-up"),
    bind(In::Search, &[Key::Down], Command::Move(Motion::Down), "key-search-down"),

    shown(In::Stats, &[Key::Enter], Command::Accept, "key-stats-accept"),
    shown(In::Stats, &[Char('b')], Command::TurnAxis, "key-stats-turn-axis"),

    bind(In::Layers, &[Key::Enter], Command::Accept, "key-layers-accept"),
    shown(In::Layers, &[Char('d')], Command::Detail, "key-layers-detail"),
    shown(In::Layers, &[Char('b')], Command::SwitchBars, "key-layers-switch-bars"),
    bind(In::Layers, &[Char('#')], Command::SwitchNumbers, "key-layers-switch-numbers"),
    shown(In::Layers, &[Char('|')], Command::PickColumns, "key-layers-pick-columns"),
    bind(In::Layers, &[Char(']')], Command::NextColumn, "key-layers-next-column"),
    bind(In::Layers, &[Char('[')], Command::PreviousColumn, "key-layers-previous-column"),
    shown(In::Layers, &[Char('s')], Command::PickRanking, "key-layers-pick-ranking"),

    shown(In::Layers, &[Char('&')], Command::Filter, "key-layers-filter"),
    bind(In::Layers, &[Char('y')], Command::Copy, "key-layers-copy"),

    shown(In::Detail, &[Char('d'), Key::Enter, Key::Esc], Command::Detail, "key-detail-detail"),

    shown(In::Graph, &[Char('+'), Char('='), Key::Enter], Command::ZoomIn, "key-graph-zoom-in"),
    shown(In::Graph, &[Char('-')], Command::ZoomOut, "key-graph-zoom-out"),
    bind(In::Graph, &[Key::Right, Char('l')], Command::Side(Turn::Right), "key-graph-branch-right"),
    bind(In::Graph, &[Key::Left, Char('h')], Command::Side(Turn::Left), "key-graph-branch-left"),
    shown(In::Graph, &[Char(' ')], Command::Follow, "key-graph-follow"),
    bind(In::Graph, &[Key::Backspace], Command::FollowBack, "key-graph-follow-back"),
    shown(In::Graph, &[Char('n')], Command::Step, "key-graph-step"),
    bind(In::Graph, &[Char('p')], Command::StepBack, "key-graph-step-back"),
    shown(In::Graph, &[Char('r')], Command::RunAll, "key-graph-run-all"),
    shown(In::Graph, &[Char('i')], Command::Cut, "key-graph-cut"),
    bind(In::Graph, &[Char('0')], Command::Rewind, "key-graph-rewind"),
    bind(In::Graph, &[Char(']')], Command::NextMaps, "key-graph-next-map"),
    bind(In::Graph, &[Char('[')], Command::PreviousMaps, "key-graph-previous-map"),
    bind(In::Graph, &[Char('!')], Command::ShowAnswer, "key-graph-show-answer"),
    bind(In::Graph, &[Char('<')], Command::Slower, "key-graph-slower"),
    bind(In::Graph, &[Char('>')], Command::Faster, "key-graph-faster"),
    bind(In::Graph, &[Char('K')], Command::Pan(Turn::Up), "key-graph-pan-up"),
    bind(In::Graph, &[Char('J')], Command::Pan(Turn::Down), "key-graph-pan-down"),
    bind(In::Graph, &[Char('H')], Command::Pan(Turn::Left), "key-graph-pan-left"),
    bind(In::Graph, &[Char('L')], Command::Pan(Turn::Right), "key-graph-pan-right"),

    bind(In::Spec, &[Char('f')], Command::Fix, "key-spec-fix"),
    bind(In::Spec, &[Char('F')], Command::UndoFix, "key-spec-undo-fix"),
    shown(In::Spec, &[Key::Enter], Command::Accept, "key-spec-accept"),

    shown(In::Checks, &[Key::Enter], Command::Accept, "key-checks-accept"),
    shown(In::Checks, &[Char('f')], Command::Fix, "key-checks-fix"),
    bind(In::Checks, &[Char('F')], Command::UndoFix, "key-checks-undo-fix"),
    shown(In::Checks, &[Char('o')], Command::ToSpec, "key-checks-to-spec"),

    bind(In::Checks, &[Char('K')], Command::Pan(Turn::Up), "key-checks-pan-up"),
    bind(In::Checks, &[Char('J')], Command::Pan(Turn::Down), "key-checks-pan-down"),

    bind(In::Weights, &[Key::Enter], Command::Accept, "key-weights-accept"),
    shown(In::Weights, &[Char('w')], Command::Choose, "key-weights-choose"),
    shown(In::Weights, &[Char('c')], Command::Compare, "key-weights-compare"),
    shown(In::Weights, &[Char('+'), Char('=')], Command::Enlarge, "key-weights-enlarge"),
    bind(In::Weights, &[Char('-')], Command::Shrink, "key-weights-shrink"),
    bind(In::Weights, &[Char(']')], Command::NextMaps, "key-weights-next-kernels"),
    bind(In::Weights, &[Char('[')], Command::PreviousMaps, "key-weights-previous-kernels"),

    shown(In::Compare, &[Key::Enter], Command::Accept, "key-compare-accept"),
    shown(In::Compare, &[Char('n')], Command::NextDifference(true), "key-compare-next-difference"),
    bind(In::Compare, &[Char('p')], Command::NextDifference(false), "key-compare-previous-difference"),
    shown(In::Compare, &[Char('&')], Command::OnlyDifferences, "key-compare-only-differences"),
    shown(In::Compare, &[Char('1')], Command::OpenSide(Side::A), "key-compare-open-a"),
    shown(In::Compare, &[Char('2')], Command::OpenSide(Side::B), "key-compare-open-b"),
    shown(In::Compare, &[Char('/')], Command::FindLayer, "key-compare-find-layer"),
    bind(In::Compare, &[Char(']')], Command::NextColumn, "key-compare-next-column"),
    bind(In::Compare, &[Char('[')], Command::PreviousColumn, "key-compare-previous-column"),
    bind(In::Compare, &[Char('X')], Command::SwapSides, "key-compare-swap-sides"),
    bind(In::Compare, &[Char('R')], Command::PickRule, "key-compare-pick-rule"),
    bind(In::Compare, &[Char('I')], Command::PickSize, "key-compare-pick-size"),
    bind(In::Compare, &[Char('B')], Command::PickBatch, "key-compare-pick-batch"),
    bind(In::Compare, &[Char('C')], Command::PickClasses, "key-compare-pick-classes"),

    shown(In::Running, &[Key::Esc], Command::Cancel, "key-running-cancel"),

    shown(In::Forward, &[Char('n'), Key::Right], Command::Step, "key-forward-step"),
    shown(In::Forward, &[Char('p'), Key::Left], Command::StepBack, "key-forward-step-back"),
    shown(In::Forward, &[Char('r')], Command::RunAll, "key-forward-run-all"),
    shown(In::Forward, &[Char('x')], Command::Explain, "key-forward-explain"),
    shown(In::Forward, &[Char('i')], Command::Changes, "key-forward-changes"),
    bind(In::Forward, &[Char('f')], Command::Fix, "key-forward-fix"),
    bind(In::Forward, &[Char('P')], Command::Prepare, "key-forward-prepare"),
    shown(In::Forward, &[Char('g')], Command::RunTo, "key-forward-run-to"),
    shown(In::Forward, &[Char('w')], Command::Choose, "key-forward-choose"),
    shown(In::Forward, &[Char('0')], Command::Rewind, "key-forward-rewind"),
    bind(In::Forward, &[Char(']')], Command::NextMaps, "key-forward-next-maps"),
    bind(In::Forward, &[Char('[')], Command::PreviousMaps, "key-forward-previous-maps"),
    bind(In::Forward, &[Char('+'), Char('=')], Command::Enlarge, "key-forward-enlarge"),
    bind(In::Forward, &[Char('-')], Command::Shrink, "key-forward-shrink"),
    bind(In::Forward, &[Char('v')], Command::Contrast, "key-forward-contrast"),
    shown(In::Forward, &[Char('O')], Command::Lesions, "key-forward-lesions"),
    shown(In::Forward, &[Char('Y')], Command::Looks, "key-forward-looks"),
    bind(In::Forward, &[Char('E')], Command::SwitchMode, "key-forward-switch-mode"),
    bind(In::Forward, &[Char('m')], Command::ToggleStop, "key-forward-toggle-stop"),
    bind(In::Forward, &[Char('M')], Command::TurnStops, "key-forward-turn-stops"),
    bind(In::Forward, &[Char('<')], Command::Slower, "key-forward-slower"),
    bind(In::Forward, &[Char('>')], Command::Faster, "key-forward-faster"),
    bind(In::Forward, &[Char(',')], Command::Earlier, "key-forward-earlier"),
    bind(In::Forward, &[Char('.')], Command::Later, "key-forward-later"),
    bind(In::Forward, &[Char('^')], Command::Longest, "key-forward-longest"),
    bind(In::Forward, &[Char('b')], Command::Timeline, "key-forward-timeline"),
    bind(In::Forward, &[Char(';')], Command::Flip, "key-forward-flip"),
    bind(In::Forward, &[Char('!')], Command::ShowAnswer, "key-forward-show-answer"),
    bind(In::Forward, &[Key::Enter], Command::Accept, "key-forward-accept"),

    shown(In::Gradients, &[Char('r'), Key::Enter], Command::RunAll, "key-gradients-run-all"),
    shown(In::Gradients, &[Char('c')], Command::Compare, "key-gradients-compare"),
    shown(In::Gradients, &[Char('w')], Command::Choose, "key-gradients-choose"),
    shown(In::Gradients, &[Char('b')], Command::TurnAxis, "key-gradients-turn-axis"),
    bind(In::Gradients, &[Char('+'), Char('=')], Command::Enlarge, "key-gradients-more"),
    bind(In::Gradients, &[Char('-')], Command::Shrink, "key-gradients-fewer"),

    shown(In::Train, &[Char(' '), Char('r')], Command::RunAll, "key-train-run-all"),
    shown(In::Train, &[Char('n'), Key::Right], Command::Step, "key-train-step"),
    shown(In::Train, &[Char('1')], Command::Try(Experiment::Depth), "key-train-depth"),
    shown(In::Train, &[Char('2')], Command::Try(Experiment::Norm), "key-train-norm"),
    shown(In::Train, &[Char('3')], Command::Try(Experiment::Input), "key-train-input"),
    shown(In::Train, &[Key::Tab], Command::NextTab, "key-train-next-panel"),
    bind(In::Train, &[Key::BackTab], Command::PreviousTab, "key-train-previous-panel"),
    shown(In::Train, &[Char('i')], Command::Changes, "key-train-changes"),
    bind(In::Train, &[Key::Enter], Command::Accept, "key-train-accept"),
    bind(In::Train, &[Char('<')], Command::Slower, "key-train-slower"),
    bind(In::Train, &[Char('>')], Command::Faster, "key-train-faster"),
    bind(In::Train, &[Char('c')], Command::Compare, "key-train-compare"),
    bind(In::Train, &[Key::Backspace], Command::Erase, "key-train-erase"),
    bind(In::Train, &[Char('b')], Command::TurnAxis, "key-train-turn-axis"),
    bind(In::Train, &[Char(']')], Command::NextMaps, "key-train-next-channel"),
    bind(In::Train, &[Char('[')], Command::PreviousMaps, "key-train-previous-channel"),
    bind(In::Train, &[Char('+'), Char('=')], Command::Enlarge, "key-train-next-norm"),
    bind(In::Train, &[Char('-')], Command::Shrink, "key-train-previous-norm"),
    bind(In::Train, &[Char('$')], Command::Keep, "key-train-keep"),
    bind(In::Train, &[Char('0')], Command::Rewind, "key-train-rewind"),

    bind(In::Explained, &[Key::Left, Char('h')], Command::MoveCell(Way::Left), "key-explained-left"),
    bind(In::Explained, &[Key::Right, Char('l')], Command::MoveCell(Way::Right), "key-explained-right"),
    shown(In::Explained, &[Key::Up, Char('k')], Command::MoveCell(Way::Up), "key-explained-up"),
    bind(In::Explained, &[Key::Down, Char('j')], Command::MoveCell(Way::Down), "key-explained-down"),
    shown(In::Explained, &[Char(']')], Command::NextMaps, "key-explained-next-maps"),
    bind(In::Explained, &[Char('[')], Command::PreviousMaps, "key-explained-previous-maps"),
    shown(In::Explained, &[Char('s')], Command::Order, "key-explained-order"),
    shown(In::Explained, &[Char('n')], Command::Step, "key-explained-step"),
    shown(In::Explained, &[Char('p')], Command::StepBack, "key-explained-step-back"),
    shown(In::Explained, &[Char('x'), Key::Enter, Key::Esc], Command::Explain, "key-explained-explain"),

    shown(In::Tree, &[Char(' ')], Command::Toggle, "key-tree-toggle"),
    bind(In::Tree, &[Key::Left, Char('h')], Command::FoldIn, "key-tree-fold-in"),
    bind(In::Tree, &[Key::Right, Char('l')], Command::FoldOut, "key-tree-fold-out"),
    shown(In::Tree, &[Char('z')], Command::CloseAll, "key-tree-close-all"),
    shown(In::Tree, &[Char('Z')], Command::OpenAll, "key-tree-open-all"),

    shown(In::Chooser, &[Key::Enter], Command::Accept, "key-chooser-accept"),
    shown(In::Chooser, &[Key::Esc, Char('q')], Command::Back, "key-chooser-back"),
    shown(In::Chooser, &[Key::Left, Key::Right, Key::Tab, Key::BackTab, Char('h'), Char('l')], Command::OtherList, "key-chooser-other-list"),
    bind(In::Chooser, &[Char('w')], Command::Choose, "key-chooser-choose"),
    shown(In::Chooser, &[Char('/')], Command::TypeChoice, "key-chooser-type-choice"),

    shown(In::Chooser, &[Char('o')], Command::FindFile, "key-chooser-find-file"),

    shown(In::Files, &[Key::Enter, Key::Right], Command::Accept, "key-files-accept"),
    shown(In::Files, &[Key::Left], Command::FolderUp, "key-files-folder-up"),
    shown(In::Files, &[Key::Esc], Command::Back, "key-files-back"),
    bind(In::Files, &[Key::Backspace], Command::Erase, "key-files-erase"),
    bind(In::Files, &[Key::Up], Command::Move(Motion::Up), "key-files-up"),
    bind(In::Files, &[Key::Down], Command::Move(Motion::Down), "key-files-down"),
    bind(In::Files, &[Key::PageUp], Command::Move(Motion::PageUp), "key-files-page-up"),
    bind(In::Files, &[Key::PageDown], Command::Move(Motion::PageDown), "key-files-page-down"),
    bind(In::Files, &[Key::Home], Command::Move(Motion::First), "key-files-first"),
    bind(In::Files, &[Key::End], Command::Move(Motion::Last), "key-files-last"),

    shown(In::Typing, &[Key::Enter], Command::Accept, "key-typing-accept"),
    shown(In::Typing, &[Key::Esc], Command::Back, "key-typing-back"),
    bind(In::Typing, &[Key::Backspace], Command::Erase, "key-typing-erase"),

    shown(In::Picker, &[Key::Enter, Char(' ')], Command::Accept, "key-picker-accept"),
    shown(In::Picker, &[Key::Esc, Char('q')], Command::Back, "key-picker-back"),

    shown(In::Confirm, &[Key::Enter], Command::Accept, "key-confirm-accept"),
    shown(In::Confirm, &[Key::Esc, Char('q')], Command::Back, "key-confirm-back"),

    shown(In::Finder, &[Key::Enter], Command::Accept, "key-finder-accept"),
    shown(In::Finder, &[Key::Esc], Command::Back, "key-finder-back"),
    bind(In::Finder, &[Key::Backspace], Command::Erase, "key-finder-erase"),
    bind(In::Finder, &[Key::Up], Command::Move(Motion::Up), "key-finder-up"),
    bind(In::Finder, &[Key::Down], Command::Move(Motion::Down), "key-finder-down"),
    bind(In::Finder, &[Key::PageUp], Command::Move(Motion::PageUp), "key-finder-page-up"),
    bind(In::Finder, &[Key::PageDown], Command::Move(Motion::PageDown), "key-finder-page-down"),

    shown(In::BnLab, &[Char(']'), Key::Right], Command::NextMaps, "key-bn-lab-next-maps"),
    bind(In::BnLab, &[Char('['), Key::Left], Command::PreviousMaps, "key-bn-lab-previous-maps"),
    shown(In::BnLab, &[Char('+'), Char('=')], Command::Enlarge, "key-bn-lab-enlarge"),
    bind(In::BnLab, &[Char('-')], Command::Shrink, "key-bn-lab-shrink"),
    shown(In::BnLab, &[Char('n')], Command::Step, "key-bn-lab-step"),
    bind(In::BnLab, &[Char('p')], Command::StepBack, "key-bn-lab-step-back"),
    shown(In::BnLab, &[Char('i')], Command::Constant, "key-bn-lab-constant"),
    shown(In::BnLab, &[Char('>')], Command::Faster, "key-bn-lab-larger-eps"),
    bind(In::BnLab, &[Char('<')], Command::Slower, "key-bn-lab-smaller-eps"),
    shown(In::BnLab, &[Char('E')], Command::SwitchMode, "key-bn-lab-count-right"),
    shown(In::BnLab, &[Key::Esc, Char('N'), Key::Enter, Char('q')], Command::Back, "key-bn-lab-back"),

    shown(In::Lesions, &[Key::Esc, Char('O'), Key::Enter, Char('q')], Command::Back, "key-lesions-back"),

    shown(In::Looks, &[Key::Tab], Command::NextMethod, "key-looks-next-method"),
    shown(In::Looks, &[Char(']'), Key::Right], Command::NextMaps, "key-looks-next-class"),
    bind(In::Looks, &[Char('['), Key::Left], Command::PreviousMaps, "key-looks-previous-class"),
    shown(In::Looks, &[Char('-')], Command::Shrink, "key-looks-earlier-layer"),
    bind(In::Looks, &[Char('+'), Char('=')], Command::Enlarge, "key-looks-later-layer"),
    bind(In::Looks, &[Char('!')], Command::ShowAnswer, "key-looks-show-answer"),
    shown(In::Looks, &[Key::Esc, Char('Y'), Key::Enter, Char('q')], Command::Back, "key-looks-back"),

    shown(In::Question, &[Key::Enter], Command::Accept, "key-question-accept"),
    shown(In::Question, &[Char('*')], Command::Hint, "key-question-hint"),
    shown(In::Question, &[Char('!')], Command::ShowAnswer, "key-question-show-answer"),

    shown(In::Answered, &[Key::Enter], Command::Accept, "key-answered-accept"),
    shown(In::Answered, &[Char('0')], Command::Retry, "key-answered-retry"),

    shown(In::Answering, &[Key::Enter], Command::Accept, "key-answering-accept"),
    shown(In::Answering, &[Key::Esc], Command::Back, "key-answering-back"),
    bind(In::Answering, &[Key::Backspace], Command::Erase, "key-answering-erase"),

    bind(In::Lesson, &[Key::Enter], Command::Accept, "key-lesson-accept"),
    shown(In::Lesson, &[Key::Esc, Key::Tab, Char('a')], Command::ToView, "key-lesson-to-view"),
    shown(In::Lesson, &[Char('+'), Char('-')], Command::LessonRoom, "key-lesson-lesson-room"),
    bind(In::Lesson, &[Char('n')], Command::NextPage, "key-lesson-next-page"),
    bind(In::Lesson, &[Char('p')], Command::PreviousPage, "key-lesson-previous-page"),
    bind(In::Lesson, &[Char('o')], Command::Look, "key-lesson-look"),
    shown(In::Lesson, &[Char('Q')], Command::LeaveLesson, "key-lesson-leave-lesson"),

    shown(In::Beside, &[Char('a')], Command::Answer, "key-beside-answer"),

    shown(In::Help, &[Key::Esc, Key::Enter, Char('?'), Char('q')], Command::Back, "key-help-back"),

    bind(In::Network, &[Char('@')], Command::Show(Tab::Stats), "key-network-tab-stats"),
    bind(In::Network, &[Char('1')], Command::Show(Tab::Layers), "key-network-tab-layers"),
    bind(In::Network, &[Char('2')], Command::Show(Tab::Graph), "key-network-tab-graph"),
    bind(In::Network, &[Char('3')], Command::Show(Tab::Forward), "key-network-tab-forward"),
    bind(In::Network, &[Char('4')], Command::Show(Tab::Checks), "key-network-tab-checks"),
    bind(In::Network, &[Char('5')], Command::Show(Tab::Spec), "key-network-tab-spec"),
    bind(In::Network, &[Char('6')], Command::Show(Tab::Gradients), "key-network-tab-gradients"),
    bind(In::Network, &[Char('7')], Command::Show(Tab::Weights), "key-network-tab-weights"),
    shown(In::Network, &[Key::Tab], Command::NextTab, "key-network-next-tab"),
    bind(In::Network, &[Key::BackTab], Command::PreviousTab, "key-network-previous-tab"),
    shown(In::Network, &[Char('/')], Command::FindLayer, "key-network-find-layer"),
    bind(In::Network, &[Char('N')], Command::BnLab, "key-network-bn-lab"),
    bind(In::Network, &[Char('R')], Command::PickRule, "key-network-pick-rule"),
    bind(In::Network, &[Char('I')], Command::PickSize, "key-network-pick-size"),
    bind(In::Network, &[Char('B')], Command::PickBatch, "key-network-pick-batch"),
    bind(In::Network, &[Char('C')], Command::PickClasses, "key-network-pick-classes"),

    bind(In::Network, &[Char('D')], Command::CompareWith, "key-network-compare-with"),

    bind(In::Anywhere, &[Char('G')], Command::Train, "key-anywhere-train"),

    shown(In::Opened, &[Key::Esc], Command::Back, "key-opened-back"),

    bind(In::Anywhere, &[Key::Esc], Command::Back, "key-anywhere-back"),
    bind(In::Anywhere, &[Char('o')], Command::FindFile, "key-anywhere-find-file"),
    bind(In::Anywhere, &[Char('u')], Command::Undo, "key-anywhere-undo"),
    bind(In::Anywhere, &[Char('U')], Command::Redo, "key-anywhere-redo"),
    bind(In::Anywhere, &[Char('e')], Command::Export, "key-anywhere-export"),
    bind(In::Anywhere, &[Char('t')], Command::Lessons, "key-anywhere-lessons"),
    bind(In::Anywhere, &[Char('T')], Command::NextTheme, "key-anywhere-next-theme"),
    bind(In::Anywhere, &[Char('A')], Command::SwitchAscii, "key-anywhere-switch-ascii"),
    bind(In::Anywhere, &[Char('(')], Command::Present, "key-anywhere-present"),
    shown(In::Anywhere, &[Char(':')], Command::Palette, "key-anywhere-palette"),
    shown(In::Anywhere, &[Char('?')], Command::Help, "key-anywhere-help"),
    shown(In::Anywhere, &[Char('q')], Command::Quit, "key-anywhere-quit"),
    bind(In::Always, &[Key::Interrupt], Command::Quit, "key-always-quit"),
    bind(In::Always, &[Key::Suspend], Command::Suspend, "key-always-suspend"),
];

impl Binding {
    /// Sentence about its effect, for the help and the list of commands.
    pub fn help(&self, language: Language) -> &'static str {
        language.word(self.id)
    }

    /// Word or two for the footer; `None` if the footer does not show it.
    pub fn short(&self, language: Language) -> Option<&'static str> {
        self.is_in_footer
            .then(|| language.attribute(self.id, "short"))
    }

    /// Name of its command in a user's file.
    pub fn name(&self) -> &'static str {
        let own = self.id.strip_prefix("key-").unwrap_or(self.id);
        let own = own.strip_prefix(self.scope.name()).unwrap_or(own);
        own.trim_start_matches('-')
    }
}

/// Whole table in Markdown, for the documentation.
pub fn key_table_markdown() -> String {
    let keymap = Keymap::default();
    let mut text = String::new();
    for scope in Scope::ALL {
        text += &format!(
            "### {} (`{}`)\n\n| keys | function | name |\n|---|---|---|\n",
            Language::ENGLISH.word(scope.title()),
            scope.name(),
        );
        for bound in keymap.bindings(scope) {
            let keys: Vec<_> = bound.keys.iter().map(|key| cell(&key.name())).collect();
            text += &format!(
                "| {} | {} | `{}` |\n",
                keys.join(" "),
                bound.binding.help(Language::ENGLISH),
                bound.binding.name(),
            );
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// Name of a key as code in a cell of a table.
fn cell(name: &str) -> String {
    format!("`{}`", name.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_means_one_thing_in_a_scope() {
        let keymap = Keymap::default();
        for scope in Scope::ALL {
            let mut keys: Vec<Key> = Vec::new();
            for key in keymap.bindings(scope).flat_map(|bound| bound.keys) {
                assert!(!keys.contains(key), "{key:?} twice in {scope:?}");
                keys.push(*key);
            }
            assert!(!keys.is_empty(), "{scope:?} has no key");
        }
    }

    /// Letters of several commands, with the one thing that they mean in all scopes.
    const MEANINGS: [(char, &[Command]); 17] = [
        // The lesson beside the view.
        ('a', &[Command::Answer, Command::ToView]),
        // The other quantity of bars, points, the timeline.
        (
            'b',
            &[Command::SwitchBars, Command::TurnAxis, Command::Timeline],
        ),
        // Left, down, up, right.
        (
            'h',
            &[
                Command::FoldIn,
                Command::MoveCell(Way::Left),
                Command::OtherList,
                Command::Side(Turn::Left),
            ],
        ),
        (
            'j',
            &[
                Command::Move(Motion::Down),
                Command::MoveCell(Way::Down),
                Command::Side(Turn::Down),
            ],
        ),
        (
            'k',
            &[
                Command::Move(Motion::Up),
                Command::MoveCell(Way::Up),
                Command::Side(Turn::Up),
            ],
        ),
        (
            'l',
            &[
                Command::FoldOut,
                Command::MoveCell(Way::Right),
                Command::OtherList,
                Command::Side(Turn::Right),
            ],
        ),
        // An intervention: another input, or a change of the pass.
        ('i', &[Command::Changes, Command::Constant, Command::Cut]),
        ('m', &[Command::Mark, Command::ToggleStop]),
        // What comes next, to step to, and what came before.
        (
            'n',
            &[
                Command::Move(Motion::Down),
                Command::NextDifference(true),
                Command::Step,
                Command::NextPage,
            ],
        ),
        (
            'p',
            &[
                Command::Move(Motion::Up),
                Command::NextDifference(false),
                Command::StepBack,
                Command::PreviousPage,
            ],
        ),
        // The place elsewhere that is meant: a line, a file, a question's view.
        ('o', &[Command::ToSpec, Command::FindFile, Command::Look]),
        // Out of here.
        ('q', &[Command::Back, Command::Quit]),
        // An order: of networks, layers, products.
        (
            's',
            &[Command::PickSort, Command::PickRanking, Command::Order],
        ),
        // The lab of batch normalisation, in and out.
        ('N', &[Command::BnLab, Command::Back]),
        // The network without a path of a block, and where it looked, in and out.
        ('O', &[Command::Lesions, Command::Back]),
        ('Y', &[Command::Looks, Command::Back]),
        // From the beginning.
        ('0', &[Command::Rewind, Command::Retry, Command::Start]),
    ];

    #[test]
    fn a_letter_means_one_thing_in_all_scopes() {
        let letters = TABLE.iter().flat_map(|row| row.keys);
        for letter in letters {
            let Key::Char(sign) = letter else { continue };
            if !sign.is_alphabetic() && *sign != '0' {
                continue;
            }
            let rows = || TABLE.iter().filter(|row| row.keys.contains(letter));
            let first = rows().next().map(|row| row.command);
            let meaning = MEANINGS.iter().find(|(known, _)| known == sign);
            for row in rows() {
                let is_meant = match meaning {
                    Some((_, meaning)) => meaning.contains(&row.command),
                    None => Some(row.command) == first,
                };
                assert!(is_meant, "{sign} in {:?}: {:?}", row.scope, row.command);
            }
        }
    }

    #[test]
    fn the_innermost_scope_wins() {
        let keymap = Keymap::default();
        let scopes = [Scope::Forward, Scope::Tree];
        let command = |scopes: &[Scope], key| keymap.command(scopes, key);
        assert_eq!(command(&scopes, Key::Right), Some(Command::Step));
        assert_eq!(command(&scopes[1..], Key::Right), Some(Command::FoldOut));
        assert_eq!(command(&scopes, Key::PageUp), None);
    }

    #[test]
    fn q_closes_every_box_in_which_no_text_is_typed() {
        let keymap = Keymap::default();
        let boxes = Scope::ALL.into_iter().filter(|scope| scope.is_alone());
        for scope in boxes.filter(|scope| !scope.takes_text()) {
            let command = keymap.command(&[scope, Scope::Anywhere], Char('q'));
            assert_eq!(command, Some(Command::Back), "{scope:?}");
        }
    }

    #[test]
    fn no_text_key_is_taken_where_text_is_typed() {
        for row in TABLE.iter().filter(|row| row.scope.takes_text()) {
            assert!(!row.keys.iter().any(|key| matches!(key, Key::Char(_))));
        }
    }

    #[test]
    fn every_row_has_a_name_of_its_own_in_its_scope() {
        let names: Vec<_> = TABLE.iter().map(|row| (row.scope, row.name())).collect();
        for (at, name) in names.iter().enumerate() {
            assert!(
                !name.1.is_empty() && !names[..at].contains(name),
                "{name:?}"
            );
        }
    }

    #[test]
    fn the_documentation_lists_every_binding() {
        let text = key_table_markdown();
        let lines = text.lines().filter(|line| line.starts_with("| `")).count();
        assert_eq!(lines, TABLE.len());
    }
}
