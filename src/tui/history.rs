//! History of locations: jumps to undo and redo.

use crate::network::LayerId;
use crate::tui::message::Tab;
use crate::tui::setup::Setup;

/// Contents of the screen, by the names that reopen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Site {
    /// The catalogue.
    Catalogue,
    /// A network.
    Network(String),
    /// Two networks side by side.
    Compare([String; 2]),
    /// Training of several networks.
    Train,
    /// Doors into the explorer.
    Start,
}

/// Location in the explorer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Contents of the screen.
    pub site: Site,
    /// The view of a network.
    pub tab: Tab,
    /// Settings that it is built and counted with.
    pub setup: Setup,
    /// Layer that is selected.
    pub layer: Option<LayerId>,
}

/// Locations before and after the current one.
#[derive(Debug, Default)]
pub struct History {
    before: Vec<Place>,
    after: Vec<Place>,
}

/// Most jumps that can be undone.
const LONGEST: usize = 200;

impl History {
    /// Records the location before a jump.
    pub fn leave(&mut self, place: Place) {
        if self.before.len() == LONGEST {
            self.before.remove(0);
        }
        self.before.push(place);
        self.after.clear();
    }

    /// Location before the last jump; `here` is kept for [`Self::forward`].
    pub fn back(&mut self, here: Place) -> Option<Place> {
        let place = self.before.pop()?;
        self.after.push(here);
        Some(place)
    }

    /// Location that the last undo left.
    pub fn forward(&mut self, here: Place) -> Option<Place> {
        let place = self.after.pop()?;
        self.before.push(here);
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(tab: Tab) -> Place {
        Place {
            site: Site::Catalogue,
            tab,
            setup: Setup::default(),
            layer: None,
        }
    }

    #[test]
    fn what_is_undone_can_be_done_again_until_one_goes_elsewhere() {
        let mut history = History::default();
        history.leave(place(Tab::Layers));
        history.leave(place(Tab::Graph));
        let here = place(Tab::Spec);
        assert_eq!(history.back(here.clone()), Some(place(Tab::Graph)));
        assert_eq!(history.forward(place(Tab::Graph)), Some(here.clone()));
        assert_eq!(history.back(here), Some(place(Tab::Graph)));
        history.leave(place(Tab::Graph));
        assert_eq!(history.forward(place(Tab::Graph)), None);
        for _ in 0..1000 {
            history.leave(place(Tab::Graph));
        }
        assert_eq!(history.before.len(), LONGEST);
    }
}
