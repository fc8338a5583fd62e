"""bi/ is what the marts' YAML makes of it, and the YAML says how each column adds up."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest
import yaml
from conftest import ROOT

from contact_center.formulas import ADDITIVE, HIGHEST, columns_in, is_sum, is_total
from contact_center.semantics import catalogue, metricflow_models, superset_datasets, writing
from contact_center.semantics.catalogue import CatalogueError, read_marts
from contact_center.semantics.metricflow_names import metric_label, metric_name
from contact_center.semantics.superset_boards import BOARDS
from contact_center.semantics.superset_charts import metric_labels
from contact_center.superset import uri_of, write_bundle

# Of several rows they can't be had: clock times, and distinct customers.
OF_ONE_ROW = {"A1", "A2", "A13"}


@pytest.fixture(scope="module")
def connection(demo_warehouse: Path):
    with duckdb.connect(str(demo_warehouse), read_only=True) as opened:
        yield opened


def test_the_files_are_what_the_catalogue_makes() -> None:
    """Else: ./scripts/write-bi."""
    made = writing.files()
    there = {
        name: (writing.FOLDER / name).read_text(encoding="utf-8") for name in writing.written()
    }
    assert set(there) == set(made)
    assert [name for name, text in made.items() if there[name] != text] == []


def test_what_is_gone_is_removed(tmp_path: Path) -> None:
    writing.write(tmp_path)
    (tmp_path / "superset" / "charts" / "former.yaml").write_text("slice_name: Former\n")
    changed = tmp_path / "superset" / "metadata.yaml"
    changed.write_text("type: something\n")
    assert sorted(writing.write(tmp_path)) == [
        "superset/charts/former.yaml", "superset/metadata.yaml"
    ]
    assert writing.write(tmp_path) == []


@pytest.mark.parametrize("name", read_marts())
def test_each_rate_is_its_formula(connection, name: str) -> None:
    """Row by row, for otherwise the sums of other rows would give another figure."""
    for column in read_marts()[name].columns:
        if column.over_rows != "quotient":
            continue
        [(rows, wrong)] = connection.execute(f"""
            select
                count(*),
                count(*) filter (
                    where {column.name} is distinct from formula
                    and not coalesce(abs({column.name} - formula) <= 1e-9 * abs(formula), false)
                )
            from (
                select {column.name}, ({column.above}) / nullif({column.below}, 0) as formula
                from marts.{name}
            )
        """).fetchall()
        assert (column.name, wrong) == (column.name, 0) and rows


def test_every_indicator_can_be_asked_for(connection) -> None:
    ids = {id for (id,) in connection.execute("select id from marts.metric_catalog").fetchall()}
    asked = {column.id for mart in read_marts().values() for column in mart.figures if column.id}
    assert asked == ids - OF_ONE_ROW


def test_formulas_are_the_published_ones(connection) -> None:
    published = {
        (relation, column): formula for relation, column, formula in connection.execute(
            "select relation, column_name, formula from marts.metric_catalog"
        ).fetchall()
    }
    ours = {
        (mart.name, column.name): column.formula
        for mart in read_marts().values() for column in mart.columns if column.id
    }
    assert {key: ours[key] for key in published if key in ours} == {
        key: formula for key, formula in published.items() if key in ours
    }


def test_no_dataset_has_a_rate_to_be_averaged() -> None:
    for mart in read_marts().values():
        rates = {column.name for column in mart.columns if column.over_rows == "quotient"}
        described = superset_datasets.dataset(mart)
        assert rates.isdisjoint(column["column_name"] for column in described["columns"])
        assert rates <= {metric["metric_name"] for metric in described["metrics"]}


def test_every_figure_is_a_metric_of_its_own_name() -> None:
    named = [
        (metric_name(mart, column), metric_label(mart, column))
        for mart in read_marts().values() for column in mart.figures
    ]
    assert [len(set(words)) for words in zip(*named, strict=True)] == [len(named)] * 2
    queues, digital = (read_marts()[f"{name}_metrics_daily"] for name in ("queue", "digital"))
    assert metric_name(queues, queues["service_level_rate"]) == "service_level_rate"
    assert metric_name(digital, digital["closed_session_count"]) \
        == "digital_metrics_closed_session_count"


def test_no_metric_is_the_average_of_anything() -> None:
    """And the halves of each quotient are sums, of which MetricFlow knows no other day's."""
    for mart in read_marts().values():
        described = metricflow_models.document(mart)
        measures = described["semantic_models"][0]["measures"]
        assert {measure["agg"] for measure in measures} <= {"sum", "max"}
        for column in mart.figures:
            if column.over_rows == "quotient":
                parts = columns_in(f"{column.above} {column.below}")
                assert {mart[part].over_rows for part in parts} == {"sum"}
        rates = [metric for metric in described["metrics"] if metric["name"].endswith("_rate")]
        assert {metric["type"] for metric in rates} <= {"ratio", "derived"}


