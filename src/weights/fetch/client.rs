//! Requests over HTTP, each on a thread of its own, so that it can be given up at once.

use std::error::Error as _;
use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Proxy};

use super::address::Address;
use super::error::{Cause, FetchError};
use super::settings::Settings;
use crate::message;
use crate::text::{Message, system};

/// Bytes that are read at once.
const PIECE: usize = 128 << 10;

/// Pieces that wait to be written.
const QUEUE: usize = 4;

/// Interval in which a request that is not answered looks whether it is given up.
const BEAT: Duration = Duration::from_millis(100);

/// Longest chain of redirections.
const MOST_REDIRECTS: usize = 10;

/// A request.
#[derive(Debug, Clone)]
pub(super) struct Request {
    /// Address.
    pub(super) address: Address,
    /// Secret for the address's host alone.
    pub(super) token: Option<String>,
    /// Bytes to leave out at the beginning.
    pub(super) from: u64,
    /// Whether only the head of the answer is wanted, of this host and not of those that it redirects to.
    pub(super) is_head: bool,
}

/// Head of an answer.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// Status.
    pub(super) status: u16,
    /// Host that answered.
    pub(super) host: String,
    fields: Vec<(String, String)>,
}

impl Head {
    /// The value of a header, by its name in small letters.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.trim())
    }

    /// The value of a header that is a count.
    pub(super) fn count(&self, name: &str) -> Option<u64> {
        self.field(name)?.parse().ok()
    }

    /// Time that the server asks to wait.
    pub(super) fn wait(&self) -> Option<Duration> {
        self.count("retry-after").map(Duration::from_secs)
    }
}

/// Part of an answer.
#[derive(Debug)]
pub(super) enum Event {
    /// The head, which comes first.
    Head(Head),
    /// The next bytes.
    Bytes(Vec<u8>),
    /// The end, after which nothing comes.
    End,
}

/// Fault of a request.
#[derive(Debug)]
pub(super) enum Fault {
    /// No connection was made, or no answer came.
    Unanswered(Cause),
    /// The connection broke while bytes came.
    Cut(Message),
    /// Nothing that another try could change.
    Final(Cause),
}

/// Way to the servers.
#[derive(Clone)]
pub(super) struct Client {
    settings: Settings,
    direct: Agent,
}

/// An answer that is on its way.
pub(super) struct Answer(Receiver<Result<Event, Fault>>);

impl Client {
    /// A way to the servers by these settings.
    pub(super) fn new(settings: &Settings) -> Self {
        // The first one stays; that there is one already is no fault.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            direct: agent(settings, None),
            settings: settings.clone(),
        }
    }

    /// Sends a request.
    pub(super) fn send(&self, request: Request) -> Result<Answer, FetchError> {
        let (sender, receiver) = sync_channel(QUEUE);
        let client = self.clone();
        let thread = std::thread::Builder::new().name("download".to_owned());
        let spawned = thread.spawn(move || client.answer(&request, &sender));
        match spawned {
            Ok(_) => Ok(Answer(receiver)),
            Err(error) => Err(Cause::Unreachable {
                host: self.settings.hub.clone(),
                reason: Message::foreign(error.to_string()),
            }
            .into()),
        }
    }

    /// Hands on what comes, until it ends or nobody takes it.
    fn answer(&self, request: &Request, to: &SyncSender<Result<Event, Fault>>) {
        let (head, mut body) = match self.open(request) {
            Ok(opened) => opened,
            Err(fault) => {
                let _ = to.send(Err(fault));
                return;
            }
        };
        if to.send(Ok(Event::Head(head))).is_err() {
            return;
        }
        if request.is_head {
            return;
        }
        loop {
            let mut piece = vec![0; PIECE];
            match body.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => {
                    piece.truncate(length);
                    if to.send(Ok(Event::Bytes(piece))).is_err() {
                        return;
                    }
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let _ = to.send(Err(Fault::Cut(broken(ureq::Error::from(error)))));
                    return;
                }
            }
        }
        let _ = to.send(Ok(Event::End));
    }

    /// Follows redirections to the answer.
    fn open(&self, request: &Request) -> Result<(Head, Box<dyn Read>), Fault> {
        let mut address = request.address.clone();
        for _ in 0..=MOST_REDIRECTS {
            let host = address.host().to_owned();
            let agent = self.agent_for(&address)?;
            let own = if request.is_head {
                agent.head(address.text())
            } else {
                agent.get(address.text())
            };
            let mut own = own.header("Accept-Encoding", "identity");
            // A secret goes nowhere but to the host that it is for.
            let is_home = address.is_same_place(&request.address);
            if let Some(token) = request.token.as_ref().filter(|_| is_home) {
                own = own.header("Authorization", format!("Bearer {token}"));
            }
            if request.from > 0 {
                own = own.header("Range", format!("bytes={}-", request.from));
            }
            let reply = own
                .call()
                .map_err(|error| unanswered(error, &host, self.proxy(&address)))?;
            let fields = reply.headers().iter().filter_map(|(name, value)| {
                Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
            });
            let head = Head {
                status: reply.status().as_u16(),
                host: host.clone(),
                fields: fields.collect(),
            };
            let is_moved = matches!(head.status, 301 | 302 | 303 | 307 | 308);
            let Some(location) = head.field("location").filter(|_| is_moved) else {
                return Ok((head, Box::new(reply.into_body().into_reader())));
            };
            let next = address.join(location);
            let next = next.filter(|next| next.is_secure() || !address.is_secure());
            let Some(next) = next else {
                return Err(Fault::Final(Cause::Redirects(host)));
            };
            // A hub says what a file is before it leads elsewhere, or to its own store.
            let is_said = head.field("x-linked-etag").is_some();
            if request.is_head && (is_said || !next.is_same_place(&address)) {
                return Ok((head, Box::new(std::io::empty())));
            }
            address = next;
        }
        let host = request.address.host().to_owned();
        Err(Fault::Final(Cause::Redirects(host)))
    }

    fn proxy(&self, address: &Address) -> Option<&str> {
        let proxies = &self.settings.proxies;
        proxies.of(address.is_secure(), address.name())
    }

    fn agent_for(&self, address: &Address) -> Result<Agent, Fault> {
        let Some(proxy) = self.proxy(address) else {
            return Ok(self.direct.clone());
        };
        let scheme = proxy.split_once("://").map_or("http", |(scheme, _)| scheme);
        let own = Proxy::new(proxy)
            .ok()
            .filter(|_| ["http", "https"].contains(&&*scheme.to_lowercase()));
        match own {
            Some(own) => Ok(agent(&self.settings, Some(own))),
            None => Err(Fault::Final(Cause::Proxy {
                proxy: without_password(proxy),
                reason: message!("fetch-proxy-kind"),
            })),
        }
    }
}

