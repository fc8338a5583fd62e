"""A vendor's file as text, whatever it was saved as, and the cells of a CSV."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from .. import UsageError

BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
# An XLSX is one.
ZIP = b"PK\x03\x04"
DECIMAL_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+\s*%?")


def text_of(path: Path) -> str:
    """UTF-8; UTF-16 where the file says so, as Excel's "Unicode text" does; else GB 18030, as a
    Chinese Excel saves it. Raises a UsageError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"--vendor '{path}' can't be read: {error.strerror}") from None
    if content.startswith(ZIP):
        raise UsageError(
            f"--vendor '{path}' is a workbook or a ZIP, which isn't read; save the sheet as CSV"
        )
    is_utf16 = content.startswith(BYTE_ORDER_MARKS)
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            pass
    raise UsageError(
        f"--vendor '{path}' is text in neither UTF-8, UTF-16 nor GB 18030; save it as UTF-8"
    )


def cells_of(text: str) -> list[list[str]]:
    """Lines of cells between commas, semicolons or tabs, whichever the first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    if separator != ";":
        return lines
    # Where lists have semicolons, numbers have commas.
    return [[with_point(cell) for cell in line] for line in lines]


def with_point(cell: str) -> str:
    text = cell.strip()
    if not DECIMAL_COMMA.fullmatch(text):
        return cell
    return text.replace(".", "").replace(",", ".")
