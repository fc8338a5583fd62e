"""The house's own rules that nothing else holds: the length of files, an adapter's sample."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

FOLDERS = ("macros", "models", "scripts", "tests")
# Lines that a file may have: one that needs more is cut along its subjects.
MOST_LINES = {".sql": 150, ".py": 350}


def files_with(ending: str) -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob(f"*{ending}"))]


@pytest.mark.parametrize("ending", MOST_LINES)
def test_no_file_is_too_long(ending: str) -> None:
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in files_with(ending)
    }
    assert lines
    assert {name: count for name, count in lines.items() if count > MOST_LINES[ending]} == {}


def test_every_adapter_has_a_sample() -> None:
    """Its models are linted with it (scripts/lint); without one they would be none."""
    adapters = [path.name for path in (ROOT / "models" / "adapters").iterdir() if path.is_dir()]
    samples = ROOT / "tests" / "python" / "samples"
    assert adapters
    assert [name for name in adapters if not any(samples.glob(f"{name}/*"))] == []
