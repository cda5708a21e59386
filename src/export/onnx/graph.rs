//! A graph under construction: nodes, small constants, and the weights still to be written.

use std::collections::HashSet;

use crate::network::layer::Standardize;

use half::f16;

use super::message::{
    AttributeProto, DimensionProto, F16, F32, FLOAT, I64, INT, INTS, NodeProto, STRING,
    TensorProto, TensorShapeProto, TensorTypeProto, TypeProto, ValueInfoProto,
};

/// Type of the weights and of all values between input and output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Element {
    /// 32-bit floats.
    #[default]
    Single,
    /// 16-bit floats.
    Half,
}

impl Element {
    /// Code of the type in the format.
    pub(super) const fn code(self) -> i32 {
        match self {
            Self::Single => F32,
            Self::Half => F16,
        }
    }

    /// Size of one element in bytes.
    const fn bytes(self) -> u64 {
        match self {
            Self::Single => 4,
            Self::Half => 2,
        }
    }

    /// Appends a number, little-endian.
    pub(super) fn put(self, value: f32, to: &mut Vec<u8>) {
        match self {
            Self::Single => to.extend_from_slice(&value.to_le_bytes()),
            Self::Half => to.extend_from_slice(&f16::from_f32(value).to_le_bytes()),
        }
    }

    /// Whether a finite number is infinite in this type.
    pub(super) fn overflows(self, value: f32) -> bool {
        self == Self::Half && value.is_finite() && f16::from_f32(value).is_infinite()
    }
}

/// A tensor of the `state_dict`, whose numbers are read when it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Weight {
    /// Key: `layer1.0.conv1.weight`.
    pub name: String,
    /// Dimensions.
    pub dims: Vec<usize>,
    /// Standardisation of the weights before they are written, without their gains.
    pub standardize: Option<Standardize>,
    /// Type of its numbers.
    pub element: Element,
}

impl Weight {
    /// Size of its numbers in bytes.
    pub fn bytes(&self) -> u64 {
        self.element.bytes() * self.dims.iter().map(|&dim| dim as u64).product::<u64>()
    }
}

/// Graph as built so far.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// Operations in order.
    pub(super) nodes: Vec<NodeProto>,
    /// Shapes, axes and fixed kernels.
    pub(super) constants: Vec<TensorProto>,
    /// Tensors of the `state_dict`, each once, in the order of execution.
    pub(super) weights: Vec<Weight>,
    /// Names of the weights.
    known: HashSet<String>,
    /// Names of values in use: the layers' paths, the keys of the `state_dict`, and those of earlier values.
    taken: HashSet<String>,
    /// Paths of the layers, which are the names of their last nodes.
    paths: HashSet<String>,
    /// Path of the layer whose nodes are being added.
    layer: String,
    /// Type of weights, constants and values.
    pub(super) element: Element,
    /// Whether the nodes must fit every height and width.
    pub(super) any_size: bool,
}

impl Graph {
    /// Creates a graph for layers of these `paths` and tensors of these `keys`.
    pub(super) fn new(paths: HashSet<String>, keys: impl IntoIterator<Item = String>) -> Self {
        let mut taken: HashSet<String> = keys.into_iter().collect();
        taken.extend([super::INPUT, super::OUTPUT].map(str::to_owned));
        Self {
            taken,
            paths,
            ..Self::default()
        }
    }

