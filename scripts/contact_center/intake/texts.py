"""Text files in whatever encoding and with whatever line ends they come. A reader is always given
UTF-8 in which no carriage return stands alone: what isn't so is written anew, aside."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from . import InputError
from .line_ends import Counts, csv_records, lines_by_returns, lines_of_log

CHUNK = 1 << 22
LISTED = 20
# DuckDB reads plain files and what gzip packed.
PACKED = (".bz2", ".xz", ".zip", ".7z", ".zst")
UNPACK = "is packed in a way that can't be read. Unpack it, or pack it with gzip"
# What the system and gzip say of a file that can't be read to its end.
UNREADABLE = (OSError, EOFError, zlib.error)
# What a file is whatever its name says, by its first bytes.
DISGUISED = {
    b"\x1f\x8b": "is packed by gzip, and its name doesn't say so: let it end in .gz",
    b"PK\x03\x04": "is a spreadsheet or a zip archive, whatever its name: save it as CSV in UTF-8, "
    "or unpack it",
}
MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
UTF8 = "UTF-8"
# How a line that isn't UTF-8 is read where no encoding is given. Its five undefined bytes become
# U+FFFD.
OTHER = "Windows-1252"
# Any encoding that can be given writes these as they are: lines, commas and quotes are found among
# bytes. The last ones switch to other letters in some encodings.
ASCII = bytes(range(128)) + b"\x1b$B0!"
ENCODINGS = (
    "empty or a name that Python gives an encoding with ASCII in it, such as gb18030, cp950, "
    "cp932, cp949 or cp1251"
)
# How a file's lines are told apart: quotes have a meaning in csv only; in json and log a carriage
# return within a line says nothing.
CSV, JSON, LOG = "csv", "json", "log"
# Letters of a file's name in that of its copy: with more, no file may have it.
KEPT_OF_NAME = 60


@dataclass(frozen=True)
class Aside:
    """Where files are written anew. `encoding`: of those that aren't UTF-8 (the variable
    text_encoding); empty where none is given."""

    folder: Path
    encoding: str = ""


@dataclass
class Text:
    """A file as readers are to read it. `path`: the file itself or what was made of it;
    `encodings`: in which a line is tried, one after the other; `wrong_lines`: the numbers of the
    first that weren't in the first of them; `is_empty`: there are blank lines at most."""

    path: str
    encodings: tuple[str, ...] = (UTF8, OTHER)
    wrong_lines: list[int] = field(default_factory=list)
    wrong_count: int = 0
    is_empty: bool = False
    longest_line: int = 0


@dataclass
class _Seen:
    """What one pass over a file's bytes tells."""

    is_utf8: bool = True
    has_mark: bool = False
    counts: Counts = field(default_factory=Counts)
    byte_count: int = 0
    is_blank: bool = True

    def is_as_readers_want(self, path: str, kind: str) -> bool:
        # DuckDB knows a packed file by these letters only.
        if path.lower().endswith(".gz") and not path.endswith(".gz"):
            return False
        if not self.is_utf8 or (kind == JSON and self.has_mark):
            return False
        return not (self.counts.is_mixed if kind == CSV else self.counts.has_lone_returns)


def is_encoding(name: str) -> bool:
    """Whether it is one of Python's names of encodings, and text can be read by it."""
    try:
        return ASCII.decode(name) == ASCII.decode("ascii")
    except (LookupError, ValueError):
        return False


def as_utf8(path: str, aside: Aside, kind: str = CSV) -> Text:
    """Raises an InputError where the file can't be read at all."""
    if path.lower().endswith(PACKED):
        raise InputError(f"File '{path}' {UNPACK}.")
    try:
        with opened(path) as file:
            beginning = file.read(4)
        for signature, advice in DISGUISED.items():
            if beginning.startswith(signature):
                raise InputError(f"File '{path}' {advice}.")
        mark = MARKS.get(beginning[:2])
        source = _from_utf16(path, mark, aside) if mark else path
        seen = _seen(source)
        text = Text(source, is_empty=seen.is_blank, longest_line=seen.counts.longest_line)
        if not seen.is_as_readers_want(source, kind):
            is_by_returns = kind != JSON and seen.counts.is_by_returns
            if aside.encoding and not seen.is_utf8:
                text.encodings = _encodings(source, aside.encoding, is_by_returns)
            _write_anew(source, kind, aside, text, is_by_returns)
    except UNREADABLE as error:
        raise InputError(f"File '{path}' can't be read: {error}") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"File '{path}' has the mark of UTF-16 and isn't UTF-16: {error.reason}."
        ) from error
    return text


def opened(path: str) -> BinaryIO:
    if path.lower().endswith(".gz"):
        return gzip.open(path, "rb")  # type: ignore[return-value]
    return open(path, "rb")


