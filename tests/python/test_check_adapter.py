"""./scripts/check-adapter: what it says that it keeps is there, and nothing else stays."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import pytest

from contact_center import build, check_adapter, places
from contact_center.building.outcome import Outcome


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("is_kept", [True, False])
def test_only_what_a_build_keeps_stays(is_kept, scratch, tmp_path, monkeypatch) -> None:
    def failing_build(options: argparse.Namespace, said: Outcome) -> int:
        work = options.warehouse.with_name(f".{options.warehouse.name}.building")
        work.mkdir()
        if is_kept:
            (work / "contact_center.duckdb").write_text("failed")
        return 1

    monkeypatch.setattr(build, "build", failing_build)
    assert check_adapter.main(["bank_calls", str(tmp_path)]) == 1
    assert bool(list(scratch.rglob("contact_center.duckdb"))) == is_kept
    assert bool(list(scratch.iterdir())) == is_kept


@pytest.mark.parametrize("wrong", [["none/there"], [".", "--var", "as_off=2026-03-01"]])
def test_what_is_wrong_is_told_of_this_command(wrong: list[str], scratch, capsys) -> None:
    with pytest.raises(SystemExit):
        check_adapter.main(["asterisk", *wrong])
    said = capsys.readouterr().err
    assert "./scripts/check-adapter: error: --" in said and "./scripts/build" not in said
    assert not list(scratch.iterdir())


def test_what_failed_stays_until_the_next_run(scratch, tmp_path, monkeypatch) -> None:
    def failing_build(options: argparse.Namespace, said: Outcome) -> int:
        work = options.warehouse.with_name(f".{options.warehouse.name}.building")
        work.mkdir()
        (work / "contact_center.duckdb").write_text("failed")
        check_adapter.remove_former()
        assert work.exists(), "a run that goes on is left alone"
        return 1

    monkeypatch.setattr(build, "build", failing_build)
    for _ in range(2):
        check_adapter.main(["bank_calls", str(tmp_path)])
        assert len(list(scratch.iterdir())) == 1


def test_arguments_that_no_build_takes_leave_nothing(scratch, tmp_path, capsys) -> None:
    with pytest.raises(SystemExit):
        check_adapter.main(["bank_calls", str(tmp_path / "nowhere")])
    assert not list(scratch.iterdir())
    with pytest.raises(SystemExit):
        check_adapter.main(["bank_calls", str(tmp_path), "--warehouse", str(tmp_path)])
    assert "is there already" in capsys.readouterr().err


def test_a_database_s_url_is_not_for_all_to_read(scratch, monkeypatch) -> None:
    """Who lists processes sees the command; it begins again with the URL in its environment."""
    url, began = "postgresql://reader:secret-word@127.0.0.1:1/chatwoot", []
    monkeypatch.setattr(os, "execv", lambda _, words: began.append(words))
    monkeypatch.setenv(places.environment_variable("chatwoot"), "")
    asked = []
    monkeypatch.setattr(build, "build", lambda options, said: asked.append(options) or 1)
    assert check_adapter.main(["chatwoot", url, "--var", "as_of=2026-03-01T00:00:00Z"]) == 1
    [words] = began
    assert not [word for word in words if "secret" in word]
    assert os.environ[places.environment_variable("chatwoot")] == url
    assert check_adapter.main(words[3:]) == 1
    assert asked[-1].adapters == {"chatwoot": url}
    assert asked[-1].given_variables == {"as_of": "2026-03-01T00:00:00Z"}
    monkeypatch.delenv(places.environment_variable("chatwoot"))


def test_unit_tests_work_aside_and_hold_no_url(scratch, tmp_path, monkeypatch) -> None:
    url, ran = "postgresql://reader:secret-word@127.0.0.1:1/chatwoot", []
    monkeypatch.setattr(
        check_adapter.subprocess, "run",
        lambda words, **_: ran.append([str(word) for word in words])
        or argparse.Namespace(returncode=0),
    )
    monkeypatch.setenv(places.environment_variable("chatwoot"), "")
    asked = argparse.Namespace(adapters={"chatwoot": url}, warehouse=tmp_path / "kept.duckdb")
    assert check_adapter.run_unit_tests("chatwoot", asked, scratch) == 0
    [words] = ran
    assert not [word for word in words if "secret" in word]
    for option in ("--target-path", "--log-path"):
        assert words[words.index(option) + 1].startswith(str(scratch))
    monkeypatch.delenv(places.environment_variable("chatwoot"))
