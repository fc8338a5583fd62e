"""Without landing times that version of a key counts of which the file was changed last."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from contents import assert_same, contents, query
from nasty import write_tables

SESSIONS = {
    "raw_sessions": [{"session_id": "s", "company_id": "c", "started_at": "2026-03-05T09:00:00Z"}],
    "raw_session_events": [
        {"event_id": "e1", "session_id": "s", "event_type": "accepted", "agent_id": "a",
         "occurred_at": "2026-03-05T09:01:00Z"},
    ],
}
# Where it is seen what the table of agents says, and where a build counts what it wrote.
TOLD = "+dim_agents rebuilt_rows"


def write(folder: Path, name: str, agent_name: str, changed_at: int) -> None:
    """A file of the table of agents that says what a1 is called, changed at an instant."""
    path = folder / "raw_agents" / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"agent_id,agent_name\na1,{agent_name}\n")
    os.utime(path, (changed_at, changed_at))


def name_of_a1(warehouse: Path) -> str:
    [(name,)] = query(warehouse, "select agent_name from marts.dim_agents where agent_id = 'a1'")
    return name


@pytest.mark.parametrize(("before", "after"), [("Adams", "Zhang"), ("Zorn", "Abel")])
def test_a_file_edited_in_place_counts_as_it_is(
    before: str, after: str, tmp_path: Path, build_warehouse
) -> None:
    """Also against a version of another file that is older now, and when the edit is taken back."""
    data = tmp_path / "data"
    write_tables(SESSIONS, data)
    write(data, "edited", before, 1_700_000_000)
    write(data, "other", "Mohr", 1_700_000_100)
    warehouse = build_warehouse(tmp_path, data_dir=data, select=TOLD)
    assert name_of_a1(warehouse) == "Mohr"
    for number, name in enumerate((before + "s", after, before + "s"), start=2):
        write(data, "edited", name, 1_700_000_000 + number * 100)
        build_warehouse(tmp_path, data_dir=data, onto=True, select=TOLD)
        assert name_of_a1(warehouse) == name

    (tmp_path / "once").mkdir()
    once = build_warehouse(tmp_path / "once", data_dir=data, select=TOLD)
    assert_same(contents(warehouse), contents(once))


def test_an_older_file_that_comes_late_replaces_nothing(tmp_path: Path, build_warehouse) -> None:
    """Nor does a copy of the whole folder, whose files are all younger."""
    data = tmp_path / "data"
    write_tables(SESSIONS, data)
    write(data, "b", "Adams", 1_700_000_000)
    build_warehouse(tmp_path, data_dir=data, select=TOLD)
    write(data, "a", "Zhang", 1_600_000_000)
    warehouse = build_warehouse(tmp_path, data_dir=data, onto=True, select=TOLD)
    assert name_of_a1(warehouse) == "Adams"
    copied = tmp_path / "copied"
    write_tables(SESSIONS, copied)
    write(copied, "b", "Adams", 1_800_000_000)
    write(copied, "a", "Zhang", 1_800_000_100)
    build_warehouse(tmp_path, data_dir=copied, onto=True, select=TOLD)
    assert name_of_a1(warehouse) == "Adams"


def test_a_delivery_that_says_what_an_earlier_one_said(tmp_path: Path, build_warehouse) -> None:
    """Each in a folder of its own, under one name and of one size."""
    for number, name in enumerate(("Adams", "Zhang", "Adams")):
        delivery = tmp_path / f"day-{number}"
        write_tables(SESSIONS, delivery)
        write(delivery, "agents", name, 1_700_000_000 + number * 100)
        warehouse = build_warehouse(tmp_path, data_dir=delivery, onto=number > 0, select=TOLD)
        assert name_of_a1(warehouse) == name
