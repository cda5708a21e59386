//! Thread that encodes pixels for a terminal's protocol: enlarging a map takes far longer than a key may wait.

use std::sync::mpsc::{self, Receiver, Sender};

use ratatui::layout::{Rect, Size};
use ratatui_image::protocol::Protocol as Encoded;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;

use crate::tui::graphics::Protocol;
use crate::tui::kit::picture::{Map, Picture};

/// A picture to encode.
pub(super) struct Job {
    /// Key of the picture.
    pub(super) key: u64,
    /// kitty's id of the picture.
    pub(super) number: u32,
    /// Protocol to encode for.
    pub(super) protocol: Protocol,
    /// Whether tmux is to pass it on to its own terminal.
    pub(super) is_in_tmux: bool,
    /// Values, row by row.
    pub(super) values: Vec<f32>,
    /// Values per row.
    pub(super) width: usize,
    /// Values of black and white.
    pub(super) range: (f32, f32),
    /// Whether the values are three planes.
    pub(super) is_colour: bool,
    /// First and last row and column of a region whose border is drawn.
    pub(super) mark: Option<[[usize; 2]; 2]>,
    /// Grey level of zero if signs have colours.
    pub(super) ground: Option<f32>,
    /// Pixels across and down.
    pub(super) pixels: (usize, usize),
    /// Cells that it fills.
    pub(super) area: Rect,
}

/// Picture after encoding.
pub(super) struct Done {
    pub(super) key: u64,
    pub(super) number: u32,
    /// Encoded picture; `None` if it cannot be encoded.
    pub(super) picture: Option<Encoded>,
}

/// Channels to the thread and back; the thread ends when they are dropped.
pub(super) struct Encoder {
    jobs: Sender<Job>,
    done: Receiver<Done>,
}

impl Encoder {
    /// Starts the thread.
    pub(super) fn start() -> Self {
        let (jobs, asked) = mpsc::channel::<Job>();
        let (sender, done) = mpsc::channel();
        let work = move || {
            for job in asked {
                let (key, number) = (job.key, job.number);
                let picture = encode(&job);
                let done = Done {
                    key,
                    number,
                    picture,
                };
                if sender.send(done).is_err() {
                    break;
                }
            }
        };
        // Without a thread, half blocks remain, as on a terminal without a protocol.
        let _ = std::thread::Builder::new()
            .name("pictures".to_owned())
            .spawn(work);
        Self { jobs, done }
    }

    /// Queues a picture to encode.
    pub(super) fn encode(&self, job: Job) {
        // The thread lives as long as `self`.
        let _ = self.jobs.send(job);
    }

    /// Next encoded picture; `None` if there is none yet.
    pub(super) fn next(&self) -> Option<Done> {
        self.done.try_recv().ok()
    }
}

fn encode(job: &Job) -> Option<Encoded> {
    let map = Map {
        is_colour: job.is_colour,
        ..Map::new(&job.values, job.width, job.range)
    };
    let picture = Picture {
        mark: job.mark,
        ground: job.ground,
        ..Picture::new(job.area, map)
    };
    let pixels = picture.pixels(job.pixels);
    let (width, height) = (pixels.width as u32, pixels.height as u32);
    let image = image::RgbImage::from_raw(width, height, pixels.rgb)?;
    let image = image::DynamicImage::ImageRgb8(image);
    let size = Size {
        width: job.area.width,
        height: job.area.height,
    };
    Some(match job.protocol {
        Protocol::Blocks => return None,
        Protocol::Kitty => {
            Encoded::Kitty(Kitty::new(image, size, job.number, job.is_in_tmux, false).ok()?)
        }
        Protocol::Sixel => Encoded::Sixel(Sixel::new(image, size, job.is_in_tmux).ok()?),
        Protocol::Iterm2 => Encoded::ITerm2(Iterm2::new(image, size, job.is_in_tmux).ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_protocol_gets_its_pictures_back() {
        let encoder = Encoder::start();
        let protocols = [Protocol::Kitty, Protocol::Sixel, Protocol::Iterm2];
        for (key, protocol) in (0..).zip(protocols) {
            encoder.encode(Job {
                key,
                number: 1,
                protocol,
                is_in_tmux: false,
                values: vec![7.0; 100],
                width: 10,
                range: (0.0, 9.0),
                is_colour: false,
                mark: None,
                ground: None,
                pixels: (20, 20),
                area: Rect::new(0, 0, 2, 1),
            });
        }
        for key in 0..3 {
            let done = encoder.done.recv().unwrap();
            assert_eq!(done.key, key);
            assert!(done.picture.is_some());
        }
    }
}
