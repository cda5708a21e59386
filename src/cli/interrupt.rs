//! Signals that end the program while it writes a file: unfinished files are removed, and the program ends by that signal.

use std::sync::atomic::{AtomicBool, Ordering};

/// Whether somebody ends by itself when Ctrl-C is pressed.
static IS_CAUGHT: AtomicBool = AtomicBool::new(false);

/// Whether Ctrl-C was pressed since.
static IS_PRESSED: AtomicBool = AtomicBool::new(false);

/// Lets the first Ctrl-C from here on set what is returned, and end nothing.
pub(super) fn cancel_flag() -> &'static AtomicBool {
    IS_CAUGHT.store(true, Ordering::SeqCst);
    &IS_PRESSED
}

/// Starts to listen to the signals. Those that the parent process made the program ignore, as `nohup` does, stay ignored.
#[cfg(unix)]
pub(super) fn listen() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let ignored = ignored();
    let heard = [SIGINT, SIGTERM, SIGHUP]
        .into_iter()
        .filter(|signal| ignored & (1 << (signal - 1)) == 0);
    // If that fails, a signal ends the program at once, as by default.
    let Ok(mut signals) = Signals::new(heard) else {
        return;
    };
    let notice = std::thread::Builder::new().name("signals".to_owned());
    let _ = notice.spawn(move || {
        for signal in signals.forever() {
            // A command that asked to be notified ends by itself; a second signal ends it.
            if signal == SIGINT && IS_CAUGHT.swap(false, Ordering::SeqCst) {
                IS_PRESSED.store(true, Ordering::SeqCst);
                continue;
            }
            let _abandoned = crate::export::file::abandon();
            // This returns only if the signal is unknown, which none is here.
            let _ = emulate_default_handler(signal);
        }
    });
}

/// Does nothing: other systems end a program without asking it.
#[cfg(not(unix))]
pub(super) const fn listen() {}

/// Bit mask of the ignored signals, if the system reports it.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = crate::spec::open::text("/proc/self/status".as_ref(), 1 << 20).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    line.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or(0)
}
