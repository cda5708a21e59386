//! Flags of the pictures' preprocessing.

use clap::Args as ClapArgs;

use crate::lower::Preparation;
use crate::network::Filter;

#[derive(Debug, Clone, Default, ClapArgs)]
#[command(next_help_heading = "Pictures")]
pub(super) struct PrepareArgs {
    /// Mean to subtract from values of 0 to 1: one for all channels, or R,G,B
    #[arg(long, value_name = "R,G,B", value_delimiter = ',', allow_negative_numbers = true, value_parser = finite)]
    mean: Option<Vec<f64>>,
    /// Standard deviation to divide by: one for all channels, or R,G,B
    #[arg(long, value_name = "R,G,B", value_delimiter = ',', value_parser = positive)]
    std: Option<Vec<f64>>,
    /// The network reads blue first; --mean and --std are then B,G,R
    #[arg(long)]
    bgr: bool,
    /// Bring the shorter side to this length before the middle is cut out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=16384))]
    resize: Option<u64>,
    /// Cut this square out of the middle, and run the network at this size
    #[arg(long, value_name = "N", conflicts_with = "input_size", value_parser = clap::value_parser!(u64).range(1..=crate::network::limits::SIDE))]
    crop: Option<u64>,
    /// Resize by: bilinear, bicubic or nearest
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

fn finite(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err("give numbers, as in 0.485,0.456,0.406".to_owned()),
    }
}

fn positive(text: &str) -> Result<f64, String> {
    match finite(text) {
        Ok(value) if value > 0.0 => Ok(value),
        _ => Err("give numbers above 0, as in 0.229,0.224,0.225".to_owned()),
    }
}

fn interpolation(text: &str) -> Result<Filter, String> {
    Filter::parse(text).ok_or_else(|| "one of bilinear, bicubic, nearest".to_owned())
}
