"""Logs, rights, links, values and interruptions: what once gave a wrong figure, a broken file or
words that help nobody."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import ROOT
from contents import query
from test_build import build, build_well, running_build, work_folder
from test_golden import GOLDEN

from contact_center.building import BuildError, files, folder, messages, publishing, variables
from contact_center.building.arguments import parse
from contact_center.export_output import replacing

SESSIONS = "select count(*) from marts.session_analysis_daily"
WRITER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("set checkpoint_threshold = '1GB'")
connection.execute("delete from marts.session_analysis_daily")
print("deleted", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def golden_warehouse(tmp_path_factory) -> Path:
    """To be copied."""
    warehouse = tmp_path_factory.mktemp("golden") / "contact_center.duckdb"
    build_well("--data", GOLDEN / "data", "--warehouse", warehouse)
    return warehouse


@pytest.fixture
def warehouse(golden_warehouse: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(golden_warehouse, tmp_path / "cc.duckdb"))


def writer_of(warehouse: Path) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, warehouse],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    assert process.stdout.readline() == "deleted\n"
    return process


# --- a file and its log ---------------------------------------------------------------------


def test_log_of_a_killed_program_never_comes_upon_a_new_file(warehouse: Path) -> None:
    due = query(warehouse, SESSIONS)
    writer = writer_of(warehouse)
    log = publishing.log_of(warehouse)
    assert log.exists()
    refused = build("--data", GOLDEN / "data", "--warehouse", warehouse)
    assert refused.returncode == 1
    assert "another program has" in refused.stderr and "open to write it" in refused.stderr
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    said = build_well("--data", GOLDEN / "data", "--warehouse", warehouse, "--full-refresh")
    assert f"'{log}' is removed" in said
    assert not log.exists()
    assert query(warehouse, SESSIONS) == due != [(0,)]


def test_a_program_that_begins_to_write_meanwhile_is_noticed(warehouse, tmp_path) -> None:
    built = Path(shutil.copy(warehouse, tmp_path / "built.duckdb"))
    before = warehouse.read_bytes()
    writer = writer_of(warehouse)
    try:
        with pytest.raises(BuildError, match="open to write it"):
            publishing.publish(built, warehouse)
        assert built.exists()
        assert warehouse.read_bytes() == before
    finally:
        writer.kill()
        writer.wait()


def test_a_reader_is_no_writer(warehouse, tmp_path) -> None:
    built = Path(shutil.copy(warehouse, tmp_path / "built.duckdb"))
    code = "import sys, duckdb; c = duckdb.connect(sys.argv[1], read_only=True); " \
        "print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, warehouse], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as reader:
        reader.stdout.readline()
        publishing.publish(built, warehouse)
        reader.stdin.close()
    assert not built.exists()


def test_file_and_folder_are_on_the_disk_in_this_order(tmp_path, monkeypatch) -> None:
    built, warehouse = tmp_path / "built.duckdb", tmp_path / "cc.duckdb"
    for path in (built, warehouse):
        duckdb.connect(str(path)).close()
    steps = []
    replace = os.replace
    monkeypatch.setattr(publishing, "sync", lambda path: steps.append(path))
    monkeypatch.setattr(os, "replace", lambda *paths: (steps.append("replace"), replace(*paths)))
    publishing.publish(built, warehouse)
    assert steps == [built, "replace", tmp_path]


@pytest.mark.parametrize("clones", [False, True])
def test_a_copy_is_a_file_of_its_own(clones, tmp_path, monkeypatch) -> None:
    warehouse, built = tmp_path / "cc.duckdb", tmp_path / "built.duckdb"
    warehouse.write_bytes(b"before")
    if not clones:
        monkeypatch.setattr(publishing, "clone", lambda *_: False)
    publishing.copy(warehouse, built)
    assert built.read_bytes() == b"before"
    built.write_bytes(b"after")
    assert warehouse.read_bytes() == b"before"


# --- rights ---------------------------------------------------------------------------------


def test_rights_stay_and_work_is_private(tmp_path: Path) -> None:
    built, warehouse = tmp_path / "built.duckdb", tmp_path / "cc.duckdb"
    for path, mode in ((built, 0o644), (warehouse, 0o640)):
        duckdb.connect(str(path)).close()
        path.chmod(mode)
    publishing.publish(built, warehouse)
    assert stat.S_IMODE(warehouse.stat().st_mode) == 0o640
    with folder.work_folder(warehouse) as work:
        assert stat.S_IMODE(work.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_who_may_read_what_is_replaced_still_may(tmp_path: Path) -> None:
    """Of exports, reports and published marts too."""
    output = tmp_path / "report.html"
    output.write_text("old")
    os.chown(output, 12345, 23456)
    output.chmod(0o640)
    with replacing(output, tmp_path / "cc.duckdb") as part:
        part.write_text("new")
    found = output.stat()
    assert output.read_text() == "new"
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (12345, 23456, 0o640)


def test_a_build_that_stops_leaves_no_data(tmp_path: Path) -> None:
    with pytest.raises(OSError), folder.emptied_unless_looked_at(tmp_path):
        (tmp_path / "contact_center.duckdb").write_text("data")
        (tmp_path / "target").mkdir()
        (tmp_path / "lock").write_text("1")
        raise OSError
    assert [path.name for path in tmp_path.iterdir()] == ["lock"]


def test_a_folder_that_cannot_be_written_is_noticed_first(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: path != tmp_path)
    with (
        pytest.raises(BuildError, match="can't write into"),
        folder.work_folder(tmp_path / "cc.duckdb"),
    ):
        pass


# --- what is replaced -----------------------------------------------------------------------


def test_no_other_file_becomes_a_warehouse(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Things to remember, more than twelve letters")
    refused = build("--full-refresh", "--warehouse", notes)
    assert refused.returncode == 2
    assert "is no DuckDB file" in refused.stderr
    assert notes.read_text().startswith("Things")


# --- values ---------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [
    "{{ env_var('HOME') }}", "a{{", "{% raw %}", "{#", "{{ '{' }}", "{{{ {%", "}} {", "plain",
])
def test_a_value_comes_back_as_it_was(value: str) -> None:
    import jinja2

    passed = variables.as_data(value)
    assert jinja2.Environment().from_string(passed).render() == value
    assert variables.as_given(passed) == value


def test_an_emoji_in_a_folders_name_gets_to_dbt() -> None:
    given = {"data_dir": "Dätä 😀 \"q\" o'neil 100% \u2028"}
    assert yaml.safe_load(variables.for_dbt(given)) == given


def test_braces_in_a_folders_name_are_a_name(tmp_path: Path) -> None:
    data = tmp_path / "{{ 1 + 1 }} {% x"
    shutil.copytree(GOLDEN / "data", data)
    build_well("--data", data, "--warehouse", tmp_path / "cc.duckdb")
    folders = query(
        tmp_path / "cc.duckdb", "select distinct folder from staging.loads where file is not null"
    )
    assert folders == [(str(data),)]


@pytest.mark.parametrize(("given", "complaint"), [
    ("response_threshold_seconds=true", "must be a number of 0 or more"),
    ("max_login_hours=-1", "must be a number of 0 or more"),
    ("max_login_hours=.nan", "must be a number of 0 or more"),
    ("max_login_hours=a day", "must be a number of 0 or more"),
    ("response_clock=middle", "must be first or last"),
    ("reporting_time_zone=Berlin", "must be an IANA time zone"),
    ("reporting_time_zone={{ env_var('HOME') }}", "must be an IANA time zone"),
    ("as_of={{ env_var('HOME') }}", "must be an ISO 8601 instant"),
    ("text_encoding=utf-16", "must be empty or a name that Python gives an encoding"),
    ("data_dir=here", "give --data"),
    ("adapters={}", "give --adapter"),
    ("no_such=1", "isn't NAME=VALUE"),
    ("max_login_hours", "isn't NAME=VALUE"),
])
def test_values_are_checked_before_dbt_begins(given, complaint, tmp_path, capsys) -> None:
    with pytest.raises(SystemExit) as refused:
        parse(["--var", given, "--warehouse", str(tmp_path / "cc.duckdb")])
    assert refused.value.code == 2
    assert complaint in capsys.readouterr().err


def test_accepting_quarantine_is_a_variable(tmp_path) -> None:
    options = parse(["--accept-quarantine", "--warehouse", str(tmp_path / "cc.duckdb")])
    assert options.given_variables == {"accept_quarantine": True}


def test_good_values_are_kept_as_they_are(tmp_path) -> None:
    options = parse([
        "--var", "max_login_hours=12", "--var", "as_of=2026-03-01", "--warehouse",
        str(tmp_path / "cc.duckdb"), "--", "--vars", "{response_clock: last}", "--threads", "1",
    ])
    assert options.given_variables == {
        "max_login_hours": 12, "as_of": "2026-03-01", "response_clock": "last",
    }
    assert options.dbt_arguments == ["--threads", "1"]


# --- files ----------------------------------------------------------------------------------


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(GOLDEN / "data", data)
    (data / "raw_tag_events.csv").unlink(missing_ok=True)
    (data / "raw_tag_events.csv").symlink_to("gone.csv")
    refused = build("--data", data, "--warehouse", tmp_path / "cc.duckdb")
    assert refused.returncode == 2
    assert "raw_tag_events.csv' is a link to 'gone.csv', where nothing is" in refused.stderr
    # An editor's mark.
    (data / "raw_tag_events.csv").rename(data / ".#raw_tag_events.csv")
    assert parse(["--data", str(data), "--warehouse", str(tmp_path / "cc.duckdb")]).data == data


# --- interruptions --------------------------------------------------------------------------


def heed_interruptions() -> None:
    """What a shell runs in the background takes no notice of Ctrl-C, nor does what that runs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_interrupted_build_says_so(tmp_path: Path) -> None:
    warehouse = tmp_path / "cc.duckdb"
    built = work_folder(warehouse) / "contact_center.duckdb"
    with subprocess.Popen(
        ["bash", ROOT / "scripts" / "build", "--data", GOLDEN / "data", "--warehouse", warehouse],
        start_new_session=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=heed_interruptions,
    ) as process:
        deadline = time.monotonic() + 600
        while not built.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=600)
    assert process.returncode == 1
    assert "stopped, as you asked. Nothing was published." in said
    assert "Traceback" not in said
    assert not warehouse.exists() and not built.exists()


