//! `--fix`: what can be mended without a person's judgement, as a unified diff, or in the files themselves.

use std::fs;
use std::path::Path;

use super::edit::{self, Coding};
use super::judge::Judge;
use crate::batch::{Checked, Checking, check_one};
use crate::cli::log;
use crate::model::Repair;
use crate::options::Options;
use crate::read::{Body, Documents, Format, InputFile, Raw};

/// Mending one thing may show another: so often a text is looked at again.
const ROUNDS: usize = 5;
/// Lines about a change.
const AROUND: usize = 3;
/// Endings of files that are text from end to end.
const ENDINGS: [&str; 5] = ["", "txt", "text", "md", "markdown"];

/// What becomes of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mended {
    /// Its text before.
    pub(super) before: String,
    /// Its text after.
    pub(super) after: String,
    /// Its bytes after.
    pub(super) bytes: Vec<u8>,
    /// How many places were mended.
    pub(super) places: usize,
    /// How many could not be, because the encoding of the file lacks their characters.
    pub(super) lacking: usize,
    /// What the bytes were that were read.
    was: Vec<u8>,
}

/// Mends what is safe in one file.
///
/// # Errors
/// Where a file of its kind cannot be mended, with the reason.
pub(super) fn mend(file: &InputFile, checking: Checking<'_>, judge: &mut Judge) -> Result<Mended, String> {
    let raw = alone(file, checking.options.limits.size)?;
    let Body::Text(was) = &raw.body else { return Err("only plain text and Markdown are mended".to_owned()) };
    let (was, media_type) = (was.clone(), raw.media_type);
    let first = check_one(raw, checking);
    if let Some(failure) = &first.failure {
        return Err(failure.clone());
    }
    if !matches!(first.origin.media_type, "text/plain" | "text/markdown") || first.origin.lossy > 0 {
        return Err("only plain text and Markdown that can be decoded are mended".to_owned());
    }
    let Some(coding) = Coding::of(&was, &first.source, first.origin.encoding) else {
        return Err(format!("it cannot be written in {} again as it was", first.origin.encoding));
    };
    let before = first.source.clone();
    let (mut places, mut lacking) = (0, 0);
    let mut checked = first;
    let options = Options { encoding: None, ..checking.options.clone() };
    for _ in 0..ROUNDS {
        let all = judge.repairs(&checked);
        let fits = |repair: &Repair| coding.encoded(&repair.with).is_some();
        let repairs: Vec<Repair> = all.iter().filter(|repair| fits(repair)).cloned().collect();
        lacking = all.len() - repairs.len();
        if repairs.is_empty() {
            break;
        }
        places += repairs.len();
        let text = edit::apply(&checked.source, &repairs);
        let again = Raw { media_type, ..Raw::text(&file.name, &text) };
        let next = check_one(again, Checking { options: &options, ..checking });
        if next.source != text {
            return Err("its text reads otherwise once it is mended".to_owned());
        }
        checked = next;
    }
    let Checked { source: after, .. } = checked;
    let bytes = coding.encoded(&after).ok_or_else(|| "it cannot be written in its encoding".to_owned())?;
    Ok(Mended { before, after, bytes, places, lacking, was })
}

/// The one document that a file is.
fn alone(file: &InputFile, most: u64) -> Result<Raw, String> {
    let ending = Path::new(&file.name).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let is_text = ENDINGS.contains(&ending.unwrap_or_default().as_str());
    if !is_text || !matches!(file.format, None | Some(Format::Text)) {
        return Err("only plain text and Markdown are mended".to_owned());
    }
    let mut documents = Documents::new(vec![file.clone()], most);
    let raw = documents.next().filter(|raw| raw.member.is_none() && raw.line.is_none());
    let Some(raw) = raw else { return Err("only plain text and Markdown are mended".to_owned()) };
    match &raw.body {
        Body::Unreadable(message) => Err(message.clone()),
        _ => Ok(raw),
    }
}

impl Mended {
    /// Writes the file, unless it changed since it was read.
    pub(super) fn write(&self, path: &Path) -> Result<(), String> {
        let now = fs::read(path).map_err(|error| error.to_string())?;
        if now != self.was {
            return Err("it was changed meanwhile; run the same command again".to_owned());
        }
        edit::replace(path, &self.bytes).map_err(|error| format!("{error}; the file is as it was"))
    }

    /// The change as a unified diff.
    pub(super) fn diff(&self, name: &str, coloured: bool) -> String {
        diff(name, &self.before, &self.after, coloured)
    }
}

