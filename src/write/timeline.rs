//! `timeline.csv` and `timeline.ics`: every statement with a place on the calendar, with its sentence, for spreadsheets and calendars.
//!
//! They are made from a `corpus.jsonl` that is whole, line by line, so that memory holds one document and a few numbers a date.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;

use serde::Deserialize;

use crate::error::Error;

/// The files, as they are called in the output folder.
pub const CSV: &str = "timeline.csv";
/// The calendar, RFC 5545.
pub const ICS: &str = "timeline.ics";

const HEAD: &str = "from,to,value,type,mod,text,sentence,document,title,date,certainty,how,rule\r\n";

/// What is read of a document of the corpus.
#[derive(Deserialize)]
struct Line {
    offsets: String,
    id: String,
    title: Option<String>,
    text: String,
    passages: Vec<Passage>,
    dates: Vec<Date>,
}

#[derive(Deserialize)]
struct Passage {
    span: (usize, usize),
    #[serde(default)]
    sentences: Vec<(usize, usize)>,
}

#[derive(Deserialize)]
struct Date {
    id: String,
    span: (usize, usize),
    text: String,
    #[serde(rename = "type")]
    kind: String,
    value: String,
    #[serde(rename = "mod")]
    modifier: Option<String>,
    interval: Option<(String, String)>,
    resolved: Resolved,
    certainty: f32,
    rule: String,
}

#[derive(Deserialize)]
struct Resolved {
    how: String,
}

/// Where the row of a date begins among the rows, and how long it is, by the time it speaks of.
type Row = (String, String, u64, usize);

/// Writes the two files from the corpus in `output`; how many dates they hold. What is there already is replaced when the new one is whole.
///
/// # Errors
/// Where the corpus cannot be read or the files cannot be written.
pub fn export(output: &Path) -> Result<u64, Error> {
    let parts = [CSV, ICS, "timeline.rows"].map(|name| output.join(format!("{name}.part")));
    let written = write(&output.join("corpus.jsonl"), &parts).and_then(|count| {
        let [csv, ics, rows] = &parts;
        fs::rename(csv, output.join(CSV))?;
        fs::rename(ics, output.join(ICS))?;
        fs::remove_file(rows)?;
        Ok(count)
    });
    written.map_err(|source| {
        for part in &parts {
            // It may not be there yet.
            let _ = fs::remove_file(part);
        }
        Error::Output { path: output.join(CSV), source }
    })
}

fn write(corpus: &Path, [csv, ics, rows]: &[std::path::PathBuf; 3]) -> io::Result<u64> {
    let mut index: Vec<Row> = Vec::new();
    let mut at = 0;
    let mut unsorted = BufWriter::new(File::create(rows)?);
    let mut calendar = BufWriter::new(File::create(ics)?);
    calendar.write_all(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//recensio//timeline//EN\r\n")?;
    for line in BufReader::new(File::open(corpus)?).lines() {
        let document: Line = serde_json::from_str(&line?).map_err(io::Error::other)?;
        let mut reader = Reader::new(&document);
        for date in &document.dates {
            let Some((from, to)) = &date.interval else { continue };
            let sentence = reader.sentence(date);
            let row = row(&document, date, from, to, sentence);
            unsorted.write_all(row.as_bytes())?;
            index.push((from.clone(), to.clone(), at, row.len()));
            at += row.len() as u64;
            calendar.write_all(event(&document, date, from, to, sentence).as_bytes())?;
        }
    }
    calendar.write_all(b"END:VCALENDAR\r\n")?;
    calendar.into_inner()?.sync_all()?;
    unsorted.flush()?;
    index.sort_by(|a, b| key(&a.0).cmp(&key(&b.0)).then_with(|| key(&a.1).cmp(&key(&b.1))).then(a.2.cmp(&b.2)));
    let mut sorted = BufWriter::new(File::create(csv)?);
    sorted.write_all(HEAD.as_bytes())?;
    let mut rows = File::open(rows)?;
    let mut row = Vec::new();
    for (_, _, start, length) in &index {
        rows.seek(SeekFrom::Start(*start))?;
        row.resize(*length, 0);
        rows.read_exact(&mut row)?;
        sorted.write_all(&row)?;
    }
    sorted.into_inner()?.sync_all()?;
    Ok(index.len() as u64)
}

/// Years before the common era come first, the farther the earlier.
fn key(day: &str) -> (i32, &str) {
    match day.strip_prefix('-') {
        Some(rest) => (-rest.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0), rest),
        None => (0, day),
    }
}

/// The sentences of a document, read once from front to back: dates and sentences stand in order.
struct Reader<'d> {
    document: &'d Line,
    /// A place in the document's unit, and the byte it is at.
    at: (usize, usize),
    /// The sentence that was read last.
    last: ((usize, usize), String),
}

impl<'d> Reader<'d> {
    fn new(document: &'d Line) -> Self {
        Self { document, at: (0, 0), last: ((0, 0), String::new()) }
    }

