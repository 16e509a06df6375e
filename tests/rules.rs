//! Every rule has a page in `docs/rules/`, every page a rule, and the program carries all of them.
//!
//! After a page came or went: `UPDATE=1 cargo test --test rules` writes the list in `src/rules/pages.rs` anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> BTreeSet<String> {
    let files = fs::read_dir(root().join("docs/rules")).unwrap();
    files
        .map(|f| f.unwrap().file_name().to_string_lossy().into_owned())
        .filter_map(|f| f.strip_suffix(".md").map(str::to_owned))
        .collect()
}

#[test]
fn the_program_carries_every_page() {
    let mut list = String::from(
        "//! The pages of the rules, so that `recensio why` can say what a rule is about. Written by `UPDATE=1 cargo test --test rules`.\n\n\
         /// The names of all rules, sorted, each with its page (Markdown).\n#[rustfmt::skip]\npub const PAGES: &[(&str, &str)] = &[\n",
    );
    for page in pages() {
        list.push_str(&format!("    (\"{page}\", include_str!(\"../../docs/rules/{page}.md\")),\n"));
    }
    list.push_str("];\n");
    let path = root().join("src/rules/pages.rs");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &list).unwrap();
    }
    assert!(
        fs::read_to_string(path).unwrap() == list,
        "run `UPDATE=1 cargo test --test rules` and commit src/rules/pages.rs"
    );
}

#[test]
fn every_page_says_what_is_found_and_what_is_not() {
    for page in pages() {
        let text = fs::read_to_string(root().join(format!("docs/rules/{page}.md"))).unwrap();
        assert!(text.starts_with(&format!("# {page}\n")), "{page}: the first line is its name");
        let lower = text.to_lowercase();
        assert!(lower.contains("not found"), "{page}: an example that is not found");
        assert!(lower.replace("not found", "").contains("found"), "{page}: an example that is found");
    }
}

#[test]
fn every_rule_has_its_page_and_every_page_its_rule() {
    let families: BTreeSet<String> = pages().iter().map(|p| p.split('.').next().unwrap().to_owned()).collect();
    let mut used = BTreeSet::new();
    for file in sources(&root().join("src")) {
        // The list of pages names them all, and the report's texts have names of the same form.
        if file.ends_with("rules/pages.rs") || file.starts_with(root().join("src/write")) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for piece in text.split('"').skip(1).step_by(1) {
            let is_rule = piece.contains('.')
                && piece.split('.').all(|part| {
                    !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit())
                });
            if is_rule && families.contains(piece.split('.').next().unwrap()) {
                used.insert(piece.to_owned());
            }
        }
    }
    let pages = pages();
    // What findings say has names of the same form, too; that every check has its page is tested beside the list of checks.
    let messages = fs::read_to_string(root().join("src/model/message/en.tsv")).unwrap();
    let said: BTreeSet<String> =
        messages.lines().filter_map(|line| Some(line.split_once('\t')?.0.to_owned())).collect();
    let lacking: Vec<_> = used.difference(&pages).filter(|name| !said.contains(*name)).collect();
    let orphans: Vec<_> = pages.difference(&used).collect();
    assert!(lacking.is_empty(), "rules without a page: {lacking:?}");
    assert!(orphans.is_empty(), "pages without a rule: {orphans:?}");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs" || e == "tsv") {
            out.push(path);
        }
    }
    out
}
