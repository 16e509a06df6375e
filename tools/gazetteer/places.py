#!/usr/bin/env python3
"""Makes src/rules/data/entity/places.tsv from CLDR, GeoNames and the hand-written lists beside this file.

Run: python3 tools/gazetteer/places.py [--cache FOLDER]
"""

import argparse
import re
from collections import defaultdict
from pathlib import Path

import palladius
import russian
from names import CORE, FULL, NATIVE, Names, clean
from sources import Sources
from words import everyday

HERE = Path(__file__).resolve().parent
OUT = HERE.parents[1] / "src/rules/data/entity/places.tsv"
POPULATION = 150_000
RUSSIAN_READING = 100_000
HEADER = """\
# Places: countries, subdivisions, cities, regions. Made by tools/gazetteer/places.py; edit the lists beside it, not this file (docs/gazetteer.md).
# Sources: Unicode CLDR 48.2.0 (Unicode-3.0); GeoNames (CC BY 4.0, https://www.geonames.org); own lists and case forms (MIT OR Apache-2.0).
# id\tkind\tiso\tnames\tadjectives\tambiguous
"""
# Territories of CLDR that are no country of ISO 3166-1.
NOT_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "IC", "TA", "EZ", "UN", "XA", "XB", "ZZ", "EU", "QO"}


