//! What to do about a file that is no checkpoint, by how it begins, and what files are called in messages.

use std::path::Path;

/// How a file of `torch.save` begins: a ZIP archive, or, before PyTorch 1.6, a pickle of a magic number.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";

/// What to do about a file that is not safetensors, by how it begins.
pub(super) fn remedy(bytes: &[u8]) -> &'static str {
    if bytes.is_empty() {
        "it is empty: download or save it again"
    } else if bytes.starts_with(ZIP) {
        "it is a ZIP archive, as `torch.save` writes"
    } else if bytes.starts_with(b"version https://git-lfs") {
        "it is a Git LFS pointer: fetch the file itself with `git lfs pull`"
    } else if bytes.starts_with(b"{") {
        "it is JSON: an index of parts, such as `model.safetensors.index.json`, holds no tensors; name a file that it lists"
    } else if is_onnx(bytes) {
        "it is an ONNX model, which this program writes and does not read: save the network's state_dict"
    } else if bytes.starts_with(b"<") {
        "it looks like a web page: download the file itself"
    } else if bytes.starts_with(&[0x1F, 0x8B]) {
        "it is compressed: unpack it with `gunzip`"
    } else if bytes.get(257..262) == Some(b"ustar") {
        "it is a tar archive: unpack it; one that PyTorch 0.1 wrote must be saved again with a later PyTorch"
    } else if bytes.starts_with(b"\x89HDF") {
        "it is HDF5, as Keras writes: convert it to safetensors"
    } else if bytes.starts_with(b"\x93NUMPY") {
        "it is an array of NumPy: save a state_dict"
    } else {
        "it may be cut short or damaged: download or save it again"
    }
}

/// Whether a file begins as ONNX does: the model's version, and then who made it.
fn is_onnx(bytes: &[u8]) -> bool {
    matches!(bytes, [0x08, 1..=20, 0x12 | 0x1A | 0x3A, ..])
}

/// A file's name; folders in front of it would crowd every message.
pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
