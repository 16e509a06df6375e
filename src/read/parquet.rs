//! Rows of a Parquet file as documents: each the JSON object of its columns, read row group by row group.

use std::io::{self, Write as _};

use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader as _, SerializedFileReader};
use parquet::record::reader::TreeBuilder;
use parquet::record::{Field, Row};

/// So many rows are decoded at a time: documents are long, and memory is bounded.
const ROWS: usize = 16;

/// Gives the rows of a file one after the other, with their numbers from 1, until it is told `false`.
///
/// # Errors
/// Where the file is damaged or its columns are packed in a way that is not read here; what came before was given.
pub(super) fn rows<R: ChunkReader + 'static>(file: R, mut give: impl FnMut(u64, Vec<u8>) -> bool) -> io::Result<()> {
    let reader = SerializedFileReader::new(file).map_err(|error| told(&error))?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let mut number = 0;
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(|error| told(&error))?;
        let rows =
            TreeBuilder::new().with_batch_size(ROWS).as_iter(schema.clone(), &*group).map_err(|error| told(&error))?;
        for row in rows {
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
