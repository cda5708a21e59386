//! Saliency: maps over a picture of how much each place adds to the score of a class.

mod cam;
mod derived;
mod field;
mod heat;
mod occlusion;
mod overlay;

use std::ops::ControlFlow;
use std::sync::Arc;

use ndarray::{Array4, Axis, Ix4};

use super::gradient::{Backward, GradientError};
use super::{EngineError, Input, Keep, LoadedWeights, Mode, Session, Tensor};
use crate::message;
use crate::network::{LayerId, Network, Shape, Shapes, check};
use crate::text::Message;

pub use cam::CamPlace;
pub use field::{EffectiveField, FieldRun, effective_field};
pub use heat::Heat;
pub use occlusion::Patch;
pub use overlay::Colours;

/// One number for each pixel.
pub type PixelMap = ndarray::Array2<f32>;

/// The first image as one map: the mean of its channels.
pub fn grey(input: &Input) -> PixelMap {
    let (Input::Pixels(maps) | Input::Prepared(maps)) = input;
    let image = maps.index_axis(Axis(0), 0);
    image.mean_axis(Axis(0)).unwrap_or_default()
}

/// Method by which a map is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Class activation map (Zhou et al. 2016): the last maps, weighted as the linear layer weights their means.
    Cam,
    /// Grad-CAM (Selvaraju et al. 2017): the maps of any layer, weighted by the mean of the score's gradient.
    GradCam,
    /// Gradient of the score by each pixel times the pixel (Shrikumar et al. 2016).
    GradientInput,
    /// The score that is lost when a patch is covered (Zeiler and Fergus 2014).
    Occlusion,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Cam,
        Self::GradCam,
        Self::GradientInput,
        Self::Occlusion,
    ];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cam => "cam",
            Self::GradCam => "grad-cam",
            Self::GradientInput => "gradient-input",
            Self::Occlusion => "occlusion",
        }
    }

    /// Its title.
    pub const fn title(self) -> Message {
        Message::new(match self {
            Self::Cam => "saliency-cam",
            Self::GradCam => "saliency-grad-cam",
            Self::GradientInput => "saliency-gradient-input",
            Self::Occlusion => "saliency-occlusion",
        })
    }

    /// A sentence that says what its maps are worth, with the source.
    pub const fn worth(self) -> Message {
        Message::new(match self {
            Self::Cam => "saliency-cam-worth",
            Self::GradCam => "saliency-grad-cam-worth",
            Self::GradientInput => "saliency-gradient-input-worth",
            Self::Occlusion => "saliency-occlusion-worth",
        })
    }

    /// Whether it needs the maps of a layer, which the caller may choose.
    pub const fn takes_layer(self) -> bool {
        matches!(self, Self::GradCam)
    }
}

/// Choices of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Its method.
    pub method: Method,
    /// The layer whose maps [`Method::GradCam`] weighs; by default the one before the global pool.
    pub at: Option<LayerId>,
    /// Patch that [`Method::Occlusion`] covers; by default an eighth of each side.
    pub patch: Option<Patch>,
}

impl Choice {
    /// The method with its defaults.
    pub const fn of(method: Method) -> Self {
        Self {
            method,
            at: None,
            patch: None,
        }
    }

    /// The method whose maps say most of a network: the exact one where it has a meaning, or else Grad-CAM.
    pub fn best(network: &Network, shapes: &Shapes) -> Self {
        match CamPlace::of(network, shapes) {
            Ok(_) => Self::of(Method::Cam),
            Err(_) => Self::of(Method::GradCam),
        }
    }
}

/// Progress of a map, as parts of all its passes; the watcher may end it.
pub type Watcher<'a> = dyn FnMut(usize, usize) -> ControlFlow<()> + 'a;

/// One image in one network, to be asked where the network looks.
#[derive(Debug)]
pub struct Saliency {
    network: Arc<Network>,
    weights: Arc<LoadedWeights>,
    input: Input,
    shapes: Shapes,
}

impl Saliency {
    /// Of the first image of an input.
    ///
    /// # Errors
    /// The network is illegal or outputs a map.
    pub fn new(
        network: Arc<Network>,
        weights: Arc<LoadedWeights>,
        input: &Input,
    ) -> Result<Self, GradientError> {
        let (shapes, faults) = check::judge(&network);
        if let Some(fault) = faults.first() {
            let path = fault.layer.map(|id| network[id].path.to_string());
            let reason = fault.message.clone();
            return Err(EngineError::Illegal { path, reason }.into());
        }
        if let Some(sink) = network.sink()
            && let Some(Shape::Map { .. }) = shapes[sink]
        {
            let layer = network[sink].path.to_string();
            return Err(message!("gradient-needs-classes", layer = layer).into());
        }
        let first = |all: &Array4<f32>| all.slice_axis(Axis(0), (0..1).into()).to_owned();
        Ok(Self {
            input: match input {
                Input::Pixels(all) => Input::Pixels(first(all)),
                Input::Prepared(all) => Input::Prepared(first(all)),
            },
            network,
            weights,
            shapes,
        })
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        let sink = self.network.sink().and_then(|sink| self.shapes[sink]);
        sink.map_or(0, |shape| shape.channels() as usize)
    }

