//! Where options come from besides the command line: built-in profiles, `recensio.toml`, the environment. What may be said there is derived from the
//! definitions of the options themselves.

mod file;
mod init;
mod keys;
mod profiles;
mod reference;
mod settle;
mod show;

pub(super) use file::NAME;
pub(super) use init::init;
pub(super) use settle::{Settled, Stop, settle};
pub(super) use show::config;