    /// A free name for a value: `name`, with a number if an earlier value, a tensor, or the graph's input or output has it.
    fn free(&mut self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}/{number}"));
        let free = std::iter::once(name.to_owned())
            .chain(numbered)
            .find(|free| {
                let of_other = self.paths.contains(free) && *free != self.layer;
                !of_other && !self.taken.contains(free)
            })
            .unwrap_or_default();
        self.taken.insert(free.clone());
        free
    }

    /// Begins the nodes of the layer at `path`.
    pub(super) fn begin(&mut self, path: &str) {
        path.clone_into(&mut self.layer);
    }

    /// Adds a node and returns the name of its value: the node's own, unless a tensor has the layer's path.
    pub(super) fn node(
        &mut self,
        name: &str,
        op: &str,
        inputs: &[&str],
        attributes: Vec<AttributeProto>,
    ) -> String {
        let value = self.free(name);
        let own = if *name == self.layer { name } else { &value };
        self.nodes.push(NodeProto {
            input: inputs.iter().map(|&input| input.to_owned()).collect(),
            output: vec![value.clone()],
            name: own.to_owned(),
            op_type: op.to_owned(),
            attribute: attributes,
            doc_string: String::new(),
        });
        value
    }

    /// Adds integers: a shape, axes, amounts of padding.
    pub(super) fn integers(&mut self, name: &str, values: &[i64]) -> String {
        let name = self.free(name);
        self.constants.push(TensorProto {
            dims: vec![values.len() as i64],
            data_type: I64,
            name: name.clone(),
            raw_data: values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect(),
            ..TensorProto::default()
        });
        name
    }

    /// Adds floats of the given dimensions; none for a scalar.
    pub(super) fn floats(&mut self, name: &str, dims: &[i64], values: &[f32]) -> String {
        let name = self.free(name);
        let mut raw_data = Vec::new();
        for &value in values {
            self.element.put(value, &mut raw_data);
        }
        self.constants.push(TensorProto {
            dims: dims.to_vec(),
            data_type: self.element.code(),
            name: name.clone(),
            raw_data,
            ..TensorProto::default()
        });
        name
    }

    /// Adds a tensor of the `state_dict`; once for a module that is called twice.
    pub(super) fn weight(&mut self, weight: Weight) -> String {
        let name = weight.name.clone();
        if self.known.insert(name.clone()) {
            self.weights.push(Weight {
                element: self.element,
                ..weight
            });
        }
        name
    }

    /// Reshapes a value; 0 keeps a dimension, −1 infers one.
    pub(super) fn reshape(&mut self, name: &str, input: &str, shape: &[i64]) -> String {
        let shape = self.integers(&format!("{name}.shape"), shape);
        self.node(name, "Reshape", &[input, &shape], vec![])
    }

    /// Reshapes a value to the shape of another, `like`, which is `shape` in this network.
    pub(super) fn reshape_like(
        &mut self,
        name: &str,
        input: &str,
        like: &str,
        shape: &[i64],
    ) -> String {
        if !self.any_size {
            return self.reshape(name, input, shape);
        }
        let shape = self.node(&format!("{name}.shape"), "Shape", &[like], vec![]);
        self.node(name, "Reshape", &[input, &shape], vec![])
    }

    /// Converts a value to the type of this code.
    pub(super) fn cast(&mut self, name: &str, input: &str, code: i32) -> String {
        self.node(name, "Cast", &[input], vec![int("to", i64::from(code))])
    }

    /// Sums over one axis, which is removed.
    pub(super) fn sum(&mut self, name: &str, input: &str, axis: i64) -> String {
        let over = self.integers(&format!("{name}.axes"), &[axis]);
        let keep = vec![int("keepdims", 0)];
        self.node(name, "ReduceSum", &[input, &over], keep)
    }
}

/// A float attribute.
pub(super) fn float(name: &str, value: f32) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        f: Some(value),
        r#type: FLOAT,
        ..AttributeProto::default()
    }
}

/// An integer attribute.
pub(super) fn int(name: &str, value: i64) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        i: Some(value),
        r#type: INT,
        ..AttributeProto::default()
    }
}

/// An attribute that is a list of integers.
pub(super) fn ints(name: &str, values: Vec<i64>) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        ints: values,
        r#type: INTS,
        ..AttributeProto::default()
    }
}

/// A text attribute.
pub(super) fn text(name: &str, value: &str) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        s: Some(value.as_bytes().to_vec()),
        r#type: STRING,
        ..AttributeProto::default()
    }
}

/// Name, type and shape of a value; the first dimension of an activation is the batch.
pub(super) fn value(name: &str, element: Element, dims: Vec<DimensionProto>) -> ValueInfoProto {
    ValueInfoProto {
        name: name.to_owned(),
        r#type: Some(TypeProto {
            tensor_type: Some(TensorTypeProto {
                elem_type: element.code(),
                shape: Some(TensorShapeProto { dim: dims }),
            }),
        }),
        doc_string: String::new(),
    }
}

/// A dimension of a fixed size.
pub(super) fn fixed(size: u64) -> DimensionProto {
    DimensionProto {
        dim_value: Some(size as i64),
        dim_param: None,
    }
}

/// A dimension of any size, without a name.
pub(super) fn unknown() -> DimensionProto {
    DimensionProto::default()
}

/// A dimension of any size, with this name.
pub(super) fn free(name: &str) -> DimensionProto {
    DimensionProto {
        dim_value: None,
        dim_param: Some(name.to_owned()),
    }
}
