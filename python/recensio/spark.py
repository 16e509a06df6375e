"""recensio on Apache Spark 4: the batches of Arrow that Spark makes go into Rust, a process for each task, one thread for each process."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import tempfile
import uuid
from typing import TYPE_CHECKING, Any, Iterator, Sequence

from . import Error, _arguments, _recensio

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

#: Bytes of documents that are worked on together: what a task holds at a time, besides the batch that Spark hands over.
BATCH = 4 << 20
#: Bytes of memory for what was seen of the documents that are compared; what is more goes to the disk of the executor.
MEMORY = 256 << 20
#: Where fewer bytes than that were decided in all, they are sent to every executor, and the documents stay where they are.
BROADCAST = 32 << 20

#: Rows of documents are large: fewer of them are held together than Spark does of ordinary rows.
_SETTINGS = {
    "spark.sql.parquet.columnarReaderBatchSize": "256",
    "spark.sql.execution.arrow.maxBytesPerBatch": str(16 << 20),
}
_PARQUET = {"parquet.block.size": str(32 << 20)}

#: The column by which documents are told apart: that of their order.
_ORDER = "_order"
_FIELDS = ["id", "text", "html", "source_text", "language", "source_language", "date", "title", "url"]


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


@dataclasses.dataclass(frozen=True)
class Corpus:
    """The four tables of a corpus, with the columns that ``recensio convert`` gives them, and the sums of the run."""

    documents: DataFrame
    removed: DataFrame
    clusters: DataFrame
    findings: DataFrame
    #: What ``run.json`` says: version, options, counts.
    run: dict[str, Any]


def deduplicate(df: DataFrame, *, order: str | Sequence[str], work: str | None = None, **options: Any) -> Corpus:
    """Takes out what repeats across the rows of ``df``, as ``recensio run --only repeats`` does: whole documents, passages, and what is shared in part is
    told. The first copy in the ``order`` of these columns stays. See ``run`` for the arguments; nothing is written but in the folder ``work``, from which
    the tables are read: by default a new one in the checkpoint folder of the session."""
    job = _Job(df, order, work, options | {"only": "repeats"})
    with _settings(df.sparkSession):
        return job.corpus()


def run(
    df: DataFrame,
    out: str,
    *,
    order: str | Sequence[str],
    format: str = "parquet",
    overwrite: bool = False,
    work: str | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Makes a corpus of the rows of ``df``, as ``recensio run`` does of its input, and writes it to the folder ``out``: ``corpus``, ``removed``,
    ``clusters`` and ``findings``, each a folder of Parquet files or of JSON Lines (``format="json"``), and at the end ``run.json``, which it gives.
    Records, clusters and what is removed are those of the command line.

    The first copy stays in the ``order`` of one or more columns, which tell each row from all others. Documents are given in columns as for ``annotate``;
    or as JSON, a line of JSON Lines, in the column that ``json`` names: then all fields of the command line are there, and what it does not know passes
    through. ``path`` and ``line`` name columns that say where a document is from. ``df`` is read twice and must be the same both times: write it first
    where it is dear to make or made anew each time.

    What is made on the way is in the folder ``work`` (by default ``out/_work``), which is removed at the end.
    """
    if format not in ("parquet", "json"):
        raise Error(f"there is no format {format!r}; the formats are parquet and json")
    files = _Files(df.sparkSession)
    if files.exists(out):
        if not overwrite:
            raise Error(f"{out} is there already; name another folder, or give overwrite=True")
        files.remove(out)
    work = work or f"{out}/_work"
    job = _Job(df, order, work, options)
    with _settings(df.sparkSession):
        for name, lines in job.made().items():
            if format == "json":
                lines.write.text(f"{out}/{name}")
            else:
                job.table(lines, name).write.options(**_PARQUET).parquet(f"{out}/{name}")
        made = job.sums()
    files.write(f"{out}/run.json", json.dumps(made, ensure_ascii=False, indent=2) + "\n")
    files.remove(work)
    return made


