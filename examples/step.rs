//! Steps through a forward pass of the shipped Fashion-MNIST network and prints each layer's output in three numbers:
//! `cargo run --release --example step`.
#![allow(clippy::print_stdout)] // a program for people, not the library

use std::error::Error;
use std::ops::ControlFlow;
use std::sync::Arc;

use resnet_explore::engine::{InputChoice, Keep, LoadedWeights, Mode, Session, WeightsChoice, top};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::text::Language;

fn main() -> Result<(), Box<dyn Error>> {
    let model = open("resnet20_fashion", &Overrides::default())
        .map_err(|problems| Language::ENGLISH.say(&problems[0].headline()))?;
    let source = WeightsChoice::Shipped.open(&model)?;
    let weights = LoadedWeights::load(&model.network, source.as_ref())?;
    let input = InputChoice::Sample(0).open(&model, 1)?;
    let network = Arc::new(model.network.clone());
    let mut session = Session::new(network, weights, input, Mode::Inference, Keep::Needed)?;
    while let Some(id) = session.next() {
        // A target ahead runs the layers up to it: one at a time here.
        if session
            .run_to(id, &mut |_, _| ControlFlow::Continue(()))
            .is_break()
        {
            break;
        }
        let Some(value) = session.value(id) else {
            continue;
        };
        println!(
            "{:<24} {:?}  {:.3} to {:.3}",
            model.network[id].path,
            &value.shape()[1..],
            value.iter().copied().fold(f32::INFINITY, f32::min),
            value.iter().copied().fold(f32::NEG_INFINITY, f32::max),
        );
    }
    let output = session.output().ok_or("the pass did not end")?;
    let labels = model.labels().unwrap_or_default();
    for guess in top(output, 3).first().into_iter().flatten() {
        println!(
            "{:6.2} %  {}",
            f64::from(guess.probability) * 100.0,
            labels[guess.class]
        );
    }
    Ok(())
}
