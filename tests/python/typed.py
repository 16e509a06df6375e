"""What a type checker must know of the package."""

from typing import assert_type

import recensio

document = recensio.analyze("Es war im Mai 2021.", language="de")
assert_type(document, recensio.Document)
assert_type(document.dates[0].span, tuple[int, int])
assert_type(document.title, str | None)
assert_type(document.findings, tuple[recensio.Finding, ...])
assert_type([entity.name for document in recensio.read_corpus("output") for entity in document.entities], list[str])
