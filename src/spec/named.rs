//! Lossless conversion between paths and text. A path need not be UTF-8 on Unix, but the program stores the names of specs,
//! weights and pictures as text. Each byte that is not UTF-8 becomes a character that nobody types, and the original byte
//! again when the file is opened; messages show it as `�`.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::PathBuf;

/// Character of byte 0; only bytes from 0x80 on can be invalid UTF-8. These are the last of Unicode's private characters.
const FIRST: u32 = 0x0010_FF00;

/// Byte that a character represents.
fn byte(character: char) -> Option<u8> {
    let byte = u8::try_from(u32::from(character).checked_sub(FIRST)?).ok()?;
    (byte >= 0x80).then_some(byte)
}

/// Characters that represent bytes.
fn characters(bytes: &[u8]) -> impl Iterator<Item = char> {
    let numbers = bytes.iter().map(|&byte| FIRST + u32::from(byte));
    numbers.filter_map(char::from_u32)
}

/// Text for a path, which [`path`] converts back to the same path.
pub fn text(path: impl AsRef<OsStr>) -> String {
    let path = path.as_ref();
    // A path on another system may be invalid as text in part; that is rare, and the part is lost there.
    if !cfg!(unix) {
        return path.to_string_lossy().into_owned();
    }
    let mut text = String::new();
    for chunk in path.as_encoded_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            // Even one of these characters in a path is restored as it was.
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

/// Path that a text represents.
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

/// Text with such names in it, for people and for other programs.
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
