//! Whether the records of a corpus hold what the format promises: places, quotes, names, references and sums.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::Conservation;

/// What was seen of a corpus so far.
#[derive(Debug, Default)]
pub struct Audit {
    /// Names of documents, and how many passages each keeps; none for those that were removed.
    documents: HashMap<String, Option<usize>>,
    /// Names of documents that failed, which hold what others may repeat: their text stands in `removed.jsonl` as a whole.
    failed: HashSet<String>,
    /// Clusters that records name.
    named: HashSet<String>,
    /// Clusters that there are.
    clusters: HashSet<String>,
    /// References to kept passages: from where, the document, the passage.
    references: Vec<(String, String, usize)>,
    /// Non-blank characters of kept and dropped text.
    sums: Conservation,
    /// Findings by document.
    findings: HashSet<String>,
    /// Documents in which clusters have places.
    places: HashSet<String>,
    /// What is named of corpora made earlier, by their names.
    others: BTreeMap<String, Other>,
}

/// What is named of a corpus made earlier: documents, and of those that are to be kept there the last passage.
#[derive(Debug, Default)]
struct Other {
    kept: HashMap<String, usize>,
    places: HashSet<String>,
}

/// What is looked at in a line of `corpus.jsonl` or `removed.jsonl` of a corpus made earlier.
#[derive(Debug, Deserialize)]
pub struct Head {
    id: String,
    passages: Option<Vec<IgnoredAny>>,
}

/// What one record of the corpus holds, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Examined {
    /// Faults, each a sentence fragment.
    pub faults: Vec<String>,
    id: String,
    passages: usize,
    clusters: Vec<String>,
    references: Vec<(String, usize)>,
    /// The same into corpora made earlier, whose names come first.
    others: Vec<(String, String, usize)>,
    kept: u64,
    dropped: u64,
}

/// Looks at a line of `corpus.jsonl` by itself.
pub fn document(record: &Value) -> Examined {
    let mut seen = Examined { id: string(record, "id").to_owned(), ..Examined::default() };
    let text = Text::new(string(record, "text"), string(record, "offsets"));
    let mut at = 0;
    for passage in list(record, "passages") {
        seen.passages += 1;
        let name = string(passage, "id");
        match text.slice(&passage["span"]) {
            Some((start, end, body)) => {
                if start < at {
                    seen.faults.push(format!("passage {name} overlaps the one before"));
                }
                at = end;
                seen.kept += non_blank(body);
                let mut inner = start;
                for sentence in list(passage, "sentences") {
                    match text.slice(sentence) {
                        Some((from, to, _)) if from >= inner && to <= end => inner = to,
                        _ => seen.faults.push(format!("a sentence of passage {name} at {sentence} is out of place")),
                    }
                }
            }
            None => seen.faults.push(format!("passage {name}: {} is no place in the text", passage["span"])),
        }
    }
    if seen.kept != non_blank(text.text) {
        seen.faults.push("the passages do not cover the text".to_owned());
    }
    for part in list(record, "dropped") {
        seen.dropped += non_blank(string(part, "text"));
        seen.clusters.extend(part["cluster"].as_str().map(str::to_owned));
        if let Some(of) = part["of"].as_str() {
            let document = part["of_document"].as_str().unwrap_or(&seen.id).to_owned();
            match (of.strip_prefix('p').and_then(|n| n.parse().ok()), part["of_corpus"].as_str()) {
                (Some(number), None) => seen.references.push((document, number)),
                (Some(number), Some(corpus)) => seen.others.push((corpus.to_owned(), document, number)),
                (None, _) => seen.faults.push(format!("{} names `{of}`, which is no passage", string(part, "id"))),
            }
        }
    }
    let mentions = list(record, "entities").iter().flat_map(|entity| list(entity, "mentions"));
    let quotes = ["leftovers", "foreign", "dates"].iter().flat_map(|layer| list(record, layer)).chain(mentions);
    for quote in quotes {
        if text.slice(&quote["span"]).map(|(_, _, body)| body) != quote["text"].as_str() {
            seen.faults.push(format!("{} at {} is not what stands there", quote["text"], quote["span"]));
        }
    }
    seen
}

