"""Several adapters in one warehouse: the rows of each as if it were alone, under ids of its own."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from conftest import run_dbt
from test_adapter_tencent_desk import NAMES
from test_adapters import READ_HERE, SAMPLES

from contact_center.intake.macros import Project

FACTS = """
    select feed, session_id, company_id, customer_id, channel_id, contact_type, started_at,
        first_accepted_at, queue_seconds, first_response_seconds, is_valid, response_count,
        is_messages_measured
    from fct_sessions
    order by all
"""
CONTACTS = """
    select agent_contact_id, company_id, agent_id, team_id, skill_id, accepted_at,
        first_response_seconds, agent_message_count
    from fct_agent_contacts
    order by all
"""
AGENTS = """
    select company_id, agent_id, session_count, idle_seconds, message_count, valid_session_count
    from agent_analysis_daily
    order by all
"""
FEEDS = """
    select feed, table_name, is_measured, raw_row_count, accepted_row_count, duplicate_row_count,
        quarantined_row_count
    from feed_quality_by_feed
    order by all
"""
ID_COLUMNS = {
    "session_id", "company_id", "customer_id", "channel_id", "agent_contact_id", "agent_id",
    "team_id", "skill_id",
}


def records(warehouse: Path, sql: str) -> list[dict]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute("use marts")
        result = connection.execute(sql)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@pytest.mark.parametrize(
    "names", [("bank_calls", "twitter_support"), ("tencent_ccc", "tencent_desk")]
)
def test_two_adapters_give_the_rows_of_each_under_ids_of_their_own(
    tmp_path_factory, build_warehouse, names
):
    how = {
        "select": f"{READ_HERE} +agent_analysis_daily +feed_quality_by_feed",
        "variables": {"tencent_desk_events": NAMES, "tencent_scores": {"1": 5}},
    }
    places = {name: SAMPLES / name for name in names}
    alone = {
        name: build_warehouse(tmp_path_factory.mktemp(name), adapters={name: place}, **how)
        for name, place in places.items()
    }
    together = build_warehouse(tmp_path_factory.mktemp("both"), adapters=places, **how)
    for sql in (FACTS, CONTACTS, AGENTS, FEEDS):
        due = [
            {
                column: f"{name}:{value}"
                if column in ID_COLUMNS and value not in (None, "default") else value
                for column, value in row.items()
            }
            for name, warehouse in alone.items()
            for row in records(warehouse, sql)
        ]
        assert len(due) > 2
        assert sorted(map(str, records(together, sql))) == sorted(map(str, due))


def test_an_adapter_without_skills_lacks_no_row_of_them(tmp_path: Path) -> None:
    """Nothing is missing: alone it isn't told so either."""
    result = run_dbt(
        "run", tmp_path / "contact_center.duckdb", "--select", "+quarantined_rows",
        variables={
            "adapters": {name: str(SAMPLES / name) for name in ("amazon_connect", "asterisk")},
        },
    )
    assert result.returncode == 0, result.stdout[-3000:]
    assert "without a row in raw_skills" not in result.stdout


def test_the_company_of_what_has_none_is_one_of_all_adapters() -> None:
    """A zone that an adapter gives it is that of sessions which name no company."""
    def seen(column: str, value: str, subject: str = "skill") -> str:
        sql = Project().call("id_of_feed", column, f"'{value}'", "a", f"'{subject}'")
        return duckdb.sql(f"select {sql}").fetchone()[0]

    assert seen("company_id", "default") == seen("subject_id", "default", "company") == "default"
    assert seen("company_id", "b") == "a:b"
    assert seen("subject_id", "default") == seen("skill_id", "default") == "a:default"


def test_what_is_not_built_yet_is_said(tmp_path: Path) -> None:
    """By dbt's commands that build nothing."""
    refused = run_dbt(
        "compile", tmp_path / "none.duckdb", "--select", "loads",
        variables={"adapters": {"asterisk": str(SAMPLES / "asterisk")}},
    )
    assert refused.returncode != 0
    assert "asterisk_sessions aren't known before it is built in none: run" in refused.stdout
