"""What an export replaces, its families, JSON, and what no spreadsheet may take for a formula."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import duckdb
import pytest

from contact_center import export
from contact_center.export_files import harmless
from contact_center.export_output import replacing
from contact_center.lake import CATALOGUE

DAYS = ["--from", "2026-03-05", "--to", "2026-03-25"]


def run(*arguments: object) -> int:
    return export.main([str(argument) for argument in arguments])


@pytest.mark.parametrize(("content", "name"), [
    (b"Things to remember", "notes.txt"), (b"PK\x03\x04", "sheet.csv"), (b"a,b\n", "mine.csv"),
])
def test_what_is_no_export_is_never_replaced(odd_warehouse, tmp_path, capsys, content, name):
    output = tmp_path / name
    output.write_bytes(content)
    command = ["session_analysis", *DAYS, "--warehouse", odd_warehouse, "--format", "csv"]
    for arguments in ([], ["--overwrite"]):
        assert run(*command, "--output", output, *arguments) == 2
        assert output.read_bytes() == content
    assert "is no csv file that an export wrote" in capsys.readouterr().err


def test_the_warehouse_is_never_replaced(odd_warehouse, tmp_path, capsys):
    warehouse = shutil.copy(odd_warehouse, tmp_path / "cc.duckdb")
    command = ["session_analysis", *DAYS, "--warehouse", warehouse, "--output", warehouse]
    assert run(*command) == 2
    assert run(*command, "--overwrite") == 2
    assert duckdb.connect(warehouse, read_only=True).execute("from marts.dim_companies").fetchall()
    capsys.readouterr()


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "parquet"])
def test_an_export_is_replaced_where_that_is_asked_for(odd_warehouse, tmp_path, capsys, ending):
    output = tmp_path / f"figures.{ending}"
    command = ["session_analysis", *DAYS, "--warehouse", odd_warehouse, "--output", output]
    assert run(*command) == 0
    assert run(*command) == 2
    assert "--overwrite replaces an export" in capsys.readouterr().err
    assert run(*command, "--overwrite") == 0


@pytest.fixture
def written(tmp_path):
    """The rights of a new file, as a process with the usual ones makes it of that warehouse."""

    def written(warehouse, name="new.csv"):
        umask = os.umask(0o022)
        try:
            with replacing(tmp_path / name, warehouse) as part:
                part.write_text("Mei")
                assert part.stat().st_mode & 0o777 == 0o600
        finally:
            os.umask(umask)
        return (tmp_path / name).stat()

    return written


@pytest.mark.parametrize(("rights", "due"), [
    (0o644, 0o644), (0o666, 0o644), (0o640, 0o640), (0o600, 0o600), (0o604, 0o604),
])
def test_a_new_file_has_no_more_rights_than_the_warehouse(written, tmp_path, rights, due):
    warehouse = tmp_path / "cc.duckdb"
    warehouse.touch()
    warehouse.chmod(rights)
    assert written(warehouse).st_mode & 0o777 == due
    # What is replaced keeps its own.
    (tmp_path / "new.csv").chmod(0o664)
    assert written(warehouse).st_mode & 0o777 == 0o664


@pytest.mark.parametrize(("of_folder", "of_catalogue"), [(0o750, 0o644), (0o755, 0o640)])
def test_nor_than_a_lake(written, tmp_path, of_folder, of_catalogue):
    lake = tmp_path / "lake"
    lake.mkdir()
    (lake / CATALOGUE).touch()
    (lake / CATALOGUE).chmod(of_catalogue)
    lake.chmod(of_folder)
    assert written(lake).st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives a file to any group")
def test_a_new_file_is_of_the_group_that_may_read_the_warehouse(written, tmp_path, monkeypatch):
    warehouse = tmp_path / "cc.duckdb"
    warehouse.touch()
    os.chown(warehouse, -1, 4242)
    warehouse.chmod(0o640)
    new = written(warehouse)
    assert (new.st_mode & 0o777, new.st_gid) == (0o640, 4242)

    def refused(*_):
        raise PermissionError

    monkeypatch.setattr(os, "chown", refused)
    assert written(warehouse, "other.csv").st_mode & 0o777 == 0o600


def test_a_disk_may_keep_no_rights(tmp_path, monkeypatch):
    """A memory stick's, that refuses a change of mode."""
    warehouse, new = tmp_path / "cc.duckdb", tmp_path / "new.csv"
    warehouse.touch()

    def refused(*_):
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refused)
    with replacing(new, warehouse) as part:
        part.write_text("Mei")
    assert new.read_text() == "Mei"


def test_every_family_of_the_catalogue_is_exported(odd_warehouse, tmp_path, capsys):
    with duckdb.connect(str(odd_warehouse), read_only=True) as connection:
        families = export.modes_of_families(connection)
        daily = {
            name.removesuffix("_daily") for (name,) in connection.execute(
                "select table_name from information_schema.tables "
                "where table_schema = 'marts' and table_name like '%\\_daily' escape '\\'"
            ).fetchall()
        }
        functions = {
            name for (name,) in connection.execute(
                "select function_name from duckdb_functions() where schema_name = 'marts'"
            ).fetchall()
        }
    assert daily <= families.keys()
    assert functions == {name for name, modes in families.items() if "aggregated" in modes}
    for family, modes in families.items():
        for mode in modes:
            output = tmp_path / f"{family}_{mode}.csv"
            command = [family, *DAYS, "--mode", mode, "--warehouse", odd_warehouse]
            assert run(*command, "--output", output) == 0, (family, mode)
            assert len(output.read_text().splitlines()) > 1
    capsys.readouterr()


def test_a_family_without_ranges_gives_days(odd_warehouse, tmp_path, capsys):
    output = tmp_path / "scores.json"
    command = ["satisfaction", *DAYS, "--warehouse", odd_warehouse, "--output", output]
    assert run(*command, "--mode", "aggregated") == 2
    assert "satisfaction has no --mode aggregated; it has daily" in capsys.readouterr().err
    assert run(*command, "--labels", "column") == 0
    rows = json.loads(output.read_text())
    with duckdb.connect(str(odd_warehouse), read_only=True) as connection:
        due = connection.execute(
            "select count(*), sum(session_count), min(date_day)::varchar from "
            "marts.satisfaction_daily where date_day between '2026-03-05' and '2026-03-25'"
        ).fetchone()
    assert due == (
        len(rows), sum(row["session_count"] for row in rows), min(row["date_day"] for row in rows)
    )


def test_unknown_family_and_ids_that_it_lacks(odd_warehouse, capsys):
    assert run("sessions", *DAYS, "--warehouse", odd_warehouse) == 2
    said = capsys.readouterr().err
    assert "no marts 'sessions'; it has" in said and "session_analysis" in said
    assert run("satisfaction", *DAYS, "--warehouse", odd_warehouse, "--agent", "x") == 2
    capsys.readouterr()


@pytest.mark.parametrize("text", [
    "\ufe0f=1+1", "\u0301=1", "\u3164=1", "\u2800=1", "\u115f@x", "\u2212 1", "\u20131", "\u2014x",
    "\u2796 1", "\ufe631", "\uff0d1", "\u207b1", " \u200b=1",
])
def test_formulas_behind_what_is_not_seen(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["1 - 1", "Mei", "\u0627=", "e\u0301-", "", "\u4e2d\u2212"])
def test_texts_stay_as_they_are(text):
    assert harmless(text) == text
