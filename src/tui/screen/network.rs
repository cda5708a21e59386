//! Open network, with the state of each of its views.

mod shared;
pub mod tabs;

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::analysis::Rule;
use crate::engine::WeightsChoice;
use crate::engine::saliency::Choice;
use crate::lower::{Model, Overrides};
use crate::message;
use crate::network::LayerId;
use crate::report::Subject;
use crate::spec::{Fix, Place, Problem, Severity, catalog, has_errors};
use crate::text::{Language, Message};
use crate::tui::context::{Around, Context};
use crate::tui::fault::{Fault, Instead};
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::picture::Pictures;
use crate::tui::message::{Command, Tab};
use crate::tui::overlay::bn_lab::{self, BnLab};
use crate::tui::overlay::inquiry::{self, Answers};
use crate::tui::pane::checks::Checks;
use crate::tui::pane::forward::Forward;
use crate::tui::pane::gradients::Gradients;
use crate::tui::pane::graph::Graph;
use crate::tui::pane::layers::{Focus, Layers};
use crate::tui::pane::spec::SpecView;
use crate::tui::pane::stats::{SLOWEST, Stats};
use crate::tui::pane::weights::Weights;
use crate::tui::pane::{Net, Pane};
use crate::tui::request::{Asks, Request};
use crate::tui::setup::Setup;
use crate::tui::worker::{BnLabNews, Event, Found, Lane, Measured, News, Question, Task};
use shared::{can_run, net};

/// A network with its views.
#[derive(Debug)]
pub struct Opened {
    /// Network with its analysis.
    pub subject: Arc<Subject>,
    /// Overrides, instead of the spec's values.
    pub overrides: Overrides,
    /// Current view.
    pub tab: Tab,
    /// The overview.
    pub stats: Stats,
    /// The layer table.
    pub layers: Layers,
    /// The graph.
    pub graph: Graph,
    /// Problems and notes.
    pub checks: Checks,
    /// The spec.
    pub spec: SpecView,
    /// Problems of its files now, if there are any; the screen then shows an earlier version.
    pub fault: Option<Fault>,
    /// The forward pass.
    pub forward: Forward,
    /// The weights.
    pub weights: Weights,
    /// Sizes of gradients.
    pub gradients: Gradients,
    /// The lab of a batch normalisation, while it is open.
    pub bn_lab: Option<BnLab>,
    /// Answers about the trained network, while they are open.
    pub answers: Option<Answers>,
    /// Whether a lesson has opened it.
    pub is_of_lesson: bool,
    /// Ticket number of the news about its pass.
    pub ticket: u64,
    /// Files that are offered.
    around: Arc<Around>,
}

impl Opened {
    /// Opens a network at its overview.
    pub fn new(model: impl Into<Arc<Model>>, ticket: u64, around: &Arc<Around>) -> Self {
        let subject = Arc::new(Subject::new(model, Rule::default(), 1));
        let checks = Checks::new(&subject);
        let mut opened = Self {
            stats: Stats::new(around.free),
            layers: Layers::new(&subject, &checks.problems),
            graph: Graph::new(&subject),
            spec: SpecView::new(&subject),
            forward: Forward::new(&subject, around),
            weights: Weights::new(around),
            around: Arc::clone(around),
            gradients: Gradients::new(&subject),
            bn_lab: None,
            answers: None,
            checks,
            tab: Tab::Stats,
            overrides: Overrides::default(),
            fault: None,
            is_of_lesson: false,
            subject,
            ticket,
        };
        opened.state(Fault::at_start(&opened.subject.model));
        opened
    }

    /// Offers other files on this disk.
    pub fn look_around(&mut self, around: &Arc<Around>) {
        self.around = Arc::clone(around);
        self.stats.free = around.free;
        self.forward = Forward::new(&self.subject, around);
        self.weights = Weights::new(around);
    }

    /// Sets or clears the warning about its files, in every view.
    fn state(&mut self, fault: Option<Fault>) {
        if let Some(fault) = &fault {
            self.checks.list(&fault.problems);
            self.spec.show_broken(&self.subject, fault);
        }
        self.fault = fault;
    }

    /// Sets the warning about these problems of its files, without changing what is shown; returns whether they are new.
    pub fn stays_with(&mut self, problems: Vec<Problem>) -> bool {
        let instead = match &self.fault {
            Some(fault) => fault.instead.clone(),
            None => Instead::LastGood(self.spec.written()),
        };
        let fault = Fault::now(problems, &self.name(), instead);
        self.spec.was_read();
        let is_news = self.fault.as_ref() != Some(&fault);
        if is_news {
            self.state(Some(fault));
        }
        is_news
    }

