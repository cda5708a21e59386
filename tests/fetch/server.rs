//! A server on the loopback that speaks as the Hugging Face hub and as a server of single files, and fails in a chosen way.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sha2::{Digest, Sha256};

/// Commit of the repository.
pub(crate) const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// One answer to a request for the file's bytes.
#[derive(Debug, Clone)]
pub(crate) enum Plan {
    /// Request as received.
    Right,
    /// So many bytes of it, and the end of the connection.
    Cut(usize),
    /// So many bytes of it, and nothing more for a while.
    Stall(usize),
    /// It, a kilobyte after the other.
    Slow(Duration),
    /// The whole file, whatever was asked for.
    Whole,
    /// The whole file in chunks, without its length.
    Chunked,
    /// A range that was not asked for.
    OtherRange,
    /// More bytes than the file has, without their number.
    TooLong,
    /// As many bytes as the file has, but others.
    Other,
    /// A web page.
    Page,
    /// No answer.
    Silent,
    /// A status, with headers.
    Status(u16, &'static [(&'static str, &'static str)]),
}

/// A request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// `GET`, `HEAD` or `CONNECT`.
    pub(crate) method: String,
    /// Path, or host for `CONNECT`.
    pub(crate) path: String,
    /// First byte of the range that is asked for.
    pub(crate) from: Option<usize>,
    /// The header of that name.
    pub(crate) authorization: Option<String>,
}

/// Answers of a server about the file, and its failures.
#[derive(Default)]
struct State {
    file: Vec<u8>,
    /// Answers to the next requests for bytes; after the last one, what is asked for.
    plans: Mutex<VecDeque<Plan>>,
    /// Answers to the next requests for the head.
    heads: Mutex<VecDeque<Plan>>,
    asked: Mutex<Vec<Asked>>,
    /// Base address of the host that the hub redirects to.
    elsewhere: Mutex<String>,
    /// Headers that replace those of the hub.
    replaced: Mutex<Vec<(&'static str, String)>>,
}

/// A server on a port of its own.
#[derive(Clone)]
pub(crate) struct Server {
    /// Base address.
    pub(crate) base: String,
    state: Arc<State>,
}

impl Server {
    /// A server that has this file.
    pub(crate) fn of(file: &[u8]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(State {
            file: file.to_vec(),
            ..State::default()
        });
        let server = Self {
            base: format!("http://{address}"),
            state: Arc::clone(&state),
        };
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&state);
                // A reader that is gone is what many tests want.
                std::thread::spawn(move || answer(&stream, &state));
            }
        });
        server
    }

    /// A hub, and the other host that it redirects to.
    pub(crate) fn hub(file: &[u8]) -> (Self, Self) {
        let (hub, store) = (Self::of(file), Self::of(file));
        let elsewhere = hub.state.elsewhere.lock();
        elsewhere.expect("no panic").clone_from(&store.base);
        (hub, store)
    }

    /// A hub that has the bytes itself, as mirrors do.
    pub(crate) fn mirror(file: &[u8]) -> Self {
        let hub = Self::of(file);
        let elsewhere = hub.state.elsewhere.lock();
        elsewhere.expect("no panic").clone_from(&hub.base);
        hub
    }

    /// Plans the answers to the next requests for bytes.
    pub(crate) fn plan(&self, plans: impl IntoIterator<Item = Plan>) {
        self.state.plans.lock().expect("no panic").extend(plans);
    }

    /// Plans the answers to the next requests for a head.
    pub(crate) fn plan_heads(&self, plans: impl IntoIterator<Item = Plan>) {
        self.state.heads.lock().expect("no panic").extend(plans);
    }

    /// Replaces a header of the hub.
    pub(crate) fn replace(&self, header: &'static str, value: &str) {
        let mut replaced = self.state.replaced.lock().expect("no panic");
        replaced.push((header, value.to_owned()));
    }

    /// Drops the plans that were not needed.
    pub(crate) fn forget(&self) {
        self.state.plans.lock().expect("no panic").clear();
    }

    /// All requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().expect("no panic").clone()
    }
}

/// SHA-256 in small hexadecimal digits.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let mut words = first.split(' ').map(str::to_owned);
    let mut asked = Asked {
        method: words.next()?,
        path: words.next()?,
        ..Asked::default()
    };
    for line in lines {
        let line = line.ok()?;
        if line.is_empty() {
            return Some(asked);
        }
        let (name, value) = line.split_once(':')?;
        let value = value.trim();
        match &*name.to_lowercase() {
            "range" => {
                let from = value.strip_prefix("bytes=")?.strip_suffix('-')?;
                asked.from = from.parse().ok();
            }
            "authorization" => asked.authorization = Some(value.to_owned()),
            _ => {}
        }
    }
    None
}

