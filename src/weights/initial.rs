//! Weights as training begins with them: drawn at random by a seed, in the ranges that He et al. or PyTorch draw from.

use std::collections::HashMap;

use ndarray::ArrayD;

use super::source::{WeightError, WeightSource};
use super::synthetic::{GOLDEN, key, splitmix64};
use crate::network::layer::Scalar;
use crate::network::{Conv, Layer, Network};

/// From which distribution convolutions are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// The normal distribution of deviation `√(2 / fan out)` (He et al. 2015), as torchvision's networks have it.
    He,
    /// PyTorch's own: evenly from `−1/√(fan in)` to `1/√(fan in)`.
    Torch,
}

impl Scheme {
    /// Each of them.
    pub const ALL: [Self; 2] = [Self::He, Self::Torch];

    /// The word for it: `he`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::He => "he",
            Self::Torch => "torch",
        }
    }
}

/// Beginning of one tensor.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Begin {
    /// All the same number.
    Constant(f32),
    /// Evenly from its negative to it.
    Even(f64),
    /// By the normal distribution of this deviation.
    Normal(f64),
}

/// Initial weights of one network.
#[derive(Debug, Clone)]
pub struct Initial {
    scheme: Scheme,
    seed: u64,
    begins: HashMap<String, Begin>,
}

impl Initial {
    /// Those of `network` by a seed. Normalisations begin with scale 1 and shift 0, as do layers of one number, PReLU with 0.25,
    /// linear layers and biases as PyTorch's.
    pub fn new(network: &Network, scheme: Scheme, seed: u64) -> Self {
        let mut begins = HashMap::new();
        for (_, node) in network.nodes() {
            for parameter in node.layer.parameters() {
                let begin = begin(&node.layer, parameter.name, scheme);
                begins.insert(node.path.parameter(parameter.name), begin);
            }
        }
        Self {
            scheme,
            seed,
            begins,
        }
    }
}

fn begin(layer: &Layer, tensor: &str, scheme: Scheme) -> Begin {
    let uniform = |fan_in: u64| Begin::Even(1.0 / (fan_in as f64).sqrt());
    match (layer, tensor) {
        (Layer::Conv(Conv::Spatial(conv)), "weight") if scheme == Scheme::He => {
            let [height, width] = conv.window.kernel;
            let fan_out = conv.out_channels * height * width;
            Begin::Normal((2.0 / fan_out as f64).sqrt())
        }
        (Layer::Conv(_), "gain") => Begin::Constant(1.0),
        (Layer::Conv(conv), _) => uniform(conv.seen() as u64),
        (Layer::Linear(linear), _) => uniform(linear.in_features),
        (Layer::Norm(_), "weight" | "running_var" | "v") | (Layer::Scalar(Scalar::Scale), _) => {
            Begin::Constant(1.0)
        }
        (Layer::Activation(_), _) => Begin::Constant(0.25),
        _ => Begin::Constant(0.0),
    }
}

impl WeightSource for Initial {
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<ArrayD<f32>, WeightError> {
        let Some(begin) = self.begins.get(name) else {
            return Err(WeightError::Missing {
                name: name.to_owned(),
                origin: self.label(),
                suggestion: None,
            });
        };
        let mut state = key(name, self.seed);
        // In [0, 1), of 53 bits.
        let mut draw = || {
            let u = (splitmix64(state) >> 11) as f64 / (1_u64 << 53) as f64;
            state = state.wrapping_add(GOLDEN);
            u
        };
        Ok(ArrayD::from_shape_simple_fn(shape, || match *begin {
            Begin::Constant(value) => value,
            Begin::Even(bound) => ((2.0 * draw() - 1.0) * bound) as f32,
            Begin::Normal(deviation) => {
                // Box and Muller 1958; 1 − u is never 0.
                let radius = (-2.0 * (1.0 - draw()).ln()).sqrt();
                let angle = std::f64::consts::TAU * draw();
                (radius * angle.cos() * deviation) as f32
            }
        }))
    }

    fn names(&self) -> Option<Vec<(String, Vec<usize>)>> {
        None
    }

    fn label(&self) -> String {
        format!("init:{}:{}", self.scheme.name(), self.seed)
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "constants are exact")]
mod tests {
    use super::*;
    use crate::lower::{Overrides, open};

    /// Mean and deviation.
    fn moments(values: &ArrayD<f32>) -> (f64, f64) {
        let count = values.len() as f64;
        let mean = values.iter().map(|&x| f64::from(x)).sum::<f64>() / count;
        let squares: f64 = values.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum();
        (mean, (squares / count).sqrt())
    }

    #[test]
    fn distributions_are_those_that_were_asked_for() {
        let network = open("resnet18", &Overrides::default()).unwrap().network;
        let shape = [64, 64, 3, 3];
        let name = "layer1.0.conv1.weight";
        let he = Initial::new(&network, Scheme::He, 1);
        let (mean, deviation) = moments(&he.tensor(name, &shape).unwrap());
        let wanted = (2.0 / f64::from(64 * 9)).sqrt();
        assert!(mean.abs() < 0.01 * wanted && (deviation / wanted - 1.0).abs() < 0.01);
        let torch = Initial::new(&network, Scheme::Torch, 1);
        let drawn = torch.tensor(name, &shape).unwrap();
        let bound = 1.0 / f64::from(64 * 9).sqrt();
        let (_, deviation) = moments(&drawn);
        assert!((deviation / (bound / 3.0_f64.sqrt()) - 1.0).abs() < 0.01);
        assert!(drawn.iter().all(|&x| f64::from(x).abs() <= bound));
        for (name, value) in [
            ("bn1.weight", 1.0),
            ("bn1.bias", 0.0),
            ("bn1.running_mean", 0.0),
            ("bn1.running_var", 1.0),
        ] {
            let tensor = he.tensor(name, &[64]).unwrap();
            assert!(tensor.iter().all(|&x| x == value), "{name}");
        }
        // Another seed, another tensor.
        let other = Initial::new(&network, Scheme::He, 2)
            .tensor(name, &shape)
            .unwrap();
        assert_ne!(he.tensor(name, &shape).unwrap(), other);
        assert!(he.tensor("nothing.weight", &[1]).is_err());
    }
}