    /// Whether the shown version had no errors when it was read, so it is worth keeping.
    pub fn was_good(&self) -> bool {
        !has_errors(&self.subject.model.problems)
    }

    /// Counts by another rule, or for another batch size. Everything else stays as it is.
    pub fn recount(&mut self, rule: Rule, batch: u64) {
        self.subject = Arc::new(self.subject.recounted(rule, batch));
        self.layers.recount(&self.subject);
        self.graph = self.graph.recounted(&self.subject);
        if self.tab == Tab::Graph {
            self.graph.lay_out();
        }
    }

    /// Shows another network instead; views keep as much of their state as possible.
    pub fn replace(&mut self, model: Model, rule: Rule, batch: u64) {
        let is_same = self.subject.model.network.nodes().eq(model.network.nodes());
        let layer = self.layer();
        let path = layer.map(|id| self.subject.model.network[id].path.to_string());
        self.subject = Arc::new(Subject::new(model, rule, batch));
        let subject = &self.subject;
        self.checks = Checks::new(subject);
        self.layers = self.layers.renewed(subject, &self.checks.problems, is_same);
        self.graph = self.graph.renewed(subject);
        self.spec = SpecView::new(subject);
        let fault = Fault::at_start(&subject.model);
        if !is_same {
            self.forward = Forward::new(subject, &self.around);
            self.weights = Weights::new(&self.around);
            self.gradients = Gradients::new(subject);
        }
        let network = &subject.model.network;
        if let Some(id) = path.and_then(|path| network.find(&path)) {
            self.graph.select_layer(id);
            if !is_same {
                self.layers.tree.select_layer(id);
            }
        }
        self.graph.lay_out();
        self.state(fault);
    }

    /// Name that opens it: of the catalogue, or a path.
    pub fn name(&self) -> String {
        let spec = &self.subject.model.spec;
        catalog::name_of(&spec.source).unwrap_or_else(|| spec.source.name.clone())
    }

    /// Its title in a language.
    pub fn title(&self, language: Language) -> String {
        self.subject.model.title().of(language).to_owned()
    }

    /// Settings that it is built and counted with.
    pub fn setup(&self) -> Setup {
        Setup {
            overrides: self.overrides,
            rule: self.subject.analysis.rule,
            batch: self.subject.batch,
        }
    }

    /// View of the tab.
    fn pane(&self) -> &dyn Pane {
        self.pane_of(self.tab)
    }

    fn pane_of(&self, tab: Tab) -> &dyn Pane {
        match tab {
            Tab::Stats => &self.stats,
            Tab::Layers => &self.layers,
            Tab::Graph => &self.graph,
            Tab::Forward => &self.forward,
            Tab::Checks => &self.checks,
            Tab::Spec => &self.spec,
            Tab::Gradients => &self.gradients,
            Tab::Weights => &self.weights,
        }
    }

    /// View of the tab, with the network as it reads it.
    fn parts(&mut self) -> (&mut dyn Pane, Net<'_>) {
        let mut net = net(
            &self.subject,
            self.fault.as_ref(),
            (&self.layers, &self.checks, &self.forward),
        );
        let pane: &mut dyn Pane = match self.tab {
            Tab::Stats => &mut self.stats,
            Tab::Layers => &mut self.layers,
            Tab::Graph => {
                net.pass = Some(&self.forward);
                &mut self.graph
            }
            Tab::Forward => &mut self.forward,
            Tab::Checks => &mut self.checks,
            Tab::Spec => &mut self.spec,
            Tab::Gradients => &mut self.gradients,
            Tab::Weights => &mut self.weights,
        };
        (pane, net)
    }

