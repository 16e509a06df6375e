//! What the Python package is made of: documents in columns in, records in columns out; runs; corpora that were written. The interpreter is let go
//! while Rust works, and asked now and then whether the user wants to end it.

mod spread;

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, SchemaRef};
use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3_arrow::{PyRecordBatch, PySchema, PyTable};
use rayon::prelude::*;
use recensio::batch::Alone;
use recensio::cli::{Settings, run_with};
use recensio::read::{Body, Raw};
use recensio::record::{Batches, Shape, columns, fields};
use recensio::write::convert::{Layout, convert as written};
use serde_json::{Map, Value, json};

create_exception!(recensio, Error, PyException, "What recensio cannot do, in the words of the command line.");

/// The file whose lines records of documents are.
const CORPUS: &str = "corpus.jsonl";
/// Bytes of documents that are analysed before the interpreter is asked whether to go on.
const TOGETHER: usize = 256 << 10;
/// Bytes of lines that make a batch.
const BATCH: usize = 4 << 20;
/// How often a run is asked whether it is to end.
const NAP: Duration = Duration::from_millis(50);

/// So many sets of options are remembered, each with its compiled rules.
const REMEMBERED: usize = 4;

/// Options that were read, by how they were typed.
static SETTINGS: Mutex<Option<HashMap<Vec<String>, Arc<Settings>>>> = Mutex::new(None);

fn error(what: impl std::fmt::Display) -> PyErr {
    Error::new_err(what.to_string())
}

/// The settings that options come to; rules are compiled once.
fn settings(options: Vec<String>) -> PyResult<Arc<Settings>> {
    let mut known = SETTINGS.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    if let Some(settings) = known.get(&options) {
        return Ok(Arc::clone(settings));
    }
    if known.len() >= REMEMBERED {
        known.clear();
    }
    let made = Arc::new(Settings::parse(options.iter().map(OsString::from)).map_err(error)?);
    known.insert(options, Arc::clone(&made));
    Ok(made)
}

/// The names of columns that say where a document is from, or hold it whole.
#[derive(Clone, Debug, Default, FromPyObject)]
struct Origin {
    /// A JSON object, as a line of JSON Lines; the other columns then say nothing.
    #[pyo3(item)]
    json: Option<String>,
    /// The file.
    #[pyo3(item)]
    path: Option<String>,
    /// The line of that file, from 1.
    #[pyo3(item)]
    line: Option<String>,
}

/// The columns of the documents given, by what they hold.
struct Given {
    columns: Vec<(String, ArrayRef)>,
    id: String,
    json: Option<ArrayRef>,
    path: Option<ArrayRef>,
    line: Option<ArrayRef>,
}

/// What is in a row of a column of texts.
fn text_at(column: &ArrayRef, row: usize) -> Option<&str> {
    if column.is_null(row) {
        return None;
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string_opt::<i32>().map(|column| column.value(row)),
        DataType::LargeUtf8 => column.as_string_opt::<i64>().map(|column| column.value(row)),
        DataType::Utf8View => column.as_string_view_opt().map(|column| column.value(row)),
        _ => None,
    }
}

fn number_at(column: &ArrayRef, row: usize) -> Option<u64> {
    if column.is_null(row) {
        return None;
    }
    match column.data_type() {
        DataType::Int32 => u64::try_from(column.as_primitive::<Int32Type>().value(row)).ok(),
        _ => u64::try_from(column.as_primitive::<Int64Type>().value(row)).ok(),
    }
}

/// The column of this name, which holds texts; none where it holds nothing at all.
fn text_column(batch: &RecordBatch, name: &str) -> PyResult<Option<ArrayRef>> {
    let Some(column) = batch.column_by_name(name) else { return Ok(None) };
    match column.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Ok(Some(Arc::clone(column))),
        DataType::Null => Ok(None),
        other => Err(error(format!("the column {name:?} is {other}, not text; cast it to a string"))),
    }
}

