"""What a contract table is, and one row of it with its text and its values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from reference.text import is_nothing, read_text, read_time

Record = dict[str, Any]
LONG_AGO = datetime.min.replace(tzinfo=UTC)
# Before it, a time stands for no time.
FIRST_TIME = datetime(1970, 1, 2, tzinfo=UTC)
ACCEPTED = "accepted"
DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Table:
    """One contract table: how its columns read, and which of them a row can't do without."""

    key: tuple[str, ...]
    columns: dict[str, Callable[[str], Any]]
    time: str | None = None
    references: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    required_by_type: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words_by_type: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)


class Row:
    """One raw row: its text, its values as far as they can be read, and in the end its fate."""

    def __init__(self, table: Table, raw: dict[str, str | None], now: datetime) -> None:
        self.raw = raw
        self.now = now
        self.is_moved = False
        self.place: int | None = None
        self.text = {
            column: self._text(read, raw.get(column)) for column, read in table.columns.items()
        }
        self.values: Record = {}
        self.unreadable: set[str] = set()
        for column, read in table.columns.items():
            self.values[column] = self._read(column, read, self.text[column])
        landed = self._text(read_time, raw.get("ingested_at"))
        # As it came: a message may be taken as of another instant later.
        self.came: Record = dict(self.values)
        self.says_landing = bool(landed)
        self.ingested_at = self._read("ingested_at", read_time, landed) if landed else now
        self.fate: str | None = None

    @staticmethod
    def _text(read: Callable[[str], Any], text: str | None) -> str | None:
        """A customer may be called None; a time or a number may not."""
        return None if not text or (read is not read_text and is_nothing(text)) else text

    def _read(self, column: str, read: Callable[[str], Any], text: str | None) -> Any:
        if text is None:
            return None
        try:
            return read(text)
        except ValueError:
            self.unreadable.add(column)
            return None

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def content(self, column: str) -> Any:
        """What the column means, however it was written; its text where that can't be told."""
        return self.text[column] if column in self.unreadable else self.values[column]
