//! `recensio check`: what a translator or editor should look at, as a linter says it.

mod baseline;
mod choice;
mod command;
mod comments;
mod edit;
mod fix;
mod format;
mod frame;
mod item;
mod judge;
mod list;
mod rules;
mod tsv;
mod watch;
mod width;

pub(super) use choice::Choice;
pub(super) use command::check;
pub(super) use comments::{Style, style};
pub(super) use item::Item;
pub(super) use judge::Judge;
pub(super) use list::{LIST, List};
pub(super) use rules::rules;
pub(super) use tsv::escaped;
