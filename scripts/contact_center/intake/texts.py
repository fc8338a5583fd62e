"""Text files in whatever encoding they come. A reader is always given UTF-8: a file that isn't is
written anew, aside."""

from __future__ import annotations

import codecs
import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from . import InputError

CHUNK = 1 << 22
LISTED = 20
# What DuckDB reads by a name's end; other packings are refused.
PACKED = (".bz2", ".xz", ".zip", ".7z", ".zst")
MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# Its five undefined bytes become U+FFFD.
OTHER = "cp1252"


@dataclass(frozen=True)
class Line:
    number: int
    text: str


@dataclass
class Text:
    """A file as readers are to read it. `path`: of UTF-8, the file itself or what was made of it;
    `wrong_lines`: the first of those that weren't UTF-8."""

    path: str
    wrong_lines: list[Line] = field(default_factory=list)
    wrong_count: int = 0


def as_utf8(path: str, aside: Path) -> Text:
    """Raises an InputError where the file can't be read at all."""
    if path.lower().endswith(PACKED):
        raise InputError(
            f"File '{path}' is packed in a way that can't be read. Unpack it, or pack it with gzip."
        )
    try:
        with opened(path) as file:
            mark = file.read(2)
        if mark in MARKS:
            return _from_utf16(path, MARKS[mark], aside)
        if _is_utf8(path):
            return Text(path)
        return _line_by_line(path, aside)
    except (OSError, EOFError) as error:
        raise InputError(f"File '{path}' can't be read: {error}") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"File '{path}' has the mark of UTF-16 and isn't UTF-16: {error.reason}"
        ) from error


def opened(path: str) -> BinaryIO:
    if path.lower().endswith(".gz"):
        return gzip.open(path, "rb")
    return open(path, "rb")


def _is_utf8(path: str) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened(path) as file:
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _from_utf16(path: str, encoding: str, aside: Path) -> Text:
    made = _place(path, aside)
    with opened(path) as file, made.open("w", encoding="utf-8", newline="") as out:
        file.read(2)
        reader = codecs.getreader(encoding)(file)
        while text := reader.read(CHUNK):
            out.write(text)
    return Text(str(made))


def _line_by_line(path: str, aside: Path) -> Text:
    made = _place(path, aside)
    result = Text(str(made))
    with opened(path) as file, made.open("wb") as out:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                text = line.decode(OTHER, errors="replace")
                result.wrong_count += 1
                if len(result.wrong_lines) < LISTED:
                    result.wrong_lines.append(Line(number, text.strip("\r\n")[:100]))
                line = text.encode("utf-8")
            out.write(line)
    return result


def _place(path: str, aside: Path) -> Path:
    """A new file's path: the order of the files says which is which."""
    aside.mkdir(parents=True, exist_ok=True)
    name = Path(path).name
    if name.lower().endswith(".gz"):
        name = name[:-3]
    return aside / f"{sum(1 for _ in aside.iterdir()):06}_{name}"


def remarks_on_lines(
    path: str, lines: list[Line], complaint: str, count: int | None = None
) -> Iterator[str]:
    """A remark for each line, the last with the number of those that aren't listed."""
    further = (count or len(lines)) - len(lines)
    for position, line in enumerate(lines, start=1):
        more = position == len(lines) and further > 0
        yield f"File '{path}', line {line.number} {complaint}: {line.text}" + (
            f"\nSo have {further} further lines." if more else ""
        )


def remarks_on_encoding(path: str, text: Text) -> Iterator[str]:
    yield from remarks_on_lines(
        path, text.wrong_lines, "isn't UTF-8; it was read as Windows-1252", text.wrong_count
    )
