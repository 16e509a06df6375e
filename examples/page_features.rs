//! Prints the blocks of pages with the features that the forests of `stage::extract` are trained on: a JSON object a block.
//! Used by `tools/extract/train.py`. Arguments: files.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool")]

use std::io::Write as _;

use recensio::rules::Rules;
use recensio::rules::letters::LetterRules;
use recensio::stage::{decode, extract};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rules = Rules::embedded()?;
    let letters: &LetterRules = &rules.letters;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let hints = decode::Hints { declared: decode::declared(&bytes), ..decode::Hints::default() };
        let source = decode::decode(bytes, &hints, letters).text;
        for (text, row, more) in extract::features(&source, &rules.extract) {
            let line = serde_json::json!({ "page": path, "text": text, "row": row, "more": more });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
