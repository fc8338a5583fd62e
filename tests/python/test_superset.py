"""./scripts/superset in its own environment: what it imports, and what its charts show."""

from __future__ import annotations

import datetime
import re
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import duckdb
import httpx
import pytest
from conftest import ROOT
from dashboards import expected, keys
from licences import assert_taken, told

from contact_center import superset
from contact_center.semantics.catalogue import read_marts
from contact_center.semantics.superset_boards import BOARDS
from contact_center.semantics.superset_charts import DATE, Chart, metric_labels
from contact_center.semantics.words import NAMES

pytestmark = pytest.mark.superset
COMMAND = ROOT / "scripts" / "superset"
CHARTS = [chart for board in BOARDS for chart in board.charts]
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FIRST_START = 600


@dataclass
class Running:
    """A Superset of the demo, and its interface as the administrator."""

    folder: Path
    warehouse: Path
    client: httpx.Client

    def get(self, path: str, **query: str) -> dict:
        answer = self.client.get(f"/api/v1/{path}", params=query)
        assert answer.status_code == 200, answer.text[:2000]
        return answer.json()

    def ids(self) -> dict[str, int]:
        """Of the charts, by their uuid."""
        charts = self.get("chart/", q="(page_size:100,columns:!(id,uuid))")["result"]
        return {chart["uuid"]: chart["id"] for chart in charts}


@pytest.fixture(scope="session")
def environment() -> None:
    result = subprocess.run(
        [COMMAND, "--environment-only"], capture_output=True, text=True, check=False
    )
    if result.returncode:
        pytest.skip(f"Superset is not tested, it can't be installed: {result.stderr[-1000:]}")