impl Audit {
    /// Takes in what a line of `corpus.jsonl` holds.
    pub fn kept(&mut self, seen: Examined, faults: &mut Vec<String>) {
        let Examined { faults: own, id, passages, clusters, references, others, kept, dropped } = seen;
        faults.extend(own.into_iter().map(|fault| format!("{id}: {fault}")));
        self.sums.kept += kept;
        self.sums.dropped += dropped;
        self.named.extend(clusters);
        self.references.extend(references.into_iter().map(|(document, number)| (id.clone(), document, number)));
        for (corpus, document, number) in others {
            let last = self.others.entry(corpus).or_default().kept.entry(document).or_default();
            *last = number.max(*last);
        }
        self.name(id, Some(passages), faults);
    }

    /// Takes in a line of `removed.jsonl`.
    pub fn removed(&mut self, record: &Value, faults: &mut Vec<String>) {
        let characters = non_blank(string(record, "text"));
        match string(record, "reason") {
            "failed" => self.sums.failed += characters,
            _ => self.sums.removed += characters,
        }
        self.named.extend(record["cluster"].as_str().map(str::to_owned));
        match (record["of"].as_str(), record["of_corpus"].as_str()) {
            (Some(of), None) => self.references.push((string(record, "id").to_owned(), of.to_owned(), 0)),
            (Some(of), Some(corpus)) => {
                self.others.entry(corpus.to_owned()).or_default().kept.entry(of.to_owned()).or_default();
            }
            (None, _) => {}
        }
        let id = string(record, "id").to_owned();
        // A document whose name came before is told apart from it by its place alone.
        if string(record, "reason") == "failed" {
            self.failed.insert(id);
        } else {
            self.name(id, None, faults);
        }
    }

    fn name(&mut self, id: String, passages: Option<usize>, faults: &mut Vec<String>) {
        if self.documents.contains_key(&id) {
            faults.push(format!("{id}: there are two documents of this name"));
        }
        self.documents.insert(id, passages);
    }

    /// Takes in a line of `clusters.jsonl`.
    pub fn cluster(&mut self, record: &Value, faults: &mut Vec<String>) {
        let id = string(record, "id").to_owned();
        let places = list(record, "copies").len() + 1;
        if record["size"].as_u64() != Some(places as u64) {
            faults.push(format!("cluster {id} says its size is {}, and has {places} places", record["size"]));
        }
        for place in std::iter::once(&record["kept"]).chain(list(record, "copies")) {
            let places = match place["corpus"].as_str() {
                None => &mut self.places,
                Some(corpus) => &mut self.others.entry(corpus.to_owned()).or_default().places,
            };
            if !places.contains(string(place, "document")) {
                places.insert(string(place, "document").to_owned());
            }
        }
        if !self.clusters.insert(id.clone()) {
            faults.push(format!("there are two clusters {id}"));
        }
    }

    /// Corpora made earlier that this one names.
    pub fn others(&self) -> Vec<String> {
        self.others.keys().cloned().collect()
    }

    /// Takes in a document of such a corpus.
    pub fn other(&mut self, corpus: &str, head: &Head, faults: &mut Vec<String>) {
        let Some(other) = self.others.get_mut(corpus) else { return };
        other.places.remove(&head.id);
        // What is named as kept and was removed there is left over.
        if let Some(passages) = &head.passages
            && let Some(number) = other.kept.remove(&head.id).filter(|number| *number > passages.len())
        {
            faults.push(format!(
                "p{number} of {} in the corpus {corpus} is named, which has none of that number",
                head.id
            ));
        }
    }

    /// All of such a corpus was taken in.
    pub fn other_ends(&mut self, corpus: &str, faults: &mut Vec<String>) {
        let Some(other) = self.others.remove(corpus) else { return };
        let mut lost: Vec<_> = other.kept.into_keys().chain(other.places).collect();
        lost.sort_unstable();
        lost.dedup();
        faults.extend(
            lost.into_iter().map(|id| format!("{id} of the corpus {corpus} is named, which is not kept there")),
        );
    }

    /// Takes in a line of `findings.jsonl`.
    pub fn finding(&mut self, record: &Value) {
        self.findings.insert(string(record, "document").to_owned());
    }

