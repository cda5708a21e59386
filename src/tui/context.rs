//! Context of everything that is drawn or moved: the look of the screen, and the areas on it.

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Rect;

use crate::tui::keys::Keymap;
use crate::tui::kit::theme::Theme;
use crate::weights::disk::Places;

/// Files on this disk that are offered without being typed; none by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// Caches of published weights.
    pub weights: Places,
    /// Folder whose pictures are offered.
    pub pictures: Option<PathBuf>,
    /// Bytes of memory that the machine has free.
    pub free: Option<u128>,
}

/// Look and areas of the screen, as a view or a box may read them.
#[derive(Debug, Clone)]
pub struct Context {
    /// Theme: the styles and the language.
    pub theme: Theme,
    /// Keys, to name them in a text.
    pub keys: Arc<Keymap>,
    /// Whether the screen uses ASCII only.
    pub ascii: bool,
    /// Area for views, lessons and boxes.
    pub room: Rect,
    /// Area of the view; empty while a lesson has the whole room.
    pub view: Rect,
    /// Area of an open lesson.
    pub lesson: Rect,
}

impl Context {
    /// Area for a box that covers the view: the view itself, or what is there instead.
    pub const fn cover(&self) -> Rect {
        if self.view.is_empty() {
            self.lesson
        } else {
            self.view
        }
    }
}