def read_lines(spark: SparkSession, path: str, work: str) -> DataFrame:
    """The lines of files of JSON Lines as the columns ``json``, ``path`` (the name of the file) and ``line``, to be given to ``run`` with
    ``order=["path", "line"], json="json", path="path", line="line"``: the order of the command line, and its names. They are copied to the folder
    ``work`` first, because Spark may cut the same files in other places at another time."""
    from pyspark.sql import Window, functions as F

    place = F.col("_metadata.file_name").alias("path"), F.col("_metadata.file_block_start").alias("block")
    lines = spark.read.option("lineSep", "\n").text(path).select(F.col("value").alias("json"), *place)
    lines.withColumn("row", F.monotonically_increasing_id()).write.parquet(work)
    lines = spark.read.parquet(work)
    blocks = lines.groupBy("path", "block").agg(F.min("row").alias("first"), F.count("*").alias("count"))
    earlier = Window.partitionBy("path").orderBy("block").rowsBetween(Window.unboundedPreceding, -1)
    blocks = blocks.select("path", "block", "first", F.coalesce(F.sum("count").over(earlier), F.lit(0)).alias("before"))
    line = (F.col("before") + F.col("row") - F.col("first") + 1).alias("line")
    numbered = lines.join(F.broadcast(blocks), ["path", "block"]).select("json", "path", line)
    return numbered.where(F.trim("json") != "")


@contextlib.contextmanager
def _settings(spark: SparkSession) -> Iterator[None]:
    """With settings for rows that are large."""
    before = {name: spark.conf.get(name, None) for name in _SETTINGS}
    for name, value in _SETTINGS.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                spark.conf.unset(name)
            else:
                spark.conf.set(name, value)


class _Files:
    """The file system of Spark."""

    def __init__(self, spark: SparkSession):
        self._java, self._conf = spark._jvm, spark._jsc.hadoopConfiguration()  # type: ignore[union-attr]

    def _at(self, path: str) -> tuple[Any, Any]:
        place = self._java.org.apache.hadoop.fs.Path(path)  # type: ignore[union-attr]
        return place.getFileSystem(self._conf), place

    def exists(self, path: str) -> bool:
        system, place = self._at(path)
        return bool(system.exists(place))

    def remove(self, path: str) -> None:
        system, place = self._at(path)
        system.delete(place, True)

    def size(self, path: str) -> int:
        system, place = self._at(path)
        return int(system.getContentSummary(place).getLength())

    def write(self, path: str, text: str) -> None:
        system, place = self._at(path)
        stream = system.create(place, True)
        try:
            stream.write(bytearray(text.encode()))
        finally:
            stream.close()


