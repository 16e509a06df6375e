//! Sources that would lose too many of their documents: something is then wrong with the input or with what counts as a copy.

use std::collections::BTreeMap;

use crate::model::Document;
use crate::record;

/// A source of fewer documents is never too small a sample to lose most of them.
const FEWEST: u64 = 10;

/// A source that would lose more of its documents than is allowed, and from which nothing that repeats is therefore taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brake {
    /// The source: the host of its address, else the file of several documents, else the folder.
    pub source: String,
    /// Documents that it has.
    pub documents: u64,
    /// Of these repeat others as a whole, and would have been removed.
    pub removed: u64,
}

impl From<&Brake> for record::Brake {
    fn from(brake: &Brake) -> Self {
        let Brake { source, documents, removed } = brake;
        Self { source: source.clone(), documents: *documents, repeats: *removed }
    }
}

impl From<record::Brake> for Brake {
    fn from(brake: record::Brake) -> Self {
        Self { source: brake.source, documents: brake.documents, removed: brake.repeats }
    }
}

/// How many documents each source has, and how many of them repeat others.
#[derive(Debug, Default)]
pub(super) struct Tally {
    sources: BTreeMap<String, [u64; 2]>,
}

impl Tally {
    /// Counts a document.
    pub(super) fn add(&mut self, source: &str, repeats: bool) {
        if !self.sources.contains_key(source) {
            self.sources.insert(source.to_owned(), [0, 0]);
        }
        if let Some([documents, removed]) = self.sources.get_mut(source) {
            *documents += 1;
            *removed += u64::from(repeats);
        }
    }

    /// The sources that would lose more than this share.
    pub(super) fn over(&self, share: f32) -> Vec<Brake> {
        let over = |n: &[u64; 2]| n[0] >= FEWEST && (n[1] as f64 / n[0] as f64) as f32 > share;
        let brake = |(source, &[documents, removed]): (&String, &[u64; 2])| Brake {
            source: source.clone(),
            documents,
            removed,
        };
        self.sources.iter().filter(|(_, n)| over(n)).map(brake).collect()
    }
}

/// Where a document comes from: the host of its address; without one, the file that holds it and others; or else the folder of its file.
pub(super) fn source(document: &Document) -> String {
    if let Some(host) = document.url.as_deref().and_then(host) {
        return host;
    }
    let path = document.origin.path.as_str();
    if document.origin.member.is_some() {
        return path.to_owned();
    }
    path.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned()
}

/// The host of an address, in small letters, without `www`.
pub(super) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => host,
    };
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Brake, Tally, host};

    #[test]
    fn hosts_are_told_from_addresses() {
        for (url, expected) in [
            ("https://www.Example.org/a?b", Some("example.org")),
            ("http://user@example.org:8080/", Some("example.org")),
            ("https://пример.рф", Some("пример.рф")),
            ("/relative/page", None),
            ("https:///x", None),
        ] {
            assert_eq!(host(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn a_source_is_over_its_share_when_it_has_enough_documents() {
        let mut tally = Tally::default();
        for n in 0..10 {
            tally.add("many", n >= 3);
            tally.add("half", n >= 5);
            if n < 9 {
                tally.add("few", true);
            }
        }
        assert_eq!(tally.over(0.6), [Brake { source: "many".to_owned(), documents: 10, removed: 7 }]);
        assert_eq!(tally.over(0.7), []);
    }
}
