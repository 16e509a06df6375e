"""Cleans scraped and machine-translated articles into a structured corpus: repeats, untranslated fragments, dates, policy entities.

The functions take the options of the command line by its names: ``--source-language zh`` is ``source_language="zh"``, ``--foreign`` is
``foreign=True``, ``--filter c4,gopher`` is ``filter=["c4", "gopher"]``. Errors have its words.
"""

from __future__ import annotations

import datetime
import json
import os
import pathlib
from typing import Any, Iterable, Iterator, Sequence

from . import _recensio
from ._document import with_findings
from ._recensio import Error, __version__
from ._types import (
    Cluster,
    Copy,
    Date,
    Document,
    Dropped,
    Entity,
    Finding,
    Foreign,
    Gloss,
    Issue,
    Language,
    Leftover,
    Mention,
    Passage,
    Place,
    Relation,
    Removed,
    Resolved,
    Segment,
    Source,
    SourceLanguage,
)

__all__ = [
    "Cluster",
    "Corpus",
    "Document",
    "Error",
    "Finding",
    "Removed",
    "__version__",
    "analyze",
    "annotate",
    "annotate_batch",
    "convert",
    "read_corpus",
    "run",
    "schema",
]

_FILES = {"documents": "corpus.jsonl", "removed": "removed.jsonl", "clusters": "clusters.jsonl", "findings": "findings.jsonl"}


def _arguments(options: dict[str, Any]) -> list[str]:
    """Options as they are typed."""
    out = []
    for name, value in options.items():
        if value is None or value is False:
            continue
        out.append("--" + name.replace("_", "-"))
        if isinstance(value, (list, tuple, set, frozenset)):
            out.append(",".join(map(str, value)))
        elif value is not True:
            out.append(os.fspath(value) if isinstance(value, os.PathLike) else str(value))
    return out


def analyze(
    text: str,
    *,
    id: str = "text",
    title: str | None = None,
    date: str | datetime.date | None = None,
    url: str | None = None,
    source_text: str | None = None,
    html: bool = False,
    **options: Any,
) -> Document:
    """Analyses one document, by itself: what it repeats of itself goes, unless ``keep="all"``.

    ``date`` is the document's own, against which "last year" is resolved; ``source_text`` what it was translated from; ``html`` says that ``text``
    is a page. Other arguments are options of the command line.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be str, not {type(text).__name__}; decode bytes first")
    document = {"id": id, "html" if html else "text": text}
    known = {"title": title, "date": str(date) if date is not None else None, "url": url, "source_text": source_text}
    document |= {name: value for name, value in known.items() if value is not None}
    line, findings = _recensio.analyze_line(json.dumps(document), id, _arguments(options))
    return with_findings(
        Document.from_dict(json.loads(line)), [Finding.from_dict(json.loads(finding)) for finding in findings]
    )


def run(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str] = "output",
    **options: Any,
) -> Corpus:
    """Makes a corpus of files and folders, as ``recensio run`` does, byte for byte, and gives it. Ctrl-C ends it in order; the same call goes on."""
    paths = [inputs] if isinstance(inputs, (str, os.PathLike)) else list(inputs)
    arguments = ["--output", os.fspath(output), *_arguments(options), "--", *map(os.fspath, paths)]
    _recensio.run(arguments, _recensio.__file__)
    return read_corpus(output)


def read_corpus(path: str | os.PathLike[str]) -> Corpus:
    """The corpus that a run wrote to the folder ``path``."""
    corpus = Corpus(pathlib.Path(path))
    corpus.run  # An error here says that there is none.
    return corpus


def convert(corpus: str | os.PathLike[str] | Corpus, to: str, output: str | os.PathLike[str]) -> list[pathlib.Path]:
    """Writes a corpus in another form, as ``recensio convert`` does: parquet, arrow, datatrove, dolma, huggingface, langchain,
    langchain-passages, csv or tsv."""
    folder = corpus.path if isinstance(corpus, Corpus) else corpus
    return [pathlib.Path(path) for path in _recensio.convert(os.fspath(folder), to, os.fspath(output))]


def schema() -> dict[str, Any]:
    """The JSON Schema of the records."""
    return json.loads(_recensio.schema())


def annotate_batch(batch: Any, *, threads: int = 0, **options: Any) -> Any:
    """A record batch of documents (``text`` and, where there are such columns, ``id``, ``language``, ``date``…) to the batch of their records, row by
    row. Takes and gives whatever has the Arrow PyCapsule interface. A document that fails has a record without text and says why in ``issues``."""
    return _recensio.annotate_batch(batch, _arguments(options), threads)


def annotate(frame: Any, *, threads: int = 0, **options: Any) -> Any:
    """Analyses each row of a frame by itself: a pandas or polars ``DataFrame``, or an Arrow ``Table``; gives the records as the same kind. The column of
    the documents' dates may hold texts, days or times, of which the day is taken."""
    import pyarrow as pa

    module = type(frame).__module__.split(".")[0]
    if module == "pandas":
        table = pa.Table.from_pandas(frame, preserve_index=False)
    elif module == "pyarrow" and isinstance(frame, pa.RecordBatch):
        table = pa.Table.from_batches([frame])
    else:
        table = pa.table(frame)
    date = table.schema.get_field_index(str(options.get("date_field") or "date"))
    kind = table.schema.field(date).type if date >= 0 else pa.string()
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        table = table.set_column(date, table.field(date).name, table.column(date).cast(pa.date32(), safe=False).cast(pa.string()))
    schema = pa.schema(_recensio.columns_of("corpus.jsonl"))
    batches = [
        pa.record_batch(annotate_batch(batch, threads=threads, **options)) for batch in table.to_batches() if batch.num_rows
    ]
    return _as(_optional(pa.Table.from_batches(batches, schema=schema)), module)


