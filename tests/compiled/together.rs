//! Passes on persistent threads: many, small, simultaneous, and stopped.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use resnet_explore::engine::compiled::LayerSource;
use resnet_explore::engine::{Compiled, Input, Options};
use resnet_explore::weights::{Synthetic, WeightSource};

use super::{batch, sized};

/// Small networks of plain blocks, bottlenecks, groups, attention and pools that two threads share badly.
const SMALL: [(&str, u64); 5] = [
    ("resnet20_fashion", 28),
    ("resnet20_cifar", 8),
    ("resnet18", 32),
    ("resnext50_32x4d", 32),
    ("seresnet50", 33),
];

fn compiled(name: &str, side: u64, threads: usize) -> (Compiled, Input) {
    let model = sized(name, [side; 2]);
    let channels = if name.ends_with("fashion") { 1 } else { 3 };
    let source = &Synthetic { seed: 3 } as &dyn WeightSource;
    let weights: &dyn LayerSource = &source;
    let options = Options {
        batch: 2,
        threads: Some(threads),
        ..Options::default()
    };
    let network = Arc::new(model.network);
    let compiled = Compiled::new(network, weights, options).expect("a legal network");
    (
        compiled,
        Input::Prepared(batch(1, &[2, channels, side, side])),
    )
}

/// Bits, by which a NaN equals itself and a zero has its sign.
fn bits(compiled: &mut Compiled, input: &Input) -> Vec<u32> {
    let output = compiled.run(input).expect("an input that fits");
    output.iter().map(|value| value.to_bits()).collect()
}

#[test]
fn passes_at_once_are_what_one_thread_makes_them() {
    let alone: Vec<Vec<u32>> = SMALL
        .iter()
        .map(|&(name, side)| {
            let (mut compiled, input) = compiled(name, side, 1);
            bits(&mut compiled, &input)
        })
        .collect();
    std::thread::scope(|scope| {
        for first in 0..4 {
            let alone = &alone;
            scope.spawn(move || {
                for (turn, (&(name, side), alone)) in SMALL.iter().zip(alone).enumerate() {
                    let (mut compiled, input) = compiled(name, side, 1 + (first + turn) % 5);
                    for pass in 0..25 {
                        let here = bits(&mut compiled, &input);
                        let threads = compiled.threads();
                        assert!(here == *alone, "{name}, {threads} threads, pass {pass}");
                    }
                }
            });
        }
    });
}

/// A pass that its observer stops, or in which it panics, leaves threads and memory usable for the next.
#[test]
fn a_stopped_pass_leaves_nothing_behind() {
    for (name, side) in [SMALL[0], SMALL[3]] {
        let (mut compiled, input) = compiled(name, side, 3);
        let whole = bits(&mut compiled, &input);
        for stop in 0..20 {
            let mut seen = 0;
            let outcome = compiled.watch(&input, &mut |_, _| {
                seen += 1;
                if seen > stop {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
            assert!(outcome.expect("an input that fits").is_break());
            assert_eq!(seen, stop + 1);
            assert!(bits(&mut compiled, &input) == whole, "{name} after {stop}");
        }
        let fallen = catch_unwind(AssertUnwindSafe(|| {
            compiled.watch(&input, &mut |_, _| resume_unwind(Box::new("observer")))
        }));
        assert!(fallen.is_err());
        assert!(bits(&mut compiled, &input) == whole, "{name} after a panic");
    }
}