def test_running_build_is_the_only_one(tmp_path: Path) -> None:
    warehouse = tmp_path / "cc.duckdb"
    with running_build("--data", GOLDEN / "data", "--warehouse", warehouse) as process:
        while not (work_folder(warehouse) / "lock").exists() and process.poll() is None:
            time.sleep(0.02)
        time.sleep(0.2)
        assert build("--warehouse", warehouse).returncode == 3


# --- what goes with what ---------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [
    ["--data", "."], ["--full-refresh"], ["--adapter", "chatwoot=."], [],
])
def test_the_store_goes_with_nothing_else(arguments, tmp_path, capsys) -> None:
    with pytest.raises(SystemExit):
        parse(["--rebuild-from-store", "--warehouse", str(tmp_path / "cc.duckdb"), *arguments])
    assert "own rows" in (said := capsys.readouterr().err) or "isn't there" in said


def test_a_file_that_is_written_meanwhile_is_known(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(GOLDEN / "data", data)
    options = parse(["--data", str(data), "--warehouse", str(tmp_path / "cc.duckdb")])
    before = files.files_of(options)
    assert files.changed_files(before, options) == []
    with (data / "raw_messages.csv").open("a") as file:
        file.write("one,more,line\n")
    (data / "raw_sessions.csv").unlink()
    assert files.changed_files(before, options) == [
        Path(str(data), "raw_messages.csv"), Path(str(data), "raw_sessions.csv"),
    ]


def test_the_words_of_an_error_stay() -> None:
    """Of dbt's heading, and of DuckDB's own."""
    said = 'Parser Error: syntax error at or near "x"'
    for message in (said, f"{said}\n\nLINE 1: select", f"Runtime Error in model a (b)\n  {said}"):
        assert messages.concise(message) == said
