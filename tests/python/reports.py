"""What the tests of ./scripts/report share: pages of odd data, what stands in them, a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from contact_center import report
from contact_center.reporting.words import LANGUAGES

FIRST, LAST = "2026-03-14", "2026-04-10"


class Tables(HTMLParser):
    """The texts of the page's tables, by the id of the section's heading, and of its tiles by their
    figure. What the switch to business hours shows instead has a `+` behind it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: dict[str, list[list[str]]] = {}
        self.tiles: dict[str, str] = {}
        self.section = self.tile = self.cell = self.switched = ""
        self.inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag in ("h2", "h3"):
            self.section = given["id"]
            self.switched = ""
        if tag == "li" and "id" in given:
            self.tile, self.switched = given["id"], ""
        if tag == "div" and given.get("class") in ("plain", "business"):
            self.switched = {"plain": "", "business": "+"}[given["class"]]
        if tag == "tr":
            self.rows.setdefault(self.section + self.switched, []).append([])
        if tag in ("td", "th", "strong"):
            self.inside.append(tag)
            self.cell = ""

    def handle_endtag(self, tag):
        if tag not in self.inside:
            return
        self.inside.remove(tag)
        if tag == "strong":
            self.tiles[self.tile.removeprefix("tile-") + self.switched] = self.cell
        else:
            self.rows[self.section + self.switched][-1].append(self.cell)

    def handle_data(self, data):
        if self.inside:
            self.cell += data


def write_page(warehouse: Path, output: Path, *arguments: str) -> Path:
    assert report.main([
        "--warehouse", str(warehouse), "--from", FIRST, "--to", LAST, "--output", str(output),
        *arguments,
    ]) == 0
    return output


@pytest.fixture(scope="session")
def pages(odd_warehouse: Path, tmp_path_factory) -> dict[str, Path]:
    """The report of the odd data in each language."""
    folder = tmp_path_factory.mktemp("report")
    return {
        language: write_page(
            odd_warehouse, folder / f"{language}.html", "--language", language
        )
        for language in LANGUAGES
    }


def replace(
    connection: duckdb.DuckDBPyConnection, relation: str, column: str, value: str = "null"
) -> None:
    """Makes the column NULL, or what else the SQL says."""
    [(kind,)] = connection.execute(f"""
        select table_type from information_schema.tables
        where table_schema = 'marts' and table_name = '{relation}'
    """).fetchall()
    connection.execute(f"""
        create table {relation} as
        select * replace ({value} as {column}) from marts.{relation};
        drop {'view' if kind == 'VIEW' else 'table'} marts.{relation};
        create view marts.{relation} as from main.{relation};
    """)


@pytest.fixture(scope="session")
def without_calendar(odd_warehouse: Path, tmp_path_factory) -> dict[str, Path]:
    """The same of data that name no calendar, in each language."""
    folder = tmp_path_factory.mktemp("no_calendar")
    warehouse = folder / "warehouse.duckdb"
    shutil.copy(odd_warehouse, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        replace(connection, "fct_queue_legs", "business_queue_seconds")
        replace(connection, "session_analysis_daily", "business_first_response_session_count")
    return {
        language: write_page(warehouse, folder / f"{language}.html", "--language", language)
        for language in LANGUAGES
    }


@pytest.fixture(scope="session")
def page_of_long_names(odd_warehouse: Path, tmp_path_factory) -> Path:
    """The same where all agents have one name, and it is long, as those of channels and skills."""
    folder = tmp_path_factory.mktemp("long_names")
    warehouse = folder / "warehouse.duckdb"
    shutil.copy(odd_warehouse, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        for relation in ("agent", "channel", "skill"):
            replace(connection, f"dim_{relation}s", f"{relation}_name", "repeat('Meier', 30)")
    return write_page(warehouse, folder / "en.html")


@pytest.fixture(scope="session")
def tables(pages: dict[str, Path]) -> Tables:
    return Tables(pages["en"].read_text())


@pytest.fixture
def query(odd_warehouse: Path):
    with duckdb.connect(str(odd_warehouse), read_only=True) as connection:
        connection.execute("use marts")
        yield lambda sql: connection.execute(
            sql.replace("PERIOD", f"between '{FIRST}' and '{LAST}'")
        ).fetchall()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("needs a browser: apt-get install chromium chromium-driver")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(
        options, webdriver.ChromeService(shutil.which("chromedriver"))
    )
    yield driver
    driver.quit()
