"""What the pages name is there: links and anchors, options of commands, relations of queries."""

from __future__ import annotations

import functools
import re
import subprocess
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# Those whose statements are of the default warehouse; others have tests of their own.
QUERIED = ("event_contract", "memory", "metadata", "nightly")
IDS = [str(page.relative_to(ROOT)) for page in PAGES]


def prose(page: Path) -> str:
    return re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)


def anchors(page: Path) -> set[str]:
    """As GitHub and GitLab make them of titles."""
    titles = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def faults_of_links(page: Path) -> list[str]:
    faults = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        path, _, anchor = link.partition("#")
        if path.startswith(("http:", "https:", "mailto:")):
            continue
        target = (page.parent / path) if path else page
        is_page = target.suffix == ".md"
        if not target.exists() or anchor and is_page and anchor not in anchors(target):
            faults.append(link)
    return faults


@functools.cache
def help_of(command: str) -> str:
    return subprocess.run(
        ["bash", ROOT / "scripts" / command, "--help"], capture_output=True, text=True, check=True,
    ).stdout


def faults_of_options(text: str) -> list[str]:
    """What MetricFlow, dbt (behind a lone --) and the next command of a pipe are told is theirs."""
    faults = []
    for command, rest in re.findall(r"\./scripts/([\w-]+)([^\n`#|]*)", text.replace("\\\n", " ")):
        if not (ROOT / "scripts" / command).is_file():
            faults.append(command)
        elif command != "metricflow":
            faults += [
                f"{command} {option}"
                for option in re.findall(r"(?<= )--[a-z][a-z-]*", rest.split(" -- ")[0])
                if not re.search(rf"{option}(?![\w-])", help_of(command))
            ]
    return faults


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_links_lead_somewhere(page: Path) -> None:
    assert faults_of_links(page) == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_commands_have_the_options(page: Path) -> None:
    assert faults_of_options(page.read_text()) == []


@pytest.mark.parametrize("page", QUERIED)
def test_queries_run(page: str, demo_warehouse: Path) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text()
    queries = re.findall(r"^ *```sql\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    assert queries
    with duckdb.connect(str(demo_warehouse), read_only=True) as connection:
        for query in queries:
            connection.execute(query).fetchall()


def test_faults_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A title\n[x](#a-title) [y](#b) [z](gone.md) [u](https://a.example/b#c)\n")
    assert faults_of_links(page) == ["#b", "gone.md"]
    assert faults_of_options(
        "`./scripts/query --format csv --formatt` `./scripts/nothing`\n"
        "./scripts/build -- --threads 2"
    ) == ["query --formatt", "nothing"]
