//! Flags that control the computation of a pass, and the pass itself: compiled, or layer by layer with the plain kernels.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Instant;

use clap::Args as ClapArgs;

use super::flags::{one_of, whole};
use super::machine;
use super::output::Failure;
use super::progress::Progress;
use crate::engine::budget;
use crate::engine::compiled::LayerSource;
use crate::engine::pass::Observer;
use crate::engine::{
    Compiled, Input, Isa, Keep, LayerWeights, LoadedWeights, Mode, Options, Precision, Products,
    Session,
};
use crate::lower::Model;
use crate::network::{LayerId, Network};
use crate::text::Message;
use crate::text::system::Reason;
use crate::weights::{WeightError, WeightSource};

#[derive(Debug, Clone, Copy, ClapArgs)]
pub(super) struct EngineArgs {
    #[arg(long, value_name = "N", value_parser = whole::<u16>(1, 256))]
    pub(super) threads: Option<u16>,
    #[arg(long, value_name = "ISA", value_parser = isa)]
    pub(super) kernel: Option<Isa>,
    #[arg(long)]
    pub(super) direct: bool,
    #[arg(long, value_name = "TYPE", value_parser = numbers)]
    pub(super) precision: Option<Numbers>,
}

/// Type of the numbers that the compiled pass multiplies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    /// 32-bit floats.
    F32,
    /// Floats of 16 bits with the range of f32.
    Bf16,
}

fn numbers(text: &str) -> Result<Numbers, Reason> {
    match text {
        "f32" => Ok(Numbers::F32),
        "bf16" => Ok(Numbers::Bf16),
        _ => Err(one_of(["f32", "bf16"])),
    }
}

fn isa(text: &str) -> Result<Isa, Reason> {
    Isa::parse(text).ok_or_else(|| one_of(Isa::ALL.into_iter().map(Isa::name)))
}

impl EngineArgs {
    /// Options to compile a network with, for a batch size.
    pub(super) fn options(self, batch: u64, each_layer: bool) -> Options {
        let defaults = Options::default();
        let isa = self.kernel.unwrap_or(defaults.isa);
        let is_bf16 = self.precision == Some(Numbers::Bf16);
        Options {
            batch: batch as usize,
            threads: self.threads.map(usize::from),
            isa,
            winograd: !self.direct,
            bf16: is_bf16.then(|| Products::best(isa)),
            each_layer,
            known: machine::kept(isa),
            ..defaults
        }
    }

    /// The first of these flags that was given.
    pub(super) fn option(self) -> Option<&'static str> {
        let all = [
            (self.threads.is_some(), "--threads"),
            (self.kernel.is_some(), "--kernel"),
            (self.direct, "--direct"),
            (self.precision.is_some(), "--precision"),
        ];
        let mut given = all.into_iter().filter(|(is_given, _)| *is_given);
        given.next().map(|(_, option)| option)
    }
}

/// Way to multiply bf16 numbers, for people.
pub(super) fn said(products: Products) -> Message {
    Message::new(match products {
        Products::Instruction if has_tiles(&machine::cpu()) => "run-bf16-beside-tiles",
        Products::Instruction => "run-bf16-instruction",
        Products::Halves => "run-bf16-halves",
    })
}

/// Whether the processor has tiles of bf16 numbers (AMX), which no kernel uses.
fn has_tiles(cpu: &str) -> bool {
    let mut flags = cpu.lines().filter(|line| line.starts_with("flags"));
    flags.any(|line| line.split_whitespace().any(|flag| flag == "amx_bf16"))
}

/// Settings of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) engine: EngineArgs,
    /// Whether to run layer by layer with the plain kernels.
    pub(super) plain: bool,
    pub(super) train: bool,
    /// Whether the values of all layers are needed.
    pub(super) each_layer: bool,
    /// The last layer that runs.
    pub(super) target: LayerId,
}

impl Way {
    /// Memory needs of the pass.
    pub(super) fn takes(&self, model: &Model, looks_back: bool) -> budget::Way {
        let mode = if self.train {
            Mode::Training
        } else {
            Mode::Inference
        };
        match (looks_back, self.is_plain(model)) {
            (true, _) => budget::Way::Everything(mode),
            (false, true) => budget::Way::Needed(mode),
            (false, false) => budget::Way::Compiled,
        }
    }

