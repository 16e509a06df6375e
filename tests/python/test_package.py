"""The package does what the command line does."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

import pandas
import polars
import pyarrow as pa
import pyarrow.parquet
import pytest

import recensio

ROOT = pathlib.Path(__file__).parents[2]
PROGRAM = os.environ["RECENSIO"]
LONG = (
    "Это было в мае 2021 года, сообщило Министерство сельского хозяйства России, которое до того несколько лет собирало сведения о том, как хранят зерно "
    "в хозяйствах разных областей, сравнивало их с прежними правилами и спрашивало о них тех, кому приходится по ним работать каждую осень."
)
TEXT = f"Специалист в области法律合规 не ответил на вопрос.\n\n{LONG}\n\n{LONG}"


def command(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return recensio.run(ROOT / "input", tmp_path_factory.mktemp("corpus"))


def test_a_document_is_analysed():
    document = recensio.analyze(TEXT, id="a", date="2021-06-01")
    assert [one.text for one in document.leftovers] == ["法律合规"]
    assert document.leftovers[0].language == "zh" and document.leftovers[0].glued
    assert document.dates[0].value == "2021-05" and document.at(document.dates[0].span) == document.dates[0].text
    assert document.dropped[0].of == "p2" and document.dropped[0].rule.startswith("repeat.")
    assert [one.rule for one in document.findings].count("leftover.script") == 1
    assert any(entity.type == "regulator" for entity in document.entities)
    assert recensio.Document.from_dict(json.loads(json.dumps(document.to_dict()))) == document


@pytest.mark.parametrize("offsets", ["chars", "bytes", "utf16"])
def test_places_are_found_whatever_they_count(offsets):
    document = recensio.analyze("𝄞 " + TEXT, offsets=offsets, foreign=True)
    assert document.foreign is not None and document.offsets == offsets
    assert [document.at(one.span) for one in document.leftovers] == ["法律合规"]
    assert '<mark class="leftover" title="zh leftover.script">法律合规</mark>' in document._repr_html_()


def test_a_notebook_shows_no_markup_of_the_text():
    page = recensio.analyze("Das <script>alert(1)</script> war im Mai 2021 & später.", id="<b>", keep="all")._repr_html_()
    assert "<script>" not in page and "&lt;script&gt;" in page and "&lt;b&gt;" in page
    assert page.count("<mark") == page.count("</mark>") > 0 and "</mark> &amp; sp" in page


def test_options_are_those_of_the_command_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "date": "2021-06-01"}) + "\n")
    assert command("run", path, "-o", tmp_path / "out", "-q", "--keep", "all", "--words").returncode == 0
    expected = json.loads((tmp_path / "out/corpus.jsonl").read_text())
    document = recensio.analyze(TEXT, id="a", date="2021-06-01", keep="all", words=True).to_dict()
    for record in (expected, document):
        del record["source"]
    assert document == expected


def test_errors_have_the_words_of_the_command_line(tmp_path):
    with pytest.raises(recensio.Error, match="unexpected argument '--kep' found"):
        recensio.analyze("x", kep="all")
    with pytest.raises(recensio.Error) as error:
        recensio.run(tmp_path / "none", tmp_path / "out")
    assert f"error: {error.value}" == command("run", tmp_path / "none", "-o", tmp_path / "out2").stderr.strip()
    with pytest.raises(recensio.Error, match="run recensio first"):
        recensio.read_corpus(tmp_path)
    with pytest.raises(recensio.Error, match='there is no form "orc"; the forms are parquet'):
        recensio.convert(ROOT / "output", "orc", tmp_path)
    with pytest.raises(TypeError, match="decode bytes first"):
        recensio.analyze(b"x")
    with pytest.raises(recensio.Error, match="near-reported"):
        recensio.analyze("x", near_removed=0.7, near_reported=0.9)


def test_a_run_is_that_of_the_command_line_byte_for_byte(corpus):
    names = ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl", "report.html", "run.json"]
    for name in names:
        assert (corpus.path / name).read_bytes() == (ROOT / "output" / name).read_bytes(), name
    assert recensio.run([ROOT / "input"], corpus.path).run == corpus.run


def test_a_corpus_is_read_as_records_and_as_tables(corpus):
    lines = [json.loads(line) for line in (corpus.path / "corpus.jsonl").read_text().splitlines()]
    assert [document.to_dict() for document in corpus] == lines and len(corpus) == 1
    for what, records in [("clusters", corpus.clusters), ("findings", corpus.findings), ("removed", corpus.removed)]:
        lines = [json.loads(line) for line in (corpus.path / f"{what}.jsonl").read_text().splitlines()]
        assert [record.to_dict() for record in records] == lines
        assert corpus.to_arrow(what).num_rows == len(lines)
    frame = corpus.to_polars()
    assert frame["text"].to_list() == [document.text for document in corpus]
    assert corpus.to_pandas("findings")["rule"].tolist() == [finding.rule for finding in corpus.findings]
    assert "documents" in repr(corpus) and "kept" in corpus._repr_html_()
    with pytest.raises(recensio.Error, match="there are documents, removed"):
        corpus.to_arrow("texts")


def rows(frame):
    return frame.to_dict("list") if isinstance(frame, pandas.DataFrame) else frame.to_pydict() if isinstance(frame, pa.Table) else frame.to_dict(as_series=False)


@pytest.mark.parametrize("kind", [pandas.DataFrame, polars.DataFrame, pa.table])
def test_frames_of_each_kind_are_annotated_row_by_row(kind):
    frame = kind({"id": ["a", "b", "c"], "text": [TEXT, "Es war im Mai 2021, sagte der Minister.", TEXT], "other": [1, 2, 3]})
    out = recensio.annotate(frame)
    assert type(out) is type(frame)
    found = rows(out)
    assert list(found["id"]) == ["a", "b", "c"] and found["text"][0] == found["text"][2] == recensio.analyze(TEXT).text
    assert [len(one) for one in found["leftovers"]] == [1, 0, 1]
    assert found["dates"][1][0]["value"] == "2021-05"


def test_records_are_written_by_pyarrow_and_dates_may_be_times(tmp_path):
    times = pa.array([1714521600, None], pa.timestamp("s"))
    out = recensio.annotate(pa.table({"text": ["Im Mai des letzten Jahres.", TEXT], "date": times}))
    assert out["dates"].to_pylist()[0][0]["value"] == "2023-05"
    pyarrow.parquet.write_table(out, tmp_path / "records.parquet")
    assert pyarrow.parquet.read_table(tmp_path / "records.parquet").to_pylist() == out.to_pylist()


def test_a_document_that_fails_is_an_issue_and_columns_must_be_text():
    batch = pa.record_batch({"id": ["a", "b"], "text": [None, TEXT]})
    out = pa.record_batch(recensio.annotate_batch(batch, threads=1)).to_pylist()
    assert [one["id"] for one in out] == ["a", "b"] and out[0]["text"] == "" and out[0]["issues"][0]["kind"] == "failed"
    assert out[1]["issues"] == []
    with pytest.raises(recensio.Error, match='the column "text" is Int64, not text'):
        recensio.annotate_batch(pa.record_batch({"text": [1]}))
    with pytest.raises(recensio.Error, match='there is no column "text" among body; name the one'):
        recensio.annotate_batch(pa.record_batch({"body": ["x"]}))
    assert pa.record_batch(recensio.annotate_batch(pa.record_batch({"body": [TEXT]}), text_field="body")).num_rows == 1


def test_columns_of_each_text_type_are_taken():
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        batch = pa.record_batch({"text": pa.array([TEXT], kind)})
        assert pa.record_batch(recensio.annotate_batch(batch)).column("text")[0].as_py()


def test_a_corpus_is_converted(corpus, tmp_path):
    files = recensio.convert(corpus, "parquet", tmp_path)
    assert sorted(path.name for path in files) == ["clusters.parquet", "corpus.parquet", "findings.parquet", "removed.parquet"]
    assert polars.read_parquet(tmp_path / "corpus.parquet")["id"].to_list() == [document.id for document in corpus]


def test_other_threads_go_on_meanwhile():
    frame, beats, done = pa.table({"text": [TEXT * 20] * 200}), [], threading.Event()

    def beat():
        while not done.is_set():
            beats.append(time.monotonic())
            time.sleep(0.005)

    thread = threading.Thread(target=beat)
    thread.start()
    start = time.monotonic()
    recensio.annotate(frame, threads=1)
    took = time.monotonic() - start
    done.set()
    thread.join()
    assert max(b - a for a, b in zip(beats, beats[1:])) < max(0.5 * took, 0.2)


INTERRUPTED = """
import sys, recensio, pyarrow as pa
print("ready", flush=True)
try:
    if sys.argv[1] == "run":
        recensio.run(sys.argv[2], sys.argv[3], threads=1)
    else:
        recensio.annotate(pa.table({"text": [open(sys.argv[2]).read()[:20000]] * 100000}))
except KeyboardInterrupt:
    print("interrupted")
    sys.exit(7)
"""


@pytest.mark.parametrize("what", ["run", "annotate"])
def test_work_can_be_interrupted_and_a_run_goes_on(what, tmp_path):
    path = tmp_path / "many.jsonl"
    with open(path, "w") as out:
        for number in range(20000):
            text = " ".join(f"Слово{number * 7 + n} было сказано {n % 28 + 1} мая {1900 + number % 100} года." for n in range(20))
            out.write(json.dumps({"id": str(number), "text": text}) + "\n")
    arguments = [sys.executable, "-c", INTERRUPTED, what, str(path), str(tmp_path / "out")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60)[0] == "interrupted\n" and process.returncode == 7
    assert not (tmp_path / "out" / "corpus.jsonl").exists()


def test_the_committed_schema_is_that_of_the_package():
    assert recensio.schema() == json.loads((ROOT / "docs/schema/recensio-1.schema.json").read_text())