    /// Network as its views read it.
    fn net(&self) -> Net<'_> {
        let net = net(
            &self.subject,
            self.fault.as_ref(),
            (&self.layers, &self.checks, &self.forward),
        );
        Net {
            pass: Some(&self.forward),
            ..net
        }
    }

    /// Scopes of its keys, the innermost first; that of an open box alone.
    pub fn keys(&self) -> Vec<Scope> {
        if let Some(answers) = &self.answers {
            return answers.keys();
        }
        if self.bn_lab.is_some() {
            return vec![Scope::BnLab, Scope::Lists, Scope::Anywhere];
        }
        let mut scopes = self.pane().keys();
        if self.tab == Tab::Graph && self.forward.is_busy() {
            scopes.insert(0, Scope::Running);
        }
        if !scopes.first().is_some_and(|scope| scope.is_alone()) {
            scopes.extend([Scope::Lists, Scope::Network]);
        }
        scopes
    }

    /// Executes a command.
    pub fn update(&mut self, command: Command, context: &Context, asks: &mut Asks) {
        if let Some(answers) = &mut self.answers {
            if let Command::Move(motion) = command {
                answers.go(motion, context.cover());
            } else if let Some(task) = answers.update(command) {
                asks.ask(Request::Inquire(task));
            }
            return;
        }
        if let (Some(lab), false) = (&mut self.bn_lab, command == Command::BnLab) {
            if let Command::Move(motion) = command {
                lab.go(motion, context.cover(), context.theme.language());
            } else if let Some(task) = lab.update(command, &self.subject) {
                asks.ask(Request::Measure(task));
            }
            return;
        }
        let here = self.tab as usize;
        let turned = |by: usize| Tab::ALL[(here + by) % Tab::ALL.len()];
        match command {
            Command::Show(tab) => self.show_tab(tab, context, asks),
            Command::NextTab => self.show_tab(turned(1), context, asks),
            Command::PreviousTab => {
                let previous = turned(Tab::ALL.len() - 1);
                self.show_tab(previous, context, asks);
            }
            Command::BnLab => self.open_bn_lab(asks),
            Command::Lesions | Command::Looks => self.open_answers(command, asks),
            _ if self.tab == Tab::Graph && Graph::is_of_pass(command) => {
                self.drive_pass(command, context, asks);
            }
            _ => {
                let (pane, net) = self.parts();
                pane.update(command, &net, context, asks);
            }
        }
    }

    /// Executes a command of the pass from the graph, which shows its values.
    fn drive_pass(&mut self, command: Command, context: &Context, asks: &mut Asks) {
        let net = net(
            &self.subject,
            self.fault.as_ref(),
            (&self.layers, &self.checks, &self.forward),
        );
        self.graph.follows = command != Command::Cut;
        match (command, self.graph.layer()) {
            (Command::Cut, Some(id)) => self.forward.cut(&net, id, asks),
            (Command::Step | Command::RunAll, _) if self.forward.is_idle() => {
                let network = &self.subject.model.network;
                let to = match command {
                    Command::Step => network.ids().next(),
                    _ => network.ids().next_back(),
                };
                self.forward.start(&net, to, asks);
            }
            _ => self.forward.update(command, &net, context, asks),
        }
    }

    /// Shows the view of a tab, as a key does: one that needs an input asks for it.
    pub fn show_tab(&mut self, tab: Tab, context: &Context, asks: &mut Asks) {
        self.close_box(asks);
        self.show(tab);
        let (pane, net) = self.parts();
        pane.update(Command::Show(tab), &net, context, asks);
    }

    /// Takes one step back within the view; returns whether there was one to take.
    pub fn back(&mut self, asks: &mut Asks) -> bool {
        if self.bn_lab.is_some() || self.answers.is_some() {
            self.close_box(asks);
            return true;
        }
        let (pane, net) = self.parts();
        pane.back(&net)
    }

    /// Place that one step back within the view leads to; `None` if there is no step to take.
    pub fn back_to(&self) -> Option<Message> {
        self.pane().back_to()
    }

    /// Reason why a command cannot act now.
    pub fn why_not(&self, command: Command) -> Option<Message> {
        self.pane().why_not(command, &self.net())
    }

    /// Closes the open box.
    pub fn close_box(&mut self, asks: &mut Asks) {
        if let Some(answers) = self.answers.take()
            && answers.is_busy()
        {
            asks.ask(Request::StopLane(Lane::Inquiry));
        }
        if let Some(lab) = self.bn_lab.take()
            && lab.is_busy
        {
            asks.ask(Request::StopMeasuring);
        }
        self.parts().0.close();
    }

    /// Area of the open box.
    pub fn popup(&self, context: &Context) -> Option<Rect> {
        match (&self.bn_lab, &self.answers) {
            (Some(_), _) | (_, Some(_)) => Some(context.cover()),
            (None, None) => self.pane().popup(context.room),
        }
    }

    /// Adds to the text that is typed in the open box.
    pub fn type_text(&mut self, text: &str, asks: &mut Asks) {
        self.parts().0.type_text(text, asks);
    }

    /// Takes a file that the view asked for.
    pub fn take_file(&mut self, path: PathBuf, asks: &mut Asks) {
        let (pane, net) = self.parts();
        pane.take_file(path, &net, asks);
    }

    /// Selects the clicked item; for one that is selected already, returns the command of Enter.
    pub fn click(&mut self, at: Position, context: &Context) -> Option<Command> {
        if self.bn_lab.is_some() || self.answers.is_some() {
            return BnLab::click(context.cover(), at);
        }
        let (pane, net) = self.parts();
        pane.click(at, &net, context)
    }

    /// Scrolls every list of the view to its selected line.
    pub fn scroll(&mut self, context: &Context) {
        if self.tab == Tab::Stats {
            self.stats.times = self.forward.slowest(SLOWEST);
        }
        let (pane, net) = self.parts();
        pane.scroll(&net, context);
    }

    /// Formats that the view can be exported in, each with the id of its description.
    pub fn files(&self) -> Vec<(Form, &'static str)> {
        self.pane().files()
    }

    /// Name of an exported file, without its extension.
    pub fn file_name(&self, form: Form) -> String {
        self.pane().file_name(form, &self.net())
    }

    /// Contents of an exported file.
    ///
    /// # Errors
    /// It cannot be made; the message is for the user.
    pub fn file(&self, form: Form, language: Language) -> Result<Vec<u8>, Message> {
        self.pane().file(form, &self.net(), language)
    }

    /// Draws the view, and adds its maps to the visible pictures.
    pub fn render<'a>(
        &'a self,
        frame: &mut Frame<'_>,
        context: &Context,
        pictures: &mut Pictures<'a>,
    ) {
        self.pane().render(frame, &self.net(), context, pictures);
    }

    /// Draws the open box.
    pub fn render_popup(&self, frame: &mut Frame<'_>, area: Rect, context: &Context) {
        if let Some(answers) = &self.answers {
            let is_veiled = self.forward.is_veiled;
            inquiry::render(frame, area, context.theme, (answers, is_veiled));
            return;
        }
        match &self.bn_lab {
            Some(lab) => bn_lab::render(frame, area, context, lab),
            None => (self.pane()).render_popup(frame, area, &self.net(), context),
        }
    }

    /// Layer that is selected in the current view.
    pub fn layer(&self) -> Option<LayerId> {
        self.pane().layer(&self.net())
    }

    /// Path of the layer that answers a question about a place.
    ///
    /// # Errors
    /// A group is selected; the message is for the user.
    pub fn answer(&self) -> Result<String, Message> {
        let id = self.pane().answer(&self.net());
        let id = id.ok_or_else(|| message!("lesson-row-is-a-group"))?;
        Ok(self.subject.model.network[id].path.to_string())
    }

    /// Switches to a view, and selects the layer of the previous one.
    pub fn show(&mut self, tab: Tab) {
        if tab == self.tab {
            return;
        }
        let layer = self.layer();
        self.tab = tab;
        self.parts().0.enter();
        let knows = layer.is_some() && self.layer() == layer;
        if let Some(id) = layer
            && !knows
        {
            self.go_to(id);
        }
    }

    /// Selects a layer in the current view.
    pub fn go_to(&mut self, id: LayerId) {
        if !self.parts().0.select(id) {
            let selected = self.layers.tree.selected();
            if !selected.is_some_and(|item| item.row.contains(id)) {
                self.layers.tree.select_layer(id);
            }
        }
    }

    /// Selects a layer in the current view, or in the layer table where that has no selection of its own.
    pub fn find(&mut self, id: LayerId) {
        if !self.parts().0.select(id) {
            self.tab = Tab::Layers;
            self.layers.tree.select_layer(id);
        }
    }

    /// Sign after a tab's name: whether its view has something to say.
    pub fn sign(&self, tab: Tab) -> &'static str {
        self.pane_of(tab).sign()
    }

    /// Shows again what a lesson has hidden.
    pub fn unveil(&mut self) {
        self.layers.unveil();
        self.graph.is_asked = false;
    }

    /// Shows a layer in a view, with its surroundings.
    pub fn show_layer(&mut self, tab: Tab, id: LayerId) {
        self.tab = tab;
        if tab == Tab::Layers {
            self.layers.rank(&self.subject, None);
            self.layers.focus = Focus::Table;
        }
        self.parts().0.select(id);
    }

    /// Shows a place of the spec; returns whether its file is the one on the screen.
    pub fn show_place(&mut self, place: &Place) -> bool {
        let is_here = place.source.name == self.spec.name;
        if is_here {
            let (line, _) = place.line_column();
            let lines = self.spec.lines.len();
            self.spec.cursor.select(line.saturating_sub(1), lines);
            self.tab = Tab::Spec;
        }
        is_here
    }

    /// First fix of its problems, notes aside.
    pub fn first_fix(&self) -> Option<&Fix> {
        let worth = |problem: &&Problem| problem.severity > Severity::Note;
        let problems = self.checks.problems.iter().filter(worth);
        problems.into_iter().find_map(Problem::fix)
    }

    /// Opens the lab of the selected batch normalisation, or of the next one after the selected layer.
    pub fn open_bn_lab(&mut self, asks: &mut Asks) {
        self.open_bn_lab_at(0, asks);
    }

    /// Opens it at a channel.
    pub fn open_bn_lab_at(&mut self, channel: usize, asks: &mut Asks) {
        let from = self.layer().map_or(0, LayerId::index);
        let chosen = self.forward.chooser.source();
        let weights = match chosen {
            Some(source) => source.choice.clone(),
            None => WeightsChoice::default_for(&self.subject.model),
        };
        let Some(mut lab) = BnLab::at(&self.subject, from, weights) else {
            asks.notify(message!("notice-no-norm"));
            return;
        };
        self.close_box(asks);
        lab.setup.channel = channel;
        let task = lab.job(&self.subject);
        self.bn_lab = Some(lab);
        asks.ask(Request::Measure(task));
    }

    /// Opens the accuracies without paths of blocks, or the maps of where the network looked, with the chosen weights and input.
    fn open_answers(&mut self, command: Command, asks: &mut Asks) {
        if !self.can_run() || self.net().why.is_some() {
            asks.notify(message!("notice-errors-first"));
            return;
        }
        let Some((weights, input)) = self.forward.chooser.chosen() else {
            return;
        };
        let question = match command {
            Command::Lesions => Question::Lesions,
            _ => Question::Looks {
                input: input.clone(),
                choice: Choice::best(&self.subject.model.network, &self.subject.analysis.shapes),
                classes: Vec::new(),
            },
        };
        let mut answers = Answers::new(&self.subject, weights.clone(), question);
        self.close_box(asks);
        let task = answers.job();
        self.answers = Some(answers);
        asks.ask(Request::Inquire(task));
    }

    /// Handles news from a worker; returns the next task of the pass.
    pub fn take(&mut self, news: News, asks: &mut Asks) -> Option<Task> {
        if let Event::BnLab(measured) = news.event {
            if let Some(lab) = &mut self.bn_lab
                && lab.ticket == news.ticket
            {
                lab.take(measured);
            }
            return None;
        }
        if let Some(answers) = &mut self.answers
            && answers.ticket == news.ticket
        {
            if let Event::Inquired(found) = news.event {
                answers.take(found);
            }
            return None;
        }
        if let Event::Gradients(measured) = news.event {
            if self.gradients.ticket == news.ticket {
                self.gradients.take(measured);
            }
            return None;
        }
        if self.ticket != news.ticket {
            return None;
        }
        if let Event::Looked(pair, found) = news.event {
            self.weights.take(&pair, found);
            return None;
        }
        self.forward.take(news.event, asks)
    }

    /// A worker has ended without a result for this network.
    pub fn lose(&mut self, lane: Lane, ticket: u64, asks: &mut Asks) {
        let reason = message!("job-program-error");
        let is_own = self.ticket == ticket;
        match lane {
            Lane::Pass if is_own => self.forward.lose(message!("pass-program-error"), asks),
            Lane::Weights if is_own => self.weights.lose(reason),
            Lane::Survey if is_own => self.stats.lose(),
            Lane::Gradients if self.gradients.ticket == ticket => {
                self.gradients.take(Measured::Failed(reason));
                self.gradients.take(Measured::Done);
            }
            Lane::Inquiry => {
                let answers = self.answers.as_mut();
                if let Some(answers) = answers.filter(|answers| answers.ticket == ticket) {
                    answers.take(Found::Failed(reason));
                    answers.take(Found::Done);
                }
            }
            Lane::BnLab => {
                if let Some(lab) = self.bn_lab.as_mut().filter(|lab| lab.ticket == ticket) {
                    lab.take(BnLabNews::Failed(reason));
                    lab.take(BnLabNews::Done(None));
                }
            }
            // Of a job that nobody waits for any more.
            _ => {}
        }
    }

    /// Whether the worker of the pass is busy.
    pub fn is_busy(&self) -> bool {
        self.forward.is_busy()
    }

    /// Whether it can run, at least up to a faulty layer. A spec that could not be read completely cannot.
    pub fn can_run(&self) -> bool {
        can_run(&self.checks, &self.forward)
    }
}
