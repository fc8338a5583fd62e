"""Why the figures of a build moved, day by day: by the rows that it loaded."""

from __future__ import annotations

import duckdb

from ..intake import contract

# Whether a row took the place of an older version of its key, which this build judged again, or of
# what an adapter's files said before; with what they said and say no more. Whatever has the key of
# a row that is gone was judged in the same build.
LOADED = """
    select {columns}, row_outcome = 'accepted' and {key} in (
        select {key} from {checked}
        where build_number = {build}
            and (row_outcome = 'superseded' and loaded_in_build < {build} or row_outcome = 'gone')
    ) as is_version
    from {checked}
    where row_outcome = 'accepted' and loaded_in_build = {build}
        or row_outcome = 'gone' and build_number = {build} and {key} not in (
            select {key} from {checked}
            where row_outcome = 'accepted' and build_number = {build}
        )
"""
DAYS = """
    create or replace temp table days_of_new_rows as
    select facts.company_id, facts.session_date as date_day, bool_and(is_version) as is_version
    from ({sessions}) as loaded
    inner join {database}.staging.checked_sessions as sessions using (session_key)
    inner join {database}.marts.fct_sessions as facts using (session_id)
    group by all
    union all
    select agents.company_id, states.date_day, bool_and(is_version)
    from ({agents}) as loaded
    inner join {database}.marts.fct_agent_states as states using (agent_id)
    inner join {database}.marts.dim_agents as agents using (agent_id)
    where states.date_day between cast(loaded.occurred_at as date) - 1
        and cast(loaded.occurred_at as date) + 1
    group by all
"""
# A day on which rows came late says so; else one on which versions were replaced; what moved
# without any event of its own was moved by what the build says of companies, agents and the like.
CAUSES = """
    alter table moved_figures add column cause varchar;
    update moved_figures set cause = coalesce(
        (
            select case when bool_and(is_version) then 'new_version' else 'late_rows' end
            from days_of_new_rows as days
            where days.company_id = moved_figures.company_id
                and days.date_day = moved_figures.date_day
            having count(*) > 0
        ),
        '{otherwise}'
    )
"""


def tell_causes(
    connection: duckdb.DuckDBPyConnection, database: str, build: int | None, is_redefined: bool
) -> None:
    """Gives moved_figures (moved.py) the column cause. `build`: the number of staging.builds of an
    increment; None of a build of everything, which doesn't know which of its rows are new."""
    if is_redefined or build is None:
        connection.execute("alter table moved_figures add column cause varchar")
        cause = "changed_definition" if is_redefined else "late_rows"
        connection.execute("update moved_figures set cause = ?", [cause])
        return
    sessions, references = [], []
    for table_name, table in contract.tables().items():
        checked = f"{database}.staging.{table_name.replace('raw_', 'checked_', 1)}"
        key = "(" + ", ".join(table["key"]) + ")" if len(table["key"]) > 1 else table["key"][0]
        loaded = {"key": key, "checked": checked, "build": build}
        if table_name == "raw_agent_events":
            agents = LOADED.format(columns="agent_id, occurred_at", **loaded)
        elif table.get("session_rows") or table_name == "raw_sessions":
            sessions.append(LOADED.format(columns="session_key", **loaded))
        elif not table.get("time"):
            references.append(LOADED.format(columns="1 as one", **loaded))
    connection.execute(DAYS.format(
        sessions=" union all ".join(sessions), agents=agents, database=database
    ))
    connection.execute(CAUSES.format(otherwise=otherwise(connection, references)))


def otherwise(connection: duckdb.DuckDBPyConnection, references: list[str]) -> str:
    """The cause on days of which no new row tells."""
    if connection.execute(" union all ".join(references) + " limit 1").fetchone():
        return "changed_reference"
    [(only_versions,)] = connection.execute(
        "select coalesce(bool_and(is_version), false) from days_of_new_rows"
    ).fetchall()
    return "new_version" if only_versions else "late_rows"
