"""MetricFlow's semantic models, metrics and saved queries of one mart, and the dimensions that
give ids their names."""

from __future__ import annotations

from typing import Any

import yaml

from .. import ROOT
from ..formulas import columns_in
from .catalogue import Column, Mart, text_of
from .metricflow_names import family, metric_label, metric_name
from .words import NAMES, described, names_of

Document = dict[str, Any]

DIMENSIONS = ROOT / "models" / "marts" / "dimensions"
SPINE = "dim_dates"
DAY = "date_day"
# How several rows become one figure, in MetricFlow's words.
AGGREGATIONS = {"sum": "sum", "max": "max", "last_day": "sum"}
# What each family is asked for again and again: name, its grain, the entity that it must have.
SAVED = (
    ("by_day", "day", "company"),
    ("by_channel_and_week", "week", "channel"),
    ("by_agent_and_month", "month", "agent"),
)
# Of what a figure must be of one, to say anything.
APART = {
    "agent_state_reasons_daily": ("state", "reason"),
    "satisfaction_daily": ("score",),
    "sla_metrics_daily": ("policy_id", "metric"),
    "survey_metrics_daily": ("kind", "scale_min", "scale_max"),
    "survey_requests_daily": ("kind",),
    "tag_metrics_daily": ("tag_name",),
}


def document(mart: Mart) -> Document:
    return {
        "semantic_models": [_semantic_model(mart)],
        "metrics": [
            *(_metric(mart, column) for column in mart.figures),
            *(_denominator(mart, column) for column in _where_known(mart)),
        ],
        "saved_queries": _saved_queries(mart),
    }


def _semantic_model(mart: Mart) -> Document:
    names = names_of(mart)
    ids = {id for id, *_ in names.values()}
    return {
        "name": mart.name,
        "label": family(mart).replace("_", " ").capitalize(),
        "description": mart.description,
        "model": f"ref('{mart.name}')",
        "primary_entity": family(mart),
        "defaults": {"agg_time_dimension": DAY},
        "entities": [
            {"name": alias, "type": "foreign", "expr": id} for alias, (id, *_) in names.items()
        ],
        "dimensions": [
            _dimension(column.name, column.label, column.description)
            for column in mart.dimensions
            if column.name not in ids and column.data_type != "timestamp"
        ],
        "measures": [
            *(_measure(mart, column) for column in mart.totals),
            *(_measure_below(mart, column) for column in _where_known(mart)),
        ],
    }


def _dimension(name: str, label: str, description: str) -> Document:
    kind: Document = {"type": "categorical"}
    if name == DAY:
        kind = {"type": "time", "type_params": {"time_granularity": "day"}}
    return {"name": name, "label": label, "description": description, **kind}


def _measure(mart: Mart, column: Column) -> Document:
    measure = {
        "name": metric_name(mart, column),
        "agg": AGGREGATIONS[column.over_rows],
        "expr": column.name,
    }
    if column.over_rows == "last_day":
        measure["non_additive_dimension"] = {"name": DAY, "window_choice": "max"}
    return measure


def _where_known(mart: Mart) -> list[Column]:
    return [column for column in mart.figures if column.is_below_where_known]


def _below_name(mart: Mart, column: Column) -> str:
    return f"{metric_name(mart, column)}_denominator"


def _measure_below(mart: Mart, column: Column) -> Document:
    return {
        "name": _below_name(mart, column), "agg": "sum",
        "expr": f"case when {column.above} is not null then {column.below} end",
    }


def _denominator(mart: Mart, column: Column) -> Document:
    """What a rate is divided by, as a metric: MetricFlow's ratios are of metrics."""
    name = _below_name(mart, column)
    return {
        "name": name,
        "label": f"{metric_label(mart, column)}, below the line",
        "description": f"{column.below} of the rows in which {column.above} is known.",
        "type": "simple", "type_params": {"measure": name},
    }


def _metric(mart: Mart, column: Column) -> Document:
    name = metric_name(mart, column)
    return {
        "name": name,
        "label": metric_label(mart, column),
        "description": described(column),
        **_asked(mart, column, name),
        "config": {"meta": _meta(mart, column)},
    }


