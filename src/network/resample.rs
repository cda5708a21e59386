//! How a picture is resized and cropped: sizes, and which pixels with which weights make a new one.
//!
//! One place for shapes, kernels, explanations and what a cell sees of a picture. The weights are those of Pillow's `Resample.c`:
//! when a picture is made smaller, a filter is as much wider (torchvision calls that antialiasing).

/// By which filter a picture is resized, by torchvision's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Filter {
    /// A triangle two pixels wide.
    #[default]
    Bilinear,
    /// Cubic convolution with a = −0.5, four pixels wide.
    Bicubic,
    /// The pixel at the place itself.
    Nearest,
}

impl Filter {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Bilinear, Self::Bicubic, Self::Nearest];

    /// `bilinear`, `bicubic` or `nearest`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bilinear => "bilinear",
            Self::Bicubic => "bicubic",
            Self::Nearest => "nearest",
        }
    }

    /// The one of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.name() == text)
    }

    /// How far the filter reaches to each side, in pixels.
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

/// The pixels along one axis that make a new one.
#[derive(Debug, Clone, PartialEq)]
pub struct Taps {
    /// The first of them.
    pub first: usize,
    /// The weight of each; their sum is 1.
    pub weights: Vec<f64>,
}

impl Taps {
    /// The last of them.
    pub fn last(&self) -> usize {
        self.first + self.weights.len().saturating_sub(1)
    }
}

/// For each of `to` pixels along an axis, those of `from` that make it. Neither may be 0.
pub fn taps(from: usize, to: usize, filter: Filter) -> Vec<Taps> {
    if from == to {
        // An axis that keeps its length is not touched.
        return (0..to).map(whole).collect();
    }
    let scale = from as f64 / to as f64;
    if filter == Filter::Nearest {
        // Summed up as Pillow does it, so that a place that is nearly between two pixels falls into the same one.
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

/// Whether the height is resized before the width: Pillow 13 does so where the height shrinks by more than twice as many
/// pixels as the width. Sizes are height and width.
pub fn height_first(from: [usize; 2], to: [usize; 2]) -> bool {
    let shrinks = |axis: usize| from[axis] as i128 - to[axis] as i128;
    let [down, across] = [shrinks(0), shrinks(1)];
    down > 0 && down > 2 * across
}

/// Height and width once the shorter side is `shorter` long; the longer one is rounded down, as torchvision's `Resize` does.
pub fn resized([height, width]: [u64; 2], shorter: u64) -> [u64; 2] {
    let least = u128::from(height.min(width)).max(1);
    let side = |side: u64| {
        let side = u128::from(shorter) * u128::from(side) / least;
        u64::try_from(side).unwrap_or(u64::MAX)
    };
    [side(height), side(width)]
}

/// How the middle of a picture lies along one axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Middle {
    /// Its first pixel in the picture.
    pub from: usize,
    /// The place of that pixel in what is cut out: zeros lie before it where the picture is shorter.
    pub to: usize,
    /// How many pixels of the picture it has.
    pub len: usize,
}

/// The middle `wanted` of `own` pixels, as torchvision's `CenterCrop` finds it.
pub fn middle(own: usize, wanted: usize) -> Middle {
    let (from, to) = match own.checked_sub(wanted) {
        // Python's `round` of half the surplus goes to the even side.
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
        // (9 − 4) / 2 = 2.5 rounds to 2, (5 − 2) / 2 = 1.5 also to 2; 8 − 5 = 3 zeros, 1 of them in front.
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
        // Halved, a triangle is four pixels wide: the weights are 1 3 3 1 by 8.
        let middle = &taps(8, 4, Filter::Bilinear)[1];
        assert_eq!((middle.first, middle.weights.len()), (1, 4));
        assert!((middle.weights[1] - 0.375).abs() < 1e-12);
    }
}
