#!/usr/bin/env python3
"""Measures how often leftovers of each class are right, and writes or checks src/rules/data/leftover/confidence.tsv.

    tools/calibrate.py GOLD.jsonl… [--bin target/release/recensio] [--check]

GOLD: JSON Lines with `id`, `text` and `spans` (`start`, `end` in code points, `label` one of leftover, ignore, legit). A finding is right if
half of its letters are marked `leftover`; one that is mostly `ignore` does not count. The program is run with a rules folder of its own in
which the confidence of every class is another number, so that its output says which class a finding is of.
Without --check the table is written; with it, what the program says now is compared: in each tenth of confidence with at least 50 findings,
the share that is right may differ from the mean confidence by 0.05. Exit code 1 where it differs more.
"""
import argparse, collections, json, pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / 'src/rules/data/leftover/confidence.tsv'


def findings(binary, gold, rules=None):
    """(confidence, right) of every leftover that the program reports in a file of gold texts."""
    rows = [json.loads(line) for line in open(gold, encoding='utf-8')]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        with open(folder / 'in.jsonl', 'w', encoding='utf-8') as out:
            for row in rows:
                out.write(json.dumps({'id': row['id'], 'text': row['text']}, ensure_ascii=False) + '\n')
        command = [binary, 'run', folder / 'in.jsonl', '-o', folder / 'out', '--keep', 'all', '--fresh', '-q']
        subprocess.run(command + (['--rules', rules] if rules else []), check=True)
        found = {r['id']: r['leftovers'] for r in map(json.loads, open(folder / 'out/corpus.jsonl', encoding='utf-8'))}
    for row in rows:
        marks = {place: span['label'] for span in row['spans'] for place in range(span['start'], span['end'])}
        for leftover in found.get(row['id'], []):
            letters = [i for i in range(*leftover['source']) if row['text'][i].isalpha()]
            share = collections.Counter(marks.get(i) for i in letters)
            if letters and share['ignore'] * 2 < len(letters):
                yield leftover['confidence'], share['leftover'] * 2 >= len(letters)


def fit(binary, golds):
    comments = [line for line in TABLE.read_text(encoding='utf-8').splitlines() if line.startswith('#')]
    classes = [line.split('\t')[0] for line in TABLE.read_text(encoding='utf-8').splitlines() if line and not line.startswith('#')]
    found, right = collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as rules:
        marked = pathlib.Path(rules) / 'leftover/confidence.tsv'
        marked.parent.mkdir()
        marked.write_text(''.join(f'{name}\t{(n + 1) / 100}\n' for n, name in enumerate(classes)), encoding='utf-8')
        for gold in golds:
            for confidence, is_right in findings(binary, gold, rules):
                name = classes[round(confidence * 100) - 1]
                found[name] += 1
                right[name] += is_right
    # One right and one wrong more than were seen: no finding is a certainty.
    rows = [f'{n}\t{min(0.99, (right[n] + 1) / (found[n] + 2)):.2f}\t{found[n]}\t{right[n]}' for n in classes]
    TABLE.write_text('\n'.join(comments + rows) + '\n', encoding='utf-8')
    print('\n'.join(rows))


def check(binary, golds):
    tenths = collections.defaultdict(list)
    for gold in golds:
        for confidence, is_right in findings(binary, gold):
            tenths[min(int(confidence * 10), 9)].append((confidence, is_right))
    worst = 0
    for tenth, pairs in sorted(tenths.items()):
        said = sum(c for c, _ in pairs) / len(pairs)
        were = sum(r for _, r in pairs) / len(pairs)
        print(f'{tenth / 10:.1f}: {len(pairs)} findings, confidence {said:.3f}, right {were:.3f}')
        worst = max(worst, abs(said - were) if len(pairs) >= 50 else 0)
    print(f'largest difference in a tenth with 50 findings: {worst:.3f}')
    return worst <= 0.05


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('gold', nargs='+')
    parser.add_argument('--bin', default=ROOT / 'target/release/recensio')
    parser.add_argument('--check', action='store_true')
    args = parser.parse_args()
    if args.check:
        sys.exit(0 if check(args.bin, args.gold) else 1)
    fit(args.bin, args.gold)


if __name__ == '__main__':
    main()
