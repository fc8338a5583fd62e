"""The folder that is filled: files that are whole, and what of them is done."""

from __future__ import annotations

import datetime
import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import FetchError

# Begins with a dot, so that no build takes it for data.
STATE = ".fetch-state"
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Window:
    """Of time, without its end."""

    since: datetime.datetime
    until: datetime.datetime

    @property
    def key(self) -> str:
        return stamp(self.since)


@dataclass(frozen=True)
class Asked:
    """A record that doesn't say itself what was asked for."""

    body: Any
    query: dict[str, str]


def always(now: datetime.datetime) -> Window:
    """Of what has no time."""
    return Window(EPOCH, now)


def windows(since: datetime.datetime, until: datetime.datetime, span: int) -> Iterator[Window]:
    """Of so many days, always cut at the same instants, whenever it is asked."""
    length = datetime.timedelta(days=span)
    start = EPOCH + (since - EPOCH) // length * length
    while start < until:
        end = start + length
        yield Window(max(start, since), min(end, until))
        start = end


def stamp(instant: datetime.datetime) -> str:
    return instant.strftime("%Y%m%dT%H%M%SZ")


class Place:
    def __init__(
        self, folder: Path, system: str, now: datetime.datetime, overlap: int
    ) -> None:
        self.folder = folder
        self.system = system
        self.now = now
        self.overlap = datetime.timedelta(days=overlap)
        self.state: dict[str, Any] = {"system": system, "windows": {}, "jobs": {}}

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Nobody else writes here meanwhile."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{STATE}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise FetchError(f"another fetch writes into '{self.folder}' now") from None
            # What a killed run left.
            for part in self.folder.glob(".*.part"):
                part.unlink()
            self.read()
            yield

    def read(self) -> None:
        path = self.folder / STATE
        if not path.exists():
            return
        try:
            self.state = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            raise FetchError(f"'{path}' can't be read; delete it to fetch all again") from None
        if self.state["system"] != self.system:
            raise FetchError(
                f"'{self.folder}' holds records of {self.state['system']}; give another folder"
            )

    def keep(self) -> None:
        write_whole(self.folder / STATE, json.dumps(self.state, indent=1).encode())

    def done(self, stream: str, window: Window) -> dict[str, Any] | None:
        """What is known of a window that needn't be fetched again: fetched to its end, and late
        enough after it."""
        found = self.state["windows"].get(f"{stream} {window.key}")
        if found is None or instant(found["until"]) < window.until:
            return None
        return found if instant(found["fetched_at"]) >= window.until + self.overlap else None

    def write(self, stream: str, window: Window, bodies: Iterable[Any]) -> int:
        """A file of a window's records, each in an envelope that says when it was fetched; gives
        their number."""
        of_time = f"-{window.key}-{stamp(window.until)}" if window.since > EPOCH else ""
        name = f"{stream}{of_time}-fetched-{stamp(self.now)}.jsonl"
        part = self.folder / f".{name}.part"
        received_at = self.now.isoformat().replace("+00:00", "Z")
        count = 0
        try:
            with part.open("w", encoding="utf-8") as file:
                for body in bodies:
                    line = {"received_at": received_at, "body": body}
                    if isinstance(body, Asked):
                        line |= {"query": body.query, "body": body.body}
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
                    count += 1
                file.flush()
                os.fsync(file.fileno())
            if count:
                os.replace(part, self.folder / name)
        finally:
            part.unlink(missing_ok=True)
        self.state["windows"][f"{stream} {window.key}"] = {
            "until": window.until.isoformat(), "fetched_at": self.now.isoformat(),
            "file": name if count else None, "records": count,
        }
        self.keep()
        return count

    def bodies(self, stream: str, window: Window) -> Iterator[Any]:
        """What was last written of a window. Raises a FetchError where the file has gone."""
        found = self.state["windows"].get(f"{stream} {window.key}") or {}
        if not found.get("file"):
            return
        path = self.folder / found["file"]
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except OSError:
            raise FetchError(
                f"'{path}', which was fetched before, isn't there any more; delete "
                f"'{self.folder / STATE}' to fetch all again"
            ) from None
        # Only a line feed ends a line: texts may hold other separators.
        for line in filter(None, lines):
            yield json.loads(line)["body"]


def write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    os.replace(part, path)


def instant(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)
