"""Superset's database and datasets: of each mart its dimensions with their names and its totals,
and as metrics what can be asked of several rows. A mart's own rates are left out of the dataset's
columns, so that nobody averages them."""

from __future__ import annotations

import uuid
from typing import Any

from ..formulas import summed
from .catalogue import Column, Mart
from .words import described, label, names_of

Document = dict[str, Any]

VERSION = "1.0.0"
DATABASE = "Contact center"
# Where the project's own build puts the warehouse, seen from its folder; ./scripts/superset puts
# the real place here.
URI = "duckdb:///warehouse/contact_center.duckdb"
SPACE = uuid.UUID("5b0f6ac1-0f0e-4a35-9f6e-3f1d6f8f2c57")
NOTHING = "(none)"
FORMATS = {"ratio": ".1%", "count": ",d", "seconds": ",.1f", "number": ",.2f"}


def own_id(*words: str) -> str:
    """The same in every generation, so that an import replaces what it brought before."""
    return str(uuid.uuid5(SPACE, "/".join(words)))


def database() -> Document:
    return {
        "database_name": DATABASE,
        "sqlalchemy_uri": URI,
        "cache_timeout": 0,
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_file_upload": False,
        "extra": {
            "allows_virtual_table_explore": True,
            # A reader beside a running build.
            "engine_params": {"connect_args": {"read_only": True}},
        },
        "uuid": own_id("database"),
        "version": VERSION,
    }


def dataset(mart: Mart) -> Document:
    return {
        "table_name": mart.name,
        "main_dttm_col": "date_day",
        "description": mart.description,
        "default_endpoint": None,
        "offset": 0,
        "cache_timeout": None,
        "schema": "marts",
        "sql": sql(mart),
        "params": None,
        "template_params": None,
        "filter_select_enabled": True,
        "fetch_values_predicate": None,
        "extra": None,
        "uuid": own_id("dataset", mart.name),
        "metrics": [metric(column) for column in mart.figures],
        "columns": columns(mart),
        "version": VERSION,
        "database_uuid": own_id("database"),
    }


def sql(mart: Mart) -> str:
    names = names_of(mart)
    selected = [f"marts.{column.name}" for column in [*mart.dimensions, *mart.totals]]
    selected += [
        f"coalesce({alias}.{name}, marts.{id}, '{NOTHING}') as {alias}_name"
        for alias, (id, _, _, name) in names.items()
    ]
    joins = [
        f"left join marts.{dimension} as {alias} on marts.{id} = {alias}.{key}"
        for alias, (id, dimension, key, _) in names.items()
    ]
    listed = ",\n    ".join(selected)
    return "\n".join([f"select\n    {listed}", f"from marts.{mart.name} as marts", *joins])


def columns(mart: Mart) -> list[Document]:
    described = [
        _column(
            column.name, column.label, column.description, _type(column), grouped=column.is_figure
            is False, is_time=column.data_type in ("date", "timestamp"),
        )
        for column in [*mart.dimensions, *mart.totals]
    ]
    for alias, (id, *_) in names_of(mart).items():
        label = mart[id].label.removesuffix(" id")
        described.append(_column(
            f"{alias}_name", label, f"Name of {id}, else the id; {NOTHING} where it is NULL.",
            "VARCHAR", grouped=True, is_time=False,
        ))
    return described


def _type(column: Column) -> str:
    return column.data_type.upper()


def _column(
    name: str, label: str, description: str, data_type: str, grouped: bool, is_time: bool
) -> Document:
    return {
        "column_name": name,
        "verbose_name": label,
        "is_dttm": is_time,
        "is_active": True,
        "type": data_type,
        "advanced_data_type": None,
        "groupby": grouped,
        "filterable": True,
        "expression": None,
        "description": description,
        "python_date_format": None,
        "extra": None,
    }


def metric(column: Column) -> Document:
    warning = None
    if column.over_rows == "last_day":
        warning = "A level: of several days it is that of the last one."
    return {
        "metric_name": column.name,
        "verbose_name": label(column),
        "metric_type": None,
        "expression": expression(column),
        "description": described(column),
        "d3format": number_format(column),
        "currency": None,
        "extra": {"warning_markdown": warning} if warning else None,
        "warning_text": None,
    }


def expression(column: Column) -> str:
    """SQL over several rows."""
    if column.over_rows == "quotient":
        known = column.above if column.is_below_where_known else None
        return f"{summed(column.above)} / nullif({summed(column.below, known)}, 0)"
    if column.over_rows == "last_day":
        # Of the last day that the rows have; what had no row then was empty.
        pairs = f"list({{'day': date_day, 'level': {column.name}}})"
        last = f"list_filter({pairs}, lambda pair: pair.day = max(date_day))"
        return f"list_sum(list_transform({last}, lambda pair: pair.level))"
    return f"{column.over_rows}({column.name})"


def number_format(column: Column) -> str:
    if column.unit == "count" and column.over_rows == "quotient":
        return FORMATS["number"]
    # Whole numbers, and sums so large that nobody reads their tenths.
    if column.unit != "ratio" and column.is_total:
        return FORMATS["count"] if column.data_type == "bigint" else ",.0f"
    return FORMATS[column.unit]
