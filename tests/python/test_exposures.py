"""What dbt is told of the report and the dashboards is what they read; everything has an owner."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from conftest import DBT, ROOT
from manifests import Manifest, public_models, read_manifest

from contact_center import lake
from contact_center.report import main as report

SUPERSET = ROOT / "bi" / "superset"
JOINED = re.compile(r"\b(?:from|join) marts\.(\w+)")
PUBLIC = re.compile(r"\bmarts\.(\w+)")


@pytest.fixture(scope="module")
def manifest(tmp_path_factory) -> Manifest:
    return read_manifest(tmp_path_factory.mktemp("exposures"))


def depends_on(manifest: Manifest, exposure: str) -> set[str]:
    node = manifest["exposures"][f"exposure.contact_center.{exposure}"]
    return {unique_id.split(".")[-1] for unique_id in node["depends_on"]["nodes"]}


class Listening:
    """A connection that keeps the statements."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.statements: list[str] = []

    def execute(self, sql: str, *parameters: Any) -> duckdb.DuckDBPyConnection:
        self.statements.append(sql)
        return self.connection.execute(sql, *parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)

    def __enter__(self) -> Listening:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def test_the_report_reads_what_its_exposure_says(
    manifest: Manifest, demo_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = Listening(duckdb.connect(str(demo_warehouse), read_only=True))
    monkeypatch.setattr(lake, "open_warehouse", lambda _: connection)
    output = tmp_path / "report.html"
    assert report(["--warehouse", str(demo_warehouse), "--output", str(output)]) == 0
    public = {model["name"] for model in public_models(manifest)}
    read = set(PUBLIC.findall("\n".join(connection.statements))) & public
    assert "session_analysis_daily" in read
    assert depends_on(manifest, "report") & public == read


def read_by_dashboards() -> dict[str, set[str]]:
    """{dashboard: relations of its charts' datasets} of bi/superset."""

    def read(kind: str) -> dict[str, Any]:
        files = sorted((SUPERSET / kind).rglob("*.yaml"))
        return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}

    relations = {
        dataset["uuid"]: {dataset["table_name"], *JOINED.findall(dataset["sql"] or "")}
        for dataset in read("datasets").values()
    }
    charts = {chart["uuid"]: relations[chart["dataset_uuid"]] for chart in read("charts").values()}
    return {
        name: set().union(*(
            charts[part["meta"]["uuid"]] for part in dashboard["position"].values()
            if isinstance(part, dict) and part.get("type") == "CHART"
        ))
        for name, dashboard in read("dashboards").items()
    }


def test_the_dashboards_read_what_their_exposures_say(manifest: Manifest) -> None:
    exposures = {
        node["name"].removeprefix("superset_"): depends_on(manifest, node["name"])
        for node in manifest["exposures"].values() if node["type"] == "dashboard"
    }
    assert exposures == read_by_dashboards()


def test_the_semantic_layer_stands_on_what_its_exposure_says(manifest: Manifest) -> None:
    models = (ROOT / "bi" / "metricflow" / "models" / "relations").glob("*.sql")
    assert depends_on(manifest, "metricflow") == {path.stem for path in models}


def test_every_model_has_a_group_and_every_group_an_owner(manifest: Manifest) -> None:
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    assert {node["config"]["group"] for node in models} == {"intake", "definitions", "figures"}
    assert {node["group"] for node in public_models(manifest)} == {"figures"}
    owners = [group["owner"]["name"] for group in manifest["groups"].values()]
    owners += [exposure["owner"]["name"] for exposure in manifest["exposures"].values()]
    assert len(owners) > 3 and all(owners)


def test_every_indicator_mart_has_a_family_and_every_family_a_selector(
    manifest: Manifest
) -> None:
    marts = [
        model for model in public_models(manifest)
        if model["fqn"][1:3] == ["marts", "indicators"]
    ]
    assert marts
    assert [model["name"] for model in marts if len(model["tags"]) != 1] == []
    selectors = yaml.safe_load((ROOT / "selectors.yml").read_text())["selectors"]
    of_tags = {
        selector["definition"]["value"] for selector in selectors
        if selector["definition"].get("method") == "tag"
    }
    assert of_tags == {tag for model in marts for tag in model["tags"]}


def test_dbt_docs_are_generated(demo_warehouse: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "contact_center.duckdb"
    shutil.copyfile(demo_warehouse, warehouse)
    result = subprocess.run(
        [
            DBT, "--no-use-colors", "docs", "generate", "--profiles-dir", "profiles",
            "--target-path", tmp_path / "target", "--log-path", tmp_path,
        ],
        cwd=ROOT, env={**os.environ, "CONTACT_CENTER_WAREHOUSE": str(warehouse)},
        capture_output=True, text=True, check=False,
    )
    assert result.returncode == 0, result.stdout
    assert (tmp_path / "target" / "index.html").exists()
    manifest = json.loads((tmp_path / "target" / "manifest.json").read_text())
    overview = manifest["docs"]["doc.contact_center.__overview__"]["block_contents"]
    assert "Where to begin" in overview
    catalog = json.loads((tmp_path / "target" / "catalog.json").read_text())
    sessions = catalog["nodes"]["model.contact_center.fct_sessions"]
    assert sessions["metadata"]["comment"] and sessions["columns"]["session_id"]["comment"]
    assert len(catalog["nodes"]) > 200
