"""Line ends: LF, CR LF and both in one file; and carriage returns that end no line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

# Stands for a carriage return while a line is taken apart: no text has it.
STAND_IN = "\ue00d"


@dataclass
class Counts:
    """How often the bytes of line ends stand in a file; of a part without a carriage return only
    whether it has a line feed, which is found many times faster. `longest_line`: in bytes, of lines
    that are longer than a part."""

    feeds: int = 0
    returns: int = 0
    pairs: int = 0
    longest_line: int = 0
    _open_line: int = 0

    def add(self, chunk: bytes, after: bytes) -> None:
        self._measure_lines(chunk)
        self.pairs += after.endswith(b"\r") and chunk.startswith(b"\n")
        if b"\r" not in chunk:
            self.feeds += b"\n" in chunk
            return
        self.feeds += chunk.count(b"\n")
        self.returns += chunk.count(b"\r")
        self.pairs += chunk.count(b"\r\n")

    def _measure_lines(self, chunk: bytes) -> None:
        """A line within a chunk is shorter than what anybody asks for."""
        end = chunk.find(b"\n")
        self._open_line += len(chunk) if end < 0 else end
        self.longest_line = max(self.longest_line, self._open_line)
        if end >= 0:
            self._open_line = len(chunk) - chunk.rfind(b"\n") - 1

    @property
    def has_lone_returns(self) -> bool:
        """Where no line ends otherwise, they are the line ends."""
        return self.feeds > 0 and self.returns > self.pairs

    @property
    def is_by_returns(self) -> bool:
        return self.feeds == 0 and self.returns > 0

    @property
    def is_mixed(self) -> bool:
        return self.feeds > 0 and self.returns > 0 and not (
            self.feeds == self.returns == self.pairs
        )


def lines_by_returns(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The lines of a file in which carriage returns end them, each with LF instead. `size`: of the
    parts that are read."""
    rest = b""
    while chunk := file.read(size):
        *lines, rest = (rest + chunk).split(b"\r")
        yield from (line + b"\n" for line in lines)
    if rest:
        yield rest


def lines_of_log(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines in which a carriage return is a space."""
    for line in lines:
        yield bare(line).replace(b"\r", b" ") + b"\n"


def csv_records(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The records of a CSV file, each ending with LF. What stands in quotes stays as it is; a value
    that holds a carriage return without quotes gets them."""
    parts: list[bytes] = []
    is_open = False
    for line in lines:
        parts.append(line)
        is_open ^= line.count(b'"') % 2 == 1
        if not is_open:
            yield with_quoted_returns(bare(b"".join(parts))) + b"\n"
            parts = []
    yield b"".join(parts)


def bare(line: bytes) -> bytes:
    """Without its end. A last line may have none."""
    return line.removesuffix(b"\n").removesuffix(b"\r")


def with_quoted_returns(record: bytes) -> bytes:
    outside = record.split(b'"')[::2]
    if not any(b"\r" in part for part in outside):
        return record
    text = record.decode("utf-8").replace("\r", STAND_IN)
    # How long a value may be is for DuckDB to say.
    usual = csv.field_size_limit(len(record))
    try:
        values = next(csv.reader(io.StringIO(text, newline="")), [])
    finally:
        csv.field_size_limit(usual)
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="").writerow(values)
    return out.getvalue().replace(STAND_IN, "\r").encode("utf-8")
