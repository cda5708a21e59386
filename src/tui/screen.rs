//! Screens: the catalogue, a network with its views, two networks side by side.

pub mod catalogue;
pub mod compare;
pub mod network;

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
}

impl Screen {
    /// Network on the screen.
    pub fn opened_mut(&mut self) -> Option<&mut Opened> {
        match self {
            Self::Catalogue | Self::Compare(_) => None,
            Self::Network(opened) => Some(opened),
        }
    }

    /// Kind of the screen.
    pub(super) fn site(&self) -> Site {
        match self {
            Self::Catalogue => Site::Catalogue,
            Self::Network(opened) => Site::Network(opened.name()),
            Self::Compare(compare) => Site::Compare(compare.names.clone()),
        }
    }

    /// Settings of the networks on it.
    pub(super) fn setup(&self) -> Option<Setup> {
        match self {
            Self::Catalogue => None,
            Self::Network(opened) => Some(opened.setup()),
            Self::Compare(compare) => Some(compare.setup),
        }
    }
}
