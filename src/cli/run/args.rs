//! Flags of `run`, and the value to explain: `PATH:C,Y,X`.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::cli::engine::EngineArgs;
use crate::cli::flags::{Format, Shape, named, one_of, whole};
use crate::cli::prepare::PrepareArgs;
use crate::engine::saliency::Method;
use crate::engine::value_trace::Cell;
use crate::message;
use crate::text::system::Reason;

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct RunArgs {
    #[arg(value_parser = named())]
    pub(in crate::cli) name: String,
    #[command(flatten)]
    pub(in crate::cli) shape: Shape,
    #[arg(long, value_name = "SRC", value_parser = named())]
    pub(in crate::cli) weights: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) entry: Option<String>,
    #[arg(long, value_name = "SRC", value_parser = named())]
    pub(in crate::cli) input: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) engine: EngineArgs,
    #[arg(long, conflicts_with_all = ["threads", "kernel", "direct", "precision"])]
    pub(in crate::cli) plain: bool,
    #[arg(long, conflicts_with_all = ["threads", "kernel", "direct", "precision"])]
    pub(in crate::cli) train: bool,
    #[arg(long, value_name = "PATH", requires = "train", conflicts_with_all = ["input", "until", "layers", "top", "format"])]
    pub(in crate::cli) bn: Option<String>,
    #[arg(long, value_name = "N", default_value_t = 5, requires = "bn", value_parser = whole::<usize>(1, 1000))]
    pub(in crate::cli) batches: usize,
    #[arg(long, value_name = "C", default_value_t = 0, requires = "bn")]
    pub(in crate::cli) channel: usize,
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) until: Option<String>,
    #[arg(long)]
    pub(in crate::cli) layers: bool,
    #[arg(long, value_name = "PATH:C,Y,X", value_parser = wanted, conflicts_with_all = ["until", "layers"])]
    pub(in crate::cli) value: Option<Wanted>,
    #[arg(long, value_name = "N", default_value_t = 9, requires = "value")]
    pub(in crate::cli) products: usize,
    #[arg(long, value_name = "K")]
    pub(in crate::cli) top: Option<usize>,
    #[command(flatten)]
    pub(in crate::cli) looked: CamArgs,
    #[arg(long, default_value = "text")]
    pub(in crate::cli) format: Format,
    #[command(flatten)]
    pub(in crate::cli) prepare: PrepareArgs,
}

/// Options that make a pass, and no map.
const PASS: [&str; 10] = [
    "train",
    "bn",
    "until",
    "layers",
    "value",
    "top",
    "plain",
    "threads",
    "kernel",
    "precision",
];

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct CamArgs {
    #[arg(long, value_name = "CLASS", num_args = 0..=2, value_delimiter = ',', default_missing_value = "top", conflicts_with_all = PASS, conflicts_with = "direct")]
    pub(super) cam: Option<Vec<String>>,
    #[arg(long, value_name = "METHOD", default_value = "cam", requires = "cam", value_parser = method)]
    pub(super) method: Method,
    #[arg(long, value_name = "PATH", requires = "cam")]
    pub(super) at: Option<String>,
    #[arg(long, value_name = "PIXELS", requires = "cam", value_parser = whole::<u32>(1, 65_536))]
    pub(super) patch: Option<u32>,
    #[arg(long, value_name = "PIXELS", requires = "cam", value_parser = whole::<u32>(1, 65_536))]
    pub(super) patch_stride: Option<u32>,
    #[arg(short, long, value_name = "FILE.png", requires = "cam")]
    pub(super) output: Option<PathBuf>,
    #[arg(long, requires = "output")]
    pub(super) force: bool,
}

fn method(text: &str) -> Result<Method, Reason> {
    let found = Method::ALL.into_iter().find(|own| own.name() == text);
    found.ok_or_else(|| one_of(Method::ALL.iter().map(|own| own.name())))
}

/// The error of a word of another form.
fn form() -> Reason {
    Reason::new(message!("call-form-value"))
}

/// Path of a layer and a cell of its output.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Wanted {
    pub(in crate::cli) path: String,
    pub(in crate::cli) cell: Cell,
}

/// Parses `PATH:C,Y,X`, `PATH:F`, and with a batch `PATH:N,C,Y,X`.
pub(in crate::cli) fn wanted(text: &str) -> Result<Wanted, Reason> {
    let (path, numbers) = text.rsplit_once(':').ok_or_else(form)?;
    let numbers: Vec<usize> = numbers
        .split(',')
        .map(|number| number.trim().parse())
        .collect::<Result<_, _>>()
        .map_err(|_| form())?;
    let cell = match numbers[..] {
        [channel] => Cell {
            channel,
            ..Cell::default()
        },
        [image, channel] => Cell {
            image,
            channel,
            ..Cell::default()
        },
        [channel, row, column] => Cell {
            image: 0,
            channel,
            row,
            column,
        },
        [image, channel, row, column] => Cell {
            image,
            channel,
            row,
            column,
        },
        _ => return Err(form()),
    };
    Ok(Wanted {
        path: path.to_owned(),
        cell,
    })
}
