"""What a document can be asked besides its fields."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Iterable

from ._record import Record

if TYPE_CHECKING:
    from ._types import Document, Finding

_STYLE = (
    "<style>.rcs{line-height:1.6;max-width:60em}.rcs mark{padding:0 .15em;border-radius:.2em;color:inherit}"
    ".rcs .leftover{background:#e5534b59}.rcs .date{background:#4184e44d}.rcs .entity{background:#46954a4d}.rcs .head{opacity:.7}"
    ".rcs p{white-space:pre-wrap}</style>"
)


class DocumentRecord(Record):
    """A kept document: see `Document`."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a translator or editor should look at; of documents that `analyze` gives."""
        return self.__dict__.get("_findings", ())

    def at(self: Any, span: Iterable[int]) -> str:
        """What stands at a place of the text, whatever the places of the record count."""
        start, end = span
        if self.offsets == "chars":
            return self.text[start:end]
        encoding = "utf-8" if self.offsets == "bytes" else "utf-16-le"
        width = 1 if self.offsets == "bytes" else 2
        return self.text.encode(encoding)[start * width : end * width].decode(encoding)

    def _places(self: Any) -> list[tuple[int, int, str, str]]:
        """Places in code points, each with its layer and what is known of it, the most telling layer first."""
        found = [(one.span, "leftover", f"{one.language} {one.rule}") for one in self.leftovers]
        found += [(one.span, "date", f"{one.value} {one.edtf or ''}") for one in self.dates]
        for entity in self.entities:
            found += [(one.span, "entity", f"{entity.type} {entity.name}") for one in entity.mentions]
        if self.offsets != "chars":
            width = {"bytes": lambda c: len(c.encode()), "utf16": lambda c: 2 if ord(c) > 0xFFFF else 1}[self.offsets]
            at, chars = 0, {0: 0}
            for number, c in enumerate(self.text):
                at += width(c)
                chars[at] = number + 1
            found = [((chars[start], chars[end]), layer, about) for (start, end), layer, about in found]
        return [(start, end, layer, about.strip()) for (start, end), layer, about in found]

    def _repr_html_(self: Any) -> str:
        out, at = [], 0
        marked, taken = [], bytearray(len(self.text))
        for place in self._places():
            if not any(taken[place[0] : place[1]]):
                taken[place[0] : place[1]] = b"\1" * (place[1] - place[0])
                marked.append(place)
        for start, end, layer, about in sorted(marked):
            out.append(escape(self.text[at:start]))
            out.append(f'<mark class="{layer}" title="{escape(about)}">{escape(self.text[start:end])}</mark>')
            at = end
        out.append(escape(self.text[at:]))
        head = [self.id, self.language.code, f"{len(self.passages)} passages", f"{len(self.leftovers)} leftovers"]
        head += [f"{len(self.entities)} entities", f"{len(self.dates)} dates", f"{len(self.dropped)} dropped"]
        title = f"<h4>{escape(self.title)}</h4>" if self.title else ""
        head = escape(" · ".join(head))
        return f'{_STYLE}<div class="rcs">{title}<p class="head">{head}</p><p dir="auto">{"".join(out)}</p></div>'


def with_findings(document: Document, findings: Iterable[Finding]) -> Document:
    document.__dict__["_findings"] = tuple(findings)
    return document
