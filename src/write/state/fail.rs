//! Places where tests let a run die or a disk fail.
//!
//! In debug builds `RECENSIO_FAIL=KIND:N` kills the process at the N-th operation of that kind, and `RECENSIO_FAIL=KIND:N:full` makes it
//! fail as on a full disk. Release builds have none of it.

use std::io;

/// How many bytes are brought to the disk at a time: `bytes`, or in debug builds what `RECENSIO_SYNC` says.
pub(super) fn synced(bytes: u64) -> u64 {
    let wish = if cfg!(debug_assertions) { std::env::var("RECENSIO_SYNC").ok() } else { None };
    wish.and_then(|wish| wish.parse().ok()).unwrap_or(bytes)
}

/// An operation of this kind is about to be done.
#[cfg(debug_assertions)]
pub(super) fn point(kind: &str) -> io::Result<()> {
    use std::sync::atomic::{AtomicU64, Ordering};

    static DONE: AtomicU64 = AtomicU64::new(0);
    let Ok(wish) = std::env::var("RECENSIO_FAIL") else { return Ok(()) };
    let mut parts = wish.split(':');
    if parts.next() != Some(kind) {
        return Ok(());
    }
    let at = parts.next().and_then(|n| n.parse().ok()).unwrap_or(u64::MAX);
    if DONE.fetch_add(1, Ordering::SeqCst) + 1 != at {
        return Ok(());
    }
    if parts.next() == Some("full") { Err(io::ErrorKind::StorageFull.into()) } else { std::process::abort() }
}

/// An operation of this kind is about to be done.
#[cfg(not(debug_assertions))]
#[expect(clippy::unnecessary_wraps, reason = "it fails in debug builds")]
pub(super) const fn point(_: &str) -> io::Result<()> {
    Ok(())
}
