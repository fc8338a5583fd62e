"""./scripts/metricflow in its own environment: its answers are the marts' figures."""

from __future__ import annotations

import csv
import json
import re
import shlex
import subprocess
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT
from licences import assert_taken, told

from contact_center import metricflow
from contact_center.formulas import summed
from contact_center.semantics.catalogue import Column, Mart, read_marts
from contact_center.semantics.metricflow_models import APART
from contact_center.semantics.metricflow_names import family, metric_name
from contact_center.semantics.words import names_of

pytestmark = pytest.mark.metricflow
COMMAND = ROOT / "scripts" / "metricflow"
MARTS = read_marts()
Answers = dict[tuple, dict[tuple, dict[str, float | None]]]


@pytest.fixture(scope="module")
def environment() -> None:
    result = subprocess.run([COMMAND, "prepare"], capture_output=True, text=True, check=False)
    if result.returncode and "metricflow:" not in result.stderr:
        pytest.skip(f"MetricFlow is not tested, it can't be installed: {result.stderr[-1000:]}")
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="module")
def answers(environment, demo_warehouse: Path) -> Answers:
    """Of each mart at each grain, {group: {metric: figure}}."""
    asked = [(mart, grain) for mart in MARTS.values() for grain in grains(mart)]
    found = ask(demo_warehouse, [
        {"metrics": metrics_of(mart), "group_by": [by for by, _ in grain]} for mart, grain in asked
    ])
    return {
        (mart.name, number_of(mart, grain)): by_group(answer, [by for by, _ in grain])
        for (mart, grain), answer in zip(asked, found, strict=True)
    }


def metrics_of(mart: Mart) -> list[str]:
    return [metric_name(mart, column) for column in mart.figures]


def grains(mart: Mart) -> list[list[tuple[str, str]]]:
    """Three: what MetricFlow is asked by, and the same in SQL; the first is the one of time."""
    names = names_of(mart)
    across = "channel" if "channel" in names else next(iter(names))
    alias = next(alias for alias in ("to_agent", "agent", "skill", "channel", "company")
                 if alias in names)
    id, dimension, key, name = names[alias]
    named = f"(select named.{name} from {dimension} as named where named.{key} = marked.{id})"
    apart = [(f"{family(mart)}__{column}", column) for column in APART.get(mart.name, ())]
    return [
        [("metric_time__day", "date_day")],
        [("metric_time__week", "date_trunc('week', date_day)"), (across, names[across][0])],
        [(f"{alias}__{name}", named), *apart],
    ]


def number_of(mart: Mart, grain: list[tuple[str, str]]) -> int:
    return grains(mart).index(grain)


