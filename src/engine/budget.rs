//! Memory that a pass takes, computed before any of it is allocated.
//!
//! Every entry point checks here: opening an input, loading weights, starting a session, compiling a network. A pass that
//! needs too much is refused before anything is allocated.

use super::Precision;
use super::pass::{EngineError, MEMORY, Mode};
use crate::analysis::memory;
use crate::network::{Conv, Layer, Network, Shape, check};
use crate::spec::open::text;
use crate::weights::WeightError;

/// Kinds of pass that differ in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Layer by layer with the plain kernels; values are dropped after their last use.
    Needed(Mode),
    /// Layer by layer with the plain kernels; all values are kept.
    Everything(Mode),
    /// The compiled pass.
    Compiled,
}

/// Bytes that a pass of `network` takes for a batch: weights, the input as opened and as passed on, values, and the plan.
pub fn bytes(network: &Network, batch: usize, way: Way) -> u128 {
    let precision = match way {
        Way::Needed(mode) | Way::Everything(mode) => Precision::of(network, mode),
        Way::Compiled => Precision::Single,
    };
    taken(network, batch, way, precision)
}

/// Bytes that a pass takes in the given precision.
pub(super) fn taken(network: &Network, batch: usize, way: Way, precision: Precision) -> u128 {
    let shapes = check::shapes(network).0;
    let memory = memory::memory(network, &shapes);
    let batch = batch as u128;
    let of_input = network
        .ids()
        .next()
        .and_then(|id| shapes[id])
        .map_or(0, |shape| batch * 4 * shape.elements());
    // The input as it is opened, and as the pass holds it.
    let input = 2 * of_input;
    let values = match way {
        Way::Everything(_) => memory.training_activations,
        Way::Needed(_) | Way::Compiled => memory.peak_activations,
    };
    if way == Way::Compiled {
        // Maps have borders, and channels that fill up blocks; transformed weights take up to four times as much.
        return 4 * memory.weights + input + 2 * batch * values + tiles(network);
    }
    // A double value takes the room of two floats, in addition to the float for display; a layer reads the input in double
    // too.
    let (copies, input) = match precision {
        Precision::Double => (3, input + 2 * of_input),
        Precision::Single => (1, input),
    };
    memory.weights + input + batch * values * copies
}

/// Bytes of the tiles that a plan cuts the outputs of convolutions into, each of at least four pixels.
fn tiles(network: &Network) -> u128 {
    const TILE: u128 = 16;
    let shapes = check::shapes(network).0;
    let of = |shape: Option<Shape>| match shape {
        Some(Shape::Map {
            size: [height, width],
            ..
        }) => TILE * u128::from(height) * u128::from(width.div_ceil(4)),
        _ => 0,
    };
    network
        .nodes()
        .filter(|(_, node)| matches!(node.layer, Layer::Conv(Conv::Spatial(_))))
        .map(|(id, _)| of(shapes[id]))
        .sum()
}

/// Refuses a pass that takes too much memory, before anything is allocated.
///
/// # Errors
/// The pass takes more than 16 GiB, or more memory than the machine has free.
pub fn admit(network: &Network, batch: usize, way: Way) -> Result<(), EngineError> {
    room(bytes(network, batch, way))
}

/// Refuses a batch that no pass of `network` has room for: the weights, and one map of the batch at a time.
pub(super) fn admit_batch(network: &Network, batch: usize) -> Result<(), EngineError> {
    let way = Way::Needed(Mode::Inference);
    room(taken(network, batch, way, Precision::Single))
}

/// Refuses the weights of a network if there is no room for them, before the first is read.
///
/// # Errors
/// The weights take more than 16 GiB, or more memory than the machine has free.
pub fn admit_weights(network: &Network) -> Result<(), WeightError> {
    let needed = memory::memory(network, &check::shapes(network).0).weights;
    room(needed).map_err(|error| WeightError::Memory(error.of_weights()))
}

