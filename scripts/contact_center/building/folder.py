"""The folder beside a warehouse in which one build at a time works, and nobody else reads."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import AnotherBuild, BuildError, ChangedSettings, FailedSteps

LOCK = "lock"


def place_of(warehouse: Path) -> Path:
    return warehouse.parent / f".{warehouse.name}.building"


@contextmanager
def work_folder(warehouse: Path) -> Iterator[Path]:
    """Held by a lock until the block is left."""
    folder = place_of(warehouse)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        lock = (folder / LOCK).open("a+")
    except OSError as error:
        raise BuildError(f"can't write beside '{warehouse}': {error.strerror}") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AnotherBuild(
                f"process {lock.read().strip()} is building '{warehouse}' already; "
                "wait until it has ended, or give another --warehouse"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        if not os.access(warehouse.parent, os.W_OK | os.X_OK):
            raise BuildError(f"can't write into '{warehouse.parent}', where the warehouse goes")
        yield folder


def clear(built: Path) -> None:
    """Removes what an earlier build left that failed or was killed."""
    for path in (built, built.with_name(built.name + ".wal")):
        path.unlink(missing_ok=True)
    shutil.rmtree(built.with_name(built.name + ".tmp"), ignore_errors=True)


@contextmanager
def emptied_unless_looked_at(folder: Path) -> Iterator[None]:
    """A build that didn't come as far as its models and tests leaves no copy of the data."""
    try:
        yield
    except (ChangedSettings, FailedSteps):
        raise
    except BaseException:
        empty(folder)
        raise


def empty(folder: Path) -> None:
    """The lock stays with who holds it."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != LOCK:
            path.unlink(missing_ok=True)
