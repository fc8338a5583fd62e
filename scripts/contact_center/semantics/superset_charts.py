"""Superset's charts: what a person would click together, in a few words each. A chart names metrics
of its dataset only, so every figure is the catalogue's."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from .catalogue import CatalogueError, Mart
from .superset_datasets import VERSION, Document, columns, expression, number_format, own_id

DAY, WEEK = "P1D", "P1W"
DATE = "date_day"
MOST_ROWS = 10000
# The order of the series; else those with the most come first.
BY_NAME = {"sort_series_type": "name", "sort_series_ascending": True}


@dataclass(frozen=True)
class Chart:
    """`kind`: tile, line, bar, table, heatmap. `across`: what stands on the axis, of a tile
    nothing. `by`: what the series or the table's rows are. `in_order`: series stand as `metrics`
    says."""

    key: str
    title: str
    kind: str
    mart: str
    metrics: tuple[str, ...]
    across: str = DATE
    grain: str = DAY
    by: tuple[str, ...] = ()
    stacked: bool = False
    in_order: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def is_of_time(self) -> bool:
        return self.kind in ("line", "bar") and self.across == DATE

    @property
    def id(self) -> str:
        return own_id("chart", self.key)


KINDS = {
    "tile": "big_number_total", "line": "echarts_timeseries_line",
    "bar": "echarts_timeseries_bar", "table": "table", "heatmap": "heatmap_v2",
}


def document(chart: Chart, mart: Mart) -> Document:
    """The file of a chart. Raises CatalogueError where it names what its dataset hasn't."""
    known = {found["column_name"] for found in columns(mart)}
    for name in [*chart.by, *([] if chart.kind in ("tile", "table") else [chart.across])]:
        if name not in known:
            raise CatalogueError(f"chart {chart.key}: {mart.name} has no dimension {name}")
    for name in chart.metrics:
        if not mart[name].is_figure:
            raise CatalogueError(f"chart {chart.key}: {name} can't be had of several rows")
    params = {**_params(chart, mart), **chart.more, "viz_type": KINDS[chart.kind]}
    return {
        "slice_name": chart.title,
        "description": _description(chart, mart),
        "certified_by": None,
        "certification_details": None,
        "viz_type": KINDS[chart.kind],
        "params": params,
        "query_context": json.dumps(_query_context(chart, mart)),
        "cache_timeout": None,
        "uuid": chart.id,
        "version": VERSION,
        "dataset_uuid": own_id("dataset", mart.name),
    }


def _description(chart: Chart, mart: Mart) -> str:
    figures = [mart[name] for name in chart.metrics]
    return "; ".join(
        f"{figure.label}{f' ({figure.id})' if figure.id else ''}" for figure in figures
    ) + f". From marts.{mart.name}."


def metric_labels(chart: Chart, mart: Mart) -> list[str]:
    """What Superset calls each metric of a chart. Of those in order a number comes first."""
    if not chart.in_order:
        return list(chart.metrics)
    return [f"{number}: {mart[name].label}" for number, name in enumerate(chart.metrics, start=1)]


def _metrics(chart: Chart, mart: Mart) -> list[Any]:
    """Names of the dataset's metrics, or the same expressions under other names."""
    if not chart.in_order:
        return list(chart.metrics)
    return [
        {
            "expressionType": "SQL", "sqlExpression": expression(mart[name]), "label": label,
            "hasCustomLabel": True, "optionName": f"metric_{name}",
        }
        for name, label in zip(chart.metrics, metric_labels(chart, mart), strict=True)
    ]


def _params(chart: Chart, mart: Mart) -> Document:
    first = mart[chart.metrics[0]]
    shared: Document = {
        "adhoc_filters": [{
            "clause": "WHERE", "comparator": "No filter", "expressionType": "SIMPLE",
            "operator": "TEMPORAL_RANGE", "subject": DATE,
        }],
        "extra_form_data": {},
        "row_limit": MOST_ROWS,
    }
    if chart.kind == "tile":
        return {
            **shared, "metric": first.name, "header_font_size": 0.4, "subheader": "",
            "subtitle_font_size": 0.15, "y_axis_format": number_format(first),
        }
    if chart.kind == "table":
        return {
            **shared, "query_mode": "aggregate", "groupby": list(chart.by),
            "metrics": list(chart.metrics), "all_columns": [], "order_by_cols": [],
            "order_desc": True, "show_cell_bars": True, "table_timestamp_format": "%Y-%m-%d",
            "include_search": False, "page_length": 0, "color_pn": False,
            "column_config": {
                name: {"d3NumberFormat": number_format(mart[name])} for name in chart.metrics
            },
        }
    if chart.kind == "heatmap":
        return {
            **shared, "x_axis": chart.across, "groupby": chart.by[0], "metric": first.name,
            "sort_x_axis": "alpha_asc", "sort_y_axis": "alpha_desc", "normalize_across": "heatmap",
            "legend_type": "continuous", "linear_color_scheme": "superset_seq_1",
            "show_legend": True, "show_percentage": False, "show_values": False,
            "xscale_interval": -1, "yscale_interval": -1, "y_axis_format": number_format(first),
            "left_margin": "auto", "bottom_margin": "auto", "value_bounds": [None, None],
        }
    return {
        **shared, "x_axis": chart.across, "time_grain_sqla": chart.grain,
        "metrics": _metrics(chart, mart), "groupby": list(chart.by),
        "x_axis_sort_asc": True, "x_axis_sort_series": "name", "x_axis_sort_series_ascending": True,
        "order_desc": True, "truncate_metric": True, "show_empty_columns": True,
        "stack": "Stack" if chart.stacked else None, "show_legend": True, "legendType": "scroll",
        "legendOrientation": "top", "rich_tooltip": True, "showTooltipTotal": chart.stacked,
        "x_axis_time_format": "%Y-%m-%d", "tooltipTimeFormat": "%Y-%m-%d",
        "y_axis_format": number_format(first), "truncateYAxis": False,
        "y_axis_bounds": [None, None], "color_scheme": "supersetColors", "opacity": 0.6,
        "seriesType": "line", "only_total": True, "minorSplitLine": False, "zoomable": False,
        "comparison_type": "values", "annotation_layers": [], "forecastEnabled": False,
        **(BY_NAME if chart.in_order else {}),
    }


def _query_context(chart: Chart, mart: Mart) -> Document:
    """What Superset's page would ask; its interface answers GET /api/v1/chart/ID/data/ with it."""
    time_range = {"col": DATE, "op": "TEMPORAL_RANGE", "val": "No filter"}
    asked: list[Any] = list(chart.by)
    metrics = _metrics(chart, mart)
    if chart.kind not in ("tile", "table"):
        asked.insert(0, {
            "timeGrain": chart.grain, "columnType": "BASE_AXIS", "sqlExpression": DATE,
            "label": DATE, "expressionType": "SQL",
        } if chart.is_of_time else chart.across)
    return {
        "datasource": {"id": 0, "type": "table"},
        "force": False,
        "queries": [{
            "filters": [time_range],
            "extras": {"having": "", "where": ""},
            "applied_time_extras": {},
            "columns": asked,
            "metrics": metrics,
            "orderby": [] if chart.kind == "tile" else [[metrics[0], False]],
            "annotation_layers": [],
            "row_limit": MOST_ROWS,
            "series_columns": [] if chart.kind == "table" else list(chart.by),
            "series_limit": 0,
            "order_desc": True,
            "url_params": {},
            "custom_params": {},
            "custom_form_data": {},
        }],
        "form_data": {"viz_type": KINDS[chart.kind]},
        "result_format": "json",
        "result_type": "full",
    }


