//! Reads the sources: wordfreq's lists, lingua's models, the project's own lists of frequent words.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::Path;

use fst::{Map, Streamer};

/// Words and their relative frequency; n-grams and the logarithm of their probability after the characters before the last.
pub type Words = HashMap<String, f64>;
pub type Grams = BTreeMap<String, f64>;

/// One list of wordfreq (`large_de.msgpack.gz`): the n-th inner list has the words of frequency 10^(-n/100).
pub fn wordfreq(path: &Path) -> Words {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("gzip");
    let mut pack = Pack { bytes: &bytes, at: 0 };
    let buckets = pack.array();
    let mut words = Words::new();
    for bucket in 0..buckets {
        if bucket == 0 {
            pack.skip();
            continue;
        }
        // The first element is the header, so the list of 10^0 is the second.
        let frequency = 10f64.powf(-((bucket - 1) as f64) / 100.0);
        for _ in 0..pack.array() {
            let word = pack.text();
            for part in word.split(|c: char| !is_part(c)).filter(|part| !part.is_empty()) {
                *words.entry(lower(part)).or_default() += frequency;
            }
        }
    }
    words
}

/// The n-grams of a lingua model.
pub fn lingua(bytes: &[u8]) -> Grams {
    let map = Map::new(bytes.to_vec()).expect("fst");
    let mut grams = Grams::new();
    let mut stream = map.stream();
    while let Some((gram, value)) = stream.next() {
        grams.insert(String::from_utf8(gram.to_vec()).expect("utf-8"), f64::from_bits(value));
    }
    grams
}

/// The project's own lists: a language and its most frequent words, most frequent first.
pub fn frequent(folder: &Path) -> BTreeMap<String, Words> {
    let mut lists = BTreeMap::new();
    for (file, column) in [("latin.tsv", 3), ("cyrillic.tsv", 3), ("other.tsv", 4)] {
        let text = std::fs::read_to_string(folder.join(file)).expect("list");
        for line in text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            let words = cells[column].split_whitespace().enumerate();
            let mut own = Words::new();
            for (rank, word) in words {
                own.entry(word.to_owned()).or_insert(0.08 / (rank as f64 + 2.0));
            }
            lists.insert(cells[0].to_owned(), own);
        }
    }
    lists
}

/// The endings of a list of our own.
pub fn endings(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let row = text.lines().find_map(|l| l.strip_prefix("endings\t")).unwrap_or_default();
    row.split_whitespace().map(lower).collect()
}

/// A list of our own: frequent words, and stems with the endings they take.
pub fn own(path: &Path) -> Words {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let row = |name: &str| -> Vec<String> {
        let line = text.lines().find_map(|l| l.strip_prefix(name).and_then(|l| l.strip_prefix('\t'))).unwrap_or_default();
        line.split_whitespace().map(lower).collect()
    };
    let mut words = Words::new();
    for (rank, word) in row("words").into_iter().enumerate() {
        words.entry(word).or_insert(0.08 / (rank as f64 + 2.0));
    }
    // What comes with the stems is guessed: every stem about as often, the first endings oftener than the last.
    let (stems, endings) = (row("stems"), row("endings"));
    for stem in &stems {
        *words.entry(stem.clone()).or_default() += 2e-4;
        for (rank, ending) in endings.iter().enumerate() {
            *words.entry(format!("{stem}{ending}")).or_default() += 2e-4 / (rank as f64 + 4.0);
        }
    }
    words
}

/// Adds words and how often each was counted to a list that was guessed; both are worth the same.
pub fn counted(path: &Path, words: &mut Words) {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let rows: Vec<(String, f64)> = text
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .map(|(word, count)| (lower(word), count.parse().expect("count")))
        .collect();
    let all: f64 = rows.iter().map(|(_, count)| count).sum();
    let guessed: f64 = words.values().sum();
    for (word, count) in rows {
        *words.entry(word).or_default() += count / all * guessed;
    }
}

/// The words of a list without frequencies.
pub fn listed(path: &Path) -> Vec<String> {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    String::from_utf8_lossy(&bytes).lines().map(lower).filter(|w| w.chars().count() > 1 && w.chars().all(is_listed)).collect()
}

/// Adds words without frequencies: they are rare, and together worth `PLAIN` of the rest.
pub fn plain(rows: &[String], words: &mut Words) {
    let each = PLAIN * words.values().sum::<f64>() / rows.len().max(1) as f64;
    for word in rows {
        words.entry(word.clone()).or_insert(each);
    }
}

/// What is on a list of words: letters and marks that do not stand alone.
fn is_listed(c: char) -> bool {
    is_part(c) || matches!(c, '\u{900}'..='\u{97f}')
}

/// What words without frequencies are worth together, as a share of those with.
const PLAIN: f64 = 0.6;

/// Letters and marks, as the program cuts words.
pub fn is_part(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{94d}' | '\u{9bc}' | '\u{9cd}' | '\u{200c}' | '\u{200d}' | '\u{64b}'..='\u{655}')
}

/// Lower case, one character for one.
pub fn lower(text: &str) -> String {
    text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).filter(|c| !matches!(c, '\u{200c}' | '\u{200d}')).collect()
}

/// As much of MessagePack as the lists need.
struct Pack<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Pack<'b> {
    fn byte(&mut self) -> u8 {
        self.at += 1;
        self.bytes[self.at - 1]
    }

    fn number(&mut self, bytes: usize) -> usize {
        (0..bytes).fold(0, |n, _| n << 8 | usize::from(self.byte()))
    }

    fn array(&mut self) -> usize {
        match self.byte() {
            b @ 0x90..=0x9f => usize::from(b & 15),
            0xdc => self.number(2),
            0xdd => self.number(4),
            other => panic!("no array: {other:x}"),
        }
    }

    fn text(&mut self) -> &'b str {
        let len = match self.byte() {
            b @ 0xa0..=0xbf => usize::from(b & 31),
            0xd9 => self.number(1),
            0xda => self.number(2),
            other => panic!("no text: {other:x}"),
        };
        self.at += len;
        std::str::from_utf8(&self.bytes[self.at - len..self.at]).expect("utf-8")
    }

    /// The header: a map of two texts or small numbers.
    fn skip(&mut self) {
        let pairs = usize::from(self.byte() & 15);
        for _ in 0..2 * pairs {
            if self.bytes[self.at] < 0x80 {
                self.at += 1;
            } else {
                self.text();
            }
        }
    }
}
