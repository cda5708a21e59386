//! Sorting in place with one copy of the algorithm. The standard library's has one for each type and each comparison, of some
//! 6 kB; fifty of them were 2 % of the program.

use std::cmp::Ordering;

/// Sorting of lists that are short or seldom sorted.
pub trait Sorting<T> {
    /// Sorts as `sort_by` does: equal items keep their order.
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);

    /// Sorts as `sort_by_key` does: equal items keep their order.
    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K);
}

impl<T> Sorting<T> for [T] {
    fn order_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let mut order: Vec<usize> = (0..self.len()).collect();
        sort(&mut order, &|a, b| compare(&self[a], &self[b]));
        arrange(self, &mut order);
    }

    fn order_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.order_by(|a, b| key(a).cmp(&key(b)));
    }
}

/// Sorts the numbers of items. It is not inlined, so that there is one.
#[inline(never)]
fn sort(order: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    order.sort_by(|&a, &b| compare(a, b));
}

/// Brings each item to its place: `order` has the number of the item that belongs there.
fn arrange<T>(items: &mut [T], order: &mut [usize]) {
    for place in 0..order.len() {
        // A cycle of places ends where it began; each place that is done names itself.
        let mut at = place;
        loop {
            let from = std::mem::replace(&mut order[at], at);
            if from == place {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step of a linear congruential generator (Knuth, MMIX).
    const fn next(seed: u64) -> u64 {
        seed.wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407)
    }

    #[test]
    fn items_are_in_the_order_of_the_standard_librarys_stable_sort() {
        let mut seed = 1;
        for length in 0..200_usize {
            let items = (0..length).map(|number| {
                seed = next(seed);
                ((seed >> 60).to_string(), number)
            });
            let items: Vec<(String, usize)> = items.collect();
            let (mut own, mut standard) = (items.clone(), items);
            own.order_by_key(|(key, _)| key.len());
            standard.sort_by_key(|(key, _)| key.len());
            assert_eq!(own, standard);
            own.order_by(|(one, _), (other, _)| other.cmp(one));
            standard.sort_by(|(one, _), (other, _)| other.cmp(one));
            assert_eq!(own, standard);
        }
    }
}
