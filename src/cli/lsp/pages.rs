//! Where a link to the page of a rule leads.

use std::fs;
use std::path::PathBuf;

use super::uri;
use crate::rules::PAGES;

/// Where the pages are.
#[derive(Debug)]
pub(super) enum Pages {
    /// On the web, in this folder.
    Web(String),
    /// In a folder of the user's, where they are written when they are first needed.
    Own(Option<PathBuf>),
}

impl Pages {
    /// Those at the address, or else in the user's folder for what can be made again.
    pub(super) fn new(web: Option<String>) -> Self {
        web.map_or_else(|| Self::Own(folder()), Self::Web)
    }

    /// The address of a page; `None` where there is none.
    pub(super) fn address(&self, rule: &str) -> Option<String> {
        match self {
            Self::Web(folder) => Some(format!("{folder}{rule}.md")),
            Self::Own(folder) => {
                let (_, page) = PAGES.iter().find(|(name, _)| *name == rule)?;
                let folder = folder.as_ref()?;
                let path = folder.join(format!("{rule}.md"));
                if fs::read(&path).ok().as_deref() != Some(page.as_bytes()) {
                    fs::create_dir_all(folder).ok()?;
                    fs::write(&path, page).ok()?;
                }
                Some(uri::of(&path))
            }
        }
    }
}

/// The folder by the customs of the system (XDG Base Directory Specification elsewhere).
fn folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let caches = if cfg!(windows) {
        named("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Caches"))
    } else {
        named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache")))
    };
    Some(caches?.join("recensio").join(concat!("rules-", env!("CARGO_PKG_VERSION"))))
}
