//! Images as tensors: decoded, resized and cropped as in torchvision.

use super::resample::resample;
use crate::lower::PictureSteps;
use crate::message;
use crate::network::Filter;
use crate::network::resample::{middle, resized};
use crate::spec::open;
use crate::text::{Argument, Message, said, system};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, RgbImage};
use ndarray::{Array4, Axis, s};
use std::io::Cursor;
use std::path::Path;

/// Maximum number of pixels, checked before an image is decoded and before it is enlarged.
const MAX_PIXELS: u64 = 100_000_000;

/// Maximum size of an image file in bytes: the maximum number of pixels fits, uncompressed.
const MAX_BYTES: u64 = 512 << 20;

/// A decoded image: red, green and blue, 8 bits each. Transparency is dropped, as in PIL. Unlike in PIL, an image is rotated
/// as its EXIF tag says, since a network should see it as people do.
#[derive(Debug, Clone)]
pub struct Picture {
    pixels: RgbImage,
    /// Whether the file has a single channel, so all three are equal.
    is_grey: bool,
    /// The file, as messages name it.
    origin: Argument,
}

/// Reason that an image cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PictureError {
    /// The file cannot be read.
    Open {
        /// Path of the file.
        origin: Argument,
        /// The system's reason.
        reason: Message,
    },
    /// The bytes are of no supported image format.
    NotAPicture {
        /// Path of the file.
        origin: Argument,
    },
    /// The image is damaged, or of an unsupported kind.
    Unreadable {
        /// Path of the file.
        origin: Argument,
        /// Error of the decoder.
        reason: Message,
    },
    /// The image has too many pixels, before or after resizing.
    TooLarge {
        /// Path of the file.
        origin: Argument,
        /// Width in pixels, before or after resizing.
        width: u64,
        /// Height in pixels, before or after resizing.
        height: u64,
    },
    /// The network's input has another number of channels than an image has.
    Channels {
        /// Path of the file.
        origin: Argument,
        /// Number of input channels of the network.
        channels: usize,
    },
}

impl PictureError {
    /// Problem, place and fix.
    pub fn message(&self) -> Message {
        match self {
            Self::Open { origin, reason } => message!(
                "file-unreadable",
                file = origin.clone(),
                reason = reason.clone()
            ),
            Self::NotAPicture { origin } => message!("picture-none", file = origin.clone()),
            Self::Unreadable { origin, reason } => message!(
                "picture-undecodable",
                file = origin.clone(),
                reason = reason.clone()
            ),
            Self::TooLarge {
                origin,
                width,
                height,
            } => message!(
                "picture-too-large",
                file = origin.clone(),
                width = *width,
                height = *height,
                limit = MAX_PIXELS / 1_000_000
            ),
            Self::Channels { origin, channels } => message!(
                "picture-channels",
                file = origin.clone(),
                channels = *channels
            ),
        }
    }
}

said!(PictureError);

/// Whether a file is complete, for formats whose decoder does not check: that of JPEG fills missing parts with grey, and that
/// of WebP ignores missing last bytes, while PIL refuses both.
fn ends(format: ImageFormat, bytes: &[u8]) -> bool {
    match format {
        ImageFormat::Jpeg => {
            let marker = |code: u8| move |pair: &[u8]| pair == [0xFF, code];
            let scan = bytes.windows(2).rposition(marker(0xDA)).unwrap_or(0);
            bytes[scan..].windows(2).any(marker(0xD9))
        }
        ImageFormat::WebP => {
            let size = bytes.get(4..).and_then(|rest| rest.first_chunk::<4>());
            size.is_some_and(|size| bytes.len() as u64 >= u64::from(u32::from_le_bytes(*size)) + 8)
        }
        _ => true,
    }
}

