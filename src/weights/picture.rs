//! Pictures as tensors: decoded, resized and cropped as torchvision does.

use super::resample::{Interpolation, resample};
use crate::lower::PictureSteps;
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageReader, Pixel, RgbImage};
use ndarray::{Array4, Axis, s};
use std::io::Cursor;
use std::path::Path;

/// Larger pictures are refused before they are decoded, and before they are enlarged.
const MOST_PIXELS: u64 = 100_000_000;

/// A decoded picture: red, green and blue, 8 bits each. Transparency is dropped, as PIL does. Unlike PIL, a picture that its
/// EXIF tag says to turn is turned, since a network sees it as people do.
#[derive(Debug, Clone)]
pub struct Picture {
    pixels: RgbImage,
    origin: String,
}

/// Why a picture cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// The file cannot be read.
    #[error("cannot read {origin}: {reason}; check the path and that you may read it")]
    Open {
        /// The file.
        origin: String,
        /// What the system said.
        reason: String,
    },
    /// The bytes are of no picture format that is known here.
    #[error("{origin} is not a picture; PNG, JPEG, WebP, BMP and GIF can be read")]
    NotAPicture {
        /// The file.
        origin: String,
    },
    /// The picture is damaged or of a kind that is not supported.
    #[error("{origin} cannot be decoded: {reason}; open it in a picture editor and save it as PNG")]
    Unreadable {
        /// The file.
        origin: String,
        /// What the decoder said.
        reason: String,
    },
    /// The picture has too many pixels, as it is or once resized.
    #[error("{origin} has {width}×{height} pixels, more than {} million; make it smaller", MOST_PIXELS / 1_000_000)]
    TooLarge {
        /// The file.
        origin: String,
        /// Its width, or that after resizing.
        width: u64,
        /// Its height, or that after resizing.
        height: u64,
    },
    /// A network reads some other number of channels than a picture has.
    #[error(
        "{origin} has 1 or 3 channels to give, and the network reads {channels}; use a network with 1 or 3 input channels"
    )]
    Channels {
        /// The file.
        origin: String,
        /// How many the network reads.
        channels: usize,
    },
}

