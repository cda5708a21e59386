//! Names that a checkpoint may import, and the objects that calls to them build.

use super::sizes;
use super::{Id, Object, Objects, Result, Storage, View, damaged, numpy};
use crate::message;
use crate::weights::number::Kind;

/// A name of Python or PyTorch that is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::weights) enum Known {
    /// A dictionary, whatever its class adds.
    Dict,
    /// `torch._utils._rebuild_tensor` and its successors.
    Tensor,
    /// The successor with an element type as an argument, for untyped storages.
    TypedTensor,
    /// A parameter, which is read as its tensor.
    Parameter,
    /// Calls another known name, then adds attributes.
    FromType,
    /// A shape.
    Size,
    /// A storage class; `None` is untyped.
    Storage(Option<Kind>),
    /// An element type.
    DType(Kind),
    /// `_codecs.encode`, by which protocol 2 has bytes.
    Encode,
    /// A kind of numbers of numpy.
    NumpyKind,
    /// An array of numpy, which is filled later.
    NumpyArray,
    /// An array of numpy with its bytes.
    NumpyFromBuffer,
    /// Anything harmless whose value is not needed.
    Inert,
}

/// Packages of Python whose names are refused at sight: no checkpoint has a use for them, and calling them does harm.
const REFUSED: [&str; 19] = [
    "os",
    "posix",
    "nt",
    "subprocess",
    "_posixsubprocess",
    "sys",
    "shutil",
    "socket",
    "builtins",
    "__builtin__",
    "runpy",
    "pty",
    "importlib",
    "imp",
    "ctypes",
    "pickle",
    "_pickle",
    "cPickle",
    "marshal",
];

/// Whether a name that is not known ends the reading, even where nothing needs it.
pub(super) fn is_refused(module: &str, name: &str) -> bool {
    match package(module) {
        // A program, and tensors in a form that is not read.
        "__torch__" => true,
        "torch" => {
            is_quantised(module, name)
                || module.contains("sparse")
                || name.contains("sparse")
                || matches!((module, name), ("torch", "load"))
                || ["torch.hub", "torch.package", "torch.serialization"].contains(&module)
        }
        package => is_harmful(package),
    }
}

/// The first part of a module's path.
fn package(module: &str) -> &str {
    module.split('.').next().unwrap_or_default()
}

/// Whether what a package offers can harm.
pub(in crate::weights) fn is_harmful(package: &str) -> bool {
    REFUSED.contains(&package)
}

/// Whether a name of PyTorch is one of quantised tensors: `torch.qint8`, `torch.per_channel_affine`, and what is built of them.
pub(in crate::weights) fn is_quantised(module: &str, name: &str) -> bool {
    let bits = name.strip_prefix("qu").or(name.strip_prefix('q'));
    name.contains("_qtensor")
        || name.contains("QInt")
        || name.contains("QUInt")
        || bits.is_some_and(|bits| bits.starts_with("int"))
        || name.ends_with("_affine")
        || name.ends_with("_affine_float_qparams")
        || module.split('.').any(|word| word == "quantized")
}

const fn other(name: &'static str, size: usize) -> Kind {
    Kind::Other { name, size }
}

impl Known {
    /// Meaning of `module.name`; `None` for names that are not in this list.
    pub(super) fn find(module: &str, name: &str) -> Option<Self> {
        Some(match (module, name) {
            ("collections", "OrderedDict" | "defaultdict" | "Counter")
            | ("argparse", "Namespace") => Self::Dict,
            ("torch._utils", "_rebuild_tensor" | "_rebuild_tensor_v2") => Self::Tensor,
            ("torch._utils", "_rebuild_tensor_v3") => Self::TypedTensor,
            ("torch._utils", "_rebuild_parameter" | "_rebuild_parameter_with_state") => {
                Self::Parameter
            }
            ("torch._tensor", "_rebuild_from_type_v2") => Self::FromType,
            ("torch", "Size") => Self::Size,
            ("torch" | "torch.storage" | "torch.cuda", storage) if storage.ends_with("Storage") => {
                return Self::storage(storage);
            }
            ("torch", "device" | "Tensor")
            | ("torch.nn.parameter", "Parameter")
            | ("torch.serialization", "_get_layout")
            | (
                "builtins" | "__builtin__",
                "set" | "frozenset" | "bytearray" | "complex" | "int" | "float" | "list" | "dict",
            )
            | ("numpy.core.multiarray" | "numpy._core.multiarray", "scalar")
            | ("numpy", "ndarray" | "float64" | "float32" | "int64") => Self::Inert,
            ("_codecs", "encode") => Self::Encode,
            ("numpy.core.multiarray" | "numpy._core.multiarray", "_reconstruct") => {
                Self::NumpyArray
            }
            ("numpy.core.numeric" | "numpy._core.numeric", "_frombuffer") => Self::NumpyFromBuffer,
            ("numpy", "dtype") => Self::NumpyKind,
            ("torch", kind) => return Self::kind(kind).map(Self::DType),
            _ => return None,
        })
    }

