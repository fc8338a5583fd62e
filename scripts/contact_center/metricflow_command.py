"""Run by MetricFlow's own Python: its command, without asking the network for a later release."""

from __future__ import annotations


def main() -> None:
    from dbt_metricflow.cli import main as command

    command.UpdateChecker.check = lambda *_, **__: None
    command.cli(prog_name="./scripts/metricflow")


if __name__ == "__main__":
    main()
