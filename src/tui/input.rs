//! Input from outside: keys, the mouse, a new size. The terminal library's own types stay in `terminal`.

/// Key that was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A character, as typed.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Ctrl-C, which a raw terminal delivers as a key.
    Interrupt,
    /// Ctrl-Z, likewise.
    Suspend,
}

impl Key {
    /// Keys with a name, which a terminal can send.
    pub const NAMED: [Self; 14] = [
        Self::Char(' '),
        Self::Enter,
        Self::Esc,
        Self::Tab,
        Self::BackTab,
        Self::Backspace,
        Self::Up,
        Self::Down,
        Self::Left,
        Self::Right,
        Self::Home,
        Self::End,
        Self::PageUp,
        Self::PageDown,
    ];

    /// Key with an English name: `Enter`, `Down`, `Space`; a character is not a name.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "Enter" => Self::Enter,
            "Esc" => Self::Esc,
            "Tab" => Self::Tab,
            "BackTab" => Self::BackTab,
            "Space" => Self::Char(' '),
            "Backspace" => Self::Backspace,
            "Up" => Self::Up,
            "Down" => Self::Down,
            "Left" => Self::Left,
            "Right" => Self::Right,
            "Home" => Self::Home,
            "End" => Self::End,
            "PgUp" => Self::PageUp,
            "PgDn" => Self::PageDown,
            _ => return None,
        })
    }

    /// Label on a keyboard: `Enter`, `↑`, `q`.
    pub fn name(self) -> String {
        match self {
            Self::Char(' ') => "Space".to_owned(),
            Self::Char(c) => c.to_string(),
            Self::Enter => "Enter".to_owned(),
            Self::Esc => "Esc".to_owned(),
            Self::Tab => "Tab".to_owned(),
            Self::BackTab => "Shift-Tab".to_owned(),
            Self::Backspace => "Backspace".to_owned(),
            Self::Up => "↑".to_owned(),
            Self::Down => "↓".to_owned(),
            Self::Left => "←".to_owned(),
            Self::Right => "→".to_owned(),
            Self::Home => "Home".to_owned(),
            Self::End => "End".to_owned(),
            Self::PageUp => "PgUp".to_owned(),
            Self::PageDown => "PgDn".to_owned(),
            Self::Interrupt => "Ctrl-C".to_owned(),
            Self::Suspend => "Ctrl-Z".to_owned(),
        }
    }
}

/// Direction in which the wheel turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wheel {
    /// Away from the user.
    Up,
    /// Towards the user.
    Down,
}

/// Input event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The left button was pressed at a column and row, from 0.
    Click(u16, u16),
    /// The wheel turned at a column and row, from 0.
    Wheel(u16, u16, Wheel),
    /// The terminal was resized to this width and height.
    Resize(u16, u16),
}
