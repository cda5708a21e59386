//! Resizing and cropping of images: sizes, and the source pixels of each new pixel with their weights.
//!
//! One definition for shapes, kernels, explanations and the region of an image that a cell sees. The weights are those of
//! Pillow's `Resample.c`: to make an image smaller, a filter is widened by the same factor (torchvision calls this
//! antialiasing).

/// Filter for resizing, with torchvision's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Filter {
    /// A triangle two pixels wide.
    #[default]
    Bilinear,
    /// Cubic convolution with a = −0.5, four pixels wide.
    Bicubic,
    /// The pixel at the place itself, without interpolation.
    Nearest,
}

impl Filter {
    /// All filters.
    pub const ALL: [Self; 3] = [Self::Bilinear, Self::Bicubic, Self::Nearest];

    /// `bilinear`, `bicubic` or `nearest`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bilinear => "bilinear",
            Self::Bicubic => "bicubic",
            Self::Nearest => "nearest",
        }
    }

    /// The filter of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.name() == text)
    }

    /// Reach of the filter to each side, in pixels.
    const fn support(self) -> f64 {
        match self {
            Self::Bilinear => 1.0,
            Self::Bicubic => 2.0,
            Self::Nearest => 0.0,
        }
    }

    fn weight(self, x: f64) -> f64 {
        const A: f64 = -0.5;
        let x = x.abs();
        match self {
            Self::Bilinear if x < 1.0 => 1.0 - x,
            Self::Bicubic if x < 1.0 => ((A + 2.0) * x - (A + 3.0)) * x * x + 1.0,
            Self::Bicubic if x < 2.0 => (((x - 5.0) * x + 8.0) * x - 4.0) * A,
            _ => 0.0,
        }
    }
}

/// Source pixels of one new pixel, along one axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Taps {
    /// Index of the first source pixel.
    pub first: usize,
    /// Weight of each source pixel; their sum is 1.
    pub weights: Vec<f64>,
}

impl Taps {
    /// Index of the last source pixel.
    pub fn last(&self) -> usize {
        self.first + self.weights.len().saturating_sub(1)
    }
}

/// Source pixels among `from` for each of `to` pixels along an axis. Neither may be 0.
pub fn taps(from: usize, to: usize, filter: Filter) -> Vec<Taps> {
    if from == to {
        // An axis that keeps its length is unchanged.
        return (0..to).map(whole).collect();
    }
    let scale = from as f64 / to as f64;
    if filter == Filter::Nearest {
        // Accumulated as in Pillow, so a place nearly between two pixels is assigned to the same one.
        let places = std::iter::successors(Some(scale * 0.5), |place| Some(place + scale));
        let nearest = |place: f64| whole((place as usize).min(from - 1));
        return places.take(to).map(nearest).collect();
    }
    let widened = scale.max(1.0);
    let support = filter.support() * widened;
    (0..to)
        .map(|place| {
            let centre = (place as f64 + 0.5) * scale;
            let first = (centre - support + 0.5).max(0.0) as usize;
            let last = ((centre + support + 0.5) as usize).min(from);
            let weight = |pixel: usize| filter.weight((pixel as f64 - centre + 0.5) / widened);
            let exact: Vec<f64> = (first..last).map(weight).collect();
            let sum: f64 = exact.iter().sum();
            Taps {
                first,
                weights: exact.into_iter().map(|weight| weight / sum).collect(),
            }
        })
        .collect()
}

fn whole(pixel: usize) -> Taps {
    Taps {
        first: pixel,
        weights: vec![1.0],
    }
}

/// Whether the height is resized before the width: Pillow 13 does so if the height shrinks by more than twice as many pixels
/// as the width. Sizes are height and width.
pub fn height_first(from: [usize; 2], to: [usize; 2]) -> bool {
    let shrinks = |axis: usize| from[axis] as i128 - to[axis] as i128;
    let [down, across] = [shrinks(0), shrinks(1)];
    down > 0 && down > 2 * across
}

/// Height and width after the shorter side becomes `shorter`; the longer one is rounded down, as in torchvision's `Resize`.
pub fn resized([height, width]: [u64; 2], shorter: u64) -> [u64; 2] {
    let least = u128::from(height.min(width)).max(1);
    let side = |side: u64| {
        let side = u128::from(shorter) * u128::from(side) / least;
        u64::try_from(side).unwrap_or(u64::MAX)
    };
    [side(height), side(width)]
}

/// Placement of a centre crop along one axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Middle {
    /// Its first pixel in the image.
    pub from: usize,
    /// Index of that pixel in the crop: zeros come before it if the image is shorter.
    pub to: usize,
    /// Number of the image's pixels in the crop.
    pub len: usize,
}

/// The central `wanted` of `own` pixels, as in torchvision's `CenterCrop`.
pub fn middle(own: usize, wanted: usize) -> Middle {
    let (from, to) = match own.checked_sub(wanted) {
        // Python's `round` takes half of an odd surplus to the even side.
        Some(surplus) => ((surplus as f64 / 2.0).round_ties_even() as usize, 0),
        None => (0, (wanted - own) / 2),
    };
    let len = own.min(wanted);
    Middle { from, to, len }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shorter_side_gets_the_length_and_the_longer_one_is_rounded_down() {
        assert_eq!(resized([480, 640], 256), [256, 341]);
        assert_eq!(resized([640, 480], 256), [341, 256]);
        assert_eq!(resized([7, 7], 20), [20, 20]);
    }

    #[test]
    fn the_middle_begins_where_torchvision_has_it() {
        // (9 − 4) / 2 = 2.5 rounds to 2, (5 − 2) / 2 = 1.5 also to 2; 8 − 5 = 3 zeros, 1 of them at the start.
        let at = |own, wanted| {
            let Middle { from, to, len } = middle(own, wanted);
            [from, to, len]
        };
        assert_eq!(at(9, 4), [2, 0, 4]);
        assert_eq!(at(5, 2), [2, 0, 2]);
        assert_eq!(at(5, 8), [0, 1, 5]);
    }

    #[test]
    fn weights_add_up_to_one_and_reach_as_far_as_the_filter() {
        for filter in Filter::ALL {
            for (from, to) in [(640, 341), (100, 256), (7, 7), (3, 1)] {
                let all = taps(from, to, filter);
                assert_eq!(all.len(), to);
                for one in all {
                    let sum: f64 = one.weights.iter().sum();
                    assert!((sum - 1.0).abs() < 1e-12 && one.last() < from);
                }
            }
        }
        // For half the size, a triangle is four pixels wide: the weights are 1 3 3 1 divided by 8.
        let middle = &taps(8, 4, Filter::Bilinear)[1];
        assert_eq!((middle.first, middle.weights.len()), (1, 4));
        assert!((middle.weights[1] - 0.375).abs() < 1e-12);
    }
}
