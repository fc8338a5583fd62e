"""Vendors' figures out of their files: the contract's CSV, a report with a column for each figure,
or a vendor's own answer, told by the name of the system and the file's shape."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from .. import UsageError
from . import amazon_connect, chatwoot, genesys_cloud, nice_cxone, own, reports, tencent
from .rows import Context, Row
from .texts import cells_of, text_of

__all__ = ["Context", "Row", "read"]

# What reads a system's own answers, each a dictionary or, of a CSV, its lines.
ANSWERS: dict[str, Callable[[Any, Context], Iterable[Row]]] = {
    "tencent_desk": tencent.read, "tencent_ccc": tencent.read, "nice_cxone": nice_cxone.read,
    "genesys_cloud": genesys_cloud.read, "amazon_connect": amazon_connect.read,
}
TABLES = {"chatwoot": chatwoot.read}


def read(system: str, path: Path, context: Context) -> list[Row]:
    """Raises a UsageError that says where the file is otherwise than it should be."""
    text = text_of(path)
    try:
        found = list(read_text(system, text, context))
    except (KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"--vendor '{path}' is no answer of {system} that is known here "
            f"({type(error).__name__}: {error}); docs/reconcile.md has those that are"
        ) from None
    except (ValueError, csv.Error) as error:
        raise UsageError(f"--vendor '{path}': {error}") from None
    if not found:
        raise UsageError(f"--vendor '{path}' holds no figure that is known here")
    return found


def read_text(system: str, text: str, context: Context) -> Iterator[Row]:
    if text.lstrip().startswith(("{", "[")):
        reader = ANSWERS.get(system)
        if reader is None:
            raise ValueError(f"JSON of {system} isn't known; give a CSV")
        for answer in answers(text):
            yield from reader(answer, context)
        return
    lines = cells_of(text)
    header = next((line for line in lines if any(cell.strip() for cell in line)), [])
    if reports.is_contract(header):
        yield from reports.read_contract(lines)
    elif export := next((one for one in context.exports if one.is_of(header)), None):
        yield from own.read(lines, export)
    elif system in TABLES and not reports.is_report(header, context):
        yield from TABLES[system](lines, context)
    else:
        yield from reports.read_report(lines, context)


def answers(text: str) -> Iterator[Any]:
    """Of one JSON value, an array of them, or one a line."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                try:
                    yield json.loads(line)
                except json.JSONDecodeError as error:
                    raise ValueError(f"line {number} is no JSON: {error.msg}") from None
        return
    yield from found if isinstance(found, list) else [found]