impl Picture {
    /// Reads and decodes a file; the format is determined by its content, not by its name.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, PictureError> {
        let origin = Argument::from(path.as_ref().display().to_string());
        match open::bytes(path.as_ref(), MAX_BYTES) {
            Ok(bytes) => Self::read(&bytes, origin),
            Err(error) => Err(PictureError::Open {
                origin,
                reason: system::reason(&error),
            }),
        }
    }

    /// Decodes the bytes of an image file.
    pub fn decode(bytes: &[u8]) -> Result<Self, PictureError> {
        Self::read(bytes, message!("picture-shipped").into())
    }

    fn read(bytes: &[u8], origin: Argument) -> Result<Self, PictureError> {
        let reader = || ImageReader::new(Cursor::new(bytes)).with_guessed_format();
        let unreadable = |reason: Message| PictureError::Unreadable {
            origin: origin.clone(),
            reason,
        };
        let decoding =
            reader().map_err(|error| unreadable(Message::foreign(format!("`{error}`"))))?;
        if decoding.format().is_none() {
            return Err(PictureError::NotAPicture { origin });
        }
        let size = reader().map_err(image::ImageError::IoError);
        let size = size.and_then(ImageReader::into_dimensions);
        let (width, height) =
            size.map_err(|error| unreadable(Message::foreign(format!("`{error}`"))))?;
        let (width, height) = (u64::from(width), u64::from(height));
        if width * height > MAX_PIXELS {
            return Err(PictureError::TooLarge {
                origin,
                width,
                height,
            });
        }
        if width * height == 0 {
            return Err(unreadable(message!("picture-no-pixels")));
        }
        if !decoding.format().is_some_and(|format| ends(format, bytes)) {
            return Err(unreadable(message!("picture-cut-short")));
        }
        let pixels = upright(decoding)
            .map_err(|error| unreadable(Message::foreign(format!("`{error}`"))))?;
        Ok(Self {
            is_grey: !pixels.color().has_color(),
            pixels: pixels.to_rgb8(),
            origin,
        })
    }

    /// Width and height.
    pub fn size(&self) -> (u32, u32) {
        self.pixels.dimensions()
    }

    /// Whether the file has a single channel, so all three are equal.
    pub fn is_grey(&self) -> bool {
        self.is_grey
    }

    /// The whole image: values from 0 to 255 in the shape (1, channels, height, width). A single channel is PIL's grey.
    ///
    /// # Errors
    /// An image cannot have this number of channels.
    pub fn values(&self, channels: usize) -> Result<Array4<f32>, PictureError> {
        let planes = self.planes(channels)?;
        let (width, height) = self.size();
        Ok(crop(
            &planes,
            [height, width].map(|side| side as usize),
            [height, width].map(|side| side as usize),
        ))
    }

    /// Values from 0 to 255 in the shape of the network's input, (1, channels, height, width).
    ///
    /// An image that has the size already is unchanged. Any other is first resized to the steps' length of the shorter side,
    /// if they have one, and then cropped at the centre; an image that is smaller still gets black borders, as in
    /// torchvision's `CenterCrop`. Finally its channels are reversed, if the network expects blue first.
    ///
    /// # Errors
    /// The network's input has other channels than images have, or the image would become too large.
    pub fn prepared(&self, steps: &PictureSteps) -> Result<Array4<f32>, PictureError> {
        let [channels, height, width] = steps.size;
        let to = self.resized_size(steps)?;
        let [to, from] = [to, self.size()].map(|(width, height)| [height as usize, width as usize]);
        let planes: Vec<Vec<u8>> = self
            .planes(channels)?
            .iter()
            .map(|plane| resample(plane, from, to, steps.filter))
            .collect();
        let mut tensor = crop(&planes, to, [height, width]);
        if steps.bgr && channels == 3 {
            tensor.invert_axis(Axis(1));
        }
        Ok(tensor.as_standard_layout().into_owned())
    }

    /// Values with bilinear interpolation; `resize` is the length of the shorter side.
    ///
    /// # Errors
    /// As for [`Self::prepared`].
    pub fn tensor(
        &self,
        channels: usize,
        height: usize,
        width: usize,
        resize: Option<u32>,
    ) -> Result<Array4<f32>, PictureError> {
        self.prepared(&PictureSteps {
            resize,
            filter: Filter::Bilinear,
            size: [channels, height, width],
            bgr: false,
        })
    }

    /// Width and height after resizing.
    ///
    /// # Errors
    /// The image would become too large.
    pub fn resized_size(&self, steps: &PictureSteps) -> Result<(u32, u32), PictureError> {
        let (width, height) = self.size();
        let fits = [height as usize, width as usize] == steps.size[1..];
        match steps.resize {
            Some(shorter) if !fits => self.scaled(shorter),
            _ => Ok((width, height)),
        }
    }

    /// The channels, each row by row.
    fn planes(&self, channels: usize) -> Result<Vec<Vec<u8>>, PictureError> {
        let pixels = self.pixels.pixels();
        match channels {
            1 => Ok(vec![pixels.map(|pixel| grey(pixel.0)).collect()]),
            3 => Ok((0..3)
                .map(|channel| pixels.clone().map(|pixel| pixel.0[channel]).collect())
                .collect()),
            _ => Err(PictureError::Channels {
                origin: self.origin.clone(),
                channels,
            }),
        }
    }

    /// Width and height after the shorter side becomes `shorter`; the longer one is rounded down, as in torchvision.
    fn scaled(&self, shorter: u32) -> Result<(u32, u32), PictureError> {
        let (width, height) = self.size();
        let [height, width] = resized([height.into(), width.into()], shorter.max(1).into());
        match (u32::try_from(width), u32::try_from(height)) {
            (Ok(w), Ok(h)) if width.saturating_mul(height) <= MAX_PIXELS => Ok((w, h)),
            _ => Err(PictureError::TooLarge {
                origin: self.origin.clone(),
                width,
                height,
            }),
        }
    }
}

/// PIL's grey of red, green and blue: `(19595 R + 38470 G + 7471 B + 0x8000) >> 16` (ITU-R 601).
pub fn grey(rgb: [u8; 3]) -> u8 {
    let [r, g, b] = rgb.map(u32::from);
    ((19_595 * r + 38_470 * g + 7_471 * b + 0x8000) >> 16) as u8
}

/// Decodes the first frame and rotates it as its EXIF tag says.
fn upright(reader: ImageReader<Cursor<&[u8]>>) -> image::ImageResult<DynamicImage> {
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// The centre of an image of height and width `own`, with black beyond its edges.
fn crop(planes: &[Vec<u8>], own: [usize; 2], wanted: [usize; 2]) -> Array4<f32> {
    let mut output = Array4::zeros([1, planes.len(), wanted[0], wanted[1]]);
    let [down, across] = [0, 1].map(|axis| middle(own[axis], wanted[axis]));
    for (mut map, plane) in output
        .index_axis_mut(Axis(0), 0)
        .outer_iter_mut()
        .zip(planes)
    {
        for y in 0..down.len {
            let start = (down.from + y) * own[1] + across.from;
            let mut row = map.slice_mut(s![down.to + y, across.to..across.to + across.len]);
            for (value, pixel) in row.iter_mut().zip(&plane[start..]) {
                *value = f32::from(*pixel);
            }
        }
    }
    output
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "these numbers are exact in binary")]
mod tests;
