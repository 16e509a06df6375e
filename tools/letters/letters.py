#!/usr/bin/env python3
"""Writes src/rules/data/decode/letters.tsv: how often pairs of letters with a letter beyond a-z occur in words of each language.

    pip install wordfreq==3.1.1
    python3 tools/letters/letters.py > src/rules/data/decode/letters.tsv
"""
import collections
import math

import wordfreq

LANGUAGES = 'en de fr es pt it nl sv da nb fi is ca pl cs sk hu sl sh ro lt lv tr'.split()
LEAST = 0.5  # of a million pairs

print('# Pairs of letters of which one is beyond a-z, by language: how decoded text is told from text decoded by a wrong Latin encoding.')
print('# Source: counted in the words of wordfreq 3.1.1 (Robyn Speer), data CC BY-SA 4.0, by tools/letters/letters.py.')
print('# Level: the logarithm to the base 2 of the pairs in a million, rounded. _ is the edge of a word.')
print('# language\tlevel\tpairs, one after the other')
for language in LANGUAGES:
    pairs = collections.Counter()
    for word, frequency in wordfreq.get_frequency_dict(language, 'large' if language in ('en de fr es pt it nl sv pl cs').split() else 'best').items():
        if not word.isalpha():
            continue
        spelled = f'_{word}_'
        for a, b in zip(spelled, spelled[1:]):
            pairs[a + b] += frequency
    whole = sum(pairs.values())
    levels = collections.defaultdict(list)
    for pair, count in pairs.items():
        latin = all(c == '_' or 'a' <= c <= 'z' or '\u00df' <= c <= '\u024f' or c in '\u0219\u021b' for c in pair)
        if latin and not pair.isascii() and count / whole * 1e6 >= LEAST:
            levels[round(math.log2(count / whole * 1e6))].append(pair)
    for level in sorted(levels, reverse=True):
        print(language, level, ''.join(sorted(levels[level])), sep='\t')
