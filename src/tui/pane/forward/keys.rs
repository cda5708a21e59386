//! Keys, clicks and files of the forward pass and its boxes.

use std::path::PathBuf;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::{Boxed, Contrast, Forward, Phase, maps, place, sum, view};
use crate::engine::{Edit, Mode};
use crate::export::maps as pictures_of;
use crate::export::maps::Greys;
use crate::message;
use crate::network::LayerId;
use crate::report::pass::layer_statistics;
use crate::text::{Language, Message};
use crate::tui::context::Context;
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::{Cursor, Motion};
use crate::tui::kit::layer_tree::Item;
use crate::tui::kit::layout::{height, line_at};
use crate::tui::kit::picture::Pictures;
use crate::tui::message::Command;
use crate::tui::overlay::{chooser, picker};
use crate::tui::pane::{Net, Pane};
use crate::tui::request::{Asks, LONGEST_PATH, Request};
use crate::tui::worker::Until;

impl Pane for Forward {
    fn keys(&self) -> Vec<Scope> {
        match &self.boxed {
            Some(Boxed::Chooser) => vec![Scope::Chooser, Scope::Lists, Scope::Anywhere],
            Some(Boxed::Typing(_)) => vec![Scope::Typing],
            Some(Boxed::Changes(_)) => vec![Scope::Picker, Scope::Lists, Scope::Anywhere],
            None if self.is_explaining() => vec![Scope::Explained],
            None if self.is_busy() => vec![Scope::Running, Scope::Forward, Scope::Tree],
            None => vec![Scope::Forward, Scope::Tree],
        }
    }

    fn update(&mut self, command: Command, net: &Net<'_>, context: &Context, asks: &mut Asks) {
        if let Command::Move(motion) = command {
            self.go(motion, net, context);
        } else if self.boxed.is_some() {
            self.in_box(command, net, asks);
        } else {
            self.in_pass_view(command, net, context, asks);
        }
    }

    fn why_not(&self, command: Command, net: &Net<'_>) -> Option<Message> {
        let is_ready = self.is_ready();
        match command {
            Command::Step | Command::RunAll | Command::RunTo if !net.can_run => {
                Some(message!("notice-errors-first"))
            }
            Command::Step | Command::RunAll if is_ready && self.done() >= self.end() => {
                let why = net.why.clone();
                Some(why.unwrap_or_else(|| message!("notice-end")))
            }
            Command::RunTo => {
                let target = self.selected_layer()?;
                (target.index() < self.done()).then(|| message!("notice-has-run"))
            }
            Command::StepBack | Command::Rewind if is_ready && self.done() == 0 => {
                Some(message!("notice-nothing-run"))
            }
            Command::StepBack | Command::Rewind | Command::Changes
                if matches!(self.phase, Phase::Idle | Phase::Failed(_)) =>
            {
                Some(message!("notice-no-pass"))
            }
            Command::Explain if self.shown.is_none() => Some(message!("notice-nothing-run")),
            _ => None,
        }
    }

    fn click(&mut self, at: Position, _net: &Net<'_>, context: &Context) -> Option<Command> {
        if let Some(area) = self.popup(context.room) {
            return self.click_in_box(area, at);
        }
        let body = context.view;
        let cell = match self.sum_place(body) {
            Some(area) => sum::cell_at(self, area, at),
            None => maps::cell_at(self, body, at),
        };
        if let Some((channel, row, column)) = cell {
            self.explain_at(channel, row, column);
            return None;
        }
        let timeline = place::timeline(body);
        if timeline.contains(at) {
            let layer = self.layer_at(timeline, at.x);
            self.jump(layer);
            return None;
        }
        let [tree, _] = place::forward(body);
        if self.sum_place(body).is_some_and(|sum| sum.intersects(tree)) {
            return None;
        }
        let cursor = self.tree.cursor();
        let place = line_at(place::forward_rows(tree), at, cursor.top)?;
        self.tree.select_place(place);
        (cursor.at == place).then_some(Command::Accept)
    }

