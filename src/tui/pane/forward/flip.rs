//! A layer before and after a change, one in the place of the other.

use super::Forward;
use crate::engine::Guess;
use crate::report::pass::activation::Activation;
use crate::tui::worker::{HeldPass, TOP_CLASSES};

/// The shown layer before and after the change.
#[derive(Debug)]
pub struct Flip {
    before: Activation,
    after: Activation,
    /// Whether the layer before the change is on the screen.
    pub is_before: bool,
}

impl Forward {
    /// Shows the layer before the change in place of that after it, or the other way round; returns whether there is a change.
    pub fn turn_flip(&mut self) -> bool {
        match &mut self.flip {
            Some(flip) => flip.is_before = !flip.is_before,
            None => self.flip = self.flipped(true),
        }
        self.flip.is_some()
    }

    /// The same side of the layer that is shown now; nothing if the change does not reach it.
    pub(super) fn flip_again(&mut self) {
        let is_before = self.flip.as_ref().map(|flip| flip.is_before);
        self.flip = is_before.and_then(|is_before| self.flipped(is_before));
    }

    fn flipped(&self, is_before: bool) -> Option<Flip> {
        let (Some(pass), Some(original)) = (self.pass(), &self.original) else {
            return None;
        };
        let id = self.shown.as_ref()?.layer;
        let of = |pass: &HeldPass| Activation::with_picture(pass, id, self.picture.as_ref());
        Some(Flip {
            before: of(original)?,
            after: of(pass)?,
            is_before,
        })
    }

    /// Layer on the screen: the shown one, or one of its sides.
    pub fn on_screen(&self) -> Option<&Activation> {
        match &self.flip {
            Some(flip) if flip.is_before => Some(&flip.before),
            Some(flip) => Some(&flip.after),
            None => self.shown.as_ref(),
        }
    }

    /// Likeliest classes on the screen, and those before the change to compare them with.
    pub fn answers(&self) -> (&[Guess], &[Guess]) {
        let before = &self.top_classes_before;
        match &self.flip {
            Some(flip) if flip.is_before => (&before[..before.len().min(TOP_CLASSES)], &[]),
            Some(_) => (&self.top_classes, &[]),
            None => (&self.top_classes, before),
        }
    }
}
