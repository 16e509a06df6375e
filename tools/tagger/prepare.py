"""Marked texts in the form that train.rs reads, their names by one convention.

    python3 tools/tagger/prepare.py IN.jsonl OUT.jsonl [--keep person,place,org] [--as-is]

IN has `text` and `entities` (start, end, type; code points) a line. Names of organizations are taken as they stand in the project's own output:
without the common noun before a name in quotes or in other letters (`газета «Труд»` is `Труд`), and without the quotes; not so with `--as-is`.
"""
import json
import re
import sys

KINDS = {'person': 'person', 'jurisdiction': 'place', 'place_any': 'place', 'place': 'place', 'org': 'org', 'org_any': 'org', 'organization': 'org',
         'regulator': 'org'}
# Words in small letters, then a name in quotes to the end.
QUOTED = re.compile(r'^(?:[а-яё][\w-]* ){1,4}[«"]([^«»"]+)[»"]?$')
ALONE = re.compile(r'^[«"]([^«»"]+)[»"]$')
# Common nouns before a name in Latin letters.
LATIN = re.compile(r'^(?:(?:[а-яё][\w-]*) ){1,3}((?:[A-Z0-9][\w.&’\'-]*)(?: [A-Z][\w.&’\'-]*)*)$')


def name_in(text):
    """Where the name is in the mark of an organization."""
    for pattern in (QUOTED, ALONE, LATIN):
        found = pattern.match(text)
        if found:
            return found.span(1)
    return 0, len(text)


# Common nouns before the name of a place.
PLACE = re.compile(r'^(?:[а-яё][\w-]* ){1,3}(?=[А-ЯЁA-Z])')


def main():
    as_is = '--as-is' in sys.argv
    keep = set(sys.argv[4].split(',')) if sys.argv[3:4] == ['--keep'] else {'person', 'place', 'org'}
    with open(sys.argv[1], encoding='utf-8') as texts, open(sys.argv[2], 'w', encoding='utf-8') as out:
        for line in texts:
            record = json.loads(line)
            marks = set()
            for e in record['entities']:
                kind = KINDS.get(e['type'])
                if kind not in keep:
                    continue
                start, end = e['start'], e['end']
                if as_is:
                    pass
                elif kind == 'org':
                    a, b = name_in(record['text'][start:end])
                    start, end = start + a, start + b
                    whole = record['text'][start:end]
                    if whole.count('«') > whole.count('»') and record['text'][end:end + 1] == '»':
                        end += 1
                elif kind == 'place':
                    small = PLACE.match(record['text'][start:end])
                    start += small.end() if small else 0
                marks.add((start, end, kind))
            outer = [m for m in marks if not any(o[2] == m[2] and o[0] <= m[0] and o[1] >= m[1] and o != m for o in marks)]
            entities = [{'start': s, 'end': e, 'type': k} for s, e, k in sorted(outer)]
            out.write(json.dumps({'id': record.get('doc_id') or record.get('id'), 'text': record['text'], 'entities': entities},
                                 ensure_ascii=False) + '\n')


if __name__ == '__main__':
    main()