    fn scroll(&mut self, _net: &Net<'_>, context: &Context) {
        // The selected layer is shown once for all steps of a wheel.
        self.look_at_selected();
        let lines = self.lines_offered();
        if let Some(area) = self.popup(context.room) {
            match &mut self.boxed {
                Some(Boxed::Chooser) => self.chooser.keep(area),
                Some(Boxed::Changes(cursor)) => cursor.keep(lines, picker::page(area)),
                Some(Boxed::Typing(_)) | None => {}
            }
        }
        let [tree, _] = place::forward(context.view);
        self.tree.keep(height(place::forward_rows(tree)));
    }

    fn files(&self) -> Vec<(Form, &'static str)> {
        match (self.pass(), &self.shown) {
            (Some(_), Some(_)) => vec![
                (Form::Csv, "form-csv-statistics"),
                (Form::Markdown, "form-markdown-statistics"),
                (Form::Png, "form-png"),
            ],
            _ => Vec::new(),
        }
    }

    fn file_name(&self, form: Form, net: &Net<'_>) -> String {
        let name = &net.subject.model.spec.name;
        match (form, &self.shown) {
            (Form::Png, Some(shown)) => {
                let path = &self.network()[shown.layer].path;
                format!("{name}-{}", path.to_string().replace('#', "-"))
            }
            _ => format!("{name}-forward"),
        }
    }

    fn file(&self, form: Form, _net: &Net<'_>, _language: Language) -> Result<Vec<u8>, Message> {
        let nothing = || message!("notice-nothing-run");
        if form == Form::Png {
            // The greys are those of the screen.
            let shown = self.shown.as_ref().ok_or_else(nothing)?;
            let greys = match self.maps.contrast {
                Contrast::Map => Greys::OfMap,
                Contrast::Layer => Greys::OfAll,
            };
            return pictures_of::png(&shown.output, greys);
        }
        let table = layer_statistics::table(self.pass().ok_or_else(nothing)?);
        let text = match form {
            Form::Csv => table.csv(),
            _ => table.markdown(),
        };
        Ok(text.into_bytes())
    }

    fn render<'a>(
        &'a self,
        frame: &mut Frame<'_>,
        net: &Net<'a>,
        context: &Context,
        pictures: &mut Pictures<'a>,
    ) {
        view::render(frame, context, (self, net), pictures);
    }

    fn popup(&self, room: Rect) -> Option<Rect> {
        Some(match self.boxed.as_ref()? {
            Boxed::Chooser | Boxed::Typing(_) => self.chooser.area(room),
            Boxed::Changes(_) => picker::area(room, 72, self.lines_offered()),
        })
    }

    fn render_popup(&self, frame: &mut Frame<'_>, area: Rect, _net: &Net<'_>, context: &Context) {
        let theme = context.theme;
        match &self.boxed {
            Some(Boxed::Chooser) => {
                chooser::render(frame, area, context, (&self.chooser, self.is_veiled), None);
            }
            Some(Boxed::Typing(text)) => {
                let chooser = (&self.chooser, self.is_veiled);
                chooser::render(frame, area, context, chooser, Some(text));
            }
            Some(Boxed::Changes(cursor)) => {
                let lines = self.change_lines(context);
                picker::render(frame, area, theme, "title-changes", &lines, *cursor);
            }
            None => {}
        }
    }

    fn close(&mut self) {
        self.boxed = None;
    }

    fn back(&mut self, _net: &Net<'_>) -> bool {
        let was = self.boxed.take();
        if matches!(was, Some(Boxed::Typing(_))) {
            self.boxed = Some(Boxed::Chooser);
        }
        was.is_some() || self.is_explaining() && self.explained.take().is_some()
    }

    fn back_to(&self) -> Option<Message> {
        self.is_explaining().then(|| message!("back-maps"))
    }

    fn type_text(&mut self, text: &str, asks: &mut Asks) {
        if let Some(Boxed::Typing(typed)) = &mut self.boxed {
            typed.push_str(asks.cut(typed, text, LONGEST_PATH));
        }
    }

    fn take_file(&mut self, path: PathBuf, _net: &Net<'_>, _asks: &mut Asks) {
        self.chooser.add_file(path);
    }

    fn layer(&self, _net: &Net<'_>) -> Option<LayerId> {
        let layer = self.tree.selected().and_then(Item::layer)?;
        Some(self.in_opened(layer))
    }

    fn answer(&self, net: &Net<'_>) -> Option<LayerId> {
        Pane::layer(self, net)
    }

    fn select(&mut self, id: LayerId) -> bool {
        let id = self.in_pass(id);
        self.tree.select_layer(id);
        true
    }
}

