//! Paths as text that loses nothing. A path need not be UTF-8 on Unix; the program carries the names of specs, weights and pictures
//! as text all the same. Each byte that is no UTF-8 becomes a character that nobody types, and the same byte again where the file is
//! opened; whoever reads a message sees `�`.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::PathBuf;

/// The character of byte 0; only bytes from 0x80 on are no UTF-8. These are the last of Unicode's private ones.
const FIRST: u32 = 0x0010_FF00;

/// The byte that a character stands for.
fn byte(character: char) -> Option<u8> {
    let byte = u8::try_from(u32::from(character).checked_sub(FIRST)?).ok()?;
    (byte >= 0x80).then_some(byte)
}

/// The characters of bytes.
fn characters(bytes: &[u8]) -> impl Iterator<Item = char> {
    let numbers = bytes.iter().map(|&byte| FIRST + u32::from(byte));
    numbers.filter_map(char::from_u32)
}

/// A path as text, from which [`path`] makes the same one again.
pub fn text(path: impl AsRef<OsStr>) -> String {
    let path = path.as_ref();
    // What another system calls a path may be text only in part; that is rare, and is lost there.
    if !cfg!(unix) {
        return path.to_string_lossy().into_owned();
    }
    let mut text = String::new();
    for chunk in path.as_encoded_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            // Even one of these characters in a path comes back as it was.
            if byte(character).is_some() {
                text.extend(characters(character.encode_utf8(&mut [0; 4]).as_bytes()));
            } else {
                text.push(character);
            }
        }
        text.extend(characters(chunk.invalid()));
    }
    text
}

/// The path that a text stands for.
pub fn path(text: &str) -> PathBuf {
    #[cfg(unix)]
    if text.chars().any(|character| byte(character).is_some()) {
        use std::os::unix::ffi::OsStringExt;
        let mut bytes = Vec::with_capacity(text.len());
        for character in text.chars() {
            match byte(character) {
                Some(byte) => bytes.push(byte),
                None => bytes.extend(character.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        return std::ffi::OsString::from_vec(bytes).into();
    }
    text.into()
}

/// A text with such names in it, for people and for other programs.
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.chars().all(|character| byte(character).is_none()) {
        return Cow::Borrowed(text);
    }
    let plain = |character| byte(character).map_or(character, |_| char::REPLACEMENT_CHARACTER);
    Cow::Owned(text.chars().map(plain).collect())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn every_path_comes_back_as_it_was() {
        let every: Vec<u8> = (1..=255).collect();
        let own = "a\u{10FF80}\u{10FFFF}é.toml";
        for bytes in [
            b"plain/net.toml".as_slice(),
            "ünï/网络.toml".as_bytes(),
            b"caf\xe9/net\xff.toml",
            own.as_bytes(),
            &every,
        ] {
            let original = OsStr::from_bytes(bytes);
            assert_eq!(path(&text(original)).as_os_str(), original);
        }
        assert_eq!(text("plain.toml"), "plain.toml");
        assert_eq!(
            shown(&text(OsStr::from_bytes(b"n\xe9t.toml"))),
            "n\u{FFFD}t.toml"
        );
    }
}
