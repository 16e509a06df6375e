"""`recensio.spark.run` and `deduplicate` give what the command line gives, line for line: for 1, 2 and 4 partitions, for shuffled input, after executors were
killed while documents were read and while they were compared, and for a passage that is in all documents."""

import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time
from unittest import mock

import recensio
from annotate import deadly, session
from recensio.spark import _Job, deduplicate, run
from texts import lines

PROGRAM = os.environ["RECENSIO"]
TABLES = ["corpus", "removed", "clusters", "findings"]
#: Documents that one passage is in.
PASSAGES = 100_000
COLUMNS = "json string, path string, line bigint"
ORIGIN = {"order": ["path", "line"], "json": "json", "path": "path", "line": "line"}


def frame(spark, given, partitions, seed=0):
    rows = [(line, "a.jsonl", number + 1) for number, line in enumerate(given)]
    random.Random(seed).shuffle(rows)
    return spark.createDataFrame(rows, COLUMNS).repartition(partitions)


def expected(folder, given, *options):
    """The folder of the corpus that the command line makes."""
    (folder / "in").mkdir(parents=True, exist_ok=True)
    (folder / "in/a.jsonl").write_text("".join(f"{line}\n" for line in given))
    out = folder / "-".join(["out", *options])
    made = subprocess.run([PROGRAM, "run", folder / "in", "-o", out, "-q", *options], capture_output=True, text=True)
    assert (out / "corpus.jsonl").exists(), made.stderr
    return out


def compare(out, made):
    """Both have the same lines and the same sums."""
    total = 0
    for name in TABLES:
        here = sorted((out / f"{name}.jsonl").read_text().splitlines())
        there = sorted(line for part in (made / name).glob("part-*.txt") for line in part.read_text().splitlines())
        differ = [pair for pair in zip(here, there) if pair[0] != pair[1]]
        assert not differ and len(here) == len(there), (name, len(here), len(there), *differ[:1])
        total += len(here)
    assert json.loads((out / "run.json").read_text()) == json.loads((made / "run.json").read_text())
    return total


def canonical(table):
    return sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in table)


def rows(frame):
    return canonical(row.asDict(recursive=True) for row in frame.collect())


def timed(what, start):
    print(f"{what}, {time.monotonic() - start:.1f} s", flush=True)


def equality(spark, folder):
    given = list(lines(3000))
    out = expected(folder, given)
    for partitions in (1, 2, 4):
        start = time.monotonic()
        made = folder / f"spark-{partitions}"
        run(frame(spark, given, partitions, partitions), str(made), format="json", **ORIGIN)
        count = compare(out, made)
        timed(f"{partitions} partitions, shuffled: {count} lines equal to those of the command line", start)
    sums = json.loads((made / "run.json").read_text())
    assert sums["brakes"] and not (made / "_work").exists()
    assert all(sums["counts"]["documents_removed"].get(reason, 0) > 10 for reason in ("duplicate", "failed")), sums["counts"]
    assert all(sums["counts"]["clusters"].get(level, 0) > 10 for level in ("document", "passage", "span")), sums["counts"]

    start = time.monotonic()
    run(frame(spark, given, 2), str(folder / "parquet"), **ORIGIN)
    corpus = recensio.read_corpus(out)
    for name, what in zip(TABLES, ["documents", "removed", "clusters", "findings"]):
        assert rows(spark.read.parquet(str(folder / "parquet" / name))) == canonical(corpus.to_arrow(what).to_pylist()), name
    timed("Parquet: the same rows", start)

    start = time.monotonic()
    corpus = recensio.read_corpus(expected(folder, given, "--only", "repeats"))
    made = deduplicate(frame(spark, given, 3), work=str(folder / "work"), **ORIGIN)
    for what in ("documents", "removed", "clusters", "findings"):
        assert rows(getattr(made, what)) == canonical(corpus.to_arrow(what).to_pylist()), what
    assert made.run == corpus.run
    timed("deduplicate: the same rows", start)
    return given, out