impl Forward {
    /// Moves in the list that has the keys.
    fn go(&mut self, motion: Motion, net: &Net<'_>, context: &Context) {
        let lines = self.lines_offered();
        if let Some(area) = self.popup(context.room) {
            match &mut self.boxed {
                Some(Boxed::Chooser) => self.chooser.go(motion, area),
                Some(Boxed::Changes(cursor)) => cursor.go(motion, lines, picker::page(area)),
                Some(Boxed::Typing(_)) | None => {}
            }
            return;
        }
        if let Some(explained) = &mut self.explained {
            let [_, text] = place::explained(place::explanation(context.view));
            let network = &net.subject.model.network;
            let language = context.theme.language();
            let lines = explained.lines(network, usize::from(text.width), language);
            explained.cursor.scroll(motion, lines.len(), height(text));
            return;
        }
        let [tree, _] = place::forward(context.view);
        self.tree.go(motion, height(place::forward_rows(tree)));
    }

    /// Executes a command of the pass.
    fn in_pass_view(
        &mut self,
        command: Command,
        net: &Net<'_>,
        context: &Context,
        asks: &mut Asks,
    ) {
        match command {
            Command::Show(_) if matches!(self.phase, Phase::Idle) && net.can_run => {
                self.begin(net, asks);
            }
            Command::Accept if self.is_ready() && self.done() == 0 => {
                asks.notify(message!(
                    "notice-run-keys",
                    step = context.keys.key(Scope::Forward, Command::Step),
                    all = context.keys.key(Scope::Forward, Command::RunAll),
                ));
            }
            Command::Cancel => {
                self.stop_stepping();
                self.keep_pass();
                asks.ask(Request::Stop);
            }
            Command::Fix => self.take_fit(asks),
            Command::Step => self.run_on(Until::Next, net, asks),
            Command::RunAll => {
                let until = self.until_stop();
                self.run_on(until, net, asks);
            }
            Command::Explain => self.toggle_explained(),
            Command::MoveCell(way) => self.move_cell(way),
            Command::Order => self.turn_order(),
            Command::NextMaps | Command::PreviousMaps if self.explained.is_some() => {
                self.move_channel(command == Command::NextMaps);
            }
            Command::Changes => {
                self.offered = self.offers();
                if self.offered.is_empty() {
                    asks.notify(message!("notice-no-pass"));
                } else {
                    self.why_no_more()
                        .into_iter()
                        .for_each(|why| asks.notify(why));
                    self.boxed = Some(Boxed::Changes(Cursor::default()));
                }
            }
            Command::SwitchMode => self.change_by(Edit::Mode(Mode::Training), asks),
            Command::ToggleStop => self.toggle_stop(),
            Command::TurnStops => {
                self.turn_stops();
                asks.notify(self.stops.words());
            }
            Command::Slower | Command::Faster => {
                self.turn_speed(command == Command::Slower);
                asks.notify(match self.rest.as_millis() {
                    0 => message!("notice-full-speed"),
                    rest => {
                        let rest = format!("{:.1}", rest as f64 / 1e3);
                        message!("notice-pause", seconds = rest)
                    }
                });
            }
            Command::RunTo => match self.selected_layer() {
                Some(target) if target.index() < self.done() => {
                    asks.notify(message!("notice-has-run"));
                }
                Some(target) => self.run_on(Until::Layer(target), net, asks),
                None => {}
            },
            Command::Choose if net.can_run && !self.is_busy() => self.choose(),
            Command::StepBack => self.step_back(),
            Command::Rewind => self.rewind(),
            Command::Earlier => self.step_along(false),
            Command::Later => self.step_along(true),
            Command::Longest => self.jump(self.largest()),
            Command::Timeline => self.turn_quantity(),
            Command::FoldIn => self.tree.close(),
            Command::FoldOut => self.tree.open(),
            Command::Toggle | Command::Accept => match (&self.phase, net.can_run) {
                (Phase::Idle | Phase::Failed(_), true) if command == Command::Accept => {
                    self.choose();
                }
                _ => self.tree.toggle(),
            },
            Command::CloseAll => self.tree.close_all(),
            Command::OpenAll => self.tree.open_all(),
            Command::NextMaps | Command::PreviousMaps => {
                let step = maps::channels_per_page(self, context.view);
                self.turn_maps(command, step);
            }
            Command::Flip if self.turn_flip() => {}
            Command::Flip => asks.notify(message!("notice-nothing-to-flip")),
            Command::Enlarge => self.magnify(true),
            // Both sides again, before the maps.
            Command::Shrink if self.flip.is_some() => self.flip = None,
            Command::Shrink => self.magnify(false),
            Command::Contrast => {
                self.maps.contrast = match self.maps.contrast {
                    Contrast::Map => Contrast::Layer,
                    Contrast::Layer => Contrast::Map,
                };
            }
            _ => {}
        }
    }

