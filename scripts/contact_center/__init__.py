"""The commands of scripts/."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def default_warehouse(name: str = "contact_center.duckdb") -> Path:
    """What CONTACT_CENTER_WAREHOUSE names, from the project's folder on."""
    named = os.environ.get("CONTACT_CENTER_WAREHOUSE")
    return ROOT / (named or Path("warehouse") / name)
