//! The pass as a view beside it shows it.

use super::Forward;
use crate::engine::{Guess, Tensor};
use crate::network::{Branch, LayerId};
use crate::report::pass::activation::Value;
use crate::text::Message;
use crate::tui::message::Command;
use crate::tui::pane::{Net, Pane, Pass};

impl Pass for Forward {
    fn done(&self) -> usize {
        Self::done(self)
    }

    fn place(&self, id: LayerId) -> usize {
        self.in_pass(id).index()
    }

    fn reached(&self) -> Option<LayerId> {
        self.current().map(|id| self.in_opened(id))
    }

    fn value(&self, id: LayerId) -> Option<&Tensor> {
        self.pass()?.value(self.in_pass(id))
    }

    fn glimpse(&self, id: LayerId) -> Option<&Value> {
        let shown = self.shown.as_ref()?;
        (shown.layer == self.in_pass(id)).then_some(&shown.output)
    }

    fn is_cut(&self, add: LayerId, branch: Branch) -> bool {
        Self::is_cut(self, add, branch)
    }

    fn channel(&self) -> usize {
        self.maps.first
    }

    fn answers(&self) -> [&[Guess]; 2] {
        [&self.top_classes, &self.top_classes_before]
    }

    fn is_random(&self) -> bool {
        self.is_random
    }

    fn is_veiled(&self) -> bool {
        self.is_veiled
    }

    fn refuses(&self, command: Command, net: &Net<'_>) -> Option<Message> {
        self.why_not(command, net)
    }
}
