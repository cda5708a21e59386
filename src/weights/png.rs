//! Grey pictures as PNG.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

/// A picture of so many columns and rows of greys, row by row, as the bytes of a PNG file.
///
/// # Errors
/// There are not as many greys as columns times rows, or none: what the encoder says.
pub fn grey(columns: u32, rows: u32, greys: &[u8]) -> Result<Vec<u8>, String> {
    // The encoder takes a wrong count for a fault of the program.
    if u64::from(columns) * u64::from(rows) != greys.len() as u64 || greys.is_empty() {
        return Err(format!(
            "{} greys are no picture of {columns}×{rows}",
            greys.len()
        ));
    }
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(greys, columns, rows, ExtendedColorType::L8)
        .map_err(|error| error.to_string())?;
    Ok(bytes)
}
