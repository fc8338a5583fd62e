"""The README's queries run as they are written, and give rows on the demo data."""

import re

import duckdb
import pytest
from conftest import ROOT

QUERIES = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)


def test_readme_holds_five_queries():
    assert len(QUERIES) == 5


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.splitlines()[0].lstrip("- "))
def test_query_runs_as_written(query, demo_warehouse):
    with duckdb.connect(str(demo_warehouse), read_only=True) as connection:
        assert connection.execute(query).fetchall()
