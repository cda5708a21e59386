//! The one table of keys: what each does where, for the update, the footer, the help and the documentation.

use super::compare::Side;
use super::cursor::Motion;
use super::forward::explained::Way;
use super::input::Key;
use super::message::{Command, Tab, Turn};

/// Where a key means something. Several hold at once; the innermost comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Wherever one is.
    Always,
    /// Wherever no text is typed.
    Anywhere,
    /// Where there is a list or a text to scroll.
    Lists,
    /// The catalogue.
    Catalogue,
    /// The catalogue as points.
    Scatter,
    /// While a search is typed.
    Search,
    /// Any view of a network.
    Network,
    /// A network that was opened from the catalogue.
    Opened,
    /// A tree: families, layers, paired rows.
    Tree,
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
    /// The forward pass.
    Forward,
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
    /// A list that is searched by typing.
    Finder,
    /// The laboratory of a batch normalisation.
    Laboratory,
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

impl Context {
    /// All of them, in the order of the help.
    pub const ALL: [Self; 30] = [
        Self::Lists,
        Self::Catalogue,
        Self::Scatter,
        Self::Search,
        Self::Network,
        Self::Opened,
        Self::Tree,
        Self::Layers,
        Self::Detail,
        Self::Graph,
        Self::Checks,
        Self::Spec,
        Self::Compare,
        Self::Forward,
        Self::Explained,
        Self::Running,
        Self::Chooser,
        Self::Typing,
        Self::Files,
        Self::Picker,
        Self::Finder,
        Self::Laboratory,
        Self::Lesson,
        Self::Question,
        Self::Answered,
        Self::Answering,
        Self::Beside,
        Self::Help,
        Self::Anywhere,
        Self::Always,
    ];

    /// Its heading in the help.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Always => "Always",
            Self::Anywhere => "Anywhere but in a text",
            Self::Lists => "Lists",
            Self::Catalogue => "Catalogue",
            Self::Scatter => "Networks as points",
            Self::Search => "While searching",
            Self::Network => "Network",
            Self::Opened => "Opened from another screen",
            Self::Tree => "Trees",
            Self::Layers => "Layers",
            Self::Detail => "Detail panel",
            Self::Graph => "Graph",
            Self::Compare => "Two networks side by side",
            Self::Checks => "Checks",
            Self::Spec => "Spec",
            Self::Forward => "Forward pass",
            Self::Explained => "One value explained",
            Self::Running => "While a pass runs",
            Self::Chooser => "Weights and input",
            Self::Typing => "While typing weights or input",
            Self::Files => "Files of weights and pictures",
            Self::Picker => "Columns and rankings",
            Self::Finder => "Lists that are searched",
            Self::Laboratory => "Laboratory of a batch normalisation",
            Self::Lesson => "Lesson",
            Self::Question => "A lesson's question",
            Self::Answered => "A question that is answered",
            Self::Answering => "While an answer is typed",
            Self::Beside => "View beside a lesson",
            Self::Help => "Help",
        }
    }

    /// Whether characters are text here.
    pub const fn takes_text(self) -> bool {
        matches!(
            self,
            Self::Search | Self::Typing | Self::Finder | Self::Answering
        )
    }
}

/// Keys that ask for one thing.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// Any of these.
    pub keys: &'static [Key],
    /// What they ask for.
    pub command: Command,
    /// A word or two for the footer; empty where it is not shown there.
    pub short: &'static str,
    /// A sentence for the help.
    pub help: &'static str,
}

const fn bind(
    context: Context,
    keys: &'static [Key],
    command: Command,
    short: &'static str,
    help: &'static str,
) -> Binding {
    Binding {
        context,
        keys,
        command,
        short,
        help,
    }
}

use Context as In;
use Key::Char;

