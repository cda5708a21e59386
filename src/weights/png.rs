//! Grey images as PNG.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

use crate::message;
use crate::text::Message;

/// Bytes of a PNG file with this number of columns and rows of greys, row by row.
///
/// # Errors
/// The number of greys is not columns times rows, or is zero, or the encoder fails.
pub fn grey(columns: u32, rows: u32, greys: &[u8]) -> Result<Vec<u8>, Message> {
    // The encoder panics on a wrong count.
    if u64::from(columns) * u64::from(rows) != greys.len() as u64 || greys.is_empty() {
        return Err(message!("picture-no-pixels"));
    }
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(greys, columns, rows, ExtendedColorType::L8)
        .map_err(|error| Message::foreign(error.to_string()))?;
    Ok(bytes)
}
