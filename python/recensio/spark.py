"""recensio on Apache Spark 4: the batches of Arrow that Spark makes go into Rust, a process for each task, one thread for each process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator

from . import _arguments, _recensio

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

#: Bytes of documents that are analysed together: what a task holds at a time, besides the batch that Spark hands over.
BATCH = 4 << 20


def _parts(batch: pa.RecordBatch, most: int) -> Iterator[pa.RecordBatch]:
    """The batch in slices of about so many bytes, of at least a row."""
    if not batch.num_rows:
        return
    rows = max(1, batch.num_rows * most // max(batch.nbytes, 1))
    for start in range(0, batch.num_rows, rows):
        yield batch.slice(start, rows)


def annotate(df: DataFrame, *, batch_bytes: int = BATCH, **options: Any) -> DataFrame:
    """Analyses each row of ``df`` by itself: ``text`` and, where there are such columns, ``id``, ``language``, ``date`` and so on, to the columns of
    ``corpus.jsonl``, a row for each. Nothing is compared across rows. A document that fails has a row without text and says why in ``issues``: it
    ends neither its task nor the job. Options are those of the command line.
    """
    import pyarrow as pa
    from pyspark.sql.pandas.types import from_arrow_schema

    arguments = _arguments(options)
    # Wrong options are an error here, not in the tasks.
    columns = pa.schema(_recensio.columns_of("corpus.jsonl"))
    _recensio.annotate_batch(pa.record_batch({options.get("text_field", "text"): pa.array([], pa.string())}), arguments, 1)

    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for part in _parts(batch, batch_bytes):
                yield pa.record_batch(_recensio.annotate_batch(part, arguments, 1))

    return df.mapInArrow(work, from_arrow_schema(columns))
