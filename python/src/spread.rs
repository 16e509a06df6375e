//! The steps of a run over several machines, a batch at a time. Columns that a step does not know it hands on as they are.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{Array as _, ArrayRef, BinaryArray, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatch;
use recensio::batch::spread::{self, ClusterLines};
use recensio::batch::{Brake, Sums};
use recensio::record::{self, Batches, columns};

use super::{BATCH, Given, Origin, error, go_on, settings};

/// What of a document is compared, and what was decided of it.
const OUTLINED: &str = "outlined";
const DECISION: &str = "decision";
/// Rows that are worked on before the interpreter is asked whether to go on.
const TOGETHER: usize = 64;

/// These columns of a batch, as they are.
fn handed_on(batch: &RecordBatch, names: &[String]) -> PyResult<(Vec<Arc<Field>>, Vec<ArrayRef>)> {
    let schema = batch.schema();
    let one = |name: &String| {
        let (index, field) = schema.fields().find(name)?;
        Some((Arc::clone(field), Arc::clone(batch.columns().get(index)?)))
    };
    let found: Option<Vec<_>> = names.iter().map(one).collect();
    Ok(found.ok_or_else(|| error(format!("there are no columns {}", names.join(", "))))?.into_iter().unzip())
}

/// A batch of the columns that are handed on, and one more.
fn with_bytes(batch: &RecordBatch, keep: &[String], name: &str, bytes: Vec<Vec<u8>>) -> PyResult<RecordBatch> {
    let (mut fields, mut arrays) = handed_on(batch, keep)?;
    fields.push(Arc::new(Field::new(name, DataType::Binary, false)));
    arrays.push(Arc::new(BinaryArray::from_iter_values(bytes)));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(error)
}

/// The bytes of a column.
fn bytes<'b>(batch: &'b RecordBatch, name: &str) -> PyResult<Vec<&'b [u8]>> {
    let column = batch.column_by_name(name).ok_or_else(|| error(format!("there is no column {name:?}")))?;
    let all: Option<Vec<Option<&[u8]>>> = match column.data_type() {
        DataType::Binary => column.as_binary_opt::<i32>().map(|column| column.iter().collect()),
        DataType::LargeBinary => column.as_binary_opt::<i64>().map(|column| column.iter().collect()),
        _ => None,
    };
    let all = all.ok_or_else(|| error(format!("the column {name:?} does not hold bytes")))?;
    Ok(all.into_iter().map(Option::unwrap_or_default).collect())
}

/// What of each document is compared with others: the columns `keep` as they are, and `outlined`.
#[pyfunction]
fn outline_batch(
    py: Python<'_>,
    batch: PyRecordBatch,
    options: Vec<String>,
    origin: Origin,
    keep: Vec<String>,
) -> PyResult<PyRecordBatch> {
    let batch = batch.into_inner();
    let work = || {
        let settings = settings(options)?;
        let given = Given::new(&batch, &settings, &origin)?;
        let mut all = Vec::with_capacity(batch.num_rows());
        for row in 0..batch.num_rows() {
            all.push(spread::outlined(given.document(row), &settings.fields, &settings.rules, &settings.options));
            if row % TOGETHER == 0 {
                go_on()?;
            }
        }
        with_bytes(&batch, &keep, OUTLINED, all)
    };
    py.detach(work).map(PyRecordBatch::new)
}

