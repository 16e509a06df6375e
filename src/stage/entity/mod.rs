//! Policy entities and their relations.
//!
//! A passage is cut into tokens once ([`line`]); gazetteer names, heads and cue words are looked up token by token, and small grammars around them
//! give drafts of mentions (`place`, `body`, `law`, `policy`, `action`, `role`, `person`, `money`, `han`). What two
//! grammars disagree on is settled in `settle`; mentions become entities in `group`, and entities are related in `relate`.

mod action;
mod body;
mod cite;
mod english;
mod find;
mod group;
mod han;
mod law;
mod line;
mod money;
mod person;
mod phrase;
mod place;
mod policy;
mod relate;
mod role;
mod settle;
mod tag;
mod tag_features;
mod tag_han;
mod west;
mod west_deed;

pub use find::{Found, find, samples};
pub use tag::Sample;