def _asked(mart: Mart, column: Column, name: str) -> Document:
    if column.over_rows != "quotient":
        return {"type": "simple", "type_params": {"measure": name}}
    if column.is_below_where_known:
        return {"type": "ratio", "type_params": {
            "numerator": metric_name(mart, mart[column.above]),
            "denominator": _below_name(mart, column),
        }}
    if {column.above, column.below} <= {total.name for total in mart.totals}:
        return {"type": "ratio", "type_params": {
            "numerator": metric_name(mart, mart[column.above]),
            "denominator": metric_name(mart, mart[column.below]),
        }}
    return {"type": "derived", "type_params": {
        "expr": f"({column.above}) / nullif({column.below}, 0)",
        "metrics": [
            _input(part, metric_name(mart, mart[part]))
            for part in columns_in(f"{column.above} {column.below}")
        ],
    }}


def _input(column: str, metric: str) -> Document:
    return {"name": metric} if column == metric else {"name": metric, "alias": column}


def _meta(mart: Mart, column: Column) -> Document:
    known = {
        "id": column.id, "relation": f"marts.{mart.name}", "column": column.name,
        "unit": column.unit, "formula": column.formula,
    }
    return {key: value for key, value in known.items() if value}


def _saved_queries(mart: Mart) -> list[Document]:
    names = names_of(mart)
    return [
        {
            "name": f"{family(mart)}_{ending}",
            "description": f"All figures of marts.{mart.name} by {entity} and {grain}.",
            "query_params": {
                "metrics": [metric_name(mart, column) for column in mart.figures],
                "group_by": [
                    f"TimeDimension('metric_time', '{grain}')",
                    f"Entity('{entity}')",
                    f"Dimension('{entity}__{entity}_name')",
                    *(f"Dimension('{family(mart)}__{name}')" for name in APART.get(mart.name, ())),
                ],
            },
        }
        for ending, grain, entity in SAVED if entity in names
    ]


def dimensions() -> dict[str, Document]:
    """Of each dimension that names an id: the entities by which marts reach it, and its columns."""
    made: dict[str, Document] = {}
    for dimension in dict.fromkeys(dimension for _, dimension, _, _ in NAMES.values()):
        text = (DIMENSIONS / f"{dimension}.yml").read_text(encoding="utf-8")
        [model] = yaml.safe_load(text)["models"]
        reached = {alias: key for alias, (_, of, key, _) in NAMES.items() if of == dimension}
        made[dimension] = {"semantic_models": [{
            "name": dimension,
            "description": text_of(model["description"]),
            "model": f"ref('{dimension}')",
            "entities": [
                {"name": alias, "type": "unique" if number else "primary", "expr": key}
                for number, (alias, key) in enumerate(reached.items())
            ],
            "dimensions": [
                _dimension(
                    column["name"], column["config"]["meta"]["label_en"],
                    text_of(column["description"]),
                )
                for column in model["columns"] if not column["name"].endswith("_id")
            ],
        }]}
    return made


def spine() -> Document:
    return {"models": [{
        "name": SPINE,
        "description": "The days that MetricFlow knows.",
        "time_spine": {"standard_granularity_column": DAY},
        "columns": [{"name": DAY, "granularity": "day"}],
    }]}


def sources(relations: list[str]) -> Document:
    return {"sources": [{
        "name": "marts",
        "description": "What a build of the project has made.",
        "tables": [{"name": relation} for relation in relations],
    }]}


def files(marts: dict[str, Mart]) -> tuple[dict[str, Document], dict[str, str]]:
    """The documents and the SQL of bi/metricflow/models, by their paths below it."""
    named = dimensions()
    documents = {f"dimensions/{name}.yml": made for name, made in named.items()}
    documents |= {f"marts/{name}.yml": document(mart) for name, mart in marts.items()}
    relations = sorted([*marts, *named, SPINE])
    documents["relations/sources.yml"] = sources(relations)
    documents["relations/time_spine.yml"] = spine()
    sql = {
        f"relations/{name}.sql": f"select * from {{{{ source('marts', '{name}') }}}}\n"
        for name in relations
    }
    return documents, sql