impl Given {
    /// Those of a batch that are text, which the fields of JSON documents are.
    fn new(batch: &RecordBatch, settings: &Settings, origin: &Origin) -> PyResult<Self> {
        let known = &settings.fields;
        let named = |name: &Option<String>| name.as_ref().map_or(Ok(None), |name| named_column(batch, name));
        let (json, path, line) = (named(&origin.json)?, named(&origin.path)?, named(&origin.line)?);
        for (name, column) in [(&origin.json, &json), (&origin.path, &path)] {
            if let Some(name) = name.as_ref().filter(|_| column.is_some()) {
                text_column(batch, name)?;
            }
        }
        if let (Some(name), Some(column)) = (&origin.line, &line)
            && !matches!(column.data_type(), DataType::Int32 | DataType::Int64)
        {
            return Err(error(format!("the column {name:?} is {}, not a whole number; cast it to bigint", column.data_type())));
        }
        let mut columns = Vec::new();
        if json.is_none() {
            let texts = [&known.id, &known.text, &known.html, &known.source_text, &known.language];
            for name in texts.into_iter().chain([&known.source_language, &known.date, &known.title, &known.url]) {
                columns.extend(text_column(batch, name)?.map(|column| (name.clone(), column)));
            }
            if !columns.iter().any(|(name, _)| *name == known.text || *name == known.html) {
                return Err(error(format!(
                    "there is no column {:?} among {}; name the one that holds the text with text_field",
                    known.text,
                    names(batch)
                )));
            }
        }
        Ok(Self { columns, id: known.id.clone(), json, path, line })
    }

    /// A row as a document: the same as a line of JSON Lines with these fields.
    fn document(&self, row: usize) -> Raw {
        let path = self.path.as_ref().and_then(|column| text_at(column, row));
        let line = self.line.as_ref().and_then(|column| number_at(column, row));
        if let Some(column) = &self.json {
            let json = text_at(column, row).unwrap_or_default().trim_ascii_end().as_bytes().to_vec();
            let place = Raw::text(path.unwrap_or("row"), "");
            return Raw { media_type: "application/jsonl", body: Body::Json(json), line, ..place };
        }
        let mut object = Map::new();
        for (name, column) in &self.columns {
            if let Some(text) = text_at(column, row) {
                object.insert(name.clone(), Value::from(text));
            }
        }
        let id = object.get(&self.id).and_then(Value::as_str);
        let line = line.or_else(|| (path.is_none() && id.is_none()).then_some(row as u64 + 1));
        let place = Raw::text(path.or(id).unwrap_or("row"), "");
        let body = Body::Json(Value::Object(object).to_string().into_bytes());
        Raw { media_type: "application/jsonl", body, line, ..place }
    }
}

fn named_column(batch: &RecordBatch, name: &str) -> PyResult<Option<ArrayRef>> {
    let found = batch.column_by_name(name);
    found.map(|column| Some(Arc::clone(column))).ok_or_else(|| {
        error(format!("there is no column {name:?} among {}", names(batch)))
    })
}

fn names(batch: &RecordBatch) -> String {
    let names: Vec<&str> = batch.schema_ref().fields().iter().map(|field| field.name().as_str()).collect();
    names.join(", ")
}

/// Analyses each row of a batch by itself; gives a record for each, in their order. A document that fails has a record without text, with the
/// reason among its issues.
fn annotated(batch: &RecordBatch, settings: &Settings, threads: usize) -> PyResult<RecordBatch> {
    let given = Given::new(batch, settings, &Origin::default())?;
    let schema = columns(CORPUS);
    let mut batches = Batches::new(CORPUS).map_err(error)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(error)?;
    let mut row = 0;
    while row < batch.num_rows() {
        let (mut documents, mut bytes) = (Vec::new(), 0);
        while row < batch.num_rows() && bytes < TOGETHER {
            let document = given.document(row);
            bytes += document.len() + 1024;
            documents.push(document);
            row += 1;
        }
        let lines: Vec<Vec<u8>> = pool.install(|| documents.into_par_iter().map(|raw| line(raw, settings)).collect());
        for line in lines {
            batches.push(&line).map_err(error)?;
        }
        go_on()?;
    }
    batches.take(&schema).map_err(error)
}

