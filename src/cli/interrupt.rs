//! Interrupts: the first lets what is under way be finished, the second ends the program at once.

use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Whether the run was interrupted, and by what.
pub(super) struct Interrupt {
    any: Arc<AtomicBool>,
    terminated: Arc<AtomicBool>,
}

impl Interrupt {
    /// Begins to watch.
    pub(super) fn watch() -> io::Result<Self> {
        let any = Arc::new(AtomicBool::new(false));
        let terminated = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // Before the flag is set, so that only the second signal finds it set.
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&any))?;
            flag::register(signal, Arc::clone(&any))?;
        }
        flag::register(SIGTERM, Arc::clone(&terminated))?;
        Ok(Self { any, terminated })
    }

    /// Becomes true with the first interrupt.
    pub(super) fn flag(&self) -> &AtomicBool {
        &self.any
    }

    /// What the shell is told: 128 and the number of the signal.
    pub(super) fn code(&self) -> ExitCode {
        ExitCode::from(if self.terminated.load(Ordering::Relaxed) { 143 } else { 130 })
    }
}
