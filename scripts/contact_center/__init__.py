"""The commands of scripts/: build, generate, export, query and benchmark."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def default_warehouse() -> Path:
    """The DuckDB file that CONTACT_CENTER_WAREHOUSE names, from the project's folder on."""
    named = os.environ.get("CONTACT_CENTER_WAREHOUSE")
    return ROOT / (named or Path("warehouse") / "contact_center.duckdb")
