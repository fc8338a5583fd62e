"""Superset's dashboards as files: where each chart stands, and the filters beside them."""

from __future__ import annotations

from typing import Any

from .superset_boards import BOARDS, Board
from .superset_charts import Chart
from .superset_datasets import VERSION, Document, own_id

HEIGHTS = {"tile": 21, "table": 44}
HEIGHT = 50


def document(board: Board) -> Document:
    return {
        "dashboard_title": board.title,
        "description": board.description,
        "css": "",
        "slug": f"contact-center-{board.key}",
        "uuid": own_id("dashboard", board.key),
        "position": _position(board),
        "metadata": {
            "color_scheme": "supersetColors",
            "cross_filters_enabled": True,
            "refresh_frequency": 0,
            "timed_refresh_immune_slices": [],
            "expanded_slices": {},
            "label_colors": {},
            "native_filter_configuration": _filters(board),
        },
        "published": True,
        "version": VERSION,
    }


def _position(board: Board) -> Document:
    rows: list[str] = []
    position: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": rows, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": board.title}},
    }
    for number, charts in enumerate(board.rows, start=1):
        row = f"ROW-{board.key}-{number}"
        rows.append(row)
        position[row] = {
            "type": "ROW", "id": row, "parents": ["ROOT_ID", "GRID_ID"],
            "children": [f"CHART-{chart.key}" for chart, _ in charts],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        for chart, width in charts:
            position[f"CHART-{chart.key}"] = {
                "type": "CHART", "id": f"CHART-{chart.key}", "children": [],
                "parents": ["ROOT_ID", "GRID_ID", row],
                "meta": {
                    "chartId": number_of(chart), "uuid": chart.id, "sliceName": chart.title,
                    "width": width, "height": HEIGHTS.get(chart.kind, HEIGHT),
                },
            }
    return position


def number_of(chart: Chart) -> int:
    """One of its own among all charts; Superset puts its own in its place at the import."""
    return [found.key for board in BOARDS for found in board.charts].index(chart.key) + 1


def _filters(board: Board) -> list[Document]:
    period = _filter(board, "period", "Days", "filter_time", [{}])
    return [period, *(
        _filter(board, column, name, "filter_select", [
            {"column": {"name": column}, "datasetUuid": own_id("dataset", mart)}
        ])
        for name, column, mart in board.filters
    )]


def _filter(
    board: Board, key: str, name: str, kind: str, targets: list[Document]
) -> Document:
    return {
        "id": f"NATIVE_FILTER-{board.key}-{key}",
        "type": "NATIVE_FILTER",
        "name": name,
        "description": "",
        "filterType": kind,
        "targets": targets,
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "cascadeParentIds": [],
        "controlValues": {"multiSelect": True, "enableEmptyFilter": False}
        if kind == "filter_select" else {"enableEmptyFilter": False},
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
    }