/// An error where the user wants to end the work.
fn go_on() -> PyResult<()> {
    #[allow(clippy::redundant_closure_for_method_calls, reason = "the method itself is not general enough in lifetimes")]
    Python::attach(|py| py.check_signals())
}

/// The line of a document.
fn line(raw: Raw, settings: &Settings) -> Vec<u8> {
    let Some(alone) = Alone::new(raw, &settings.fields, &settings.rules, &settings.options) else { return Vec::new() };
    if alone.kept {
        return alone.line;
    }
    let removed: Value = serde_json::from_slice(&alone.line).unwrap_or_default();
    let mut record = empty(&fields(CORPUS));
    for (name, value) in removed.as_object().into_iter().flatten() {
        if record.contains_key(name) && name != "text" {
            record.insert(name.clone(), value.clone());
        }
    }
    let text = |name: &str| removed.get(name).and_then(Value::as_str);
    let message = text("message").or_else(|| text("rule")).unwrap_or_default();
    record.insert("offsets".to_owned(), json!(settings.options.offsets.name()));
    record.insert("issues".to_owned(), json!([{ "kind": text("reason").unwrap_or("failed"), "message": message }]));
    Value::Object(record).to_string().into_bytes()
}

/// A record that says nothing.
fn empty(all: &[recensio::record::Field]) -> Map<String, Value> {
    let nothing = |shape: &Shape| match shape {
        Shape::Text => json!(""),
        Shape::Whole => json!(0),
        Shape::Decimal => json!(0.0),
        Shape::Truth => json!(false),
        Shape::Json | Shape::Named => json!({}),
        Shape::Pair(_) | Shape::List(_) => json!([]),
        Shape::Record(fields) => Value::Object(empty(fields)),
    };
    all.iter().filter(|field| !field.nullable).map(|field| (field.name.clone(), nothing(&field.shape))).collect()
}

/// Documents in columns (`text`, and where there are such `id`, `language`, `date`…) to their records in columns, row by row.
#[pyfunction]
fn annotate_batch(
    py: Python<'_>,
    batch: PyRecordBatch,
    options: Vec<String>,
    threads: usize,
) -> PyResult<PyRecordBatch> {
    let batch = batch.into_inner();
    py.detach(|| annotated(&batch, &*settings(options)?, threads)).map(PyRecordBatch::new)
}

/// A document to the line of its record (JSON) and those of its findings. A document that cannot be read is an error.
#[pyfunction]
fn analyze_line(py: Python<'_>, document: String, path: &str, options: Vec<String>) -> PyResult<(String, Vec<String>)> {
    let raw = Raw { media_type: "application/jsonl", body: Body::Json(document.into_bytes()), ..Raw::text(path, "") };
    let alone = py.detach(|| {
        let settings = settings(options)?;
        Ok::<_, PyErr>(Alone::new(raw, &settings.fields, &settings.rules, &settings.options))
    })?;
    let alone = alone.ok_or_else(|| error("nothing was made of the document"))?;
    if !alone.kept {
        let removed: Value = serde_json::from_slice(&alone.line).unwrap_or_default();
        let rule = removed.get("rule").and_then(Value::as_str).unwrap_or_default();
        return Err(error(alone.failure.unwrap_or_else(|| format!("{path}: taken out by {rule}"))));
    }
    let findings = alone.findings.iter().map(|finding| serde_json::to_string(finding).unwrap_or_default()).collect();
    Ok((String::from_utf8_lossy(&alone.line).trim_end().to_owned(), findings))
}