/// The change of a text, of which no line came or went, as a unified diff; coloured and with its control characters shown for a terminal.
fn diff(name: &str, before: &str, after: &str, coloured: bool) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let changed: Vec<usize> = (0..old.len().max(new.len())).filter(|&n| old.get(n) != new.get(n)).collect();
    let paint = |tone: &str, text: &str| {
        if coloured { format!("\u{1b}[{tone}m{}\u{1b}[0m", log::safe(text)) } else { text.to_owned() }
    };
    let mut out = format!("{}\n{}\n", paint("1", &format!("--- a/{name}")), paint("1", &format!("+++ b/{name}")));
    let line = |out: &mut String, sign: &str, tone: &str, text: &str| {
        out.push_str(&paint(tone, &format!("{sign}{}", text.trim_end_matches('\n'))));
        out.push('\n');
        if !text.ends_with('\n') {
            out.push_str("\\ No newline at end of file\n");
        }
    };
    let mut at = 0;
    while let Some(&first) = changed.get(at) {
        let mut last = at;
        while changed.get(last + 1).is_some_and(|next| next - changed.get(last).unwrap_or(next) <= 2 * AROUND) {
            last += 1;
        }
        let end = changed.get(last).unwrap_or(&first) + 1;
        let (from, to) = (first.saturating_sub(AROUND), (end + AROUND).min(old.len()));
        let (start, count) = (from + 1, to - from);
        out.push_str(&paint("36", &format!("@@ -{start},{count} +{start},{count} @@")));
        out.push('\n');
        let mut n = from;
        while n < to {
            if old.get(n) == new.get(n) {
                line(&mut out, " ", "0", old.get(n).unwrap_or(&""));
                n += 1;
                continue;
            }
            let run = (n..to).take_while(|&n| old.get(n) != new.get(n)).count();
            for k in n..n + run {
                line(&mut out, "-", "31", old.get(k).unwrap_or(&""));
            }
            for k in n..n + run {
                line(&mut out, "+", "32", new.get(k).unwrap_or(&""));
            }
            n += run;
        }
        at = last + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::diff;
    use crate::analyze;
    use crate::model::Samples;
    use crate::options::Options;
    use crate::read::{self, Fields, Raw};
    use crate::rules::Rules;

    #[test]
    fn a_diff_is_one_that_patch_reads() {
        let before: String = (1..=12).map(|n| format!("line {n}")).collect::<Vec<_>>().join("\n") + "\nend";
        let after = before.replace("line 2\n", "LINE 2\n").replace("line 12\nend", "line 12\nEND");
        assert_eq!(
            diff("a.txt", &before, &after, false),
            "--- a/a.txt\n+++ b/a.txt\n@@ -1,5 +1,5 @@\n line 1\n-line 2\n+LINE 2\n line 3\n line 4\n line 5\n\
             @@ -10,4 +10,4 @@\n line 10\n line 11\n line 12\n-end\n\\ No newline at end of file\n+END\n\\ No newline at end of file\n"
        );
    }

    /// The text with its repairs made.
    fn mended(text: &str) -> String {
        let (rules, options) = (Rules::embedded().unwrap(), Options::default());
        let document = read::parse(Raw::text("a.txt", text), &Fields::default(), &rules, &options).document;
        let outline = analyze::outline(&document, &rules, Samples::NONE);
        let analysis = analyze::analyze(&document, &outline.blocks, &rules, &options);
        let mut out = text.to_owned();
        for repair in analyze::repairs(&document, &analysis, &rules).into_iter().rev() {
            out.replace_range(repair.span.start()..repair.span.end(), &repair.with);
        }
        out
    }

    #[test]
    fn quotation_marks_take_the_usual_form_with_its_blanks() {
        let french =
            "Elle a dit « bonjour » à tous. Il a répondu « bonsoir » et puis \"adieu\" avant de partir avec eux.";
        assert_eq!(mended(french), french.replace("\"adieu\"", "« adieu »"));
        let english =
            "She said “good morning” to all. He answered “good evening” and then « farewell » before he left us.";
        assert_eq!(mended(english), english.replace("« farewell »", "“farewell”"));
    }

    #[test]
    fn marks_of_a_quotation_that_goes_on_are_left() {
        let text = "Он сказал «да» и ушёл. Она сказала «нет» и осталась дома.\n\n\
                    Она ответила: «Это было давно.\n\n\"Она плакала\"?»\n\nИ он сказал \"«да» или нет\", и потом все ушли домой.";
        assert_eq!(mended(text), text);
    }

    #[test]
    fn marks_of_chinese_stay_in_chinese_and_keep_their_blank_elsewhere() {
        let text = "Новый закон вступил в силу，и всё изменилось。Мы （все） рады этому в этом году.";
        assert_eq!(mended(text), "Новый закон вступил в силу, и всё изменилось. Мы (все) рады этому в этом году.");
        let text = "他说：“今天天气很好，我们去公园散步吧。”然后大家都高兴地出发了。";
        assert_eq!(mended(text), text);
    }
}
