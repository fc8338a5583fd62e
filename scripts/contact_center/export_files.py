"""Writes an export's rows as CSV, JSON, XLSX or Parquet."""

from __future__ import annotations

import csv
import datetime
import io
import tempfile
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import duckdb
import xlsxwriter
from tqdm import tqdm

from . import jsons
from .export_query import EXPORTED, Column
from .intake import sql
from .terminal import width_of

# A sheet of Excel has 1,048,576 rows, the first of which is the header.
EXCEL_DATA_ROWS = 1_048_575
EXCEL_FIRST_YEAR = 1900
SECONDS_PER_DAY = 86_400
ROWS_PER_FETCH = 10_000
# With the signs that are typed or pasted for plus and minus; dashes (category Pd) join them.
FORMULA_STARTS = "=+-@\u2212\u02d7\u2043\u2795\u2796\ua78a"
# Letters and symbols that look like nothing: Hangul's fillers, Braille's blank.
BLANKS = "\u115f\u1160\u3164\uffa0\u2800"
HEADER_HEIGHT = 45
# Letters of a sheet's name that Excel takes.
MOST_TITLE = 31


def write_csv(
    connection: duckdb.DuckDBPyConnection, columns: list[Column], path: Path, title: str
) -> None:
    """UTF-8 with a byte order mark, without which Excel takes the file for another encoding."""
    with path.open("x", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(column.label) for column in columns])
        for row in rows(connection):
            writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])


def write_parquet(
    connection: duckdb.DuckDBPyConnection, columns: list[Column], path: Path, title: str
) -> None:
    labelled = [f"{sql.name(column.name)} as {sql.name(column.label)}" for column in columns]
    connection.execute(
        f"""
        copy (select {", ".join(labelled)} from {EXPORTED})
        to {sql.literal(path)} (format parquet, compression zstd)
        """
    )


class Archive(io.FileIO):
    """Says once that the disk is full: a ZipFile that is thrown away still writes its end, and
    Python would print that this fails too."""

    is_lost = False

    def write(self, data) -> int:
        if self.is_lost:
            return len(data)
        try:
            return super().write(data)
        except OSError:
            self.is_lost = True
            raise


def write_xlsx(
    connection: duckdb.DuckDBPyConnection, columns: list[Column], path: Path, title: str
) -> None:
    """One sheet. Each row goes to the disk as soon as it is written, which is that of the export:
    a full one is named, and nothing stays of what lies there in between."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as folder:
        options = {"constant_memory": True, "nan_inf_to_errors": True, "tmpdir": folder}
        file = io.BufferedWriter(Archive(path, "x"))
        with xlsxwriter.Workbook(file, options) as workbook:
            sheet = Sheet(workbook, columns, title)
            sheet.write_header()
            for row in rows(connection):
                sheet.write_row(row)
            sheet.add_filter()
    # Not where it failed: the ZipFile comes after, and closes it.
    file.close()


def write_json(
    connection: duckdb.DuckDBPyConnection, columns: list[Column], path: Path, title: str
) -> None:
    """A list of objects, one in a line. Seconds are numbers; days and instants are ISO 8601."""
    labels = [column.label for column in columns]
    with path.open("x", encoding="utf-8") as file:
        file.write("[")
        for number, row in enumerate(rows(connection)):
            text = jsons.text_of(dict(zip(labels, row, strict=True)))
            file.write(f"{',' if number else ''}\n{text}")
        file.write("\n]\n")


WRITERS = {"csv": write_csv, "json": write_json, "xlsx": write_xlsx, "parquet": write_parquet}


def rows(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple]:
    """The rows, with a bar where somebody watches and it takes longer than a moment."""
    [total] = connection.execute(f"select count(*) from {EXPORTED}").fetchone()
    result = connection.execute(f"select * from {EXPORTED}")
    with tqdm(total=total, unit=" rows", delay=1, leave=False, disable=None) as bar:
        while batch := result.fetchmany(ROWS_PER_FETCH):
            yield from batch
            bar.update(len(batch))


def is_visible(character: str) -> bool:
    """Of separators, controls, marks (variation selectors too) and blanks nothing is seen."""
    return unicodedata.category(character)[0] not in "ZCM" and character not in BLANKS


@lru_cache(maxsize=10_000)
def harmless(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet could take it for a formula.

    It could if the text begins with = + - @ or a control character such as tab or carriage
    return. Blanks, marks and invisible characters before the sign don't count, because programs
    strip them; full-width signs and other dashes count, because a program may read them like the
    plain ones.
    """
    visible = [c for c in text if is_visible(c)]
    sign = unicodedata.normalize("NFKC", "".join(visible[:1]))[:1]
    starts_formula = sign != "" and (
        # A dash on its own says that there is nothing.
        sign in FORMULA_STARTS or (unicodedata.category(sign) == "Pd" and len(visible) > 1)
    )
    starts_with_control = text != "" and unicodedata.category(text[0]) == "Cc"
    return f"'{text}" if starts_formula or starts_with_control else text


class Sheet:
    """The sheet of an XLSX export, written from top to bottom."""

    def __init__(self, workbook: xlsxwriter.Workbook, columns: list[Column], title: str) -> None:
        self.columns = columns
        self.row_count = 0
        self.sheet = workbook.add_worksheet(title[:MOST_TITLE])
        self.header_format = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        )
        self.date_format = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.time_format = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        formats = {
            pattern: workbook.add_format({"num_format": pattern})
            for pattern in {number_pattern(column) for column in columns}
        }
        self.number_formats = [formats[number_pattern(column)] for column in columns]

    def write_header(self) -> None:
        for position, column in enumerate(self.columns):
            self.sheet.set_column(position, position, width(column))
            self.sheet.write_string(0, position, harmless(column.label), self.header_format)
        self.sheet.set_row(0, HEADER_HEIGHT)
        self.sheet.freeze_panes(1, 0)

    def write_row(self, cells: tuple) -> None:
        self.row_count += 1
        for position, cell in enumerate(cells):
            if cell is not None:
                self.write_cell(position, cell)

    def write_cell(self, position: int, cell: object) -> None:
        at = (self.row_count, position)
        if isinstance(cell, datetime.date) and cell.year < EXCEL_FIRST_YEAR:
            self.sheet.write_string(*at, str(cell))
        elif isinstance(cell, datetime.datetime):
            self.sheet.write_datetime(*at, cell, self.time_format)
        elif isinstance(cell, datetime.date):
            self.sheet.write_datetime(*at, cell, self.date_format)
        elif isinstance(cell, str):
            self.sheet.write_string(*at, harmless(cell))
        else:
            is_duration = self.columns[position].unit == "seconds"
            number = cell / SECONDS_PER_DAY if is_duration else cell
            self.sheet.write_number(*at, number, self.number_formats[position])

    def add_filter(self) -> None:
        self.sheet.autofilter(0, 0, self.row_count, len(self.columns) - 1)


def number_pattern(column: Column) -> str:
    """How Excel shows the column's numbers."""
    if column.unit == "seconds":
        return "[h]:mm:ss"
    if column.unit == "ratio":
        return "0.0 %"
    return "#,##0" if column.is_integer else "#,##0.00"


def width(column: Column) -> int:
    """In characters: enough for the values, and for the label on up to three lines."""
    values = 24 if column.is_text else 19 if column.is_time else 12
    return max(values, min(width_of(column.label) // 2 + 4, 30))
