//! Colours by meaning, as many as the terminal has. Every meaning is also shown in words, by a sign or in bold type.

use crate::text::{Language, Message};
use ratatui::style::{Color, Modifier, Style};

use crate::network::Category;

/// Number of colours of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: bold, dim and reversed type remain.
    Mono,
    /// The 16 ANSI colours.
    Sixteen,
    /// xterm's 256 colours.
    Indexed,
    /// 24-bit colours.
    True,
}

impl Depth {
    /// Depth according to `NO_COLOR`, `COLORTERM` and `TERM`, read through `variable`.
    pub fn detect(variable: impl Fn(&str) -> Option<String>) -> Self {
        let term = variable("TERM").unwrap_or_default();
        let colorterm = variable("COLORTERM").unwrap_or_default();
        if variable("NO_COLOR").is_some_and(|value| !value.is_empty()) || term == "dumb" {
            Self::Mono
        } else if ["truecolor", "24bit"].contains(&colorterm.as_str()) || term.contains("direct") {
            Self::True
        } else if term.contains("256color") || !colorterm.is_empty() {
            Self::Indexed
        } else {
            Self::Sixteen
        }
    }
}

/// Meaning of a piece of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Name of the program or network, or a heading.
    Title,
    /// Explanatory words.
    Dim,
    /// A key to press.
    Key,
    /// Rules between panels.
    Rule,
    /// The selected line of the panel that has the focus.
    Selected,
    /// The selected line elsewhere.
    Marked,
    /// A bar.
    Bar,
    /// An error, and a layer at fault.
    Error,
    /// A warning.
    Warning,
    /// A note.
    Note,
    /// Done, or correct.
    Good,
    /// The layer that a pass has reached.
    Current,
}

/// Colour scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// A dark background.
    #[default]
    Dark,
    /// A light background.
    Light,
    /// For a projector or low vision: white on black, nothing dim.
    Contrast,
    /// No colours: bold, dim and reversed type.
    Mono,
}

impl Scheme {
    /// Its name, for people.
    pub const fn word(self) -> Message {
        Message::new(match self {
            Self::Dark => "scheme-dark",
            Self::Light => "scheme-light",
            Self::Contrast => "scheme-contrast",
            Self::Mono => "scheme-mono",
        })
    }

    /// All schemes.
    pub const ALL: [Self; 4] = [Self::Dark, Self::Light, Self::Contrast, Self::Mono];

    /// Name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Contrast => "contrast",
            Self::Mono => "none",
        }
    }

    /// Scheme called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.name() == name)
    }

    /// Scheme according to `COLORFGBG`: its last number is the background colour; 7 and those from 9 on are light.
    pub fn detect(variable: impl Fn(&str) -> Option<String>) -> Self {
        let background = variable("COLORFGBG").and_then(|value| {
            value
                .rsplit(';')
                .next()
                .and_then(|last| last.parse::<u8>().ok())
        });
        match background {
            Some(7 | 9..=15) => Self::Light,
            _ => Self::Dark,
        }
    }
}

/// Colour of a scheme: red, green and blue, and the nearest of the 16 colours.
type Rgb = ((u8, u8, u8), Color);

/// Colour on a dark background, on a light one, and for high contrast.
type Paint = [Rgb; 3];

