//! Keys, clicks and files of the weights.

use std::path::PathBuf;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::{Boxed, Phase, Slot, Weights, across_and_down, areas, view};
use crate::message;
use crate::network::LayerId;
use crate::report::tensors::{changes, grid};
use crate::text::{Language, Message};
use crate::tui::context::Context;
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::Cursor;
use crate::tui::kit::layout::{below_heading, height, line_at};
use crate::tui::kit::picture::Pictures;
use crate::tui::message::{Command, Tab};
use crate::tui::overlay::chooser::Offer;
use crate::tui::overlay::picker;
use crate::tui::pane::{Net, Pane, of_grid};
use crate::tui::request::{Asks, Request};
use crate::tui::worker::Wanted;

impl Pane for Weights {
    fn keys(&self) -> Vec<Scope> {
        match &self.boxed {
            Some(_) => vec![Scope::Picker, Scope::Lists, Scope::Anywhere],
            None => vec![Scope::Weights],
        }
    }

    fn update(&mut self, command: Command, net: &Net<'_>, context: &Context, asks: &mut Asks) {
        if self.boxed.is_some() {
            self.in_box(command, context, asks);
        } else {
            self.in_view(command, net, context, asks);
        }
        self.read(net, asks);
    }

    fn click(&mut self, at: Position, _net: &Net<'_>, context: &Context) -> Option<Command> {
        if let Some(area) = self.popup(context.room) {
            if !area.contains(at) {
                return Some(Command::Back);
            }
            let boxed = self.boxed.as_mut()?;
            let lines = boxed.lines();
            return picker::click(&mut boxed.cursor, lines, area, at);
        }
        let [list, _] = areas(context.view);
        let line = line_at(below_heading(below_heading(list)), at, self.cursor.top)?;
        let was = self.cursor.at;
        self.cursor.select(line, self.len());
        (was == line).then_some(Command::Accept)
    }

    fn scroll(&mut self, _net: &Net<'_>, context: &Context) {
        if let (Some(area), Some(boxed)) = (self.popup(context.room), &mut self.boxed) {
            let lines = boxed.lines();
            boxed.cursor.keep(lines, picker::page(area));
        }
        let [list, _] = areas(context.view);
        let len = self.len();
        self.cursor
            .keep(len, height(below_heading(below_heading(list))));
    }

    fn files(&self) -> Vec<(Form, &'static str)> {
        match self.phase {
            Phase::Ready(_) => vec![(Form::Csv, "form-csv"), (Form::Markdown, "form-markdown")],
            _ => Vec::new(),
        }
    }

    fn file_name(&self, _form: Form, net: &Net<'_>) -> String {
        format!("{}-weights", net.subject.model.spec.name)
    }

    fn file(&self, form: Form, _net: &Net<'_>, language: Language) -> Result<Vec<u8>, Message> {
        let look = self.look().ok_or_else(|| message!("weights-pane-idle"))?;
        let is_exact = form == Form::Csv;
        let table = match &look.difference {
            Some(found) => changes(found, is_exact),
            None => grid(&look.tensors, is_exact),
        };
        Ok(of_grid(&table, form, language))
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
        Some(picker::area(room, 72, self.boxed.as_ref()?.lines()))
    }

    fn render_popup(&self, frame: &mut Frame<'_>, area: Rect, _net: &Net<'_>, context: &Context) {
        let theme = context.theme;
        let Some(boxed) = &self.boxed else {
            return;
        };
        let title = match boxed.slot {
            Slot::First => "weights-pane-choose",
            Slot::Second => "weights-pane-beside",
        };
        let names = boxed.offers.iter().map(|offer| match offer {
            Offer::Ready(source) => theme.say(&source.message()),
            _ => format!(
                "{}  {}",
                theme.say(&offer.name()),
                theme.say(&offer.words())
            ),
        });
        let file = theme.word("weights-pane-file").to_owned();
        let lines: Vec<_> = names.chain([file]).map(|line| format!(" {line}")).collect();
        picker::render(frame, area, theme, title, &lines, boxed.cursor);
    }

    fn close(&mut self) {
        self.boxed = None;
    }

