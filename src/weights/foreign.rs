//! The kind of a file that is no checkpoint: the id of the text that names it and says what to do.

use std::path::Path;

/// Kind of a file by its first bytes, with advice, if it is known and neither safetensors nor of `torch.save`.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let trimmed = bytes.trim_ascii_start();
    Some(if bytes.starts_with(b"version https://git-lfs") {
        "foreign-git-lfs"
    } else if trimmed.starts_with(b"{") && is_text(trimmed) {
        json(trimmed)
    } else if trimmed.starts_with(b"<") && is_text(trimmed) {
        "foreign-web-page"
    } else if is_onnx(bytes) {
        "foreign-onnx"
    } else if bytes.starts_with(&[0x1F, 0x8B]) {
        "foreign-gzip"
    } else if bytes.get(257..262) == Some(b"ustar") {
        "foreign-tar"
    } else if bytes.starts_with(b"\x89HDF") {
        "foreign-hdf5"
    } else if bytes.starts_with(b"\x93NUMPY") {
        "foreign-npy"
    } else if bytes.starts_with(b"GGUF") {
        "foreign-gguf"
    } else if bytes.starts_with(b"\x1CTFL") || bytes.get(4..8) == Some(b"TFL3") {
        "foreign-tflite"
    } else {
        return None;
    })
}

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
        "foreign-torch-export"
    } else if any("model.weights.h5") {
        "foreign-keras"
    } else if !names.is_empty() && names.iter().all(|name| is_array(name)) {
        "foreign-npz"
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
    path.join(".metadata").is_file().then_some("foreign-dcp")
}

/// Kind of a JSON file, with advice.
fn json(bytes: &[u8]) -> &'static str {
    let has = |key: &[u8]| bytes.windows(key.len()).any(|part| part == key);
    if has(b"\"weight_map\"") {
        "foreign-index"
    } else {
        "foreign-json"
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
