"""`recensio.spark.annotate` gives the rows of one machine: for 1, 2 and 4 partitions, for shuffled input, with a poisoned document, and after an executor
was killed while it worked."""

import json
import os
import pathlib
import random
import signal
import tempfile
import threading
import time

import pyarrow as pa
from pyspark.sql import SparkSession

import recensio
from recensio.spark import annotate

NAMES = ["Министерство финансов России", "Банк России", "Государственная дума", "Правительство Российской Федерации"]


def documents(count):
    draw = random.Random(11)
    for number in range(count):
        day = f"{draw.randint(1, 28)} мая {draw.randint(1990, 2024)} года"
        parts = [f"{draw.choice(NAMES)} сообщило {day}, что номер {number} принят.", "Это решение вступит в силу в следующем году."]
        if number % 5 == 0:
            parts.append(f"Специалист в области法律合规 по делу {number} не ответил.")
        yield {"id": f"d{number:05}", "text": "\n\n".join(parts * draw.randint(1, 3)), "date": "2024-05-01"}
    yield {"id": "poisoned", "text": None, "date": "no date"}
    yield {"id": "empty", "text": "", "date": None}
    yield {"id": "large", "text": "Это было в мае 2021 года. " * 20000, "date": None}


def canonical(rows):
    return sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)


def collected(frame):
    return canonical(row.asDict(recursive=True) for row in frame.collect())


def executors(driver):
    """The processes of executors that this process started, by their ids."""
    found, parents = [], {}
    for folder in pathlib.Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if b"CoarseGrainedExecutorBackend" in (folder / "cmdline").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                pass

    def is_ours(pid):
        while pid > 1 and pid != driver:
            pid = parents.get(pid, 0)
        return pid == driver

    return [pid for pid in found if is_ours(pid)]


def session():
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.executor.memory", "1g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def main():
    count = 400
    given = list(documents(count))
    schema = "id string, text string, date string"
    expected = canonical(recensio.annotate(pa.Table.from_pylist(given)).to_pylist())
    spark = session()
    try:
        for partitions in (1, 2, 4):
            shuffled = random.Random(partitions).sample(given, len(given))
            frame = spark.createDataFrame(shuffled, schema).repartition(partitions)
            start = time.monotonic()
            rows = collected(annotate(frame))
            assert rows == expected, partitions
            print(f"{partitions} partitions: {len(rows)} rows equal to those of one machine, {time.monotonic() - start:.1f} s", flush=True)
        poisoned = [json.loads(row) for row in rows if json.loads(row)["id"] == "poisoned"]
        assert poisoned[0]["issues"][0]["kind"] == "failed" and poisoned[0]["text"] == ""

        killed = []

        def kill():
            before = set(executors(os.getpid()))
            assert len(before) == 2, before
            time.sleep(3)
            victim = min(before)
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)

        many = [{**document, "id": f"{document['id']}.{copy}"} for copy in range(20) for document in given[:count]]
        expected = canonical(recensio.annotate(pa.Table.from_pylist(many)).to_pylist())
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "many.jsonl"
            path.write_text("".join(json.dumps(document) + "\n" for document in many))
            frame = spark.read.schema(schema).json(str(path)).repartition(16)
            thread = threading.Thread(target=kill)
            thread.start()
            start = time.monotonic()
            rows = collected(annotate(frame))
            took = time.monotonic() - start
            thread.join()
        assert killed and took > 3, (killed, took)
        assert rows == expected
        print(f"an executor killed after 3 of {took:.0f} s: {len(rows)} rows equal", flush=True)
        try:
            annotate(frame, kep="all")
            raise AssertionError("a wrong option was taken")
        except recensio.Error as error:
            assert "unexpected argument '--kep' found" in str(error)
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
