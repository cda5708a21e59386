//! Sources of files: what a server says of one before it is downloaded.

use super::address::Address;
use super::client::{Client, Event, Fault, Head, Request};
use super::error::{Cause, FetchError};
use super::settings::Settings;
use crate::weights::cache::{FILES, Repository, Slot};
use crate::weights::disk::Places;
use crate::weights::hash::Expected;
use crate::weights::published::PublishedWeights;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// A file that can be downloaded.
pub(super) struct Source {
    /// Address of it.
    pub(super) address: Address,
    /// Secret for the address's host.
    pub(super) token: Option<String>,
    /// Publisher's hash.
    pub(super) expected: Expected,
    /// Size, where the server has said it.
    pub(super) size: Option<u64>,
    /// Paths of it on this disk.
    pub(super) slot: Slot,
    /// Revision of the repository that it is a file of.
    pub(super) revision: Option<Revision>,
}

/// Revision of a repository, with the name of a file in it.
pub(super) struct Revision {
    /// Cache.
    pub(super) cache: PathBuf,
    /// Repository.
    pub(super) repository: Repository,
    /// Commit.
    pub(super) commit: String,
    /// Name of the file.
    pub(super) file: &'static str,
}

/// The source of published weights: the hub where they have a repository, else a single file.
pub(super) fn find(
    weights: &PublishedWeights,
    places: &Places,
    settings: &Settings,
    client: &Client,
    cancel: &AtomicBool,
) -> Result<Source, FetchError> {
    let address = |text: &str| {
        let parsed = Address::parse(text);
        parsed.ok_or_else(|| FetchError::from(Cause::Address(text.to_owned())))
    };
    let Some(name) = weights.hub else {
        let url = weights.url.unwrap_or_default();
        let place = places.torch.as_ref().ok_or(Cause::NoPlace)?;
        let file = weights.files().next().unwrap_or_default();
        let slot = Slot::in_torch(place, file);
        // `architectures/weights.py` takes no such file without a hash in its name, and a test holds it.
        let expected = Expected::of_name(&slot.file);
        return Ok(Source {
            address: address(&settings.mirrored(url))?,
            token: None,
            expected: expected.ok_or_else(|| Cause::Address(url.to_owned()))?,
            size: None,
            slot,
            revision: None,
        });
    };
    let cache = places.hub.as_ref().ok_or(Cause::NoPlace)?;
    let repository = Repository::of(cache, name);
    let mut missing = None;
    for file in FILES {
        let address = address(&format!("{}/{name}/resolve/main/{file}", settings.hub))?;
        let request = Request {
            address: address.clone(),
            token: settings.token.clone(),
            from: 0,
            is_head: true,
        };
        let head = head(client, request, cancel)?;
        match head.status {
            200..=399 => {
                let lacks = |header| Cause::NoHub {
                    host: head.host.clone(),
                    header,
                };
                let etag = head.field("x-linked-etag").or_else(|| head.field("etag"));
                let etag = etag.map(|etag| etag.trim_start_matches("W/").trim_matches('"'));
                let expected = etag.and_then(Expected::whole);
                let expected = expected.ok_or_else(|| lacks("X-Linked-Etag"))?;
                let commit = head.field("x-repo-commit").filter(|text| is_commit(text));
                let commit = commit.ok_or_else(|| lacks("X-Repo-Commit"))?.to_owned();
                let length = || head.count("content-length").filter(|_| head.status < 300);
                return Ok(Source {
                    address,
                    token: settings.token.clone(),
                    size: head.count("x-linked-size").or_else(length),
                    slot: repository.slot(expected.digits()),
                    expected,
                    revision: Some(Revision {
                        cache: cache.clone(),
                        repository,
                        commit,
                        file,
                    }),
                });
            }
            404 => missing = missing.or(Some(address)),
            _ => return Err(refusal(&head, &address).into()),
        }
    }
    let address = missing.map_or_else(String::new, |address| address.shown());
    Err(Cause::Missing { address }.into())
}

/// Whether a text is git's name of a commit, and no path to elsewhere.
fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Cause of an answer that has no file.
pub(super) fn refusal(head: &Head, address: &Address) -> Cause {
    let host = head.host.clone();
    match head.status {
        401 | 403 => Cause::Denied {
            host,
            status: head.status,
        },
        404 | 410 => Cause::Missing {
            address: address.shown(),
        },
        429 => Cause::Busy {
            host,
            wait: head.wait(),
        },
        status => Cause::Status { host, status },
    }
}

fn head(client: &Client, request: Request, cancel: &AtomicBool) -> Result<Head, FetchError> {
    let host = request.address.host().to_owned();
    match client.send(request)?.next(cancel) {
        Ok(Event::Head(head)) => Ok(head),
        Ok(Event::Bytes(_) | Event::End) => {
            let reason = crate::message!("fetch-ended-early");
            Err(Cause::Unreachable { host, reason }.into())
        }
        Err(Fault::Cut(reason)) => Err(Cause::Unreachable { host, reason }.into()),
        Err(Fault::Unanswered(cause) | Fault::Final(cause)) => Err(cause.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::published;
    use std::path::Path;

    #[test]
    fn every_single_file_states_its_hash_in_its_name() {
        let files = published::all().iter().filter(|row| row.hub.is_none());
        for row in files {
            let name = row.files().next().expect("a file");
            assert!(Expected::of_name(Path::new(name)).is_some(), "{name}");
        }
    }

    #[test]
    fn a_commit_is_no_path() {
        assert!(is_commit("0123456789abcdef0123456789abcdef01234567"));
        assert!(!is_commit("../../../../../../../../../../../../etc/"));
        assert!(!is_commit("main"));
    }
}
