//! Rows of a Parquet file as documents: each the JSON object of its columns, read row group by row group.

use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::bloom_filter::Sbbf;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::ParquetError;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{ChunkReader, FileReader as _, RowGroupReader, SerializedFileReader};
use parquet::record::reader::{RowIter, TreeBuilder};
use parquet::record::{Field, Row};
use parquet::schema::types::Type as SchemaType;

/// So many rows are decoded at a time: documents are long, and memory is bounded.
const ROWS: usize = 16;

/// Gives the rows of a file one after the other, with their numbers from 1, until it is told `false`.
///
/// # Errors
/// Where the file is damaged or its columns are packed in a way that is not read here; what came before was given.
pub(super) fn rows<R: ChunkReader + 'static>(file: R, mut give: impl FnMut(u64, Vec<u8>) -> bool) -> io::Result<()> {
    let reader = guarded(|| SerializedFileReader::new(file))?.map_err(|error| told(&error))?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let mut number = 0;
    for group in 0..reader.num_row_groups() {
        let group = Checked(guarded(|| reader.get_row_group(group))?.map_err(|error| told(&error))?);
        let rows = guarded(|| TreeBuilder::new().with_batch_size(ROWS).as_iter(schema.clone(), &group))?;
        let mut rows = rows.map_err(|error| told(&error))?;
        while let Some(row) = guarded(|| rows.next())? {
            number += 1;
            let mut line = Vec::new();
            object(&row.map_err(|error| told(&error))?, &mut line);
            if !give(number, line) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// A row group whose pages are looked at before they are decoded.
struct Checked<'f>(Box<dyn RowGroupReader + 'f>);

impl RowGroupReader for Checked<'_> {
    fn metadata(&self) -> &RowGroupMetaData {
        self.0.metadata()
    }

    fn num_columns(&self) -> usize {
        self.0.num_columns()
    }

    fn get_column_page_reader(&self, i: usize) -> Result<Box<dyn PageReader>, ParquetError> {
        Ok(Box::new(Pages(self.0.get_column_page_reader(i)?)))
    }

    fn get_column_bloom_filter(&self, i: usize) -> Option<&Sbbf> {
        self.0.get_column_bloom_filter(i)
    }

    fn get_row_iter(&self, projection: Option<SchemaType>) -> Result<RowIter<'_>, ParquetError> {
        self.0.get_row_iter(projection)
    }
}

/// Pages of a column. The decoder makes room for as many values as the page of a dictionary says it has, so that a page of a few bytes
/// can ask for gigabytes; each value takes a byte or more.
struct Pages(Box<dyn PageReader>);

impl Pages {
    fn sound(page: Page) -> Result<Page, ParquetError> {
        match &page {
            Page::DictionaryPage { buf, num_values, .. } if *num_values as usize > buf.len() => {
                let bytes = buf.len();
                Err(ParquetError::General(format!("a dictionary of {bytes} bytes says it has {num_values} values")))
            }
            _ => Ok(page),
        }
    }
}

impl Iterator for Pages {
    type Item = Result<Page, ParquetError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|page| page.and_then(Self::sound))
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>, ParquetError> {
        self.0.get_next_page()?.map(Self::sound).transpose()
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>, ParquetError> {
        self.0.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<(), ParquetError> {
        self.0.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool, ParquetError> {
        self.0.at_record_boundary()
    }
}

/// What the reader of Parquet files gives; it panics on some that are damaged.
fn guarded<T>(read: impl FnOnce() -> T) -> io::Result<T> {
    catch_unwind(AssertUnwindSafe(read))
        .map_err(|_| io::Error::other("not a Parquet file that can be read: it is damaged"))
}

fn told(error: &ParquetError) -> io::Error {
    let what = error.to_string();
    if what.contains("zstd") || what.contains("ZSTD") {
        return io::Error::other(
            "its columns are packed by zstd; build with `--features parquet-zstd`, or write it with another compression",
        );
    }
    io::Error::other(format!("not a Parquet file that can be read: {what}"))
}

/// Appends a row as a JSON object.
fn object(row: &Row, out: &mut Vec<u8>) {
    out.push(b'{');
    for (index, (name, field)) in row.get_column_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        string(name.as_bytes(), out);
        out.push(b':');
        value(field, out);
    }
    out.push(b'}');
}

fn value(field: &Field, out: &mut Vec<u8>) {
    match field {
        Field::Null => out.extend(b"null"),
        Field::Bool(it) => out.extend(it.to_string().bytes()),
        Field::Byte(n) => number(n, out),
        Field::Short(n) => number(n, out),
        Field::Int(n) | Field::TimeMillis(n) => number(n, out),
        Field::Long(n) | Field::TimeMicros(n) => number(n, out),
        Field::UByte(n) => number(n, out),
        Field::UShort(n) => number(n, out),
        Field::UInt(n) => number(n, out),
        Field::ULong(n) => number(n, out),
        Field::Float16(n) => float(f64::from(n.to_f32()), out),
        Field::Float(n) => float(f64::from(*n), out),
        Field::Double(n) => float(*n, out),
        Field::Str(text) => string(text.as_bytes(), out),
        Field::Bytes(bytes) => string(bytes.data(), out),
        Field::Date(days) => instant(jiff::Timestamp::from_second(i64::from(*days) * 86_400).ok(), true, out),
        Field::TimestampMillis(n) => instant(jiff::Timestamp::from_millisecond(*n).ok(), false, out),
        Field::TimestampMicros(n) => instant(jiff::Timestamp::from_microsecond(*n).ok(), false, out),
        Field::Group(row) => object(row, out),
        Field::ListInternal(list) => {
            out.push(b'[');
            for (index, element) in list.elements().iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                value(element, out);
            }
            out.push(b']');
        }
        // Decimals have no number of JSON that is surely theirs, and the keys of maps may be anything.
        Field::Decimal(_) | Field::MapInternal(_) => string(field.to_string().as_bytes(), out),
    }
}

fn number(n: impl std::fmt::Display, out: &mut Vec<u8>) {
    // Writing to memory does not fail.
    let _ = write!(out, "{n}");
}

/// A number that JSON has; the others are `null`.
fn float(n: f64, out: &mut Vec<u8>) {
    if n.is_finite() {
        let _ = write!(out, "{n:?}");
    } else {
        out.extend(b"null");
    }
}

/// A moment in ISO 8601, or its day.
fn instant(at: Option<jiff::Timestamp>, day: bool, out: &mut Vec<u8>) {
    match at {
        None => out.extend(b"null"),
        Some(at) if day => number(format_args!("\"{}\"", at.strftime("%F")), out),
        Some(at) => number(format_args!("\"{at}\""), out),
    }
}

/// Appends a JSON string. Bytes that are no UTF-8 stay as they are: who reads the line counts them.
fn string(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    for &byte in bytes {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', byte]),
            0..0x20 => number(format_args!("\\u{byte:04x}"), out),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}
