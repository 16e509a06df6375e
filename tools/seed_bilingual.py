"""Puts errors into human translations, one a document, and prints how many of them `recensio check` finds, and what it says of the same without errors.

    python3 tools/seed_bilingual.py CLEAN.jsonl [--bin target/release/recensio] [--show N]

CLEAN.jsonl has a line for each document and language, `{"doc", "lang", "segments"}`; the segments of one document are parallel in all languages, and
`eng` is what they were translated from. Each pair is written as XLIFF 2.0. Errors: a number or a year of the target made another; a placeholder that
stands in both taken out of the target, or misspelt; a target emptied, or left in English; a segment that stands twice with two translations; an
amount in another unit. An error is found where a finding that is not also there without it stands in its segment.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import tempfile
from xml.sax.saxutils import escape

TAGS = {'rus': 'ru', 'ukr': 'uk', 'deu': 'de', 'fra': 'fr', 'spa': 'es', 'ita': 'it', 'pol': 'pl', 'por-BR': 'pt', 'tur': 'tr', 'ell': 'el', 'bul': 'bg', 'zho-CN': 'zh', 'jpn': 'ja', 'kor': 'ko', 'heb': 'he', 'hin': 'hi', 'kaz': 'kk', 'bel': 'be', 'srp-Cyrl': 'sr'}
UNITS = {'en': ['5.5 km', '5.5 kg'], 'other': ['km', 'kg']}


def xliff(language, pairs):
    units = ''.join(f'<unit id="{i}"><segment><source>{escape(s)}</source>{"<target>" + escape(t) + "</target>" if t is not None else ""}</segment></unit>\n' for i, s, t in pairs)
    return f'<?xml version="1.0"?>\n<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="{language}"><file id="f">\n{units}</file></xliff>\n'


def other_digits(text, rng):
    """The same number of digits, the last but one changed: no rounding."""
    at = rng.choice([i for i, c in enumerate(text) if c.isdigit()])
    digit = rng.choice([d for d in '123456789' if d != text[at]])
    return text[:at] + digit + text[at + 1:]


def seed(kind, pairs, rng):
    """The pairs with an error of this kind, the segment it is in, and the pairs without it; nothing where none can be put in."""
    order = list(range(len(pairs)))
    rng.shuffle(order)
    for n in order:
        name, source, target = pairs[n]
        clean = list(pairs)

        def done(wrong, right=target, of=source):
            clean[n] = (name, of, right)
            return [*clean[:n], (name, of, wrong), *clean[n + 1:]], name, clean

        if kind in ('number', 'year'):
            shape = r'(?<![\d.,])(?:1[89]|20)\d\d(?![\d.,]\d|\d)' if kind == 'year' else r'(?<![\d.,])\d{3}(?![\d.,]?\d)'
            same = [m for m in re.finditer(shape, target) if source.count(m.group()) == 1 == target.count(m.group())]
            if same:
                found = rng.choice(same)
                return done(target[:found.start()] + other_digits(found.group(), rng) + target[found.end():])
        elif kind in ('placeholder lost', 'placeholder changed'):
            hole = rng.choice(['%s', '{name}', '%1$d', '{{count}}', '<b>'])
            right = f'{target} {hole}'
            wrong = target if kind == 'placeholder lost' else f'{target} {hole.replace("s", "d").replace("name", "имя").replace("count", "cuont").replace("1", "2").replace("<b>", "<i>")}'
            return done(wrong, right, f'{source} {hole}')
        elif kind == 'unit':
            return done(f'{target} (5,5 kg)', f'{target} (5,5 km)', f'{source} (5.5 km)')
        elif kind == 'missing' and len(source.split()) > 3:
            return done(None)
        elif kind == 'identical' and len(source.split()) > 5:
            return done(source)
        elif kind == 'inconsistent' and len(source.split()) > 5:
            twice = [*pairs, ('again', source, target)]
            return [*pairs, ('again', source, pairs[order[-1]][2])], 'again', twice
    return None


def check(program, folder):
    """The findings of each file, by segment."""
    run = subprocess.run([program, 'check', '--no-config', '--format', 'json', folder], capture_output=True, text=True)
    found = collections.defaultdict(list)
    for line in run.stdout.splitlines():
        finding = json.loads(line)
        if 'rule' in finding:
            found[pathlib.PurePath(finding['document']).name.split('.xlf')[0]].append((finding['rule'], finding.get('segment') or '', finding['text'], finding['message'], finding['context']))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('clean')
    parser.add_argument('--bin', default='target/release/recensio')
    parser.add_argument('--show', type=int, default=0, help='print so many of the findings of each rule in clean pairs, and of the errors of each kind that were not found')
    args = parser.parse_args()
    rows = [json.loads(line) for line in open(args.clean, encoding='utf-8')]
    english = {row['doc']: row['segments'] for row in rows if row['lang'] == 'eng'}
    rng = random.Random(8)
    kinds = ['number', 'year', 'placeholder lost', 'placeholder changed', 'unit', 'missing', 'identical', 'inconsistent']
    seeded, count = {}, 0
    with tempfile.TemporaryDirectory() as folder:
        wrong, right, plain = (pathlib.Path(folder, name) for name in ('wrong', 'right', 'plain'))
        for path in (wrong, right, plain):
            path.mkdir()
        for row in rows:
            source = english.get(row['doc'])
            if row['lang'] not in TAGS or not source or len(source) != len(row['segments']):
                continue
            language = TAGS[row['lang']]
            pairs = [(f's{i}', s, t) for i, (s, t) in enumerate(zip(source, row['segments']), 1)]
            count += len(pairs)
            base = f'{row["lang"]}-{re.sub("[^a-z0-9]+", "-", row["doc"].lower())}'
            (plain / f'{base}.xlf').write_text(xliff(language, pairs), encoding='utf-8')
            for kind in kinds:
                made = seed(kind, pairs, rng)
                if made:
                    name = f'{base}~{kind.replace(" ", "-")}'
                    seeded[name] = (kind, made[1])
                    (wrong / f'{name}.xlf').write_text(xliff(language, made[0]), encoding='utf-8')
                    (right / f'{name}.xlf').write_text(xliff(language, made[2]), encoding='utf-8')
        found, before, clean = (check(args.bin, str(path)) for path in (wrong, right, plain))
    hits, totals, rules = collections.Counter(), collections.Counter(), collections.defaultdict(collections.Counter)
    missed = collections.defaultdict(list)
    for name, (kind, segment) in seeded.items():
        old = collections.Counter((rule, at) for rule, at, *_ in before[name])
        new = [f for f in found[name] if f[1] == segment and not (old[f[:2]] and not old.subtract({f[:2]: 1}))]
        totals[kind] += 1
        hits[kind] += bool(new)
        rules[kind].update({rule for rule, *_ in new})
        if not new:
            missed[kind].append(f'{name} {segment}')
    print(f'{"error":22} {"put in":>7} {"found":>7}   rules')
    for kind in kinds:
        print(f'{kind:22} {totals[kind]:7} {hits[kind] / max(1, totals[kind]):7.3f}   {", ".join(f"{rule} {n}" for rule, n in rules[kind].most_common(3))}')
        for line in missed[kind][:args.show]:
            print('    not found:', line)
    said = collections.Counter(rule for list_ in clean.values() for rule, *_ in list_ if rule.startswith(('segment.', 'leftover.source')))
    print(f'\nwithout errors, of {count} segments: ' + ', '.join(f'{rule} {n} ({1000 * n / count:.2f} in 1,000)' for rule, n in said.most_common()))
    for rule in said if args.show else ():
        shown = [(name, f) for name, list_ in clean.items() for f in list_ if f[0] == rule]
        rng.shuffle(shown)
        for name, (_, at, text, message, context) in shown[:args.show]:
            print(f'    {rule} {name} {at}: {message} | {context}')


if __name__ == '__main__':
    main()
