"""What became of a build, as one line of JSON for a program that watches over it."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import ANOTHER_RUNS, NOT_UNDERSTOOD, PUBLISHED, REFUSED, NotUnderstood, messages

WORDS = {
    PUBLISHED: "published", REFUSED: "refused", NOT_UNDERSTOOD: "not_understood",
    ANOTHER_RUNS: "another_runs",
}
LAST_BUILD = """
    select build_number, as_of, (select count(*) from marts.quarantined_rows)
    from marts.published_builds
    order by build_number desc
    limit 1
"""
# Of each company the local day before: how many sessions started on it, and how many usually do on
# that weekday, by the four weeks before, or by as many as there were since its first session. A
# company that never had one isn't asked about.
YESTERDAY = """
    with first_days as (
        select company_id, min(date_day) as first_day
        from marts.session_analysis_daily
        group by company_id
    ),

    local_days as (
        select
            company_id,
            cast(timezone(time_zone, timezone('UTC', $now)) as date) - 1 as date_day,
            greatest(1, least(4, (date_day - first_day) // 7)) as week_count
        from marts.dim_companies
        inner join first_days using (company_id)
    )
    select
        local_days.company_id,
        local_days.date_day,
        coalesce(sum(session_count) filter (where days.date_day = local_days.date_day), 0),
        coalesce(sum(session_count) filter (where days.date_day < local_days.date_day), 0)
        / week_count
    from local_days
    left join marts.session_analysis_daily as days
        on local_days.company_id = days.company_id
        and days.date_day between local_days.date_day - 28 and local_days.date_day
        and (local_days.date_day - days.date_day) % 7 = 0
    group by local_days.company_id, local_days.date_day, week_count
    order by local_days.company_id
"""


@dataclass
class Outcome:
    """`complaints`: why nothing was published, in words for people; `command`: whose words."""

    warehouse: Path | None = None
    target: str | None = None
    is_unchanged: bool = False
    complaints: list[str] = field(default_factory=list)
    command: str = "build"

    def complain(self, text: str) -> None:
        self.complaints.append(text)
        print(f"{self.command}: {text}", file=sys.stderr)


def is_asked(arguments: list[str]) -> bool:
    """Before the command is understood, for that may fail."""
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in own


def with_line(run: Callable[[Outcome], int]) -> int:
    """Runs a build. Its words for people go to standard error, so that standard output has the line
    and nothing else; the line is there whatever happens."""
    outcome, began, status = Outcome(), time.monotonic(), REFUSED

    def say() -> None:
        print(json.dumps(line(outcome, status, time.monotonic() - began), default=str))

    try:
        with contextlib.redirect_stdout(sys.stderr):
            status = run(outcome)
    except NotUnderstood as refusal:
        outcome.complaints.append(refusal.message)
        status = NOT_UNDERSTOOD
    except KeyboardInterrupt:
        # After publishing it is caught where that is done.
        outcome.complain(messages.STOPPED)
    except Exception as fault:
        outcome.complaints.append(repr(fault))
        say()
        raise
    say()
    return status


def line(outcome: Outcome, status: int, seconds: float) -> dict[str, Any]:
    is_unchanged = outcome.is_unchanged and status == PUBLISHED
    return {
        "outcome": "unchanged" if is_unchanged else WORDS[status],
        "exit": status,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "target": outcome.target,
        "warehouse": outcome.warehouse,
        "message": " ".join("\n".join(outcome.complaints).split()) or None,
        **(of_published(outcome) if status == PUBLISHED else {}),
    }


def of_published(outcome: Outcome) -> dict[str, Any]:
    """What the warehouse holds now; of a cluster nothing is asked. Nothing is told of a file that
    can't be read, as another program has opened it to write it since, nor when a person stops it:
    the warehouse is published."""
    import duckdb

    from .. import lake

    if outcome.target == "spark" or not outcome.warehouse:
        return {}
    try:
        with lake.open_warehouse(outcome.warehouse) as connection:
            return figures_of(connection)
    except (KeyboardInterrupt, OSError, duckdb.Error):
        return {}


def figures_of(connection: Any) -> dict[str, Any]:
    [(number, as_of, left_out)] = connection.execute(LAST_BUILD).fetchall()
    return {
        "build_number": number,
        "as_of": as_of and f"{as_of.isoformat(timespec='seconds')}Z",
        "left_out_row_count": left_out,
        "yesterday": yesterday(connection, datetime.now(UTC).replace(tzinfo=None)),
    }


def yesterday(connection: Any, now: datetime) -> list[dict[str, Any]]:
    """`now`: in UTC."""
    names = ("company_id", "date_day", "session_count", "usual_session_count")
    rows = connection.execute(YESTERDAY, {"now": now}).fetchall()
    return [dict(zip(names, (*row[:2], int(row[2]), float(row[3])), strict=True)) for row in rows]
