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


def test_duckdb_from_python(demo_warehouse, tmp_path, monkeypatch, capsys):
    """The first example of the page; ibis isn't among what is installed here."""
    page = (ROOT / "docs" / "connect.md").read_text()
    first, *_ = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "contact_center.duckdb").symlink_to(demo_warehouse)
    monkeypatch.chdir(tmp_path)
    exec(first, {})
    assert "datetime.date(2026, 3, 24)" in capsys.readouterr().out
