//! The whole state of the explorer.

use std::collections::VecDeque;
use std::sync::Arc;

use super::catalogue::Catalogue;
use super::compare::Compare;
use super::course::{Course, Stage};
use super::cursor::Cursor;
use super::export::File;
use super::files::Files;
use super::finder::Finder;
use super::history::{History, Place, Site};
use super::keys::Context;
use super::layers::Focus;
use super::mend::Mend;
use super::message::Tab;
use super::opened::Opened;
use super::recall::Looks;
use super::theme::Theme;
use super::worker::{Job, Lane, discard};
use crate::lower::{Model, Overrides};
use crate::spec::Problem;
use crate::text::Language;

/// What fills the screen.
#[derive(Debug)]
pub enum Screen {
    /// The list of networks.
    Catalogue,
    /// One network.
    Network(Box<Opened>),
    /// Two networks side by side.
    Compare(Box<Compare>),
}

impl Screen {
    /// The network that fills the screen.
    pub fn opened_mut(&mut self) -> Option<&mut Opened> {
        match self {
            Self::Catalogue | Self::Compare(_) => None,
            Self::Network(opened) => Some(opened),
        }
    }

    /// Which of the screens it is.
    pub(super) fn site(&self) -> Site {
        match self {
            Self::Catalogue => Site::Catalogue,
            Self::Network(opened) => Site::Network(opened.name()),
            Self::Compare(compare) => Site::Compare(compare.names.clone()),
        }
    }
}

/// What the keys are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// Looking around.
    Browse,
    /// Typing what to search for.
    Search,
    /// Choosing columns of the layer table.
    Columns(Cursor),
    /// Choosing what the layers are ranked by.
    Ranking(Cursor),
    /// Choosing what is changed in a pass.
    Changes(Cursor),
    /// Choosing weights and input of a pass.
    Chooser,
    /// Typing weights or an input into the chooser.
    Typing(String),
    /// Looking for a file of weights or a picture.
    Files(Box<Files>),
    /// Looking into a batch normalisation.
    Laboratory,
    /// Typing the answer to a lesson's question.
    Answering(String),
    /// Searching a list by typing.
    Finder(Box<Finder>),
    /// Reading the keys, over what was there before.
    Help(Cursor, Box<Mode>),
}

/// Something to do outside of the state.
#[derive(Debug)]
pub enum Effect {
    /// Leave the explorer.
    Quit,
    /// Give the terminal to the shell until the user comes back.
    Suspend,
    /// Give a job to a worker.
    Start(Job),
    /// Tell the worker of the pass to stop.
    Cancel,
    /// Tell the worker of the laboratory to stop.
    CancelLaboratory,
    /// Write a file.
    Write(File),
    /// Replace a text of a spec by another.
    Mend(Mend),
    /// Keep what was answered in the lessons.
    KeepProgress,
    /// Put a text on the clipboard.
    Copy(String),
}

/// More screens than anybody opens on top of each other.
const DEEPEST: usize = 6;

/// The state of the explorer.
#[derive(Debug)]
pub struct App {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Styles.
    pub theme: Theme,
    /// What fills the screen.
    pub screen: Screen,
    /// What the keys are for.
    pub mode: Mode,
    /// The list of networks.
    pub catalogue: Catalogue,
    /// The lessons.
    pub course: Course,
    /// A sentence for the user, until the next key.
    pub notice: Option<String>,
    /// Sentences that wait until that one was read.
    pub(super) untold: VecDeque<String>,
    /// The screens that are left to, the last one first.
    pub(super) behind: Vec<Screen>,
    /// Whether it is drawn with ASCII alone.
    pub ascii: bool,
    /// What was chosen for whatever is opened next.
    pub(super) looks: Looks,
    /// The jumps so far.
    pub(super) history: History,
    /// The repairs so far.
    pub(super) mended: Vec<Mend>,
    /// The number of the last network that was opened.
    pub(super) tickets: u64,
}

