//! The whole state of the explorer: a stack of screens, a lesson beside them, and a box over them.

pub mod hints;
pub mod restore;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ratatui::layout::{Position, Rect};

use super::context::{Around, Context};
use super::course::{self, Course};
use super::fix::FileFix;
use super::history::{History, Place};
use super::keys::{Keymap, Scope};
use super::kit::layout;
use super::kit::theme::Theme;
use super::message::{Command, Tab};
use super::overlay::confirm::Confirm;
use super::overlay::files::{self, Files};
use super::overlay::finder::Finder;
use super::overlay::help::Help;
use super::overlay::inquiry::Answers;
use super::presenter::{self, Presenter};
use super::request::Asks;
use super::screen::Screen;
use super::screen::catalogue::Catalogue;
use super::screen::compare::Compare;
use super::screen::network::Opened;
use super::screen::start::Start;
use super::screen::train::Train;
use super::setup::Setup;
use super::worker::{Lane, Wanted, discard};
use crate::engine::WeightsChoice;
use crate::lower::{Model, Overrides};
use crate::message;
use crate::report::catalogue::entry::Entry;
use crate::spec::named;
use crate::text::{Language, Message};
use crate::weights::published::PublishedWeights;
use restore::Looks;

pub use super::request::Effect;

/// Box over every screen.
#[derive(Debug)]
pub enum Overlay {
    /// Searching a list by typing.
    Finder(Box<Finder>),
    /// Deciding whether a fix is written.
    Confirm(Box<Confirm>),
    /// Looking for a file.
    Files(Box<Files>),
    /// Reading the list of keys.
    Help(Help),
}

/// Most files that are remembered.
const MOST_RECENT: usize = 8;
/// Most screens that stay open on top of each other.
const MAX_SCREENS: usize = 6;

/// Folders that files were taken from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Folders([Option<PathBuf>; Wanted::ALL.len()]);

impl Folders {
    /// Folder that a file was taken from last, if it still exists.
    pub(super) fn of(&self, wanted: Wanted) -> Option<&Path> {
        let folder = self.0[wanted as usize].as_deref();
        folder.filter(|folder| folder.is_dir())
    }

    /// Records the folder that a file is taken from.
    pub(super) fn leave(&mut self, wanted: Wanted, folder: Option<&Path>) {
        self.0[wanted as usize] = folder.map(Path::to_owned);
    }
}

/// The state of the explorer.
#[derive(Debug)]
pub struct App {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Theme: the styles.
    pub theme: Theme,
    /// Keys.
    pub keys: Arc<Keymap>,
    /// Contents of the screen.
    pub screen: Screen,
    /// Box over the screen.
    pub overlay: Option<Overlay>,
    /// List of networks.
    pub catalogue: Catalogue,
    /// Training of networks.
    pub train: Train,
    /// Doors, and the film after the first of them.
    pub start: Start,
    /// Lessons.
    pub course: Course,
    /// Notice for the user, until the next key.
    pub notice: Option<Message>,
    /// Notices that wait until the current one was read.
    pub(super) waiting_notices: VecDeque<Message>,
    /// Earlier screens to return to, the last one first.
    pub(super) below: Vec<Screen>,
    /// Whether the screen uses ASCII only.
    pub ascii: bool,
    /// Presenter mode, while it is on.
    pub presenter: Option<Presenter>,
    /// View settings for the next network that is opened.
    pub(super) looks: Looks,
    /// Jumps so far.
    pub(super) history: History,
    /// Fixes so far.
    pub(super) fixes: Vec<FileFix>,
    /// Ticket number of the network that was opened last.
    pub(super) tickets: u64,
    /// Network that was left with a pass, for its return.
    kept: Option<Box<Opened>>,
    /// Comparison that was left last, for its place and filter.
    pub(super) kept_compare: Option<Box<Compare>>,
    /// Folders that files were taken from.
    pub(super) folders: Folders,
    /// Networks of the catalogue, once a survey has read them.
    pub(super) others: Option<Arc<Vec<Entry>>>,
    /// Files of networks and weights that were opened, the last one first.
    pub(super) recent: Vec<String>,
    /// Files on this disk that are offered.
    pub(super) around: Arc<Around>,
    /// Weights that are being downloaded.
    pub(super) fetching: Option<&'static PublishedWeights>,
}

