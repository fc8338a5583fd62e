"""Parts of the project by name (selectors.yml), for CI among them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import run_dbt


@pytest.fixture(scope="module")
def state(tmp_path_factory) -> Path:
    """The manifest of what is in production, whose warehouse has the same name elsewhere."""
    folder = tmp_path_factory.mktemp("production")
    result = run_dbt("parse", folder / "contact_center.duckdb")
    assert result.returncode == 0, result.stdout
    return folder / "contact_center-dbt"


def selected(folder: Path, selector: str, *arguments: str) -> set[str]:
    result = run_dbt(
        "ls", folder / "contact_center.duckdb", "--quiet", "--output", "name",
        "--selector", selector, *arguments,
    )
    assert result.returncode == 0, result.stdout
    return {line for line in result.stdout.splitlines() if line and " " not in line}


def test_nothing_has_changed_in_another_place(state: Path, tmp_path: Path) -> None:
    assert selected(tmp_path, "changed", "--state", str(state)) == set()


def test_what_has_changed_comes_with_what_is_made_of_it(state: Path, tmp_path: Path) -> None:
    manifest = json.loads((state / "manifest.json").read_text())
    changed = manifest["nodes"]["model.contact_center.tag_attachments"]
    changed["raw_code"] = "select 'as it was'"
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "manifest.json").write_text(json.dumps(manifest))
    found = selected(tmp_path, "changed", "--state", str(tmp_path / "state"))
    assert {"tag_attachments", "fct_tag_attachments", "tag_metrics_daily"} <= found
    assert not {"tag_events_to_build", "queue_metrics_daily"} & found


def test_a_family_comes_with_what_it_is_made_of(tmp_path: Path) -> None:
    found = selected(tmp_path, "queues")
    assert {"queue_metrics_daily", "arrivals_heatmap", "queue_legs", "stg_sessions"} <= found
    assert not {"survey_metrics_daily", "agent_analysis_daily", "fct_turns"} & found
    assert {"fct_sessions", "metric_catalog"} <= selected(tmp_path, "marts")
    assert "sessions" not in selected(tmp_path, "marts")
    assert "arrivals_heatmap" in selected(tmp_path, "report")
