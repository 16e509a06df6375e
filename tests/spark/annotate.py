"""`recensio.spark.annotate` gives the rows of one machine: for 1, 2 and 4 partitions, for shuffled input, with a poisoned document, and after an executor
was killed while it worked."""

import json
import pathlib
import random
import tempfile
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


def deadly(frame, after, marker):
    """The same frame; the first task that has taken `after` rows of it, of all that ever run, kills the executor that it runs in."""

    def work(batches):
        import os
        import pathlib
        import signal
        import time

        def executor(pid):
            while b"CoarseGrainedExecutorBackend" not in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
                pid = int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
            return pid

        taken = 0
        for batch in batches:
            for at in range(0, batch.num_rows, 100):
                yield batch.slice(at, 100)
                taken += min(100, batch.num_rows - at)
                if taken >= after and not os.path.exists(marker):
                    pathlib.Path(marker).touch()
                    os.kill(executor(os.getpid()), signal.SIGKILL)
                    time.sleep(60)

    return frame.mapInArrow(work, frame.schema)


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

        many = [{**document, "id": f"{document['id']}.{copy}"} for copy in range(20) for document in given[:count]]
        expected = canonical(recensio.annotate(pa.Table.from_pylist(many)).to_pylist())
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "many.jsonl"
            path.write_text("".join(json.dumps(document) + "\n" for document in many))
            frame = spark.read.schema(schema).json(str(path)).repartition(16)
            marker = pathlib.Path(folder) / "killed"
            start = time.monotonic()
            rows = collected(annotate(deadly(frame, 300, str(marker))))
            assert marker.exists()
        assert rows == expected
        print(f"an executor killed: {len(rows)} rows equal, {time.monotonic() - start:.1f} s", flush=True)
        try:
            annotate(frame, kep="all")
            raise AssertionError("a wrong option was taken")
        except recensio.Error as error:
            assert "unexpected argument '--kep' found" in str(error)
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
