"""Keeps in mind what a build publishes: the build, and the figures that it changes of days that an
earlier one had published. Called on the built warehouse, just before it takes the other's place."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import duckdb
import yaml

from .. import ROOT, lake
from ..extensions import literal
from .causes import tell_causes
from .figures import Figures, common, figures_of
from .moved import find_moved

DAYS_TABLE = """
    create table if not exists {now}.staging.published_days (
        relation varchar, company_id varchar, date_day date, build_number integer
    )
"""
NEW_DAYS = """
    select distinct '{relation}', company_id, date_day, {build}
    from {now}.marts.{relation} as marts
    where {condition} and not exists (
        select 1 from {now}.staging.published_days as days
        where days.relation = '{relation}' and days.date_day = marts.date_day
            and days.company_id is not distinct from marts.company_id
    )
"""
REPLACED = """
    insert into {now}.marts.replaced_figures
    by name
    select
        moved.relation, moved.date_day, moved.key, moved.column_name,
        moved.was as value, moved.now as new_value,
        coalesce(last.build_number, days.build_number) as published_by_build,
        {build} as replaced_by_build,
        moved.cause
    from moved_figures as moved
    inner join {now}.staging.published_days as days
        on moved.relation = days.relation and moved.date_day = days.date_day
        and moved.company_id is not distinct from days.company_id
        and days.build_number < {build}
    left join (
        select relation, date_day, key, column_name, max(replaced_by_build) as build_number
        from {now}.marts.replaced_figures
        where date_day in (select date_day from moved_figures)
        group by relation, date_day, key, column_name
    ) as last
        on moved.relation = last.relation and moved.date_day = last.date_day
        and moved.key = last.key and moved.column_name = last.column_name
"""
# What moves on days of which no fact is touched: what lies open, promises whose time runs out.
DAYS_OF_MARTS = {
    "backlog_daily": "{now}.touched.touched_backlog_days",
    "sla_metrics_daily": "{now}.marts.fct_sla where ended_at is null",
}
LOG = ("marts.published_builds", "marts.replaced_figures", "staging.published_days")
LAST = """
    select build_number, as_of, project_version, variables_hash, definitions_hash
    from {now}.marts.published_builds order by build_number desc limit 1
"""


def record(connection: duckdb.DuckDBPyConnection, now: str, was: str | None) -> None:
    """`now`: the built warehouse, attached to be written; `was`: the published one, if there is
    one. A build that changes nothing leaves no trace."""
    connection.execute(DAYS_TABLE.format(now=now))
    last = connection.execute(LAST.format(now=now)).fetchone()
    number = last[0] + 1 if last else 1
    made_with = of_this_build(connection, now)
    build = increment(connection, now)
    condition = "true" if build is None else touched_days(connection, now)
    is_known = bool(last and was and has_catalog(connection, was))
    if is_known and follows_the_demo(connection, now, was):
        forget(connection, now)
        is_known = False
    if is_known:
        find_moved(connection, common(connection, was, now), was, now, condition)
        tell_causes(connection, now, build, is_redefined=made_with[1:] != last[2:])
        replaced = connection.execute(REPLACED.format(now=now, build=number)).fetchone()[0]
        if not replaced and made_with == last[1:] and not has_new_rows(connection, now, was):
            return
    remember_days(connection, now, figures_of(connection, now), number, condition)
    connection.execute(
        f"insert into {now}.marts.published_builds by name select ? as build_number, "
        "? as published_at, ? as as_of, ? as project_version, ? as variables_hash, "
        "? as definitions_hash",
        [number, datetime.now(UTC).replace(tzinfo=None, microsecond=0), *made_with],
    )


def of_this_build(connection: duckdb.DuckDBPyConnection, now: str) -> tuple:
    """as_of, project_version, variables_hash and definitions_hash."""
    [(as_of,)] = connection.execute(f"select as_of from {now}.intermediate.data_span").fetchall()
    [(text,)] = connection.execute(
        f"select build_settings from {now}.staging.builds order by build_number desc limit 1"
    ).fetchall()
    settings = json.loads(text)
    definitions = settings.pop("definitions", "")
    version = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["version"]
    variables = sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()
    return as_of, version, variables, definitions


def follows_the_demo(connection: duckdb.DuckDBPyConnection, now: str, was: str) -> bool:
    """Rows of one's own are no correction of what invented companies did."""
    are_rows = "select build_settings->>'rows' from {}.staging.builds order by build_number desc"
    rows, former = (
        (connection.execute(are_rows.format(database)).fetchone() or [None])[0]
        for database in (now, was)
    )
    return former == "demo" and rows != "demo"


