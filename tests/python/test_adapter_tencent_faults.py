"""Tencent's adapters where files or variables aren't what they should be."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import run_dbt

CALL = '{"SessionId": "a", "Caller": "100", "Callee": "900"}\n'


def stored(folder: Path, **variables: object) -> subprocess.CompletedProcess:
    """Reads a folder of documents, and no more."""
    return run_dbt(
        "run", folder.parent / f"{folder.name}.duckdb", "--select", "tencent_ccc_documents",
        variables={"adapters": {"tencent_ccc": str(folder)}, **variables},
    )


def test_records_of_which_nothing_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    file = folder / "pushes.jsonl"
    refusal = '{"query": {"a": "b"}, "body": {"Response": {"Error": {"Code": "LimitExceeded"}}}}\n'
    as_text = '{"received_at": "2026-03-05T02:20:00Z", "body": "{}"}\n'
    empty = '{"query": {"a": "b"}, "body": {"Response": {"TotalCount": 0, "Messages": null}}}\n'
    file.write_text(CALL + "{broken\n" + '{"Other": "thing"}\n' + refusal + as_text + empty)
    said = stored(folder)
    assert said.returncode == 0, said.stdout
    told = " ".join(said.stdout.split())
    assert f"File '{file}' has 4 record(s) that are no whole JSON object" in told
    assert "hold nothing that is read" in told and "a body that is a text), line 2 first." in told
    # What a line says may name a person.
    assert "{broken" not in told
    file.write_text("{broken\n" + refusal)
    said = stored(folder)
    assert said.returncode != 0
    assert "holds a record that the adapter tencent_ccc knows" in " ".join(said.stdout.split())


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("tencent_scores", {"1": 7}, "a score of 1 to 5 for each key or label"),
        ("tencent_busy_states", ["dozing"], "a list of free, busy, afterCallWork, notReady, rest"),
        ("tencent_desk_events", {"Agent.Sent": "answered"}, "a meaning for each name, of"),
    ],
)
def test_variables_that_make_no_sense(
    tmp_path: Path, name: str, value: object, expected: str
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "pushes.jsonl").write_text(CALL)
    said = stored(folder, **{name: value})
    assert said.returncode != 0
    assert f"Variable {name} is" in said.stdout
    assert expected in " ".join(said.stdout.split())