impl App {
    /// Begins with the catalogue, or with a network.
    pub fn new(start: Option<Model>, theme: Theme, size: (u16, u16)) -> Self {
        let mut app = Self {
            size,
            theme,
            screen: Screen::Catalogue,
            mode: Mode::Browse,
            catalogue: Catalogue::default(),
            course: Course::default(),
            notice: None,
            untold: VecDeque::new(),
            behind: Vec::new(),
            ascii: false,
            looks: Looks::default(),
            history: History::default(),
            mended: Vec::new(),
            tickets: 0,
        };
        match start {
            Some(model) => app.open(model),
            None => app.catalogue = Catalogue::load(),
        }
        app
    }

    /// Tells the user something, behind what is told already.
    pub fn tell(&mut self, text: String) {
        if self.notice.is_none() {
            self.notice = Some(text);
        } else {
            self.untold.push_back(text);
        }
    }

    /// Tells what waits, unless the last key has told something itself.
    pub(super) fn tell_next(&mut self) {
        if self.notice.is_none() {
            self.notice = self.untold.pop_front();
        }
    }

    /// Shows words and lessons in a language.
    pub fn speak(&mut self, language: Language) {
        self.course.language = language;
        self.theme = self.theme.speaking(language);
    }

    /// The first problem as a notice.
    pub(super) fn first_of(&self, problems: &[Problem]) -> Option<String> {
        let headline = problems.first()?.headline();
        Some(self.theme.language().say(&headline))
    }

    /// Shows a network in place of what is on the screen.
    pub fn open(&mut self, model: Model) {
        let screen = self.screen_of(model);
        self.fill(screen);
        self.mode = Mode::Browse;
    }

    /// Shows another screen; leaving it leads back to this one.
    pub(super) fn enter(&mut self, screen: Screen) {
        let left = std::mem::replace(&mut self.screen, screen);
        if self.behind.len() == DEEPEST {
            // The bottom, which is the catalogue as a rule, stays.
            self.behind.remove(1);
        }
        self.behind.push(left);
        self.mode = Mode::Browse;
    }

    /// A network ready to be shown.
    pub(super) fn screen_of(&mut self, model: impl Into<Arc<Model>>) -> Screen {
        self.keep_looks();
        self.tickets += 1;
        let mut opened = Opened::new(model, self.tickets);
        self.looks.dress(&mut opened);
        Screen::Network(Box::new(opened))
    }

    /// The comparison that fills the screen.
    pub fn compared(&self) -> Option<&Compare> {
        match &self.screen {
            Screen::Compare(compare) => Some(compare),
            Screen::Catalogue | Screen::Network(_) => None,
        }
    }

    /// Fills the screen with something else.
    pub(super) fn fill(&mut self, screen: Screen) {
        discard(std::mem::replace(&mut self.screen, screen));
    }

    /// Says what the network that is open was built with, and shows it for `batch` images.
    pub fn asked_for(&mut self, overrides: Overrides, batch: u64) {
        let Some(opened) = self.screen.opened_mut() else {
            return;
        };
        opened.overrides = overrides;
        if batch != opened.subject.batch {
            opened.recount(opened.subject.analysis.rule, batch);
        }
    }

    /// The network that fills the screen.
    pub fn opened(&self) -> Option<&Opened> {
        match &self.screen {
            Screen::Catalogue | Screen::Compare(_) => None,
            Screen::Network(opened) => Some(opened),
        }
    }

    /// Where one is.
    pub(super) fn place(&self) -> Place {
        let opened = self.opened();
        Place {
            site: self.screen.site(),
            tab: opened.map_or_else(Tab::default, |opened| opened.tab),
            setup: self.screen.setup().unwrap_or_default(),
            layer: opened.and_then(Opened::layer),
        }
    }

    /// Whether a worker is at it.
    pub fn is_busy(&self) -> bool {
        self.opened().is_some_and(|opened| opened.forward.is_busy())
    }