impl Picture {
    /// Reads and decodes a file; its content tells the format, not its name.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, PictureError> {
        let origin = path.as_ref().display().to_string();
        match std::fs::read(path) {
            Ok(bytes) => Self::read(&bytes, origin),
            Err(error) => Err(PictureError::Open {
                origin,
                reason: error.to_string(),
            }),
        }
    }

    /// Decodes bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, PictureError> {
        Self::read(bytes, "the picture".to_owned())
    }

    fn read(bytes: &[u8], origin: String) -> Result<Self, PictureError> {
        let reader = || ImageReader::new(Cursor::new(bytes)).with_guessed_format();
        let unreadable = |reason: String| PictureError::Unreadable {
            origin: origin.clone(),
            reason,
        };
        let decoding = reader().map_err(|error| unreadable(error.to_string()))?;
        if decoding.format().is_none() {
            return Err(PictureError::NotAPicture { origin });
        }
        let size = reader().map_err(image::ImageError::IoError);
        let size = size.and_then(ImageReader::into_dimensions);
        let (width, height) = size.map_err(|error| unreadable(error.to_string()))?;
        let (width, height) = (u64::from(width), u64::from(height));
        if width * height > MOST_PIXELS {
            return Err(PictureError::TooLarge {
                origin,
                width,
                height,
            });
        }
        if width * height == 0 {
            return Err(unreadable("it has no pixels".to_owned()));
        }
        let pixels = upright(decoding).map_err(|error| unreadable(error.to_string()))?;
        Ok(Self {
            pixels: pixels.to_rgb8(),
            origin,
        })
    }

    /// Width and height.
    pub fn size(&self) -> (u32, u32) {
        self.pixels.dimensions()
    }

    /// The values from 0 to 255 in the shape that a network reads, (1, channels, height, width).
    ///
    /// One channel is PIL's grey, `(19595 R + 38470 G + 7471 B + 0x8000) >> 16` (ITU-R 601). A picture that has the size
    /// already is passed through as it is. Any other is resized so that its shorter side is as long as the steps say, if they
    /// do, and then the middle is cut out; a picture that is smaller still gets black borders, as in torchvision's
    /// `CenterCrop`. Last its channels are turned round, if the network reads blue first.
    pub fn prepared(&self, steps: &PictureSteps) -> Result<Array4<f32>, PictureError> {
        let [_, height, width] = steps.size;
        let resized = self.resized(steps)?;
        Ok(match resized {
            Resized::Grey(pixels) => centre(&pixels, height, width),
            Resized::Colour(pixels) => {
                let mut tensor = centre(&pixels, height, width);
                if steps.bgr {
                    tensor.invert_axis(Axis(1));
                }
                tensor.as_standard_layout().into_owned()
            }
        })
    }

    /// The same by bilinear interpolation; `resize` is the length of the shorter side.
    pub fn tensor(
        &self,
        channels: usize,
        height: usize,
        width: usize,
        resize: Option<u32>,
    ) -> Result<Array4<f32>, PictureError> {
        self.prepared(&PictureSteps {
            resize,
            interpolation: Interpolation::Bilinear,
            size: [channels, height, width],
            bgr: false,
        })
    }

    /// The picture before its middle is cut out: as it was read, and as it is resized. Values from 0 to 255.
    pub fn steps(&self, steps: &PictureSteps) -> Result<[Array4<f32>; 2], PictureError> {
        let read = whole(&self.pixels);
        let resized = match self.resized(steps)? {
            Resized::Grey(pixels) => whole(&pixels),
            Resized::Colour(pixels) => whole(&pixels),
        };
        Ok([read, resized])
    }

    /// Width and height once resized.
    pub fn resized_size(&self, steps: &PictureSteps) -> Result<(u32, u32), PictureError> {
        let (width, height) = self.size();
        let fits = [height as usize, width as usize] == steps.size[1..];
        match steps.resize {
            Some(shorter) if !fits => self.scaled(shorter),
            _ => Ok((width, height)),
        }
    }

    fn resized(&self, steps: &PictureSteps) -> Result<Resized, PictureError> {
        let size = self.resized_size(steps)?;
        match steps.size[0] {
            1 => Ok(Resized::Grey(resample(
                &self.grey(),
                size,
                steps.interpolation,
            ))),
            3 => Ok(Resized::Colour(resample(
                &self.pixels,
                size,
                steps.interpolation,
            ))),
            channels => Err(PictureError::Channels {
                origin: self.origin.clone(),
                channels,
            }),
        }
    }

    fn grey(&self) -> GrayImage {
        let (width, height) = self.size();
        GrayImage::from_fn(width, height, |x, y| {
            let [r, g, b] = self.pixels.get_pixel(x, y).0.map(u32::from);
            image::Luma([((19_595 * r + 38_470 * g + 7_471 * b + 0x8000) >> 16) as u8])
        })
    }

    /// Width and height once the shorter side is `shorter` long; the longer one is rounded down, as torchvision does.
    fn scaled(&self, shorter: u32) -> Result<(u32, u32), PictureError> {
        let (width, height) = self.size();
        let side =
            |side: u32| u64::from(shorter.max(1)) * u64::from(side) / u64::from(width.min(height));
        let (width, height) = (side(width), side(height));
        match (u32::try_from(width), u32::try_from(height)) {
            (Ok(w), Ok(h)) if width.saturating_mul(height) <= MOST_PIXELS => Ok((w, h)),
            _ => Err(PictureError::TooLarge {
                origin: self.origin.clone(),
                width,
                height,
            }),
        }
    }
}

/// With the channels that a network reads.
enum Resized {
    Grey(GrayImage),
    Colour(RgbImage),
}

fn whole<P: Pixel<Subpixel = u8>>(pixels: &image::ImageBuffer<P, Vec<u8>>) -> Array4<f32> {
    centre(pixels, pixels.height() as usize, pixels.width() as usize)
}

/// Decodes the first frame and turns it as its EXIF tag says.
fn upright(reader: ImageReader<Cursor<&[u8]>>) -> image::ImageResult<DynamicImage> {
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// The middle of a picture, with black where it does not reach.
fn centre<P: Pixel<Subpixel = u8>>(
    pixels: &image::ImageBuffer<P, Vec<u8>>,
    height: usize,
    width: usize,
) -> Array4<f32> {
    let (own_width, own_height) = pixels.dimensions();
    let mut output = Array4::zeros([1, usize::from(P::CHANNEL_COUNT), height, width]);
    let (from_x, to_x, columns) = overlap(own_width as usize, width);
    let (from_y, to_y, rows) = overlap(own_height as usize, height);
    let mut middle = output.slice_mut(s![0, .., to_y..to_y + rows, to_x..to_x + columns]);
    for ((channel, y, x), value) in middle.indexed_iter_mut() {
        let pixel = pixels.get_pixel((from_x + x) as u32, (from_y + y) as u32);
        *value = f32::from(pixel.channels()[channel]);
    }
    output
}

/// Where a centre crop to `wanted` starts in the picture and in the output, and how far it reaches.
fn overlap(own: usize, wanted: usize) -> (usize, usize, usize) {
    if own >= wanted {
        // Python's `round` of half the surplus goes to the even side.
        let start = ((own - wanted) as f64 / 2.0).round_ties_even() as usize;
        (start, 0, wanted)
    } else {
        (0, (wanted - own) / 2, own)
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these numbers are exact in binary")]
mod tests;
