"""The examples of Ray and Daft give the rows that the batch function gives by itself: every document, every column."""

import json
import pathlib
import subprocess
import sys
import tempfile

import pyarrow as pa
import pyarrow.parquet as pq

import recensio

ROOT = pathlib.Path(__file__).parents[2]


def documents(count):
    for number in range(count):
        text = f"Министерство финансов России сообщило {1 + number % 28} мая 2021 года о решении {number}.\n\nСпециалист в области法律合规 не ответил."
        yield {"id": f"d{number:04}", "text": text if number % 7 else f"Письмо {number}.", "date": "2024-05-01"}


def rows(table):
    return sorted(json.dumps(row, ensure_ascii=False, sort_keys=True, default=str) for row in table.to_pylist())


def main():
    given = list(documents(1500))
    wanted = rows(recensio.annotate(pa.Table.from_pylist(given)))
    assert len(wanted) == len(given) and sum("法律合规" in row for row in wanted) > 1000
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "in.jsonl")
        source.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in given), encoding="utf-8")
        for engine in ("ray", "daft"):
            target = pathlib.Path(folder, engine)
            subprocess.run([sys.executable, ROOT / f"python/examples/on_{engine}.py", source, target], check=True)
            found = rows(pa.concat_tables([pq.read_table(file) for file in sorted(target.rglob("*.parquet"))], promote_options="permissive"))
            different = [pair for pair in zip(wanted, found) if pair[0] != pair[1]]
            if found != wanted:
                failed = True
                print(f"{engine}: {len(found)} rows of {len(wanted)}, {len(different)} of them different; the first:", *different[:1], sep="\n  ")
            else:
                print(f"{engine}: {len(found)} rows, all equal")
    return failed


if __name__ == "__main__":
    sys.exit(main())
