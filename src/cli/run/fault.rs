//! `run` of a network with an error: the layers before the faulty one, and then the error.

use std::time::Instant;

use super::args::RunArgs;
use super::{Seen, Setup, choice, inspects_layers, noted, rendered, target};
use crate::analysis::Rule;
use crate::cli::flags::Format;
use crate::cli::output::{Failure, Output, render_all};
use crate::engine::{LoadedWeights, Session};
use crate::lower::Model;
use crate::message;
use crate::report::Subject;
use crate::report::checks::check;
use crate::report::checks::json::CheckReport;

/// Runs as far as possible. Options that need the whole network (`--train`, `--bn`, `--value`, `--cam`) only give the error.
pub(super) fn run(args: &RunArgs, model: &Model) -> Result<Output, Failure> {
    let needs_all =
        args.train || args.bn.is_some() || args.value.is_some() || args.looked.is_asked();
    let fault = model
        .fault()
        .filter(|fault| fault.index() > 0 && !needs_all);
    let Some(fault) = fault else {
        return Err(Failure::problems(&model.problems));
    };
    if let Some(option) = args.engine.option() {
        return Err(Failure::usage(message!("run-idle-fault", option = option)));
    }
    if args.top.is_some() {
        return Err(Failure::usage(message!("run-idle-fault-top")));
    }
    let mut notes = String::new();
    let weights = noted(args, model, choice(args, model)?, None, &mut notes);
    let source = weights.open(model).map_err(Failure::failed)?;
    let part = model.before(fault);
    let setup = Setup::read(args, &part, weights, notes)?;
    let subject = Subject::new(model.clone(), Rule::default(), args.shape.batch);
    // Preprocessing layers come before all others.
    let (subject, input) = setup.batch.opened(subject, inspects_layers(args))?;
    let Some(fault) = subject.model.fault() else {
        return Err(Failure::problems(&model.problems));
    };
    let part = subject.model.before(fault);
    let loaded = LoadedWeights::load(&part.network, source.as_ref()).map_err(Failure::failed)?;
    let network = &subject.model.network;
    let mut session = Session::up_to(network, fault, loaded, input).map_err(Failure::failed)?;
    let wanted = target(&subject.model, args.until.as_deref())?;
    let Some(target) = part.network.ids().rfind(|id| *id <= wanted) else {
        return Err(Failure::problems(&model.problems));
    };
    let mut seen = Seen::new(args, &part, target, &setup.batch)?;
    let began = Instant::now();
    while session.next().is_some_and(|next| next <= target) {
        let Some(id) = session.step() else { break };
        if let Some(value) = session.value(id) {
            seen.layer(id, value);
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    let mut shown = seen.pass(args, &setup)?;
    shown.seconds = seconds;
    shown.until = Some(part.network[target].path.to_string());
    shown.ends_before = Some(network[fault].path.to_string());
    shown.problems = CheckReport::new(&model.spec.name, &check(model)).problems;
    // The classes have no names before the end of the network.
    shown.top.clear();
    let mut output = rendered(args.format, &subject, &shown);
    let notice = render_all(&model.problems);
    output.stderr = setup.notes;
    match args.format {
        Format::Text => output.stdout += &format!("\n{notice}"),
        // In JSON, the problems are fields.
        Format::Json => {}
        Format::Csv | Format::Markdown => output.stderr += &notice,
    }
    output.code = 1;
    Ok(output)
}
