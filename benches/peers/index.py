"""`recensio index` beside tantivy's own bare indexing of the same texts: one corpus, the same threads and memory, whole processes, one after the other;
then the same queries to both.

    python3 benches/peers/index.py CORPUS [--memory 128M] [--queries 300] [--json OUT] [--bin PROGRAM --bare PROGRAM]

CORPUS is a folder that `recensio run` wrote. Without --bin and --bare both programs are built (release, feature index). Bare: id and text of each document
in two stored fields, tantivy's default tokenizer, which takes a run of letters for a word in every script; recensio: benches/peers/index.rs says
what else. Prints megabytes of text a CPU second, wall, peak memory (with the pages of index files that the engine has mapped) and bytes on
the disk; of queries the median and the 95th percentile, in one process for the bare index, and for recensio as a library and as whole processes of
`recensio search`. The queries are made of the corpus, always the same for the same corpus: one to three words of a document, phrases, and one to
four letters of texts without blanks.
"""
import argparse
import json
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOLID = re.compile(r'[\u0e01-\u0e5b\u3041-\u30ff\u3400-\u9fff]{4,}')
WORD = re.compile(r'[^\W\d_]{3,}')


def timed(command):
    """CPU seconds, wall seconds and peak memory in MB of a process."""
    started = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f'{command[0]} failed')
    return usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1024


def made(corpus, wanted):
    """Megabytes of text, and queries of the corpus."""
    rng, size, held, seen = random.Random(1), 0, [], 0
    with open(corpus, encoding='utf-8') as lines:
        for line in lines:
            text = json.loads(line)['text']
            size += len(text.encode())
            seen += 1
            # A sample of documents, each as likely as the others.
            if len(held) < 400:
                held.append(text[:20000])
            elif (at := rng.randrange(seen)) < 400:
                held[at] = text[:20000]
    queries = []
    while len(queries) < wanted:
        text = rng.choice(held)
        solid, words = SOLID.findall(text), WORD.findall(text)
        if solid and len(queries) % 4 == 0:
            run = rng.choice(solid)
            length = rng.randint(1, 4)
            at = rng.randrange(len(run) - length + 1)
            queries.append(run[at:at + length])
        elif words and len(queries) % 4 == 1:
            at = rng.randrange(len(words))
            phrase = ' '.join(words[at:at + 2])
            if phrase in text:
                queries.append(f'"{phrase}"')
        elif words:
            # AND, OR and NOT are no words of queries.
            queries.append(' '.join(rng.choice(words).lower() for _ in range(rng.randint(1, 3))))
    return size / 1e6, queries


def percentiles(times):
    return {'median_ms': round(statistics.median(times), 2), 'p95_ms': round(sorted(times)[int(len(times) * 0.95)], 2), 'queries': len(times)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('corpus', type=pathlib.Path)
    parser.add_argument('--memory', default='128M')
    parser.add_argument('--queries', type=int, default=300)
    parser.add_argument('--bin', type=pathlib.Path)
    parser.add_argument('--bare', type=pathlib.Path)
    parser.add_argument('--work', help='where the indexes are made')
    parser.add_argument('--json')
    arguments = parser.parse_args()
    if not (arguments.bin and arguments.bare):
        subprocess.run(['cargo', 'build', '--release', '--features', 'index', '--bin', 'recensio', '--example', 'bare_tantivy'], cwd=ROOT, check=True)
        folder = pathlib.Path(os.environ.get('CARGO_TARGET_DIR', ROOT / 'target')) / 'release'
        arguments.bin, arguments.bare = folder / 'recensio', folder / 'examples' / 'bare_tantivy'
    corpus = arguments.corpus / 'corpus.jsonl'
    bytes_of_memory = int(float(arguments.memory[:-1]) * {'M': 1 << 20, 'G': 1 << 30}[arguments.memory[-1]])
    megabytes, queries = made(corpus, arguments.queries)
    out = {'text_mb': round(megabytes, 1), 'corpus_mb': round(corpus.stat().st_size / 1e6, 1)}
    with tempfile.TemporaryDirectory(dir=arguments.work) as work:
        work = pathlib.Path(work)
        (work / 'queries').write_text('\n'.join(queries), encoding='utf-8')
        # From the cache of the system, both.
        for _ in open(corpus, 'rb'):
            pass
        threads = min(os.cpu_count(), 8)
        commands = {
            'tantivy, bare': [arguments.bare, 'index', corpus, work / 'bare', threads, bytes_of_memory],
            'recensio index': [arguments.bin, 'index', arguments.corpus, '-o', work / 'own', '--memory', arguments.memory, '-q'],
        }
        for name, command in commands.items():
            cpu, wall, peak = timed(command)
            folder = work / ('bare' if name == 'tantivy, bare' else 'own')
            size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
            out[name] = {'mb_per_cpu_s': round(megabytes / cpu, 1), 'cpu_s': round(cpu, 1), 'wall_s': round(wall, 1), 'peak_mb': round(peak), 'index_mb': round(size)}
        found = {}
        for name, which, folder in [('tantivy, bare', 'bare', 'bare'), ('recensio, as a library', 'recensio', 'own')]:
            command = [arguments.bare, 'search', which, work / folder, work / 'queries']
            lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split('\n')[:-1]
            found[name] = [int(line.split()[1]) for line in lines]
            out[f'search: {name}'] = percentiles([float(line.split()[0]) for line in lines]) | {'found_something': sum(map(bool, found[name]))}
        times = []
        for query in queries:
            started = time.monotonic()
            code = subprocess.run([arguments.bin, 'search', '--index', work / 'own', '--', query], stdout=subprocess.DEVNULL).returncode
            times.append((time.monotonic() - started) * 1e3)
            assert code < 2, query
        out['search: recensio search, whole processes'] = percentiles(times)
        missed = [query for query, n in zip(queries, found['recensio, as a library']) if n == 0]
        if missed:
            print(f'{len(missed)} queries of the corpus found nothing: {missed[:10]}', file=sys.stderr)
    for name, row in out.items():
        print(f'{name}: {row}')
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(out, indent=1) + '\n')


main()
