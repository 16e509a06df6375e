//! The user's glossary: what terms of one language mean in another, from a tab-separated file or TBX (ISO 30042).
//!
//! Tab-separated: a first row with the language of each column (`en`, `de`), then a row an entry. Without such a row the columns are of no known
//! language, and any column explains any other. Several terms in a cell are separated by `|`.

use std::collections::HashMap;

use super::table::rows;
use super::{Overlay, RuleError};
use crate::model::LanguageTag;

/// The name of the user's file among the rules.
pub const GLOSSARY: &str = "leftover/glossary";

/// Terms that mean the same, with the language of each where it is known.
type Entry = Vec<(LanguageTag, String)>;

/// Entries, and where each term stands.
#[derive(Debug, Default)]
pub struct Glossary {
    entries: Vec<Entry>,
    places: HashMap<String, Vec<usize>>,
}

impl Glossary {
    /// Reads the user's file, if there is one.
    pub(super) fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        let text = overlay.folder(GLOSSARY).map(|(_, text)| text).next().unwrap_or_default();
        let start = text.trim_start_matches('\u{feff}').trim_start();
        if start.starts_with('<') { Self::of_tbx(start) } else { Self::of_tsv(start) }
    }

    fn new(entries: Vec<Entry>) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, entry) in entries.iter().enumerate() {
            for (_, term) in entry {
                let list = places.entry(key(term)).or_default();
                if list.last() != Some(&number) {
                    list.push(number);
                }
            }
        }
        Self { entries, places }
    }

    fn of_tsv(text: &str) -> Result<Self, RuleError> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let rows = rows(GLOSSARY, text, 2)?;
        let width = |row: &str| row.split('\t').count();
        let columns = text.lines().find(|l| !l.trim().is_empty() && !l.starts_with('#')).map_or(2, width);
        let mut tags: Vec<LanguageTag> = vec![LanguageTag::UND; columns];
        let mut entries = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            let cells: Vec<&str> = (0..columns).map(|n| row.cell(n).trim()).collect();
            let heads: Option<Vec<LanguageTag>> = cells.iter().map(|cell| LanguageTag::parse(cell)).collect();
            if let (0, Some(heads)) = (number, heads) {
                tags = heads;
                continue;
            }
            let terms = tags.iter().zip(&cells).flat_map(|(tag, cell)| cell.split('|').map(|term| (*tag, term.trim())));
            let entry: Entry = terms.filter(|(_, t)| !t.is_empty()).map(|(tag, t)| (tag, t.to_owned())).collect();
            if entry.len() < 2 {
                return Err(row.error("an entry needs terms in two columns".to_owned()));
            }
            entries.push(entry);
        }
        Ok(Self::new(entries))
    }

    fn of_tbx(text: &str) -> Result<Self, RuleError> {
        let (mut entries, mut entry, mut tag) = (Vec::new(), Entry::new(), LanguageTag::UND);
        for (at, _) in text.match_indices('<') {
            let rest = text.get(at + 1..).unwrap_or_default();
            let Some((head, after)) = rest.split_once('>') else { break };
            match head.split([' ', '\n', '\t', '\r', '/']).next().unwrap_or_default() {
                "langSet" | "langSec" => tag = language(head).unwrap_or(LanguageTag::UND),
                "term" => {
                    let term = plain(after.split("</term").next().unwrap_or_default());
                    if !term.is_empty() {
                        entry.push((tag, term));
                    }
                }
                "termEntry" | "conceptEntry" => entries.push(std::mem::take(&mut entry)),
                _ => {}
            }
        }
        entries.push(entry);
        entries.retain(|entry| entry.len() > 1);
        if entries.is_empty() {
            let what = "no termEntry or conceptEntry with terms in two languages: is it TBX?".to_owned();
            return Err(RuleError { file: GLOSSARY.to_owned(), line: 0, what });
        }
        Ok(Self::new(entries))
    }

    /// Whether it has no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What `term` of the language `from` means in the language `to`, in the order of the file; a language that is not known is any.
    pub fn meanings(&self, term: &str, from: LanguageTag, to: LanguageTag) -> Vec<&str> {
        let key_of_term = key(term);
        let fits = |own: LanguageTag, asked: LanguageTag| own.is_und() || asked.is_und() || own.same_language(asked);
        let mut out: Vec<&str> = Vec::new();
        for entry in self.places.get(&key_of_term).into_iter().flatten().filter_map(|n| self.entries.get(*n)) {
            if !entry.iter().any(|(tag, own)| key(own) == key_of_term && fits(*tag, from)) {
                continue;
            }
            for (tag, own) in entry {
                if key(own) != key_of_term && fits(*tag, to) && !out.contains(&own.as_str()) {
                    out.push(own);
                }
            }
        }
        out
    }
}

/// A term as it is looked up: lower case, one blank between words.
pub(super) fn key(term: &str) -> String {
    term.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The language of a tag's `xml:lang`.
fn language(head: &str) -> Option<LanguageTag> {
    let (_, value) = head.split_once("lang=")?;
    let quote = value.chars().next()?;
    LanguageTag::parse(value.get(1..)?.split(quote).next()?)
}

/// The text without markup and references.
fn plain(markup: &str) -> String {
    let mut text = String::new();
    for (number, part) in markup.split('<').enumerate() {
        text.push_str(if number == 0 { part } else { part.split_once('>').map_or("", |(_, rest)| rest) });
    }
    for (reference, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
        text = text.replace(reference, sign);
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{GLOSSARY, Glossary};
    use crate::model::LanguageTag;
    use crate::rules::Overlay;

    fn meanings(file: &str, term: &str) -> Vec<String> {
        let glossary = Glossary::load(&Overlay::default().with(GLOSSARY, file.to_owned())).unwrap();
        let (from, to) = (LanguageTag::literal("en"), LanguageTag::literal("de"));
        glossary.meanings(term, from, to).into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn a_table_with_languages_on_top_explains_one_by_the_other() {
        let file = "# ours\nen\tde\nfull stop\tPunkt | Schlusspunkt\nwall\tWand\n";
        assert_eq!(meanings(file, "Full  Stop"), ["Punkt", "Schlusspunkt"]);
        assert_eq!(meanings(file, "Wand"), [""; 0], "German explains nothing to Germans");
        assert_eq!(meanings("wall\tWand\n", "wall"), ["Wand"]);
    }

    #[test]
    fn tbx_of_both_versions_is_read() {
        for (entry, section) in [("termEntry", "langSet"), ("conceptEntry", "langSec")] {
            let file = format!(
                "<?xml version=\"1.0\"?><tbx><{entry} id=\"1\"><{section} xml:lang=\"en-GB\"><tig><term>profit &amp; loss</term></tig></{section}>\
                 <{section} xml:lang='de'><tig><term>Gewinn <hi>und</hi> Verlust</term></tig></{section}></{entry}></tbx>"
            );
            assert_eq!(meanings(&file, "profit & loss"), ["Gewinn und Verlust"]);
        }
    }

    #[test]
    fn what_is_no_glossary_is_refused() {
        let refused =
            |file: &str| Glossary::load(&Overlay::default().with(GLOSSARY, file.to_owned())).unwrap_err().what;
        assert!(refused("<html></html>").contains("TBX"));
        assert!(refused("alone\t\n").contains("two columns"));
    }
}
