//! Origin of weights: the parts of a file that were read, and the prefixes and entries that were removed or skipped.

use crate::message;
use crate::text::{Joint, Message};

/// Changes that give a checkpoint's tensors the names of a network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The entry of the file that holds the weights: `state_dict`.
    pub entry: Option<String>,
    /// Whether these are averages over training, taken before others.
    pub averaged: bool,
    /// Entries of the file that hold weights too, which `--entry` chooses.
    pub others: Vec<String>,
    /// Prefix that every name had.
    pub prefix: Option<String>,
    /// Wrappers that stood inside names: `_orig_mod`.
    pub wrappers: Vec<&'static str>,
    /// The naming that the names were translated from.
    pub names: Option<&'static str>,
    /// Hooks whose tensors were put together: `weight_norm`.
    pub hooks: Vec<&'static str>,
    /// Channels that the first convolution was trained with, and those that it was adapted to.
    pub channels: Option<[usize; 2]>,
    /// Tensors that are no part of the network, by the names that they have in the file.
    pub passed_over: Vec<String>,
}

/// So many names are said.
const NAMED: usize = 3;

impl Origin {
    /// The parts of the file that were read and the changes, one sentence each.
    pub fn messages(&self) -> Vec<Message> {
        let quoted = |names: &[&str]| {
            let names = names.iter().map(|name| format!("`{name}`"));
            Joint::Comma.of(names.collect::<Vec<_>>())
        };
        let some = |names: &[String]| {
            let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
            match names.len().saturating_sub(NAMED) {
                0 => quoted(&first),
                more => message!("weights-and-more", names = quoted(&first), count = more).into(),
            }
        };
        let mut said = Vec::new();
        if let Some(entry) = &self.entry {
            let entry = entry.as_str();
            said.push(match (self.averaged, self.others.as_slice()) {
                (false, []) => message!("weights-entry", entry = entry),
                (true, []) => message!("weights-entry-averaged", entry = entry),
                (false, others) => {
                    message!("weights-entry-of", entry = entry, others = some(others))
                }
                (true, others) => message!(
                    "weights-entry-averaged-of",
                    entry = entry,
                    others = some(others)
                ),
            });
        }
        if let Some(prefix) = &self.prefix {
            said.push(message!("weights-prefix", prefix = prefix));
        }
        if !self.wrappers.is_empty() {
            said.push(message!("weights-wrappers", words = quoted(&self.wrappers)));
        }
        if let Some(names) = self.names {
            said.push(match names {
                "structure" => message!("weights-names-structure"),
                names => message!("weights-names", names = names),
            });
        }
        if !self.hooks.is_empty() {
            said.push(message!("weights-hooks", hooks = quoted(&self.hooks)));
        }
        if let Some([base, channels]) = self.channels {
            let id = if channels == 1 {
                "weights-channels-summed"
            } else {
                "weights-channels-repeated"
            };
            let said_of = Message::new(id).with("base", base);
            said.push(said_of.with("channels", channels));
        }
        if !self.passed_over.is_empty() {
            said.push(message!(
                "weights-passed-over",
                count = self.passed_over.len(),
                names = some(&self.passed_over)
            ));
        }
        said
    }
}