def ask(warehouse: Path, questions: list[dict]) -> list[dict]:
    result = subprocess.run(
        [metricflow.PYTHON, ROOT / "tests" / "python" / "metricflow_answers.py"],
        env=metricflow.environment(warehouse), input=json.dumps(questions),
        capture_output=True, text=True, check=False,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    return json.loads(result.stdout)


def by_group(answer: dict, by: list[str]) -> dict[tuple, dict[str, float | None]]:
    rows = [dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"]]
    groups = {
        tuple(row[name] for name in by): {k: v for k, v in row.items() if k not in by}
        for row in rows
    }
    assert len(groups) == len(rows)
    return groups


def expected(
    marts: duckdb.DuckDBPyConnection, mart: Mart, grain: list[tuple[str, str]]
) -> dict[tuple, dict[str, float | None]]:
    groups = [f"{sql} as group_{number}" for number, (_, sql) in enumerate(grain)]
    # The days of which a level is the last one's: those of the week or of all.
    days = grain[0][1] if "date_day" in grain[0][1] else "1"
    figures = ", ".join(f"{sql_of(column)} as {metric_name(mart, column)}"
                        for column in mart.figures)
    found = marts.execute(f"""
        with marked as (
            select *, date_day = max(date_day) over (partition by {days}) as is_last
            from {mart.name}
        )
        select {", ".join(groups)}, {figures} from marked group by all
    """)
    columns = [column[0] for column in found.description]
    rows = [[as_text(value) for value in row] for row in found.fetchall()]
    answer = {"columns": columns, "rows": rows}
    return by_group(answer, columns[:len(grain)])


def sql_of(column: Column) -> str:
    if column.over_rows == "quotient":
        known = column.above if column.is_below_where_known else None
        return f"{summed(column.above)} / nullif({summed(column.below, known)}, 0)"
    if column.over_rows == "last_day":
        return f"sum({column.name}) filter (where is_last)"
    return f"{column.over_rows}({column.name})"


def as_text(value: object) -> object:
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("grain", range(3))
@pytest.mark.parametrize("name", MARTS)
def test_an_answer_is_the_marts_figures(answers: Answers, marts, name: str, grain: int) -> None:
    mart = MARTS[name]
    found = answers[name, grain]
    computed = expected(marts, mart, grains(mart)[grain])
    assert set(found) == set(computed)
    for group, figures in computed.items():
        assert found[group] == {
            metric: value if value is None else pytest.approx(value, rel=1e-9)
            for metric, value in figures.items()
        }, group


def test_rows_that_can_be_counted_by_hand(
    environment, demo_warehouse: Path, tmp_path: Path
) -> None:
    """Nothing measured stays NULL, a rate of nothing too, and rates are of sums."""
    warehouse = tmp_path / "by_hand.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(f"attach '{demo_warehouse}' as demo (read_only)")
        connection.execute("create schema marts")
        for relation in ("queue_metrics_daily", "backlog_daily"):
            connection.execute(
                f"create table marts.{relation} as from demo.marts.{relation} limit 0"
            )
        connection.execute("""
            insert into marts.queue_metrics_daily by name
            from (values
                (date '2026-03-02', 'chat', 0, 1, 50, null, null),
                (date '2026-03-03', 'chat', 3, 0, 20, 2, 40),
                (date '2026-03-02', 'voice', 0, 0, null, null, null)
            ) as rows (
                date_day, channel_id, answered_leg_count, abandoned_leg_count,
                longest_queue_seconds, business_queue_leg_count, business_queue_seconds
            )
        """)
        connection.execute("""
            insert into marts.backlog_daily by name
            from (values
                (date '2026-03-02', 'chat', 'a', 5, 4), (date '2026-03-02', 'voice', 'a', 1, 9),
                (date '2026-03-03', 'chat', 'a', 2, 1), (date '2026-03-03', 'chat', 'b', 1, 1)
            ) as rows (date_day, channel_id, skill_id, open_at_end_count, started_count)
        """)
    queue = [
        "answered_leg_count", "longest_queue_seconds", "queue_metrics_business_queue_seconds",
        "queue_metrics_avg_business_queue_seconds", "abandoned_rate",
    ]
    level = ["started_count", "open_at_end_count"]
    of_all, by_channel, levels, at_the_end, before = ask(warehouse, [
        {"metrics": queue, "group_by": []},
        {"metrics": queue, "group_by": ["channel"]},
        {"metrics": level, "group_by": ["channel"]},
        {"metrics": level, "group_by": []},
        {"metrics": level, "group_by": [], "where": [
            "{{ TimeDimension('metric_time', 'day') }} < '2026-03-03'"
        ]},
    ])
    assert by_group(of_all, []) == {(): dict(zip(queue, (3, 50, 40, 20, 0.25), strict=True))}
    assert by_group(by_channel, ["channel"]) == {
        ("chat",): dict(zip(queue, (3, 50, 40, 20, 0.25), strict=True)),
        ("voice",): dict(zip(queue, (0, None, None, None, None), strict=True)),
    }
    assert by_group(levels, ["channel"]) == {
        ("chat",): {"started_count": 6, "open_at_end_count": 3},
        # Nothing lay open there at the end: no row, and so no figure.
        ("voice",): {"started_count": 9, "open_at_end_count": None},
    }
    assert by_group(at_the_end, []) == {(): {"started_count": 15, "open_at_end_count": 3}}
    assert by_group(before, []) == {(): {"started_count": 13, "open_at_end_count": 6}}


def run(warehouse: Path, *arguments: str | Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [COMMAND, "--warehouse", warehouse, *arguments], capture_output=True, text=True,
        check=False,
    )


@pytest.mark.parametrize("line", re.findall(
    r"^\./scripts/metricflow (query .*)$", (ROOT / "docs" / "metricflow.md").read_text(), re.M
))
def test_the_documents_queries_give_rows(environment, demo_warehouse: Path, line: str) -> None:
    result = run(demo_warehouse, *shlex.split(line), "--quiet")
    assert result.returncode == 0, result.stdout + result.stderr
    assert len(result.stdout.splitlines()) > 5


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_query_of_the_command(environment, demo_warehouse: Path, marts, tmp_path: Path) -> None:
    """Two families, joined names, a filter and a range of days; against the facts."""
    output = tmp_path / "answer.csv"
    result = run(
        demo_warehouse, "query", "--metrics", "service_level_rate,avg_handle_seconds",
        "--group-by", "channel__channel_name", "--where", "{{ Entity('company') }} = 'acme-us'",
        "--start-time", "2026-01-05", "--end-time", "2026-03-29", "--csv", output,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    levels = dict(marts.execute("""
        select channel_name, count(*) filter (where result = 'answered' and is_within_service_level)
            / count(*) filter (where result in ('answered', 'abandoned'))
        from fct_queue_legs inner join dim_channels using (channel_id)
        where company_id = 'acme-us' and date_day between '2026-01-05' and '2026-03-29'
        group by all
    """).fetchall())
    costs = dict(marts.execute("""
        select channel_name, avg(handle_seconds)
        from fct_agent_contacts inner join dim_channels using (channel_id)
        where company_id = 'acme-us' and date_day between '2026-01-05' and '2026-03-29'
        group by all
    """).fetchall())
    found = {row["channel__channel_name"]: row for row in rows_of(output)}
    assert set(found) == set(levels) | set(costs) and len(found) > 1
    for channel, row in found.items():
        assert row["service_level_rate"] == or_nothing(levels.get(channel))
        assert row["avg_handle_seconds"] == or_nothing(costs.get(channel))


def or_nothing(value: float | None) -> object:
    return "" if value is None else Approximately(value)


class Approximately(float):
    """A number that equals the text of one near it."""

    def __eq__(self, text: object) -> bool:
        return float(str(text)) == pytest.approx(float(self))

    __hash__ = float.__hash__


def test_a_saved_query_of_the_command(
    environment, demo_warehouse: Path, marts, tmp_path: Path
) -> None:
    output = tmp_path / "answer.csv"
    result = run(demo_warehouse, "query", "--saved-query", "bot_metrics_by_channel_and_week",
                 "--csv", output)
    assert result.returncode == 0, result.stdout + result.stderr
    mart = MARTS["bot_metrics_daily"]
    weeks = marts.execute("""
        select count(distinct (date_trunc('week', date_day), channel_id)), sum(bot_session_count)
        from bot_metrics_daily
    """).fetchall()
    rows = rows_of(output)
    assert [(len(rows), sum(int(row["bot_session_count"]) for row in rows))] == weeks
    assert set(rows[0]) == {
        "metric_time__week", "channel", "channel__channel_name", *metrics_of(mart)
    }


def test_metricflow_finds_no_fault(environment, demo_warehouse: Path) -> None:
    """In what is written, apart from the warehouse, of which the answers are."""
    result = run(demo_warehouse, "validate-configs", "--skip-dw", "--show-all")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "ERRORS: 0, FUTURE_ERRORS: 0, WARNINGS: 0" in result.stdout + result.stderr


def test_what_cant_be_asked_is_told(environment, demo_warehouse: Path, tmp_path: Path) -> None:
    unknown = run(demo_warehouse, "query", "--metrics", "no_such_metric")
    assert unknown.returncode == 1 and "no_such_metric" in unknown.stdout + unknown.stderr
    missing = run(tmp_path / "none.duckdb", "query", "--metrics", "session_count")
    assert missing.returncode == 1
    assert "none.duckdb' isn't there yet; ./scripts/build makes it" in missing.stderr
    assert list(tmp_path.iterdir()) == []


def test_metricflow_brings_licences_that_are_taken(environment) -> None:
    assert_taken(told(metricflow.PYTHON, ROOT / "requirements-metricflow.lock"))
