//! Files that are no checkpoints: their kinds, and advice.

use std::path::Path;

/// Kind of a file by its first bytes, with advice, if it is known and neither safetensors nor of `torch.save`.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let trimmed = bytes.trim_ascii_start();
    Some(if bytes.starts_with(b"version https://git-lfs") {
        "it is a Git LFS pointer: fetch the file itself with `git lfs pull`"
    } else if trimmed.starts_with(b"{") && is_text(trimmed) {
        json(trimmed)
    } else if trimmed.starts_with(b"<") && is_text(trimmed) {
        "it is a web page, which a server sent in place of the file: download the file itself"
    } else if is_onnx(bytes) {
        "it is an ONNX model, which this program writes and does not read: save the `state_dict` of the network that it was made of, in PyTorch"
    } else if bytes.starts_with(&[0x1F, 0x8B]) {
        "it is compressed: unpack it with `gunzip`"
    } else if bytes.get(257..262) == Some(b"ustar") {
        "it is a tar archive: unpack it; one that PyTorch 0.1 wrote must be saved again with a later PyTorch"
    } else if bytes.starts_with(b"\x89HDF") {
        KERAS
    } else if bytes.starts_with(b"\x93NUMPY") {
        "it is one array of NumPy (.npy): a checkpoint has all tensors of a network by their names; save its `state_dict`"
    } else if bytes.starts_with(b"GGUF") {
        "it is a GGUF file, which holds language models: name a checkpoint of PyTorch or of safetensors"
    } else if bytes.starts_with(b"\x1CTFL") || bytes.get(4..8) == Some(b"TFL3") {
        "it is a model of TensorFlow Lite: its names and layouts are not PyTorch's; take weights of PyTorch"
    } else {
        return None;
    })
}

const KERAS: &str = "it is HDF5, as Keras writes: its names and layouts are not PyTorch's; take weights of PyTorch, or rename and transpose \
                     them in Python and save them with `safetensors.torch.save_file`";

/// Kind of a ZIP archive that is not of `torch.save`, by the names in it, with advice.
pub(super) fn archive(names: &[&str]) -> Option<&'static str> {
    let any = |end: &str| names.iter().any(|name| name.ends_with(end));
    // The last is of PyTorch before 2.8.
    let is_program = [
        "/archive_format",
        "models/model.json",
        "serialized_exported_program.json",
    ];
    Some(if is_program.into_iter().any(any) {
        "it is a program of `torch.export` (.pt2), not a checkpoint: in Python, \
         `torch.save(torch.export.load(FILE).state_dict, \"weights.pth\")` saves its weights"
    } else if any("model.weights.h5") {
        "it is a model of Keras: its names and layouts are not PyTorch's; take weights of PyTorch"
    } else if !names.is_empty() && names.iter().all(|name| is_array(name)) {
        "it is an archive of NumPy's arrays (.npz): if their names are those of the network's `state_dict`, \
         `torch.save({name: torch.from_numpy(array) for name, array in numpy.load(FILE).items()}, \"weights.pth\")` makes a checkpoint \
         of it in Python"
    } else {
        return None;
    })
}

/// Whether a file has the name of an array, `.npy`.
fn is_array(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "npy")
}

/// Kind of a folder that may contain weights, with advice.
pub(super) fn folder(path: &Path) -> Option<&'static str> {
    path.join(".metadata").is_file().then_some(
        "it is a folder of torch.distributed.checkpoint: make one file of it with \
         `python -m torch.distributed.checkpoint.format_utils dcp_to_torch FOLDER FILE.pth`",
    )
}

/// Kind of a JSON file, with advice.
fn json(bytes: &[u8]) -> &'static str {
    let has = |key: &[u8]| bytes.windows(key.len()).any(|part| part == key);
    if has(b"\"weight_map\"") {
        "it is the index of a checkpoint in several parts, and holds no tensors: join the files that it lists into one, in Python by \
         `torch.save` of one dictionary"
    } else {
        "it is JSON, which holds no tensors: name the checkpoint that lies beside it"
    }
}

/// Whether a file begins as text.
fn is_text(bytes: &[u8]) -> bool {
    /// Number of bytes that are examined.
    const BEGIN: usize = 64;
    let begin = bytes.iter().take(BEGIN);
    begin
        .clone()
        .all(|byte| !byte.is_ascii_control() || byte.is_ascii_whitespace())
}

/// Whether a file begins as ONNX does: the version of the format, then another field of a model.
fn is_onnx(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [
            0x08,
            1..=20,
            0x12 | 0x1A | 0x22 | 0x28 | 0x32 | 0x3A | 0x42,
            ..
        ]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_damaged_checkpoint_is_taken_for_nothing_else() {
        // A header of 60 or 123 bytes begins with the first character of a page or of JSON.
        for length in [b'<', b'{', 8, 0x1F] {
            let header = [&[length, 0, 0, 0, 0, 0, 0, 0], b"{\"a\":".as_slice()].concat();
            for end in 0..header.len() {
                let begin = &header[..end];
                let is_text = end < 2 && length > 8;
                assert!(is_text || kind(begin).is_none(), "{begin:?}");
            }
        }
        assert_eq!(kind(b""), None);
        assert_eq!(archive(&[]), None);
    }
}
