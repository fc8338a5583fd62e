"""What whoever works on the project, or builds each hour, waits for: the demo, and nothing new."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from .. import ROOT
from .processes import Measurement, measured


@dataclass
class Daily:
    """Builds of the demo into a file that wasn't there, and again with nothing new."""

    demo: list[Measurement] = field(default_factory=list)
    nothing_new: list[Measurement] = field(default_factory=list)


def measure_daily(folder: Path, runs: int) -> Daily:
    """The environment is ready: dbt's manifest is there from a build that isn't counted."""
    print("The demo, and nothing new", file=sys.stderr)
    results = Daily()
    for number in range(runs + 1):
        warehouse = folder / str(number) / "demo.duckdb"
        first, second = (build_demo(warehouse, folder) for _ in range(2))
        if number > 0:
            results.demo.append(first)
            results.nothing_new.append(second)
    return results


def build_demo(warehouse: Path, folder: Path) -> Measurement:
    command = [
        sys.executable, "-m", "contact_center.build", "--no-report", "--warehouse", warehouse,
    ]
    return measured(command, folder / "demo.log", PYTHONPATH=str(ROOT / "scripts"))
