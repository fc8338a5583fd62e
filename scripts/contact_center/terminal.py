"""What commands share that talk to a person at a terminal."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, TextIO


def not_there(path: Path) -> str:
    """Of a path that os.path.exists says isn't."""
    try:
        path.stat()
    except PermissionError as error:
        return f"'{path}' can't be looked at: {error.strerror}"
    except OSError:
        pass
    return f"'{path}' isn't there"


def decoded(file: bytes) -> str:
    """A text that a person saved, whatever the machine's language is: UTF-8, or what Windows takes,
    which begins with a mark. Raises a UnicodeDecodeError."""
    return file.decode("utf-16" if file[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8-sig")


@contextmanager
def read_as_far_as_wanted() -> Iterator[None]:
    """Whoever reads what is printed may have seen enough before its end, as head has."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        say_no_more(sys.stdout)


def say_no_more(stream: TextIO) -> None:
    """Python flushes once more as it ends, which may not fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class Unread:
    """A stream whose reader may leave: what is written from then on goes nowhere."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def write(self, text: str) -> int:
        self.unless_unread(lambda: self.stream.write(text))
        return len(text)

    def flush(self) -> None:
        self.unless_unread(self.stream.flush)

    def unless_unread(self, say: Callable[[], Any]) -> None:
        try:
            say()
        except BrokenPipeError:
            say_no_more(self.stream)


@contextmanager
def worth_doing_unread() -> Iterator[None]:
    """For what is done for more than its words: it isn't given up because head has seen enough."""
    out, err = Unread(sys.stdout), Unread(sys.stderr)
    with redirect_stdout(out), redirect_stderr(err):
        try:
            yield
        finally:
            out.flush()
            err.flush()


def share(part: int, total: int) -> str:
    """In per cent, cut: what isn't all is never 100.0 %."""
    return f"{part * 1000 // total / 10:.1f}%"


def width_of(text: str) -> int:
    """How many places of a terminal it takes: a Chinese letter two, one above another none."""
    return sum(
        0 if unicodedata.combining(letter)
        else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def padded(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))


def heading(text: str) -> Iterator[str]:
    yield ""
    yield text
    yield "-" * len(text)


def shortened(text: str, length: int = 200) -> str:
    """A row as JSON without its NULLs, cut where it is long."""
    row = {name: value for name, value in json.loads(text).items() if value is not None}
    line = json.dumps(row, ensure_ascii=False)
    return line if len(line) <= length else line[:length] + " ..."