    fn storage(name: &str) -> Option<Self> {
        let kind = match name.strip_suffix("Storage")? {
            "Untyped" => return Some(Self::Storage(None)),
            "Double" => Kind::F64,
            "Float" => Kind::F32,
            "Half" => Kind::F16,
            "BFloat16" => Kind::BF16,
            "Long" => other("I64", 8),
            "Int" => other("I32", 4),
            "Short" => other("I16", 2),
            "Char" => other("I8", 1),
            "Byte" => other("U8", 1),
            "Bool" => other("BOOL", 1),
            "ComplexFloat" => other("C64", 8),
            "ComplexDouble" => other("C128", 16),
            _ => return None,
        };
        Some(Self::Storage(Some(kind)))
    }

    fn kind(name: &str) -> Option<Kind> {
        Some(match name {
            "float64" => Kind::F64,
            "float32" => Kind::F32,
            "float16" => Kind::F16,
            "bfloat16" => Kind::BF16,
            "int64" => other("I64", 8),
            "int32" => other("I32", 4),
            "int16" => other("I16", 2),
            "int8" => other("I8", 1),
            "uint64" => other("U64", 8),
            "uint32" => other("U32", 4),
            "uint16" => other("U16", 2),
            "uint8" => other("U8", 1),
            "bool" => other("BOOL", 1),
            "complex64" => other("C64", 8),
            "complex128" => other("C128", 16),
            "float8_e4m3fn" | "float8_e5m2" | "float8_e4m3fnuz" | "float8_e5m2fnuz" => {
                other("F8", 1)
            }
            _ => return None,
        })
    }

    /// Builds the object for a call with these arguments; `depth` limits nested calls.
    pub(super) fn call(self, objects: &mut Objects<'_>, args: Id, depth: u8) -> Result<Id> {
        let Object::Tuple(list) = objects.get(args) else {
            return damaged(message!("pickle-call-tuple"));
        };
        // No call in a checkpoint has more, and copying a long list for each call would be a way to fill the memory.
        if list.len() > 16 {
            return damaged(message!("pickle-call-many", count = list.len()));
        }
        let list = list.clone();
        match (self, list.as_slice()) {
            (Self::Dict, []) => objects.add(Object::Dict(Vec::new())),
            (Self::Dict, [first, ..]) => {
                let pairs = pairs(objects, *first);
                objects.spend(pairs.len())?;
                objects.add(Object::Dict(pairs))
            }
            (Self::Parameter, [tensor, ..]) => Ok(*tensor),
            (Self::Size, [list]) => Ok(*list),
            (Self::Tensor, [storage, offset, shape, stride, ..]) => {
                let kind = match objects.get(*storage) {
                    Object::Storage(Storage {
                        kind: Some(kind), ..
                    }) => *kind,
                    _ => return damaged(message!("pickle-tensor-storage")),
                };
                view(objects, kind, *storage, [*offset, *shape, *stride])
            }
            (Self::TypedTensor, [storage, offset, shape, stride, _, _, kind, ..]) => {
                let Object::Known(Self::DType(kind)) = *objects.get(*kind) else {
                    return damaged(message!("pickle-tensor-kind"));
                };
                view(objects, kind, *storage, [*offset, *shape, *stride])
            }
            (Self::FromType, [function, _, args, ..]) if depth == 0 => {
                match *objects.get(*function) {
                    Object::Known(function) => function.call(objects, *args, 1),
                    // A tensor of a class of its own is that class's.
                    Object::Stranger(_) => Ok(*function),
                    _ => damaged(message!("pickle-function")),
                }
            }
            (Self::Encode, list) => numpy::encoded(objects, list),
            (Self::NumpyKind, [name, ..]) => numpy::kind(objects, *name),
            (Self::NumpyArray, _) => objects.add(Object::Array(None)),
            (Self::NumpyFromBuffer, [data, kind, shape, order, ..]) => {
                numpy::from_buffer(objects, *data, [*kind, *shape, *order])
            }
            (Self::Inert, _) => objects.add(Object::Inert),
            _ => damaged(message!("pickle-call-wrong", name = format!("{self:?}"))),
        }
    }
}

/// `[(key, value), …]` as pairs; empty for anything else.
fn pairs(objects: &Objects<'_>, list: Id) -> Vec<(Id, Id)> {
    let Object::List(items) = objects.get(list) else {
        return Vec::new();
    };
    let pair = |item: &Id| match objects.get(*item) {
        Object::Tuple(pair) | Object::List(pair) => match pair.as_slice() {
            [key, value] => Some((*key, *value)),
            _ => None,
        },
        _ => None,
    };
    items.iter().filter_map(pair).collect()
}

fn view(objects: &mut Objects<'_>, kind: Kind, storage: Id, place: [Id; 3]) -> Result<Id> {
    let Object::Storage(run) = objects.get(storage) else {
        return damaged(message!("pickle-tensor-storage"));
    };
    let offset = match objects.get(place[0]) {
        Object::Int(offset) => u64::try_from(*offset).ok(),
        _ => None,
    };
    let Some(offset) = offset.and_then(|offset| offset.checked_add(run.offset)) else {
        return damaged(message!("pickle-tensor-begin"));
    };
    let shape = sizes(objects, place[1])?;
    let stride = sizes(objects, place[2])?;
    if shape.len() != stride.len() {
        return damaged(message!(
            "pickle-tensor-strides",
            dimensions = shape.len(),
            strides = stride.len()
        ));
    }
    objects.spend(shape.len() / 2)?;
    objects.add(Object::Tensor(View {
        storage,
        kind,
        offset,
        shape,
        stride,
    }))
}
