//! What a terminal of Unix sends, and the signals that are about it.
//!
//! The terminal is read here and not by crossterm, which reads on for ever from one that is closed, and for ever into a paste
//! that does not end.

use std::ffi::c_int;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use rustix::stdio::stdin;
use signal_hook::consts as signals;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::decoder::{self, Decoder};
use super::{Event, give_back, is_taken};

/// The signals that end a program that does nothing about them. One that comes from a fault of the program's own, such as
/// SIGSEGV, cannot be answered soundly; SIGABRT can where somebody else sends it.
const ENDING: [c_int; 12] = [
    signals::SIGHUP,
    signals::SIGINT,
    signals::SIGQUIT,
    signals::SIGABRT,
    signals::SIGTERM,
    signals::SIGALRM,
    signals::SIGUSR1,
    signals::SIGUSR2,
    signals::SIGVTALRM,
    signals::SIGPROF,
    signals::SIGXCPU,
    signals::SIGXFSZ,
];

/// How long the loop has to see that a signal asks the program to end, before that is done without it.
const GRACE: Duration = Duration::from_secs(1);

/// What signals ask for.
#[derive(Debug, Default)]
struct Asked {
    /// The signal that ends the program; 0 for none.
    ending: AtomicI32,
    suspends: AtomicBool,
    resumes: AtomicBool,
    resizes: AtomicBool,
}

/// The terminal's input.
#[derive(Debug)]
pub(super) struct Source {
    decoder: Decoder,
    asked: Arc<Asked>,
    /// Has a byte when a signal has come.
    wake: UnixStream,
    buffer: Vec<u8>,
}

impl Source {
    /// Listens to signals from here on, and to the terminal when asked.
    pub(super) fn new() -> io::Result<Self> {
        let asked = Arc::new(Asked::default());
        let (wake, waker) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        waker.set_nonblocking(true)?;
        let others = [signals::SIGTSTP, signals::SIGCONT, signals::SIGWINCH];
        let signals = Signals::new(ENDING.iter().chain(&others))?;
        let told = Arc::clone(&asked);
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || listen(signals, &told, &waker))?;
        Ok(Self {
            decoder: Decoder::default(),
            asked,
            wake,
            buffer: vec![0; 1 << 14],
        })
    }

    /// The next event, waiting at most so long.
    pub(super) fn next(&mut self, timeout: Duration) -> io::Result<Option<Event>> {
        let until = Instant::now() + timeout;
        loop {
            if self.ending().is_some() {
                return Ok(None);
            }
            for (flag, event) in [
                (&self.asked.suspends, Event::Suspends),
                (&self.asked.resumes, Event::Resumes),
                (&self.asked.resizes, Event::Resizes),
            ] {
                if flag.swap(false, Ordering::SeqCst) {
                    return Ok(Some(event));
                }
            }
            let now = Instant::now();
            self.decoder.wait_until(now);
            if let Some(event) = self.decoder.next() {
                return Ok(Some(match event {
                    decoder::Event::Input(input) => Event::Input(input),
                    decoder::Event::Name(name) => Event::Name(name),
                }));
            }
            let deadline = self.decoder.deadline().unwrap_or(until).min(until);
            let has_come = self.wait(deadline.saturating_duration_since(now))?;
            if !has_come && Instant::now() >= until {
                return Ok(None);
            }
        }
    }

    /// Waits for bytes or a signal, and takes them; says whether there were some.
    fn wait(&mut self, timeout: Duration) -> io::Result<bool> {
        let terminal = stdin();
        let mut both = [
            PollFd::new(&terminal, PollFlags::IN),
            PollFd::new(&self.wake, PollFlags::IN),
        ];
        let timeout = Timespec::try_from(timeout).ok();
        match poll(&mut both, timeout.as_ref()) {
            Ok(0) => return Ok(false),
            Ok(_) => {}
            Err(Errno::INTR) => return Ok(true),
            Err(error) => return Err(error.into()),
        }
        let [terminal_has, wake_has] = both.map(|one| one.revents());
        if !wake_has.is_empty() {
            // There may be more than one byte; they say no more than one does.
            let _ = self.wake.read(&mut [0; 64]);
        }
        if !terminal_has.is_empty() {
            match rustix::io::read(terminal, &mut self.buffer[..]) {
                Ok(0) | Err(Errno::IO | Errno::NXIO | Errno::BADF) => self.hang_up(),
                Ok(count) => self.decoder.feed(&self.buffer[..count], Instant::now()),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(true)
    }

    /// The terminal is gone: the program ends as by the signal of that, which does not come where it is ignored or where this is
    /// not the terminal's own session.
    pub(super) fn hang_up(&self) {
        end(&self.asked, signals::SIGHUP);
    }

    /// The signal that asks the program to end.
    pub(super) fn ending(&self) -> Option<c_int> {
        let signal = self.asked.ending.load(Ordering::SeqCst);
        (signal != 0).then_some(signal)
    }
}

/// Whether the terminal is gone, as far as it tells.
pub(super) fn is_gone() -> bool {
    let terminal = stdin();
    let mut one = [PollFd::new(&terminal, PollFlags::IN)];
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    poll(&mut one, Some(&Timespec::default())).is_ok() && one[0].revents().intersects(gone)
}

/// Notes that a signal ends the program, unless another did.
fn end(asked: &Asked, signal: c_int) {
    let (first, next) = (Ordering::SeqCst, Ordering::SeqCst);
    let _ = asked.ending.compare_exchange(0, signal, first, next);
}

/// Takes signals as they come, on a thread of its own.
fn listen(mut signals: Signals, asked: &Asked, mut waker: &UnixStream) {
    for signal in signals.forever() {
        match signal {
            signals::SIGTSTP => asked.suspends.store(true, Ordering::SeqCst),
            signals::SIGCONT => asked.resumes.store(true, Ordering::SeqCst),
            signals::SIGWINCH => asked.resizes.store(true, Ordering::SeqCst),
            signal => end(asked, signal),
        }
        // When it is full, whoever waits will wake.
        let _ = waker.write(&[0]);
        if ENDING.contains(&signal) {
            thread::sleep(GRACE);
            if is_taken() {
                give_back();
                end_by(signal);
            }
        }
    }
}

/// Ends the program by a signal, so that whoever waits for it sees which.
pub(super) fn end_by(signal: c_int) {
    // It only returns where the signal is unknown, which none here is.
    let _ = emulate_default_handler(signal);
}

/// Stops until the program is told to go on. The terminal must have been given back.
pub(super) fn stop() -> io::Result<()> {
    emulate_default_handler(signals::SIGTSTP)
}

/// Asks everyone in this job to stop, this program among them, as the terminal does at Ctrl-Z where it is not raw; says whether
/// there is a shell that would let them go on.
pub(super) fn suspend_job() -> io::Result<bool> {
    // A job has a process group of its own; what leads its session has no shell over it.
    if getsid(None)? == getpgrp() {
        return Ok(false);
    }
    kill_current_process_group(Signal::TSTP)?;
    Ok(true)
}
