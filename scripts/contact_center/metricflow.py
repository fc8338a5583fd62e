"""MetricFlow on a warehouse: metrics by any of their dimensions, as bi/metricflow names them.

    ./scripts/metricflow query --metrics service_level_rate --group-by metric_time__month
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from . import ROOT, code, default_warehouse

PROJECT = ROOT / "bi" / "metricflow"
PYTHON = ROOT / ".venv-metricflow" / "bin" / "python"
# MetricFlow looks for it in this place only.
PARSED = PROJECT / "target" / "semantic_manifest.json"
PARSED_OF = PROJECT / "target" / "parsed_of"
PREPARE = "prepare"
COMMANDS = ("query", "list", "validate-configs", "health-checks", PREPARE)


class MetricflowError(Exception):
    """A reason why MetricFlow isn't asked, in words for the person who called."""


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/metricflow",
        description="Asks MetricFlow for metrics of a warehouse.",
        epilog="MetricFlow's own help of a command: ./scripts/metricflow query -- --help",
    )
    parser.add_argument(
        "--warehouse", type=Path, metavar="FILE",
        help="default: $CONTACT_CENTER_WAREHOUSE, else warehouse/contact_center.duckdb",
    )
    parser.add_argument(
        "command", choices=COMMANDS,
        help=f"MetricFlow's own; {PREPARE} makes all ready and asks nothing",
    )
    parser.add_argument(
        "arguments", nargs=argparse.REMAINDER, metavar="...", help="what MetricFlow is told"
    )
    options = parser.parse_args(arguments)
    if options.arguments[:1] == ["--"]:
        del options.arguments[0]
    options.warehouse = (options.warehouse or default_warehouse()).absolute()
    return options


def main(arguments: list[str] | None = None) -> int:
    """Exit status: MetricFlow's own, 0 or 1; 1 also where it can't be asked; 2 wrong arguments."""
    options = parse(arguments)
    try:
        prepare()
        if options.command == PREPARE:
            return 0
        if options.warehouse.is_dir():
            raise MetricflowError(f"'{options.warehouse}' is a folder, not a DuckDB file")
        if not options.warehouse.is_file():
            raise MetricflowError(
                f"'{options.warehouse}' isn't there yet; ./scripts/build makes it"
            )
    except (MetricflowError, OSError) as error:
        print(f"metricflow: {error}", file=sys.stderr)
        return 1
    asked = ["-m", "contact_center.metricflow_command", options.command, *options.arguments]
    return subprocess.run(
        [str(PYTHON), *asked], env=environment(options.warehouse), check=False
    ).returncode


def environment(warehouse: Path) -> dict[str, str]:
    """In which MetricFlow's Python finds the project, and the warehouse."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "scripts"),
        "CONTACT_CENTER_WAREHOUSE": str(warehouse),
        "DBT_PROJECT_DIR": str(PROJECT),
        "DBT_PROFILES_DIR": str(PROJECT),
    }


def prepare() -> None:
    """What MetricFlow reads of the files, made anew where they have changed."""
    now = fingerprint()
    if PARSED.is_file() and PARSED_OF.is_file() and PARSED_OF.read_text() == now:
        return
    result = subprocess.run(
        [str(PYTHON), "-m", "dbt.cli.main", "parse", "--no-use-colors"],
        env=environment(default_warehouse()), capture_output=True, text=True, check=False,
    )
    if result.returncode:
        raise MetricflowError(f"dbt can't read {PROJECT}:\n{result.stdout[-3000:]}{result.stderr}")
    PARSED_OF.write_text(now)


def fingerprint() -> str:
    """Of what dbt reads, and of the packages that read it."""
    return code.checksum([
        *code.below("bi/metricflow/models"), PROJECT / "dbt_project.yml",
        PROJECT / "profiles.yml", ROOT / "requirements-metricflow.lock",
    ])


if __name__ == "__main__":
    sys.exit(main())