def faults(spark, folder, given, out):
    # Documents are read in eight tasks, and compared in one that needs what was shuffled.
    read, compared = _Job.outlined, _Job._comparison
    for what, at, after in [("while documents were read", "outlined", 200), ("while they were compared", "_comparison", 1500)]:
        start = time.monotonic()
        marker = folder / what.replace(" ", "-")
        made = folder / f"spark-{marker.name}"

        def reading(job):
            job.documents = deadly(job.documents, after, str(marker))
            return read(job)

        def comparing(job, outlined):
            return compared(job, deadly(outlined, after, str(marker)))

        with mock.patch.object(_Job, at, reading if at == "outlined" else comparing):
            run(frame(spark, given, 8), str(made), format="json", **ORIGIN)
        assert marker.exists(), what
        count = compare(out, made)
        timed(f"an executor killed {what}: {count} lines equal", start)


def skew(spark, folder):
    start = time.monotonic()
    common = "This passage stands in every document of the corpus, and in none of them is it the only one that there is."
    given = [json.dumps({"id": f"s{number}", "text": f"{common}\n\nDocument {number} is about {number * 7919 % 10007} and nothing else."}) for number in range(PASSAGES)]
    out = expected(folder, given, "--only", "repeats")
    run(frame(spark, given, 4), str(folder / "spark"), format="json", only="repeats", **ORIGIN)
    count = compare(out, folder / "spark")
    biggest = max(json.loads(line)["size"] for line in (out / "clusters.jsonl").read_text().splitlines())
    assert biggest == PASSAGES, biggest
    timed(f"a passage in {biggest} documents: {count} lines equal", start)


def errors(spark, folder, given):
    same = spark.createDataFrame([("a", "x", 1), ("b", "y", 1)], "id string, text string, at int")
    one = frame(spark, given[:3], 1)
    for wanted, make in [
        ("is that of 2 rows", lambda: run(same, str(folder / "e1"), order="at")),
        ("no column 'when' among id, text, at", lambda: run(same, str(folder / "e2"), order="when")),
        ("unexpected argument '--kep' found", lambda: run(same, str(folder / "e3"), order="id", kep="all")),
        ("the formats are parquet and json", lambda: run(same, str(folder / "e4"), order="id", format="csv")),
        ("order the documents so that", lambda: run(same, str(folder / "e5"), order="id", keep="longest")),
        ("documents need names", lambda: run(same.drop("id"), str(folder / "e6"), order="at")),
        ("is there already", lambda: run(one, str(folder / "in"), **ORIGIN)),
        ("setCheckpointDir", lambda: deduplicate(one, **ORIGIN)),
        ("whole number", lambda: run(same, str(folder / "e7"), order="id", line="text")),
    ]:
        try:
            make()
            raise AssertionError(f"no error: {wanted}")
        except recensio.Error as error:
            assert wanted in str(error), (wanted, error)


def job(folder, given, out):
    """The script that is submitted, over two files that are cut in pieces."""
    start = time.monotonic()
    import recensio.spark_job

    source = folder / "files"
    source.mkdir()
    half = len(given) // 2
    (source / "a.jsonl").write_text("".join(f"{line}\n" for line in given[:half]) + "\n  \n")
    (source / "b.jsonl").write_text("".join(f"{line}\n" for line in given[half:]))
    subprocess.run([PROGRAM, "run", source, "-o", folder / "out", "-q", "--offsets", "bytes"], stderr=subprocess.DEVNULL)
    submit = pathlib.Path(sys.prefix) / "bin/spark-submit"
    settings = ["spark.ui.enabled=false", "spark.sql.files.maxPartitionBytes=200000", "spark.driver.host=127.0.0.1"]
    typed = [word for setting in settings for word in ("--conf", setting)]
    command = [submit, "--master", "local[2]", *typed, recensio.spark_job.__file__, source, folder / "made", "--format", "json", "--offsets", "bytes"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "documents read" in done.stdout, done.stdout
    count = compare(folder / "out", folder / "made")
    assert not (folder / "made.work").exists()
    timed(f"spark-submit: {count} lines equal", start)
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and "error: " in done.stdout and "is there already; name another folder" in done.stdout, done.stdout


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        spark = session()
        try:
            given, out = equality(spark, folder / "equality")
            faults(spark, folder / "equality", given, out)
            skew(spark, folder / "skew")
            errors(spark, folder / "equality", given)
        finally:
            spark.stop()
        (folder / "job").mkdir()
        job(folder / "job", given, out)


if __name__ == "__main__":
    main()