    fn back(&mut self, _net: &Net<'_>) -> bool {
        if self.boxed.take().is_some() {
            return true;
        }
        if self.is_large {
            self.is_large = false;
            return true;
        }
        let was = self.second.take().is_some();
        if was {
            self.phase = Phase::Idle;
        }
        was
    }

    fn back_to(&self) -> Option<Message> {
        if self.is_large {
            Some(message!("back-tensors"))
        } else {
            self.second.as_ref().map(|_| message!("back-first-weights"))
        }
    }

    fn take_file(&mut self, path: PathBuf, net: &Net<'_>, asks: &mut Asks) {
        if let Some(boxed) = self.boxed.take() {
            self.choose_file(boxed.slot, path, net.subject);
        }
        self.read(net, asks);
    }

    fn layer(&self, net: &Net<'_>) -> Option<LayerId> {
        let row = self.selected();
        let module = row.and_then(|row| Some(row.tensor.name.rsplit_once('.')?.0.to_owned()));
        match module {
            Some(module) => net.subject.model.network.find(&module).or(net.layer),
            None => net.layer,
        }
    }

    fn answer(&self, net: &Net<'_>) -> Option<LayerId> {
        Pane::layer(self, net)
    }
}

impl Weights {
    /// Asks to read the chosen weights, unless they are read or still to be chosen.
    fn read(&mut self, net: &Net<'_>, asks: &mut Asks) {
        if self.boxed.is_none()
            && let Some(task) = self.job(net.subject, net.weights.as_ref())
        {
            asks.ask(Request::Run(task));
        }
    }

    fn in_view(&mut self, command: Command, net: &Net<'_>, context: &Context, asks: &mut Asks) {
        let [list, detail] = areas(context.view);
        let area = if self.is_large { context.view } else { detail };
        match command {
            Command::Move(motion) => {
                let len = self.len();
                let page = height(below_heading(below_heading(list)));
                self.cursor.go(motion, len, page);
            }
            Command::Choose => self.offer(Slot::First, net),
            Command::Compare => self.offer(Slot::Second, net),
            Command::Enlarge => self.is_large = self.kernels().is_some(),
            Command::Shrink => self.is_large = false,
            Command::NextMaps | Command::PreviousMaps => self.turn(command, area),
            Command::Accept => match self.layer(net) {
                Some(id) if self.look().is_some() => {
                    asks.ask(Request::Layer(Tab::Layers, id));
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn kernels(&self) -> Option<&crate::tui::worker::FirstKernels> {
        self.look()?.kernels.as_ref()
    }

    /// Shows the next or previous kernels.
    fn turn(&mut self, command: Command, area: Rect) {
        let Some(kernels) = self.kernels() else {
            return;
        };
        let [across, down] = across_and_down(kernels.size, view::kernels_area(area, self.is_large));
        let (page, count) = (across * down, kernels.count);
        self.first = match command {
            Command::NextMaps if self.first + page < count => self.first + page,
            Command::NextMaps => self.first,
            _ => self.first.saturating_sub(page),
        };
    }

    /// Offers the weights at hand for a place.
    fn offer(&mut self, slot: Slot, net: &Net<'_>) {
        self.boxed = Some(Boxed {
            slot,
            cursor: Cursor::default(),
            offers: self.offers(net.subject),
        });
    }

    fn in_box(&mut self, command: Command, context: &Context, asks: &mut Asks) {
        let area = self.popup(context.room).unwrap_or_default();
        let Some(boxed) = &mut self.boxed else {
            return;
        };
        match command {
            Command::Move(motion) => {
                let lines = boxed.lines();
                boxed.cursor.go(motion, lines, picker::page(area));
            }
            Command::Accept => match boxed.offers.get(boxed.cursor.at).cloned() {
                Some(Offer::Ready(source)) => {
                    let slot = boxed.slot;
                    self.boxed = None;
                    self.choose(slot, source);
                }
                Some(Offer::Elsewhere { weights, .. }) => {
                    self.boxed = None;
                    asks.ask(Request::Fetch(weights));
                }
                Some(Offer::Typed) | None => asks.ask(Request::PickFile(Wanted::Weights, None)),
            },
            _ => {}
        }
    }
}
