//! (moved below)
