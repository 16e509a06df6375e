//! `recensio lsp`: a language server (Language Server Protocol 3.17) over standard input and output, for editors.

mod actions;
mod analysis;
mod document;
mod pages;
mod position;
mod server;
mod uri;
mod wire;

pub(super) use server::lsp;