class _Job:
    """A run over the rows of a frame, in three steps: what of each document is compared is taken out of it; all that is compared, in order; the records of
    each document are made. What each step gives is written to the folder ``work``: an executor that dies takes nothing of it along."""

    def __init__(self, df: DataFrame, order: str | Sequence[str], work: str | None, options: dict[str, Any]):
        import pyarrow as pa
        from pyspark.sql import functions as F

        self.spark = df.sparkSession
        self.batch_bytes = options.pop("batch_bytes", BATCH)
        self.memory = options.pop("memory_bytes", MEMORY)
        self.origin = {name: options.pop(name, None) for name in ("json", "path", "line")}
        self.arguments = _arguments(options)
        # Wrong options are an error here, not in the tasks.
        _recensio.Comparison(self.arguments, "[]", tempfile.gettempdir(), self.memory)
        names = [options.get(f"{name}_field", name) for name in _FIELDS]
        order = [order] if isinstance(order, str) else list(order)
        given = [name for name in self.origin.values() if name]
        for name in [*order, *given]:
            if name not in df.columns:
                raise Error(f"there is no column {name!r} among {', '.join(df.columns)}")
        if not order:
            raise Error("name the column whose order says which copy is the first with order=…")
        if not given and names[0] not in df.columns:
            raise Error(f"there is no column {names[0]!r}; documents need names, or json, or path and line")
        wanted = given if self.origin["json"] else [*given, *(name for name in names if name in df.columns)]
        self.documents = df.select(F.struct(*order).alias(_ORDER), *dict.fromkeys(wanted))
        types = {field.name: field.dataType.simpleString() for field in self.documents.schema}
        kinds = {"int": pa.int32(), "bigint": pa.int64(), "string": pa.string()}
        empty = pa.record_batch({name: pa.array([], kinds.get(types[name], pa.bool_())) for name in types if name != _ORDER})
        _recensio.outline_batch(empty, self.arguments, self.origin, [])
        if work is None:
            folder = self.spark.sparkContext._jsc.sc().getCheckpointDir()  # type: ignore[union-attr]
            if folder.isEmpty():
                what = "name a folder for what is made on the way with work=…, or set one with spark.sparkContext.setCheckpointDir"
                raise Error(what)
            work = f"{folder.get()}/recensio-{uuid.uuid4()}"
        self.work = work
        self.files = _Files(self.spark)
        self.spared: list[dict[str, Any]] = []
        self._recorded: DataFrame | None = None
        self._compared: DataFrame | None = None

    def _schema(self, **columns: Any) -> Any:
        from pyspark.sql.types import StructField, StructType

        order = self.documents.schema[_ORDER].dataType
        return StructType([StructField(_ORDER, order), *(StructField(name, kind) for name, kind in columns.items())])

    def _written(self, frame: DataFrame, name: str) -> DataFrame:
        path = f"{self.work}/{name}"
        frame.write.mode("overwrite").options(**_PARQUET).parquet(path)
        return self.spark.read.schema(frame.schema).parquet(path)

    def outlined(self) -> DataFrame:
        """What of each document is compared."""
        import pyarrow as pa
        from pyspark.sql.types import BinaryType

        arguments, origin, most = self.arguments, self.origin, self.batch_bytes

        def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for part in _parts(batch, most):
                    yield pa.record_batch(_recensio.outline_batch(part, arguments, origin, [_ORDER]))

        return self.documents.mapInArrow(work, self._schema(outlined=BinaryType()))

    def compared(self) -> DataFrame:
        """What was decided of each document (``kind`` is ``decision``), and the clusters (``kind`` is their level)."""
        from pyspark.sql import functions as F

        while self._compared is None:
            outlined = self.outlined().repartition(1).sortWithinPartitions(_ORDER)
            compared = self._written(self._comparison(outlined), f"compared-{len(self.spared)}")
            brakes = compared.where(F.col("kind") == "brakes").select(F.col("payload").cast("string")).collect()
            if brakes:
                self.spared += json.loads(brakes[0][0])
            else:
                self._compared = compared
        return self._compared

    def _comparison(self, outlined: DataFrame) -> DataFrame:
        import pyarrow as pa
        from pyspark.sql.types import BinaryType, StringType

        arguments, memory, most, spared = self.arguments, self.memory, self.batch_bytes, json.dumps(self.spared)
        names = [_ORDER, "kind", "payload"]

        def rows(order: pa.Array, kind: pa.Array, payload: pa.Array) -> pa.RecordBatch:
            return pa.RecordBatch.from_arrays([order, kind, payload], names)

        def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            scratch = os.environ.get("SPARK_LOCAL_DIRS", tempfile.gettempdir()).split(",")[0]
            comparison, kind = _recensio.Comparison(arguments, spared, scratch, memory), pa.null()
            for batch in batches:
                kind = batch.schema.field(_ORDER).type
                for part in _parts(batch, most):
                    decided = pa.record_batch(comparison.next_batch(part, [_ORDER]))
                    kinds = pa.array(["decision"] * decided.num_rows, pa.string())
                    yield rows(decided[_ORDER], kinds, decided["decision"])
            brakes = comparison.brakes()
            if brakes != "[]":
                yield rows(pa.nulls(1, kind), pa.array(["brakes"]), pa.array([brakes.encode()]))
                return
            for clusters in map(pa.record_batch, comparison.clusters()):
                yield rows(pa.nulls(clusters.num_rows, kind), clusters["kind"], clusters["line"].cast(pa.binary()))

        return outlined.mapInArrow(work, self._schema(kind=StringType(), payload=BinaryType()))

    def recorded(self) -> DataFrame:
        """The lines of each document: ``corpus`` or ``removed``, ``findings``; and here and there ``sums``."""
        import pyarrow as pa
        from pyspark.sql import functions as F
        from pyspark.sql.types import ArrayType, StringType

        if self._recorded is not None:
            return self._recorded
        decisions = self.compared().where(F.col("kind") == "decision").select(_ORDER, F.col("payload").alias("decision"))
        self._check(decisions)
        if self.files.size(f"{self.work}/compared-{len(self.spared)}") <= BROADCAST:
            decisions = F.broadcast(decisions)
        arguments, origin, most = self.arguments, self.origin, self.batch_bytes

        def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for part in _parts(batch, most):
                    yield pa.record_batch(_recensio.record_batch(part, arguments, origin, [_ORDER]))

        text = StringType()
        schema = self._schema(corpus=text, removed=text, findings=ArrayType(text), sums=text)
        self._recorded = self._written(self.documents.join(decisions, _ORDER).mapInArrow(work, schema), "recorded")
        return self._recorded

    def _check(self, decisions: DataFrame) -> None:
        """An error where the order does not tell all documents apart."""
        from pyspark.sql import functions as F

        parts = [F.col(f"{_ORDER}.`{field.name}`") for field in self.documents.schema[_ORDER].dataType]  # type: ignore[attr-defined]
        missing = decisions.where(F.greatest(*(part.isNull() for part in parts), F.lit(False))).limit(1).collect()
        twice = decisions.groupBy(_ORDER).count().where("count > 1").limit(1).collect()
        if missing or twice:
            what = "is missing in a row" if missing else f"{tuple(twice[0][0])} is that of {twice[0]['count']} rows"
            raise Error(f"the order {what}; name columns that tell each document from all others")

    def made(self) -> dict[str, DataFrame]:
        """The lines of each table."""
        from pyspark.sql import functions as F

        recorded = self.recorded()
        lines = {name: recorded.where(F.col(name).isNotNull()).select(F.col(name).alias("line")) for name in ("corpus", "removed")}
        clusters = self.compared().where(F.col("kind") != "decision")
        lines["clusters"] = clusters.select(F.col("payload").cast("string").alias("line"))
        lines["findings"] = recorded.select(F.explode("findings").alias("line"))
        return lines

    def table(self, lines: DataFrame, name: str) -> DataFrame:
        """Lines as columns."""
        import pyarrow as pa
        from pyspark.sql.pandas.types import from_arrow_schema

        file, most = f"{name}.jsonl", self.batch_bytes

        def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                for part in _parts(batch, most):
                    yield pa.record_batch(_recensio.columns_batch(part, file))

        return lines.mapInArrow(work, from_arrow_schema(pa.schema(_recensio.columns_of(file))))

    def sums(self) -> dict[str, Any]:
        """``run.json``."""
        import pyarrow as pa
        from pyspark.sql import functions as F

        def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            sum = _recensio.add_sums([])
            for batch in batches:
                sum = _recensio.add_sums([sum, *batch["sums"].to_pylist()])
            yield pa.record_batch({"sums": [sum]})

        parts = self.recorded().where(F.col("sums").isNotNull()).select("sums").mapInArrow(work, "sums string")
        sums = [row[0] for row in parts.collect()]
        counts = {row["kind"]: row["count"] for row in self.compared().groupBy("kind").count().collect()}
        compared = counts.pop("decision", 0)
        made = json.loads(_recensio.run_of(sums, sorted(counts.items()), self.arguments, json.dumps(self.spared)))
        if made["counts"]["documents"] != compared:
            what = f"{compared} documents were compared and {made['counts']['documents']} written"
            raise Error(f"{what}: the frame was not the same when it was read a second time; write it first, and give what was written")
        return made

    def corpus(self) -> Corpus:
        made = {name: self.table(lines, name) for name, lines in self.made().items()}
        return Corpus(made["corpus"], made["removed"], made["clusters"], made["findings"], self.sums())
