"""What a system's records are fetched as."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from .place import Place, Window


@dataclass(frozen=True)
class Stream:
    """Records of one kind. `span`: how many days are asked for at once, at most as many as the
    vendor answers; 0 for what has no time, such as names, which is fetched anew each time.
    `until`: up to when the vendor has them."""

    name: str
    span: int
    records: Callable[[Window], Iterable[Any]]
    until: Callable[[], datetime.datetime] | None = None


class System(Protocol):
    """How a vendor is asked."""

    def streams(self, place: Place) -> list[Stream]: ...

    def close(self) -> None: ...
