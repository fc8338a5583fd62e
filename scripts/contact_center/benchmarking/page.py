"""The page of results: tables that line up, and the words around them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A heading, what a reader must know, and rows whose first column is text."""

    title: str
    text: str
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]

    def grid(self) -> str:
        """As Markdown that lines up, so that it reads well in a terminal too."""
        lines = [self.headings, *self.rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.headings))]
        rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
        aligned = [
            [line[0].ljust(widths[0])]
            + [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
            for line in lines
        ]
        aligned.insert(1, rule)
        return "\n".join(f"| {' | '.join(line)} |" for line in aligned)


def page(tables: list[Table], machine: dict[str, str], command: str) -> str:
    """Markdown that says what was measured, how, on what, and what to make of it."""
    facts = {**machine, "date": datetime.date.today().isoformat()}
    sections = [
        "# Benchmarks",
        "Written by the command below, which makes its own data, measures and replaces this\n"
        "page. Figures are medians of the runs with, in brackets, the smallest and the largest;\n"
        "times are seconds by the clock on the wall.",
        f"```sh\n{command}\n```",
        "\n".join(f"- {name}: {value}" for name, value in facts.items()),
        "## What it is held against",
        "Seconds alone say more of a machine than of a program. Before every build, a reference\n"
        "runs on the same Parquet files, with the same threads and memory, in DuckDB alone and\n"
        "into a file: the messages are read into a table, their duplicate keys are found, and\n"
        "one ordered window pass marks where the sender changes. Whoever computes turns can\n"
        "hardly do less. \"Times the reference\" divides a build by the reference just before it.\n"
        "A build's time begins with the start of its process and includes the seconds in which\n"
        "dbt reads the project; the reference's is DuckDB's alone.",
    ]
    for table in tables:
        sections += [f"## {table.title}", table.text, table.grid()]
    sections += [
        "## What may be concluded",
        "- The multiples carry over to other machines, roughly; the seconds don't.\n"
        "- A difference smaller than the spread beside it is no difference.\n"
        "- The reference has read the messages just before the build, so that they come from\n"
        "  memory, not from the disk. A slow disk adds to both.\n"
        "- Peak memory is that of the whole process. DuckDB takes what it may before it writes to\n"
        "  the disk: with less allowed, a build needs less memory and more time.\n"
        "- The data are made by `./scripts/generate`: some 19 messages a session, three\n"
        "  companies. Longer sessions cost more, and the reference grows with them.",
    ]
    return "\n\n".join(sections) + "\n"
