"""The README's queries run as they are written, and give rows on the demo; its headlines are the
demo's, and the Python of docs/connect.md runs."""

import re

import duckdb
import pytest
from conftest import ROOT

from contact_center.building.headlines import HEADLINES, print_headlines

README = (ROOT / "README.md").read_text()
QUERIES = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)


def test_readme_holds_seven_queries():
    assert len(QUERIES) == 7


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.splitlines()[0].lstrip("- "))
def test_query_runs_as_written(query, demo_warehouse):
    with duckdb.connect(str(demo_warehouse), read_only=True) as connection:
        assert connection.execute(query).fetchall()


def test_occupancy_by_team_loses_no_day(demo_warehouse):
    """The day on which an agent of New York changes teams, at its midnight, is the new team's."""
    [query] = [query for query in QUERIES if query.startswith("-- Occupancy by team")]
    with duckdb.connect(str(demo_warehouse), read_only=True) as connection:
        shown = connection.execute(query.replace("/ nullif(sum(ready_seconds), 0)", "")).fetchall()
        facts = connection.execute("""
            select team_id, date_trunc('week', date_day), sum(ready_handling_seconds)
            from marts.agent_activity_daily inner join (
                select agent_id, date_day, max(team_id) as team_id from marts.fct_agent_activity
                inner join marts.dim_agent_teams using (agent_id)
                where started_at >= valid_from and started_at < coalesce(valid_to, 'infinity')
                group by all
            ) using (agent_id, date_day)
            group by all order by all
        """).fetchall()
    assert shown == facts


def test_the_headlines_are_the_demos(demo_warehouse, capsys):
    [shown] = re.findall(r"```\n(company  .*?)```", README, re.DOTALL)
    with duckdb.connect(str(demo_warehouse), read_only=True) as connection:
        print_headlines(connection.execute(HEADLINES).fetchall())
    assert capsys.readouterr().out.strip() == shown.strip()


def test_headlines_of_odd_names_have_a_line_each(capsys):
    print_headlines([
        (name, 1, None, None, None, None, None, None) for name in ("a\nb\x1b[31m", "Long" * 40)
    ])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines[2:]] == ["a b [31m", ("Long" * 40)[:59] + "…"]


def test_headlines_stand_below_each_other_whatever_letters_names_have(capsys):
    names = ("Plain", "海湾旅行", "e\u0301", "海湾旅行 Harbour")
    print_headlines([(name, 12345, None, None, None, None, None, None) for name in names])
    lines = capsys.readouterr().out.splitlines()[2:]
    # A Chinese letter takes two places, an accent of its own none.
    beyond = (0, 4, -1, 4)
    assert len({
        line.index("12345") + more for line, more in zip(lines, beyond, strict=True)
    }) == 1


def test_duckdb_from_python(demo_warehouse, tmp_path, monkeypatch, capsys):
    """The first example of the page; ibis isn't among what is installed here."""
    page = (ROOT / "docs" / "connect.md").read_text()
    first, *_ = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "contact_center.duckdb").symlink_to(demo_warehouse)
    monkeypatch.chdir(tmp_path)
    exec(first, {})
    assert "datetime.date(2026, 3, 24)" in capsys.readouterr().out
