"""A DuckDB file: copied to be worked on, and put in the place of the published one in one step."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import sys
from pathlib import Path

from . import BuildError

# linux/fs.h: a file of the same blocks, of which each is copied when one of the two writes it.
FICLONE = 0x40049409


# The oldest DuckDB that can read a new file. Words take a quarter less work to store than for 1.0.
READABLE_FROM = "v1.3.0"


def new_file(path: Path) -> None:
    """An empty one to build in."""
    import duckdb

    storage = {"storage_compatibility_version": READABLE_FROM}
    duckdb.connect(str(path), config=storage).close()


def copy(warehouse: Path, built: Path) -> None:
    """Without copying a byte where the file system knows how (Linux on Btrfs, XFS or bcachefs)."""
    try:
        if not clone(warehouse, built):
            shutil.copyfile(warehouse, built)
    except OSError as error:
        raise BuildError(
            f"can't copy '{warehouse}' to work on it: {error.strerror}. Nothing was published."
        ) from error


def clone(warehouse: Path, built: Path) -> bool:
    """A second hard link wouldn't do: both names would see what the build writes."""
    if not sys.platform.startswith("linux"):
        return False
    with warehouse.open("rb") as source, built.open("wb") as target:
        try:
            fcntl.ioctl(target, FICLONE, source.fileno())
        except OSError:
            return False
    return True


def log_of(path: Path) -> Path:
    """DuckDB's write-ahead log beside a file."""
    return path.with_name(path.name + ".wal")


def check_nobody_writes(warehouse: Path) -> None:
    """Raises a BuildError while another process has the published file open to write it. What it
    changes would be lost with the file, or come upon the new one from its log."""
    if not warehouse.exists():
        return
    with warehouse.open("rb") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            raise BuildError(
                f"another program has '{warehouse}' open to write it, and a build would replace "
                "the file; close it there, or open it read-only. Nothing was published."
            ) from None


def publish(built: Path, warehouse: Path) -> None:
    """Puts the finished file in the published one's place, whatever happens to the machine."""
    import duckdb

    if log_of(built).exists():
        with duckdb.connect(str(built)) as connection:
            connection.execute("checkpoint")
    check_nobody_writes(warehouse)
    keep_rights(built, warehouse)
    sync(built)
    log = log_of(warehouse)
    if log.exists():
        # DuckDB would replay it onto whichever file stands beside it.
        print(
            f"'{log}' is removed: it holds changes that another program made in the warehouse "
            "since the last build, and nothing is built upon them."
        )
        log.unlink()
    os.replace(built, warehouse)
    sync(warehouse.parent)


def keep_rights(new: Path, replaced: Path) -> None:
    """Gives a file the rights of the one that it is to replace, and its owner and group where this
    process may: who was let in stays so, and nobody else is."""
    if not replaced.exists():
        return
    was = replaced.stat()
    for owner in (was.st_uid, -1):
        with contextlib.suppress(OSError):
            os.chown(new, owner, was.st_gid)
            break
    set_mode(new, was.st_mode & 0o7777)


def limit_rights(new: Path, made_of: Path) -> None:
    """Takes from a file the rights that another, whose rows are in it, doesn't give. Where that one
    is a group's, so is this one; of a group that this process can't give it to nobody is let in."""
    mode, of = new.stat().st_mode & 0o7777, made_of.stat()
    allowed = of.st_mode & 0o666
    is_of_group = (of.st_mode & 0o060) >> 3 != of.st_mode & 0o006
    if is_of_group and new.stat().st_gid != of.st_gid:
        try:
            os.chown(new, -1, of.st_gid)
        except OSError:
            allowed &= ~0o060
    set_mode(new, mode & allowed)


def set_mode(path: Path, mode: int) -> None:
    """Of a file of this process's own. A disk such as a memory stick's keeps no rights, and some
    refuse to be told any."""
    with contextlib.suppress(PermissionError):
        path.chmod(mode)


def sync(path: Path) -> None:
    """Waits until the file or folder is on the disk. Some disks of a network don't say so of a
    folder, nor may it be opened where this process may only write into it; what was put there is
    published all the same."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        if not path.is_dir():
            raise
