//! A graph under construction: nodes, small constants, and the weights that are still to be written.

use super::message::{
    AttributeProto, DimensionProto, F32, FLOAT, I64, INT, INTS, NodeProto, STRING, TensorProto,
    TensorShapeProto, TensorTypeProto, TypeProto, ValueInfoProto,
};

/// A tensor of the `state_dict`, whose numbers are fetched when it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Weight {
    /// Its key: `layer1.0.conv1.weight`.
    pub name: String,
    /// Its dimensions.
    pub dims: Vec<usize>,
    /// Where the weights are standardised before they are written: what is added to the variance.
    pub standardize: Option<f64>,
}

impl Weight {
    /// Bytes of its numbers.
    pub fn bytes(&self) -> u64 {
        4 * self.dims.iter().map(|&dim| dim as u64).product::<u64>()
    }
}

/// What has been made so far.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// The operations in their order.
    pub(super) nodes: Vec<NodeProto>,
    /// Shapes, axes and fixed kernels.
    pub(super) constants: Vec<TensorProto>,
    /// The tensors of the `state_dict`, each once, in the order of execution.
    pub(super) weights: Vec<Weight>,
}

impl Graph {
    /// Adds a node and returns the name of its value, which is the node's own.
    pub(super) fn node(
        &mut self,
        name: &str,
        op: &str,
        inputs: &[&str],
        attributes: Vec<AttributeProto>,
    ) -> String {
        self.nodes.push(NodeProto {
            input: inputs.iter().map(|&input| input.to_owned()).collect(),
            output: vec![name.to_owned()],
            name: name.to_owned(),
            op_type: op.to_owned(),
            attribute: attributes,
            doc_string: String::new(),
        });
        name.to_owned()
    }

    /// Adds integers: a shape, axes, amounts of padding.
    pub(super) fn integers(&mut self, name: &str, values: &[i64]) -> String {
        self.constants.push(TensorProto {
            dims: vec![values.len() as i64],
            data_type: I64,
            name: name.to_owned(),
            raw_data: values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect(),
            ..TensorProto::default()
        });
        name.to_owned()
    }

    /// Adds floats of the given dimensions; none for a scalar.
    pub(super) fn floats(&mut self, name: &str, dims: &[i64], values: &[f32]) -> String {
        self.constants.push(TensorProto {
            dims: dims.to_vec(),
            data_type: F32,
            name: name.to_owned(),
            raw_data: values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect(),
            ..TensorProto::default()
        });
        name.to_owned()
    }

    /// Adds a tensor of the `state_dict`; a module that is called twice has it once.
    pub(super) fn weight(&mut self, weight: Weight) -> String {
        let name = weight.name.clone();
        if !self.weights.iter().any(|known| known.name == name) {
            self.weights.push(weight);
        }
        name
    }

    /// Gives a value another shape; 0 keeps a dimension, −1 takes what is left.
    pub(super) fn reshape(&mut self, name: &str, input: &str, shape: &[i64]) -> String {
        let shape = self.integers(&format!("{name}.shape"), shape);
        self.node(name, "Reshape", &[input, &shape], vec![])
    }

    /// Sums over one axis, which goes.
    pub(super) fn sum(&mut self, name: &str, input: &str, axis: i64) -> String {
        let over = self.integers(&format!("{name}.axes"), &[axis]);
        let keep = vec![int("keepdims", 0)];
        self.node(name, "ReduceSum", &[input, &over], keep)
    }
}

/// A setting that is a float.
pub(super) fn float(name: &str, value: f32) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        f: Some(value),
        r#type: FLOAT,
        ..AttributeProto::default()
    }
}

/// A setting that is an integer.
pub(super) fn int(name: &str, value: i64) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        i: Some(value),
        r#type: INT,
        ..AttributeProto::default()
    }
}

/// A setting that is a list of integers.
pub(super) fn ints(name: &str, values: Vec<i64>) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        ints: values,
        r#type: INTS,
        ..AttributeProto::default()
    }
}

/// A setting that is text.
pub(super) fn text(name: &str, value: &str) -> AttributeProto {
    AttributeProto {
        name: name.to_owned(),
        s: Some(value.as_bytes().to_vec()),
        r#type: STRING,
        ..AttributeProto::default()
    }
}

/// The name and shape of a value; the first dimension of an activation is the batch.
pub(super) fn value(name: &str, dims: Vec<DimensionProto>) -> ValueInfoProto {
    ValueInfoProto {
        name: name.to_owned(),
        r#type: Some(TypeProto {
            tensor_type: Some(TensorTypeProto {
                elem_type: F32,
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

/// A dimension of any size, under this name.
pub(super) fn free(name: &str) -> DimensionProto {
    DimensionProto {
        dim_value: None,
        dim_param: Some(name.to_owned()),
    }
}
