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
use crate::text::{Language, Message};

/// Contents of the screen.
#[derive(Debug)]
pub enum Screen {
    /// List of networks.
    Catalogue,
    /// One network.
    Network(Box<Opened>),
    /// Two networks side by side.
    Compare(Box<Compare>),
}

impl Screen {
    /// Network on the screen.
    pub fn opened_mut(&mut self) -> Option<&mut Opened> {
        match self {
            Self::Catalogue | Self::Compare(_) => None,
            Self::Network(opened) => Some(opened),
        }
    }

    /// Kind of the screen.
    pub(super) fn site(&self) -> Site {
        match self {
            Self::Catalogue => Site::Catalogue,
            Self::Network(opened) => Site::Network(opened.name()),
            Self::Compare(compare) => Site::Compare(compare.names.clone()),
        }
    }
}

/// Current meaning of the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// Moving through a view.
    Browse,
    /// Typing a search.
    Search,
    /// Choosing columns of the layer table.
    Columns(Cursor),
    /// Choosing the ranking of the layer table.
    Ranking(Cursor),
    /// Choosing changes of a pass.
    Changes(Cursor),
    /// Choosing weights and input of a pass.
    Chooser,
    /// Typing weights or an input into the chooser.
    Typing(String),
    /// Browsing for a file of weights or a picture.
    Files(Box<Files>),
    /// Exploring a batch normalisation.
    Laboratory,
    /// Typing the answer to a lesson's question.
    Answering(String),
    /// Searching a list by typing.
    Finder(Box<Finder>),
    /// Reading the list of keys, over the previous mode.
    Help(Cursor, Box<Mode>),
}

/// Request for something outside the state.
#[derive(Debug)]
pub enum Effect {
    /// Leave the explorer.
    Quit,
    /// Give the terminal to the shell until the user comes back.
    Suspend,
    /// Start a job on a worker.
    Start(Job),
    /// Stop the worker of the pass.
    Cancel,
    /// Stop the worker of the laboratory.
    CancelLaboratory,
    /// Write a file.
    Write(File),
    /// Apply a fix to a spec file.
    Mend(Mend),
    /// Save the progress in the lessons.
    KeepProgress,
    /// Copy a text to the clipboard.
    Copy(String),
}

/// Most screens that stay open on top of each other.
const DEEPEST: usize = 6;

/// The state of the explorer.
#[derive(Debug)]
pub struct App {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Theme: the styles.
    pub theme: Theme,
    /// Contents of the screen.
    pub screen: Screen,
    /// Current meaning of the keys.
    pub mode: Mode,
    /// List of networks.
    pub catalogue: Catalogue,
    /// Lessons.
    pub course: Course,
    /// Notice for the user, until the next key.
    pub notice: Option<Message>,
    /// Notices that wait until the current one was read.
    pub(super) untold: VecDeque<Message>,
    /// Earlier screens to return to, the last one first.
    pub(super) behind: Vec<Screen>,
    /// Whether the screen uses ASCII only.
    pub ascii: bool,
    /// View settings for the next network that is opened.
    pub(super) looks: Looks,
    /// Jumps so far.
    pub(super) history: History,
    /// Fixes so far.
    pub(super) mended: Vec<Mend>,
    /// Ticket number of the network that was opened last.
    pub(super) tickets: u64,
}

impl App {
    /// Starts with the catalogue, or with a network.
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

    /// Shows a notice, after those that are already waiting.
    pub fn tell(&mut self, text: Message) {
        if self.notice.is_none() {
            self.notice = Some(text);
        } else {
            self.untold.push_back(text);
        }
    }

    /// Shows the next waiting notice, unless the last key has produced one.
    pub(super) fn tell_next(&mut self) {
        if self.notice.is_none() {
            self.notice = self.untold.pop_front();
        }
    }

    /// The notice in the user's language.
    pub fn said(&self) -> Option<String> {
        self.notice.as_ref().map(|notice| self.theme.say(notice))
    }

    /// Sets the language of interface and lessons.
    pub fn speak(&mut self, language: Language) {
        self.course.language = language;
        self.theme = self.theme.speaking(language);
    }

    /// Shows a network instead of the current screen.
    pub fn open(&mut self, model: Model) {
        let screen = self.screen_of(model);
        self.fill(screen);
        self.mode = Mode::Browse;
    }

    /// Shows another screen on top; leaving it leads back to this one.
    pub(super) fn enter(&mut self, screen: Screen) {
        let left = std::mem::replace(&mut self.screen, screen);
        if self.behind.len() == DEEPEST {
            // The bottom screen, usually the catalogue, stays.
            self.behind.remove(1);
        }
        self.behind.push(left);
        self.mode = Mode::Browse;
    }

    /// Screen of a network, ready to be shown.
    pub(super) fn screen_of(&mut self, model: impl Into<Arc<Model>>) -> Screen {
        self.keep_looks();
        self.tickets += 1;
        let mut opened = Opened::new(model, self.tickets);
        self.looks.dress(&mut opened);
        Screen::Network(Box::new(opened))
    }

    /// Comparison on the screen.
    pub fn compared(&self) -> Option<&Compare> {
        match &self.screen {
            Screen::Compare(compare) => Some(compare),
            Screen::Catalogue | Screen::Network(_) => None,
        }
    }

    /// Replaces the current screen.
    pub(super) fn fill(&mut self, screen: Screen) {
        discard(std::mem::replace(&mut self.screen, screen));
    }

    /// Records the overrides that the open network was built with, and shows it for `batch` images.
    pub fn asked_for(&mut self, overrides: Overrides, batch: u64) {
        let Some(opened) = self.screen.opened_mut() else {
            return;
        };
        opened.overrides = overrides;
        if batch != opened.subject.batch {
            opened.recount(opened.subject.analysis.rule, batch);
        }
    }

    /// Network on the screen.
    pub fn opened(&self) -> Option<&Opened> {
        match &self.screen {
            Screen::Catalogue | Screen::Compare(_) => None,
            Screen::Network(opened) => Some(opened),
        }
    }

    /// Current location.
    pub(super) fn place(&self) -> Place {
        let opened = self.opened();
        Place {
            site: self.screen.site(),
            tab: opened.map_or_else(Tab::default, |opened| opened.tab),
            setup: self.screen.setup().unwrap_or_default(),
            layer: opened.and_then(Opened::layer),
        }
    }

    /// Whether the worker of the pass is busy.
    pub fn is_busy(&self) -> bool {
        self.opened().is_some_and(|opened| opened.forward.is_busy())
    }

    /// Whether a lane has an unfinished job.
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

    /// Active key contexts, the innermost first.
    pub fn contexts(&self) -> Vec<Context> {
        self.contexts_in(&self.mode)
    }

    /// Key contexts that would be active in a mode.
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

    /// Key contexts of the screen itself, without an overlay.
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