    /// Whether the plain kernels run: they support training, and double precision for a network that needs it.
    fn is_plain(&self, model: &Model) -> bool {
        let double = Precision::of(&model.network, Mode::Inference) == Precision::Double;
        self.plain || self.train || (double && self.engine.option().is_none())
    }
}

/// Rejects a pass that needs too much memory, before its input is read.
///
/// # Errors
/// The pass needs too much memory.
pub(super) fn admitted(model: &Model, batch: u64, way: budget::Way) -> Result<(), Failure> {
    budget::admit(&model.network, batch as usize, way).map_err(Failure::failed)
}

/// Results of a pass.
pub(super) struct PassResult {
    /// Duration of the pass only, without loading weights.
    pub(super) seconds: f64,
    /// Name of the kernels: `avx512`, or `plain`.
    pub(super) kernel: &'static str,
    /// Session of a plain pass, with the statistics that training updated.
    pub(super) session: Option<Session>,
}

/// Runs up to the target, and reports every layer, or at least the target, to `observer`.
///
/// # Errors
/// The weights do not fit, or the pass is impossible.
pub(super) fn pass(
    model: &Model,
    source: &dyn WeightSource,
    input: Input,
    way: Way,
    observer: &mut Observer<'_>,
) -> Result<PassResult, Failure> {
    if way.is_plain(model) {
        let mut session = session(model, source, input, way.train, Keep::Needed)?;
        let began = Instant::now();
        let progress = Progress::of(model.network.len(), "progress-running");
        let _ = session.run_to(way.target, &mut |id, value| {
            progress.step();
            observer(id, value)
        });
        return Ok(PassResult {
            seconds: began.elapsed().as_secs_f64(),
            kernel: "plain",
            session: Some(session),
        });
    }
    let whole = !way.each_layer && model.network.sink() == Some(way.target);
    let batch = match &input {
        Input::Pixels(array) | Input::Prepared(array) => array.dim().0,
    };
    let options = way.engine.options(batch as u64, !whole);
    let source = Counted {
        source,
        progress: Progress::of(model.network.len(), "progress-weights"),
    };
    let mut compiled = Compiled::new(Arc::new(model.network.clone()), &source, options)
        .map_err(Failure::failed)?;
    drop(source);
    let _progress = Progress::counted(
        compiled.done(),
        compiled.steps().count(),
        "progress-running",
    );
    let began = Instant::now();
    if whole {
        let output = compiled.run(&input).map_err(Failure::failed)?;
        let _ = observer(way.target, &output);
    } else {
        let mut until = |id, value: &_| {
            observer(id, value)?;
            if id == way.target {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        };
        let _ = compiled
            .watch(&input, &mut until)
            .map_err(Failure::failed)?;
    }
    Ok(PassResult {
        seconds: began.elapsed().as_secs_f64(),
        kernel: options.isa.name(),
        session: None,
    })
}

/// Source of weights that are read layer by layer, with a progress bar.
struct Counted<'a> {
    source: &'a dyn WeightSource,
    progress: Progress,
}

impl LayerSource for Counted<'_> {
    fn layer(&self, network: &Network, id: LayerId) -> Result<Cow<'_, LayerWeights>, WeightError> {
        self.progress.step();
        self.source.layer(network, id)
    }
}

/// New session with the plain kernels.
///
/// # Errors
/// The weights do not fit, or the pass is impossible.
pub(super) fn session(
    model: &Model,
    source: &dyn WeightSource,
    input: Input,
    train: bool,
    keep: Keep,
) -> Result<Session, Failure> {
    let network = Arc::new(model.network.clone());
    let weights = LoadedWeights::load(&network, source).map_err(Failure::failed)?;
    let mode = if train {
        Mode::Training
    } else {
        Mode::Inference
    };
    Session::new(network, weights, input, mode, keep).map_err(Failure::failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_are_a_flag_of_the_processor() {
        let cpu = |flags: &str| format!("processor\t: 0\nflags\t\t: fpu {flags} fsrm\n");
        assert!(has_tiles(&cpu("amx_bf16 avx512_fp16 amx_tile")));
        assert!(!has_tiles(&cpu("avx512_bf16")) && !has_tiles(""));
    }
}
