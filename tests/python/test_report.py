"""./scripts/report: its figures, its messages, and its page in a real browser."""

from __future__ import annotations

import datetime
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from contact_center import report
from contact_center.reporting import pictures
from contact_center.reporting.words import LANGUAGES, WORDS, Words

FIRST, LAST = "2026-03-14", "2026-04-10"
WIDTHS = (390, 820, 1400)


class Tables(HTMLParser):
    """The texts of the page's tables, by the id of the section's heading, and of its tiles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: dict[str, list[list[str]]] = {}
        self.tiles: dict[str, str] = {}
        self.section = self.tile = self.cell = ""
        self.inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "h2":
            self.section = given["id"]
        if tag == "li":
            self.tile = given.get("id") or ""
        if tag == "tr":
            self.rows.setdefault(self.section, []).append([])
        if tag in ("td", "th", "strong"):
            self.inside.append(tag)
            self.cell = ""

    def handle_endtag(self, tag):
        if tag not in self.inside:
            return
        self.inside.remove(tag)
        if tag == "strong":
            self.tiles[self.tile.removeprefix("tile-")] = self.cell
        else:
            self.rows[self.section][-1].append(self.cell)

    def handle_data(self, data):
        if self.inside:
            self.cell += data


@pytest.fixture(scope="session")
def pages(demo_warehouse: Path, tmp_path_factory) -> dict[str, Path]:
    """The report of the demo in each language."""
    folder = tmp_path_factory.mktemp("report")
    found = {}
    for language in LANGUAGES:
        found[language] = folder / f"{language}.html"
        assert report.main([
            "--warehouse", str(demo_warehouse), "--from", FIRST, "--to", LAST,
            "--language", language, "--output", str(found[language]),
        ]) == 0
    return found


@pytest.fixture(scope="session")
def tables(pages: dict[str, Path]) -> Tables:
    return Tables(pages["en"].read_text())


@pytest.fixture
def query(demo_warehouse: Path):
    with duckdb.connect(str(demo_warehouse), read_only=True) as connection:
        connection.execute("use marts")
        yield lambda sql: connection.execute(
            sql.replace("PERIOD", f"between '{FIRST}' and '{LAST}'")
        ).fetchall()


class TestFigures:
    """Against the facts, by queries that have nothing of the report's."""

    def test_tiles(self, tables: Tables, query) -> None:
        [(sessions, first_response)] = query("""
            select count(*), avg(first_response_seconds)
            from fct_sessions where session_date PERIOD
        """)
        [(level, abandoned, answer)] = query("""
            select
                count(*) filter (where result = 'answered' and is_within_service_level)
                / count(*) filter (where result in ('answered', 'abandoned')),
                count(*) filter (where result = 'abandoned')
                / count(*) filter (where result in ('answered', 'abandoned')),
                avg(queue_seconds) filter (where result = 'answered')
            from fct_queue_legs where queued_date PERIOD
        """)
        [(handle,)] = query("""
            select avg(handle_seconds) from fct_agent_contacts where accepted_date PERIOD
        """)
        [(occupancy,)] = query("""
            select
                sum(activity_seconds) filter (where state in ('idle', 'busy') and concurrency > 0)
                / sum(activity_seconds) filter (where state in ('idle', 'busy'))
            from fct_agent_activity where date_day PERIOD
        """)
        words = Words("en")
        assert tables.tiles | {"A26": ""} == {
            "S1": f"{sessions:,}", "Q6": f"{level:.1%}", "Q7": f"{abandoned:.1%}",
            "Q8": words.duration(answer), "S8": words.duration(first_response),
            "H1": words.duration(handle), "O4": f"{occupancy:.1%}", "A26": "",
        }

    def test_sessions_by_day_and_channel(self, tables: Tables, query) -> None:
        assert tables.rows["section-sessions"][1:] == [list(row) for row in query("""
            select cast(session_date as varchar), channel_name, cast(count(*) as varchar)
            from fct_sessions left join dim_channels using (channel_id)
            where session_date PERIOD group by all order by all
        """)]

    def test_arrivals(self, tables: Tables, query) -> None:
        """The mean of a half hour's arrivals, over the days of the period; summed up, all legs that
        began with the session are back."""
        heading, *rows = tables.rows["section-arrivals"]
        assert heading == ["Local time", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        assert len(rows) == 48
        shown = sum(float(cell) for row in rows for cell in row[1:])
        [(legs,)] = query("""
            select count(*) from fct_queue_legs where queued_date PERIOD and entered_by = 'start'
        """)
        # Of every weekday there are four, but for the last, which the data don't reach the end of.
        assert shown == pytest.approx(legs / 4, rel=0.02)

    def test_service_level(self, tables: Tables, query) -> None:
        assert [
            (row[0], row[3], row[4]) for row in tables.rows["section-service"][1:]
        ] == query("""
            select
                cast(queued_date as varchar),
                cast(count(*) filter (where result = 'answered') as varchar),
                cast(count(*) filter (where result = 'abandoned') as varchar)
            from fct_queue_legs where queued_date PERIOD group by all order by all
        """)

    def test_agents(self, tables: Tables, query) -> None:
        assert [
            (row[0], row[1], row[2]) for row in sorted(tables.rows["section-agents"][1:])
        ] == [
            (name, str(count), Words("en").value(seconds, "seconds"))
            for name, count, seconds in query("""
                select agent_name, count(*), avg(first_response_seconds)
                from fct_agent_sessions inner join dim_agents using (agent_id)
                where first_accepted_date PERIOD group by agent_id, agent_name order by 1
            """)
        ]

    def test_scores(self, tables: Tables, query) -> None:
        assert tables.rows["section-scores"][1:] == [
            [week, channel, f"{score:,.2f}", str(count)]
            for week, channel, score, count in query("""
                select
                    cast(cast(date_trunc('week', session_date) as date) as varchar),
                    channel_name, avg(score), count(*)
                from fct_sessions left join dim_channels using (channel_id)
                where session_date PERIOD and score is not null
                group by all order by all
            """)
        ]

    def test_what_was_left_out(self, tables: Tables, query) -> None:
        assert tables.rows["section-left-out"][1:] == [
            [table, reason, f"{count:,}"] for table, reason, count in query("""
                select table_name, reason, count(*)
                from quarantined_rows group by all order by all
            """)
        ]

    def test_one_company(self, demo_warehouse: Path, tmp_path: Path, query) -> None:
        output = tmp_path / "one.html"
        assert report.main([
            "--warehouse", str(demo_warehouse), "--from", FIRST, "--to", LAST,
            "--company", "nordlicht", "--output", str(output),
        ]) == 0
        [(count,)] = query("""
            select count(*) from fct_sessions
            where session_date PERIOD and company_id = 'nordlicht'
        """)
        assert Tables(output.read_text()).tiles["S1"] == str(count)


class TestPage:
    def test_every_title_leads_to_a_definition_on_the_page(self, pages: dict[str, Path]) -> None:
        for page in pages.values():
            html = page.read_text()
            targets = set(re.findall(r'href="#([^"]+)"', html))
            assert {"S1", "Q6", "O4"} <= targets
            assert targets <= set(re.findall(r'id="([^"]+)"', html))

    def test_nothing_comes_from_elsewhere(self, pages: dict[str, Path]) -> None:
        html = re.sub(r'xmlns(:\w+)?="[^"]+"', "", pages["en"].read_text())
        assert re.findall(r"https?://|<script|@import|url\(", html) == []

    def test_pictures_are_well_formed(self, pages: dict[str, Path]) -> None:
        html = pages["en"].read_text()
        for text in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
            ElementTree.fromstring(text)

    def test_every_word_has_both_languages(self) -> None:
        for name, texts in WORDS.items():
            english, chinese = texts
            assert english != chinese, name
            assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", chinese))


class TestMessages:
    def refused(self, capsys, *arguments: str) -> str:
        assert report.main(list(arguments)) == 1
        return capsys.readouterr().err

    def test_no_warehouse(self, capsys, tmp_path: Path) -> None:
        said = self.refused(capsys, "--warehouse", str(tmp_path / "none.duckdb"))
        assert "isn't there yet; ./scripts/build makes it" in said

    def test_unknown_company(self, capsys, demo_warehouse: Path, tmp_path: Path) -> None:
        said = self.refused(
            capsys, "--warehouse", str(demo_warehouse), "--company", "nordlich",
            "--output", str(tmp_path / "x.html"),
        )
        assert "there is no company 'nordlich'; there is nordlicht" in said

    def test_days_without_data(self, capsys, demo_warehouse: Path, tmp_path: Path) -> None:
        said = self.refused(
            capsys, "--warehouse", str(demo_warehouse), "--to", "2020-01-31",
            "--output", str(tmp_path / "x.html"),
        )
        assert "no session started from 2020-01-04 to 2020-01-31; the warehouse has 2026-" in said

    def test_another_file_is_not_replaced(self, capsys, demo_warehouse: Path, tmp_path) -> None:
        output = tmp_path / "notes.txt"
        output.write_text("mine")
        said = self.refused(
            capsys, "--warehouse", str(demo_warehouse), "--output", str(output)
        )
        assert "is no HTML page" in said
        assert output.read_text() == "mine"


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


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_in_a_browser(browser, pages: dict[str, Path], language: str, width: int) -> None:
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500,
    })
    browser.get(pages[language].as_uri())
    assert browser.get_log("browser") == []
    sizes = browser.execute_script("""
        return [...document.querySelectorAll("figure svg")].map(
            svg => [svg.getBoundingClientRect().height, svg.querySelectorAll("path, rect").length]
        )
    """)
    assert len(sizes) == pages[language].read_text().count("<figure")
    assert all(height > 60 and count > 5 for height, count in sizes)
    # The page itself never scrolls to the side; its tables and pictures do.
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.execute_script("return document.documentElement.lang") == language


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(browser, pages: dict[str, Path], scheme: str) -> None:
    """WCAG 2.1, 1.4.3 and 1.4.11: text 4.5 to 1 against its ground, what is drawn 3 to 1."""
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "features": [{"name": "prefers-color-scheme", "value": scheme}],
    })
    browser.get(pages["en"].as_uri())
    colours = browser.execute_script("""
        const of = (selector, property) =>
            getComputedStyle(document.querySelector(selector))[property];
        return {
            page: of("body", "backgroundColor"), card: of(".tiles li", "backgroundColor"),
            ink: of("body", "color"), quiet: of(".quiet", "color"), link: of("nav a", "color"),
            better: of(".better", "color"), worse: of(".worse", "color"),
            drawn: of("svg text", "fill"),
        }
    """)
    for name in ("ink", "quiet", "link", "better", "worse", "drawn"):
        for ground in ("page", "card"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    for colour in pictures.COLOURS:
        channels = [int(colour[at:at + 2], 16) for at in (1, 3, 5)]
        assert contrast(f"rgb{tuple(channels)}", colours["page"]) >= 3, colour


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_default_period() -> None:
    options = report.parse(["--to", "2026-03-31"])
    assert options.last == datetime.date(2026, 3, 31) and options.first is None
