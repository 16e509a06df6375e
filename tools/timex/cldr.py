"""Writes src/rules/data/timex/cldr.tsv: the names of months, weekdays, units, quarters, eras and halves of the day in every locale of Unicode CLDR
that has them, but for the languages that have a file of their own.

    python3 -m venv venv && venv/bin/pip install Babel==2.17.0
    venv/bin/python tools/timex/cldr.py > src/rules/data/timex/cldr.tsv
"""
import collections
import pathlib
import re

from babel import Locale, localedata
from babel.localedata import locale_identifiers

HERE = pathlib.Path(__file__).resolve().parent
OWN = {path.stem for path in (HERE / '../../src/rules/data/timex').glob('*.tsv')} - {'cldr', 'locales', 'und'}
UNITS = {'second': 'S', 'minute': 'MIN', 'hour': 'H', 'day': 'D', 'week': 'W', 'month': 'M', 'quarter': 'Q', 'year': 'Y', 'decade': 'DE', 'century': 'CE'}
# Languages that CLDR names otherwise than the detection of languages does.
ALSO = {'fil': 'tl'}
HEAD = '''# Temporal expressions: names of months, weekdays, units and the like of the locales of Unicode CLDR. Made by tools/timex/cldr.py; do not edit.
# Source: Unicode CLDR 47 by way of Babel 2.17.0. Licence: Unicode License v3 (https://www.unicode.org/license.txt).
# class	value	forms	flags; a row of class language begins the rows of that language.'''


def plain(tree):
    """Babel's lazy dictionaries as dictionaries."""
    return {key: plain(tree[key]) for key in tree.keys()} if hasattr(tree, 'keys') else tree


class Rows:
    def __init__(self):
        self.forms = collections.defaultdict(dict)

    def add(self, cls, value, form, weak=False):
        form = re.sub(r'\s+', ' ', (form or '').strip()).replace('|', '')
        if not form or re.fullmatch(r'[\d\W_]*', form) or re.search(r'[{}\t]', form) or re.fullmatch(r'M?\d+', form):
            return
        self.forms[cls, value, weak].setdefault(form.lower(), form)

    def lines(self):
        for (cls, value, weak), forms in sorted(self.forms.items(), key=lambda item: (item[0][0], str(item[0][1]), item[0][2])):
            yield f'{cls}\t{value}\t{"|".join(forms.values())}' + ('\tweak' if weak else '')


def names(rows, cls, tree, number):
    """Names of months or weekdays: short ones are also other words, so they need something beside them."""
    for context in ('format', 'stand-alone'):
        for width in ('wide', 'abbreviated'):
            for key, name in plain(tree.get(context, {})).get(width, {}).items():
                letters = name.rstrip('.')
                if len(letters) < 3 and (letters.isascii() or width == 'abbreviated'):
                    continue
                short = len(letters) <= (3 if letters.isascii() or letters.isalpha() else 2) or width == 'abbreviated'
                rows.add(cls, number(key), name, short and not name.endswith('.'))
                if name.endswith('.') and ' ' not in name:
                    rows.add(cls, number(key), letters, True)


def counted(rows, locale):
    """Units, and what stands around a length that is in the past or to come."""
    units, fields = plain(locale._data['unit_patterns']), plain(locale._data['date_fields'])
    tails = {'past': collections.Counter(), 'future': collections.Counter()}
    heads = {'past': collections.Counter(), 'future': collections.Counter()}
    patterns = []
    for unit, code in UNITS.items():
        widths = units.get(f'duration-{unit}', {})
        # Only the long forms are words; where they are missing, the short ones are.
        for plural, pattern in (widths.get('long') or widths.get('short') or {}).items():
            if plural != 'per' and pattern and '{0}' in pattern:
                form = pattern.replace('{0}', '').strip()
                if len(form) > 1:
                    rows.add('unit' if plural == 'one' else 'units', code, form)
                    if plural == 'other' and 'one' not in (widths.get('long') or {}):
                        rows.add('unit', code, form)
        for direction in tails:
            for pattern in fields.get(unit, {}).get(direction, {}).values():
                if pattern and pattern.count('{0}') == 1:
                    head, tail = (part.strip() for part in pattern.split('{0}'))
                    patterns.append((code, direction, head, tail))
                    heads[direction][head] += 1
                    words = tail.split()
                    for n in range(1, len(words)):
                        tails[direction][' '.join(words[n:])] += 1
    for code, direction, head, tail in patterns:
        common = [end for end, count in tails[direction].items() if count >= 4 and tail.endswith(' ' + end)]
        end = max(common, key=len, default='')
        form = tail[:len(tail) - len(end)].strip()
        if end:
            rows.add('ago' if direction == 'past' else 'hence', '', end)
        if head and heads[direction][head] >= 4:
            rows.add('back' if direction == 'past' else 'ahead', '', head)
        if (end or head and heads[direction][head] >= 4) and len(form) > 1:
            rows.add('units', code, form)


def read(name, rows):
    # Babel puts what one locale overrides into what all share, unless it begins anew.
    localedata._cache.clear()
    locale = Locale.parse(name)
    months = plain(locale._data['months'])
    wide = months.get('format', {}).get('wide', {})
    if len(wide) != 12 or re.fullmatch(r'M?0?1', wide[1]) or len(set(wide.values())) != 12:
        return False
    names(rows, 'month', months, lambda key: key)
    names(rows, 'weekday', plain(locale._data['days']), lambda key: key + 1)
    counted(rows, locale)
    for width in ('wide', 'abbreviated'):
        eras = plain(locale._data['eras']).get(width, {})
        rows.add('bc', '', eras.get(0))
        rows.add('ad', '', eras.get(1))
        for key, form in plain(locale._data['quarters'])['format'].get(width, {}).items():
            rows.add('quarter', key, form)
        periods = plain(locale._data['day_periods']).get('format', {}).get(width, {})
        rows.add('am', '', periods.get('am'))
        rows.add('pm', '', periods.get('pm'))
    pattern = locale.date_formats['short'].pattern
    order = 'month-first' if 'd' in pattern and pattern.find('M') < pattern.find('d') and not pattern.startswith('y') else 'day-first'
    rows.order = order
    return True


def main():
    print(HEAD)
    found = {}
    for name in sorted(locale_identifiers(), key=lambda n: (n.split('_')[0], n.count('_'), n)):
        parts = name.split('_')
        if parts[0] in OWN or len(parts) > 2 or len(parts) == 2 and len(parts[1]) != 4:
            continue
        rows = found.get(parts[0]) or Rows()
        if read(name, rows):
            found[parts[0]] = rows
    for name, rows in sorted(found.items()):
        for language in filter(None, (name, ALSO.get(name))):
            print(f'language\t{language}\nsetting\t{rows.order}\nsetting\tbare-year\nsetting\tcase-free')
            print('\n'.join(rows.lines()))


main()
