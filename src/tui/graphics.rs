//! Feature maps in real pixels, with the protocols of kitty, sixel and iTerm2. ratatui-image is used in this file only.
//!
//! The view paints every map in half blocks; if the terminal supports more, a picture is laid over them. Half blocks appear
//! at once. When no key is pressed, pictures are encoded on a separate thread and replace their half blocks as soon as they
//! are ready: no key waits for pixels.

mod encoder;

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::time::{Duration, Instant};

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui_image::Image;
use ratatui_image::protocol::Protocol as Encoded;

use crate::tui::kit::picture::Picture;
use encoder::{Encoder, Job};

/// Protocol for pictures on the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// Half blocks, two pixels per cell: every terminal supports them.
    Blocks,
    /// kitty's graphics protocol with Unicode placeholders.
    Kitty,
    /// Sixel, of DEC's VT340.
    Sixel,
    /// iTerm2's inline images.
    Iterm2,
}

impl Protocol {
    /// All protocols.
    pub const ALL: [Self; 4] = [Self::Blocks, Self::Kitty, Self::Sixel, Self::Iterm2];

    /// Name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::Kitty => "kitty",
            Self::Sixel => "sixel",
            Self::Iterm2 => "iterm2",
        }
    }

    /// The protocol called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|protocol| protocol.name() == name)
    }

    /// Protocol according to the environment; `None` if the terminal has to be queried.
    ///
    /// A multiplexer passes pictures to its own terminal only when configured to: there, half blocks remain.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let has = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let terminal = variable("TERM").unwrap_or_default();
        let is_inside = ["tmux", "screen"]
            .iter()
            .any(|name| terminal.starts_with(name));
        if is_inside || has("TMUX") || has("STY") || has("ZELLIJ") {
            return Some(Self::Blocks);
        }
        if ["", "dumb", "linux"].contains(&terminal.as_str()) {
            return Some(Self::Blocks);
        }
        let program = variable("TERM_PROGRAM").unwrap_or_default();
        Self::of_name(&program).or_else(|| Self::of_name(&terminal))
    }

    /// Protocol of a terminal with this name: the answer to XTVERSION, `TERM_PROGRAM` or `TERM`.
    pub fn of_name(name: &str) -> Option<Self> {
        const KNOWN: [(&str, Protocol); 9] = [
            ("kitty", Protocol::Kitty),
            ("ghostty", Protocol::Kitty),
            ("iterm", Protocol::Iterm2),
            ("wezterm", Protocol::Iterm2),
            ("mintty", Protocol::Iterm2),
            ("rio", Protocol::Iterm2),
            ("foot", Protocol::Sixel),
            ("contour", Protocol::Sixel),
            ("mlterm", Protocol::Sixel),
        ];
        let name = name.to_lowercase();
        let name = name.strip_prefix("xterm-").unwrap_or(&name);
        let known = KNOWN.iter().find(|(known, _)| name.starts_with(known));
        known.map(|(_, protocol)| *protocol)
    }
}

/// Pictures on the terminal, in their encoded form.
#[derive(Default)]
pub(super) struct Graphics {
    protocol: Option<Protocol>,
    /// Whether tmux is between this program and the terminal.
    is_in_tmux: bool,
    /// Width and height of a cell in pixels.
    cell: (u16, u16),
    encoded: HashMap<u64, Entry>,
    /// Keys of the pictures that are being encoded.
    awaited: HashSet<u64>,
    encoder: Option<Encoder>,
    /// kitty's ids of pictures that are no longer visible.
    gone: Vec<u32>,
    numbers: u32,
}

struct Entry {
    /// Encoded picture; `None` if it cannot be encoded.
    picture: Option<Encoded>,
    number: u32,
    is_seen: bool,
}

