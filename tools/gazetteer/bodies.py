#!/usr/bin/env python3
"""Makes src/rules/data/entity/bodies.tsv from the hand-written lists in bodies/: adds Russian and Ukrainian case forms and traditional characters.

A list has lines `slug; type; ru; en; zh; native; ids` below a line `@JURISDICTION`. Type is r (regulator), l (law), p (policy) or o (organization).
Names of a language are separated by `|`, the canonical one first; `native` is `lang:name|name` of further languages, separated by `;;`.
A Russian name that begins with `!` is not declined.

Run: python3 tools/gazetteer/bodies.py [--cache FOLDER]
"""

import argparse
from collections import defaultdict
from pathlib import Path

from names import Names
from places import traditional
from sources import Sources

HERE = Path(__file__).resolve().parent
OUT = HERE.parents[1] / "src/rules/data/entity/bodies.tsv"
TYPES = {"r": "regulator", "l": "law", "p": "policy", "o": "organization"}
HEADER = """\
# Public bodies, laws, policies and organizations. Made by tools/gazetteer/bodies.py; edit the lists in tools/gazetteer/bodies/, not this file (docs/gazetteer.md).
# Source: written for recensio from general knowledge (MIT OR Apache-2.0).
# id\ttype\tjurisdiction\tnames\tids\tambiguous
"""


def add(names, language, name, both):
    """Adds a name, with case forms where the language has them."""
    if name.startswith("!"):
        forms = names.by_language.setdefault(language, [])
        if name[1:] not in forms:
            forms.append(name[1:])
        return
    names.add(language, name, check=False, body=True)
    if language == "zh":
        names.add(language, traditional(name, both), check=False)


def rows(both):
    """The rows of all lists."""
    for path in sorted((HERE / "bodies").glob("*.txt")):
        jurisdiction = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("@"):
                jurisdiction = line[1:].strip()
                continue
            line = line.replace(";;", "\0")
            cells = [cell.strip() for cell in line.split(";")]
            if len(cells) < 5 or len(cells) > 7 or cells[1] not in TYPES:
                raise SystemExit(f"{path.name}:{number}: expected slug; type; ru; en; zh; native; ids: {line}")
            cells += [""] * (7 - len(cells))
            names = Names()
            for language, cell in zip(("ru", "en", "zh"), cells[2:5]):
                for name in filter(None, (n.strip() for n in cell.split("|"))):
                    add(names, language, name, both)
            for part in filter(None, (p.strip() for p in cells[5].split("\0"))):
                language, _, given = part.partition(":")
                for name in filter(None, (n.strip() for n in given.split("|"))):
                    add(names, language.strip(), name, both)
            if not names.by_language:
                raise SystemExit(f"{path.name}:{number}: no name")
            yield [f"{jurisdiction.lower()}-{cells[0]}", TYPES[cells[1]], jurisdiction, names, cells[6]]


def main():
    """Writes the file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, default=HERE / ".cache")
    Sources(parser.parse_args().cache)
    from opencc import OpenCC

    made = list(rows({"hant": OpenCC("s2t")}))
    seen = set()
    for row in made:
        if row[0] in seen:
            raise SystemExit(f"twice: {row[0]}")
        seen.add(row[0])
    owners = defaultdict(set)
    for row in made:
        for language, forms in row[3].by_language.items():
            for form in forms:
                owners[language, form].add(row[0])
    lines = []
    for identity, kind, jurisdiction, names, ids in sorted(made, key=lambda row: row[0]):
        shared = {l: [f for f in forms if len(owners[l, f]) > 1] for l, forms in names.by_language.items()}
        ambiguous = ";".join(f"{language}:{'|'.join(forms)}" for language, forms in shared.items() if forms)
        lines.append("\t".join([identity, kind, jurisdiction, names.written(), ids, ambiguous]).rstrip("\t"))
        if ambiguous:
            print("shared:", identity, ambiguous)
    OUT.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(len(made), "rows,", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
