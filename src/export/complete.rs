//! Completeness check of an exported model: all tensors of its network, no others, in their shapes.

use std::collections::BTreeMap;

/// Number of differences that are listed one by one.
const SAID: usize = 20;

/// Differences between the tensors of an export and of its network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incomplete {
    /// One sentence per difference.
    pub differences: Vec<String>,
}

impl std::error::Error for Incomplete {}

impl std::fmt::Display for Incomplete {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count = self.differences.len();
        write!(
            f,
            "this network cannot be exported whole: {count} of its tensors would differ"
        )?;
        for difference in self.differences.iter().take(SAID) {
            write!(f, "\n  {difference}")?;
        }
        if count > SAID {
            write!(f, "\n  and {} more", count - SAID)?;
        }
        Ok(())
    }
}

/// Compares the tensors that were `made` with those `wanted`.
pub(super) fn compare(
    wanted: impl IntoIterator<Item = (String, Vec<u64>)>,
    mut made: BTreeMap<String, Vec<u64>>,
) -> Result<(), Incomplete> {
    let mut differences = Vec::new();
    for (name, dims) in wanted {
        match made.remove(&name) {
            Some(found) if found == dims => {}
            Some(found) => differences.push(format!("{name} is {found:?}, not {dims:?}")),
            None => differences.push(format!("{name} {dims:?} is missing")),
        }
    }
    differences.extend(
        made.iter()
            .map(|(name, dims)| format!("{name} {dims:?} is not the network's")),
    );
    if differences.is_empty() {
        Ok(())
    } else {
        Err(Incomplete { differences })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_is_said() {
        let tensor = |name: &str, dims: &[u64]| (name.to_owned(), dims.to_vec());
        let wanted = || [tensor("a", &[1]), tensor("b", &[2, 3]), tensor("c", &[])];
        assert_eq!(compare(wanted(), BTreeMap::from(wanted())), Ok(()));
        let made = BTreeMap::from([tensor("b", &[3, 2]), tensor("c", &[]), tensor("d", &[1])]);
        let told = compare(wanted(), made).unwrap_err().to_string();
        assert_eq!(
            told,
            "this network cannot be exported whole: 3 of its tensors would differ\n  a [1] is missing\n  \
             b is [3, 2], not [2, 3]\n  d [1] is not the network's"
        );
    }
}
