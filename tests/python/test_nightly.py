"""What a monitor is told of a build: its exit status, and one line of JSON."""

from __future__ import annotations

import datetime
import fcntl
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
from conftest import ROOT
from test_build import build, work_folder
from test_golden import GOLDEN

from contact_center import build as build_command
from contact_center import publish_marts
from contact_center.building import (
    BuildError,
    ChangedSettings,
    former,
    headlines,
    messages,
    outcome,
)
from contact_center.building.arguments import parse

PAGE = (ROOT / "docs" / "nightly.md").read_text(encoding="utf-8")
OF_PUBLISHED = {"build_number", "as_of", "left_out_row_count", "yesterday"}


def told(*arguments: str | Path) -> tuple[int, dict[str, Any]]:
    """The exit status and the line, beside which standard output has nothing."""
    result = build("--json", *arguments)
    assert "Traceback" not in result.stderr
    assert result.stdout.count("\n") == 1, result.stdout + result.stderr
    return result.returncode, json.loads(result.stdout)


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> tuple[Path, dict[str, Any]]:
    """A warehouse, and the line of its build: status 0."""
    warehouse = tmp_path_factory.mktemp("nightly") / "contact_center.duckdb"
    status, line = told("--data", GOLDEN / "data", "--warehouse", warehouse)
    assert status == 0, line
    return warehouse, line


def test_published(published: tuple[Path, dict[str, Any]]) -> None:
    warehouse, line = published
    assert (line["outcome"], line["exit"], line["message"]) == ("published", 0, None)
    assert line["warehouse"] == str(warehouse)
    assert (line["build_number"], line["left_out_row_count"]) == (1, 0)
    at = datetime.datetime.fromisoformat(line["at"])
    assert {company["company_id"]: company["date_day"] for company in line["yesterday"]} == {
        company: str(at.astimezone(ZoneInfo(zone)).date() - datetime.timedelta(days=1))
        for company, zone in (("isle", "Atlantic/Reykjavik"), ("spree", "Europe/Berlin"))
    }
    assert {company["session_count"] for company in line["yesterday"]} == {0}


def test_nothing_new(published: tuple[Path, dict[str, Any]]) -> None:
    warehouse, line = published
    status, again = told("--data", GOLDEN / "data", "--warehouse", warehouse)
    assert (status, again["outcome"], again["build_number"]) == (0, "unchanged", 1)
    assert again["as_of"] == line["as_of"]


def test_refused(tmp_path: Path) -> None:
    """A folder without sessions: nothing is published, and the line says why."""
    warehouse = tmp_path / "contact_center.duckdb"
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(GOLDEN / "data" / "raw_messages.csv", folder / "raw_messages.csv")
    status, line = told("--data", folder, "--warehouse", warehouse)
    assert (status, line["outcome"], line["exit"]) == (1, "refused", 1)
    assert "raw_sessions" in line["message"]
    assert not warehouse.exists()
    assert OF_PUBLISHED.isdisjoint(line)


def test_not_understood() -> None:
    status, line = told("--data", "no/such/folder")
    assert (status, line["outcome"], line["exit"]) == (2, "not_understood", 2)
    assert line["message"] == "--data 'no/such/folder' isn't there"
    assert told("--no-such-argument")[0] == 2


def test_another_runs(tmp_path: Path) -> None:
    warehouse = tmp_path / "contact_center.duckdb"
    work_folder(warehouse).mkdir()
    with (work_folder(warehouse) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4242")
        lock.flush()
        status, line = told("--warehouse", warehouse)
    assert (status, line["outcome"], line["exit"]) == (3, "another_runs", 3)
    assert "process 4242 is building" in line["message"]


def test_a_fault_of_ours_leaves_a_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    def run(said: outcome.Outcome) -> int:
        print("for people")
        raise KeyError("nobody thought of it")

    with pytest.raises(KeyError):
        outcome.with_line(run)
    written = capsys.readouterr()
    line = json.loads(written.out)
    assert (line["outcome"], line["exit"]) == ("refused", 1)
    assert "nobody thought of it" in line["message"] and written.err == "for people\n"


def test_a_build_that_is_stopped_while_it_begins_leaves_a_line(monkeypatch, capsys) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build_command, "parse", stop)
    assert build_command.main(["--json"]) == 1
    line = json.loads(capsys.readouterr().out)
    assert (line["outcome"], line["exit"], line["message"]) == ("refused", 1, messages.STOPPED)


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), OSError(), duckdb.Error("damaged")])
def test_a_published_warehouse_that_can_not_be_read_by_then(
    fault, tmp_path, monkeypatch, capsys
) -> None:
    def fail(_: object) -> None:
        raise fault

    warehouse = tmp_path / "cc.duckdb"
    duckdb.connect(str(warehouse)).close()
    monkeypatch.setattr(outcome, "figures_of", fail)

    def run(said: outcome.Outcome) -> int:
        said.warehouse, said.target = warehouse, "duckdb"
        return 0

    assert outcome.with_line(run) == 0
    line = json.loads(capsys.readouterr().out)
    assert line["outcome"] == "published" and OF_PUBLISHED.isdisjoint(line)


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), duckdb.IOException("locked")])
def test_what_comes_after_publishing_refuses_nothing(fault, tmp_path, monkeypatch, capsys) -> None:
    def fail(_: object) -> None:
        raise fault

    monkeypatch.setattr(build_command, "build", lambda *_: 0)
    monkeypatch.setattr(headlines, "headlines", fail)
    # Of a file that can't be read now the line says nothing more.
    status = build_command.main(["--json", "--warehouse", str(tmp_path / "cc.duckdb")])
    said = capsys.readouterr()
    line = json.loads(said.out)
    assert (status, line["exit"], line["outcome"]) == (0, 0, "published")
    assert "The warehouse is published" in said.err


