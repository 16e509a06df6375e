"""Time of rensa (MinHash and LSH, in Rust, from Python) on the passages of JSON Lines files, to be set beside `recensio run`.

    python3 -m venv venv && venv/bin/pip install rensa==0.5.0
    venv/bin/python with_rensa.py FILE…

Passages are the lines of the field `text`, each once, as words (as in the README of rensa). Prints megabytes of text, CPU seconds, megabytes
a CPU second, peak memory and how many passages were found to be alike.
"""
import json
import resource
import sys
import time

from rensa import RMinHash, RMinHashLSH

PERMUTATIONS, BANDS, THRESHOLD = 128, 16, 0.7


def main(paths):
    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    sketches, found, size = [], 0, 0
    started = time.process_time()
    for path in paths:
        with open(path, encoding='utf-8') as lines:
            for line in lines:
                for passage in json.loads(line)['text'].split('\n'):
                    words = passage.split()
                    if not words:
                        continue
                    size += len(passage.encode())
                    sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
                    sketch.update(words)
                    if any(sketch.jaccard(sketches[other]) >= THRESHOLD for other in lsh.query(sketch)[:8]):
                        found += 1
                        continue
                    lsh.insert(len(sketches), sketch)
                    sketches.append(sketch)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f'{size / 1e6:.1f} MB, {seconds:.1f} CPU s, {size / 1e6 / seconds:.1f} MB per CPU s, {peak:.0f} MB peak, {found} passages alike')


main(sys.argv[1:])
