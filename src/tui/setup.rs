//! Settings of the user for building and counting: input size, classes, batch size and rule. They hold for the open network,
//! or for both networks of a comparison.

use crate::analysis::Rule;
use crate::lower::Overrides;
use crate::message;
use crate::network::limits;
use crate::report::format::typed_sides;
use crate::text::Message;
use crate::tui::overlay::finder::Kind;

/// Settings that a network is built and counted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setup {
    /// Overrides, instead of the spec's values.
    pub overrides: Overrides,
    /// Counting rule of the operations.
    pub rule: Rule,
    /// Batch size.
    pub batch: u64,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            overrides: Overrides::default(),
            rule: Rule::default(),
            batch: 1,
        }
    }
}

impl Setup {
    /// The settings after a value was typed into a list.
    ///
    /// # Errors
    /// The value is out of range; the message is for the user.
    pub fn with(mut self, kind: Kind, text: &str) -> Result<Self, Message> {
        let number = |most: u64| {
            let number = text.parse().ok();
            number.filter(|number| (1..=most).contains(number))
        };
        match kind {
            Kind::Size => {
                let refused = || message!("notice-no-size", text = text);
                self.overrides.input_size = Some(size(text).ok_or_else(refused)?);
            }
            Kind::Batch => {
                let refused = || message!("notice-batch-range", limit = limits::BATCH);
                self.batch = number(limits::BATCH).ok_or_else(refused)?;
            }
            Kind::Classes => {
                let refused = || message!("notice-classes-range", limit = limits::CHANNELS);
                self.overrides.classes = Some(number(limits::CHANNELS).ok_or_else(refused)?);
            }
            _ => {}
        }
        Ok(self)
    }
}

/// Parses `224`, or height and width: `320x224`, `320×224`.
fn size(text: &str) -> Option<[u64; 2]> {
    let is_side = |side: &u64| (1..=limits::SIDE).contains(side);
    typed_sides(text).filter(|sides| sides.iter().all(is_side))
}
