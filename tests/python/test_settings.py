"""Plain dbt with other variables: no selection may mix two definitions in one warehouse."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import run_dbt


@pytest.fixture
def warehouse(demo_warehouse: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_warehouse, tmp_path / demo_warehouse.name))


def test_a_selection_with_another_setting_is_refused(warehouse: Path) -> None:
    result = run_dbt(
        "run", warehouse, "--select", "agent_analysis_daily",
        variables={"response_threshold_seconds": 60},
    )
    assert result.returncode != 0
    assert "The last build had response_threshold_seconds '30', now it is '60'." in result.stdout
    assert "leave the selection out" in result.stdout


def test_a_selection_with_the_same_settings_is_run(warehouse: Path) -> None:
    result = run_dbt("run", warehouse, "--select", "agent_analysis_daily")
    assert result.returncode == 0, result.stdout[-3000:]