def test_a_rate_over_days_weighs_them() -> None:
    """1 of 1 and 0 of 3 is a quarter; the mean of both days' rates would be a half."""
    column = read_marts()["queue_metrics_daily"]["abandoned_rate"]
    rows = "(values (1, 0), (0, 3)) as marts (abandoned_leg_count, answered_leg_count)"
    assert duckdb.sql(
        f"select {superset_datasets.expression(column)} from {rows}"
    ).fetchall() == [(0.25,)]


def test_a_level_is_that_of_the_last_day() -> None:
    """2 + 1 lie open on the 2nd; the sum of all days would be 8."""
    column = read_marts()["backlog_daily"]["open_at_end_count"]
    rows = """(values
        (date '2026-03-01', 5), (date '2026-03-02', 2), (date '2026-03-02', 1)
    ) as marts (date_day, open_at_end_count)"""
    assert duckdb.sql(
        f"select {superset_datasets.expression(column)} from {rows}"
    ).fetchall() == [(3,)]


@pytest.mark.parametrize("column", [
    {"name": "new_rate", "unit": "ratio"}, {"name": "avg_new_seconds", "unit": "seconds"},
])
def test_a_rate_without_a_formula_is_refused(column: dict) -> None:
    described = {
        "name": column["name"], "data_type": "double", "description": "New.",
        "config": {"meta": {"label_en": "New", "unit": column["unit"]}},
    }
    with pytest.raises(CatalogueError, match=r"a_daily\.\w+: .*Give it a formula"):
        catalogue._column("a_daily", described, ("date_day",))


def test_charts_have_keys_and_titles_of_their_own() -> None:
    for board in BOARDS:
        assert len({chart.title for chart in board.charts}) == len(board.charts)
        assert all(sum(width for _, width in row) == 12 for row in board.rows)
    keys = [chart.key for board in BOARDS for chart in board.charts]
    assert len(set(keys)) == len(keys)


def test_the_locks_name_no_index() -> None:
    for path in ROOT.glob("requirements*.lock"):
        assert "://" not in path.read_text(encoding="utf-8")


def test_metricflow_only_reads() -> None:
    profile = yaml.safe_load((writing.FOLDER / "metricflow" / "profiles.yml").read_text())
    [output] = profile["contact_center_metrics"]["outputs"].values()
    assert output["path"] == ":memory:"
    assert [attached["read_only"] for attached in output["attach"]] == [True]


def test_the_database_is_opened_for_reading() -> None:
    text = (writing.FOLDER / "superset" / "databases" / "contact_center.yaml").read_text()
    database = yaml.safe_load(text)
    assert database["extra"]["engine_params"] == {"connect_args": {"read_only": True}}
    assert not database["allow_dml"]


def test_series_in_order_stand_so_though_sorted_by_their_names() -> None:
    charts = [chart for board in BOARDS for chart in board.charts if chart.in_order]
    for chart in charts:
        labels = metric_labels(chart, read_marts()[chart.mart])
        assert labels == sorted(labels) and list(chart.metrics) != sorted(chart.metrics)
    assert [chart.key for chart in charts] == ["ages"]


def test_what_adds_up_is_told_alike_in_python_and_in_sql() -> None:
    macros = (ROOT / "macros" / "counts.sql").read_text(encoding="utf-8")
    assert f"name.endswith({ADDITIVE})" in macros
    assert f"name.startswith({HIGHEST})" in macros


def test_averages_percentiles_and_limits_do_not_add_up() -> None:
    for name in ("avg_queue_seconds", "pooled_avg_response_seconds", "p90_seconds", "upper_seconds",
                 "target_seconds", "service_level", "date_day"):
        assert not is_total(name), name
    assert is_total("longest_queue_seconds") and not is_sum("longest_queue_seconds")
    assert is_sum("score_total") and is_sum("customer_count")


@pytest.mark.parametrize("uri", [
    uri_of(Path("/data/o'brien/a b/客服.duckdb")), "postgresql://user:p%40'w@host/db",
])
def test_a_bundle_has_its_uri_whatever_is_in_it(tmp_path: Path, uri: str) -> None:
    write_bundle(tmp_path / "bundle.zip", uri)
    with ZipFile(tmp_path / "bundle.zip") as bundle:
        database = yaml.safe_load(
            bundle.read("contact_center/databases/contact_center.yaml")
        )
    assert database["sqlalchemy_uri"] == uri


def test_a_path_is_no_url() -> None:
    """What SQLAlchemy takes for the file's name ends at a ? only, and stays as it is."""
    path = Path("/data/a b/客服 100%.duckdb")
    found = re.fullmatch(r"duckdb://[^/]*/([^?]*)", uri_of(path))
    assert found and found[1] == str(path)
