"""./scripts/check-adapter: what it says that it keeps is there, and nothing else stays."""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path

import pytest
from test_adapters import SAMPLES

from contact_center import build, check_adapter


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("is_kept", [True, False])
def test_only_what_a_build_keeps_stays(is_kept, scratch, tmp_path, monkeypatch) -> None:
    def failing_build(options: argparse.Namespace) -> int:
        work = options.warehouse.with_name(f".{options.warehouse.name}.building")
        work.mkdir()
        if is_kept:
            (work / "contact_center.duckdb").write_text("failed")
        return 1

    monkeypatch.setattr(build, "build", failing_build)
    assert check_adapter.main(["bank_calls", str(tmp_path)]) == 1
    assert bool(list(scratch.rglob("contact_center.duckdb"))) == is_kept
    assert bool(list(scratch.iterdir())) == is_kept


def test_arguments_that_no_build_takes_leave_nothing(scratch, tmp_path, capsys) -> None:
    with pytest.raises(SystemExit):
        check_adapter.main(["bank_calls", str(tmp_path / "nowhere")])
    assert not list(scratch.iterdir())
    with pytest.raises(SystemExit):
        check_adapter.main(["bank_calls", str(tmp_path), "--warehouse", str(tmp_path)])
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["genesys_cloud", "nice_cxone", "tencent_ccc", "tencent_desk"]
)
def test_samples_pass_with_every_test_of_a_build(name, capfd) -> None:
    """What check-adapter tells of a sample: sessions came of it, and tables that it can't tell."""
    assert check_adapter.main([name, str(SAMPLES / name)]) == 0
    said = capfd.readouterr().out
    filled, _, rest = said.partition("Not measured")
    assert re.search(r"^raw_sessions +[1-9]", filled, re.MULTILINE)
    assert "raw_sla_policies" in rest and "never 0" in rest
    assert "Quarantine" in rest
