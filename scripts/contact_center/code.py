"""Checksums of the project's own files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from . import ROOT

READ_BY_DBT = ("models", "macros", "seeds", "tests", "profiles")
ENDINGS = {".sql", ".yml", ".yaml", ".md", ".csv", ".py"}


def definitions() -> str:
    """Of what defines figures: other SQL, other figures, so all rows anew."""
    return checksum(path for path in below("models", "macros") if path.suffix == ".sql")


def everything() -> str:
    """Of all that a build's outcome depends on, besides its data and variables."""
    return checksum([*read_by_dbt(), *below("scripts"), ROOT / "requirements.lock"])


def read_by_dbt() -> list[Path]:
    """The files from which dbt makes its manifest."""
    return [ROOT / "dbt_project.yml", *below(*READ_BY_DBT)]


def below(*names: str) -> list[Path]:
    found = []
    for name in names:
        for folder, folders, files in os.walk(ROOT / name):
            folders[:] = [one for one in folders if Path(folder, one) != ROOT / "tests" / "python"]
            found += [Path(folder, one) for one in files if Path(one).suffix in ENDINGS]
    return sorted(found)


def checksum(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()