fn answer(mut stream: &TcpStream, state: &State) -> Option<()> {
    let asked = read(stream)?;
    state.asked.lock().ok()?.push(asked.clone());
    if asked.method == "CONNECT" {
        return tunnel(stream, &asked.path);
    }
    let is_head = asked.method == "HEAD";
    let elsewhere = state.elsewhere.lock().ok()?.clone();
    let is_hub = asked.path.contains("/resolve/main/") && !elsewhere.is_empty();
    if is_hub || is_head {
        let plan = state.heads.lock().ok()?.pop_front();
        let mut head =
            String::from("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nConnection: close\r\n");
        match plan {
            Some(Plan::Status(status, headers)) => {
                head = head.replace("302 Found", &format!("{status} Planned"));
                for (name, value) in headers {
                    head += &format!("{name}: {value}\r\n");
                }
            }
            Some(Plan::Silent) => {
                std::thread::sleep(Duration::from_secs(3));
                return None;
            }
            _ => {
                let own = [
                    ("X-Linked-Etag", format!("\"{}\"", hash(&state.file))),
                    ("X-Linked-Size", state.file.len().to_string()),
                    ("X-Repo-Commit", COMMIT.to_owned()),
                    ("Location", format!("{elsewhere}/store?signature=secret")),
                ];
                let replaced = state.replaced.lock().ok()?;
                for (name, value) in own {
                    let other = replaced.iter().find(|(own, _)| *own == name);
                    let value = other.map_or(&value, |(_, value)| value);
                    head += &format!("{name}: {value}\r\n");
                }
            }
        }
        stream.write_all((head + "\r\n").as_bytes()).ok()?;
        return stream.shutdown(Shutdown::Both).ok();
    }
    let plan = state.plans.lock().ok()?.pop_front();
    bytes(
        stream,
        state,
        asked.from.unwrap_or(0),
        &plan.unwrap_or(Plan::Right),
    )
}

/// Sends the file's bytes, as planned.
fn bytes(mut stream: &TcpStream, state: &State, from: usize, plan: &Plan) -> Option<()> {
    let file = &state.file;
    let all = file.len();
    let status =
        |line: &str, fields: &str| format!("HTTP/1.1 {line}\r\nConnection: close\r\n{fields}\r\n");
    let ranged = |from: usize| {
        if from == 0 {
            return status(
                "200 OK",
                &format!("Content-Length: {all}\r\nAccept-Ranges: bytes\r\n"),
            );
        }
        let last = all - 1;
        let length = all - from;
        let range = format!("Content-Range: bytes {from}-{last}/{all}\r\n");
        status(
            "206 Partial Content",
            &format!("{range}Content-Length: {length}\r\n"),
        )
    };
    let head = match plan {
        Plan::Status(code, headers) => {
            let fields = headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}\r\n"));
            let fields: String = fields.collect();
            status(
                &format!("{code} Planned"),
                &format!("Content-Length: 0\r\n{fields}"),
            )
        }
        Plan::Silent => {
            std::thread::sleep(Duration::from_secs(3));
            return None;
        }
        Plan::Page => {
            status(
                "200 OK",
                "Content-Type: text/html\r\nContent-Length: 14\r\n",
            ) + "<html>Log in!\n"
        }
        Plan::Whole | Plan::Other => status("200 OK", &format!("Content-Length: {all}\r\n")),
        Plan::TooLong => status("200 OK", ""),
        Plan::Chunked => status("200 OK", "Transfer-Encoding: chunked\r\n"),
        Plan::OtherRange => ranged(from / 2),
        _ if from >= all => status(
            "416 Range Not Satisfiable",
            &format!("Content-Range: bytes */{all}\r\nContent-Length: 0\r\n"),
        ),
        _ => ranged(from),
    };
    let has_body = head.contains(" 200 OK") || head.contains(" 206 ");
    stream.write_all(head.as_bytes()).ok()?;
    if has_body && !matches!(plan, Plan::Page) {
        let body = &file[from.min(all)..];
        match plan {
            Plan::Cut(length) => stream.write_all(&body[..(*length).min(body.len())]).ok()?,
            Plan::Stall(length) => {
                stream.write_all(&body[..(*length).min(body.len())]).ok()?;
                std::thread::sleep(Duration::from_secs(3));
            }
            Plan::Slow(pause) => {
                for piece in body.chunks(1 << 10) {
                    stream.write_all(piece).ok()?;
                    std::thread::sleep(*pause);
                }
            }
            Plan::Whole => stream.write_all(file).ok()?,
            Plan::TooLong => {
                stream.write_all(file).ok()?;
                stream.write_all(b"more").ok()?;
            }
            Plan::Other => stream.write_all(&vec![7; all]).ok()?,
            Plan::Chunked => {
                for piece in file.chunks(1000) {
                    stream
                        .write_all(format!("{:x}\r\n", piece.len()).as_bytes())
                        .ok()?;
                    stream.write_all(piece).ok()?;
                    stream.write_all(b"\r\n").ok()?;
                }
                stream.write_all(b"0\r\n\r\n").ok()?;
            }
            Plan::OtherRange => stream.write_all(&file[from / 2..]).ok()?,
            _ => stream.write_all(body).ok()?,
        }
    }
    stream.shutdown(Shutdown::Both).ok()
}

/// Passes on what both sides send, as a proxy.
fn tunnel(mut client: &TcpStream, host: &str) -> Option<()> {
    let mut server = TcpStream::connect(host).ok()?;
    client.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").ok()?;
    let (mut to, mut from) = (server.try_clone().ok()?, client.try_clone().ok()?);
    std::thread::spawn(move || std::io::copy(&mut from, &mut to));
    let mut bytes = Vec::new();
    server.read_to_end(&mut bytes).ok()?;
    client.write_all(&bytes).ok()?;
    client.shutdown(Shutdown::Both).ok()
}
