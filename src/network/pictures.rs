//! Layers that bring an image to the network's input size, and the network with and without them.

use std::borrow::Cow;

use super::infer::infer;
use super::{Layer, LayerId, Network, Node, Shape};

impl Layer {
    /// Whether it works on whole images, before their values are scaled.
    pub const fn is_of_picture(&self) -> bool {
        matches!(self, Self::Picture(_))
    }
}

impl Network {
    /// Number of layers before the image has the network's input size: the image and the layers that work on it as a whole. 0
    /// if the network's input already has that size.
    pub fn picture_layers(&self) -> usize {
        let mut nodes = self.nodes().skip(1);
        let count = nodes.position(|(_, node)| !node.layer.is_of_picture());
        match count.unwrap_or_else(|| self.len().saturating_sub(1)) {
            0 => 0,
            steps => steps + 1,
        }
    }

    /// Input shape of the network: that of its input layer, or of an image brought to its size.
    pub fn reads(&self) -> Option<Shape> {
        let mut shape = None;
        for id in self.ids_at(0..self.picture_layers().max(1)) {
            let inputs: Vec<Shape> = shape.into_iter().collect();
            shape = Some(infer(&self[id].layer, &inputs).ok()?);
        }
        shape
    }

    /// The network from its input size on. Its layer `n` is layer `n + picture_layers() − 1` of this one.
    pub fn without_pictures(&self) -> Cow<'_, Self> {
        let count = self.picture_layers();
        let Some(Shape::Map { channels, size }) = self.reads().filter(|_| count > 0) else {
            return Cow::Borrowed(self);
        };
        let source = self.ids().next().map(|id| self[id].clone());
        let input = source.into_iter().map(|node| Node {
            layer: Layer::Input { channels, size },
            ..node
        });
        Cow::Owned(self.followed_by(count - 1, input.collect()))
    }

    /// The network with an image as its input, which these layers bring to the input size one after the other.
    ///
    /// [`super::check::check`] decides whether the result is legal.
    #[must_use]
    pub fn with_pictures(&self, picture: Layer, steps: Vec<Node>) -> Self {
        let source = self.ids().next().map(|id| self[id].clone());
        let source = source.map(|node| Node {
            layer: picture,
            ..node
        });
        self.followed_by(0, source.into_iter().chain(steps).collect())
    }

    /// These layers one after the other, followed by all layers after layer `last`, which is replaced by the last of them.
    fn followed_by(&self, last: usize, first: Vec<Node>) -> Self {
        let mut network = self.emptied();
        let mut above: Option<LayerId> = None;
        let count = first.len();
        for node in first {
            above = Some(network.add(node, above.as_slice()));
        }
        for own in self.ids_at(last + 1..self.len()) {
            let inputs: Vec<LayerId> = self
                .inputs(own)
                .into_iter()
                .map(|input| LayerId((input.index() + count - 1 - last) as u32))
                .collect();
            network.add(self[own].clone(), &inputs);
        }
        network
    }
}

#[cfg(test)]
mod tests {
    use super::super::resample::Filter;
    use super::super::{Activation, Combine, LayerPath, Picture, Scope, Stage, check};
    use super::*;

    fn node(path: &str, layer: Layer) -> Node {
        Node {
            path: LayerPath::new(path),
            layer,
            scope: Scope::of_stage(Stage::Preprocess),
            function: false,
        }
    }

    #[test]
    fn pictures_come_before_the_network_and_can_be_taken_away() {
        let mut network = Network::new();
        let size = [24, 24];
        let input = network.add(node("input", Layer::Input { channels: 3, size }), &[]);
        let relu = network.add(node("relu", Layer::Activation(Activation::Relu)), &[input]);
        network.add(node("add", Layer::Combine(Combine::Add)), &[relu, input]);
        assert_eq!(network.picture_layers(), 0);

        let picture = Layer::Input {
            channels: 3,
            size: [48, 64],
        };
        let steps = vec![
            node(
                "resize",
                Layer::Picture(Picture::Resize {
                    shorter: 30,
                    filter: Filter::Bilinear,
                }),
            ),
            node("crop", Layer::Picture(Picture::CenterCrop { size })),
        ];
        let whole = network.with_pictures(picture, steps);
        assert_eq!((whole.len(), whole.picture_layers()), (5, 3));
        assert!(check::check(&whole).is_empty());
        let (shapes, _) = check::shapes(&whole);
        let shown: Vec<String> = shapes.iter().flatten().map(Shape::to_string).collect();
        assert_eq!(shown[..3], ["3×48×64", "3×30×40", "3×24×24"]);
        let add = whole.find("add").unwrap();
        assert_eq!(
            whole.inputs(add)[..],
            [whole.find("relu").unwrap(), whole.find("crop").unwrap()]
        );
        assert!(whole.without_pictures().nodes().eq(network.nodes()));
        assert_eq!(whole.reads(), network.reads());
    }
}
