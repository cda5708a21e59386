//! Passes with non-finite outputs: the first faulty layer, and the tensors that cause it.

use std::ops::ControlFlow;

use crate::cli::engine::session;
use crate::cli::fit::wrong_values;
use crate::cli::output::{Failure, Output};
use crate::engine::{Input, Keep, Session};
use crate::lower::Model;
use crate::message;
use crate::network::LayerId;
use crate::weights::{self, Fingerprint, WeightSource};

/// Whether every value is finite.
pub(super) fn is_finite(output: &Fingerprint) -> bool {
    output.min.is_finite() && output.max.is_finite()
}

/// First layer with a non-finite output, found by a second run with the plain kernels; the target if their results differ.
pub(super) fn first(
    model: &Model,
    source: &dyn WeightSource,
    input: Input,
    train: bool,
    target: LayerId,
) -> Result<LayerId, Failure> {
    let mut session = session(model, source, input, train, Keep::Needed)?;
    let mut found = target;
    let _ = session.run_to(target, &mut |id, value| {
        if value.iter().all(|value| value.is_finite()) {
            return ControlFlow::Continue(());
        }
        found = id;
        ControlFlow::Break(())
    });
    Ok(found)
}

/// First such layer in a session that keeps all values.
pub(super) fn first_kept(session: &Session, target: LayerId) -> Option<LayerId> {
    session
        .network()
        .ids()
        .take_while(|id| *id <= target)
        .find(|id| {
            let value = session.value(*id);
            value.is_some_and(|value| value.iter().any(|value| !value.is_finite()))
        })
}

/// Fails with a message about the faulty layer and tensors; does nothing if no layer is faulty.
pub(super) fn report_fault(
    model: &Model,
    source: &dyn WeightSource,
    first: Option<LayerId>,
    output: &mut Output,
) -> Result<(), Failure> {
    let Some(first) = first else { return Ok(()) };
    let wrong = weights::not_finite(&model.network, source).map_err(Failure::failed)?;
    let cause = wrong_values(&wrong).unwrap_or_else(|| message!("run-overflow").into());
    let notice = message!(
        "run-not-finite",
        path = model.network[first].path.to_string(),
        cause = cause
    );
    output.stderr += &Failure::failed(notice).into_output().stderr;
    output.code = 1;
    Ok(())
}
