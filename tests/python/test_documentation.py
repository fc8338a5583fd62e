"""Every public relation is documented: its columns, their labels, and the 55 indicators."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from conftest import DBT, ROOT

from contact_center.intake.macros import Project

INDICATORS = (
    [f"S{number}" for number in range(1, 10)]
    + [f"A{number}" for number in range(1, 27)]
    + [f"N{number}" for number in range(1, 21)]
    + [f"Q{number}" for number in range(1, 10)]
    + [f"H{number}" for number in range(1, 6)]
    + [f"O{number}" for number in range(1, 8)]
    + [f"W{number}" for number in range(1, 11)]
    + [f"P{number}" for number in range(1, 6)]
    + [f"L{number}" for number in range(1, 5)]
    + [f"R{number}" for number in range(1, 6)]
    + [f"T{number}" for number in range(1, 3)]
    + [f"C{number}" for number in range(1, 5)]
    + [f"V{number}" for number in range(1, 7)]
)
LABELS = ("label_en", "label_zh", "unit")
UNITS = {"count", "seconds", "ratio", "timestamp", "date", "text", "number", "boolean"}
INDICATOR_FIELDS = ("source", "formula", "date_basis", "better", "channels")
# The marts in which an indicator is defined; the other marts of a family repeat their columns.
DEFINING_MARTS = {
    "session_analysis_daily",
    "agent_analysis_daily",
    "digital_metrics_daily",
    "tag_metrics_daily",
    "queue_metrics_daily",
    "contact_metrics_daily",
    "agent_activity_daily",
    "backlog_daily",
    "sla_metrics_daily",
    "resolution_metrics_daily",
    "transfers_daily",
    "bot_metrics_daily",
    "survey_metrics_daily",
    "survey_requests_daily",
}


@pytest.fixture(scope="module")
def public_models(tmp_path_factory) -> list[dict]:
    """The public models as the manifest has them."""
    scratch = tmp_path_factory.mktemp("manifest")
    result = subprocess.run(
        [
            DBT, "--no-use-colors", "parse", "--profiles-dir", "profiles",
            "--target-path", scratch, "--log-path", scratch,
        ],
        cwd=ROOT,
        env={**os.environ, "CONTACT_CENTER_WAREHOUSE": str(scratch / "none.duckdb")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]
    nodes = json.loads((scratch / "manifest.json").read_text())["nodes"].values()
    return [n for n in nodes if n["resource_type"] == "model" and n["access"] == "public"]


def columns_of(models: list[dict]) -> list[tuple[str, dict, dict]]:
    """(relation.column, column, its meta) of every documented column."""
    return [
        (f"{model['name']}.{column['name']}", column, column["config"]["meta"])
        for model in models
        for column in model["columns"].values()
    ]


def test_every_mart_is_public(public_models):
    """What facts and marts are made of isn't: it lies in folders named internal."""
    files = {
        path.stem for path in (ROOT / "models" / "marts").rglob("*.sql")
        if path.parent.name != "internal"
    }
    assert {model["name"] for model in public_models} == files


def test_every_model_and_column_has_a_description(public_models):
    missing = [model["name"] for model in public_models if not model["description"].strip()]
    missing += [model["name"] for model in public_models if not model["columns"]]
    missing += [
        name for name, column, _ in columns_of(public_models) if not column["description"].strip()
    ]
    assert not missing


def test_every_column_has_a_type_labels_and_a_unit(public_models):
    missing = [
        f"{name}: {label}"
        for name, column, meta in columns_of(public_models)
        for label in ("data_type", *LABELS)
        if not (column["data_type"] if label == "data_type" else meta.get(label))
    ]
    unknown = [
        f"{name}: {meta['unit']}"
        for name, _, meta in columns_of(public_models)
        if meta.get("unit") and meta["unit"] not in UNITS
    ]
    assert not missing + unknown


def test_every_stored_relation_enforces_its_contract(public_models):
    assert not [
        model["name"]
        for model in public_models
        if not model["config"]["contract"]["enforced"]
        and model["config"]["materialized"] != "range_function"
    ]


def test_each_indicator_is_documented_once(public_models):
    marts = [model for model in public_models if model["name"] in DEFINING_MARTS]
    times = Counter(meta["id"] for _, _, meta in columns_of(marts) if "id" in meta)
    assert {i: times[i] for i in INDICATORS} == dict.fromkeys(INDICATORS, 1)
    assert set(times) == set(INDICATORS)


def test_every_indicator_is_described_in_full(public_models):
    missing = [
        f"{name}: {field}"
        for name, _, meta in columns_of(public_models)
        if "id" in meta
        for field in INDICATOR_FIELDS
        if not meta.get(field)
    ]
    assert not missing


def test_the_documented_columns_are_the_built_ones(public_models, demo_warehouse: Path):
    different = []
    with duckdb.connect(demo_warehouse, read_only=True) as connection:
        for model in public_models:
            relation = f"marts.{model['name']}"
            if model["config"]["materialized"] == "range_function":
                relation += "(date '2026-01-01', date '2026-12-31')"
            built = connection.sql(f"select * from {relation} limit 0")
            documented = [(c["name"], c["data_type"]) for c in model["columns"].values()]
            columns = [
                (name, str(data_type).lower())
                for name, data_type in zip(built.columns, built.types, strict=True)
            ]
            if documented != columns:
                different.append((model["name"], set(documented) ^ set(columns) or "order"))
    assert not different


def test_the_metric_catalog_lists_every_indicator_in_order(demo_warehouse: Path):
    with duckdb.connect(demo_warehouse, read_only=True) as connection:
        rows = connection.sql("select id from marts.metric_catalog").fetchall()
    assert [row[0] for row in rows] == INDICATORS


def test_the_table_of_the_definitions_is_the_catalogue(demo_warehouse: Path):
    """Id, name, column, date basis and channels; the formulas are put in other words there."""
    table = [
        [cell.strip(" `*") for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs" / "definitions.md").read_text().splitlines()
        if line.startswith("| **")
    ]
    with duckdb.connect(demo_warehouse, read_only=True) as connection:
        rows = connection.sql(
            "select id, name_en, column_name, date_basis, channels from marts.metric_catalog"
        ).fetchall()
    assert [(row[0], row[1], row[2], row[4], row[5]) for row in table] == rows


def test_the_edges_of_the_bins_are_the_documented_ones():
    """Who asks for another number of seconds would get too few."""
    edges = [f"{edge:,}" for edge in Project().call("bin_edges")]
    text = " ".join((ROOT / "docs" / "definitions.md").read_text().split())
    assert f"The edges are {', '.join(edges[:-1])} and {edges[-1]} s:" in text