/// The records of documents on which it was decided: the columns `keep` as they are, the line of `corpus` or of `removed`, those of `findings`, and in the
/// first row the `sums` of all.
#[pyfunction]
fn record_batch(
    py: Python<'_>,
    batch: PyRecordBatch,
    options: Vec<String>,
    origin: Origin,
    keep: Vec<String>,
) -> PyResult<PyRecordBatch> {
    let batch = batch.into_inner();
    let work = || {
        let settings = settings(options)?;
        let given = Given::new(&batch, &settings, &origin)?;
        let (mut corpus, mut removed) = (StringBuilder::new(), StringBuilder::new());
        let mut findings = ListBuilder::new(StringBuilder::new());
        let mut sums = Sums::default();
        for (row, decision) in bytes(&batch, DECISION)?.into_iter().enumerate() {
            let (fields, rules, options) = (&settings.fields, &settings.rules, &settings.options);
            let made = spread::recorded(given.document(row), decision, fields, rules, options);
            let text = Some(text_of(&made.line));
            corpus.append_option(text.as_deref().filter(|_| made.kept));
            removed.append_option(text.as_deref().filter(|_| !made.kept));
            for finding in &made.findings {
                findings.values().append_value(text_of(&record::line(finding)));
            }
            findings.append(true);
            sums.counts.add(&made.sums.counts);
            sums.conservation += made.sums.conservation;
            if row % TOGETHER == 0 {
                go_on()?;
            }
        }
        let (mut fields, mut arrays) = handed_on(&batch, &keep)?;
        let sums = record::line(&sums);
        let sums = (0..batch.num_rows()).map(|row| (row == 0).then(|| text_of(&sums)));
        let made: [(&str, ArrayRef); 4] = [
            ("corpus", Arc::new(corpus.finish())),
            ("removed", Arc::new(removed.finish())),
            ("findings", Arc::new(findings.finish())),
            ("sums", Arc::new(sums.collect::<StringArray>())),
        ];
        for (name, array) in made {
            fields.push(Arc::new(Field::new(name, array.data_type().clone(), true)));
            arrays.push(array);
        }
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(error)
    };
    py.detach(work).map(PyRecordBatch::new)
}

/// A line without its end.
fn text_of(line: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(line.trim_ascii_end())
}

/// Lines, each with what it is.
#[derive(Default)]
struct Lines {
    kinds: Vec<&'static str>,
    lines: Vec<String>,
    bytes: usize,
}

impl Lines {
    fn push(&mut self, kind: &'static str, line: &[u8]) {
        self.kinds.push(kind);
        self.lines.push(text_of(line).into_owned());
        self.bytes += line.len();
    }

    fn batch(self) -> PyResult<RecordBatch> {
        let text = |name| Field::new(name, DataType::Utf8, false);
        let schema = Arc::new(Schema::new(vec![text("kind"), text("line")]));
        let arrays: Vec<ArrayRef> =
            vec![Arc::new(StringArray::from(self.kinds)), Arc::new(StringArray::from_iter_values(self.lines))];
        RecordBatch::try_new(schema, arrays).map_err(error)
    }
}

/// Lines of `file`, such as `corpus.jsonl`, as its columns.
#[pyfunction]
fn columns_batch(py: Python<'_>, batch: PyRecordBatch, file: &str) -> PyResult<PyRecordBatch> {
    let batch = batch.into_inner();
    let work = || {
        let lines = super::text_column(&batch, "line")?.ok_or_else(|| error("there is no column \"line\""))?;
        let mut batches = Batches::new(file).map_err(error)?;
        for row in 0..batch.num_rows() {
            batches.push(super::text_at(&lines, row).unwrap_or_default().as_bytes()).map_err(error)?;
        }
        batches.take(&columns(file)).map_err(error)
    };
    py.detach(work).map(PyRecordBatch::new)
}

/// Compares documents in the order in which they come.
#[pyclass(frozen)]
struct Comparison {
    inner: Mutex<Option<spread::Comparison>>,
}

impl Comparison {
    /// Does something with it; an error where its clusters were taken.
    fn with<T>(&self, work: impl FnOnce(&mut spread::Comparison) -> PyResult<T>) -> PyResult<T> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        work(inner.as_mut().ok_or_else(|| error("the comparison has ended"))?)
    }
}

#[pymethods]
impl Comparison {
    #[new]
    fn new(options: Vec<String>, spared: &str, scratch: PathBuf, memory: usize) -> PyResult<Self> {
        let settings = settings(options)?;
        let made = spread::Comparison::new(&settings.options, &brakes(spared)?, scratch, memory).map_err(error)?;
        Ok(Self { inner: Mutex::new(Some(made)) })
    }