const ACCENT: Paint = [
    ((86, 156, 214), Color::Cyan),
    ((0, 92, 175), Color::Blue),
    ((110, 200, 255), Color::LightCyan),
];
const GREY: Paint = [
    ((134, 138, 145), Color::DarkGray),
    ((98, 102, 110), Color::DarkGray),
    ((225, 225, 225), Color::White),
];
const RED: Paint = [
    ((224, 92, 92), Color::Red),
    ((180, 24, 24), Color::Red),
    ((255, 130, 130), Color::LightRed),
];
const AMBER: Paint = [
    ((214, 158, 66), Color::Yellow),
    ((140, 84, 0), Color::Magenta),
    ((255, 220, 90), Color::LightYellow),
];
const GREEN: Paint = [
    ((104, 172, 96), Color::Green),
    ((22, 110, 40), Color::Green),
    ((130, 240, 130), Color::LightGreen),
];
const VIOLET: Paint = [
    ((164, 136, 208), Color::Magenta),
    ((112, 62, 168), Color::Magenta),
    ((215, 180, 255), Color::LightMagenta),
];
const TEAL: Paint = [
    ((72, 172, 164), Color::Cyan),
    ((0, 106, 106), Color::Cyan),
    ((120, 240, 230), Color::LightCyan),
];
const GOLD: Paint = [
    ((196, 160, 84), Color::LightYellow),
    ((116, 84, 16), Color::Yellow),
    ((255, 210, 120), Color::LightYellow),
];
/// Colours of the selected line: its text and its background.
const SELECTED: [Paint; 2] = [
    [
        ((255, 255, 255), Color::White),
        ((0, 0, 0), Color::Black),
        ((0, 0, 0), Color::Black),
    ],
    [
        ((38, 79, 120), Color::Blue),
        ((176, 210, 245), Color::Cyan),
        ((255, 220, 90), Color::Yellow),
    ],
];

/// Styles and words in the user's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Depth of the terminal.
    terminal: Depth,
    depth: Depth,
    scheme: Scheme,
    language: Language,
}

impl Theme {
    /// The same theme in a language.
    #[must_use]
    pub const fn speaking(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// User's language.
    pub const fn language(self) -> Language {
        self.language
    }

    /// Text of an id in the user's language.
    pub fn word(self, id: &'static str) -> &'static str {
        self.language.word(id)
    }

    /// A message in the user's language.
    pub fn say(self, message: &Message) -> String {
        self.language.say(message)
    }

    /// A theme for a dark terminal with this number of colours.
    pub const fn new(depth: Depth) -> Self {
        Self {
            terminal: depth,
            depth,
            scheme: if matches!(depth, Depth::Mono) {
                Scheme::Mono
            } else {
                Scheme::Dark
            },
            language: Language::ENGLISH,
        }
    }

    /// Theme that fits the environment's description of the terminal.
    pub fn detect(variable: impl Fn(&str) -> Option<String> + Copy) -> Self {
        let theme = Self::new(Depth::detect(variable));
        match theme.scheme {
            Scheme::Mono => theme,
            _ => theme.with(Scheme::detect(variable)),
        }
    }

    /// The same terminal with other colours. One that was detected to have none gets the 16 colours.
    #[must_use]
    pub fn with(self, scheme: Scheme) -> Self {
        let depth = match scheme {
            Scheme::Mono => Depth::Mono,
            _ => self.terminal.max(Depth::Sixteen),
        };
        Self {
            depth,
            scheme,
            ..self
        }
    }

    /// The theme with the next colour scheme.
    #[must_use]
    pub fn next(self) -> Self {
        let next = (self.scheme as usize + 1) % Scheme::ALL.len();
        self.with(Scheme::ALL[next])
    }

    /// Colour scheme.
    pub const fn scheme(self) -> Scheme {
        self.scheme
    }

    /// Name of the colour scheme.
    pub const fn name(self) -> &'static str {
        self.scheme.name()
    }

    /// Whether pictures can be painted in greys; if not, shading characters are used.
    pub fn has_greys(self) -> bool {
        self.depth >= Depth::Indexed
    }

    /// Style of a meaning.
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        let coloured = |paint| plain.fg(self.colour(paint));
        match role {
            Role::Title | Role::Marked => plain.add_modifier(Modifier::BOLD),
            Role::Dim | Role::Rule if self.depth == Depth::Mono => {
                plain.add_modifier(Modifier::DIM)
            }
            Role::Dim | Role::Rule => coloured(GREY),
            Role::Key => coloured(ACCENT).add_modifier(Modifier::BOLD),
            // Without its own foreground, a coloured sign would become a coloured hole in the line.
            Role::Selected if self.depth <= Depth::Sixteen => {
                plain.fg(Color::Reset).add_modifier(Modifier::REVERSED)
            }
            Role::Selected => plain
                .fg(self.colour(SELECTED[0]))
                .bg(self.colour(SELECTED[1]))
                .add_modifier(Modifier::BOLD),
            Role::Bar | Role::Note => coloured(ACCENT),
            Role::Error => coloured(RED).add_modifier(Modifier::BOLD),
            Role::Warning | Role::Current => coloured(AMBER).add_modifier(Modifier::BOLD),
            Role::Good => coloured(GREEN),
        }
    }

