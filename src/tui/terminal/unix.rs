//! Input and output of a terminal on Unix, and the signals that concern it.
//!
//! The terminal is read here rather than by crossterm, which never stops reading a closed one, or a paste without an end. It
//! is written here because a plain write to a terminal that nobody reads never returns.

use std::ffi::c_int;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use rustix::stdio::{stdin, stdout};
use rustix::termios::{QueueSelector, isatty, tcflush, ttyname};
use signal_hook::consts as signals;
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use crate::tui::terminal::decoder;
use crate::tui::terminal::decoder::Decoder;
use crate::tui::terminal::{Event, IS_CUT, give_back, is_taken};

/// Signals that by default end a program. Those that come from a fault of the program itself, such as SIGSEGV, cannot be
/// handled soundly; SIGABRT can if another process sends it.
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

/// Time for the loop to notice a signal that asks the program to end, before the program ends without it.
const GRACE: Duration = Duration::from_secs(1);
/// Time for a reader of the terminal to come back once the program is to end; afterwards what waits for it is thrown away.
const LAST_CHANCE: Duration = Duration::from_millis(200);
/// Longest time until a write that waits for a reader notices that the program is to end.
const PAUSE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 50_000_000,
};

/// Whether a signal or a closed terminal asks the program to end, for writes that wait.
static IS_ENDING: AtomicBool = AtomicBool::new(false);

/// Requests of signals.
#[derive(Debug, Default)]
struct Asked {
    /// Signal that ends the program; 0 for none.
    ending: AtomicI32,
    suspends: AtomicBool,
    resumes: AtomicBool,
    resizes: AtomicBool,
}

/// Input of the terminal.
#[derive(Debug)]
pub(super) struct Source {
    decoder: Decoder,
    asked: Arc<Asked>,
    /// Receives a byte when a signal has arrived.
    wake: UnixStream,
    buffer: Vec<u8>,
}

impl Source {
    /// Starts to listen to signals, and to the terminal when asked.
    pub(super) fn new() -> io::Result<Self> {
        let asked = Arc::new(Asked::default());
        let (wake, waker) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        waker.set_nonblocking(true)?;
        let others = [signals::SIGTSTP, signals::SIGCONT, signals::SIGWINCH];
        let signals = Signals::new(ENDING.iter().chain(&others))?;
        let shared = Arc::clone(&asked);
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || listen(signals, &shared, &waker))?;
        Ok(Self {
            decoder: Decoder::default(),
            asked,
            wake,
            buffer: vec![0; 1 << 14],
        })
    }

    /// Next event, waiting at most `timeout`.
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

    /// Waits for bytes or a signal, and reads them; returns whether there were any.
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
            // There may be more than one byte; they mean the same as one.
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

    /// Ends the program because the terminal is gone, as its hangup signal would, which does not arrive if it is ignored or
    /// if the terminal belongs to another session.
    pub(super) fn hang_up(&self) {
        end(&self.asked, signals::SIGHUP);
    }

    /// Signal that asks the program to end.
    pub(super) fn ending(&self) -> Option<c_int> {
        let signal = self.asked.ending.load(Ordering::SeqCst);
        (signal != 0).then_some(signal)
    }
}

/// Whether the terminal is gone, as far as it reports it.
pub(super) fn is_gone() -> bool {
    let terminal = stdin();
    let mut one = [PollFd::new(&terminal, PollFlags::IN)];
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    poll(&mut one, Some(&Timespec::default())).is_ok() && one[0].revents().intersects(gone)
}

/// Records the signal that ends the program, unless there is one already.
fn end(asked: &Asked, signal: c_int) {
    let (first, next) = (Ordering::SeqCst, Ordering::SeqCst);
    let _ = asked.ending.compare_exchange(0, signal, first, next);
    IS_ENDING.store(true, Ordering::SeqCst);
}

/// Handles signals as they arrive, on a separate thread.
fn listen(mut signals: Signals, asked: &Asked, mut waker: &UnixStream) {
    for signal in signals.forever() {
        match signal {
            signals::SIGTSTP => asked.suspends.store(true, Ordering::SeqCst),
            signals::SIGCONT => asked.resumes.store(true, Ordering::SeqCst),
            signals::SIGWINCH => asked.resizes.store(true, Ordering::SeqCst),
            signal => end(asked, signal),
        }
        // If it is full, the reader wakes up anyway.
        let _ = waker.write(&[0]);
        if ENDING.contains(&signal) {
            thread::sleep(GRACE);
            // On a thread: where the terminal could not be opened again, this write may not return either.
            if is_taken() && thread::Builder::new().spawn(give_back).is_ok() {
                thread::sleep(GRACE);
            }
            end_by(signal);
        }
    }
}

/// Output to the terminal that waits for its reader only as long as the program is not to end.
#[derive(Debug)]
pub(super) struct Sink;

impl Sink {
    /// The terminal, opened again: writes that never wait are a property of what is opened, and other programs share
    /// standard output. Where it cannot be opened, it is standard output.
    fn terminal() -> BorrowedFd<'static> {
        static AGAIN: OnceLock<Option<OwnedFd>> = OnceLock::new();
        let again = AGAIN.get_or_init(|| {
            let name = ttyname(stdout(), Vec::new()).ok()?;
            let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
            let opened = rustix::fs::open(name, flags, Mode::empty()).ok()?;
            isatty(&opened).then_some(opened)
        });
        again.as_ref().map_or(stdout(), AsFd::as_fd)
    }

    /// Waits until the terminal takes more; returns `false` if it takes nothing and the program is to end. What the terminal
    /// has not been read of is thrown away then, which makes room for what gives it back.
    fn has_room(terminal: BorrowedFd<'_>) -> io::Result<bool> {
        let mut asked_at = None;
        loop {
            let mut one = [PollFd::new(&terminal, PollFlags::OUT)];
            match poll(&mut one, Some(&PAUSE)) {
                Ok(0) | Err(Errno::INTR) => {}
                Ok(_) => return Ok(true),
                Err(error) => return Err(error.into()),
            }
            if IS_ENDING.load(Ordering::SeqCst)
                && asked_at.get_or_insert_with(Instant::now).elapsed() >= LAST_CHANCE
            {
                IS_CUT.store(true, Ordering::SeqCst);
                tcflush(terminal, QueueSelector::OFlush)?;
                return Ok(false);
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let terminal = Self::terminal();
        loop {
            match rustix::io::write(terminal, bytes) {
                Err(Errno::AGAIN) if Self::has_room(terminal)? => {}
                Err(Errno::AGAIN) => return Ok(bytes.len()),
                written => return Ok(written?),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Ends the program by a signal, so its parent process sees the signal.
pub(super) fn end_by(signal: c_int) {
    // This returns only if the signal is unknown, which none is here.
    let _ = emulate_default_handler(signal);
}

/// Stops until the program is continued. The terminal must be restored before.
pub(super) fn stop() -> io::Result<()> {
    emulate_default_handler(signals::SIGTSTP)
}

/// Asks all processes of this job to stop, including this program, as a terminal that is not raw does at Ctrl-Z; returns
/// whether there is a shell to continue them.
pub(super) fn suspend_job() -> io::Result<bool> {
    // A job has its own process group; a session leader has no shell above it.
    if getsid(None)? == getpgrp() {
        return Ok(false);
    }
    kill_current_process_group(Signal::TSTP)?;
    Ok(true)
}