    /// The sentence that the date stands in, on one line.
    fn sentence(&mut self, date: &Date) -> &str {
        let (passages, at) = (&self.document.passages, date.span.0);
        let after = passages.partition_point(|p| p.span.0 <= at);
        let passage = after.checked_sub(1).and_then(|i| passages.get(i)).filter(|p| at < p.span.1);
        let place = passage.map_or(date.span, |p| {
            let after = p.sentences.partition_point(|(from, _)| *from <= at);
            let sentence = after.checked_sub(1).and_then(|i| p.sentences.get(i)).filter(|(_, to)| at < *to);
            sentence.copied().unwrap_or(p.span)
        });
        if self.last.0 != place {
            let (from, to) = (self.byte(place.0), self.byte(place.1));
            let words = self.document.text.get(from..to).unwrap_or(&date.text);
            self.last = (place, words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        &self.last.1
    }

    /// The byte at a place.
    fn byte(&mut self, place: usize) -> usize {
        if self.document.offsets == "bytes" {
            return place;
        }
        let (mut unit, mut byte) = if place < self.at.0 { (0, 0) } else { self.at };
        let wide = self.document.offsets == "utf16";
        for c in self.document.text.get(byte..).unwrap_or_default().chars() {
            if unit >= place {
                break;
            }
            unit += if wide { c.len_utf16() } else { 1 };
            byte += c.len_utf8();
        }
        self.at = (unit, byte);
        byte
    }
}

/// A line as in RFC 4180.
fn row(document: &Line, date: &Date, from: &str, to: &str, sentence: &str) -> String {
    let certainty = format!("{}", date.certainty);
    let cells = [
        from,
        to,
        &date.value,
        &date.kind,
        date.modifier.as_deref().unwrap_or_default(),
        &date.text,
        sentence,
        &document.id,
        document.title.as_deref().unwrap_or_default(),
        &date.id,
        &certainty,
        &date.resolved.how,
        &date.rule,
    ];
    let mut out = String::new();
    for (number, cell) in cells.into_iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        // A spreadsheet would take a cell that begins so for a formula.
        let formula = cell.starts_with(['=', '+', '@', '\t']) || cell.starts_with('-') && number > 1;
        if formula || cell.contains(['"', ',', '\n', '\r']) {
            out.push('"');
            out.push_str(if formula { "'" } else { "" });
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
    out
}

/// An event as in RFC 5545; nothing for years that it cannot write.
fn event(document: &Line, date: &Date, from: &str, to: &str, sentence: &str) -> String {
    let (Some(start), Some(end)) = (stamp(from), stamp(to)) else { return String::new() };
    let uid = blake3::hash(format!("{}\n{}\n{sentence}", document.id, date.id).as_bytes()).to_hex();
    let uid = uid.get(..32).unwrap_or_default();
    let mut out = String::from("BEGIN:VEVENT\r\n");
    // The same corpus gives the same bytes, so the stamp is no clock's.
    let lines = [
        format!("UID:{uid}@recensio"),
        "DTSTAMP:19700101T000000Z".to_owned(),
        format!("DTSTART{start}"),
        format!("DTEND{end}"),
        format!("SUMMARY:{}", escaped(sentence)),
        format!("DESCRIPTION:{}", escaped(&format!("{} = {} ({}, {})", date.text, date.value, document.id, date.id))),
        "TRANSP:TRANSPARENT".to_owned(),
    ];
    for line in lines {
        fold(&line, &mut out);
    }
    out.push_str("END:VEVENT\r\n");
    out
}

/// `2021-05-03` as `;VALUE=DATE:20210503`, `2021-05-03T17:30` as `:20210503T173000`.
fn stamp(at: &str) -> Option<String> {
    let (day, time) = at.split_once('T').unwrap_or((at, ""));
    let digits: String = day.split('-').collect();
    if digits.len() != 8 || day.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.starts_with("0000")
    {
        return None;
    }
    if time.is_empty() {
        return Some(format!(";VALUE=DATE:{digits}"));
    }
    let (hour, minute) = time.split_once(':')?;
    Some(format!(":{digits}T{hour:0>2}{minute:0>2}00"))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | ';' | ',') {
            out.push('\\');
        }
        if !c.is_control() {
            out.push(c);
        }
    }
    out
}

/// A line of at most 75 bytes, and what is more of it on lines that begin with a blank.
fn fold(line: &str, out: &mut String) {
    let mut room = 75;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{escaped, fold, key, stamp};

    #[test]
    fn days_and_minutes_are_written_as_calendars_want_them() {
        assert_eq!(stamp("2021-05-03").as_deref(), Some(";VALUE=DATE:20210503"));
        assert_eq!(stamp("2021-05-03T17:30").as_deref(), Some(":20210503T173000"));
        assert_eq!(stamp("-0043-03-15"), None);
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let mut out = String::new();
        fold(&format!("SUMMARY:{}", "ж".repeat(60)), &mut out);
        assert!(out.split("\r\n").all(|line| line.len() <= 75), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "ж".repeat(60)));
        assert_eq!(escaped("a, b; c\\d\n"), "a\\, b\\; c\\\\d");
    }

    #[test]
    fn years_before_the_common_era_come_first() {
        let mut days = ["0100-01-01", "-0043-03-15", "2021-05-03", "-0500-01-01"];
        days.sort_by_key(|day| key(day));
        assert_eq!(days, ["-0500-01-01", "-0043-03-15", "0100-01-01", "2021-05-03"]);
    }
}
