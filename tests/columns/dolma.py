"""Reads the layout of dolma by dolma: its types, and its mixer with a replacement by attribute."""

import gzip
import json
import pathlib
import subprocess
import sys

sys.path.pop(0)  # This folder, where dolma is this file.
import msgspec  # noqa: E402
from dolma.core.data_types import InputSpecWithMetadata, OutputSpec  # noqa: E402

folder = pathlib.Path(sys.argv[1])
corpus = [json.loads(line) for line in (folder / "corpus" / "corpus.jsonl").read_text("utf-8").splitlines()]
read = lambda name: gzip.open(folder / "dolma" / name).read().splitlines()  # noqa: E731
documents = [msgspec.json.decode(line, type=InputSpecWithMetadata) for line in read("documents/corpus.jsonl.gz")]
attributes = [msgspec.json.decode(line, type=OutputSpec) for line in read("attributes/recensio/corpus.jsonl.gz")]
assert [(d.id, d.text) for d in documents] == [(d["id"], d["text"]) for d in corpus]
assert [a.id for a in attributes] == [d["id"] for d in corpus]
spans = lambda places, layer: sorted(  # noqa: E731
    (start, end) for name, found in places.items() if name.startswith(f"recensio__{layer}__") for start, end, _ in found
)
for record, found in zip(corpus, attributes):
    assert spans(found.attributes, "leftover") == sorted(tuple(one["span"]) for one in record["leftovers"])
    assert spans(found.attributes, "date") == sorted(tuple(one["span"]) for one in record["dates"])
    assert spans(found.attributes, "passage") == sorted(tuple(one["span"]) for one in record["passages"])
assert any(d.created and d.created.startswith("2021-06-01T") for d in documents)

config = {
    "streams": [{
        "name": "mixed", "documents": [f"{folder}/dolma/documents/*.gz"], "attributes": ["recensio"],
        "output": {"path": str(folder / "mixed"), "max_size_in_bytes": 1 << 30},
        "span_replacement": [{"span": "$.attributes.recensio__leftover__zh", "min_score": 0.0, "replacement": "▮"}],
    }],
    "processes": 1,
}
(folder / "mix.json").write_text(json.dumps(config))
subprocess.run([sys.executable, "-m", "dolma.cli", "-c", str(folder / "mix.json"), "mix"], check=True, stdout=subprocess.DEVNULL)
mixed = [json.loads(line) for path in sorted((folder / "mixed").glob("*.gz")) for line in gzip.open(path)]
texts = {one["id"]: one["text"] for one in mixed}
for record in corpus:
    text = record["text"]
    for one in sorted((one for one in record["leftovers"] if one["language"] == "zh"), key=lambda one: -one["span"][0]):
        text = text[: one["span"][0]] + "▮" + text[one["span"][1] :]
    assert texts.get(record["id"], "") == text, record["id"]
print(f"dolma        {len(documents)} documents and their attributes equal; mixed by attribute")
