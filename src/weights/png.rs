//! Images as PNG.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

use crate::message;
use crate::text::Message;

/// Bytes of a PNG file with this number of columns and rows of greys, row by row.
///
/// # Errors
/// The number of greys is not columns times rows, or is zero, or the encoder fails.
pub fn grey(columns: u32, rows: u32, greys: &[u8]) -> Result<Vec<u8>, Message> {
    encoded([columns, rows], greys.len(), greys, ExtendedColorType::L8)
}

/// Bytes of a PNG file with this number of columns and rows of red, green and blue, row by row.
///
/// # Errors
/// As for [`grey`].
pub fn rgb(columns: u32, rows: u32, pixels: &[[u8; 3]]) -> Result<Vec<u8>, Message> {
    let bytes = pixels.as_flattened();
    encoded(
        [columns, rows],
        pixels.len(),
        bytes,
        ExtendedColorType::Rgb8,
    )
}

fn encoded(
    [columns, rows]: [u32; 2],
    count: usize,
    values: &[u8],
    form: ExtendedColorType,
) -> Result<Vec<u8>, Message> {
    // The encoder panics on a wrong count.
    if u64::from(columns) * u64::from(rows) != count as u64 || count == 0 {
        return Err(message!(
            "png-wrong-count",
            count = count,
            columns = columns,
            rows = rows
        ));
    }
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(values, columns, rows, form)
        .map_err(|error| Message::foreign(error.to_string()))?;
    Ok(bytes)
}