/// Largest side of a map in pixels that is sent to kitty, which enlarges maps itself.
const KITTY_SIDE: usize = 112;
/// Longest time to pass maps to the encoder at once; a key that arrives meanwhile waits for the last of them at most.
const SLICE: Duration = Duration::from_millis(8);
/// Size of a cell if the terminal does not report it.
const CELL: (u16, u16) = (10, 20);

impl Graphics {
    /// Graphics with `protocol`, or half blocks only until the terminal has reported its abilities.
    pub(super) fn new(protocol: Option<Protocol>, cell: Option<(u16, u16)>) -> Self {
        Self {
            protocol,
            cell: cell.unwrap_or(CELL),
            is_in_tmux: std::env::var_os("TMUX").is_some_and(|value| !value.is_empty()),
            ..Self::default()
        }
    }

    /// Whether pictures are drawn in more than half blocks.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.protocol, None | Some(Protocol::Blocks))
    }

    /// Sets the size of a cell in pixels, if the terminal reports it.
    pub(super) fn resize(&mut self, cell: Option<(u16, u16)>) {
        let cell = cell.unwrap_or(CELL);
        if cell != self.cell {
            self.cell = cell;
            self.gone
                .extend(self.encoded.drain().map(|(_, entry)| entry.number));
        }
    }

    /// Sets the protocol by the terminal's name, unless it is known already.
    pub(super) fn learn(&mut self, name: &str) {
        if self.protocol.is_none() {
            self.protocol = Protocol::of_name(name);
        }
    }

    /// Lays the encoded pictures over their half blocks and, if there is time, has others encoded. Returns whether any of
    /// them is still missing.
    pub(super) fn paint(
        &mut self,
        frame: &mut Frame,
        pictures: &[Picture<'_>],
        has_time: bool,
    ) -> bool {
        let mut is_missing = false;
        let began = Instant::now();
        for entry in self.encoded.values_mut() {
            entry.is_seen = false;
        }
        self.take_encoded();
        let screen = frame.area();
        let whole = pictures
            .iter()
            .filter(|picture| !picture.area.is_empty() && screen.union(picture.area) == screen);
        for picture in whole {
            let key = self.key(picture);
            if let Some(entry) = self.encoded.get_mut(&key) {
                entry.is_seen = true;
                if let Some(encoded) = &entry.picture {
                    frame.render_widget(Image::new(encoded), picture.area);
                }
                continue;
            }
            is_missing = true;
            if has_time && began.elapsed() < SLICE && !self.awaited.contains(&key) {
                self.ask_for(key, picture);
            }
        }
        let gone = &mut self.gone;
        self.encoded.retain(|_, entry| {
            if !entry.is_seen {
                gone.push(entry.number);
            }
            entry.is_seen
        });
        is_missing
    }

    /// Collects the pictures that the encoder has finished.
    fn take_encoded(&mut self) {
        let Some(encoder) = &self.encoder else {
            return;
        };
        while let Some(done) = encoder.next() {
            self.awaited.remove(&done.key);
            let entry = Entry {
                picture: done.picture,
                number: done.number,
                is_seen: false,
            };
            self.encoded.insert(done.key, entry);
        }
    }

    /// Asks the encoder for a picture.
    fn ask_for(&mut self, key: u64, picture: &Picture<'_>) {
        let Some(protocol) = self.protocol else {
            return;
        };
        self.numbers += 1;
        let Rect { width, height, .. } = picture.area;
        let pixels = if protocol == Protocol::Kitty {
            let [rows, columns] = picture.map.size();
            let longest = rows.max(columns).max(1);
            // A map is enlarged by a whole factor, and a photograph is reduced.
            let of = |side: usize| match KITTY_SIDE / longest {
                0 => (side * KITTY_SIDE / longest).max(1),
                factor => side * factor,
            };
            (of(columns), of(rows))
        } else {
            let cell = |cells: u16, pixels: u16| usize::from(cells) * usize::from(pixels);
            (cell(width, self.cell.0), cell(height, self.cell.1))
        };
        let job = Job {
            key,
            // kitty's ids are shared by all its programs, so those of other programs must differ.
            number: (std::process::id() << 12) | (self.numbers & 0xFFF),
            protocol,
            is_in_tmux: self.is_in_tmux,
            values: picture.map.values.to_vec(),
            width: picture.map.width,
            range: picture.map.range,
            is_colour: picture.map.is_colour,
            mark: picture.mark,
            ground: picture.ground,
            pixels,
            area: picture.area,
        };
        self.awaited.insert(key);
        self.encoder.get_or_insert_with(Encoder::start).encode(job);
    }

    /// Command that deletes pictures that are no longer visible from kitty; empty for other terminals, which keep nothing.
    pub(super) fn forget(&mut self) -> String {
        let gone = std::mem::take(&mut self.gone);
        if self.protocol != Some(Protocol::Kitty) {
            return String::new();
        }
        gone.iter().fold(String::new(), |commands, number| {
            let command = format!("\x1b_Ga=d,d=I,q=2,i={number}\x1b\\");
            commands
                + &if self.is_in_tmux {
                    through_tmux(&command)
                } else {
                    command
                }
        })
    }

    /// Key of a picture: its pixels and the cells that it fills.
    fn key(&self, picture: &Picture<'_>) -> u64 {
        let mut hasher = DefaultHasher::new();
        let bits = |value: f32| value.to_bits();
        // FNV-1a over whole values, because a photograph has millions.
        let values = picture.map.values.iter();
        let mixed = values.fold(0xcbf2_9ce4_8422_2325_u64, |mixed, value| {
            (mixed ^ u64::from(bits(*value))).wrapping_mul(0x0100_0000_01b3)
        });
        hasher.write_u64(mixed);
        let (black, white) = picture.map.range;
        let is_colour = picture.map.is_colour;
        (picture.map.width, bits(black), bits(white), is_colour).hash(&mut hasher);
        (picture.area.width, picture.area.height, picture.mark).hash(&mut hasher);
        picture.ground.map(f32::to_bits).hash(&mut hasher);
        self.protocol.hash(&mut hasher);
        hasher.finish()
    }
}