def _seen(path: str) -> _Seen:
    seen = _Seen()
    decoder = codecs.getincrementaldecoder("utf-8")()
    end = b""
    with opened(path) as file:
        while chunk := file.read(CHUNK):
            if seen.byte_count == 0:
                seen.has_mark = chunk.startswith(codecs.BOM_UTF8)
            seen.byte_count += len(chunk)
            seen.is_blank = seen.is_blank and not chunk.removeprefix(codecs.BOM_UTF8).strip()
            seen.is_utf8 = seen.is_utf8 and _is_decoded(decoder, chunk)
            seen.counts.add(chunk, after=end)
            end = chunk[-1:]
    seen.is_utf8 = seen.is_utf8 and _is_decoded(decoder, b"", final=True)
    return seen


def _is_decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    # Where no letter is begun, ASCII needn't be decoded.
    if chunk.isascii() and not final and decoder.getstate()[0] == b"":
        return True
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _from_utf16(path: str, encoding: str, aside: Aside) -> str:
    made = place(path, aside)
    with opened(path) as file, made.open("w", encoding="utf-8", newline="") as out:
        file.read(2)
        reader = codecs.getreader(encoding)(file)
        while text := reader.read(CHUNK):
            out.write(text)
    return str(made)


def _encodings(path: str, given: str, is_by_returns: bool) -> tuple[str, ...]:
    """Those of a file with lines that aren't UTF-8. Most lines decide which comes first: a name of
    two letters in GB 18030 may look like UTF-8, and any line in UTF-8 like Windows-1251."""
    if codecs.lookup(given).name == "utf-8":
        return UTF8, OTHER
    with opened(path) as file:
        lines = _lines(file, is_by_returns)
        counts = Counter(_is_in(line, UTF8) for line in lines if not line.isascii())
    # What is in none of them is read as the first, with letters lost.
    return (UTF8, given, UTF8) if counts[True] > counts[False] else (given, UTF8, given)


def _lines(file: BinaryIO, is_by_returns: bool) -> Iterable[bytes]:
    return lines_by_returns(file, CHUNK) if is_by_returns else file


def _write_anew(path: str, kind: str, aside: Aside, text: Text, is_by_returns: bool) -> None:
    made = place(path, aside)
    text.path = str(made)
    with opened(path) as file, made.open("wb") as out:
        lines = _decoded(_lines(file, is_by_returns), text)
        for line in csv_records(lines) if kind == CSV else lines_of_log(lines):
            out.write(line)


def _decoded(lines: Iterable[bytes], text: Text) -> Iterator[bytes]:
    """The lines in UTF-8. Those that aren't in the encoding that is expected are counted."""
    expected, *others = text.encodings
    for number, line in enumerate(lines, start=1):
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        encoding = expected
        if not _is_in(line, expected):
            encoding = next((other for other in others if _is_in(line, other)), others[-1])
            text.wrong_count += 1
            if len(text.wrong_lines) < LISTED:
                text.wrong_lines.append(number)
        yield line.decode(encoding, "replace").encode()


def _is_in(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def place(path: str, aside: Aside) -> Path:
    """A new file's path: a number tells files of one name apart."""
    folder = aside.folder
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(path).name
    if name.lower().endswith(".gz"):
        name = name[:-3]
    return folder / f"{sum(1 for _ in folder.iterdir()):06}_{name[-KEPT_OF_NAME:]}"


def longer_lines(path: str, longest: int) -> Iterator[int]:
    """The numbers of those of more bytes than that."""
    with opened(path) as file:
        for number, line in enumerate(file, start=1):
            if len(line) > longest:
                yield number


def remarks_on_lines(
    path: str, lines: list[int], complaint: str, count: int | None = None
) -> Iterator[str]:
    """A remark for each line, the last with the number of those that aren't listed. What the line
    says stays in the file: it may name a person, and remarks go to logs."""
    further = (count or len(lines)) - len(lines)
    for position, line in enumerate(lines, start=1):
        more = position == len(lines) and further > 0
        yield f"File '{path}', line {line} {complaint}." + (
            f"\nSo have {further} further lines." if more else ""
        )


def remarks_on_encoding(path: str, text: Text) -> Iterator[str]:
    expected, other, *lossy = text.encodings
    complaint = f"isn't {expected}; it was read as {other}" + (
        ", or, if it isn't that either, letters are lost" if lossy else ""
    )
    yield from remarks_on_lines(path, text.wrong_lines, complaint, text.wrong_count)
    if text.wrong_count and not lossy:
        yield (
            f"Is '{path}' in another encoding? Give its name, such as gb18030, cp950, cp932 or "
            "cp1251, as the variable text_encoding: docs/event_contract.md."
        )
