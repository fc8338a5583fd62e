"""Run by MetricFlow's own Python: answers many questions in one process, by its Python interface.

Takes a JSON list of {metrics, group_by, where} on standard input; gives one of {columns, rows}.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def main() -> None:
    from dbt_metricflow.cli.cli_configuration import CLIConfiguration

    settings = CLIConfiguration()
    settings.setup(configure_file_logging=False)
    json.dump([answer(settings.mf, question) for question in json.load(sys.stdin)], sys.stdout,
              default=str)


def answer(engine: Any, question: dict[str, list[str]]) -> dict[str, list]:
    from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

    found = engine.query(MetricFlowQueryRequest.create(
        metric_names=question["metrics"], group_by_names=question["group_by"] or None,
        where_constraints=question.get("where") or None,
    )).result_df
    return {"columns": list(found.column_names), "rows": [
        [as_json(value) for value in row] for row in found.rows
    ]}


def as_json(value: Any) -> Any:
    """Days as days, numbers as they are."""
    if hasattr(value, "date"):
        return value.date().isoformat()
    return value if value is None or isinstance(value, str | int | float) else float(value)


if __name__ == "__main__":
    main()