/// Every key of the explorer.
#[rustfmt::skip]
pub const TABLE: &[Binding] = &[
    bind(In::Lists, &[Key::Up, Char('k')], Command::Move(Motion::Up), "", "one up"),
    bind(In::Lists, &[Key::Down, Char('j')], Command::Move(Motion::Down), "", "one down"),
    bind(In::Lists, &[Key::PageUp], Command::Move(Motion::PageUp), "", "a screenful up"),
    bind(In::Lists, &[Key::PageDown], Command::Move(Motion::PageDown), "", "a screenful down"),
    bind(In::Lists, &[Key::Home], Command::Move(Motion::First), "", "to the first"),
    bind(In::Lists, &[Key::End], Command::Move(Motion::Last), "", "to the last"),

    bind(In::Catalogue, &[Key::Enter], Command::Accept, "open", "open the network; on a family, fold or unfold it"),
    bind(In::Catalogue, &[Char('/')], Command::Search, "search", "search by name, title, family or paper"),

    bind(In::Catalogue, &[Char('t')], Command::Lessons, "lessons", "choose a lesson"),
    bind(In::Catalogue, &[Char('p'), Key::Tab], Command::Plot, "points", "networks as points: accuracy against a cost"),
    bind(In::Catalogue, &[Char('w')], Command::TurnTrained, "", "accuracies of weights trained on ImageNet-1k alone, or on any data"),
    bind(In::Catalogue, &[Char('m')], Command::Mark, "mark", "mark for a comparison, or no longer"),
    bind(In::Catalogue, &[Char('c')], Command::Compare, "compare", "compare the two marked networks, or the marked one with this one"),
    bind(In::Catalogue, &[Char('s')], Command::PickSort, "sort", "sort by a figure, or by family again"),
    bind(In::Catalogue, &[Char('S')], Command::TurnSort, "", "turn the order round"),

    bind(In::Scatter, &[Key::Enter], Command::Accept, "open", "open the chosen network"),
    bind(In::Scatter, &[Key::Left, Char('h')], Command::Side(Turn::Left), "walk", "to the nearest point at the left"),
    bind(In::Scatter, &[Key::Right, Char('l')], Command::Side(Turn::Right), "", "to the nearest point at the right"),
    bind(In::Scatter, &[Key::Up, Char('k')], Command::Side(Turn::Up), "", "to the nearest point above"),
    bind(In::Scatter, &[Key::Down, Char('j')], Command::Side(Turn::Down), "", "to the nearest point below"),
    bind(In::Scatter, &[Char('n')], Command::Move(Motion::Down), "", "to the next more expensive one"),
    bind(In::Scatter, &[Char('N')], Command::Move(Motion::Up), "", "to the next cheaper one"),
    bind(In::Scatter, &[Char('x')], Command::TurnAxis, "MACs or parameters", "MACs or parameters along the horizontal axis"),
    bind(In::Scatter, &[Char('w')], Command::TurnTrained, "", "accuracies of weights trained on ImageNet-1k alone, or on any data"),
    bind(In::Scatter, &[Char('p'), Key::Tab], Command::Plot, "list", "the list again"),
    bind(In::Scatter, &[Key::Esc], Command::Back, "", "all networks after a search, or else the list again"),
    bind(In::Scatter, &[Char('/')], Command::Search, "search", "search by name, title, family or paper"),
    bind(In::Scatter, &[Char('m')], Command::Mark, "mark", "mark for a comparison, or no longer"),
    bind(In::Scatter, &[Char('c')], Command::Compare, "compare", "compare the two marked networks, or the marked one with this one"),

    bind(In::Search, &[Key::Enter], Command::Accept, "open", "open the selected network; among points, keep what is found"),
    bind(In::Search, &[Key::Esc], Command::Back, "all networks", "end the search and show all networks"),
    bind(In::Search, &[Key::Backspace], Command::Erase, "", "take the last character back"),
    bind(In::Search, &[Key::Up], Command::Move(Motion::Up), "", "one up"),
    bind(In::Search, &[Key::Down], Command::Move(Motion::Down), "", "one down"),

    bind(In::Layers, &[Key::Enter], Command::Accept, "", "fold or unfold; on a layer, read its detail"),
    bind(In::Layers, &[Char('d')], Command::Detail, "detail", "go to the detail panel"),
    bind(In::Layers, &[Char('b')], Command::SwitchBars, "bars", "bars show the share of MACs or of parameters"),
    bind(In::Layers, &[Char('n')], Command::SwitchNumbers, "", "numbers in full, or all of a column in thousands, millions …"),
    bind(In::Layers, &[Char('c')], Command::PickColumns, "columns", "choose columns"),
    bind(In::Layers, &[Char('s')], Command::PickRanking, "rank", "rank the layers by a number, or show the tree again"),

    bind(In::Layers, &[Char('f')], Command::Filter, "filter", "show only layers that match words, such as conv 3×3 stride 2"),
    bind(In::Layers, &[Char('y')], Command::Copy, "", "copy a cell of the selected row to the clipboard"),

    bind(In::Detail, &[Char('d'), Key::Enter, Key::Esc], Command::Detail, "table", "go back to the table"),

    bind(In::Graph, &[Char('+'), Char('='), Key::Enter], Command::ZoomIn, "closer", "closer: stages, blocks, layers"),
    bind(In::Graph, &[Char('-')], Command::ZoomOut, "farther", "farther: layers, blocks, stages"),
    bind(In::Graph, &[Key::Right, Char('l')], Command::Side(Turn::Right), "", "to the branch at the right"),
    bind(In::Graph, &[Key::Left, Char('h')], Command::Side(Turn::Left), "", "to the branch at the left"),
    bind(In::Graph, &[Char('f'), Char(' ')], Command::Follow, "follow", "along the edge that leaves the path: from a block's beginning to its addition"),
    bind(In::Graph, &[Char('F')], Command::FollowBack, "", "back along the edge that joins the path"),
    bind(In::Graph, &[Char('K')], Command::Pan(Turn::Up), "", "look further up"),
    bind(In::Graph, &[Char('J')], Command::Pan(Turn::Down), "", "look further down"),
    bind(In::Graph, &[Char('H')], Command::Pan(Turn::Left), "", "look further left"),
    bind(In::Graph, &[Char('L')], Command::Pan(Turn::Right), "", "look further right"),

    bind(In::Spec, &[Char('f')], Command::Mend, "", "apply the first repair that there is"),
    bind(In::Spec, &[Char('F')], Command::Unmend, "", "take the last repair back"),
    bind(In::Spec, &[Key::Enter], Command::Accept, "go to layer", "show the layer that the line makes in the table"),

    bind(In::Checks, &[Key::Enter], Command::Accept, "go to layer", "show the layer in the table"),
    bind(In::Checks, &[Char('f')], Command::Mend, "fix", "apply the repair of the selected problem to the spec; a shipped one is copied"),
    bind(In::Checks, &[Char('F')], Command::Unmend, "", "take the last repair back"),
    bind(In::Checks, &[Char('o')], Command::ToSpec, "go to line", "show the line of the spec"),

    bind(In::Compare, &[Key::Enter], Command::Accept, "open", "fold or unfold; at a layer, open the second network"),
    bind(In::Compare, &[Char('n')], Command::NextDifference(true), "next", "to the next difference"),
    bind(In::Compare, &[Char('p'), Char('N')], Command::NextDifference(false), "", "to the difference before"),
    bind(In::Compare, &[Char('d')], Command::OnlyDifferences, "differences", "only what differs, or all rows"),
    bind(In::Compare, &[Char('a')], Command::OpenSide(Side::A), "first", "open the first network at this row"),
    bind(In::Compare, &[Char('b')], Command::OpenSide(Side::B), "second", "open the second network at this row"),
    bind(In::Compare, &[Char('/')], Command::FindLayer, "find", "jump to a layer of either network by its path"),
    bind(In::Compare, &[Char('x')], Command::SwapSides, "", "exchange the two"),
    bind(In::Compare, &[Char('R')], Command::PickRule, "", "choose the rule by which operations are counted"),
    bind(In::Compare, &[Char('I')], Command::PickSize, "", "change the input's height and width"),
    bind(In::Compare, &[Char('B')], Command::PickBatch, "", "change how many images there are at once"),
    bind(In::Compare, &[Char('C')], Command::PickClasses, "", "change the number of classes"),

    bind(In::Running, &[Key::Esc], Command::Cancel, "stop", "stop the run at the next layer"),

    bind(In::Forward, &[Char('n'), Key::Right], Command::Step, "step", "run the next layer"),
    bind(In::Forward, &[Char('p'), Key::Left], Command::StepBack, "back", "take the last layer back"),
    bind(In::Forward, &[Char('r')], Command::RunAll, "run all", "run to the end"),
    bind(In::Forward, &[Char('x')], Command::Explain, "explain", "explain one value: what it was made of"),
    bind(In::Forward, &[Char('c')], Command::Changes, "change", "switch off a block, zero a branch, move a stride …, and run again from there"),
    bind(In::Forward, &[Char('P')], Command::Prepare, "", "prepare the picture otherwise: type mean, std, side, filter, order of the colours"),
    bind(In::Forward, &[Char('g')], Command::RunTo, "run to", "run up to the selected layer, and with it"),
    bind(In::Forward, &[Char('w')], Command::Choose, "choose", "choose weights and input"),
    bind(In::Forward, &[Char('0')], Command::Rewind, "rewind", "go back to the beginning"),
    bind(In::Forward, &[Char(']')], Command::NextMaps, "", "the channels after these"),
    bind(In::Forward, &[Char('[')], Command::PreviousMaps, "", "the channels before these"),
    bind(In::Forward, &[Char('+'), Char('=')], Command::Enlarge, "", "show one channel, large and side by side"),
    bind(In::Forward, &[Char('-')], Command::Shrink, "", "show several channels again"),
    bind(In::Forward, &[Char('v')], Command::Contrast, "", "stretch each map from black to white, or all alike"),
    bind(In::Forward, &[Char('m')], Command::SwitchMode, "", "normalise by this batch's statistics, or by the running ones again"),
    bind(In::Forward, &[Char('b')], Command::ToggleStop, "", "let runs stop behind the selected layer, or no longer"),
    bind(In::Forward, &[Char('B')], Command::TurnStops, "", "let runs stop at every addition, at the end of every stage, or at marked layers only"),
    bind(In::Forward, &[Char('<')], Command::Slower, "", "run slower, with a look at every layer"),
    bind(In::Forward, &[Char('>')], Command::Faster, "", "run faster"),
    bind(In::Forward, &[Char(',')], Command::Earlier, "", "along the timeline: to the layer before"),
    bind(In::Forward, &[Char('.')], Command::Later, "", "along the timeline: to the layer behind"),
    bind(In::Forward, &[Char('t')], Command::Longest, "", "to the layer that took longest, or that a change has moved most"),
    bind(In::Forward, &[Char('d')], Command::Timeline, "", "the timeline shows times, or how far a change has moved each output"),
    bind(In::Forward, &[Key::Enter], Command::Accept, "", "fold or unfold"),

    bind(In::Explained, &[Key::Left, Char('h')], Command::MoveCell(Way::Left), "", "the value to the left"),
    bind(In::Explained, &[Key::Right, Char('l')], Command::MoveCell(Way::Right), "", "the value to the right"),
    bind(In::Explained, &[Key::Up, Char('k')], Command::MoveCell(Way::Up), "move", "the value above"),
    bind(In::Explained, &[Key::Down, Char('j')], Command::MoveCell(Way::Down), "", "the value below"),
    bind(In::Explained, &[Char(']')], Command::NextMaps, "channel", "the next channel"),
    bind(In::Explained, &[Char('[')], Command::PreviousMaps, "", "the channel before"),
    bind(In::Explained, &[Char('o')], Command::Order, "order", "list the products by size, or as they lie in the kernel"),
    bind(In::Explained, &[Char('n')], Command::Step, "step", "run the next layer and explain its value there"),
    bind(In::Explained, &[Char('p')], Command::StepBack, "back", "take the last layer back"),
    bind(In::Explained, &[Char('x'), Key::Enter, Key::Esc], Command::Explain, "maps", "show the maps again"),

    bind(In::Tree, &[Char(' ')], Command::Toggle, "fold", "fold or unfold"),
    bind(In::Tree, &[Key::Left, Char('h')], Command::FoldIn, "", "fold, or go out"),
    bind(In::Tree, &[Key::Right, Char('l')], Command::FoldOut, "", "unfold, or go in"),
    bind(In::Tree, &[Char('z')], Command::CloseAll, "fold all", "fold all"),
    bind(In::Tree, &[Char('Z')], Command::OpenAll, "unfold all", "unfold all"),

    bind(In::Chooser, &[Key::Enter], Command::Accept, "start", "start the pass with what is selected in both lists"),
    bind(In::Chooser, &[Key::Left, Key::Right, Key::Tab, Key::BackTab, Char('h'), Char('l')], Command::OtherList, "other list", "go to the other list"),
    bind(In::Chooser, &[Char('t')], Command::TypeChoice, "type a seed or file", "type a seed or a file in place of the list"),

    bind(In::Chooser, &[Char('f')], Command::FindFile, "find a file", "look for a file of weights, or for a picture"),

    bind(In::Files, &[Key::Enter, Key::Right, Char('l')], Command::Accept, "open", "take the file, or go into the folder"),
    bind(In::Files, &[Key::Backspace, Key::Left, Char('h')], Command::FolderUp, "folder above", "go to the folder above"),
    bind(In::Files, &[Key::Esc], Command::Back, "leave it", "back to the lists of weights and input"),

    bind(In::Typing, &[Key::Enter], Command::Accept, "take it", "take what was typed"),
    bind(In::Typing, &[Key::Esc], Command::Back, "leave it", "leave it as it was"),
    bind(In::Typing, &[Key::Backspace], Command::Erase, "", "take the last character back"),

    bind(In::Picker, &[Key::Enter, Char(' ')], Command::Accept, "choose", "show or hide the column; rank by the number"),

    bind(In::Finder, &[Key::Enter], Command::Accept, "take it", "take the selected line, or what was typed"),
    bind(In::Finder, &[Key::Esc], Command::Back, "close", "close the list"),
    bind(In::Finder, &[Key::Backspace], Command::Erase, "", "take the last character back"),
    bind(In::Finder, &[Key::Up], Command::Move(Motion::Up), "", "one up"),
    bind(In::Finder, &[Key::Down], Command::Move(Motion::Down), "", "one down"),
    bind(In::Finder, &[Key::PageUp], Command::Move(Motion::PageUp), "", "a screenful up"),
    bind(In::Finder, &[Key::PageDown], Command::Move(Motion::PageDown), "", "a screenful down"),

    bind(In::Laboratory, &[Char(']'), Key::Right], Command::NextMaps, "channel", "the next channel"),
    bind(In::Laboratory, &[Char('['), Key::Left], Command::PreviousMaps, "", "the channel before"),
    bind(In::Laboratory, &[Char('+'), Char('=')], Command::Enlarge, "larger batch", "a larger batch: 1, 4, 16, 64 pictures"),
    bind(In::Laboratory, &[Char('-')], Command::Shrink, "", "a smaller batch"),
    bind(In::Laboratory, &[Char('n')], Command::Step, "batches", "send one more batch through: the running statistics move"),
    bind(In::Laboratory, &[Char('p')], Command::StepBack, "", "one batch less"),
    bind(In::Laboratory, &[Char('c')], Command::Constant, "constant", "a constant input in place of the pictures, or the pictures again"),
    bind(In::Laboratory, &[Key::Esc, Char('N'), Key::Enter], Command::Back, "close", "close the laboratory"),

    bind(In::Question, &[Key::Enter], Command::Accept, "answer", "take the selected option, type the answer, or go to the view to choose the layer"),
    bind(In::Question, &[Char('h')], Command::Hint, "hint", "show the hint"),
    bind(In::Question, &[Char('s')], Command::ShowAnswer, "show", "show the answer without one of your own"),

    bind(In::Answered, &[Key::Enter], Command::Accept, "next", "go on to the next question"),
    bind(In::Answered, &[Char('r')], Command::Retry, "retry", "try the question again"),

    bind(In::Answering, &[Key::Enter], Command::Accept, "answer", "answer with what was typed"),
    bind(In::Answering, &[Key::Esc], Command::Back, "leave it", "leave the question open"),
    bind(In::Answering, &[Key::Backspace], Command::Erase, "", "take the last character back"),

    bind(In::Lesson, &[Key::Enter], Command::Accept, "", "go on"),
    bind(In::Lesson, &[Key::Esc, Key::Tab, Char('a')], Command::ToView, "view", "give the keys to the view"),
    bind(In::Lesson, &[Char('f')], Command::LessonRoom, "full", "show the lesson alone, or beside the view again"),
    bind(In::Lesson, &[Char('n')], Command::NextPage, "", "the next question"),
    bind(In::Lesson, &[Char('p')], Command::PreviousPage, "", "the question before"),
    bind(In::Lesson, &[Char('v')], Command::Look, "", "show again in the view what the question is about"),
    bind(In::Lesson, &[Char('x')], Command::LeaveLesson, "leave", "leave the lesson; what was answered is kept"),

    bind(In::Beside, &[Char('a')], Command::Answer, "answer", "answer the lesson with the selected layer, or give it the keys"),

    bind(In::Help, &[Key::Esc, Key::Enter, Char('?')], Command::Back, "close", "close the help"),

    bind(In::Network, &[Char('1')], Command::Show(Tab::Layers), "", "the layer table"),
    bind(In::Network, &[Char('2')], Command::Show(Tab::Graph), "", "the graph: boxes and edges"),
    bind(In::Network, &[Char('3')], Command::Show(Tab::Forward), "", "a forward pass, step by step"),
    bind(In::Network, &[Char('4')], Command::Show(Tab::Checks), "", "what is wrong or worth knowing"),
    bind(In::Network, &[Char('5')], Command::Show(Tab::Spec), "", "the spec beside what it makes"),
    bind(In::Network, &[Key::Tab], Command::NextTab, "next view", "the next view"),
    bind(In::Network, &[Key::BackTab], Command::PreviousTab, "", "the view before"),
    bind(In::Network, &[Char('/')], Command::FindLayer, "find", "jump to a layer by its path or what it does"),
    bind(In::Network, &[Char('N')], Command::Laboratory, "", "look into the selected batch normalisation, or the next one: statistics, formula, histograms"),
    bind(In::Network, &[Char('R')], Command::PickRule, "", "choose the rule by which operations are counted"),
    bind(In::Network, &[Char('I')], Command::PickSize, "", "change the input's height and width"),
    bind(In::Network, &[Char('B')], Command::PickBatch, "", "change how many images there are at once"),
    bind(In::Network, &[Char('C')], Command::PickClasses, "", "change the number of classes"),

    bind(In::Network, &[Char('D')], Command::CompareWith, "", "compare with another network"),

    bind(In::Opened, &[Key::Esc], Command::Back, "back", "go back to the catalogue, or to the comparison"),

    bind(In::Anywhere, &[Key::Esc], Command::Back, "", "leave what was opened last"),
    bind(In::Anywhere, &[Char('u')], Command::Undo, "", "back to where one was before the last jump"),
    bind(In::Anywhere, &[Char('U')], Command::Redo, "", "forward again"),
    bind(In::Anywhere, &[Char('e')], Command::Export, "", "write what is in view to a file"),
    bind(In::Anywhere, &[Char('t')], Command::Lessons, "", "choose a lesson: predict, and let the network decide"),
    bind(In::Anywhere, &[Char('T')], Command::NextTheme, "", "the next colours: dark, light, high contrast, none"),
    bind(In::Anywhere, &[Char('A')], Command::SwitchAscii, "", "draw with ASCII alone, or with all signs again"),
    bind(In::Anywhere, &[Char(':')], Command::Palette, "all commands", "look for a command by its words"),
    bind(In::Anywhere, &[Char('?')], Command::Help, "help", "these keys"),
    bind(In::Anywhere, &[Char('q')], Command::Quit, "quit", "quit"),
    bind(In::Always, &[Key::Interrupt], Command::Quit, "", "quit"),
    bind(In::Always, &[Key::Suspend], Command::Suspend, "", "give the terminal to the shell until fg brings this back"),
];

