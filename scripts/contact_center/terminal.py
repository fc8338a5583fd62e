"""What commands share that talk to a person at a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def not_there(path: Path) -> str:
    """Of a path that os.path.exists says isn't."""
    try:
        path.stat()
    except PermissionError as error:
        return f"'{path}' can't be looked at: {error.strerror}"
    except OSError:
        pass
    return f"'{path}' isn't there"


@contextmanager
def read_as_far_as_wanted() -> Iterator[None]:
    """Whoever reads what is printed may have seen enough before its end, as head has."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more as it ends, which may not fail.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def share(part: int, total: int) -> str:
    """In per cent, cut: what isn't all is never 100.0 %."""
    return f"{part * 1000 // total / 10:.1f}%"