    /// Style of a category of layers.
    pub fn category(self, category: Category) -> Style {
        let paint = match category {
            // Splitting and joining compute nothing, as the input.
            Category::Input | Category::Split => GREY,
            Category::Convolution => ACCENT,
            Category::Norm => VIOLET,
            Category::Activation => AMBER,
            Category::Pool => TEAL,
            Category::Residual => RED,
            Category::Attention => GOLD,
            Category::Linear => GREEN,
        };
        Style::new().fg(self.colour(paint))
    }

    /// Colour of these levels of red, green and blue, from 0 to 1.
    pub fn mixed(self, levels: [f32; 3]) -> Color {
        let [red, green, blue] = levels.map(|level| {
            let level = if level.is_finite() { level } else { 0.0 };
            (level.clamp(0.0, 1.0) * 255.0).round() as u8
        });
        self.rgb((red, green, blue), Color::Reset)
    }

    /// Style of a series of a plot, by its number.
    pub fn series(self, number: usize) -> Style {
        let paints = [ACCENT, AMBER, GREEN, VIOLET, RED, TEAL];
        Style::new().fg(self.colour(paints[number % paints.len()]))
    }

    /// Grey level, from 0 for black to 1 for white.
    pub fn grey(self, level: f32) -> Color {
        let level = if level.is_finite() {
            level.clamp(0.0, 1.0)
        } else {
            0.0
        };
        let byte = (level * 255.0).round() as u8;
        match self.depth {
            Depth::True => Color::Rgb(byte, byte, byte),
            // In xterm, black, 24 greys and white form a scale.
            Depth::Indexed => match (level * 25.0).round() as u8 {
                0 => Color::Indexed(16),
                25 => Color::Indexed(231),
                step => Color::Indexed(231 + step),
            },
            Depth::Sixteen | Depth::Mono => Color::Reset,
        }
    }

    /// Grey level under a colour: red for a heat above 0, blue for one below, the stronger the further it is from it.
    pub fn tinted(self, level: f32, heat: f32) -> Color {
        if heat == 0.0 {
            return self.grey(level);
        }
        let [red, green, blue] = blend(level, heat);
        self.rgb((red, green, blue), Color::Reset)
    }

    /// Grey level of zero in a map with signs: that of the background.
    pub const fn ground(self) -> f32 {
        match self.scheme {
            Scheme::Light => 1.0,
            Scheme::Dark | Scheme::Contrast | Scheme::Mono => 0.0,
        }
    }

    fn colour(self, paint: Paint) -> Color {
        let ((red, green, blue), ansi) = match self.scheme {
            Scheme::Dark | Scheme::Mono => paint[0],
            Scheme::Light => paint[1],
            Scheme::Contrast => paint[2],
        };
        self.rgb((red, green, blue), ansi)
    }

    /// Colour as the terminal has it.
    fn rgb(self, (red, green, blue): (u8, u8, u8), ansi: Color) -> Color {
        match self.depth {
            Depth::True => Color::Rgb(red, green, blue),
            Depth::Indexed => {
                // The cube's levels are 0, 95, 135, 175, 215 and 255.
                let step = |value: u8| match value {
                    0..48 => 0,
                    48..115 => 1,
                    _ => (value - 35) / 40,
                };
                Color::Indexed(16 + 36 * step(red) + 6 * step(green) + step(blue))
            }
            Depth::Sixteen => ansi,
            Depth::Mono => Color::Reset,
        }
    }
}