/// A command that tmux passes on to its own terminal, if it is configured to (`allow-passthrough`).
fn through_tmux(command: &str) -> String {
    format!("\x1bPtmux;{}\x1b\\", command.replace('\x1b', "\x1b\x1b"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_names_the_protocol_or_the_terminal_is_asked() {
        let of = |set: &[(&str, &str)]| {
            Protocol::of_environment(|name| {
                let found = set.iter().find(|(own, _)| *own == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(of(&[("TERM", "xterm-kitty")]), Some(Protocol::Kitty));
        assert_eq!(of(&[("TERM", "foot-extra")]), Some(Protocol::Sixel));
        let wezterm = [("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")];
        assert_eq!(of(&wezterm), Some(Protocol::Iterm2));
        let tmux = [("TERM", "xterm-kitty"), ("TMUX", "socket")];
        assert_eq!(of(&tmux), Some(Protocol::Blocks));
        assert_eq!(of(&[("TERM", "linux")]), Some(Protocol::Blocks));
        assert_eq!(of(&[("TERM", "xterm-256color")]), None);
        assert_eq!(Protocol::of_name("iTerm2 3.5.0"), Some(Protocol::Iterm2));
        assert_eq!(Protocol::of_name("XTerm(390)"), None);
    }

    #[test]
    fn tmux_gets_commands_for_its_own_terminal_wrapped() {
        assert_eq!(
            through_tmux("\x1b_Ga=d\x1b\\"),
            "\x1bPtmux;\x1b\x1b_Ga=d\x1b\x1b\\\x1b\\"
        );
    }

    #[test]
    fn a_name_is_read_as_it_is_written() {
        for protocol in Protocol::ALL {
            assert_eq!(Protocol::parse(protocol.name()), Some(protocol));
        }
    }
}
