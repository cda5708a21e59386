//! Pictures that are moved and mirrored at random, so that no epoch sees the same.

use std::ops::Range;

use ndarray::{Array4, Axis, s};

use crate::weights::dataset::Shuffle;

/// Changes of pictures before a network learns from them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Augment {
    /// Maximum shift of an image in pixels, up, down, left or right; zeros fill the gap.
    pub shift: usize,
    /// Whether every other picture is mirrored, left to right.
    pub mirror: bool,
}

impl Augment {
    /// Changes each picture of a batch by the numbers of `draw`.
    pub fn apply(self, pixels: &mut Array4<f32>, draw: &mut Shuffle) {
        if self == Self::default() {
            return;
        }
        let (_, _, height, width) = pixels.dim();
        for mut picture in pixels.outer_iter_mut() {
            if self.mirror && draw.below(2) == 1 {
                let mut turned = picture.to_owned();
                turned.invert_axis(Axis(2));
                picture.assign(&turned);
            }
            if self.shift > 0 {
                let (down, right) = (self.span(height, draw), self.span(width, draw));
                let old = picture.to_owned();
                picture.fill(0.0);
                picture
                    .slice_mut(s![.., down.to, right.to])
                    .assign(&old.slice(s![.., down.from, right.from]));
            }
        }
    }

    /// Places that pixels of a side come from, and go to.
    fn span(self, side: usize, draw: &mut Shuffle) -> Span {
        let most = self.shift.min(side);
        let drawn = draw.below(2 * most + 1);
        let by = drawn.abs_diff(most);
        let (begin, moved) = (0..side - by, by..side);
        if drawn >= most {
            Span {
                from: begin,
                to: moved,
            }
        } else {
            Span {
                from: moved,
                to: begin,
            }
        }
    }
}

/// A run of pixels that moves.
struct Span {
    from: Range<usize>,
    to: Range<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_move_and_turn_whole() {
        let original = Array4::from_shape_fn((200, 1, 3, 4), |(_, _, y, x)| (4 * y + x + 1) as f32);
        let mut seen = std::collections::BTreeSet::new();
        let mut pixels = original.clone();
        let augment = Augment {
            shift: 1,
            mirror: true,
        };
        augment.apply(&mut pixels, &mut Shuffle::new(7, 1));
        for picture in pixels.outer_iter() {
            let values: Vec<i32> = picture.iter().map(|&x| x as i32).collect();
            seen.insert(values);
        }
        // Three places down, three across, two sides round.
        assert_eq!(seen.len(), 18);
        assert!(seen.contains(&(1..=12).collect::<Vec<i32>>()));
        assert!(seen.contains(&vec![0, 0, 0, 0, 0, 1, 2, 3, 0, 5, 6, 7]));
        assert!(seen.contains(&vec![4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9]));
        let mut again = original.clone();
        augment.apply(&mut again, &mut Shuffle::new(7, 1));
        assert_eq!(again, pixels);
        let mut same = original.clone();
        Augment::default().apply(&mut same, &mut Shuffle::new(7, 1));
        assert_eq!(same, original);
    }
}