def test_yesterday_is_each_companys_own() -> None:
    """At 20:00 UTC on a Tuesday: Monday in Berlin, and in Sydney, where it is Wednesday, Tuesday.
    Of four Mondays one had 8 sessions and one 12; another weekday counts for nothing, nor does a
    week before a company's first session."""
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute("""
            create table marts.dim_companies as
            from (values ('north', 'Europe/Berlin'), ('south', 'Australia/Sydney'),
                ('nobody', 'UTC')) as rows(company_id, time_zone)
        """)
        connection.execute("""
            create table marts.session_analysis_daily as
            from (values
                ('north', date '2026-03-09', 3), ('north', date '2026-03-02', 8),
                ('north', date '2026-02-09', 12), ('north', date '2026-02-02', 99),
                ('north', date '2026-03-08', 77), ('north', date '2026-03-10', 55),
                ('south', date '2026-03-03', 4)
            ) as rows(company_id, date_day, session_count)
        """)
        now = datetime.datetime(2026, 3, 10, 20)
        assert outcome.yesterday(connection, now) == [
            {
                "company_id": "north", "date_day": datetime.date(2026, 3, 9),
                "session_count": 3, "usual_session_count": 5.0,
            },
            {
                "company_id": "south", "date_day": datetime.date(2026, 3, 10),
                "session_count": 0, "usual_session_count": 4.0,
            },
        ]


def test_the_page_shows_the_line_that_is_written(
    published: tuple[Path, dict[str, Any]]
) -> None:
    _, line = published
    [block] = re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
    shown = json.loads(block)
    assert list(shown) == list(line)
    assert list(shown["yesterday"][0]) == list(line["yesterday"][0])
    rows = re.findall(r"^\| (\d) \|", PAGE, re.MULTILINE)
    assert [int(row) for row in rows] == list(outcome.WORDS)


@pytest.mark.parametrize(("line", "message"), [
    (b'{"outcome": "refused", "message": "A test failed."}\n', "A test failed."),
    (b"", messages.NOT_PUBLISHED), (KeyboardInterrupt, messages.STOPPED),
])
def test_refused_as_the_stored_rows_can_not_be_built_again(
    line, message, tmp_path, monkeypatch, capsys
) -> None:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess:
        assert "--json" in command
        if line is KeyboardInterrupt:
            raise line
        return subprocess.CompletedProcess(command, 1, stdout=line)

    def find_changed(*_: object) -> None:
        raise ChangedSettings("It has changed.")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(build_command, "steps", find_changed)
    arguments = ["--data", str(GOLDEN / "data"), "--warehouse", str(tmp_path / "cc.duckdb")]
    monkeypatch.setattr(former, "files_to_build_upon", lambda _: ["/gone.csv"])
    assert build_command.main([*arguments, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["message"] == message


@pytest.mark.parametrize(("fault", "message"), [
    (duckdb.IOException("The disk is full."), "can't write the marts to '{}': The disk is full."),
    (KeyboardInterrupt(), "stopped, as you asked."),
])
def test_published_without_the_file_of_its_marts(
    fault, message, tmp_path, monkeypatch, capsys
) -> None:
    """Of which nothing is left."""
    def fail(connection: duckdb.DuckDBPyConnection, *_: object) -> None:
        (tmp_path / ".marts.duckdb.part").touch()
        raise fault

    monkeypatch.setattr(build_command, "build", lambda *_: 0)
    monkeypatch.setattr(publish_marts, "attach_warehouse", fail)
    marts = tmp_path / "marts.duckdb"
    arguments = [
        "--data", str(GOLDEN / "data"), "--warehouse", str(tmp_path / "cc.duckdb"),
        "--publish-marts", str(marts), "--json",
    ]
    assert build_command.main(arguments) == 1
    said = json.loads(capsys.readouterr().out)["message"]
    assert said == f"{message.format(marts)} {build_command.WITHOUT_MARTS}"
    assert list(tmp_path.iterdir()) == []


def test_refused_after_the_stored_rows_were_built_again(tmp_path, monkeypatch, capsys) -> None:
    """The warehouse isn't as it was, which status 1 means elsewhere."""
    arguments = ["--data", str(GOLDEN / "data"), "--warehouse", str(tmp_path / "cc.duckdb")]
    done = subprocess.CompletedProcess([], returncode=0)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    monkeypatch.setattr(former, "begin_again", lambda _: None)
    # Put back at the end, whatever the build sets.
    monkeypatch.setenv(messages.REBUILT, "")
    former.build_anew(parse(arguments), ["/gone.csv"], "It has changed.")

    def refuse(*_: object) -> None:
        raise BuildError("A file is broken. Nothing was published.")

    monkeypatch.setattr(former, "files_to_build_upon", refuse)
    capsys.readouterr()
    assert build_command.main([*arguments, "--json"]) == 1
    line = json.loads(capsys.readouterr().out)
    assert line["message"] == f"A file is broken. Nothing was published. {messages.REBUILT_BEFORE}"
