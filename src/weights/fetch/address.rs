//! Addresses of files, and where a redirection leads from them.

/// An address with `http` or `https`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    is_secure: bool,
    /// Host and port, and perhaps a name and password before them.
    authority: String,
    /// Path and query.
    path: String,
}

impl Address {
    /// An absolute address.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let is_secure = match &*scheme.to_lowercase() {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let rest = rest.split('#').next().unwrap_or_default();
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let is_plain = |letter: char| letter.is_ascii_graphic();
        if authority.is_empty() || !rest.chars().all(is_plain) {
            return None;
        }
        let slash = if path.starts_with('/') { "" } else { "/" };
        Some(Self {
            is_secure,
            authority: authority.to_owned(),
            path: format!("{slash}{path}"),
        })
    }

    /// The address that a redirection names from here.
    pub(super) fn join(&self, location: &str) -> Option<Self> {
        let scheme = if self.is_secure { "https" } else { "http" };
        let authority = &self.authority;
        if location.contains("://") && !location.starts_with(['/', '?']) {
            return Self::parse(location);
        }
        if location.starts_with("//") {
            return Self::parse(&format!("{scheme}:{location}"));
        }
        if location.starts_with('/') {
            return Self::parse(&format!("{scheme}://{authority}{location}"));
        }
        let path = self.path.split('?').next().unwrap_or_default();
        let folder = &path[..=path.rfind('/')?];
        Self::parse(&format!("{scheme}://{authority}{folder}{location}"))
    }

    /// Host and port, without a name and password.
    pub(super) fn host(&self) -> &str {
        let at = self.authority.rfind('@').map_or(0, |at| at + 1);
        &self.authority[at..]
    }

    /// Host alone.
    pub(super) fn name(&self) -> &str {
        let host = self.host();
        let port = host.rsplit_once(':');
        let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
        port.map_or(host, |(name, port)| if is_port(port) { name } else { host })
    }

    /// Whether a secret for one address may be sent to the other.
    pub(super) fn is_same_place(&self, other: &Self) -> bool {
        let key = |one: &Self| {
            let default = if one.is_secure { ":443" } else { ":80" };
            let host = one.host().to_lowercase();
            host.strip_suffix(default).unwrap_or(&host).to_owned()
        };
        self.is_secure == other.is_secure && key(self) == key(other)
    }

    /// Whether the connection is encrypted.
    pub(super) const fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// The address as a text.
    pub(super) fn text(&self) -> String {
        let scheme = if self.is_secure { "https" } else { "http" };
        format!("{scheme}://{}{}", self.authority, self.path)
    }

    /// The address for display, without a password and without a query, which may hold a signature.
    pub(super) fn shown(&self) -> String {
        let scheme = if self.is_secure { "https" } else { "http" };
        let path = self.path.split('?').next().unwrap_or_default();
        format!("{scheme}://{}{path}", self.host())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).expect("an address")
    }

    #[test]
    fn redirections_lead_as_in_a_browser() {
        let from = address("https://hub.org:443/a/resolve/main/model.bin?x=1");
        let to = |location: &str| from.join(location).map(|to| to.text());
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(to("http://b.net/c?d"), is("http://b.net/c?d"));
        assert_eq!(to("//b.net"), is("https://b.net/"));
        assert_eq!(
            to("/b/c?u=http://x"),
            is("https://hub.org:443/b/c?u=http://x")
        );
        assert_eq!(
            to("other.bin"),
            is("https://hub.org:443/a/resolve/main/other.bin")
        );
        assert_eq!(to("ftp://b.net/c"), None);
        assert_eq!(to("/a b"), None);
        assert_eq!(Address::parse("huggingface.co"), None);
    }

    #[test]
    fn a_secret_stays_at_its_place() {
        let home = address("https://hub.org/a");
        for own in ["https://HUB.org/b", "https://hub.org:443/"] {
            assert!(home.is_same_place(&address(own)), "{own}");
        }
        for other in [
            "http://hub.org/a",
            "https://cdn.hub.org/a",
            "https://hub.org:8443/a",
            "https://hub.org@evil.net/a",
            "https://hub.org.evil.net/a",
        ] {
            assert!(!home.is_same_place(&address(other)), "{other}");
        }
        let full = address("https://me:secret@[::1]:80/a?signature=1");
        assert_eq!(full.shown(), "https://[::1]:80/a");
        assert_eq!((full.host(), full.name()), ("[::1]:80", "[::1]"));
    }
}
