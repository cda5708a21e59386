//! Keys, clicks and files of the graph.

use ratatui::Frame;
use ratatui::layout::Position;

use super::{Graph, place, values, view};
use crate::export::paper::{Choices, Venue, figure};
use crate::export::style::Options;
use crate::export::{dot, svg};
use crate::message;
use crate::network::LayerId;
use crate::report::Level;
use crate::text::{Language, Message};
use crate::tui::context::Context;
use crate::tui::file::Form;
use crate::tui::keys::Scope;
use crate::tui::kit::cursor::Motion;
use crate::tui::kit::picture::Pictures;
use crate::tui::message::Command;
use crate::tui::pane::{Net, Pane};
use crate::tui::request::{Asks, Request};

impl Pane for Graph {
    fn keys(&self) -> Vec<Scope> {
        vec![Scope::Graph]
    }

    fn update(&mut self, command: Command, _net: &Net<'_>, context: &Context, asks: &mut Asks) {
        let here = self.layer();
        let refused = match command {
            Command::Move(motion) => {
                self.go(motion, context);
                None
            }
            Command::ZoomIn if !self.zoom(true) => Some(message!("notice-closest")),
            Command::ZoomOut if !self.zoom(false) => Some(message!("notice-farthest")),
            Command::Side(turn) if !self.side(turn) => Some(message!("notice-no-branch")),
            Command::Follow if !self.follow(true) => Some(message!("notice-no-reader")),
            Command::FollowBack if !self.follow(false) => Some(message!("notice-no-input")),
            Command::Pan(turn) => {
                place::pan(self, context.view, turn);
                None
            }
            _ => None,
        };
        if matches!(command, Command::Follow | Command::FollowBack) && self.layer() != here {
            asks.ask(Request::Left(here));
        }
        if let Some(refused) = refused {
            asks.notify(refused);
        }
    }

    fn why_not(&self, command: Command, net: &Net<'_>) -> Option<Message> {
        match command {
            Command::ZoomIn if self.level() == Level::Layer => Some(message!("notice-closest")),
            Command::ZoomOut if Some(&self.level()) == Level::ALL.first() => {
                Some(message!("notice-farthest"))
            }
            _ if Self::is_of_pass(command) => net.pass?.refuses(command, net),
            _ => None,
        }
    }

    fn click(&mut self, at: Position, _net: &Net<'_>, context: &Context) -> Option<Command> {
        let number = place::box_at(self, context.view, at)?;
        let was = self.selected();
        self.select(number);
        (was == Some(number)).then_some(Command::ZoomIn)
    }

    fn scroll(&mut self, net: &Net<'_>, context: &Context) {
        self.lay_out();
        place::keep(self, context.view);
        self.watch(net, context);
    }

    fn files(&self) -> Vec<(Form, &'static str)> {
        vec![
            (Form::Svg, "form-svg"),
            (Form::Dot, "form-dot"),
            (Form::Pdf, "form-figure-pdf"),
            (Form::Figure, "form-figure-svg"),
        ]
    }

    fn file_name(&self, form: Form, net: &Net<'_>) -> String {
        if matches!(form, Form::Pdf | Form::Figure) {
            return format!("{}-figure", net.subject.model.spec.name);
        }
        format!("{}-{}s", net.subject.model.spec.name, self.level().name())
    }

    fn file(&self, form: Form, net: &Net<'_>, language: Language) -> Result<Vec<u8>, Message> {
        // The current level, with every block.
        let options = Options {
            level: self.level(),
            fold: false,
            language,
            ..Options::default()
        };
        let text = match form {
            Form::Pdf => return figure(net.subject, &Choices::of(Venue::CvprWide))?.pdf(),
            Form::Figure => {
                let choices = Choices {
                    language,
                    ..Choices::of(Venue::Readme)
                };
                figure(net.subject, &choices)?.svg()
            }
            Form::Svg => svg::svg(net.subject, &options),
            _ => dot::dot(net.subject, &options),
        };
        Ok(text.into_bytes())
    }

    fn render<'a>(
        &'a self,
        frame: &mut Frame<'_>,
        net: &Net<'a>,
        context: &Context,
        _pictures: &mut Pictures<'a>,
    ) {
        view::render(frame, context, self, net);
    }

    fn enter(&mut self) {
        self.values.forget();
        self.lay_out();
    }

    fn layer(&self, _net: &Net<'_>) -> Option<LayerId> {
        Self::layer(self)
    }

    fn answer(&self, _net: &Net<'_>) -> Option<LayerId> {
        Self::layer(self).filter(|_| self.level() == Level::Layer)
    }

    fn select(&mut self, id: LayerId) -> bool {
        self.select_layer(id);
        true
    }
}

impl Graph {
    /// Looks at the pass again: values of the visible boxes, and the layer that it has reached.
    fn watch(&mut self, net: &Net<'_>, context: &Context) {
        let had_pass = self.values.has_pass;
        for _ in 0..2 {
            let network = &net.subject.model.network;
            let boxes = place::visible(self, context.view);
            let faces = boxes.iter().filter_map(|&number| {
                let node = self.diagram()?.boxes.get(number)?;
                Some(values::faces(network, node))
            });
            let layers: Vec<LayerId> = faces.flatten().map(|(_, id)| id).collect();
            let Some(reached) = self.values.watch(net, layers.into_iter()) else {
                break;
            };
            if self.follows {
                self.select_layer(reached);
                place::keep(self, context.view);
            }
        }
        if had_pass != self.values.has_pass {
            // The boxes have another height now.
            place::keep(self, context.view);
        }
    }

    /// Moves through the boxes.
    fn go(&mut self, motion: Motion, context: &Context) {
        let page = place::page(self, context.view).cast_signed();
        match motion {
            Motion::Up => self.walk(-1),
            Motion::Down => self.walk(1),
            Motion::PageUp => self.walk(-page),
            Motion::PageDown => self.walk(page),
            Motion::First => self.go_to_end(false),
            Motion::Last => self.go_to_end(true),
        }
    }
}
