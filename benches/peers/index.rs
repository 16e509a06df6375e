//! The bare indexing of tantivy, for `index.py`: ids and texts of a corpus in two fields, the default tokenizer, one commit; and queries.
//!
//!     bare_tantivy index CORPUS INDEX THREADS BYTES
//!     bare_tantivy search bare|recensio INDEX QUERIES    # a query a line; milliseconds and hits of each, a line each

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement may end by panic"
)]

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::time::Instant;

use recensio::feed::index::{Question, search};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{STORED, STRING, Schema, TEXT};
use tantivy::{Index, TantivyDocument, doc};

/// How many of the best are given.
const BEST: usize = 10;

#[derive(serde::Deserialize)]
struct Line {
    id: String,
    text: String,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args[1].as_str() {
        "index" => index(Path::new(&args[2]), Path::new(&args[3]), args[4].parse().unwrap(), args[5].parse().unwrap()),
        _ => asked(&args[2], Path::new(&args[3]), Path::new(&args[4])),
    }
}

fn index(corpus: &Path, folder: &Path, threads: usize, bytes: usize) {
    let mut schema = Schema::builder();
    let (id, text) = (schema.add_text_field("id", STRING | STORED), schema.add_text_field("text", TEXT | STORED));
    std::fs::create_dir_all(folder).unwrap();
    let index = Index::create_in_dir(folder, schema.build()).unwrap();
    let mut writer = index.writer_with_num_threads(threads, bytes).unwrap();
    for line in BufReader::with_capacity(1 << 18, File::open(corpus).unwrap()).split(b'\n') {
        let line: Line = serde_json::from_slice(&line.unwrap()).unwrap();
        writer.add_document(doc!(id => line.id, text => line.text)).unwrap();
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}

fn asked(which: &str, folder: &Path, queries: &Path) {
    let bare = (which == "bare").then(|| {
        let index = Index::open_in_dir(folder).unwrap();
        let mut parser = QueryParser::for_index(&index, vec![index.schema().get_field("text").unwrap()]);
        parser.set_conjunction_by_default();
        (index.reader().unwrap().searcher(), parser)
    });
    for query in std::fs::read_to_string(queries).unwrap().lines() {
        let started = Instant::now();
        let found = if let Some((searcher, parser)) = &bare {
            let query = parser.parse_query(query).unwrap();
            let (best, count) = searcher.search(&query, &(TopDocs::with_limit(BEST).order_by_score(), Count)).unwrap();
            for (_, address) in best {
                let _: TantivyDocument = searcher.doc(address).unwrap();
            }
            count as u64
        } else {
            let question = Question { query: Some(query.to_owned()), limit: BEST, ..Question::default() };
            search(folder, &question).unwrap().total
        };
        println!("{:.3} {found}", started.elapsed().as_secs_f64() * 1e3);
    }
}
