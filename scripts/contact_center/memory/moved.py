"""The figures that differ between two attached warehouses."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from .figures import Figures

# Sums of seconds are exact to less than this, and times to a microsecond.
LEAST = 5e-7
TABLE = """
    create or replace temp table moved_figures (
        relation varchar, date_day date, company_id varchar, key varchar, column_name varchar,
        was double, now double
    )
"""
# First the rows in which anything differs, then their figures one by one.
MOVED = """
    insert into moved_figures
    with was as (
        {was}
    ),
    now as (
        {now}
    ),
    differing as (
        select
            coalesce(was.date_day, now.date_day) as date_day,
            coalesce(was.company_id, now.company_id) as company_id,
            coalesce(was.key, now.key) as key,
            unnest([{pairs}], recursive := true)
        from was
        full join now on was.date_day = now.date_day and was.key = now.key
        where ({was_columns}) is distinct from ({now_columns})
    )
    select '{relation}', date_day, company_id, key, column_name, was, now
    from differing
    where (was is null) != (now is null) or abs(was - now) > {least}
"""


def find_moved(
    connection: duckdb.DuckDBPyConnection, figures: Iterable[Figures], was: str, now: str,
    condition: str = "true",
) -> None:
    """Fills the temporary table moved_figures. `was`, `now`: names of attached databases;
    `condition`: on date_day, which days of a mart (`{relation}`) can differ at all."""
    connection.execute(TABLE)
    for one in figures:
        days = condition.format(relation=one.relation)
        connection.execute(MOVED.format(
            was=one.select(was, days), now=one.select(now, days),
            pairs=", ".join(
                f"{{column_name: '{name}', was: was.{name}, now: now.{name}}}"
                for name in one.columns
            ),
            was_columns=", ".join(f"was.{name}" for name in one.columns),
            now_columns=", ".join(f"now.{name}" for name in one.columns),
            relation=one.relation, least=LEAST,
        ))
