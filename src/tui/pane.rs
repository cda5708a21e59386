//! Panes: the views of a network. A pane knows its own state, the network and the context; whatever else it wants, it
//! requests.

pub mod checks;
pub mod forward;
pub mod gradients;
pub mod graph;
pub mod layers;
pub mod spec;
pub mod stats;
pub mod weights;

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::context::Context;
use super::fault::Fault;
use super::file::Form;
use super::keys::Scope;
use super::kit::picture::Pictures;
use super::message::Command;
use super::overlay::chooser::Source;
use super::request::Asks;
use super::worker::NETWORK;
use crate::engine::{Guess, Tensor};
use crate::message;
use crate::network::{Branch, LayerId};
use crate::report::Subject;
use crate::report::grid::Grid;
use crate::report::pass::activation::Value;
use crate::text::{Language, Message};

/// A table as an exported file: exact for programs, in the user's language for people.
fn of_grid(grid: &Grid, form: Form, language: Language) -> Vec<u8> {
    let text = match form {
        Form::Csv => grid.csv(),
        _ => grid.clone().in_language(language).markdown(),
    };
    text.into_bytes()
}

/// Network of a pane, with what its views share.
#[derive(Debug)]
pub struct Net<'a> {
    /// Network with its analysis.
    pub subject: &'a Arc<Subject>,
    /// Problems of its files now, if there are any.
    pub fault: Option<&'a Fault>,
    /// Layer that is selected in the layer table.
    pub layer: Option<LayerId>,
    /// Layer of the selected row there, if the row is a layer.
    pub answer: Option<LayerId>,
    /// Layers that are marked as faulty.
    pub faults: Vec<LayerId>,
    /// Whether it can run, at least up to a faulty layer.
    pub can_run: bool,
    /// Reason why its first faulty layer cannot run.
    pub why: Option<Message>,
    /// Weights of its pass.
    pub weights: Option<Source>,
    /// Whether trained weights are offered for it.
    pub offers_trained: bool,
    /// Its pass, for the views beside it that show it.
    pub pass: Option<&'a dyn Pass>,
}

/// Pass of a network, as a view beside it shows it. Layers are those of the network that was opened.
pub trait Pass: std::fmt::Debug {
    /// Number of layers that have run, with those that prepare a picture.
    fn done(&self) -> usize;

    /// Place of a layer in the pass.
    fn place(&self, id: LayerId) -> usize;

    /// Layer that ran last.
    fn reached(&self) -> Option<LayerId>;

    /// Output of a layer, if it has run and no worker has the pass.
    fn value(&self, id: LayerId) -> Option<&Tensor>;

    /// Output of a layer that a running pass shows.
    fn glimpse(&self, id: LayerId) -> Option<&Value>;

    /// Whether a change replaces an operand of an addition by zeros.
    fn is_cut(&self, add: LayerId, branch: Branch) -> bool;

    /// Channel that is shown.
    fn channel(&self) -> usize;

    /// Likeliest classes at the end, and those before the change.
    fn answers(&self) -> [&[Guess]; 2];

    /// Whether the answers are hidden until a key shows them.
    fn is_veiled(&self) -> bool;

    /// Reason why a command of the pass cannot act now.
    fn refuses(&self, command: Command, net: &Net<'_>) -> Option<Message>;

    /// Whether its weights are drawn at random.
    fn is_random(&self) -> bool;

    /// Whether a layer has run.
    fn has_run(&self, id: LayerId) -> bool {
        self.done() > self.place(id)
    }
}

/// Says that weights are random, and where trained ones are.
fn about_random(offers_trained: bool, context: &Context) -> Message {
    if offers_trained {
        let key = context.keys.key(Scope::Forward, Command::Choose);
        message!("pass-random", key = key)
    } else {
        message!("pass-random-only", network = NETWORK)
    }
}

/// View of a network.
pub trait Pane {
    /// Scopes of its keys, the innermost first; that of an open box alone.
    fn keys(&self) -> Vec<Scope>;

    /// Executes a command.
    fn update(&mut self, command: Command, net: &Net<'_>, context: &Context, asks: &mut Asks);

    /// Reason why a command cannot act now, for the user.
    fn why_not(&self, _command: Command, _net: &Net<'_>) -> Option<Message> {
        None
    }

    /// Selects the clicked item; for one that is selected already, returns the command of Enter.
    fn click(&mut self, at: Position, net: &Net<'_>, context: &Context) -> Option<Command>;

    /// Scrolls every list to its selected line.
    fn scroll(&mut self, net: &Net<'_>, context: &Context);

    /// Sign after the name of its tab, one cell wide: whether it has something to say.
    fn sign(&self) -> &'static str {
        " "
    }

    /// Formats that it can be exported in, each with the id of its description.
    fn files(&self) -> Vec<(Form, &'static str)>;

    /// Name of an exported file, without its extension.
    fn file_name(&self, form: Form, net: &Net<'_>) -> String;

    /// Contents of an exported file.
    ///
    /// # Errors
    /// It cannot be made; the message is for the user.
    fn file(&self, form: Form, net: &Net<'_>, language: Language) -> Result<Vec<u8>, Message>;

    /// Draws it, and adds its maps to the visible pictures.
    fn render<'a>(
        &'a self,
        frame: &mut Frame<'_>,
        net: &Net<'a>,
        context: &Context,
        pictures: &mut Pictures<'a>,
    );

    /// Area of its open box.
    fn popup(&self, _room: Rect) -> Option<Rect> {
        None
    }

    /// Draws its open box.
    fn render_popup(
        &self,
        _frame: &mut Frame<'_>,
        _area: Rect,
        _net: &Net<'_>,
        _context: &Context,
    ) {
    }

    /// Closes its open box.
    fn close(&mut self) {}

    /// Takes one step back within it; returns whether there was one to take.
    fn back(&mut self, _net: &Net<'_>) -> bool {
        false
    }

    /// Place that one step back within it leads to, apart from an open box; `None` if there is no step to take.
    fn back_to(&self) -> Option<Message> {
        None
    }

    /// Adds to the text that is typed in its open box.
    fn type_text(&mut self, _text: &str, _asks: &mut Asks) {}

    /// Takes a file that it asked for.
    fn take_file(&mut self, _path: PathBuf, _net: &Net<'_>, _asks: &mut Asks) {}

    /// Reacts to becoming visible.
    fn enter(&mut self) {}

    /// Layer that is selected in it.
    fn layer(&self, net: &Net<'_>) -> Option<LayerId> {
        net.layer
    }

    /// Layer that answers a question about a place; none if a group is selected.
    fn answer(&self, net: &Net<'_>) -> Option<LayerId>;

    /// Selects a layer; returns whether it has a selection of its own, rather than that of the layer table.
    fn select(&mut self, _id: LayerId) -> bool {
        false
    }
}
