"""The file that an export writes: nothing else is replaced, and never by half of one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from xlsxwriter.exceptions import XlsxWriterException

from .building.publishing import keep_rights, set_mode
from .lake import limit_to_warehouse

# How a file of each format begins.
BEGINNINGS = {
    "csv": b"\xef\xbb\xbf", "json": b"[", "xlsx": b"PK\x03\x04", "parquet": b"PAR1",
}


class ExportError(Exception):
    """A reason not to export, in words for the person who asked for it."""

    status = 1


class UsageError(ExportError):
    """The command itself is wrong."""

    status = 2


def check_output(output: Path, form: str, overwrite: bool) -> None:
    """Raises where --output can't be, or mustn't be, written."""
    try:
        check_present(output, form, overwrite)
    except OSError as error:
        raise UsageError(f"--output '{output}' can't be looked at: {error.strerror}") from error


def check_present(output: Path, form: str, overwrite: bool) -> None:
    if not output.parent.is_dir():
        raise UsageError(f"the folder of --output isn't there: '{output.parent}'")
    if not output.exists():
        return
    if not output.is_file():
        raise UsageError(f"--output '{output}' is not a file; give the path of a file")
    if not overwrite:
        raise UsageError(f"--output '{output}' is there already; --overwrite replaces an export")
    with output.open("rb") as file:
        beginning = file.read(4)
    if beginning and not beginning.startswith(BEGINNINGS[form]):
        raise UsageError(
            f"--output '{output}' is no {form} file that an export wrote, and isn't replaced by one"
        )


@contextmanager
def replacing(output: Path, warehouse: Path) -> Iterator[Path]:
    """A path to write to; what stands there in the end replaces the output in one step.

    Where the output is a link, the file that it leads to is replaced and the link stays. A new one
    has no more rights than the warehouse, and until it is whole nobody else reads it.
    """
    output = output.resolve()
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        umask = os.umask(0o077)
        try:
            yield part
        finally:
            os.umask(umask)
        if output.exists():
            keep_rights(part, output)
        else:
            set_mode(part, 0o666 & ~umask)
            limit_to_warehouse(part, warehouse)
        os.replace(part, output)
    except (OSError, XlsxWriterException, duckdb.IOException) as error:
        raise ExportError(f"can't write '{output}': {error}") from error
    finally:
        part.unlink(missing_ok=True)
