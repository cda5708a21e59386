//! Images a second of training a network on random images:
//! `cargo run --release --example training_speed -- resnet20_fashion 64 40`. `benches/race.py` runs it and PyTorch in turns.
#![allow(clippy::print_stdout)] // a program for people, not the library

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use ndarray::Array4;
use resnet_explore::engine::train::Settings;
use resnet_explore::engine::{LoadedWeights, Trainer};
use resnet_explore::lower::{Overrides, open};
use resnet_explore::network::Layer;
use resnet_explore::text::Language;
use resnet_explore::weights::{Initial, Scheme};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments
        .next()
        .unwrap_or_else(|| "resnet20_fashion".to_owned());
    let batch: usize = arguments.next().map_or(Ok(64), |text| text.parse())?;
    let steps: usize = arguments.next().map_or(Ok(40), |text| text.parse())?;
    let model = open(&name, &Overrides::default())
        .map_err(|problems| Language::ENGLISH.say(&problems[0].headline()))?;
    let network = Arc::new(model.network.clone());
    let source = Initial::new(&network, Scheme::He, 1);
    let weights = LoadedWeights::load(&network, &source)?;
    let mut trainer = Trainer::new(&network, &weights, Settings::default(), |_| false)?;
    let Some((_, Layer::Input { channels, size })) =
        network.nodes().next().map(|(id, node)| (id, &node.layer))
    else {
        return Err("the network has no input".into());
    };
    let shape = [
        batch,
        *channels as usize,
        size[0] as usize,
        size[1] as usize,
    ];
    let mut state = 1_u64;
    let pixels = Array4::from_shape_simple_fn(shape, || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 56) as f32
    });
    let labels: Vec<usize> = (0..batch).map(|image| image % trainer.classes()).collect();
    let mut times = Vec::with_capacity(steps);
    for _ in 0..steps {
        let began = Instant::now();
        trainer.step(&pixels, &labels, 0.001)?;
        times.push(began.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    println!(
        "{name}: {:.0} images a second at best, {:.0} in the median",
        batch as f64 / times[0],
        batch as f64 / times[times.len() / 2]
    );
    Ok(())
}
