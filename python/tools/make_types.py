"""Writes recensio/_types.py: the records as dataclasses, from the JSON Schema of the package. `python tools/make_types.py`, after the package was installed."""

import json
import keyword
import pathlib
import sys

HEAD = '''"""The records of a corpus, made from its JSON Schema by tools/make_types.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from ._document import DocumentRecord
from ._record import Record

'''
ROOTS = {"corpus.jsonl": "Document", "removed.jsonl": "Removed", "clusters.jsonl": "Cluster", "findings.jsonl": "Finding"}
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def kind(schema, name_of):
    """The Python type of a schema, whether it may be None, and the record it is made of, if it is."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return name_of(name)
    if "anyOf" in schema:
        inner = [one for one in schema["anyOf"] if one.get("type") != "null"]
        return (*kind(inner[0], name_of)[:1], True, kind(inner[0], name_of)[2])
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    one = next((k for k in kinds if k != "null"), "object")
    if one in PLAIN:
        return PLAIN[one], "null" in kinds, None
    if one == "array":
        of, _, record = kind(schema["items"], name_of)
        pair = schema.get("minItems") == schema.get("maxItems") == 2
        return f"tuple[{of}, {of}]" if pair else f"tuple[{of}, ...]", "null" in kinds, record
    return f"dict[str, {'str' if schema.get('additionalProperties') == {'type': 'string'} else 'Any'}]", "null" in kinds, None


def render(schema):
    definitions, done, out = schema["$defs"], {}, []

    def name_of(name):
        definition = definitions[name]
        if definition.get("properties") is None:
            return kind(definition, name_of)
        if name not in done:
            done[name] = name.removesuffix("Entry")
            out.append(one(name, definition))
        return done[name], False, done[name]

    def one(name, definition):
        required, needed, optional, records, renamed, absent = definition.get("required", []), [], [], [], [], []
        for field_name, property in definition["properties"].items():
            of, nullable, record = kind(property, name_of)
            python = field_name + "_" if keyword.iskeyword(field_name) else field_name
            if python != field_name:
                renamed.append((python, field_name))
            if record:
                records.append((python, record))
            about = property.get("description", "").replace("\n", " ").replace("\\", "\\\\")
            missing = field_name not in required
            if missing:
                absent.append(python)
            if nullable or missing:
                default = "False" if of == "bool" else "field(default_factory=dict)" if of.startswith("dict") else "None"
                optional.append((python, of if default != "None" else f"{of} | None", f" = {default}", about))
            else:
                needed.append((python, of, "", about))
        lines = ["@dataclass(frozen=True, kw_only=True, repr=False)", f"class {done[name]}({'DocumentRecord' if name == 'Document' else 'Record'}):", f'    """{definition.get("description", "").strip()}"""', ""]
        lines.append(f"    _records: ClassVar[dict[str, str]] = {dict(records)!r}")
        lines.append(f"    _renamed: ClassVar[dict[str, str]] = {dict(renamed)!r}")
        lines.append(f"    _absent: ClassVar[tuple[str, ...]] = {tuple(absent)!r}")
        for python, of, default, about in needed + optional:
            lines += [f"    {python}: {of}{default}", f'    """{about}"""']
        return "\n".join(lines) + "\n"

    for file, root in ROOTS.items():
        name_of(schema["files"][file]["$ref"].rsplit("/", 1)[1])
    return HEAD + "\n" + "\n\n".join(out)


if __name__ == "__main__":
    import recensio

    text = render(json.loads(recensio._recensio.schema()))
    path = pathlib.Path(__file__).parent.parent / "recensio" / "_types.py"
    if "--check" in sys.argv:
        sys.exit(0 if path.read_text() == text else f"{path} is not what the schema says: run tools/make_types.py")
    path.write_text(text)
