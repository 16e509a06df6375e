"""recensio on Ray Data: JSON Lines in, Parquet out, the columns of `corpus.jsonl`, each document by itself.

    python python/examples/on_ray.py INPUT.jsonl OUTPUT
"""

import sys

import ray

import recensio


def annotate(batch):
    """An Arrow table of documents to the table of their records. Ray gives each task a core: one thread here."""
    return recensio.annotate(batch, threads=1)


def main(source, target):
    documents = ray.data.read_json(source)
    documents.map_batches(annotate, batch_format="pyarrow", batch_size=256).write_parquet(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