@pytest.fixture(scope="session")
def running(environment, demo_warehouse: Path, tmp_path_factory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("superset")
    warehouse = Path(shutil.copy(demo_warehouse, folder / "demo.duckdb"))
    port = free_port()
    with (folder / "said.txt").open("w") as said:
        server = subprocess.Popen(
            [COMMAND, "--warehouse", warehouse, "--port", str(port)],
            stdout=said, stderr=subprocess.STDOUT,
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
            wait(server, client, folder / "said.txt")
            client.headers["Authorization"] = f"Bearer {token(client, folder / 'superset')}"
            yield Running(folder / "superset", warehouse, client)
    finally:
        server.terminate()
        server.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait(server: subprocess.Popen, client: httpx.Client, said: Path) -> None:
    for _ in range(FIRST_START):
        assert server.poll() is None, said.read_text()[-3000:]
        try:
            if client.get("/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(1)
    raise AssertionError(said.read_text()[-3000:])


def token(client: httpx.Client, folder: Path) -> str:
    answer = client.post("/api/v1/security/login", json={
        "username": superset.USER, "password": (folder / "password").read_text(),
        "provider": "db", "refresh": False,
    })
    return answer.json()["access_token"]


@pytest.fixture(scope="session")
def names(marts) -> dict[str, dict]:
    return {
        dimension: dict(marts.execute(f"select {key}, {name} from {dimension}").fetchall())
        for _, dimension, key, name in NAMES.values()
    }


def rows_of(marts: duckdb.DuckDBPyConnection, mart: str) -> list[dict]:
    found = marts.execute(f"select * from {mart}")
    columns = [column[0] for column in found.description]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def shown(chart: Chart, data: list[dict]) -> dict:
    return {
        tuple(as_day(row[name]) if name == DATE else row[name] for name in keys(chart)):
        tuple(row[label] for label in metric_labels(chart, read_marts()[chart.mart]))
        for row in data
    }


def as_day(milliseconds: float) -> str:
    return datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.UTC).date().isoformat()


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.key)
def test_a_chart_shows_the_marts_figures(
    running: Running, marts, names: dict[str, dict], chart: Chart
) -> None:
    [result] = running.get(f"chart/{running.ids()[chart.id]}/data/")["result"]
    found = shown(chart, result["data"])
    computed = expected(chart, read_marts()[chart.mart], rows_of(marts, chart.mart), names)
    assert set(found) == set(computed) and len(found) == len(result["data"])
    for key, figures in computed.items():
        assert found[key] == tuple(
            value if value is None else pytest.approx(value, rel=1e-9) for value in figures
        ), key


def test_tiles_equal_the_facts(running: Running, marts) -> None:
    """By queries that have nothing of the catalogue's."""
    [(level, abandoned, answer)] = marts.execute("""
        select
            count(*) filter (where result = 'answered' and is_within_service_level)
            / count(*) filter (where result in ('answered', 'abandoned')),
            count(*) filter (where result = 'abandoned')
            / count(*) filter (where result in ('answered', 'abandoned')),
            avg(queue_seconds) filter (where result = 'answered')
        from fct_queue_legs
    """).fetchall()
    [(handle,)] = marts.execute("select avg(handle_seconds) from fct_agent_contacts").fetchall()
    [(occupancy,)] = marts.execute("""
        select
            sum(activity_seconds) filter (where state in ('idle', 'busy') and concurrency > 0)
            / sum(activity_seconds) filter (where state in ('idle', 'busy'))
        from fct_agent_activity
    """).fetchall()
    for key, value in {
        "service_level": level, "abandoned": abandoned, "answer": answer, "handle": handle,
        "occupancy": occupancy,
    }.items():
        [chart] = [chart for chart in CHARTS if chart.key == key]
        [result] = running.get(f"chart/{running.ids()[chart.id]}/data/")["result"]
        assert result["data"] == [{chart.metrics[0]: pytest.approx(value)}], key


def test_a_dashboards_filters_reach_the_figures(running: Running, marts) -> None:
    """Days, a company and a channel, as the filters beside the charts ask."""
    [(company, channel)] = marts.execute("""
        select company_name, channel_name
        from queue_metrics_daily inner join dim_companies using (company_id)
        inner join dim_channels using (channel_id)
        group by all order by sum(queued_leg_count) desc limit 1
    """).fetchall()
    [(first, last, value)] = marts.execute("""
        with days as (select min(date_day) + 7 as first, max(date_day) - 7 as last
            from queue_metrics_daily)
        select any_value(first), any_value(last),
            sum(answered_within_leg_count)
            / (sum(answered_leg_count) + sum(abandoned_leg_count))
        from queue_metrics_daily inner join dim_companies using (company_id)
        inner join dim_channels using (channel_id), days
        where company_name = $1 and channel_name = $2 and date_day between first and last
    """, [company, channel]).fetchall()
    dataset = running.get("dataset/", q="(filters:!((col:table_name,opr:eq,value:"
                          "queue_metrics_daily)))")["result"][0]["id"]
    until = last + datetime.timedelta(days=1)
    answer = running.client.post("/api/v1/chart/data", json={
        "datasource": {"id": dataset, "type": "table"},
        "queries": [{
            "metrics": ["service_level_rate"], "columns": [],
            "filters": [
                {"col": DATE, "op": "TEMPORAL_RANGE", "val": f"{first} : {until}"},
                {"col": "company_name", "op": "IN", "val": [company]},
                {"col": "channel_name", "op": "IN", "val": [channel]},
            ],
        }],
        "result_format": "json", "result_type": "full",
    })
    assert answer.status_code == 200, answer.text[:2000]
    assert answer.json()["result"][0]["data"] == [{"service_level_rate": pytest.approx(value)}]


def test_dashboards_have_their_charts_and_filters(running: Running) -> None:
    datasets = {
        found["table_name"]: found["id"]
        for found in running.get("dataset/", q="(page_size:100)")["result"]
    }
    for board in BOARDS:
        slug = f"contact-center-{board.key}"
        charts = running.get(f"dashboard/{slug}/charts")["result"]
        assert {chart["slice_name"] for chart in charts} == {c.title for c in board.charts}
        filters = running.get(f"dashboard/{slug}")["result"]["json_metadata"]
        assert filters.count('"NATIVE_FILTER-') == len(board.filters) + 1
        for _, column, mart in board.filters:
            dataset = running.get(f"dataset/{datasets[mart]}")["result"]
            assert column in {found["column_name"] for found in dataset["columns"]}


def test_superset_imports_the_bundle_by_its_own_command(running: Running, tmp_path: Path) -> None:
    """With other uuids and names, as into a Superset that has none of it yet."""
    bundle = tmp_path / "bundle.zip"
    assert superset.main([
        "--bundle", str(bundle), "--warehouse", str(running.warehouse)
    ]) == 0
    other = tmp_path / "other.zip"
    with ZipFile(bundle) as read, ZipFile(other, "w") as written:
        for name in read.namelist():
            text = UUID.sub(lambda found: str(uuid.uuid5(uuid.NAMESPACE_OID, found[0])),
                            read.read(name).decode())
            text = text.replace("database_name: Contact center", "database_name: Other")
            text = re.sub("^table_name: ", "table_name: other_", text, flags=re.MULTILINE)
            written.writestr(name, text.replace("slug: contact-center", "slug: other"))
    before = running.ids()
    superset.run(running.folder, [
        "superset", "import-dashboards", "--path", str(other), "--username", superset.USER,
    ], {})
    assert len(running.ids()) == len(before) + len(CHARTS)
    for board in BOARDS:
        assert len(running.get(f"dashboard/other-{board.key}/charts")["result"]) \
            == len(board.charts)


def test_a_second_start_brings_changes_in(running: Running) -> None:
    """Also those of charts, which Superset's own command would leave as they are."""
    chart = running.ids()[CHARTS[0].id]
    token = running.get("security/csrf_token/")["result"]
    answer = running.client.put(
        f"/api/v1/chart/{chart}", json={"slice_name": "Changed"}, headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 200, answer.text
    before = running.ids()
    subprocess.run(
        [COMMAND, "--prepare-only", "--warehouse", running.warehouse], check=True,
        capture_output=True,
    )
    assert running.get(f"chart/{chart}")["result"]["slice_name"] == CHARTS[0].title
    assert running.ids() == before


def test_no_warehouse_is_told(environment, tmp_path: Path, capsys) -> None:
    assert superset.main(["--warehouse", str(tmp_path / "none.duckdb")]) == 1
    assert "none.duckdb' isn't there yet; ./scripts/build makes it" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_superset_brings_licences_that_are_taken(environment) -> None:
    assert_taken(told(
        ROOT / ".venv-superset" / "bin" / "python", ROOT / "requirements-superset.lock"
    ))