/// What `key` asks for, where `contexts` hold, the innermost first.
pub fn command(contexts: &[Context], key: Key) -> Option<Command> {
    contexts
        .iter()
        .flat_map(|&context| bindings(context))
        .find(|binding| binding.keys.contains(&key))
        .map(|binding| binding.command)
}

/// The keys of one context, in the table's order.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    TABLE
        .iter()
        .filter(move |binding| binding.context == context)
}

impl Binding {
    /// Its keys as text: `↑ k`.
    pub fn names(&self) -> String {
        let names: Vec<_> = self.keys.iter().map(|key| key.name()).collect();
        names.join(" ")
    }
}

/// The whole table in Markdown, for the documentation.
pub fn key_table_markdown() -> String {
    let mut text = String::new();
    for context in Context::ALL {
        text += &format!(
            "### {}\n\n| keys | what they do |\n|---|---|\n",
            context.title()
        );
        for binding in bindings(context) {
            let keys: Vec<_> = binding
                .keys
                .iter()
                .map(|key| format!("`{}`", key.name()))
                .collect();
            text += &format!("| {} | {} |\n", keys.join(" "), binding.help);
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_means_one_thing_in_a_context() {
        for context in Context::ALL {
            let mut keys: Vec<Key> = Vec::new();
            for key in bindings(context).flat_map(|binding| binding.keys) {
                assert!(!keys.contains(key), "{key:?} twice in {context:?}");
                keys.push(*key);
            }
            assert!(!keys.is_empty(), "{context:?} has no key");
        }
    }

    #[test]
    fn the_innermost_context_wins() {
        let contexts = [Context::Forward, Context::Tree];
        assert_eq!(command(&contexts, Key::Right), Some(Command::Step));
        assert_eq!(command(&contexts[1..], Key::Right), Some(Command::FoldOut));
        assert_eq!(command(&contexts, Key::PageUp), None);
    }

    #[test]
    fn no_text_key_is_taken_where_text_is_typed() {
        for context in Context::ALL
            .into_iter()
            .filter(|context| context.takes_text())
        {
            for binding in bindings(context) {
                assert!(!binding.keys.iter().any(|key| matches!(key, Key::Char(_))));
            }
        }
    }

    #[test]
    fn the_documentation_lists_every_binding() {
        let text = key_table_markdown();
        let lines = text.lines().filter(|line| line.starts_with("| `")).count();
        assert_eq!(lines, TABLE.len());
    }
}