/// `recensio run` with these arguments; gives `run.json`. `program` is the file of this module, which tells one build from another.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<OsString>, program: PathBuf) -> PyResult<String> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let work = std::thread::spawn(move || {
        let program = std::fs::read(program).unwrap_or_default();
        run_with(arguments, &program, &flag).map_err(|error| error.to_string())
    });
    let mut interrupt = None;
    while !work.is_finished() {
        py.detach(|| std::thread::sleep(NAP));
        if interrupt.is_none()
            && let Err(raised) = py.check_signals()
        {
            stop.store(true, Ordering::Relaxed);
            interrupt = Some(raised);
        }
    }
    let ended = work.join().map_err(|_| error("internal error; this is a defect of recensio, please report it"))?;
    if let Some(raised) = interrupt {
        return Err(raised);
    }
    let run = ended.map_err(error)?.ok_or_else(|| error("interrupted; the same call goes on from there"))?;
    serde_json::to_string(&run).map_err(error)
}

/// A file of a corpus in columns.
#[pyfunction]
fn read_table(py: Python<'_>, path: PathBuf, file: String) -> PyResult<PyTable> {
    let schema = columns(&file);
    let batches = py.detach(|| table(&path.join(&file), &file, &schema))?;
    PyTable::try_new(batches, schema).map_err(error)
}

/// The batches of a file.
fn table(path: &Path, file: &str, schema: &SchemaRef) -> PyResult<Vec<RecordBatch>> {
    let failed = |what: String| error(recensio::error::Error::Corpus { path: path.to_owned(), what });
    let mut lines = BufReader::new(File::open(path).map_err(|error| failed(error.to_string()))?);
    let mut batches = Batches::new(file).map_err(|error| failed(error.to_string()))?;
    let (mut out, mut line) = (Vec::new(), Vec::new());
    loop {
        line.clear();
        let read = lines.read_until(b'\n', &mut line).map_err(|error| failed(error.to_string()))?;
        if read > 0 {
            batches.push(&line).map_err(|error| failed(error.to_string()))?;
        }
        if batches.rows() > 0 && (read == 0 || batches.bytes() >= BATCH) {
            out.push(batches.take(schema).map_err(|error| failed(error.to_string()))?);
            go_on()?;
        }
        if read == 0 {
            return Ok(out);
        }
    }
}

/// The columns of a file of a corpus.
#[pyfunction]
fn columns_of(file: &str) -> PySchema {
    PySchema::new(columns(file))
}

/// Writes a corpus in another form; gives the files that were written.
#[pyfunction]
fn convert(py: Python<'_>, corpus: PathBuf, to: &str, output: PathBuf) -> PyResult<Vec<PathBuf>> {
    let layout = match to {
        "parquet" => Layout::Parquet,
        "arrow" => Layout::Arrow,
        "datatrove" => Layout::Datatrove,
        "dolma" => Layout::Dolma,
        "huggingface" => Layout::HuggingFace,
        "langchain" => Layout::LangChain { passages: false },
        "langchain-passages" => Layout::LangChain { passages: true },
        "csv" => Layout::Csv,
        "tsv" => Layout::Tsv,
        other => {
            return Err(error(format!(
                "there is no form {other:?}; the forms are parquet, arrow, datatrove, dolma, huggingface, langchain, langchain-passages, csv, tsv"
            )));
        }
    };
    py.detach(|| written(&corpus, layout, &output)).map_err(error)
}

/// The JSON Schema of the output.
#[pyfunction]
fn schema() -> String {
    recensio::record::schema().to_string()
}

#[pymodule]
fn _recensio(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("Error", module.py().get_type::<Error>())?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(annotate_batch, module)?)?;
    module.add_function(wrap_pyfunction!(analyze_line, module)?)?;
    module.add_function(wrap_pyfunction!(run, module)?)?;
    module.add_function(wrap_pyfunction!(read_table, module)?)?;
    module.add_function(wrap_pyfunction!(columns_of, module)?)?;
    module.add_function(wrap_pyfunction!(convert, module)?)?;
    module.add_function(wrap_pyfunction!(schema, module)?)?;
    spread::add(module)
}