impl Answer {
    /// The next part, as soon as it is there.
    pub(super) fn next(&self, cancel: &AtomicBool) -> Result<Event, Fault> {
        loop {
            if cancel.load(Ordering::SeqCst) {
                return Err(Fault::Final(Cause::Cancelled));
            }
            match self.0.recv_timeout(BEAT) {
                Ok(event) => return event,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Fault::Cut(message!("fetch-ended-early")));
                }
            }
        }
    }
}

fn agent(settings: &Settings, proxy: Option<Proxy>) -> Agent {
    let certificates = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
    let patience = settings.patience;
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("resnet-explore/", env!("CARGO_PKG_VERSION")))
        .proxy(proxy)
        .tls_config(certificates.build())
        .timeout_resolve(Some(patience.connect))
        .timeout_connect(Some(patience.connect))
        .timeout_recv_response(Some(patience.silence))
        .timeout_per_read(Some(patience.silence))
        .build()
        .into()
}

/// Fault of a request without an answer.
fn unanswered(error: ureq::Error, host: &str, proxy: Option<&str>) -> Fault {
    let host = host.to_owned();
    match error {
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) | ureq::Error::Pem(_) => {
            let reason = Message::foreign(error.to_string());
            Fault::Final(Cause::Insecure { host, reason })
        }
        // A fault of TLS may be wrapped in one of the system.
        ureq::Error::Io(error) if is_of_tls(&error) => {
            let reason = Message::foreign(error.to_string());
            Fault::Final(Cause::Insecure { host, reason })
        }
        error => {
            let reason = broken(error);
            Fault::Unanswered(match proxy {
                Some(proxy) => Cause::Proxy {
                    proxy: without_password(proxy),
                    reason,
                },
                None => Cause::Unreachable { host, reason },
            })
        }
    }
}

fn is_of_tls(error: &std::io::Error) -> bool {
    let own = error.get_ref();
    own.is_some_and(|own| own.downcast_ref::<rustls::Error>().is_some())
}

/// Reason why a connection broke or was not made.
fn broken(error: ureq::Error) -> Message {
    match error {
        ureq::Error::HostNotFound => message!("fetch-no-such-host"),
        ureq::Error::Timeout(_) => message!("fetch-silent"),
        ureq::Error::Io(error) => match error.kind() {
            std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::ConnectionReset => {
                message!("fetch-ended-early")
            }
            std::io::ErrorKind::ConnectionRefused => message!("fetch-refused"),
            std::io::ErrorKind::TimedOut => message!("fetch-silent"),
            _ => system::reason(&error),
        },
        error => {
            let cause = error.source().map(ToString::to_string);
            Message::foreign(cause.unwrap_or_else(|| error.to_string()))
        }
    }
}

fn without_password(address: &str) -> String {
    match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://{host}"),
        (None, Some((_, host))) => host.to_owned(),
        (_, None) => address.to_owned(),
    }
}
