"""What all records have in common."""

from __future__ import annotations

import dataclasses
import sys
from typing import Any, ClassVar, TypeVar

R = TypeVar("R", bound="Record")


def _freeze(value: Any) -> Any:
    return tuple(_freeze(item) for item in value) if isinstance(value, list) else value


class Record:
    """A record: its fields are attributes; `to_dict` gives it as it stands in the JSON Lines."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def from_dict(cls: type[R], record: dict[str, Any]) -> R:
        """The record that a line says. Fields that this version does not know are passed over."""
        types = sys.modules["recensio._types"]
        values = {}
        for field in dataclasses.fields(cls):  # type: ignore[arg-type]
            name = cls._renamed.get(field.name, field.name)
            if name not in record:
                continue
            value = record[name]
            if field.name in cls._records and value is not None:
                of = getattr(types, cls._records[field.name])
                value = tuple(map(of.from_dict, value)) if isinstance(value, list) else of.from_dict(value)
            values[field.name] = _freeze(value)
        return cls(**values)

    def to_dict(self) -> dict[str, Any]:
        """As it stands in the JSON Lines; what is absent there is absent."""

        def plain(value: Any) -> Any:
            if isinstance(value, Record):
                return value.to_dict()
            return [plain(item) for item in value] if isinstance(value, tuple) else value

        out = {}
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if field.name in self._absent and value in (None, False, {}):
                continue
            out[self._renamed.get(field.name, field.name)] = plain(value)
        return out

    def __repr__(self) -> str:
        shown = []
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if value is None or value == () or value == {}:
                continue
            text = repr(value)
            shown.append(f"{field.name}={text if len(text) <= 80 else text[:79] + '…'}")
        return f"{type(self).__name__}({', '.join(shown)})"
