"""Three adapters' files that come, grow and change between two builds: the second is an increment,
and what it leaves is what one build of the files that are there gives. Where files say less, none
is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import run_dbt
from contents import assert_same, contents, made_once, query
from test_adapters import SAMPLES

from contact_center.building import messages
from contact_center.building.arguments import parse
from contact_center.building.former import files_to_build_upon

ADAPTERS = ("asterisk", "bank_calls", "tencent_ccc")
Change = Callable[[Path], None]


def gone(name: str) -> Change:
    return lambda folder: (folder / name).unlink()


def without_lines(name: str, wanted: Callable[[int, str], bool]) -> Change:
    """Only the lines of a file that are wanted, by number and text, are there."""
    def change(folder: Path) -> None:
        lines = (folder / name).read_text().splitlines(keepends=True)
        kept = [line for number, line in enumerate(lines) if wanted(number, line)]
        assert 0 < len(kept) < len(lines)
        (folder / name).write_text("".join(kept))
    return change


def says(name: str, was: str, now: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / name).read_text()
        assert was in text
        (folder / name).write_text(text.replace(was, now))
    return change


BANK = "bank_calls/bank_calls_sample.csv"
# The samples' days, brought into one week, so that marts of days stay small.
ONE_WEEK = {
    "1999-04-02": "2026-03-02", "1999-08-01": "2026-03-04", "1999-08-02": "2026-03-05",
    "1999-09-03": "2026-03-06", "2024-10-27": "2026-03-05", "17299": "17726",
}
# What the first build's files lack of the last one's, or say otherwise: a queue log's second file,
# the lines that another grew by, a word in the middle of a third, the bank's first day, which comes
# late, a longer call, and the interface's answers on calls that were pushed as well.
FIRST = (
    gone("asterisk/queue_log_table.csv"),
    without_lines("asterisk/queue_log", lambda number, line: number < 9),
    says("asterisk/queue_log-20241027", "COMPLETECALLER", "COMPLETEAGENT"),
    without_lines(BANK, lambda number, line: "2026-03-02" not in line),
    says(BANK, "0:03:29,120,SHARON", "0:02:29,60,SHARON"),
    gone("tencent_ccc/answers/DescribeTelCdr.json"),
    says("tencent_ccc/pushed/staff_status_history.jsonl", '"free"', '"rest"'),
)
SCORES = {"tencent_scores": {"1": 4}}
LAST_SCORES = {"tencent_scores": {"1": 5}}


def write(folder: Path, changes: tuple[Change, ...] = ()) -> dict[str, Path]:
    """The samples in `folder`, changed; gives the adapters with their places."""
    shutil.rmtree(folder, ignore_errors=True)
    for adapter in ADAPTERS:
        shutil.copytree(SAMPLES / adapter, folder / adapter)
        for file in (folder / adapter).rglob("*.*" if adapter == "bank_calls" else "queue_log*"):
            text = file.read_text()
            for day, other in ONE_WEEK.items():
                text = text.replace(day, other)
            file.write_text(text)
    for change in changes:
        change(folder)
    return {adapter: folder / adapter for adapter in ADAPTERS}


@pytest.fixture(scope="module")
def again(tmp_path_factory, build_warehouse) -> Path:
    """The warehouse of the second build; its files lie beside it."""
    def make(folder: Path) -> Path:
        for changes, variables in ((FIRST, SCORES), ((), LAST_SCORES)):
            places = write(folder / "files", changes)
            built = build_warehouse(folder, adapters=places, variables=variables, onto=True)
            shutil.copyfile(built, folder / f"{len(changes)}.duckdb")
        return built

    return made_once(tmp_path_factory, "adapters_again", make)


def test_an_increment_is_one_build(again: Path, tmp_path: Path, build_warehouse) -> None:
    once = build_warehouse(tmp_path, adapters=write(tmp_path / "files"), variables=LAST_SCORES)
    before = contents(again.parent / f"{len(FIRST)}.duckdb")
    expected = contents(once)
    for mart in ("fct_sessions", "fct_agent_states", "fct_evaluations", "quarantined_rows"):
        assert before[mart] != expected[mart], mart
    assert_same(contents(again), expected)


def test_only_what_is_other_is_judged_and_rebuilt(again: Path) -> None:
    assert query(again, "select max(build_number) from staging.builds") == [(2,)]
    [(rebuilt, sessions)] = query(again, """
        select
            (select count(*) from touched.touched_sessions),
            (select count(*) from marts.fct_sessions)
    """)
    assert 0 < rebuilt < sessions
    loaded = query(again, """
        select loaded_in_build, count(*) from staging.checked_session_events
        where row_outcome != 'gone' group by all order by all
    """)
    assert [build for build, _ in loaded] == [1, 2]
    # The call that goes on longer: its end is another row of the same key.
    assert query(again, """
        select row_outcome, occurred_at::varchar from staging.checked_session_events
        where event_id = 'bank_calls:2026-03-04/AA0105/7/closed' order by all
    """) == [
        ("accepted", "2026-03-04 22:03:30"), ("gone", "2026-03-04 22:02:30"),
    ]


# What is gone, and what the build says of it: the first day with its session, an agent, a table.
LESS = (
    without_lines(BANK, lambda number, line: "2026-03-02" not in line),
    says(BANK, "SHARON", "AVI"),
    gone("tencent_ccc/answers/DescribeChatMessages.json"),
)
SAID = (
    "agent bank_calls:SHARON (1 of its kind)", "day 2026-03-0",
    "session bank_calls:2026-03-02/AA0101/11 (1 of its kind)",
    "table raw_messages (1 of its kind)",
)


def test_where_files_say_less_nothing_is_built_upon(again: Path, tmp_path: Path) -> None:
    """dbt stops before anything behind staging is made; the builder then builds all of it."""
    warehouse = tmp_path / "contact_center.duckdb"
    shutil.copyfile(again, warehouse)
    places = write(tmp_path / "files", LESS)
    result = run_dbt(
        "build", warehouse, "--select", "+gone_names", "--exclude-resource-type", "unit_test",
        "--exclude-resource-type", "test",
        variables={
            "data_dir": "", "adapters": {name: str(place) for name, place in places.items()},
            "accept_quarantine": True, **LAST_SCORES,
        },
    )
    told = messages.changed_settings(result.stdout)
    assert result.returncode != 0 and told is not None, result.stdout[-3000:]
    assert [said for said in SAID if said not in told] == [], told


def test_only_a_warehouse_of_these_adapters_is_built_upon(again: Path) -> None:
    """Others, or one fewer, and what was known then, are built whole."""
    files = again.parent / "files"

    def built_upon(*adapters: str, more: tuple[str, ...] = ()) -> list[str]:
        places = [f"--adapter={name}={files}" for name in adapters]
        return files_to_build_upon(parse([*places, "--warehouse", str(again), *more]))

    assert built_upon(*ADAPTERS) == [str(files)] * len(ADAPTERS)
    assert built_upon(*ADAPTERS[1:]) == []
    assert built_upon(*ADAPTERS, "twitter_support") == []
    assert built_upon(*ADAPTERS, more=("--full-refresh",)) == []
    assert built_upon(*ADAPTERS, more=("--var", "known_at=2026-03-10T06:00:00Z")) == []


def test_what_the_builder_says_of_it() -> None:
    message = (
        "Some models failed.\n  model gone_names: The files say no more what they said in the last "
        "build: agent ann (1 of its kind). All rows have to be built again: --full-refresh.\nAside"
    )
    assert messages.changed_settings(message) == (
        "The files say no more what they said in the last build: agent ann (1 of its kind)."
    )
    assert messages.changed_settings("A model failed.") is None
