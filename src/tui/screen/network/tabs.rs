//! Tabs of a network's views, in the title line: a strip that scrolls with the current view where not all have room.

use ratatui::layout::{Position, Rect};

use crate::tui::kit::text::width;
use crate::tui::kit::theme::Theme;
use crate::tui::message::{Command, Tab};

/// Most cells of the title line that the network's name keeps.
const NAME: usize = 26;

/// Visible tabs with their areas, and the marks of those beyond.
#[derive(Debug, PartialEq, Eq)]
pub struct Strip {
    /// Visible tabs.
    pub tabs: Vec<(Tab, Rect)>,
    /// Mark of the tabs to the left, if there are some.
    pub before: Option<Rect>,
    /// Mark of the tabs to the right, if there are some.
    pub after: Option<Rect>,
}

impl Strip {
    /// The strip at the right end of the title line, with the current tab in it, after a name.
    pub fn new(title: Rect, theme: Theme, name: &str, current: Tab) -> Self {
        let widths = Tab::ALL.map(|tab| width(&theme.say(&tab.word())) as u16 + 4);
        let name = (width(name) + 2).min(NAME) as u16;
        let room = title.width.saturating_sub(name);
        let (first, last) = seen(&widths, current as usize, room);
        let (has_before, has_after) = (first > 0, last < widths.len());
        let shown = &widths[first..last];
        let all = shown.iter().sum::<u16>();
        let gap = u16::from(shown.len() == widths.len() && title.width >= all + 40);
        let all = all + gap * (shown.len() as u16).saturating_sub(1);
        let marks = MARK * (u16::from(has_before) + u16::from(has_after));
        let mut x = title.right().saturating_sub(all + marks);
        let mut take = |width: u16, gap: u16| {
            let place = Rect::new(x, title.y, width, 1).intersection(title);
            x += width + gap;
            place
        };
        let before = has_before.then(|| take(MARK, 0));
        let tabs = Tab::ALL[first..last].iter().zip(shown);
        let tabs = tabs.map(|(&tab, &width)| (tab, take(width, gap))).collect();
        let after = has_after.then(|| take(MARK, 0));
        Self {
            tabs,
            before,
            after,
        }
    }

    /// Left side of the strip.
    pub fn left(&self) -> Option<u16> {
        let first = self.tabs.first().map(|(_, place)| place.x);
        self.before.map(|place| place.x).or(first)
    }

    /// Command of a click.
    pub fn command_at(&self, at: Position) -> Option<Command> {
        let is_at = |mark: Option<Rect>| mark.is_some_and(|place| place.contains(at));
        if is_at(self.before) {
            return Some(Command::PreviousTab);
        }
        if is_at(self.after) {
            return Some(Command::NextTab);
        }
        let (tab, _) = self.tabs.iter().find(|(_, place)| place.contains(at))?;
        Some(Command::Show(*tab))
    }
}

/// Cells of a mark.
const MARK: u16 = 2;

/// Range of tabs with these widths that has room, with tab `at` in it: all if they fit, or else as many as do with the marks of those
/// beyond, beginning as far left as possible.
fn seen(widths: &[u16], at: usize, room: u16) -> (usize, usize) {
    let cells = |first: usize, last: usize| {
        let marks = MARK * (u16::from(first > 0) + u16::from(last < widths.len()));
        widths[first..last].iter().sum::<u16>() + marks
    };
    let longest_from = |first: usize| {
        let fits = |last: &usize| cells(first, *last) <= room;
        (first + 1..=widths.len())
            .rev()
            .find(fits)
            .unwrap_or(first + 1)
    };
    let begins = (0..=at).map(|first| (first, longest_from(first)));
    let mut seen = begins.filter(|(_, last)| *last > at);
    seen.next().unwrap_or((at, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eleven_tabs_are_reachable_at_80_columns() {
        let widths = [10, 9, 11, 10, 8, 9, 13, 11, 10, 9, 12];
        let mut was = (0, 0);
        for at in 0..widths.len() {
            let (first, last) = seen(&widths, at, 68);
            assert!((first..last).contains(&at), "{at}: {first}..{last}");
            assert!(widths[first..last].iter().sum::<u16>() + 4 <= 68 + 4);
            assert!(last - first >= 4, "neighbours are seen: {first}..{last}");
            assert!(first >= was.0, "the strip only moves on");
            was = (first, last);
        }
        assert_eq!(was.1, widths.len());
    }

    #[test]
    fn tabs_that_fit_are_all_seen() {
        assert_eq!(seen(&[10, 9, 11, 10, 8], 3, 48), (0, 5));
        assert_eq!(seen(&[10, 9, 11, 10, 8], 4, 5), (4, 5));
    }
}
