"""./scripts/report: its figures, its page and its messages."""

from __future__ import annotations

import dataclasses
import datetime
import re
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import duckdb
import pytest
from reports import FIRST, LAST, Tables, replace

from contact_center import report
from contact_center.reporting import of_agents, of_customers, of_matters
from contact_center.reporting.data import Data, Figure, Period
from contact_center.reporting.headlines import Headline, headlines
from contact_center.reporting.page import company
from contact_center.reporting.page import page as html_of
from contact_center.reporting.parts import told_apart
from contact_center.reporting.sections import groups
from contact_center.reporting.words import WORDS, Words


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
        plain = {id: value for id, value in tables.tiles.items() if not id.endswith("+")}
        assert plain | {"A26": ""} == {
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

    def test_a_session_tagged_on_two_days_is_one(self, odd_warehouse: Path, tmp_path: Path) -> None:
        shutil.copy(odd_warehouse, tmp_path / "cc.duckdb")
        with duckdb.connect(str(tmp_path / "cc.duckdb")) as connection:
            data = Data(connection, Period(*map(datetime.date.fromisoformat, (FIRST, LAST))), None)
            before = of_customers.tags(data, Words("en")).rows
            connection.execute(f"""
                insert into marts.fct_tag_attachments
                select * replace (attachment_id || '-again' as attachment_id,
                    date_day + interval 1 day as date_day)
                from marts.fct_tag_attachments where date_day between '{FIRST}' and '{LAST}'
            """)
            assert before and of_customers.tags(data, Words("en")).rows == before
            assert sum(count for _, count in before) == connection.execute(f"""
                select count(distinct (session_id, tag_name)) from marts.fct_tag_attachments
                where is_digital and attached_date between '{FIRST}' and '{LAST}'
            """).fetchone()[0]

    def test_what_was_left_out(self, tables: Tables, query) -> None:
        assert tables.rows["section-left-out"][1:] == [
            [table, reason, f"{count:,}"] for table, reason, count in query("""
                select table_name, reason, count(*)
                from quarantined_rows group by all order by all
            """)
        ]

    def test_one_company(self, odd_warehouse: Path, tmp_path: Path, query) -> None:
        output = tmp_path / "one.html"
        assert report.main([
            "--warehouse", str(odd_warehouse), "--from", FIRST, "--to", LAST,
            "--company", "nordlicht", "--output", str(output),
        ]) == 0
        [(count,)] = query("""
            select count(*) from fct_sessions
            where session_date PERIOD and company_id = 'nordlicht'
        """)
        assert Tables(output.read_text()).tiles["S1"] == str(count)


    @pytest.mark.parametrize(("section", "column", "ids"), [
        ("hours", 0, "select agent_id from fct_agent_states where date_day PERIOD"),
        ("sessions", 1, "select channel_id from fct_sessions where session_date PERIOD"),
        ("waits", 0, "select skill_id from fct_durations where date_day PERIOD"),
        ("transfers", 0, "select from_skill_id from fct_transfers where date_day PERIOD"),
        ("transfers", 1, "select to_skill_id from fct_transfers where date_day PERIOD"),
    ])
    def test_what_has_one_name_is_told_apart(
        self, page_of_long_names: Path, query, section: str, column: int, ids: str
    ) -> None:
        rows = Tables(page_of_long_names.read_text()).rows[f"section-{section}"][1:]
        nothing = "no channel" if "channel_id" in ids else "no skill"
        assert {row[column] for row in rows} == {
            nothing if id is None else f"{'Meier' * 30} ({id})" for (id,) in query(ids)
        }

    @pytest.mark.parametrize(("company", "names"), [
        (None, ["Sales", "Support (a1)", "Support (b1)"]), ("a", ["Sales", "Support", "Support"]),
    ])
    def test_names_of_other_companies_make_none_longer(
        self, company: str | None, names: list[str]
    ) -> None:
        with duckdb.connect() as connection:
            connection.execute("""
                create schema marts;
                create table marts.legs as
                from (values ('a', 'a1'), ('b', 'b1'), ('b', 'b2'))
                as t(company_id, skill_id);
                create table marts.dim_skills as
                from (values ('a1', 'Support'), ('b1', 'Support'), ('b2', 'Sales'))
                as t(skill_id, skill_name);
            """)
            assert connection.execute(
                f"select skill_name from {told_apart('skill', 'legs')} order by all",
                {"company": company},
            ).fetchall() == [(name,) for name in names]

    def test_pictures_say_whom_they_leave_out(self, odd_warehouse: Path, monkeypatch) -> None:
        for module in (of_agents, of_customers, of_matters):
            monkeypatch.setattr(module, "MOST_BARS", 2)
        period = Period(datetime.date.fromisoformat(FIRST), datetime.date.fromisoformat(LAST))
        with duckdb.connect(str(odd_warehouse), read_only=True) as connection:
            html = html_of(Data(connection, period, None), Words("en"))
        said = re.findall(r'<figcaption id="caption-(\w+)"[^>]*>[^<]*Drawn: the 2 of \d+', html)
        assert said == ["waits", "transfers", "hours", "tags"]

    def test_the_only_company_is_named(self, odd_warehouse: Path, tmp_path: Path) -> None:
        """Not one of which there is only a name."""
        warehouse = tmp_path / "warehouse.duckdb"
        shutil.copy(odd_warehouse, warehouse)
        with duckdb.connect(str(warehouse)) as connection:
            data = Data(connection, Period(datetime.date(1, 1, 1), datetime.date(1, 1, 1)), None)
            assert company(data, Words("en")) == "All companies"
            replace(connection, "session_analysis_daily", "company_id", "'nordlicht'")
            [(name,)] = connection.execute(
                "select company_name from marts.dim_companies where company_id = 'nordlicht'"
            ).fetchall()
            assert company(data, Words("en")) == name

    def test_days_without_sessions_have_none(self, odd_warehouse: Path) -> None:
        """Not: nobody measured. The days before the first one that there is are no days."""
        year_one = Period(datetime.date(1, 1, 1), datetime.date(1, 1, 31))
        with duckdb.connect(str(odd_warehouse), read_only=True) as connection:
            data = Data(connection, year_one, None)
            assert data.parts("S1", year_one.before)[0] == data.parts("S1")[0] == 0
            assert data.parts("Q6")[0] is None

    @pytest.mark.parametrize(("days", "compared"), [(14, True), (15, False)])
    def test_no_change_since_days_before_the_data(
        self, odd_warehouse: Path, days: int, compared: bool
    ) -> None:
        """A month of data isn't twice the ten days that there are before it."""
        with duckdb.connect(str(odd_warehouse), read_only=True) as connection:
            [(earliest,)] = connection.execute(
                "select min(date_day) from marts.session_analysis_daily"
            ).fetchall()
            first = earliest + datetime.timedelta(14)
            data = Data(connection, Period(first, first + datetime.timedelta(days - 1)), None)
            sessions = headlines(data)[0]
            assert (sessions.before is not None) == compared
            assert (f"the data begin on {earliest}" in html_of(data, Words("en"))) != compared

    def test_an_empty_section_says_why(self, odd_warehouse: Path) -> None:
        year_one = Period(datetime.date(1, 1, 1), datetime.date(1, 1, 31))
        with duckdb.connect(str(odd_warehouse), read_only=True) as connection:
            data = Data(connection, year_one, None)
            data.unmeasured = {"raw_tag_events"}
            said = {
                section.name: section.empty
                for group in groups(data, Words("en")) for section in group.sections
                if not section.rows
            }
        assert (said["tags"], said["hours"]) == ("not_measured", "none")


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


def test_a_share_that_was_nothing_has_a_change() -> None:
    figure = Figure("Q7", "", "", {}, "a / b", "ratio", "", "down", "")
    tile = Headline(figure, 0.05, 1, 20, before=0.0)
    assert (tile.change, tile.verdict) == (0.05, "worse")
    count = Headline(dataclasses.replace(figure, unit="count"), 5, 5, None, before=0.0)
    assert count.change is None


class TestMessages:
    def refused(self, capsys, *arguments: str) -> str:
        assert report.main(list(arguments)) == 1
        return capsys.readouterr().err

    def test_no_warehouse(self, capsys, tmp_path: Path) -> None:
        said = self.refused(capsys, "--warehouse", str(tmp_path / "none.duckdb"))
        assert "isn't there; ./scripts/build makes it" in said

    def test_unknown_company(self, capsys, odd_warehouse: Path, tmp_path: Path) -> None:
        said = self.refused(
            capsys, "--warehouse", str(odd_warehouse), "--company", "nordlich",
            "--output", str(tmp_path / "x.html"),
        )
        assert "there is no company 'nordlich'; there is nordlicht" in said

    def test_days_without_data(self, capsys, odd_warehouse: Path, tmp_path: Path) -> None:
        said = self.refused(
            capsys, "--warehouse", str(odd_warehouse), "--to", "2020-01-31",
            "--output", str(tmp_path / "x.html"),
        )
        assert "no session started from 0001-01-01 to 0001-01-05" in self.refused(
            capsys, "--warehouse", str(odd_warehouse), "--to", "0001-01-05",
            "--output", str(tmp_path / "x.html"),
        )
        assert "no session started from 2020-01-04 to 2020-01-31; the warehouse has 2026-" in said

    def test_another_file_is_not_replaced(self, capsys, odd_warehouse: Path, tmp_path) -> None:
        output = tmp_path / "notes.txt"
        output.write_text("mine")
        said = self.refused(
            capsys, "--warehouse", str(odd_warehouse), "--output", str(output)
        )
        assert "is no HTML page" in said
        assert output.read_text() == "mine"


def test_default_period() -> None:
    options = report.parse(["--to", "2026-03-31"])
    assert options.last == datetime.date(2026, 3, 31) and options.first is None


def test_the_default_period_begins_with_the_data(odd_warehouse: Path) -> None:
    with duckdb.connect(str(odd_warehouse), read_only=True) as connection:
        [(earliest,)] = connection.execute(
            "select min(date_day) from marts.session_analysis_daily"
        ).fetchall()
        last = earliest + datetime.timedelta(4)
        options = report.parse(["--to", str(last)])
        assert report.period(connection, options) == Period(earliest, last)