    /// What is wrong in view of all of it; `run` is the object of `run.json`.
    pub fn end(self, run: &Value, faults: &mut Vec<String>) {
        for (from, document, number) in &self.references {
            match self.documents.get(document) {
                Some(Some(passages)) if number <= passages => {}
                Some(Some(_)) => {
                    faults.push(format!("{from} names p{number} of {document}, which has none of that number"));
                }
                _ if self.failed.contains(document) => {}
                Some(None) => faults.push(format!("{from} names {document} as kept, which was removed")),
                None => faults.push(format!("{from} names {document} as kept, which is not there")),
            }
        }
        let mut lost: Vec<_> = self.named.difference(&self.clusters).collect();
        lost.sort_unstable();
        faults.extend(lost.into_iter().map(|id| format!("cluster {id} is named and not in clusters.jsonl")));
        let is_there = |id: &&String| self.documents.contains_key(*id) || self.failed.contains(*id);
        let mut gone: Vec<_> = self.places.iter().filter(|id| !is_there(id)).collect();
        gone.sort_unstable();
        faults.extend(gone.into_iter().map(|id| format!("a cluster names the document {id}, which is not there")));
        let mut unknown: Vec<_> = self.findings.iter().filter(|id| !self.documents.contains_key(*id)).collect();
        unknown.sort_unstable();
        faults.extend(unknown.into_iter().map(|id| format!("a finding names the document {id}, which is not there")));
        let said = |name: &str| run.get("conservation").and_then(|sums| sums.get(name)).unwrap_or(&Value::Null);
        let Conservation { kept, dropped, removed, failed, .. } = self.sums;
        for (name, here) in [("kept", kept), ("dropped", dropped), ("removed", removed), ("failed", failed)] {
            let said = said(name);
            if said.as_u64() != Some(here) {
                faults.push(format!("run.json says {said} characters were {name}, and there are {here}"));
            }
        }
        if said("read").as_u64() != Some(kept + dropped + removed + failed) {
            faults.push("the characters in the files are not those that were read".to_owned());
        }
    }
}

/// A text in which places are counted in some unit.
struct Text<'t> {
    text: &'t str,
    /// The byte position of each place; none where places are bytes.
    places: Option<Vec<usize>>,
}

impl<'t> Text<'t> {
    fn new(text: &'t str, unit: &str) -> Self {
        let units = |c: char| if unit == "utf16" { c.len_utf16() } else { 1 };
        let places = (unit != "bytes").then(|| {
            let starts =
                text.char_indices().flat_map(|(at, c)| std::iter::once(at).chain((1..units(c)).map(|_| usize::MAX)));
            starts.chain([text.len()]).collect()
        });
        Self { text, places }
    }

    /// A place `[start, end]` and what stands there; `None` where there is no such place.
    fn slice(&self, place: &Value) -> Option<(usize, usize, &'t str)> {
        let end_of = |index: usize| usize::try_from(place.get(index)?.as_u64()?).ok();
        let (start, end) = (end_of(0)?, end_of(1)?);
        let byte = |at: usize| self.places.as_ref().map_or(Some(at), |places| places.get(at).copied());
        self.text.get(byte(start)?..byte(end)?).map(|body| (start, end, body))
    }
}

fn string<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn non_blank(text: &str) -> u64 {
    text.chars().filter(|c| !c.is_whitespace()).count() as u64
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Audit, document};

    #[test]
    fn places_are_counted_in_the_unit_of_the_record() {
        for (offsets, start, end) in [("chars", 3, 5), ("bytes", 6, 12), ("utf16", 4, 6)] {
            let record = |start: usize| {
                json!({
                    "id": "a", "offsets": offsets, "text": "𝄞a 法律", "passages": [], "dropped": [],
                    "leftovers": [{ "span": [start, end], "text": "法律" }],
                })
            };
            let faults = document(&record(start)).faults;
            assert_eq!(faults, ["the passages do not cover the text"], "{offsets}");
            assert_eq!(document(&record(start - 1)).faults.len(), 2, "{offsets}");
        }
    }

    #[test]
    fn what_is_named_must_be_there_and_sums_must_add_up() {
        let kept = json!({
            "id": "a", "offsets": "chars", "text": "abc", "passages": [{ "id": "p1", "span": [0, 3], "sentences": [[0, 3]] }],
            "dropped": [{ "id": "d1", "text": "x", "of": "p2", "cluster": "c1" }],
        });
        let run = json!({ "conservation": { "read": 9, "kept": 3, "dropped": 1, "removed": 0, "failed": 0 } });
        let (mut audit, mut faults) = (Audit::default(), Vec::new());
        audit.kept(document(&kept), &mut faults);
        audit.end(&run, &mut faults);
        assert_eq!(
            faults,
            [
                "a names p2 of a, which has none of that number",
                "cluster c1 is named and not in clusters.jsonl",
                "the characters in the files are not those that were read"
            ]
        );
    }
}
