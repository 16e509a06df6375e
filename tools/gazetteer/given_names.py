#!/usr/bin/env python3
"""Makes src/rules/data/entity/given-names.tsv from given-names.txt: a line there is `lang gender name name …`.

Chinese surnames also get their Russian form by the Palladius system, as `ru`. Run: python3 tools/gazetteer/given_names.py
"""

from pathlib import Path

import palladius

HERE = Path(__file__).resolve().parent
OUT = HERE.parents[1] / "src/rules/data/entity/given-names.tsv"
HEADER = """\
# Given names and surnames: name, language, gender (m, f, u for both, s for a surname). Made by tools/gazetteer/given_names.py; edit given-names.txt beside it.
# Source: written for recensio from general knowledge (MIT OR Apache-2.0).
# name\tlang\tgender
"""


def main():
    """Writes the file."""
    found = {}
    for line in (HERE / "given-names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        language, gender, *names = line.split()
        for name in names:
            key = (language, name, gender == "s")
            found[key] = gender if found.get(key, gender) == gender else "u"
            if language == "ru" and "ё" in name:
                found[language, name.replace("ё", "е"), gender == "s"] = gender
            if language == "zh" and gender == "s" and name.isascii() and name not in ("Ouyang", "Sima", "Shangguan", "Zhuge"):
                reading = palladius.russian(name, 1)
                if reading:
                    found.setdefault(("ru", reading, True), "s")
    for name in ("Оуян", "Сыма", "Шангуань", "Чжугэ", "Хуа", "Люй"):
        found.setdefault(("ru", name, True), "s")
    rows = sorted((language, gender, name) for (language, name, _), gender in found.items())
    OUT.write_text(HEADER + "\n".join(f"{name}\t{language}\t{gender}" for language, gender, name in rows) + "\n", encoding="utf-8")
    print(len(rows), "names")


if __name__ == "__main__":
    main()
