//! What a document may cost: how long it has been worked on, and what it died of.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// Watches the work on one document. Work on it is done by one thread at a time, and its time is that of the processor: what else the
/// machine does is not counted.
#[derive(Debug)]
pub(super) struct Watch<'d> {
    document: &'d str,
    begun: Duration,
    most: Duration,
}

impl<'d> Watch<'d> {
    /// Begins to watch the work on a document, on which `spent` was spent before and `most` may be spent in all.
    pub(super) fn begin(document: &'d str, spent: Duration, most: Duration) -> Self {
        Self { document, begun: now().saturating_sub(spent), most }
    }

    /// How long the document has been worked on.
    pub(super) fn spent(&self) -> Duration {
        now().saturating_sub(self.begun)
    }

    /// A stage is about to begin.
    ///
    /// # Errors
    /// Where there is no time left, a message that says so.
    pub(super) fn stage(&self, stage: &'static str) -> Result<(), String> {
        let late = fail(stage, self.document);
        if !late && self.spent() <= self.most {
            return Ok(());
        }
        let seconds = self.most.as_secs_f64();
        Err(format!(
            "it took more than {seconds} s of the processor before \"{stage}\"; split it, or allow more with --max-document-time"
        ))
    }
}

/// What `work` gives, or what it panicked with.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
        text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "unknown".to_owned())
    })
}

/// What is said of a document that a panic ended the work on.
pub(super) fn died(what: &str) -> String {
    format!("internal error: {what}; please report it with the document")
}

/// The time that this thread has worked.
#[cfg(unix)]
pub(super) fn now() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    now.try_into().unwrap_or_default()
}

/// Where threads are not asked how long they have worked, the time that has passed.
#[cfg(not(unix))]
pub(super) fn now() -> Duration {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed()
}

/// Lets tests end the work on a document: in debug builds `RECENSIO_FAIL=panic:STAGE:ID` makes this stage of this document panic, and
/// `late:STAGE:ID` says that its time has run out there.
#[cfg(debug_assertions)]
fn fail(stage: &str, document: &str) -> bool {
    let wish = std::env::var("RECENSIO_FAIL").unwrap_or_default();
    let parts: Vec<&str> = wish.splitn(3, ':').collect();
    assert!(parts != ["panic", stage, document], "a test ends it here");
    parts == ["late", stage, document]
}

#[cfg(not(debug_assertions))]
const fn fail(_: &str, _: &str) -> bool {
    false
}
