//! NaN through every unit, as in PyTorch: every value that depends on one is NaN, on the plain kernels and on each fast one.

use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::{Array4, ArrayD};
use resnet_explore::engine::{
    Compiled, Input, Isa, Keep, LoadedWeights, Mode, Options, Session, Tensor,
};
use resnet_explore::lower::{Overrides, open_text};
use resnet_explore::network::Network;
use resnet_explore::weights::{Synthetic, WeightError, WeightSource, synthetic_input};

use super::spec::{UNITS, alone};

/// Size of the maps.
const SIZE: [u64; 2] = [8, 6];

struct Case {
    network: Arc<Network>,
    weights: Arc<LoadedWeights>,
}

impl Case {
    fn of(text: &str, weights: &dyn WeightSource) -> Self {
        let model = open_text("unit.toml", text, &Overrides::default());
        assert!(model.problems.is_empty(), "{:?}", model.problems);
        let network = Arc::new(model.network);
        let weights = LoadedWeights::load(&network, weights).expect("any weights");
        Self { network, weights }
    }

    /// Outputs of all layers by the plain kernels.
    fn plain(&self, input: Array4<f32>) -> Vec<Tensor> {
        let (network, weights) = (Arc::clone(&self.network), Arc::clone(&self.weights));
        let input = Input::Prepared(input);
        let mut session = Session::new(network, weights, input, Mode::Inference, Keep::Everything)
            .expect("a legal network");
        let _ = session.run_all(&mut |_, _| ControlFlow::Continue(()));
        let of = |id| session.value(id).expect("it ran").clone();
        self.network.ids().map(of).collect()
    }

    /// Fails if on a fast kernel another value is NaN than in the plain pass, layer by layer or with joined ones.
    fn is_alike(&self, input: &Array4<f32>, plain: &[Tensor], what: &str) {
        let nans = |all: &Tensor| all.iter().map(|x| x.is_nan()).collect::<Vec<_>>();
        let of_input = Input::Prepared(input.clone());
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_available()) {
            for each_layer in [true, false] {
                let options = Options {
                    batch: 2,
                    isa,
                    // A transformed tile spreads a NaN over all of its values.
                    winograd: false,
                    each_layer,
                    ..Options::default()
                };
                let network = Arc::clone(&self.network);
                let mut compiled =
                    Compiled::new(network, &*self.weights, options).expect("a legal network");
                let watched = compiled.watch(&of_input, &mut |id, value| {
                    let path = &self.network[id].path;
                    let right = nans(&plain[id.index()]);
                    assert!(nans(value) == right, "{what}: {path} on {isa}");
                    ControlFlow::Continue(())
                });
                assert_eq!(watched, Ok(ControlFlow::Continue(())));
            }
        }
    }
}

#[test]
fn what_depends_on_a_nan_is_one_after_every_unit() {
    let shape = [2, 3, SIZE[0] as usize, SIZE[1] as usize];
    for unit in UNITS {
        let case = Case::of(&alone(unit, SIZE), &Synthetic { seed: 3 });
        // A pixel, and all of an image.
        for of_pixel in [true, false] {
            let with = |value: f32| {
                let base = synthetic_input(3, &shape).into_dimensionality();
                let mut input: Array4<f32> = base.expect("maps");
                for ((image, _, y, x), own) in input.indexed_iter_mut() {
                    if image == 0 && (!of_pixel || [y, x] == [3, 2]) {
                        *own = value;
                    }
                }
                input
            };
            let found = case.plain(with(f32::NAN));
            let [low, high] = [-1e3, 1e3].map(|value| case.plain(with(value)));
            for (id, node) in case.network.nodes() {
                let [found, low, high] = [&found, &low, &high].map(|all| &all[id.index()]);
                for ((place, own), (low, high)) in found.indexed_iter().zip(low.iter().zip(high)) {
                    let what = || format!("{unit:?}: {} at {place:?}", node.path);
                    if low.to_bits() != high.to_bits() {
                        assert!(own.is_nan(), "{}", what());
                    }
                    assert!(place[0] == 0 || own.is_finite(), "{}", what());
                }
            }
            case.is_alike(&with(f32::NAN), &found, &format!("{unit:?}"));
        }
    }
}

/// Weights of which one tensor is NaN.
struct Broken(&'static str);

impl WeightSource for Broken {
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError> {
        let right = Synthetic { seed: 3 }.tensor(name, shape)?;
        Ok(if name.ends_with(self.0) {
            right.mapv(|_| f32::NAN)
        } else {
            right
        })
    }

    fn names(&self) -> Option<Vec<(String, Vec<usize>)>> {
        None
    }

    fn label(&self) -> String {
        "broken".to_owned()
    }
}

#[test]
fn a_threshold_that_is_nan_makes_every_value_one() {
    let unit = ("{ norm = \"u\" }", "[norm]\nkind = \"filter_response\"");
    let case = Case::of(&alone(unit, SIZE), &Broken("u.tau"));
    let shape = [2, 3, SIZE[0] as usize, SIZE[1] as usize];
    let input = synthetic_input(3, &shape).into_dimensionality();
    let input: Array4<f32> = input.expect("maps");
    let found = case.plain(input.clone());
    assert!(found.last().expect("a layer").iter().all(|x| x.is_nan()));
    case.is_alike(&input, &found, "tau");
}