def table(name):
    """The rows of a hand-written list."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split(";")] if name != "subdivisions.txt" else subdivision(line)


def subdivision(line):
    """A line whose fifth column holds semicolons of its own."""
    cells = [cell.strip() for cell in line.split(";")]
    return [*cells[:4], ";".join(cells[4:-1]), cells[-1]]


def values(cell):
    """The values of a cell separated by `|`."""
    return [value.strip() for value in cell.split("|") if value.strip()]


def traditional(name, both):
    """`name` in traditional characters, with the usual one of several."""
    return both["hant"].convert(name).translate(str.maketrans("羣裏託幹衆", "群里托干眾"))


class Row:
    """One place."""

    def __init__(self, identity, kind, iso, population=0):
        self.id, self.kind, self.iso, self.population = identity, kind, iso, population
        self.names, self.adjectives = Names(), Names()

    def adjective(self, language, word):
        """Adds an adjective with its forms."""
        forms = russian.adjective_all(word) if language == "ru" else [word]
        out = self.adjectives.by_language.setdefault(language, [])
        for form in forms:
            for spelling in (form, form.replace("ё", "е")):
                if spelling not in out:
                    out.append(spelling)

    def manual(self, ru, en, zh, both, drop=()):
        """Adds hand-written names; `=` before the first makes it canonical, and drops the others in the languages `drop`."""
        for language, cell in (("ru", ru), ("en", en), ("zh", zh)):
            given = values(cell)
            if given and given[0].startswith("="):
                given[0] = given[0][1:]
                old = self.names.by_language.pop(language, [])
                for name in given:
                    self.add(language, name, both)
                for form in old if language not in drop else []:
                    if form not in self.names.by_language[language]:
                        self.names.by_language[language].append(form)
            else:
                for name in given:
                    self.add(language, name, both)

    def add(self, language, name, both):
        """Adds a name; Chinese in both kinds of characters."""
        self.names.add(language, name, check=False)
        if language == "zh":
            self.names.add("zh", traditional(name, both), check=False)


def territory_names(sources, code):
    """(language, name) of a territory by CLDR."""
    for language in FULL:
        data = sources[language]
        keys = [code, *(key for key in data if key.startswith(code + "-alt-"))]
        if code in ("HK", "MO", "PS") and code + "-alt-short" in data:
            keys = [code + "-alt-short"]
        for key in keys:
            name = data.get(key, "")
            if not name or name == code:
                continue
            name = name.replace("о-ва", "острова").replace("о-в", "остров").replace("О-ва", "Острова")
            if language == "ru" and name.startswith("остров"):
                name = name[0].upper() + name[1:]
            plain = re.sub(r"\s*[(（].*?[)）]\s*", " ", name).strip()
            if language == "en" and "&" in plain:
                yield language, plain.replace("&", "and")
            yield language, plain
            if language == "en" and plain.startswith("St. "):
                yield language, "Saint " + plain[4:]


def countries(sources, both):
    """Rows of countries and territories."""
    data = {language: sources.territories(language) for language in FULL}
    hant = sources.territories("zh-Hant")
    manual = {cells[0]: cells for cells in table("countries.txt")}
    codes = sorted(code for code in data["en"] if re.fullmatch("[A-Z]{2}", code) and code not in NOT_COUNTRIES)
    for code in codes:
        row = Row(code, "country", code)
        for language, name in territory_names(data, code):
            row.names.add(language, name)
        if code in hant:
            row.names.add("zh", hant[code])
        cells = manual.get(code)
        if cells:
            row.manual(cells[1], cells[2], cells[3], both)
            for language, cell in (("ru", cells[4]), ("en", cells[5])):
                for word in values(cell):
                    row.adjective(language, word)
        for form in list(row.names.by_language.get("zh", [])):
            row.names.add("zh", traditional(form, both))
        yield row
    for cells in table("regions.txt"):
        row = Row(cells[0] if cells[0].startswith("x-") or cells[0] == "EU" else f"m49-{cells[0]}", "region", cells[0] if cells[0] == "EU" else "")
        row.manual(cells[1], cells[2], cells[3], both)
        if not cells[0].startswith("x-"):
            for language, name in territory_names(data, cells[0]):
                if language not in ("ru", "en", "zh"):
                    row.names.add(language, name)
        for language, cell in (("ru", cells[4]), ("en", cells[5])):
            for word in values(cell):
                row.adjective(language, word)
        yield row


def subdivisions(both):
    """Rows of subdivisions."""
    for code, ru, en, zh, native, adjectives in table("subdivisions.txt"):
        row = Row(code, "subdivision", code)
        row.manual(ru, en, zh, both)
        for part in filter(None, native.split(";")):
            language, _, forms = part.partition(":")
            for form in values(forms):
                row.names.add(language.strip(), form, check=False)
        for word in values(adjectives):
            row.adjective("ru", word)
        yield row


def city_names(row, city, translations, both):
    """Names of a city by GeoNames."""
    key, country = str(city["geonameid"]), city["countrycode"]
    languages = CORE + ([NATIVE[country]] if country in NATIVE else [])
    for language in languages:
        name = translations[language].get(key, "")
        if language == "zh":
            name = clean(translations["zh_CN"].get(key, "") or name, "zh").strip("-－")
            if not name or len(name) > 12:
                continue
            hans = both["hans"].convert(name)
            for suffix in ("特别市", "广域市", "特别行政区"):
                if hans.endswith(suffix) and len(hans) > len(suffix) + 1:
                    hans = hans[: -len(suffix)]
            forms = [hans]
            if len(hans) > 2 and hans.endswith("市"):
                forms = [hans[:-1], hans]
            elif country in ("CN", "TW", "JP") and not hans.endswith(("市", "县", "区", "州", "旗", "镇")):
                forms = [hans, hans + "市"]
            for form in forms:
                row.add("zh", form, both)
            continue
        if language == "en" and name == city["name"] + " City":
            row.names.add(language, city["name"])
        row.names.add(language, name)
    for name in (city["name"],):
        if "en" not in row.names.by_language or name not in row.names.by_language["en"]:
            row.names.add("en", name)
    if "zh" not in row.names.by_language and country not in ("JP", "KR", "KP"):
        found = {both["hans"].convert(n) for n in city["alternatenames"] if re.fullmatch(r"[\u4e00-\u9fff]{2,8}", n)}
        plain = {n for n in found if n + "市" in found}
        found = plain or {n[:-1] if n.endswith("市") and len(n) > 2 else n for n in found}
        if len(found) == 1:
            name = found.pop()
            row.add("zh", name, both)
            if country == "CN":
                row.add("zh", name + "市", both)
    zh = next(iter(row.names.by_language.get("zh", [])), "")
    if country == "CN" and "ru" not in row.names.by_language and zh:
        base = zh.rstrip("市县区镇") if len(zh) > 2 else zh
        reading = palladius.russian(city["name"], len(base))
        if reading:
            row.names.add("ru", reading)
    if "ru" not in row.names.by_language:
        found = [n for n in city["alternatenames"] if re.fullmatch("[А-ЯЁ][а-яё]+(?:[- ][А-ЯЁа-яё]+)*", n) and not re.search("[бвгдзклмнпрстфх]ъ[бвгдзклмнпрстфх]|ъ$|ья?$x", n)]
        if len(found) == 1:
            row.names.add("ru", found[0])


def cities(sources, both):
    """Rows of cities above the limit and of all capitals."""
    languages = sorted({*CORE, *NATIVE.values(), "zh_CN"})
    translations = {language: sources.translations(language) for language in languages}
    capitals = {(code, country["capital"]) for code, country in sources.geonames("countries").items()}
    fixes = {cells[0]: cells for cells in table("cities.txt")}
    for key, city in sorted(sources.geonames("cities15000").items(), key=lambda item: (item[1]["countrycode"], int(item[0]))):
        identity = f"{city['countrycode']}/{key}"
        capital = (city["countrycode"], city["name"]) in capitals
        fix = fixes.get(identity)
        if fix and fix[1] == "-":
            continue
        if city["population"] < POPULATION and not capital and not fix:
            continue
        row = Row(identity, "city", city["countrycode"], city["population"] * (4 if capital else 1))
        city_names(row, city, translations, both)
        if fix:
            row.manual(fix[1], fix[2] if len(fix) > 2 else "", fix[3] if len(fix) > 3 else "", both, drop=("ru", "zh"))
            for word in values(fix[4] if len(fix) > 4 else ""):
                row.adjective("ru", word)
        if row.names.by_language:
            yield row


def surname(language, canonical, form):
    """Whether a case form of a name like Иваново is also a form of a surname."""
    return language == "ru" and canonical.endswith(("ово", "ево", "ёво", "ино", "ыно")) and form.endswith(("ова", "ева", "ёва", "ина", "ына", "ову", "еву", "ёву", "ину", "ыну"))


def main():
    """Writes the file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, default=HERE / ".cache")
    sources = Sources(parser.parse_args().cache)
    from opencc import OpenCC

    both = {"hans": OpenCC("t2s"), "hant": OpenCC("s2t")}
    rows = [*countries(sources, both), *subdivisions(both), *cities(sources, both)]
    common = everyday(sources)
    owners = defaultdict(list)
    for row in rows:
        for language, forms in row.names.by_language.items():
            for form in forms:
                owners[row.kind, language, form].append(row)
    lines = []
    for row in rows:
        ambiguous = []
        for language, forms in row.names.by_language.items():
            risky = []
            for form in forms:
                rivals = owners[row.kind, language, form]
                largest = max(rivals, key=lambda r: r.population)
                rest = max((r.population for r in rivals if r is not largest), default=0)
                mine = len(rivals) == 1 or row is largest and row.population > 3 * rest
                if not mine or surname(language, forms[0], form) or common(row.kind, language, form):
                    risky.append(form)
            if risky:
                ambiguous.append(f"{language}:{'|'.join(risky)}")
        cells = [row.id, row.kind, row.iso, row.names.written(), row.adjectives.written(), ";".join(ambiguous)]
        lines.append("\t".join(cells).rstrip("\t") if not cells[5] else "\t".join(cells))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines), "rows,", OUT.stat().st_size, "bytes,", sum(len(r.names.by_language.get("ru", [])) > 0 for r in rows), "with Russian names")


if __name__ == "__main__":
    main()
