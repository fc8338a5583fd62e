"""Writes macros/macros.yml, which dbt's documentation reads, from the comments above the macros."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterator

from . import ROOT

FILE = ROOT / "macros" / "macros.yml"
HEAD = "# Written by ./scripts/describe-macros from the comments above the macros, for dbt docs.\n"
DEFINITION = re.compile(
    r"(?:\{#-?(?P<comment>(?:(?!#\}).)*?)-?#\}\s*)?"
    r"\{%-?\s*(?P<kind>macro|test|materialization)\s+(?P<name>\w+)"
    r"(?:,\s*adapter='(?P<adapter>\w+)')?",
    re.DOTALL,
)
ENGINES = {"default": "DuckDB", "spark": "Spark"}


def main(arguments: list[str] | None = None) -> int:
    parse(arguments)
    FILE.write_text(as_yaml(descriptions()), encoding="utf-8")
    print(f"{FILE.relative_to(ROOT)} is written.")
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/describe-macros",
        description="Writes macros/macros.yml from the comments above the macros.",
    )
    return parser.parse_args(arguments)


def descriptions() -> dict[str, str]:
    """{name as dbt has it: description} of every macro; empty where nothing stands above it."""
    found = {}
    for path in sorted((ROOT / "macros").rglob("*.sql")):
        found |= dict(descriptions_in(path.read_text(encoding="utf-8")))
    return found


def descriptions_in(text: str) -> Iterator[tuple[str, str]]:
    for definition in DEFINITION.finditer(text):
        kind, name, adapter = definition["kind"], definition["name"], definition["adapter"]
        said = textwrap.dedent(" " * 3 + (definition["comment"] or "").strip()).strip()
        said = "\n".join(line.strip() for line in said.splitlines())
        engine, dispatched, of = name.partition("__")
        if kind == "test":
            yield f"test_{name}", said
        elif kind == "materialization":
            yield f"materialization_{name}_{adapter}", said or f"{name} on {adapter.title()}."
        elif dispatched and engine in ENGINES:
            yield name, f"{of} on {ENGINES[engine]}." + (f"\n{said}" if said else "")
        else:
            yield name, said


def as_yaml(described: dict[str, str]) -> str:
    """dbt would take braces for Jinja; a comment in SQL can't hold any."""
    entries = [
        f"  - name: {name}\n    description: |-\n{textwrap.indent(said, ' ' * 6)}\n"
        for name, said in sorted(described.items()) if said
    ]
    return "version: 2\n\n" + HEAD + "macros:\n" + "\n".join(entries)


if __name__ == "__main__":
    main()
