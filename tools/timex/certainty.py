"""Writes src/rules/data/timex/certainty.tsv: how often the program's dates are right, measured on annotated documents.

    python3 tools/timex/certainty.py --bin target/release/recensio GOLD.jsonl… > src/rules/data/timex/certainty.tsv

Each line of a gold file is a document: `doc_id`, `text`, `dct` (its date or null) and `timexes`, each with `start`, `end` (code points) and a
TIMEX3 `value`. The program is run with an empty table, so that it tells the score a reading has before measuring. A reported expression is right when
it overlaps an annotated one of the same value, each annotated one counting once. Shares are by rule, by how the value was arrived at, and by band
of the score; the shares of few expressions are drawn towards those of the same band over all rules (20 expressions' weight), and those towards the
share over all. On standard error: the error of the shares when each half of the documents is scored by the table of the other half.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

BOUNDS = (0.6, 0.75, 0.9)
BANDS = len(BOUNDS) + 1
WEIGHT = 20
HEAD = '''# How often the values of temporal expressions are right, by rule, by how they were arrived at, and by band of the score before measuring
# (below 0.6, 0.75, 0.9, and from there on). Made by tools/timex/certainty.py; do not edit. Measured on {documents} annotated documents with {said}
# reported expressions. Source: figures measured for recensio. Licence: MIT OR Apache-2.0, as the rest of recensio.
# rule	how	below 0.6	below 0.75	below 0.9	from 0.9'''


def plain(value):
    """A value in one spelling."""
    value = (value or '').strip().upper().rstrip('Z')
    for pattern, new in ((r'T00:00(:00)?$', ''), (r'(T\d\d:\d\d):00$', r'\1'), (r'^(\d{4})-XX-XX$', r'\1'), (r'^(\d{4}-\d\d)-XX$', r'\1'), (r'^P1DE$', 'P10Y')):
        value = re.sub(pattern, new, value)
    return value


def run(binary, documents):
    """The dates that the program reports, by document."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / 'rules/timex').mkdir(parents=True)
        (folder / 'rules/timex/certainty.tsv').write_text('# empty\n', encoding='utf-8')
        with open(folder / 'in.jsonl', 'w', encoding='utf-8') as out:
            for d in documents:
                out.write(json.dumps({'id': d['doc_id'], 'text': d['text'], 'date': d['dct']}, ensure_ascii=False) + '\n')
        command = [binary, 'run', str(folder / 'in.jsonl'), '-o', str(folder / 'out'), '--keep', 'all', '--fresh', '-q', '--rules', str(folder / 'rules')]
        subprocess.run(command, check=True)
        lines = open(folder / 'out/corpus.jsonl', encoding='utf-8')
        return {r['id']: r['dates'] for r in map(json.loads, lines)}


def judged(gold, said):
    """(rule, how, score, right) of each reported expression."""
    free = list(gold)
    for d in said:
        start, end = d['source']
        match = next((g for g in free if g['start'] < end and start < g['end'] and plain(g['value']) == plain(d['value'])), None)
        if match:
            free.remove(match)
        yield d['rule'], d['resolved']['how'], d['certainty'], match is not None


def band(score):
    return sum(score >= bound for bound in BOUNDS)


def fit(found):
    """The table: (rule, how) to a share a band."""
    counts = collections.defaultdict(lambda: [0, 0])
    for rule, how, score, right in found:
        for key in ((rule, how, band(score)), ('*', how, band(score)), ('*', '*', band(score)), ('*', '*', '*')):
            counts[key][0] += right
            counts[key][1] += 1
    overall = counts['*', '*', '*'][0] / max(1, counts['*', '*', '*'][1])

    def share(key, towards):
        right, n = counts.get(key, (0, 0))
        return (right + WEIGHT * towards) / (n + WEIGHT)

    table = {}
    for rule, how in sorted({(rule, how) for rule, how, *_ in list(counts) if how != '*'}):
        shares = []
        for b in range(BANDS):
            of_way = share(('*', how, b), share(('*', '*', b), overall))
            shares.append(round(of_way if rule == '*' else share((rule, how, b), of_way), 2))
        table[rule, how] = shares
    return table


def error(table, found):
    """The mean distance of share and truth over tenths of the share, weighted (expected calibration error), and the mean squared error."""
    bins = collections.defaultdict(list)
    squared = 0.0
    for rule, how, score, right in found:
        shares = table.get((rule, how)) or table.get(('*', how))
        said = shares[band(score)] if shares else score
        bins[int(said * 10)].append((said, right))
        squared += (said - right) ** 2
    n = sum(map(len, bins.values()))
    return sum(abs(sum(s - r for s, r in b)) for b in bins.values()) / n, squared / n


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--bin', default='target/release/recensio', help='the program')
    parser.add_argument('gold', nargs='+', help='annotated documents, JSON Lines')
    args = parser.parse_args()
    halves, documents = ([], []), 0
    for path in args.gold:
        gold = [json.loads(line) for line in open(path, encoding='utf-8')]
        said = run(args.bin, gold)
        documents += len(gold)
        for number, d in enumerate(gold):
            halves[number % 2].extend(judged(d['timexes'], said.get(d['doc_id'], [])))
    for a, b in ((0, 1), (1, 0)):
        ece, squared = error(fit(halves[a]), halves[b])
        raw, raw_squared = error({}, halves[b])
        print(f'half {b + 1} by the table of the other: calibration error {ece:.3f}, squared error {squared:.3f}; by the score alone {raw:.3f}, {raw_squared:.3f}', file=sys.stderr)
    found = halves[0] + halves[1]
    print(HEAD.format(documents=documents, said=len(found)))
    for (rule, how), shares in fit(found).items():
        print(rule, how, *shares, sep='\t')


if __name__ == '__main__':
    main()