    /// Whether work of a lane was asked for and is not done.
    pub fn waits_for(&self, lane: Lane) -> bool {
        match lane {
            Lane::Pass => self.is_busy(),
            Lane::Lesson => self.course.is_busy(),
            Lane::Laboratory => self
                .opened()
                .and_then(|opened| opened.laboratory.as_ref())
                .is_some_and(|laboratory| laboratory.is_busy),
        }
    }

    /// Which keys mean something now, the innermost context first.
    pub fn contexts(&self) -> Vec<Context> {
        self.contexts_in(&self.mode)
    }

    /// Which keys would mean something in a mode.
    pub fn contexts_in(&self, mode: &Mode) -> Vec<Context> {
        use Context as In;
        let mut contexts = match mode {
            Mode::Search => vec![In::Search],
            Mode::Typing(_) => vec![In::Typing],
            Mode::Answering(_) => vec![In::Answering],
            Mode::Laboratory => vec![In::Laboratory, In::Lists, In::Anywhere],
            Mode::Columns(_) | Mode::Ranking(_) | Mode::Changes(_) => {
                vec![In::Picker, In::Lists, In::Anywhere]
            }
            Mode::Chooser => vec![In::Chooser, In::Lists, In::Anywhere],
            Mode::Files(_) => vec![In::Files, In::Lists, In::Anywhere],
            Mode::Finder(_) => vec![In::Finder],
            Mode::Help(..) => vec![In::Help, In::Lists, In::Anywhere],
            Mode::Browse if self.course.has_keys() => {
                let page = match self.course.step() {
                    Some((taught, _)) if matches!(taught.stage, Stage::Told(_)) => In::Answered,
                    Some(_) => In::Question,
                    None => In::Lesson,
                };
                let mut contexts = vec![page];
                if page != In::Lesson {
                    contexts.push(In::Lesson);
                }
                contexts.extend([In::Lists, In::Anywhere]);
                contexts
            }
            Mode::Browse => {
                let beside = self.course.open.is_some().then_some(In::Beside);
                beside.into_iter().chain(self.shown_contexts()).collect()
            }
        };
        contexts.push(In::Always);
        contexts
    }

    /// Those of the screen that is shown, while nothing lies over it.
    fn shown_contexts(&self) -> Vec<Context> {
        use Context as In;
        match &self.screen {
            Screen::Catalogue if self.catalogue.plot.is_some() => {
                vec![In::Scatter, In::Lists, In::Anywhere]
            }
            Screen::Catalogue => vec![In::Catalogue, In::Tree, In::Lists, In::Anywhere],
            Screen::Compare(_) => {
                let mut contexts = vec![In::Compare, In::Tree, In::Lists];
                if !self.behind.is_empty() {
                    contexts.push(In::Opened);
                }
                contexts.push(In::Anywhere);
                contexts
            }
            Screen::Network(opened) => {
                let mut contexts = match (opened.tab, opened.layers.focus) {
                    (Tab::Layers, Focus::Table) => vec![In::Layers, In::Tree],
                    (Tab::Layers, Focus::Detail(_)) => vec![In::Detail],
                    (Tab::Graph, _) => vec![In::Graph],
                    (Tab::Spec, _) => vec![In::Spec],
                    (Tab::Checks, _) if opened.checks.problems.is_empty() => Vec::new(),
                    (Tab::Checks, _) => vec![In::Checks],
                    (Tab::Forward, _) if opened.forward.is_explaining() => {
                        vec![In::Explained]
                    }
                    (Tab::Forward, _) if opened.forward.is_busy() => {
                        vec![In::Running, In::Forward, In::Tree]
                    }
                    (Tab::Forward, _) => vec![In::Forward, In::Tree],
                };
                contexts.extend([In::Lists, In::Network]);
                if !self.behind.is_empty() {
                    contexts.push(In::Opened);
                }
                contexts.push(In::Anywhere);
                contexts
            }
        }
    }
}
