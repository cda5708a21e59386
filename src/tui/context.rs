//! Context of everything that is drawn or moved: the look of the screen, and the areas on it.

use ratatui::layout::Rect;

use crate::tui::kit::theme::Theme;

/// Look and areas of the screen, as a view or a box may read them.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// Theme: the styles and the language.
    pub theme: Theme,
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
