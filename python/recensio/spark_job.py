"""A job for ``spark-submit``: a corpus of files of JSON Lines, or of Parquet.

    spark-submit "$(python -c 'import recensio.spark_job as job; print(job.__file__)')" INPUT OUTPUT [--format json] [options of recensio run]
"""

from __future__ import annotations

import argparse
import sys
from typing import Any, Sequence


def parsed(arguments: Sequence[str]) -> tuple[argparse.Namespace, dict[str, Any]]:
    """What was typed, and the options of recensio among it by their names in Python."""
    parser = argparse.ArgumentParser(prog="spark_job.py", description="Makes a corpus of documents on Apache Spark, as recensio run does on one machine.")
    parser.add_argument("input", help="a file, folder or pattern of JSON Lines, or with --order of Parquet")
    parser.add_argument("output", help="the folder to be written")
    parser.add_argument("--format", choices=["parquet", "json"], default="parquet", help="what is written (default: parquet)")
    parser.add_argument("--order", metavar="COLUMN[,COLUMN]", help="read Parquet; the first copy in the order of these columns stays")
    parser.add_argument("--overwrite", action="store_true", help="put the corpus in the place of what is in the folder")
    parser.add_argument("--work", help="a folder for what is made on the way (default: OUTPUT.work)")
    typed, rest = parser.parse_known_args(arguments)
    options: dict[str, Any] = {}
    name = None
    for word in rest:
        if word.startswith("--"):
            word, _, value = word[2:].partition("=")
            name = word.replace("-", "_")
            options[name] = value or True
        elif name and options[name] is True:
            options[name] = word
        else:
            parser.error(f"{word!r} belongs to no option")
    return typed, options


def main(arguments: Sequence[str] | None = None) -> None:
    from pyspark.sql import SparkSession

    from recensio import Error
    from recensio.spark import _Files, read_lines, run

    typed, options = parsed(sys.argv[1:] if arguments is None else arguments)
    spark = SparkSession.builder.appName("recensio").getOrCreate()
    work = typed.work or f"{typed.output.rstrip('/')}.work"
    files = _Files(spark)
    try:
        if files.exists(typed.output) and not typed.overwrite:
            raise Error(f"{typed.output} is there already; name another folder, or give --overwrite")
        files.remove(work)
        if typed.order:
            documents, given = spark.read.parquet(typed.input), {"order": typed.order.split(",")}
        else:
            documents = read_lines(spark, typed.input, f"{work}/lines")
            given = {"order": ["path", "line"], "json": "json", "path": "path", "line": "line"}
        made = run(
            documents,
            typed.output,
            format=typed.format,
            overwrite=typed.overwrite,
            work=f"{work}/steps",
            **given,
            **options,
        )
        files.remove(work)
    except Error as error:
        raise SystemExit(f"error: {error}") from None
    finally:
        spark.stop()
    counts = made["counts"]
    gone = ", ".join(f"{count} {reason}" for reason, count in counts["documents_removed"].items())
    print(f"{counts['documents']} documents read, {counts['documents_kept']} kept{f' ({gone})' if gone else ''}: {typed.output}")


if __name__ == "__main__":
    main()