/// Grey level under the colour of a heat, as red, green and blue.
pub(in crate::tui) fn blend(level: f32, heat: f32) -> [u8; 3] {
    let grey = level.clamp(0.0, 1.0) * 255.0;
    let part = heat.abs().clamp(0.0, 1.0) * 0.85;
    let hue = if heat >= 0.0 {
        [255.0, 48.0, 32.0]
    } else {
        [40.0, 96.0, 255.0]
    };
    hue.map(|own| (grey + (own - grey) * part).round() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(variables: &[(&str, &str)]) -> Depth {
        Depth::detect(|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_environment_says_how_many_colours_there_are() {
        let xterm = ("TERM", "xterm-256color");
        assert_eq!(detect(&[xterm, ("COLORTERM", "truecolor")]), Depth::True);
        assert_eq!(detect(&[xterm]), Depth::Indexed);
        assert_eq!(detect(&[("TERM", "linux")]), Depth::Sixteen);
        assert_eq!(detect(&[xterm, ("NO_COLOR", "1")]), Depth::Mono);
        assert_eq!(detect(&[xterm, ("NO_COLOR", "")]), Depth::Indexed);
        assert_eq!(detect(&[("TERM", "dumb")]), Depth::Mono);
        assert_eq!(detect(&[]), Depth::Sixteen);
    }

    #[test]
    fn without_colours_nothing_is_coloured() {
        let theme = Theme::new(Depth::Mono);
        for category in Category::ALL {
            assert_eq!(theme.category(category).fg, Some(Color::Reset));
        }
        assert_eq!(theme.style(Role::Selected).bg, None);
        assert_eq!(theme.grey(0.5), Color::Reset);
    }

    #[test]
    fn the_background_decides_between_dark_and_light() {
        let with =
            |value: &str| Scheme::detect(|name| (name == "COLORFGBG").then(|| value.to_owned()));
        assert_eq!(with("15;0"), Scheme::Dark);
        assert_eq!(with("0;15"), Scheme::Light);
        assert_eq!(with("0;default;7"), Scheme::Light);
        assert_eq!(with("rubbish"), Scheme::Dark);
        let mono = Theme::detect(|name| (name == "NO_COLOR").then(|| "1".to_owned()));
        assert_eq!(mono.scheme(), Scheme::Mono);
        let mut theme = Theme::new(Depth::True);
        for scheme in [Scheme::Light, Scheme::Contrast, Scheme::Mono, Scheme::Dark] {
            theme = theme.next();
            assert_eq!(theme.scheme(), scheme);
            assert_eq!(Scheme::parse(scheme.name()), Some(scheme));
        }
    }

    #[test]
    fn a_colour_becomes_the_nearest_of_the_cube() {
        let colour = |rgb| Theme::new(Depth::Indexed).colour([(rgb, Color::Reset); 3]);
        assert_eq!(colour((0, 0, 0)), Color::Indexed(16));
        assert_eq!(colour((38, 79, 120)), Color::Indexed(16 + 6 + 2));
        assert_eq!(colour((255, 255, 255)), Color::Indexed(231));
    }

    #[test]
    fn greys_reach_from_black_to_white() {
        let theme = Theme::new(Depth::Indexed);
        assert_eq!(theme.grey(0.0), Color::Indexed(16));
        assert_eq!(theme.grey(0.5), Color::Indexed(244));
        assert_eq!(theme.grey(1.0), Color::Indexed(231));
        assert_eq!(theme.grey(f32::NAN), Color::Indexed(16));
        assert_eq!(Theme::new(Depth::True).grey(2.0), Color::Rgb(255, 255, 255));
    }
}
