//! Transfer of a file: by range where it broke off, until it is whole and its hash is right.

use std::io;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::client::{Client, Event, Fault, Head, Request};
use super::error::{Cause, FetchError};
use super::part::Part;
use super::progress::{Progress, Stage};
use super::retry::Retry;
use super::settings::Patience;
use super::source::{Source, refusal};
use crate::message;

/// Seconds over which the rate is averaged.
const SMOOTHING: f64 = 3.0;

/// Transfer of a file.
pub(super) struct Transfer<'a> {
    client: &'a Client,
    source: &'a Source,
    patience: Patience,
    cancel: &'a AtomicBool,
    progress: &'a mut dyn FnMut(&Progress),
    /// Path of the part.
    path: &'a Path,
    now: Progress,
    reported: Option<Instant>,
    /// Time of the last bytes, from which the rate is counted.
    ticked: Instant,
}

/// End of a request.
enum Ended {
    /// The file is complete by its length.
    Whole,
    /// It is not, and another try may help; the time is what the server asks for.
    Early(Cause, Option<std::time::Duration>),
}

impl<'a> Transfer<'a> {
    /// A transfer into a part.
    pub(super) fn new(
        client: &'a Client,
        source: &'a Source,
        path: &'a Path,
        patience: Patience,
        cancel: &'a AtomicBool,
        progress: &'a mut dyn FnMut(&Progress),
    ) -> Self {
        Self {
            client,
            source,
            patience,
            cancel,
            progress,
            path,
            now: Progress {
                total: source.size,
                ..Progress::of(Stage::Asking)
            },
            reported: None,
            ticked: Instant::now(),
        }
    }

    /// Downloads what is missing. The part that is returned has the publisher's hash.
    pub(super) fn run(mut self) -> Result<Part, FetchError> {
        let mut part = Part::open(self.path).map_err(|error| self.writing(&error))?;
        // A part of another file is noticed at the end: then everything is downloaded once more.
        loop {
            let ended = self.fill(&mut part);
            self.now.done = part.length();
            if let Err(error) = ended {
                return Err(FetchError {
                    kept: part.length(),
                    ..error
                });
            }
            self.report(Stage::Checking);
            let Some(found) = self.source.expected.other_than(&part.hash()) else {
                return Ok(part);
            };
            if part.is_resumed {
                part.restart().map_err(|error| self.writing(&error))?;
                continue;
            }
            part.remove().map_err(|error| self.writing(&error))?;
            return Err(Cause::OtherFile {
                host: self.source.address.host().to_owned(),
                expected: self.source.expected.digits().to_owned(),
                found,
            }
            .into());
        }
    }

    /// Sends requests until the part is as long as the file.
    fn fill(&mut self, part: &mut Part) -> Result<(), FetchError> {
        let mut retry = Retry::new(self.patience, self.cancel);
        let mut has_answered = false;
        self.now.done = part.length();
        loop {
            let is_whole = self.now.total.is_some_and(|total| part.length() == total);
            if is_whole && part.length() > 0 {
                return Ok(());
            }
            self.report(Stage::Asking);
            let before = part.length();
            let ended = self.request(part, &mut has_answered)?;
            if part.length() > before {
                retry.succeed();
            }
            match ended {
                Ended::Whole => return Ok(()),
                Ended::Early(cause, asked) => {
                    retry.pause(cause, asked, &mut |stage| self.report(stage))?;
                }
            }
        }
    }

    /// One request, for everything that is missing.
    fn request(&mut self, part: &mut Part, has_answered: &mut bool) -> Result<Ended, FetchError> {
        let answer = self.client.send(Request {
            address: self.source.address.clone(),
            token: self.source.token.clone(),
            from: part.length(),
            is_head: false,
        })?;
        let mut host = self.source.address.host().to_owned();
        loop {
            match answer.next(self.cancel) {
                Ok(Event::Head(head)) => {
                    *has_answered = true;
                    host.clone_from(&head.host);
                    if let Some(ended) = self.begin(&head, part)? {
                        return Ok(ended);
                    }
                }
                Ok(Event::Bytes(bytes)) => {
                    let length = part.length() + bytes.len() as u64;
                    if self.now.total.is_some_and(|total| length > total) {
                        part.restart().map_err(|error| self.writing(&error))?;
                        return Err(Cause::TooLong(host).into());
                    }
                    part.add(&bytes).map_err(|error| self.writing(&error))?;
                    self.tick(part.length());
                    self.report(Stage::Receiving);
                }
                // Without a length, the hash decides whether it is complete.
                Ok(Event::End) if self.now.total.is_none_or(|total| part.length() == total) => {
                    return Ok(Ended::Whole);
                }
                Ok(Event::End) => {
                    let reason = message!("fetch-ended-early");
                    return Ok(Ended::Early(Cause::Broken { host, reason }, None));
                }
                Err(Fault::Cut(reason)) => {
                    return Ok(Ended::Early(Cause::Broken { host, reason }, None));
                }
                // A server that was there a moment ago may come back; one that never was is not waited for.
                Err(Fault::Unanswered(cause)) if *has_answered => {
                    return Ok(Ended::Early(cause, None));
                }
                Err(Fault::Unanswered(cause) | Fault::Final(cause)) => return Err(cause.into()),
            }
        }
    }