def _optional(table: Any) -> Any:
    """The same with no field required: pyarrow's Parquet writer refuses what is required within something that is not there."""
    import pyarrow as pa

    def field(one: pa.Field) -> pa.Field:
        kind = one.type
        if pa.types.is_struct(kind):
            kind = pa.struct([field(kind.field(at)) for at in range(kind.num_fields)])
        elif pa.types.is_list(kind):
            kind = pa.list_(field(kind.value_field))
        elif pa.types.is_large_list(kind):
            kind = pa.large_list(field(kind.value_field))
        return pa.field(one.name, kind, metadata=one.metadata)

    return table.cast(pa.schema([field(one) for one in table.schema], table.schema.metadata))


def _as(table: Any, kind: str) -> Any:
    if kind == "pandas":
        return table.to_pandas()
    if kind == "polars":
        import polars

        return polars.from_arrow(table)
    return table


class Corpus:
    """A corpus in a folder: iterating gives its documents."""

    def __init__(self, path: str | os.PathLike[str]):
        self.path = pathlib.Path(path)

    @property
    def run(self) -> dict[str, Any]:
        """``run.json``: version, options, counts and sums."""
        path = self.path / "run.json"
        try:
            return json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            what = error.strerror if isinstance(error, OSError) else error
            raise Error(f"cannot read {path}: {what}; run recensio first, or name its output folder") from error

    def _lines(self, file: str, of: Any) -> Iterator[Any]:
        with open(self.path / file, "rb") as lines:
            for line in lines:
                yield of.from_dict(json.loads(line))

    def __iter__(self) -> Iterator[Document]:
        return self._lines("corpus.jsonl", Document)

    def __len__(self) -> int:
        counts = self.run["counts"]
        return counts["documents"] - sum(counts["documents_removed"].values())

    @property
    def removed(self) -> Iterator[Removed]:
        """The documents that were not kept."""
        return self._lines("removed.jsonl", Removed)

    @property
    def clusters(self) -> Iterator[Cluster]:
        """What occurs more than once."""
        return self._lines("clusters.jsonl", Cluster)

    @property
    def findings(self) -> Iterator[Finding]:
        """What a translator or editor should look at."""
        return self._lines("findings.jsonl", Finding)

    def to_arrow(self, what: str = "documents") -> Any:
        """The ``documents``, ``removed``, ``clusters`` or ``findings`` as an Arrow table, annotations nested."""
        import pyarrow as pa

        if what not in _FILES:
            raise Error(f"there are no {what!r} in a corpus; there are {', '.join(_FILES)}")
        return _optional(pa.table(_recensio.read_table(os.fspath(self.path), _FILES[what])))

    def to_pandas(self, what: str = "documents") -> Any:
        """The same as a pandas ``DataFrame``."""
        return _as(self.to_arrow(what), "pandas")

    def to_polars(self, what: str = "documents") -> Any:
        """The same as a polars ``DataFrame``."""
        return _as(self.to_arrow(what), "polars")

    def __repr__(self) -> str:
        return f"Corpus({str(self.path)!r}, {len(self)} documents)"

    def _repr_html_(self) -> str:
        from html import escape

        counts = self.run["counts"]
        rows = [("kept", len(self)), ("read", counts["documents"]), *sorted(counts["documents_removed"].items())]
        cells = "".join(f"<tr><td>{escape(str(name))}</td><td>{escape(str(n))}</td></tr>" for name, n in rows)
        return f"<h4>{escape(str(self.path))}</h4><table>{cells}</table>"
