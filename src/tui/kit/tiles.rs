//! Maps of one size side by side, as large as the room allows.

use ratatui::layout::Rect;

use super::feature_map::stretch;

/// Equal maps in rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tiles {
    /// Width and height of a map in pixels.
    pub tile: (usize, usize),
    /// Number of maps side by side.
    pub across: usize,
    /// Number of maps below each other.
    pub down: usize,
}

/// Height of a map in pixels from which on its content is recognised.
const LEAST: usize = 14;
/// Most maps that are shown at once where each could be larger.
const ENOUGH: usize = 16;

impl Tiles {
    /// Maps of a size (height, width), of which there are `count`: most of the first 16 if they
    /// are recognised, then as large as there is room.
    pub fn fill(size: [usize; 2], count: usize, area: Rect) -> Self {
        let (columns, rows) = (usize::from(area.width), usize::from(area.height));
        let of = |down: usize| {
            let each = ((rows + 1) / down).saturating_sub(1);
            let tile = stretch(size, columns, each);
            Self {
                tile,
                across: ((columns + 1) / (tile.0 + 1)).max(1),
                down,
            }
        };
        let wanted = count.min(ENOUGH);
        let mut best = of(1);
        for down in 2..=ENOUGH {
            let next = of(down);
            let is_recognised = next.tile.1 >= size[0].min(LEAST);
            if 4 * best.count(wanted) >= 3 * wanted || !is_recognised {
                break;
            }
            best = next;
        }
        best
    }

    /// Number of maps that are shown of `count`.
    pub fn count(&self, count: usize) -> usize {
        (self.across * self.down).min(count)
    }

    /// Area of a map, by its number on the screen.
    pub fn place(&self, area: Rect, number: usize) -> Rect {
        let (width, height) = (self.tile.0 as u16, self.tile.1.div_ceil(2) as u16);
        let x = (number % self.across) as u16 * (width + 1);
        let y = (number / self.across) as u16 * (height + 1);
        Rect::new(area.x + x, area.y + y, width, height).intersection(area)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_fill_the_room_and_stay_recognisable() {
        let of = |size, count, width, height| {
            let tiles = Tiles::fill(size, count, Rect::new(0, 0, width, height));
            (tiles.tile, tiles.count(count))
        };
        // One map has the whole height.
        assert_eq!(of([28, 28], 1, 76, 16), ((32, 32), 1));
        // A large screen has most of sixteen, and each is larger than its values.
        let (tile, count) = of([28, 28], 16, 196, 52);
        assert!(tile.1 >= 30 && count >= 12, "{tile:?} {count}");
        // A small one has fewer, that can still be seen.
        let (tile, count) = of([28, 28], 16, 76, 16);
        assert!(tile.1 >= LEAST && count >= 8, "{tile:?} {count}");
        let (_, count) = of([7, 7], 64, 76, 16);
        assert!(count >= 12, "{count}");
    }
}
