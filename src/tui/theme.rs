//! Colours by meaning, as many as the terminal has. Every meaning also stands in words, a sign or bold type.

use ratatui::style::{Color, Modifier, Style};

use crate::network::layer::Category;

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: bold, dim and reversed type remain.
    Mono,
    /// The sixteen of ANSI.
    Sixteen,
    /// xterm's cube of 256.
    Indexed,
    /// 24 bits.
    True,
}

impl Depth {
    /// What `NO_COLOR`, `COLORTERM` and `TERM` say, read through `variable`.
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

/// What a piece of the screen means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The name of the program or network, and headings.
    Title,
    /// Words that explain.
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
    /// Done, or right.
    Good,
    /// The layer where a pass stands.
    Current,
}

/// A colour in all three palettes: red, green and blue, and its nearest of the sixteen.
type Paint = ((u8, u8, u8), Color);

const ACCENT: Paint = ((86, 156, 214), Color::Cyan);
const GREY: Paint = ((134, 138, 145), Color::DarkGray);
const RED: Paint = ((224, 92, 92), Color::Red);
const AMBER: Paint = ((214, 158, 66), Color::Yellow);
const GREEN: Paint = ((104, 172, 96), Color::Green);

/// Hands out styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    depth: Depth,
}

impl Theme {
    /// Styles for a terminal with so many colours.
    pub const fn new(depth: Depth) -> Self {
        Self { depth }
    }

    /// Whether pictures can be painted in greys; if not, shading characters stand for them.
    pub fn has_greys(self) -> bool {
        self.depth >= Depth::Indexed
    }

    /// The style of a meaning.
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
            // Without a foreground of its own, a coloured sign would become a coloured hole in the line.
            Role::Selected if self.depth <= Depth::Sixteen => {
                plain.fg(Color::Reset).add_modifier(Modifier::REVERSED)
            }
            Role::Selected => plain
                .fg(self.colour(((255, 255, 255), Color::White)))
                .bg(self.colour(((38, 79, 120), Color::Blue)))
                .add_modifier(Modifier::BOLD),
            Role::Bar | Role::Note => coloured(ACCENT),
            Role::Error => coloured(RED).add_modifier(Modifier::BOLD),
            Role::Warning | Role::Current => coloured(AMBER).add_modifier(Modifier::BOLD),
            Role::Good => coloured(GREEN),
        }
    }

    /// The style of a kind of layer.
    pub fn category(self, category: Category) -> Style {
        let paint = match category {
            Category::Input => GREY,
            Category::Convolution => ACCENT,
            Category::Norm => ((164, 136, 208), Color::Magenta),
            Category::Activation => AMBER,
            Category::Pool => ((72, 172, 164), Color::Cyan),
            Category::Residual => RED,
            Category::Attention => ((196, 160, 84), Color::LightYellow),
            Category::Linear => GREEN,
        };
        Style::new().fg(self.colour(paint))
    }

    /// A grey, from 0 for black to 1 for white.
    pub fn grey(self, level: f32) -> Color {
        let level = if level.is_finite() {
            level.clamp(0.0, 1.0)
        } else {
            0.0
        };
        let byte = (level * 255.0).round() as u8;
        match self.depth {
            Depth::True => Color::Rgb(byte, byte, byte),
            // xterm has black, 24 greys and white in a row.
            Depth::Indexed => match (level * 25.0).round() as u8 {
                0 => Color::Indexed(16),
                25 => Color::Indexed(231),
                step => Color::Indexed(231 + step),
            },
            Depth::Sixteen | Depth::Mono => Color::Reset,
        }
    }

    fn colour(self, ((red, green, blue), ansi): Paint) -> Color {
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
    fn a_colour_becomes_the_nearest_of_the_cube() {
        let colour = |rgb| Theme::new(Depth::Indexed).colour((rgb, Color::Reset));
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
