"""Compares what each tool reads with the JSON Lines."""

import csv
import json
import pathlib
import sys

import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet as pq

folder = pathlib.Path(sys.argv[1])
FILES = ["corpus", "removed", "clusters", "findings"]
# Objects whose names are not known beforehand are lists of key and value.
NAMED = {"names", "ids", "citation"}


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def bare(value):
    """Without what is absent: in columns that is null."""
    if isinstance(value, dict):
        return {name: bare(item) for name, item in value.items() if item is not None and item is not False}
    return [bare(item) for item in value] if isinstance(value, (list, tuple)) else value


def unflat(record):
    """A row as JSON has it."""
    if isinstance(record, list):
        return [unflat(item) for item in record]
    if not isinstance(record, dict):
        return record
    out = {}
    for name, value in record.items():
        if name in NAMED and value is not None:
            value = {pair["key"]: pair["value"] for pair in value}
            if value or name != "citation":
                out[name] = value
        elif name == "meta":
            out[name] = json.loads(value)
        elif value is not None and value is not False:
            out[name] = unflat(value)
    return out


def same(tool, name, rows):
    expected, found = [bare(one) for one in lines(folder / "corpus" / f"{name}.jsonl")], [unflat(row) for row in rows]
    assert len(expected) == len(found), (tool, name, len(expected), len(found))
    for one, other in zip(expected, found):
        for field in one.keys() | other.keys():
            assert one.get(field) == other.get(field), (tool, name, field, one.get(field), other.get(field))
    print(f"{tool:12} {name:9} {len(found)} rows equal")


for name in FILES:
    parquet, arrow = folder / "parquet" / f"{name}.parquet", folder / "arrow" / f"{name}.arrow"
    same("pyarrow", name, pq.read_table(parquet).to_pylist())
    same("polars", name, polars.read_parquet(parquet).to_dicts())
    found = duckdb.sql(f"select * from read_parquet('{parquet}')")
    same("duckdb", name, [dict(zip(found.columns, row)) for row in found.fetchall()])
    with pa.ipc.open_file(arrow) as file:
        same("pyarrow ipc", name, file.read_all().to_pylist())
    same("polars ipc", name, polars.read_ipc(arrow).to_dicts())
schema = pq.read_schema(folder / "parquet" / "corpus.parquet")
assert json.loads(schema.metadata[b"recensio.run"])["format"] == "recensio/1"
assert b"clean text" in schema.field("text").metadata[b"description"]
count = duckdb.sql(f"select count(*) from (select unnest(dates, recursive := true) from '{folder}/parquet/corpus.parquet')").fetchall()[0][0]
corpus = lines(folder / "corpus" / "corpus.jsonl")
assert count == sum(len(document["dates"]) for document in corpus) > 0

from datatrove.pipeline.readers import JsonlReader  # noqa: E402

documents = list(JsonlReader(str(folder / "datatrove")).run())
assert [(d.id, d.text) for d in documents] == [(d["id"], d["text"]) for d in corpus if d["text"]], "datatrove"
by_id = {d["id"]: d for d in corpus}
for document in documents:
    record = by_id[document.id]
    assert document.metadata["language"] == record["language"]["code"]
    for layer in ("passages", "dates", "entities", "leftovers", "dropped", "meta"):
        assert document.metadata[layer] == record[layer], layer
print(f"datatrove    {len(documents)} documents equal")

from datasets import load_dataset  # noqa: E402

for part, name in zip(["documents", "removed", "clusters", "findings"], FILES):
    same("datasets", name, list(load_dataset(str(folder / "huggingface"), part, split="train")))

from langchain_core.documents import Document  # noqa: E402

documents = [Document.model_validate(line) for line in lines(folder / "langchain" / "documents.jsonl")]
assert [(d.id, d.page_content) for d in documents] == [(d["id"], d["text"]) for d in corpus]
passages = [Document.model_validate(line) for line in lines(folder / "passages" / "documents.jsonl")]
expected = [(d["id"] + "#" + p["id"], d["text"][slice(*p["span"])], p["span"][0]) for d in corpus for p in d["passages"]]
assert [(p.id, p.page_content, p.metadata["start_index"]) for p in passages] == expected
assert all(isinstance(v, (str, int)) for p in passages + documents for v in p.metadata.values())
assert any(p.metadata["leftovers"] for p in passages)
print(f"langchain    {len(documents)} documents, {len(passages)} passages equal")

FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def meant(cell):
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def number(cell):
    try:
        float(cell)
        return True
    except ValueError:
        return False


def back(cell):
    out, escaped = [], False
    for c in cell:
        out.append({"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}[c] if escaped else "" if c == "\\" else c)
        escaped = c == "\\" and not escaped
    return "".join(out)


csv.field_size_limit(1 << 30)
tables = {}
for path in sorted((folder / "csv").iterdir()):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tables[path.stem] = rows
    with open(folder / "tsv" / f"{path.stem}.tsv", encoding="utf-8", newline="\n") as file:
        head, *other = [[back(cell) for cell in line.rstrip("\n").split("\t")] for line in file]
    assert [dict(zip(head, row)) for row in other] == rows, path
    cells = [cell for row in rows for cell in row.values()]
    assert not [c for c in cells if c.startswith(FORMULA) and not number(c)], path
    found = duckdb.sql(f"select count(*) from read_csv('{path}', all_varchar=true, header=true, delim=',', quote='\"', escape='\"')")
    assert found.fetchall()[0][0] == len(rows), path
assert [(meant(d["id"]), meant(d["text"]), meant(d["title"])) for d in tables["documents"]] == [
    (d["id"], d["text"], d["title"] or "") for d in corpus
]
assert any(d["id"].startswith("'=") for d in tables["documents"])
dates = [(meant(d["document"]), d["id"], int(d["span.start"]), d["value"]) for d in tables["documents.dates"]]
assert dates == [(d["id"], t["id"], t["span"][0], t["value"]) for d in corpus for t in d["dates"]]
mentions = [(meant(m["document"]), m["entity"], int(m["span.end"])) for m in tables["documents.entities.mentions"]]
assert mentions == [(d["id"], e["id"], m["span"][1]) for d in corpus for e in d["entities"] for m in e["mentions"]]
copies = [(c["cluster"], meant(c["document"])) for c in tables["clusters.copies"]]
assert copies == [(c["id"], o["document"]) for c in lines(folder / "corpus" / "clusters.jsonl") for o in c["copies"]]
print(f"csv, tsv     {len(tables)} tables equal, no formula")
