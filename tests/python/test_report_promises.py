"""./scripts/report: promises and repeats, and the figures in business hours, against the facts."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import duckdb
import pytest
from reports import Tables, write_page

from contact_center.reporting.business import switch
from contact_center.reporting.data import Data, Period
from contact_center.reporting.words import Words

GROUP = ("promises", "pendings", "repeats", "backlog", "transfers", "bots", "surveys", "requests")
IDS = {
    "promises": "P1 P2 P3 P4", "pendings": "P5", "repeats": "R1 R2 R3 R4 R5",
    "backlog": "L1 L2 L3 L4", "transfers": "T1 T2", "bots": "C1 C2 C3 C4",
    "surveys": "V1 V2 V3 V4 V5", "requests": "V6",
}
words = Words("en")


def shown(value: object, unit: str) -> str:
    return words.value(value, unit)


class TestPromisesAndRepeats:
    def test_promises(self, tables: Tables, query) -> None:
        names = {
            "first_response": "First response", "next_response": "Next response",
            "resolution": "Resolution",
        }
        assert tables.rows["section-promises"][1:] == [
            [
                day, names[metric], str(clocks), str(broken), str(met), str(cancelled),
                str(running), shown(rate, "ratio"), shown(over, "seconds"),
            ]
            for day, metric, clocks, broken, met, cancelled, running, rate, over in query("""
                select
                    cast(started_date as varchar), metric, count(*),
                    count(*) filter (where state = 'breached'),
                    count(*) filter (where state = 'met'),
                    count(*) filter (where state = 'cancelled'),
                    count(*) filter (where state = 'running'),
                    count(*) filter (where state = 'met')
                    / nullif(count(*) filter (where state in ('met', 'breached')), 0),
                    coalesce(sum(running_seconds - target_seconds)
                        filter (where state = 'breached'), 0)
                from fct_sla where started_date PERIOD group by all order by all
            """)
        ]

    def test_pendings(self, tables: Tables, query) -> None:
        assert tables.rows["section-pendings"][1:] == [
            [day, str(count)] for day, count in query("""
                select cast(session_date as varchar), sum(pended_while_customer_waits_count)
                from fct_sessions where session_date PERIOD
                group by all having sum(pended_while_customer_waits_count) is not null order by all
            """)
        ]

    def test_repeats(self, tables: Tables, query) -> None:
        rows = query("""
            select
                cast(cast(date_trunc('week', closed_date) as date) as varchar),
                count(*) filter (where is_repeated)
                / nullif(count(*) filter (where is_matured), 0),
                count(*), count(*) filter (where is_matured)
            from fct_resolutions where closed_date PERIOD group by all order by all
        """)
        assert [(row[0], row[1], row[3], row[4]) for row in tables.rows["section-repeats"][1:]] == [
            (week, shown(rate, "ratio"), str(closed), str(matured))
            for week, rate, closed, matured in rows
        ]
        # Of the youngest week nobody knows yet.
        assert tables.rows["section-repeats"][-1][1] == "no value"

    def test_backlog(self, tables: Tables, query) -> None:
        """The last day ends at as_of: what is open then, by the sessions themselves."""
        heading, *days = tables.rows["section-backlog"]
        assert heading[1] == "Backlog"
        for day in days:
            opened, *places = (int(cell.replace(",", "")) for cell in day[1:5])
            assert opened == sum(places), day
        assert [(day[0], day[1], day[5], day[7]) for day in days] == [
            (day, f"{opened:,}", f"{awaiting:,}", shown(oldest, "seconds"))
            for day, opened, awaiting, oldest in query("""
                select
                    cast(date_day as varchar), sum(open_at_end_count), sum(awaiting_agent_count),
                    max(oldest_open_age_seconds)
                from backlog_daily where date_day PERIOD group by all order by all
            """)
        ]

    def test_transfers(self, tables: Tables, query) -> None:
        [(transfers, received)] = query("""
            select count(*), count(*) filter (where to_agent_id is not null)
            from fct_transfers where date_day PERIOD
        """)
        rows = tables.rows["section-transfers"][1:]
        assert sum(int(row[2]) for row in rows) == transfers
        assert sum(int(row[3]) for row in rows) == received

    def test_bots(self, tables: Tables, query) -> None:
        results = ("handed_off", "resolved", "left", "unknown", "running")
        assert [row[:7] for row in tables.rows["section-bots"][1:]] == [
            [day, *(str(count) for count in counts)] for day, *counts in query(f"""
                select
                    cast(session_date as varchar), count(bot_result),
                    {", ".join(
                        f"count(*) filter (where bot_result = '{result}')" for result in results
                    )}
                from fct_sessions
                where session_date PERIOD
                group by all order by all
            """)
        ]

    def test_surveys(self, tables: Tables, query) -> None:
        kinds = {"csat": "Satisfaction", "nps": "Recommendation (NPS)", "ces": "Effort (CES)"}
        rows = query("""
            select
                kind, scale_min, scale_max, count(*), avg(score),
                count(*) filter (where score >= scale_max) / count(*),
                case when kind = 'nps' and scale_min = 0 and scale_max = 10 then 100.0 * (
                    count(*) filter (where score >= 9) - count(*) filter (where score <= 6)
                ) / count(*) end
            from fct_evaluations
            where session_date PERIOD
            group by kind, scale_min, scale_max
            order by kind, scale_max, scale_min
        """)
        assert [
            (*row[:5], row[-1]) for row in tables.rows["section-surveys"][1:]
        ] == [
            (
                kinds[kind], f"{low:g} to {high:g}", str(count), f"{mean:,.2f}",
                shown(top, "ratio"), shown(promoters, "number"),
            )
            for kind, low, high, count, mean, top, promoters in rows
        ]

    def test_requests(self, tables: Tables, query) -> None:
        rows = tables.rows["section-requests"][1:]
        [counts] = query("""
            select sum(requested_count), sum(measured_request_count), sum(answered_request_count)
            from survey_requests_daily where date_day PERIOD
        """)
        assert counts[0] > 0
        assert tuple(sum(int(row[place]) for row in rows) for place in (2, 3, 4)) == counts

    @pytest.mark.parametrize("name", GROUP)
    def test_each_has_a_picture_a_table_and_its_definitions(
        self, pages: dict[str, Path], name: str
    ) -> None:
        for page in pages.values():
            html = page.read_text()
            start = html.index(f'<h3 id="section-{name}">')
            section = html[start:html.index("</section>", start)]
            assert "<svg" in section and "<table" in section
            title = section[:section.index("</h3>")]
            assert " ".join(re.findall(r'href="#([^"]+)"', title)) == IDS[name]
            assert html.index('id="group-promises_and_repeats"') < start


class TestBusinessHours:
    def test_tiles(self, tables: Tables, query) -> None:
        [(level, answer)] = query("""
            select
                count(*) filter (
                    where result = 'answered' and business_queue_seconds <= service_level_seconds
                ) / count(*) filter (where result in ('answered', 'abandoned')),
                avg(business_queue_seconds) filter (where result = 'answered')
            from fct_queue_legs
            where queued_date PERIOD and business_queue_seconds is not null
        """)
        [(response,)] = query("""
            select avg(business_first_response_seconds)
            from fct_sessions where session_date PERIOD
        """)
        switched = {id: value for id, value in tables.tiles.items() if id.endswith("+")}
        assert switched == {
            "Q6+": shown(level, "ratio"), "Q8+": shown(answer, "seconds"),
            "S8+": shown(response, "seconds"),
        }
        assert all(tables.tiles[id] != tables.tiles[id[:-1]] for id in switched)

    def test_service_level_by_day(self, tables: Tables, query) -> None:
        rows = tables.rows["section-service+"]
        assert rows[0][1] == "Service level in business hours"
        assert [row[:2] for row in rows[1:]] == [
            [day, shown(level, "ratio")] for day, level in query("""
                select
                    cast(queued_date as varchar),
                    count(*) filter (
                        where result = 'answered'
                        and business_queue_seconds <= service_level_seconds
                    ) / nullif(count(*) filter (
                        where result in ('answered', 'abandoned')
                        and business_queue_seconds is not null
                    ), 0)
                from fct_queue_legs where queued_date PERIOD group by all order by all
            """)
        ]
        # What doesn't depend on hours is the same.
        assert [row[2:] for row in rows[1:]] == [
            row[2:] for row in tables.rows["section-service"][1:]
        ]

    def test_waits(self, tables: Tables, query) -> None:
        assert [
            row for row in tables.rows["section-waits+"][1:] if row[1] == "First response"
        ] == [
            [
                skill, "First response", str(count), shown(median, "seconds"),
                shown(high, "seconds"),
            ]
            for skill, count, median, high in query("""
                select
                    coalesce(skill_name, skill_id, 'no skill'), count(*),
                    quantile_cont(cast(business_first_response_seconds as double), 0.5),
                    quantile_cont(cast(business_first_response_seconds as double), 0.9)
                from fct_agent_contacts left join dim_skills using (skill_id)
                where accepted_date PERIOD and business_first_response_seconds is not null
                group by all order by all
            """)
        ]

    def test_agents(self, tables: Tables, query) -> None:
        """In the table of agents only the first response changes."""
        plain, switched = (
            sorted(tables.rows[f"section-agents{end}"][1:]) for end in ("", "+")
        )
        assert [row[:2] + row[3:] for row in switched] == [row[:2] + row[3:] for row in plain]
        assert [row[2] for row in switched] == [
            shown(seconds, "seconds") for _, seconds in query("""
                select agent_name, avg(business_first_response_seconds)
                from fct_agent_sessions inner join dim_agents using (agent_id)
                where first_accepted_date PERIOD group by agent_id, agent_name order by 1
            """)
        ]

    def test_without_a_calendar(self, without_calendar: dict[str, Path]) -> None:
        for language, page in without_calendar.items():
            html = page.read_text()
            assert re.search(r'<input [^>]*id="in-hours"[^>]* disabled>', html)
            assert Words(language)("hours_without_calendar") in html
            assert 'class="business"' not in html

    def test_a_day_on_which_nothing_happened(self, odd_warehouse: Path) -> None:
        """Its companies may well have a calendar."""
        nothing = Period(datetime.date(2020, 1, 1), datetime.date(2020, 1, 1))
        with duckdb.connect(str(odd_warehouse), read_only=True) as connection:
            assert switch(Data(connection, nothing, None)).why_not == "hours_without_waits"

    def test_a_warehouse_of_a_release_without_business_hours(
        self, without_calendar: dict[str, Path], tmp_path: Path
    ) -> None:
        """Its catalogue names no such column."""
        warehouse = tmp_path / "old.duckdb"
        warehouse.write_bytes(
            (without_calendar["en"].parent / "warehouse.duckdb").read_bytes()
        )
        with duckdb.connect(str(warehouse)) as connection:
            connection.execute("""
                create table main.catalog as from marts.column_catalog
                where column_name not like '%business%'
            """)
            [(kind,)] = connection.execute("""
                select table_type from information_schema.tables
                where table_schema = 'marts' and table_name = 'column_catalog'
            """).fetchall()
            connection.execute(f"drop {'view' if kind == 'VIEW' else 'table'} marts.column_catalog")
            connection.execute("create view marts.column_catalog as from main.catalog")
        html = write_page(warehouse, tmp_path / "old.html").read_text()
        assert words("hours_of_later_release") in html
