"""Columns of which a file writes the values in a program's way: ids as 3.0, nothing as NULL.

pandas makes a column of whole numbers with gaps one of floats; several exports write the word NULL.
What is so is decided for each file by all of its rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from . import sql

FLOATS = ("FLOAT", "DOUBLE")
# As the macro without_words_for_nothing has them, in small letters.
WORDS = ("null", "none", "nan", "nat", "<na>", "\\n")
# Those that nobody is called: where one of them stands, the others mean the same.
TELLING = ("NULL", "\\N")
WHOLE = "[+-]?[0-9]+([.]0)?"
# Of a Parquet file's texts, which nothing has read yet; a program writes a column in one way.
SAMPLE = 5000


@dataclass(frozen=True)
class Oddities:
    """`decimals`: id columns in which n.0 is n; `words`: id columns in which words say nothing."""

    decimals: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def value(self, column: str, text: str, source_type: str) -> str:
        """The text of a column of such a file."""
        if column in self.decimals and source_type in FLOATS:
            number = sql.name(column)
            whole_number = f"cast(cast({number} as bigint) as varchar)"
            return f"case when not isnan({number}) then {whole_number} end"
        if column in self.decimals:
            text = f"regexp_replace({text}, '[.]0$', '')"
        return without_words(text) if column in self.words else text


def without_words(text: str) -> str:
    return f"case when lower({text}) not in ({listed(WORDS)}) then {text} end"


def words_in(cursor: DuckDBPyConnection, reader: str, columns: Iterable[str]) -> list[str]:
    """Those of the telling words that stand in one of the columns: what the file writes for
    nothing."""
    found = [
        "bool_or(" + " or ".join(f"{sql.name(column)} = {sql.literal(word)}" for column in columns)
        + ")"
        for word in TELLING
    ]
    row = cursor.execute(f"select {', '.join(found)} from {reader}").fetchone()
    return [word for word, is_there in zip(TELLING, row, strict=True) if is_there]


def listed(words: Iterable[str]) -> str:
    return ", ".join(map(sql.literal, words))


def is_id(column: str) -> bool:
    return column == "id" or column.endswith("_id")


def found(
    cursor: DuckDBPyConnection, reader: str, types: dict[str, str], typed: Iterable[str],
    is_sampled: bool,
) -> tuple[int, Oddities]:
    """The number of a file's rows, and what is odd about it, in one pass. `types`: of the columns
    that are read; `typed`: those of times and numbers; `is_sampled`: look for words in the first
    rows only."""
    ids = [column for column in types if is_id(column)]
    texts = [column for column in ids if types[column] == "VARCHAR"]
    asked = [column for column in types if types[column] == "VARCHAR" and (
        column in ids or column in typed
    )]
    suspects = [f"bool_or(ends_with({sql.name(column)}, '.0'))" for column in texts]
    telling = [f"bool_or({sql.name(column)} in ({listed(TELLING)}))" for column in asked]
    if is_sampled:
        [(row_count,)] = cursor.execute(f"select count(*) from {reader}").fetchall()
        row = [row_count]
        if suspects + telling:
            sample = f"(select * from {reader} limit {SAMPLE})"
            asked_of_it = ", ".join(suspects + telling)
            row += cursor.execute(f"select {asked_of_it} from {sample}").fetchone()
    else:
        row = cursor.execute(
            f"select {', '.join(['count(*)', *suspects, *telling])} from {reader}"
        ).fetchone()
    suspected = [column for column, is_so in zip(texts, row[1:], strict=False) if is_so]
    has_words = any(row[1 + len(texts):])
    floats = [column for column in ids if types[column] in FLOATS]
    return row[0], Oddities(
        whole(cursor, reader, suspected, floats), frozenset(texts if has_words else ())
    )


def whole(
    cursor: DuckDBPyConnection, reader: str, texts: list[str], floats: list[str]
) -> frozenset[str]:
    """Those columns of which every value is a whole number or n.0."""
    if not texts + floats:
        return frozenset()
    words = listed(("", *WORDS))
    conditions = [
        f"bool_and(regexp_full_match({sql.name(column)}, '{WHOLE}')"
        f" or lower({sql.name(column)}) in ({words}))"
        for column in texts
    ] + [
        "bool_and(isnan({0}) or abs({0}) < 1e18 and {0} = floor({0}))".format(sql.name(column))
        for column in floats
    ]
    row = cursor.execute(f"select {', '.join(conditions)} from {reader}").fetchone()
    return frozenset(
        column for column, is_so in zip(texts + floats, row, strict=True) if is_so
    )
