"""Deduplication alone, of recensio and of peers, on the same JSON Lines file: whole processes on one thread, one after the other.

    cargo build --release
    python3 -m venv venv && venv/bin/pip install rensa==0.5.0 text-dedup
    venv/bin/python benches/peers/dedup.py FILE.jsonl [--bin target/release/recensio] [--json OUT]

Rows: recensio with `--only repeats`, near (documents, passages and shared stretches), exact (documents and passages, equal or equal but for looks) and
partial (stretches alone); `sort -u` of the passages as lines; rensa on the words of each passage (with_rensa.py); text-dedup's MinHash on documents
in its own settings. Google's suffix array is on no package registry and is not among them.
Prints megabytes of text, CPU seconds (user and system), megabytes a CPU second, peak memory. A peer that is not installed is named and left out.
"""
import argparse
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time


def timed(command, **more):
    """CPU seconds, wall seconds and peak memory in MB of a process and its children; none where it fails."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        print(f'{command[0]} failed: {said.decode(errors="replace").strip().splitlines()[-1:]}', file=sys.stderr)
        return None
    return usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024


def has(module):
    return importlib.util.find_spec(module) is not None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('file')
    parser.add_argument('--bin', default='target/release/recensio')
    parser.add_argument('--json')
    arguments = parser.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    rows = {}
    with tempfile.TemporaryDirectory() as work:
        lines, size = os.path.join(work, 'passages.txt'), 0
        with open(arguments.file, encoding='utf-8') as documents, open(lines, 'w', encoding='utf-8') as out:
            for document in documents:
                text = json.loads(document)['text']
                size += len(text.encode())
                out.writelines(line + '\n' for line in text.split('\n') if line.strip())
        megabytes = size / 1e6

        def row(name, command, **more):
            measured = timed(command, **more)
            if measured:
                cpu, wall, peak = measured
                rows[name] = {'cpu_s': round(cpu, 2), 'wall_s': round(wall, 2), 'mb_per_cpu_s': round(megabytes / cpu, 1), 'peak_mb': round(peak)}
                print(f'{name:32} {megabytes:7.1f} MB {cpu:8.2f} CPU s {megabytes / cpu:8.1f} MB/CPU s {peak:7.0f} MB peak', flush=True)

        alone = [arguments.bin, 'run', arguments.file, '-q', '--fresh', '--only', 'repeats', '--threads', '1', '-o']
        row('recensio near', [*alone, os.path.join(work, 'near')])
        row('recensio exact', [*alone, os.path.join(work, 'exact'), '--repeats', 'document,passage', '--near-removed', '1', '--near-reported', '1'])
        row('recensio partial', [*alone, os.path.join(work, 'partial'), '--repeats', 'span'])
        row('recensio, no repeats at all', [*alone, os.path.join(work, 'none'), '--repeats', 'none'])
        row('sort -u', ['sort', '-u', '--parallel=1', '-o', os.path.join(work, 'sorted'), lines], env={**os.environ, 'LC_ALL': 'C'})
        if has('rensa'):
            row('rensa', [sys.executable, os.path.join(here, 'with_rensa.py'), arguments.file])
        else:
            print('rensa is not installed', file=sys.stderr)
        if has('text_dedup'):
            row('text-dedup', [
                sys.executable, '-m', 'text_dedup.minhash', '--path', 'json', '--data_files', arguments.file, '--split', 'train',
                '--column', 'text', '--num_proc', '1', '--cache_dir', os.path.join(work, 'cache'), '--output', os.path.join(work, 'text-dedup'),
            ])
        else:
            print('text-dedup is not installed', file=sys.stderr)
    if arguments.json:
        with open(arguments.json, 'w', encoding='utf-8') as out:
            json.dump({'megabytes': round(megabytes, 1), 'cpus': os.cpu_count(), 'rows': rows}, out, indent=1)


if __name__ == '__main__':
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
