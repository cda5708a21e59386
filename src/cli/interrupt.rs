//! Signals that end the program while it writes a file: what is not finished goes, and the program ends by that signal.

use std::sync::atomic::{AtomicBool, Ordering};

/// Whether somebody ends by itself when Ctrl-C is pressed.
static IS_GENTLE: AtomicBool = AtomicBool::new(false);

/// Whether Ctrl-C was pressed since.
static IS_ASKED: AtomicBool = AtomicBool::new(false);

/// Lets the first Ctrl-C from here on set what is returned, and end nothing.
pub(super) fn gently() -> &'static AtomicBool {
    IS_GENTLE.store(true, Ordering::SeqCst);
    &IS_ASKED
}

/// Listens to the signals from here on. Those that whoever started the program lets it ignore, as `nohup` does, stay ignored.
#[cfg(unix)]
pub(super) fn listen() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let ignored = ignored();
    let heard = [SIGINT, SIGTERM, SIGHUP]
        .into_iter()
        .filter(|signal| ignored & (1 << (signal - 1)) == 0);
    // Where that fails, a signal ends the program at once, as before.
    let Ok(mut signals) = Signals::new(heard) else {
        return;
    };
    let told = std::thread::Builder::new().name("signals".to_owned());
    let _ = told.spawn(move || {
        for signal in signals.forever() {
            // Whoever asked to be told ends by itself; a second time it is ended.
            if signal == SIGINT && IS_GENTLE.swap(false, Ordering::SeqCst) {
                IS_ASKED.store(true, Ordering::SeqCst);
                continue;
            }
            let _abandoned = crate::export::file::abandon();
            // It only returns where the signal is unknown, which none here is.
            let _ = emulate_default_handler(signal);
        }
    });
}

/// Other systems end a program without asking it.
#[cfg(not(unix))]
pub(super) const fn listen() {}

/// The signals that are ignored, a bit each, where the system tells.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = crate::spec::open::text("/proc/self/status".as_ref(), 1 << 20).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    line.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or(0)
}