def forget(connection: duckdb.DuckDBPyConnection, now: str) -> None:
    for kept in LOG:
        connection.execute(f"delete from {now}.{kept}")


def increment(connection: duckdb.DuckDBPyConnection, now: str) -> int | None:
    """The number of the build, where it kept what an earlier one made; else None."""
    [(number,)] = connection.execute(
        f"select max(build_number) from {now}.staging.rebuilt_rows where build_number = "
        f"(select max(build_number) from {now}.staging.builds)"
    ).fetchall()
    return number


def touched_days(connection: duckdb.DuckDBPyConnection, now: str) -> str:
    """The condition on date_day of what may have changed of the mart `{relation}`."""
    tables = connection.execute(
        "select table_name from duckdb_tables() where database_name = ? and "
        "schema_name = 'rebuilt' and ends_with(table_name, '_days')",
        [now],
    ).fetchall()
    days = [(None, f"{now}.rebuilt.{name}") for (name,) in tables]
    days += [(relation, source.format(now=now)) for relation, source in DAYS_OF_MARTS.items()]
    selects = [
        f"select {literal(relation) if relation else 'null'} as relation, date_day from {source}"
        for relation, source in days
    ]
    connection.execute(
        f"create or replace temp table touched_days as {' union '.join(selects)}"
    )
    return (
        "date_day in (select date_day from touched_days "
        "where relation is null or relation = '{relation}')"
    )


def has_catalog(connection: duckdb.DuckDBPyConnection, was: str) -> bool:
    """False of a warehouse that an older release, or another program, made."""
    return connection.execute(
        "select 1 from information_schema.tables where table_catalog = ? and "
        "table_schema = 'marts' and table_name = 'column_catalog'",
        [was],
    ).fetchone() is not None


def has_new_rows(connection: duckdb.DuckDBPyConnection, now: str, was: str) -> bool:
    counts = [
        connection.execute(f"select sum(row_count) from {database}.staging.loads").fetchone()
        for database in (now, was)
    ]
    return counts[0] != counts[1]


def remember_days(
    connection: duckdb.DuckDBPyConnection, now: str, figures: list[Figures], number: int,
    condition: str,
) -> None:
    """In one statement: of a lake each is a file."""
    selects = [
        NEW_DAYS.format(
            now=now, relation=one.relation, build=number,
            condition=condition.format(relation=one.relation),
        )
        for one in figures
    ]
    connection.execute(
        f"insert into {now}.staging.published_days " + " union all ".join(selects)
    )


def record_file(built: Path, published: Path) -> None:
    """Of DuckDB files. `published`: needn't be there, or be readable. dbt, in this process, holds
    the built file still: it can't be attached a second time, but it can be connected to."""
    with duckdb.connect(str(built)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        was = "published" if attached(connection, published) else None
        record(connection, built.stem, was)
        if was:
            connection.execute("detach published")
        connection.execute("checkpoint")


def attached(connection: duckdb.DuckDBPyConnection, published: Path) -> bool:
    """As `published`; false where there is nothing that can be read."""
    try:
        connection.execute(f"attach {literal(published)} as published (read_only)")
    except duckdb.Error:
        return False
    return True


def record_lake(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """Of a lake, attached as such to be written. The catalogue that is published knows its last
    snapshot as the last build published it."""
    connection.execute("set TimeZone = 'UTC'")
    was = None
    if lake.is_published(warehouse):
        lake.attach_as(connection, "published", warehouse / lake.CATALOGUE, warehouse, "read_only")
        was = "published"
    record(connection, "lake", was)