impl App {
    /// Starts with the catalogue, or with a network.
    pub fn new(start: Option<Model>, theme: Theme, size: (u16, u16)) -> Self {
        let mut app = Self {
            size,
            theme,
            keys: Arc::default(),
            screen: Screen::Catalogue,
            overlay: None,
            catalogue: Catalogue::default(),
            train: Train::default(),
            start: Start::default(),
            course: Course::default(),
            notice: None,
            waiting_notices: VecDeque::new(),
            below: Vec::new(),
            ascii: false,
            presenter: None,
            looks: Looks::default(),
            history: History::default(),
            fixes: Vec::new(),
            tickets: 0,
            kept: None,
            kept_compare: None,
            folders: Folders::default(),
            others: None,
            recent: Vec::new(),
            around: Arc::default(),
            fetching: None,
        };
        match start {
            Some(model) => app.open(model),
            None => app.catalogue = Catalogue::load(),
        }
        app
    }

    /// Shows a notice, after those that are already waiting.
    pub fn notify(&mut self, text: Message) {
        if self.notice.is_none() {
            self.notice = Some(text);
        } else {
            self.waiting_notices.push_back(text);
        }
    }

    /// Shows the next waiting notice, unless the last key has produced one.
    pub(super) fn show_next_notice(&mut self) {
        if self.notice.is_none() {
            self.notice = self.waiting_notices.pop_front();
        }
    }

    /// The notice in the user's language.
    pub fn notice_text(&self) -> Option<String> {
        self.notice.as_ref().map(|notice| self.theme.say(notice))
    }

    /// Takes other keys than the table's.
    pub fn use_keys(&mut self, keymap: Keymap) {
        self.keys = Arc::new(keymap);
        self.course.keys = Arc::clone(&self.keys);
    }

    /// Offers files on this disk, also for the network that is open.
    pub fn look_around(&mut self, around: Around) {
        self.around = Arc::new(around);
        if let Some(opened) = self.screen.opened_mut() {
            opened.look_around(&self.around);
        }
    }

    /// Chooses a checkpoint's weights for the open network.
    pub fn load(&mut self, path: PathBuf) {
        if let Some(opened) = self.screen.opened_mut() {
            let weights = WeightsChoice::File(path, None);
            opened.forward.chooser.add_weights(&weights);
        }
    }

    /// Sets the language of interface and lessons.
    pub fn speak(&mut self, language: Language) {
        self.course.language = language;
        self.theme = self.theme.speaking(language);
    }

    /// Line over every view of a network whose files have an error; empty if they have none.
    pub(super) fn fault_line(&self) -> Rect {
        let [_, body, _] = layout::outline(self.size);
        let is_stated = self.opened().is_some_and(|opened| opened.fault.is_some());
        Rect {
            height: body.height.min(u16::from(is_stated)),
            ..body
        }
    }

    /// Large label of presenter mode, below the title; empty without it.
    pub(super) fn banner(&self) -> Rect {
        let [_, body, _] = layout::outline(self.size);
        let body = layout::below(body, self.fault_line().height, 0);
        Rect {
            height: self.presenter.as_ref().map_or(0, |_| presenter::rows(body)),
            ..body
        }
    }

    /// Context of the screen: its look and its areas.
    pub fn context(&self) -> Context {
        let [_, body, _] = layout::outline(self.size);
        let taken = self.fault_line().height + self.banner().height;
        let room = layout::below(body, taken, 0);
        let [view, lesson] = course::place::shared(room, &self.course);
        Context {
            theme: self.theme,
            keys: Arc::clone(&self.keys),
            ascii: self.ascii,
            room,
            view,
            lesson,
        }
    }

    /// Shows a network instead of the current screen.
    pub fn open(&mut self, model: Model) {
        let screen = self.screen_of(model);
        self.fill(screen);
        self.overlay = None;
        self.course.stop_typing();
    }

    /// Shows a network of a lesson: instead of the lesson's last one, or on top of another screen, which leaving it leads back to.
    pub(super) fn open_for_lesson(&mut self, model: Model) {
        if self.opened().is_some_and(|opened| opened.is_of_lesson) {
            self.open(model);
        } else {
            let screen = self.screen_of(model);
            self.enter(screen);
        }
        if let Some(opened) = self.screen.opened_mut() {
            opened.is_of_lesson = true;
        }
    }

    /// Shows another screen on top; leaving it leads back to this one.
    pub(super) fn enter(&mut self, screen: Screen) {
        self.stop_measuring();
        let left = std::mem::replace(&mut self.screen, screen);
        if self.below.len() == MAX_SCREENS {
            // The bottom screen, usually the catalogue, stays.
            self.below.remove(1);
        }
        self.below.push(left);
        self.overlay = None;
        self.course.stop_typing();
        self.catalogue.is_typing = false;
    }