/// Refuses an allocation that would take too much memory.
pub(super) fn room(needed: u128) -> Result<(), EngineError> {
    if needed > MEMORY {
        return Err(EngineError::Memory {
            needed,
            limit: MEMORY,
        });
    }
    // Every machine has a little memory: the system is queried only if the size matters.
    if needed > LITTLE
        && let Some(free) = free()
        && needed > free
    {
        return Err(EngineError::Free { needed, free });
    }
    Ok(())
}

/// Maximum bytes of a system file.
const SYSTEM: u64 = 1 << 20;

/// Bytes below which free memory is not queried: 256 MiB.
const LITTLE: u128 = 256 << 20;

/// Bytes that the machine, or the container of this process, has free; `None` if the system does not report it.
pub fn free() -> Option<u128> {
    let machine = text("/proc/meminfo".as_ref(), SYSTEM)
        .ok()
        .and_then(|notice| available(&notice));
    let container = container();
    match (machine, container) {
        (Some(machine), Some(container)) => Some(machine.min(container)),
        (machine, container) => machine.or(container),
    }
}

/// Linux's estimate of the memory available without swapping.
fn available(meminfo: &str) -> Option<u128> {
    let line = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u128 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes << 10)
}

/// Bytes left by the limits of the process's control groups; cached file pages count as free, since the group gives them
/// back.
fn container() -> Option<u128> {
    let groups = text("/proc/self/cgroup".as_ref(), SYSTEM).ok()?;
    let own = groups.lines().find_map(|line| line.strip_prefix("0::/"))?;
    let root = std::path::Path::new("/sys/fs/cgroup");
    // The limit of any parent group holds too.
    let folders = root.join(own);
    let folders = folders
        .ancestors()
        .take_while(|folder| folder.starts_with(root));
    folders
        .filter_map(|folder| {
            let read = |name: &str| text(&folder.join(name), SYSTEM).ok();
            left(
                &read("memory.max")?,
                &read("memory.current")?,
                &read("memory.stat").unwrap_or_default(),
            )
        })
        .min()
}

/// Bytes left by the limit of one group.
fn left(max: &str, current: &str, stat: &str) -> Option<u128> {
    let max: u128 = max.trim().parse().ok()?;
    let current: u128 = current.trim().parse().ok()?;
    let cached = stat
        .lines()
        .find_map(|line| line.strip_prefix("inactive_file "))
        .and_then(|bytes| bytes.trim().parse().ok())
        .unwrap_or(0);
    Some(max.saturating_sub(current.saturating_sub(cached)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::{Overrides, open};

    #[test]
    fn what_is_free_is_read_as_the_system_writes_it() {
        let text = "MemTotal:       24617836 kB\nMemAvailable:   23000000 kB\n";
        assert_eq!(available(text), Some(23_000_000 << 10));
        assert_eq!(available("MemTotal: 1 kB"), None);
        assert_eq!(left("max\n", "7\n", ""), None, "a group without a limit");
        assert_eq!(left("1000\n", "700\n", "inactive_file 200\n"), Some(500));
        assert_eq!(left("1000\n", "1700\n", ""), Some(0));
    }

    #[test]
    fn every_way_counts_weights_and_input() {
        let model = open("resnet50", &Overrides::default()).unwrap();
        let training = Way::Needed(Mode::Training);
        let ways = [
            Way::Needed(Mode::Inference),
            Way::Everything(Mode::Inference),
            training,
            Way::Compiled,
        ];
        let weights = 4 * 25_557_032;
        let input = 4 * 3 * 224 * 224;
        for way in ways {
            assert!(
                bytes(&model.network, 1, way) > weights + 2 * input,
                "{way:?}"
            );
            let apart = bytes(&model.network, 9, way) - bytes(&model.network, 8, way);
            assert!(apart > 3 * input, "{way:?}: an image more takes {apart}");
            assert!(admit(&model.network, 8, way).is_ok(), "{way:?}");
            assert!(admit(&model.network, 65_536, way).is_err(), "{way:?}");
        }
        assert!(admit_batch(&model.network, 65_536).is_err());
    }
}
