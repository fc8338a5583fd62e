"""./scripts/build without dbt's data tests, which take it as long again as the models do: for tests
of what else a build does. Those of test_build.py have the whole command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from conftest import ROOT
from test_build import QUIETLY

ALLOWED = Path(__file__).with_name("untested_builds")
WITHOUT_TESTS = ("--exclude-resource-type", "test")


def build_untested(
    *arguments: str | Path, root: Path = ROOT, dbt: tuple[str, ...] = WITHOUT_TESTS
) -> subprocess.CompletedProcess:
    """`dbt`: what of the project dbt is to do."""
    return subprocess.run(
        [sys.executable, "-m", "contact_center.build", *QUIETLY, *map(str, arguments), "--", *dbt],
        env={**os.environ, "PYTHONPATH": f"{ALLOWED}:{root / 'scripts'}"},
        capture_output=True, text=True, check=False,
    )


def build_untested_well(*arguments: str | Path) -> str:
    result = build_untested(*arguments)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