    /// Expects no more gradients of the network on the screen: news of a screen that was left are not heard.
    fn stop_measuring(&mut self) {
        if let Some(opened) = self.screen.opened_mut() {
            opened.gradients.stop();
        }
    }

    /// Screen of a network, ready to be shown.
    pub(super) fn screen_of(&mut self, model: impl Into<Arc<Model>>) -> Screen {
        self.keep_looks();
        self.tickets += 1;
        let mut opened = Opened::new(model, self.tickets, &self.around);
        self.looks.apply_to(&mut opened);
        let path = named::path(&opened.name());
        if path.is_file() {
            self.remember(&path);
        }
        Screen::Network(Box::new(opened))
    }

    /// Puts a file at the head of those that were opened.
    pub(super) fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let name = named::text(path.into_os_string());
        self.recent.retain(|other| *other != name);
        self.recent.insert(0, name);
        self.recent.truncate(MOST_RECENT);
    }

    /// Time until the next frame of what moves on the screen.
    pub(super) fn until_next_frame(&self) -> Option<Duration> {
        let is_seen = matches!(self.screen, Screen::Start) && self.overlay.is_none();
        is_seen.then(|| self.start.until_next_frame())?
    }

    /// Returns to the screen below this one, or to the catalogue; a network with a pass is kept for its return. A lesson ends with
    /// its network.
    pub(super) fn leave(&mut self) {
        self.stop_measuring();
        self.keep_looks();
        if let Some(opened) = self.screen.opened_mut()
            && std::mem::take(&mut opened.is_of_lesson)
        {
            opened.unveil();
            self.course.open = None;
        }
        let below = self.below.pop().unwrap_or_else(|| {
            if self.catalogue.entries().is_empty() {
                self.catalogue = Catalogue::load();
            }
            let name = self.opened().map(Opened::name);
            self.catalogue.select_name(name.as_deref());
            Screen::Catalogue
        });
        match std::mem::replace(&mut self.screen, below) {
            Screen::Network(opened) if opened.forward.is_ready() => {
                discard(self.kept.replace(opened));
            }
            Screen::Compare(compare) => discard(self.kept_compare.replace(compare)),
            left => discard(left),
        }
    }

    /// Network that was left with a pass, if it has this name and these settings.
    pub(super) fn kept(&mut self, name: &str, setup: Option<Setup>) -> Option<Screen> {
        let is_it = |kept: &mut Box<Opened>| {
            kept.name() == name && setup.is_none_or(|setup| kept.setup() == setup)
        };
        self.kept.take_if(is_it).map(Screen::Network)
    }

    /// Place that one step back leads to; `None` if there is no step to take.
    pub(super) fn back_to(&self) -> Option<Message> {
        if self.scopes().first().is_some_and(|scope| scope.is_alone()) {
            return Some(message!("back-close"));
        }
        let within = match &self.screen {
            Screen::Catalogue => return self.catalogue.back_to(),
            Screen::Network(opened) => opened.back_to(),
            Screen::Compare(_) | Screen::Train | Screen::Start => None,
        };
        Some(within.unwrap_or_else(|| match self.below.last() {
            None | Some(Screen::Catalogue) => message!("back-catalogue"),
            Some(Screen::Network(below)) => Message::of(below.name()),
            Some(Screen::Train) => message!("back-training"),
            Some(Screen::Start) => message!("back-start"),
            Some(Screen::Compare(below)) => Message::of(below.names.join(" → ")),
        }))
    }

    /// Reason why a command cannot act now on the screen.
    pub(super) fn why_not(&self, command: Command) -> Option<Message> {
        match &self.screen {
            Screen::Catalogue => self.catalogue.why_not(command),
            Screen::Train => self.train.why_not(command),
            Screen::Compare(_) | Screen::Start => None,
            Screen::Network(opened) => opened.why_not(command),
        }
    }

    /// Comparison on the screen.
    pub fn compared(&self) -> Option<&Compare> {
        match &self.screen {
            Screen::Compare(compare) => Some(compare),
            Screen::Train | Screen::Start | Screen::Catalogue | Screen::Network(_) => None,
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
            Screen::Catalogue | Screen::Compare(_) | Screen::Train | Screen::Start => None,
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
        self.opened().is_some_and(Opened::is_busy)
    }

    /// Whether a lane has an unfinished job.
    pub fn waits_for(&self, lane: Lane) -> bool {
        match lane {
            Lane::Pass => self.is_busy(),
            Lane::Lesson => self.course.is_busy(),
            Lane::Weights => self.opened().is_some_and(|opened| opened.weights.is_busy()),
            Lane::Fetch => self.fetching.is_some(),
            Lane::Preview => {
                matches!(&self.overlay, Some(Overlay::Files(files)) if files.is_busy())
            }
            Lane::Count => self.catalogue.is_counting(),
            Lane::Survey => self.opened().is_some_and(|opened| opened.stats.is_busy()),
            Lane::Film => self.start.is_busy,
            Lane::Training => self.train.is_busy(),
            Lane::Inquiry => self
                .opened()
                .and_then(|opened| opened.answers.as_ref())
                .is_some_and(Answers::is_busy),
            Lane::Gradients => self
                .opened()
                .is_some_and(|opened| opened.gradients.is_busy()),
            Lane::BnLab => self
                .opened()
                .and_then(|opened| opened.bn_lab.as_ref())
                .is_some_and(|lab| lab.is_busy),
        }
    }

    /// Active scopes of keys, the innermost first.
    pub fn scopes(&self) -> Vec<Scope> {
        let mut scopes = match &self.overlay {
            Some(Overlay::Finder(_)) => vec![Scope::Finder],
            Some(Overlay::Files(_)) => vec![Scope::Files],
            Some(Overlay::Confirm(_)) => vec![Scope::Confirm, Scope::Lists, Scope::Anywhere],
            Some(Overlay::Help(_)) => vec![Scope::Help, Scope::Lists, Scope::Anywhere],
            None => self.scopes_below(),
        };
        scopes.push(Scope::Always);
        scopes
    }

    /// Active scopes of keys below the box over the screen.
    fn scopes_below(&self) -> Vec<Scope> {
        let own = match &self.screen {
            Screen::Catalogue => self.catalogue.keys(),
            Screen::Compare(_) => Compare::keys(),
            Screen::Train => self.train.keys(),
            Screen::Start => self.start.keys(),
            Screen::Network(opened) => opened.keys(),
        };
        if own.first().is_some_and(|scope| scope.is_alone()) && !self.course.is_typing() {
            return own;
        }
        if let Some(scopes) = self.course.keys() {
            return scopes;
        }
        let beside = self.course.open.is_some().then_some(Scope::Beside);
        let mut scopes: Vec<Scope> = beside.into_iter().chain(own).collect();
        if !matches!(self.screen, Screen::Catalogue) {
            scopes.push(Scope::Opened);
        }
        scopes.push(Scope::Anywhere);
        scopes
    }

    /// Whether characters are typed as text now.
    pub(super) fn takes_text(&self) -> bool {
        self.scopes()
            .first()
            .is_some_and(|scope| scope.takes_text())
    }

    /// Area of the innermost open box.
    pub(super) fn popup(&self, context: &Context) -> Option<Rect> {
        match (&self.overlay, self.opened()) {
            (Some(Overlay::Finder(list)), _) => Some(list.area(context.room)),
            (Some(Overlay::Confirm(confirm)), _) => Some(confirm.area(context.room)),
            (Some(Overlay::Files(_)), _) => Some(files::area(context.room)),
            (Some(Overlay::Help(_)), _) => Some(Help::area(context.room)),
            (None, _) if matches!(self.screen, Screen::Train) => self.train.popup(context),
            (None, opened) => opened?.popup(context),
        }
    }

    /// Whether the screen has a box or a line of text that has the keys alone.
    pub(super) fn has_box(&self) -> bool {
        match &self.screen {
            Screen::Catalogue => self.catalogue.is_typing,
            Screen::Compare(_) | Screen::Start => false,
            Screen::Train => self.train.popup(&self.context()).is_some(),
            Screen::Network(opened) => opened.popup(&self.context()).is_some(),
        }
    }

    /// Closes every box and line of text.
    pub(super) fn close_boxes(&mut self, asks: &mut Asks) {
        self.overlay = None;
        self.course.stop_typing();
        self.catalogue.is_typing = false;
        self.train.close();
        if let Some(opened) = self.screen.opened_mut() {
            opened.close_box(asks);
        }
    }

    /// Handles a click in the box over the screen.
    pub(super) fn click_overlay(&mut self, at: Position, context: &Context) -> Option<Command> {
        match self.overlay.as_mut()? {
            Overlay::Finder(list) => list.click(list.area(context.room), at),
            Overlay::Confirm(confirm) => Confirm::click(confirm.area(context.room), at),
            Overlay::Files(files) => files.click(files::area(context.room), at),
            Overlay::Help(_) => Help::click(Help::area(context.room), at),
        }
    }
}
