"""recensio on Daft: JSON Lines in, Parquet out, the columns of `corpus.jsonl`, each document by itself.

    python python/examples/on_daft.py INPUT.jsonl OUTPUT
"""

import sys

import daft
import pyarrow as pa

import recensio


def annotated(frame):
    """The records of a frame of documents, a row for each."""
    names = frame.column_names
    # What columns come out, from no rows.
    columns = recensio.annotate(pa.table({"text": pa.array([], pa.string())})).schema

    @daft.func.batch(return_dtype=daft.DataType.from_arrow_type(pa.struct(list(columns))))
    def annotate(*series: daft.Series):
        batch = pa.table({name: one.to_arrow() for name, one in zip(names, series)})
        # Daft runs a batch on each core: one thread here.
        return recensio.annotate(batch, threads=1).combine_chunks().to_struct_array().combine_chunks()

    record = annotate(*(frame[name] for name in names)).alias("record")
    return frame.into_batches(256).select(record).select(*(daft.col("record").get(name).alias(name) for name in columns.names))


def main(source, target):
    annotated(daft.read_json(source)).write_parquet(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
