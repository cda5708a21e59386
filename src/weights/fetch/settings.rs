//! Settings of downloads, as the environment has them.

use std::time::Duration;

/// Environment variable with the base address of a mirror of `download.pytorch.org`, `github.com` and the other hosts of single
/// files: `https://HOST/PATH` is then read from `MIRROR/HOST/PATH`.
pub const MIRROR: &str = "RESNET_EXPLORE_MIRROR";

/// Settings of downloads.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// Base address of the Hugging Face hub, without a slash at its end.
    pub hub: String,
    /// Base address that replaces `https://` of every single file, without a slash at its end.
    pub mirror: Option<String>,
    /// Token for the hub, which no other host is sent.
    pub token: Option<String>,
    /// Name of the variable that forbids downloads, if one does.
    pub offline: Option<&'static str>,
    /// Proxies.
    pub proxies: Proxies,
    /// Bounds of waiting.
    pub patience: Patience,
}

/// Addresses of proxies.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    /// For addresses with `https`.
    pub https: Option<String>,
    /// For addresses with `http`.
    pub http: Option<String>,
    /// Hosts that are reached without one, each with those below it; `*` is every host.
    pub except: Vec<String>,
}

/// Bounds of waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Longest wait for a connection.
    pub connect: Duration,
    /// Longest silence of a server.
    pub silence: Duration,
    /// First pause after a fault, which doubles from one to the next.
    pub pause: Duration,
    /// Longest wait that a server may ask for.
    pub asked: Duration,
    /// Number of faults in a row, without a byte between them, after which a download ends.
    pub faults: u32,
    /// Shortest time between two reports of progress.
    pub beat: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            silence: Duration::from_secs(30),
            pause: Duration::from_secs(1),
            asked: Duration::from_secs(60),
            faults: 5,
            beat: Duration::from_millis(50),
        }
    }
}

impl Settings {
    /// The settings of this process's environment.
    pub fn of_system() -> Self {
        Self::of(|name| std::env::var(name).ok())
    }

    /// The settings by variables, with the names that Python's libraries and curl know.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name: &str| {
            let value = variable(name)?;
            Some(value.trim().to_owned()).filter(|value| !value.is_empty())
        };
        let base = |name: &str| Some(value(name)?.trim_end_matches('/').to_owned());
        let either = |name: &str| value(&name.to_lowercase()).or_else(|| value(name));
        let is_true = |name: &&'static str| {
            let value = value(name).map(|value| value.to_uppercase());
            value.is_some_and(|value| ["1", "ON", "YES", "TRUE"].contains(&&*value))
        };
        let all = either("ALL_PROXY");
        let except = either("NO_PROXY").unwrap_or_default();
        let except = except.split(',').map(|host| {
            let host = host.trim().trim_start_matches("*.");
            host.trim_start_matches('.').to_lowercase()
        });
        Self {
            hub: base("HF_ENDPOINT").unwrap_or_else(|| "https://huggingface.co".to_owned()),
            mirror: base(MIRROR),
            token: value("HF_TOKEN"),
            offline: ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"]
                .into_iter()
                .find(is_true),
            proxies: Proxies {
                https: either("HTTPS_PROXY").or_else(|| all.clone()),
                http: either("HTTP_PROXY").or(all),
                except: except.filter(|host| !host.is_empty()).collect(),
            },
            patience: Patience::default(),
        }
    }

    /// The address that a single file is read from.
    pub(super) fn mirrored(&self, url: &str) -> String {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        match &self.mirror {
            Some(mirror) => format!("{mirror}/{rest}"),
            None => url.to_owned(),
        }
    }
}

impl Proxies {
    /// The proxy for a host; `None` where it is reached without one.
    #[cfg(feature = "fetch")]
    pub(super) fn of(&self, is_secure: bool, host: &str) -> Option<&str> {
        let host = host.to_lowercase();
        let is_excepted = self.except.iter().any(|one| {
            let below = host.strip_suffix(one.as_str());
            one == "*" || below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
        });
        let own = if is_secure { &self.https } else { &self.http };
        own.as_deref().filter(|_| !is_excepted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(set: &[(&str, &str)]) -> Settings {
        Settings::of(|name| {
            let found = set.iter().find(|(own, _)| *own == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn bases_are_replaced_by_variables() {
        let plain = of(&[("HF_HUB_OFFLINE", "0"), ("HF_TOKEN", " ")]);
        assert_eq!(plain.hub, "https://huggingface.co");
        assert_eq!(plain.mirrored("https://a.org/b.pth"), "https://a.org/b.pth");
        assert_eq!((plain.offline, &plain.token), (None, &None));
        let own = of(&[
            ("HF_ENDPOINT", "https://hub.example/"),
            (MIRROR, "http://127.0.0.1:9/files/"),
            ("HF_HUB_OFFLINE", "yes"),
        ]);
        assert_eq!(own.hub, "https://hub.example");
        assert_eq!(own.offline, Some("HF_HUB_OFFLINE"));
        assert_eq!(
            own.mirrored("https://a.org/b.pth"),
            "http://127.0.0.1:9/files/a.org/b.pth"
        );
    }

    #[cfg(feature = "fetch")]
    #[test]
    fn proxies_are_chosen_by_scheme_and_host() {
        let own = of(&[
            ("HTTPS_PROXY", "http://proxy:1"),
            ("no_proxy", "localhost, .inside.example"),
        ]);
        let proxies = &own.proxies;
        assert_eq!(proxies.of(true, "huggingface.co"), Some("http://proxy:1"));
        assert_eq!(proxies.of(false, "huggingface.co"), None);
        assert_eq!(proxies.of(true, "localhost"), None);
        assert_eq!(proxies.of(true, "hub.inside.example"), None);
        assert_eq!(
            proxies.of(true, "notinside.example"),
            Some("http://proxy:1")
        );
        let all = of(&[("ALL_PROXY", "http://all:1"), ("NO_PROXY", "*")]);
        assert_eq!(all.proxies.http.as_deref(), Some("http://all:1"));
        assert_eq!(all.proxies.of(false, "a.org"), None);
    }
}
