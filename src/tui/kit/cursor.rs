//! Selection in a list, and its scroll position.

/// Movement through a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Motion {
    /// One up.
    Up,
    /// One down.
    Down,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
}

/// Selected line of a list, and the first visible one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The selected line, from 0.
    pub at: usize,
    /// The line at the top.
    pub top: usize,
}

impl Cursor {
    /// Moves in a list of `len` lines, `page` of them visible.
    pub fn go(&mut self, motion: Motion, len: usize, page: usize) {
        let last = len.saturating_sub(1);
        let page = page.max(2) - 1;
        self.at = match motion {
            Motion::Up => self.at.saturating_sub(1),
            Motion::Down => self.at + 1,
            Motion::PageUp => self.at.saturating_sub(page),
            Motion::PageDown => self.at + page,
            Motion::First => 0,
            Motion::Last => last,
        }
        .min(last);
    }

    /// Selects line `at` of `len`.
    pub fn select(&mut self, at: usize, len: usize) {
        self.at = at.min(len.saturating_sub(1));
    }

    /// Scrolls as little as necessary to show the selected line among `height` visible ones.
    pub fn keep(&mut self, len: usize, height: usize) {
        let height = height.max(1);
        self.at = self.at.min(len.saturating_sub(1));
        self.top = self
            .top
            .clamp((self.at + 1).saturating_sub(height), self.at);
        self.top = self.top.min(len.saturating_sub(height));
    }

    /// Scrolls a text of `len` lines without selecting; it stops with the last line at the bottom.
    pub fn scroll(&mut self, motion: Motion, len: usize, height: usize) {
        let last = len.saturating_sub(height);
        let mut first = Self {
            at: self.top,
            top: 0,
        };
        first.go(motion, last + 1, height);
        self.top = first.at;
        self.at = first.at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_line_is_always_seen() {
        let mut cursor = Cursor::default();
        for motion in [Motion::Last, Motion::PageUp, Motion::Up, Motion::First] {
            cursor.go(motion, 100, 10);
            cursor.keep(100, 10);
            assert!((cursor.top..cursor.top + 10).contains(&cursor.at));
        }
        cursor.go(Motion::Down, 0, 0);
        cursor.keep(0, 0);
        assert_eq!(cursor, Cursor::default());
    }

    #[test]
    fn a_list_that_shrinks_leaves_no_hole_at_its_end() {
        let mut cursor = Cursor { at: 90, top: 85 };
        cursor.keep(20, 10);
        assert_eq!(cursor, Cursor { at: 19, top: 10 });
    }
}
