//! Words on standard error, with everything that could move a terminal's cursor or reverse its text shown as an escape; or objects of JSON, one a line,
//! for programs.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use serde_json::{Map, Value, json};

/// Whether lines are objects of JSON. Set once, before anything is said.
static JSON: AtomicBool = AtomicBool::new(false);

/// From now on every line is an object of JSON.
pub(super) fn as_json() {
    JSON.store(true, Ordering::Relaxed);
}

/// Whether every line is an object of JSON.
pub(super) fn is_json() -> bool {
    JSON.load(Ordering::Relaxed)
}

/// An error message.
pub(super) fn error(message: &str) {
    if is_json() {
        object("error", "error", json!({ "message": message }));
    } else {
        line(&format!("error: {message}"));
    }
}

/// Something that needs looking at.
pub(super) fn warning(message: &str) {
    if is_json() {
        object("warning", "message", json!({ "message": message }));
    } else {
        line(&format!("warning: {message}"));
    }
}

/// Lines as they are; their control characters but line feeds are escaped.
pub(super) fn plain(text: &str) {
    if is_json() {
        object("info", "message", json!({ "message": text }));
    } else {
        text.lines().for_each(line);
    }
}

/// Something that happened, with its figures, for programs: an object with `unix` (seconds since 1970), `level` and `event`.
pub(super) fn object(level: &str, event: &str, figures: Value) {
    let unix = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let mut all = Map::new();
    all.insert("unix".to_owned(), json!(unix as f64 / 1e3));
    all.insert("level".to_owned(), json!(level));
    all.insert("event".to_owned(), json!(event));
    if let Value::Object(figures) = figures {
        all.extend(figures);
    }
    line(&Value::Object(all).to_string());
}

fn line(text: &str) {
    let text = if is_json() { safe_json(text) } else { safe(text) };
    // Nobody can be told that standard error is closed.
    drop(writeln!(io::stderr().lock(), "{text}"));
}

/// The text with control, bidirectional and invisible characters written as `\u{…}`.
pub(super) fn safe(text: &str) -> String {
    shown(text, |c| c.escape_unicode().to_string())
}

/// A text for reading, on one line: as [`safe`], but for the joiners that Persian, the scripts of India and emoji are spelt with; they move nothing.
#[cfg(feature = "index")]
pub(super) fn safe_text(text: &str) -> String {
    let joined = |c: char| matches!(c, '\u{200c}' | '\u{200d}');
    shown(text, |c| if joined(c) { c.to_string() } else { c.escape_unicode().to_string() })
}

/// JSON that moves nothing on a terminal either: the same characters as escapes of JSON.
pub(super) fn safe_json(json: &str) -> String {
    shown(json, |c| format!("\\u{:04x}", u32::from(c)))
}

/// Lines of text, each safe.
pub(super) fn safe_lines(text: &str) -> String {
    text.lines().map(|line| safe(line) + "\n").collect()
}

/// The text with control, bidirectional and invisible characters, all of the Basic Multilingual Plane, as `escape` writes them.
fn shown(text: &str, escape: impl Fn(char) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control()
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        {
            out.push_str(&escape(c));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn a_file_name_cannot_colour_the_terminal() {
        assert_eq!(safe("a\u{1b}[31m法.txt\u{202e}"), "a\\u{1b}[31m法.txt\\u{202e}");
    }
}
