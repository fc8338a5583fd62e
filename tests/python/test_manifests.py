"""A kept manifest serves only where dbt would have made the same one."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from dbt.cli.main import dbtRunner

from contact_center import code, manifests

SAMPLES = ROOT / "tests" / "python" / "samples"
VOLATILE = {"metadata", "state_check", "created_at", "docs_generated_at"}


def without_times(value: object) -> object:
    if isinstance(value, dict):
        return {name: without_times(one) for name, one in value.items() if name not in VOLATILE}
    if isinstance(value, list):
        return [without_times(one) for one in value]
    return value


def made_anew(variables: dict, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict:
    monkeypatch.setattr(manifests, "kept_in", lambda: folder / "kept")
    monkeypatch.setenv("CONTACT_CENTER_WAREHOUSE", str(folder / "contact_center.duckdb"))
    monkeypatch.chdir(ROOT)
    shutil.rmtree(folder / "kept", ignore_errors=True)
    made = manifests.manifest("duckdb", variables, folder)
    assert made is not None
    return without_times(json.loads(json.dumps(made.to_dict(), default=str, sort_keys=True)))


def test_the_place_of_the_data_is_all_that_may_differ(tmp_path, monkeypatch):
    """Contract tables and an adapter's files, of which one folder is there and one is empty."""
    (tmp_path / "empty").mkdir()
    made, keys = [], []
    for place in (SAMPLES / "asterisk", tmp_path / "empty"):
        variables = {"data_dir": "", "adapters": {"asterisk": str(place)}}
        made.append(made_anew(variables, tmp_path, monkeypatch))
        keys.append(manifests.key("duckdb", variables))
    assert keys[0] == keys[1]
    assert made[0] == made[1]
    made, keys = [], []
    for place in (SAMPLES, tmp_path / "empty"):
        variables = {"data_dir": str(place)}
        made.append(made_anew(variables, tmp_path, monkeypatch))
        keys.append(manifests.key("duckdb", variables))
    assert keys[0] == keys[1]
    assert made[0] == made[1]


def test_other_variables_targets_and_databases_have_manifests_of_their_own(monkeypatch):
    monkeypatch.setenv("CONTACT_CENTER_WAREHOUSE", "contact_center.duckdb")
    kinds = [
        {}, {"data_dir": "a"}, {"adapters": {"asterisk": "a"}},
        {"adapters": {"asterisk": "a", "chatwoot": "a"}}, {"max_login_hours": 12},
    ]
    keys = {manifests.key("duckdb", variables) for variables in kinds}
    keys.add(manifests.key("ducklake", {}))
    monkeypatch.setenv("CONTACT_CENTER_WAREHOUSE", "other.duckdb")
    keys.add(manifests.key("duckdb", {}))
    assert len(keys) == len(kinds) + 2


@pytest.mark.parametrize("name", [
    "dbt_project.yml", "models/sources.yml", "macros/new.sql", "tests/new.sql", "seeds/new.csv",
    "profiles/profiles.yml", "models/a/b/new.md",
])
def test_a_changed_file_is_noticed(name, tmp_path, monkeypatch):
    monkeypatch.setattr(code, "ROOT", tmp_path)
    (tmp_path / "dbt_project.yml").write_text("name: one")
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = {manifests.key("duckdb", {})}
    for text in ("a", "b"):
        path.write_text(text)
        keys.add(manifests.key("duckdb", {}))
    path.rename(path.with_name("renamed" + path.suffix))
    if name == "dbt_project.yml":
        return
    keys.add(manifests.key("duckdb", {}))
    assert len(keys) == 4


def test_a_damaged_or_unwritable_place_costs_time_only(tmp_path, monkeypatch):
    variables = {"data_dir": ""}
    made_anew(variables, tmp_path, monkeypatch)
    [kept] = (tmp_path / "kept").iterdir()
    kept.write_bytes(b"\x80\x00")
    assert manifests.manifest("duckdb", variables, tmp_path).nodes
    kept.unlink()
    (tmp_path / "kept").rmdir()
    (tmp_path / "kept").write_text("no folder")
    assert manifests.manifest("duckdb", variables, tmp_path).nodes


def test_a_kept_manifest_is_what_dbt_builds_from(tmp_path, monkeypatch):
    made_anew({}, tmp_path, monkeypatch)
    read = []
    monkeypatch.setattr(dbtRunner, "invoke", lambda *arguments: read.append(arguments))
    assert manifests.manifest("duckdb", {}, tmp_path).flat_graph["nodes"]
    assert not read


def test_a_full_disk_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", fill)
    manifests.keep(b"x" * 9, tmp_path / "kept" / "a.msgpack")
    assert list((tmp_path / "kept").iterdir()) == []


def test_another_user_s_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "utime", refuse)
    monkeypatch.setattr(manifests, "unpacked", lambda packed: packed)
    umask = os.umask(0o022)
    try:
        manifests.keep(b"x", tmp_path / "a.msgpack")
    finally:
        os.umask(umask)
    assert manifests.read(tmp_path / "a.msgpack") == b"x"
    assert (tmp_path / "a.msgpack").stat().st_mode & 0o777 == 0o644
