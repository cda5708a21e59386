//! Reading the fixtures of `tests/data`.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

/// A file of `tests/data`.
pub(crate) fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

/// Rows of a JSON-lines file, decompressed if its name has `.gz`.
pub(crate) fn rows(name: &str) -> Vec<Value> {
    let bytes = std::fs::read(data(name)).expect("the fixture is in the repository");
    let compressed = std::path::Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "gz");
    let text = if compressed {
        String::from_utf8(gunzip(&bytes)).expect("UTF-8")
    } else {
        String::from_utf8(bytes).expect("UTF-8")
    };
    text.lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect()
}

/// Rows whose network, under `key`, is shipped; the fixtures contain more.
pub(crate) fn shipped_rows(name: &str, key: &str) -> Vec<Value> {
    let shipped = resnet_explore::spec::catalog::names();
    let mut rows = rows(name);
    rows.retain(|row| {
        let name = text(row, key);
        shipped.contains(&name.split_once(':').map_or(name, |(_, name)| name))
    });
    rows
}

/// Decompressed bytes.
pub(crate) fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(bytes)
        .read_to_end(&mut out)
        .expect("gzip");
    out
}

/// A text under a key.
pub(crate) fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} is a text in {row}"))
}

/// A count under a key.
pub(crate) fn count(row: &Value, key: &str) -> u128 {
    row[key]
        .as_u64()
        .unwrap_or_else(|| panic!("{key} is a count in {row}"))
        .into()
}

/// A list of sizes under a key.
pub(crate) fn sizes(row: &Value, key: &str) -> Vec<u64> {
    row[key]
        .as_array()
        .unwrap_or_else(|| panic!("{key} is a list in {row}"))
        .iter()
        .map(|size| size.as_u64().expect("a size"))
        .collect()
}

/// Calls `work` with the numbers up to `count`, two at a time.
pub(crate) fn two_at_a_time(count: usize, work: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        break;
                    }
                    work(number);
                }
            });
        }
    });
}
