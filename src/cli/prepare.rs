//! Flags of the pictures' preprocessing.

use clap::Args as ClapArgs;

use super::flags::{one_of, whole};
use crate::lower::Preparation;
use crate::message;
use crate::network::Filter;
use crate::network::limits::SIDE;
use crate::text::system::Reason;

#[derive(Debug, Clone, Default, ClapArgs)]
#[command(next_help_heading = "Pictures")]
pub(super) struct PrepareArgs {
    #[arg(long, value_name = "R,G,B", value_delimiter = ',', allow_negative_numbers = true, value_parser = finite)]
    mean: Option<Vec<f64>>,
    #[arg(long, value_name = "R,G,B", value_delimiter = ',', value_parser = positive)]
    std: Option<Vec<f64>>,
    #[arg(long)]
    bgr: bool,
    #[arg(long, value_name = "N", value_parser = whole::<u64>(1, SIDE))]
    resize: Option<u64>,
    #[arg(long, value_name = "N", conflicts_with = "input_size", value_parser = whole::<u64>(1, SIDE))]
    crop: Option<u64>,
    #[arg(long, value_name = "KIND", value_parser = interpolation)]
    interpolation: Option<Filter>,
}

impl PrepareArgs {
    /// First given option that concerns pictures only; a crop is also the network's size.
    pub(super) fn of_pictures(&self) -> Option<&'static str> {
        let given = [
            ("--mean", self.mean.is_some()),
            ("--std", self.std.is_some()),
            ("--bgr", self.bgr),
            ("--resize", self.resize.is_some()),
            ("--interpolation", self.interpolation.is_some()),
        ];
        given
            .iter()
            .find(|(_, is_given)| *is_given)
            .map(|(name, _)| *name)
    }

    /// Changes to the spec's preprocessing.
    pub(super) fn preparation(&self) -> Preparation {
        Preparation {
            mean: self.mean.clone(),
            std: self.std.clone(),
            bgr: self.bgr,
            resize: self.resize,
            crop: self.crop,
            filter: self.interpolation,
        }
    }
}

fn finite(text: &str) -> Result<f64, Reason> {
    match text.trim().parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(Reason::new(message!("call-form-numbers"))),
    }
}

fn positive(text: &str) -> Result<f64, Reason> {
    match finite(text) {
        Ok(value) if value > 0.0 => Ok(value),
        _ => Err(Reason::new(message!("call-form-positive"))),
    }
}

fn interpolation(text: &str) -> Result<Filter, Reason> {
    Filter::parse(text).ok_or_else(|| one_of(Filter::ALL.into_iter().map(Filter::name)))
}
