"""docs/adapters/writing-one.md, followed to the letter: its files and lines make a working adapter,
and check-adapter says of it what the page says."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, copy_project

from contact_center.building import messages

PAGE = (ROOT / "docs" / "adapters" / "writing-one.md").read_text()
FILES = re.compile(r"^`([\w/]+\.\w+)`\n\n```\w+\n(.*?)```", re.MULTILINE | re.DOTALL)
LINES = {
    "dbt_project.yml": (r"```yaml\n(      desk_log:.*?)```", "      +materialized: view\n"),
    "macros/staging/adapter_tables.sql": (r"```jinja\n(.*?)```", "{% do return({\n"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that has followed the page."""
    root = copy_project(tmp_path_factory.mktemp("writing") / "project")
    for path, text in FILES.findall(PAGE):
        file = root / path if "/" in path else root / "data" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    for name, (block, marker) in LINES.items():
        [added] = re.findall(block, PAGE, re.DOTALL)
        text = (root / name).read_text()
        assert marker in text
        (root / name).write_text(text.replace(marker, marker + added, 1))
    return root


@pytest.fixture(scope="module")
def printed(project: Path) -> str:
    """What check-adapter prints in it."""
    result = check(project, "--unit-tests")
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def check(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["bash", root / "scripts" / "check-adapter", "desk_log", root / "data", *arguments],
        capture_output=True, text=True, check=False,
        # What fails is kept there.
        env={**os.environ, "TMPDIR": str(root.parent)},
    )


def table(printed: str, name: str) -> list[str]:
    [line] = re.findall(rf"^{name} +(\d.*)$", printed, re.MULTILINE)
    return line.split()


def test_tables_are_filled_as_the_page_says(printed: str) -> None:
    assert table(printed, "raw_sessions") == ["3", "3", "0", "0"]
    assert table(printed, "raw_session_events") == ["9", "8", "0", "1"]


def test_columns_are_told_by_how_far_they_are_filled(printed: str) -> None:
    sessions = printed.partition("\nraw_sessions\n")[2]
    always = "session_id, customer_id, direction, initiated_by, started_at"
    assert re.search(rf"always: +{always}", sessions)
    assert re.search(r"never: +company_id, channel_id", sessions)
    events = printed.partition("\nraw_session_events\n")[2]
    assert "agent_id 25.0%" in events  # 2 acceptances of 8 events


def test_what_is_missing_is_named(printed: str) -> None:
    missing = printed.partition("Not measured")[2]
    assert "raw_messages\n" in missing
    assert "raw_sessions\n" not in missing
    assert "S8 Average first response time" in missing
    assert "S1 " not in missing


def test_quarantine_is_told_with_its_reason_and_a_row(printed: str) -> None:
    [line] = [line for line in printed.splitlines() if "bad_timestamp: 1" in line]
    assert line.startswith("raw_session_events")
    assert '"event_id": "19/closed"' in line and '"occurred_at": "soon"' in line


def test_unit_tests_were_run(printed: str) -> None:
    assert "All of them hold." in printed


@pytest.mark.parametrize(("name", "right", "wrong", "told"), [
    (
        "macros/staging/adapter_tables.sql", "'raw_session_events': none},\n",
        "'raw_session_event': none},\n",
        "fills raw_session_event (macros/staging/adapter_tables.sql; docs/adapters/writing-one.md, "
        "step 2), which the event contract doesn't have; the nearest that it has is "
        "raw_session_events.",
    ),
    (
        "models/adapters/desk_log/desk_log_session_events.sql", "    occurred_at,\n    event_seq",
        "    occurred_at as ocurred_at,\n    event_seq",
        "_session_events has no column occurred_at and one ocurred_at: call it occurred_at.",
    ),
    (
        "models/adapters/desk_log/desk_log_sessions.sql", "materialized='table'",
        "materialized='ephemeral'", "desk_log_sessions is ephemeral",
    ),
])
def test_a_name_that_is_wrong_is_told_at_once(
    name: str, right: str, wrong: str, told: str, project: Path, printed: str
) -> None:
    text = (project / name).read_text()
    assert right in text
    (project / name).write_text(text.replace(right, wrong, 1))
    result = check(project)
    (project / name).write_text(text)
    assert result.returncode == 1
    assert told in result.stderr


@pytest.mark.parametrize(("said", "how"), [
    ("Compilation Error\n  Model 'model.contact_center.loads' (models/staging/loads.sql) "
     "depends on a node named 'desk_log_sessions' which was not found", "was not found"),
    ("'model.contact_center.loads' depends on 'model.contact_center.desk_log_sessions' which is "
     "not in the graph!", "is disabled"),
])
def test_a_model_that_an_adapter_lacks_is_told_with_what_to_do(said: str, how: str) -> None:
    told = messages.concise(said)
    assert told.startswith(f"The model desk_log_sessions {how}, and adapter_tables()")
    assert "docs/adapters/writing-one.md" in told
