//! `export --for`: a figure for a paper, a slide or a README, with its caption beside it.

use std::io::Write;
use std::path::Path;

use clap::builder::PossibleValue;
use clap::{Args as ClapArgs, ValueEnum};

use super::{ExportArgs, Target, draft, publish};
use crate::cli::flags::spoken;
use crate::cli::output::{self, Failure, Output};
use crate::export::paper::{Choices, Venue, figure};
use crate::message;
use crate::report::Subject;
use crate::text::Language;

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Figures")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(in crate::cli) struct FigureArgs {
    #[arg(id = "for", long = "for", value_name = "VENUE")]
    venue: Option<Venue>,
    #[arg(long, value_name = "PATH")]
    block: Option<String>,
    #[arg(long)]
    no_title: bool,
    #[arg(long)]
    no_legend: bool,
    #[arg(long)]
    no_preprocess: bool,
    #[arg(long, value_name = "POINTS", value_parser = length)]
    width: Option<f64>,
    #[arg(long, value_name = "POINTS", value_parser = length)]
    font_size: Option<f64>,
    #[arg(long)]
    he_lines: bool,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=4))]
    scale: Option<u8>,
}

impl ValueEnum for Venue {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// Parses a length in points.
fn length(text: &str) -> Result<f64, String> {
    const LONGEST: f64 = 5000.0;
    let length = text
        .parse()
        .ok()
        .filter(|length| (1.0..=LONGEST).contains(length));
    length.ok_or_else(|| {
        spoken().say(&message!(
            "figure-length",
            longest = format!("{LONGEST:.0}")
        ))
    })
}

impl FigureArgs {
    /// Whether a figure is asked for: another format than SVG always is one.
    pub(super) const fn asks(&self, to: Target) -> bool {
        matches!(to, Target::Pdf | Target::Png | Target::Tikz)
            || (matches!(to, Target::Svg) && self.venue.is_some())
    }

    fn choices(&self, to: Target) -> Choices {
        let usual = if to == Target::Png {
            Venue::Readme
        } else {
            Venue::CvprWide
        };
        Choices {
            width: self.width,
            font_size: self.font_size,
            block: self.block.clone(),
            title: !self.no_title,
            legend: !self.no_legend,
            preprocess: !self.no_preprocess,
            he_lines: self.he_lines,
            language: if to.has_latin_alone() {
                Language::ENGLISH
            } else {
                spoken()
            },
            ..Choices::of(self.venue.unwrap_or(usual))
        }
    }
}

/// Writes the figure, and its caption beside the file or on stderr.
pub(super) fn write(subject: &Subject, args: &ExportArgs) -> Result<Output, Failure> {
    let own = &args.figure;
    let figure = figure(subject, &own.choices(args.to)).map_err(Failure::failed)?;
    let bytes = match args.to {
        Target::Pdf => figure.pdf().map_err(Failure::failed)?,
        Target::Png => figure
            .png(f64::from(own.scale.unwrap_or(2)))
            .map_err(Failure::failed)?,
        Target::Tikz => figure.tikz().map_err(Failure::failed)?.into_bytes(),
        _ => figure.svg().into_bytes(),
    };
    match args.output.as_deref() {
        Some(path) if path != Path::new("-") => {
            let beside = path.with_extension("caption.txt");
            let drawing = draft(path, args.force, |file| file.write_all(&bytes))?;
            let caption = draft(&beside, args.force, |file| {
                file.write_all(figure.caption.as_bytes())
            })?;
            let mut wrote = publish(path, drawing)?;
            wrote.stderr += &publish(&beside, caption)?.stderr;
            Ok(wrote)
        }
        None if output::to_terminal() && matches!(args.to, Target::Pdf | Target::Png) => {
            let ending = if args.to == Target::Pdf { "pdf" } else { "png" };
            Err(Failure::usage(message!(
                "export-binary-terminal",
                ending = ending
            )))
        }
        _ => {
            output::stream(|to: &mut dyn Write| to.write_all(&bytes))?;
            Ok(Output {
                stderr: figure.caption,
                ..Output::default()
            })
        }
    }
}