    /// Makes the part ready for the bytes that follow a head; returns the end if none do.
    fn begin(&mut self, head: &Head, part: &mut Part) -> Result<Option<Ended>, FetchError> {
        let is_page = head
            .field("content-type")
            .is_some_and(|kind| kind.to_lowercase().starts_with("text/html"));
        match head.status {
            200 | 206 if is_page => Err(Cause::Page(head.host.clone()).into()),
            // The whole file, whatever was asked for.
            200 => {
                part.restart().map_err(|error| self.writing(&error))?;
                let length = head.count("content-length");
                self.now.total = self.source.size.or(length);
                self.now.done = 0;
                Ok(None)
            }
            206 => {
                let range = head.field("content-range").and_then(range);
                match range {
                    Some((first, total)) if first == part.length() => {
                        self.now.total = self.source.size.or(total);
                        Ok(None)
                    }
                    // Other bytes than were asked for: from the beginning, then.
                    _ => {
                        part.restart().map_err(|error| self.writing(&error))?;
                        let reason = message!("fetch-other-range");
                        let host = head.host.clone();
                        Ok(Some(Ended::Early(Cause::Broken { host, reason }, None)))
                    }
                }
            }
            // There are no more bytes: it is whole, or of another file.
            416 if part.length() > 0 => {
                let all = head.field("content-range").and_then(unsatisfied);
                if all == Some(part.length()) {
                    return Ok(Some(Ended::Whole));
                }
                part.restart().map_err(|error| self.writing(&error))?;
                let cause = refusal(head, &self.source.address);
                Ok(Some(Ended::Early(cause, None)))
            }
            408 | 429 | 500 | 502 | 503 | 504 => {
                let cause = refusal(head, &self.source.address);
                Ok(Some(Ended::Early(cause, head.wait())))
            }
            _ => Err(refusal(head, &self.source.address).into()),
        }
    }

    fn tick(&mut self, done: u64) {
        let now = Instant::now();
        let seconds = now.duration_since(self.ticked).as_secs_f64();
        let bytes = done.saturating_sub(self.now.done) as f64;
        self.now.done = done;
        // Pieces come in bursts; the rate follows their average.
        if seconds > 0.0 {
            let rate = bytes / seconds;
            let weight = 1.0 - (-seconds / SMOOTHING).exp();
            self.now.rate = Some(
                self.now
                    .rate
                    .map_or(rate, |old| old + (rate - old) * weight),
            );
        }
        self.ticked = now;
    }

    fn report(&mut self, stage: Stage) {
        let is_new = self.now.stage != stage;
        if stage == Stage::Receiving && is_new {
            self.ticked = Instant::now();
        }
        self.now.stage = stage;
        let beat = self.patience.beat;
        let is_due = self.reported.is_none_or(|last| last.elapsed() >= beat);
        if is_new || is_due {
            self.reported = Some(Instant::now());
            (self.progress)(&self.now);
        }
    }

    fn writing(&self, error: &io::Error) -> FetchError {
        Cause::writing(self.path, error).into()
    }
}

/// First byte and size of the whole file, from `bytes 100-199/200`.
fn range(text: &str) -> Option<(u64, Option<u64>)> {
    let (bytes, total) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (first, _) = bytes.split_once('-')?;
    Some((first.trim().parse().ok()?, total.trim().parse().ok()))
}

/// Size of the whole file, from `bytes */200`.
fn unsatisfied(text: &str) -> Option<u64> {
    text.strip_prefix("bytes */")?.trim().parse().ok()
}
