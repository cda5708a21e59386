//! Completeness check of an exported model: all tensors of its network, no others, in their shapes.

use std::collections::BTreeMap;

use crate::message;
use crate::text::{Joint, Message, said};

/// The most differences that are said one by one.
const SAID: usize = 20;

/// Differences between the tensors of an export and of its network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incomplete {
    /// A message for each.
    pub differences: Vec<Message>,
}

impl Incomplete {
    /// The problem, and the first differences below it.
    pub fn message(&self) -> Message {
        let count = self.differences.len();
        let first = self.differences.iter().take(SAID);
        let mut lines: Vec<Message> = first
            .map(|one| message!("export-difference", difference = one.clone()))
            .collect();
        if let more @ 1.. = count.saturating_sub(SAID) {
            lines.push(message!("export-more-differences", count = more));
        }
        let lines = Joint::Lines.of(lines);
        message!("export-incomplete", count = count, differences = lines)
    }
}

said!(Incomplete);

/// Compares the tensors that were `made` with those `wanted`.
pub(super) fn compare(
    wanted: impl IntoIterator<Item = (String, Vec<u64>)>,
    mut made: BTreeMap<String, Vec<u64>>,
) -> Result<(), Incomplete> {
    let mut differences = Vec::new();
    for (name, dims) in wanted {
        match made.remove(&name) {
            Some(found) if found == dims => {}
            Some(found) => differences.push(message!(
                "export-tensor-shape",
                name = name,
                found = format!("{found:?}"),
                wanted = format!("{dims:?}")
            )),
            None => differences.push(message!(
                "export-tensor-missing",
                name = name,
                shape = format!("{dims:?}")
            )),
        }
    }
    differences.extend(made.iter().map(|(name, dims)| {
        message!(
            "export-tensor-extra",
            name = name,
            shape = format!("{dims:?}")
        )
    }));
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
        let notice = compare(wanted(), made).unwrap_err().message();
        assert_eq!(
            crate::text::Language::ENGLISH.say(&notice),
            "this network cannot be exported whole: 3 of its tensors would differ\n  a [1] is missing\n  \
             b is [3, 2], not [2, 3]\n  d [1] does not belong to the network"
        );
    }
}