    /// The scores of all classes.
    ///
    /// # Errors
    /// The input does not fit, or the pass takes too much memory.
    pub fn scores(&self) -> Result<Vec<f32>, GradientError> {
        let sink = self.sink()?;
        let [scores] = self.outputs([sink])?;
        Ok(scores.into_iter().collect())
    }

    /// The class with the highest score.
    ///
    /// # Errors
    /// As [`Self::scores`].
    pub fn likeliest(&self) -> Result<usize, GradientError> {
        let scores = self.scores()?;
        let order = |&a: &usize, &b: &usize| scores[a].total_cmp(&scores[b]);
        Ok((0..scores.len()).max_by(order).unwrap_or(0))
    }

    /// A map for each of these classes, over the image after preprocessing.
    ///
    /// # Errors
    /// The method has no meaning for the network or the layer, a class does not exist, or the watcher ended it.
    pub fn heats(
        &self,
        choice: Choice,
        classes: &[usize],
        watcher: &mut Watcher<'_>,
    ) -> Result<Vec<Heat>, GradientError> {
        if let Some(&class) = classes.iter().find(|&&class| class >= self.classes()) {
            return Err(message!(
                "gradient-label-beyond",
                label = class,
                classes = self.classes(),
                last = self.classes().saturating_sub(1)
            )
            .into());
        }
        match choice.method {
            Method::Cam => self.cam(classes),
            Method::GradCam => self.grad_cam(choice.at, classes, watcher),
            Method::GradientInput => self.gradient_input(classes, watcher),
            Method::Occlusion => {
                let patch = choice.patch.unwrap_or_else(|| Patch::usual(self.size()));
                self.occlusion(patch, classes, watcher)
            }
        }
    }

    /// Height and width of the image after preprocessing.
    pub fn size(&self) -> [usize; 2] {
        let shape = self.source().and_then(|id| self.shapes[id]);
        let size = shape.and_then(Shape::size).unwrap_or([1; 2]);
        size.map(|side| side as usize)
    }

    fn sink(&self) -> Result<LayerId, GradientError> {
        let missing = || GradientError::Refused(message!("run-no-layer"));
        self.network.sink().ok_or_else(missing)
    }

    /// The layer whose output is the image after preprocessing.
    fn source(&self) -> Option<LayerId> {
        use crate::network::{Layer, Stage};
        self.network.ids().rfind(|&id| {
            let node = &self.network[id];
            matches!(node.layer, Layer::Input { .. }) || node.scope.stage == Stage::Preprocess
        })
    }

    /// Outputs of some layers.
    fn outputs<const N: usize>(&self, of: [LayerId; N]) -> Result<[Tensor; N], GradientError> {
        let session = Session::new(
            Arc::clone(&self.network),
            Arc::clone(&self.weights),
            self.input.clone(),
            Mode::Inference,
            Keep::Needed,
        )?;
        let mut session = session.with_kernels(super::Isa::best(), crate::kernels::team::cores());
        let mut found = [const { None }; N];
        let last = of.into_iter().max();
        let _ = session.run_to(
            last.unwrap_or_else(|| {
                self.network
                    .ids()
                    .next()
                    .expect("a legal network has layers")
            }),
            &mut |id, value| {
                for (found, wanted) in found.iter_mut().zip(of) {
                    if wanted == id {
                        *found = Some(value.clone());
                    }
                }
                ControlFlow::Continue(())
            },
        );
        Ok(found.map(|value| value.expect("a pass runs every layer")))
    }

    /// A backward pass that learns nothing.
    fn backward(&self) -> Result<Backward, GradientError> {
        let backward = Backward::new(Arc::clone(&self.network), Mode::Inference)?;
        Ok(backward.learning(|_| false))
    }

    fn maps(&self) -> (&Array4<f32>, bool) {
        match &self.input {
            Input::Pixels(maps) => (maps, false),
            Input::Prepared(maps) => (maps, true),
        }
    }
}

/// A feature map: batch × channels × height × width.
fn map(tensor: Tensor) -> Array4<f32> {
    tensor
        .into_dimensionality::<Ix4>()
        .expect("the layer's shape is a map")
}
