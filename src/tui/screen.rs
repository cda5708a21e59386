//! Screens: the doors, the catalogue, a network with its views, two networks side by side, several in training.

pub mod catalogue;
pub mod compare;
pub mod network;
pub mod start;
pub mod train;

use super::history::Site;
use super::setup::Setup;
use compare::Compare;
use network::Opened;

/// Contents of the screen.
#[derive(Debug)]
pub enum Screen {
    /// List of networks.
    Catalogue,
    /// One network.
    Network(Box<Opened>),
    /// Two networks side by side.
    Compare(Box<Compare>),
    /// Training of several networks.
    Train,
    /// Doors into the explorer.
    Start,
}

impl Screen {
    /// Network on the screen.
    pub fn opened_mut(&mut self) -> Option<&mut Opened> {
        match self {
            Self::Catalogue | Self::Compare(_) | Self::Train | Self::Start => None,
            Self::Network(opened) => Some(opened),
        }
    }

    /// Kind of the screen.
    pub(super) fn site(&self) -> Site {
        match self {
            Self::Catalogue => Site::Catalogue,
            Self::Network(opened) => Site::Network(opened.name()),
            Self::Compare(compare) => Site::Compare(compare.names.clone()),
            Self::Train => Site::Train,
            Self::Start => Site::Start,
        }
    }

    /// Settings of the networks on it.
    pub(super) fn setup(&self) -> Option<Setup> {
        match self {
            Self::Catalogue | Self::Train | Self::Start => None,
            Self::Network(opened) => Some(opened.setup()),
            Self::Compare(compare) => Some(compare.setup),
        }
    }
}