    /// What becomes of the next documents: the columns `keep` as they are, and `decision`.
    fn next_batch(&self, py: Python<'_>, batch: PyRecordBatch, keep: Vec<String>) -> PyResult<PyRecordBatch> {
        let batch = batch.into_inner();
        let work = || {
            let mut all = Vec::with_capacity(batch.num_rows());
            for (row, sent) in bytes(&batch, OUTLINED)?.into_iter().enumerate() {
                all.push(self.with(|inner| inner.next(sent).map_err(error))?);
                if row % TOGETHER == 0 {
                    go_on()?;
                }
            }
            with_bytes(&batch, &keep, DECISION, all)
        };
        py.detach(work).map(PyRecordBatch::new)
    }

    /// The sources that would lose too many of their documents, as JSON.
    fn brakes(&self) -> PyResult<String> {
        let all: Vec<record::Brake> = self.with(|inner| Ok(inner.brakes().iter().map(Into::into).collect()))?;
        serde_json::to_string(&all).map_err(error)
    }

    /// What occurs more than once, as batches of `kind` (the level) and `line`. Nothing can be compared after that.
    fn clusters(&self) -> PyResult<Clusters> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = inner.take().ok_or_else(|| error("the comparison has ended"))?;
        Ok(Clusters { lines: Mutex::new(ended.clusters()) })
    }
}

/// Batches of lines of clusters.
#[pyclass(frozen)]
struct Clusters {
    lines: Mutex<ClusterLines>,
}

#[pymethods]
impl Clusters {
    fn __iter__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<PyRecordBatch>> {
        let work = || {
            let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
            let mut rows = Lines::default();
            while rows.bytes < BATCH
                && let Some((line, level)) = lines.next()
            {
                rows.push(level, &line);
            }
            go_on()?;
            if rows.lines.is_empty() { Ok(None) } else { rows.batch().map(Some) }
        };
        Ok(py.detach(work)?.map(PyRecordBatch::new))
    }
}

fn brakes(json: &str) -> PyResult<Vec<Brake>> {
    let all: Vec<record::Brake> = serde_json::from_str(json).map_err(error)?;
    Ok(all.into_iter().map(Into::into).collect())
}

/// Sums of parts of a run, as JSON, added up.
fn added(sums: &[String]) -> PyResult<Sums> {
    let mut all = Sums::default();
    for part in sums {
        let part: Sums = serde_json::from_str(part).map_err(error)?;
        all.counts.add(&part.counts);
        all.conservation += part.conservation;
    }
    Ok(all)
}

/// Sums of parts of a run, as JSON, added up.
#[pyfunction]
fn add_sums(sums: Vec<String>) -> PyResult<String> {
    serde_json::to_string(&added(&sums)?).map_err(error)
}

/// `run.json`, from the sums of all its parts and how many clusters there are of each level.
#[pyfunction]
fn run_of(sums: Vec<String>, clusters: Vec<(String, u64)>, options: Vec<String>, spared: &str) -> PyResult<String> {
    let settings = settings(options)?;
    let mut all = added(&sums)?;
    all.counts.clusters = clusters.into_iter().collect();
    let run = spread::summed(all, &settings.rules, &settings.options, &brakes(spared)?).map_err(error)?;
    serde_json::to_string_pretty(&run).map_err(error)
}

/// Adds all this to the module.
pub(super) fn add(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Comparison>()?;
    module.add_class::<Clusters>()?;
    module.add_function(wrap_pyfunction!(outline_batch, module)?)?;
    module.add_function(wrap_pyfunction!(record_batch, module)?)?;
    module.add_function(wrap_pyfunction!(columns_batch, module)?)?;
    module.add_function(wrap_pyfunction!(add_sums, module)?)?;
    module.add_function(wrap_pyfunction!(run_of, module)?)
}