    /// Prepares a pass on trained weights, so that its picture is seen at once; without any at hand, shows those on offer.
    fn begin(&mut self, net: &Net<'_>, asks: &mut Asks) {
        let is_trained = self
            .chooser
            .source()
            .is_some_and(|source| !source.is_random());
        let task = is_trained.then(|| self.prepare(net.subject)).flatten();
        match task {
            Some(task) => asks.ask(Request::Run(task)),
            None => self.choose(),
        }
    }

    /// Changes the pass, and runs again from the change.
    pub(super) fn change_by(&mut self, edit: Edit, asks: &mut Asks) {
        let task = self.change(edit);
        if let Some(task) = task {
            asks.ask(Request::Run(task));
        }
    }

    /// Changes the preprocessing as typed, and runs again from there.
    ///
    /// # Errors
    /// The text makes no sense; the message is for the user.
    pub(in crate::tui) fn prepare_typed(
        &mut self,
        text: &str,
        asks: &mut Asks,
    ) -> Result<(), Message> {
        let task = self.prepare_as(text)?;
        if let Some(task) = task {
            asks.ask(Request::Run(task));
        }
        Ok(())
    }

    /// Starts a run; without a pass, opens the chooser.
    fn run_on(&mut self, until: Until, net: &Net<'_>, asks: &mut Asks) {
        if let Some(task) = self.run(until) {
            asks.ask(Request::Run(task));
        } else if !net.can_run {
            asks.notify(message!("notice-errors-first"));
        } else {
            match self.phase {
                Phase::Ready(_) => {
                    asks.notify(net.why.clone().unwrap_or_else(|| message!("notice-end")));
                }
                Phase::Idle | Phase::Failed(_) => self.choose(),
                Phase::Preparing | Phase::Changing(_) | Phase::Running(_) => {}
            }
        }
    }

    /// Asks to open the network that the weights fit.
    fn take_fit(&self, asks: &mut Asks) {
        match (self.fit.clone(), self.chooser.source()) {
            (Some(fit), Some(source)) => {
                asks.ask(Request::OpenFit(fit, source.choice.clone()));
            }
            _ => asks.notify(message!("notice-nothing-fits-better")),
        }
    }

    /// Shows the next or previous channels of the maps.
    fn turn_maps(&mut self, command: Command, step: usize) {
        let Some(shown) = &self.shown else {
            return;
        };
        let channels = shown.output.channels;
        let first = self.maps.first;
        self.maps.first = match command {
            Command::NextMaps if first + step < channels => first + step,
            Command::NextMaps => first,
            _ => first.saturating_sub(step),
        };
    }
}
