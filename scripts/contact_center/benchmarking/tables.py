"""What was measured, as the tables that a reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from statistics import median, quantiles

from .daily import Daily
from .dashboard import is_function
from .measuring import Batch, Dashboard, FullBuilds, OneMoreDay, Pair, Rewritten
from .page import Table

# What the project promises, on two cores.
MOST_DEMO_SECONDS = 12
MOST_NOTHING_NEW_SECONDS = 3
MOST_TIMES_REFERENCE = 3.5
MOST_TIMES_REFERENCE_TESTED = 4
MOST_BYTES = 6 * 2**30
MOST_DAY_SECONDS = 10
MOST_GROWTH = 1.3
GROWTH_BETWEEN = (10, 1_000)
MOST_QUERY_SECONDS = 0.050
MOST_FUNCTION_SECONDS = 0.5
BOUNDS_AT_SESSIONS = 1_000_000

NOT_COUNTED = "not counted"


@dataclass(frozen=True)
class Results:
    """What was measured; a part that wasn't asked for is empty."""

    session_count: int
    full: FullBuilds | None = None
    days: tuple[OneMoreDay, ...] = ()
    batches: tuple[Batch, ...] = ()
    dashboard: Dashboard | None = None
    daily: Daily | None = None


def tables(results: Results) -> list[Table]:
    found = [bounds_table(results)]
    if results.daily:
        found.append(daily_table(results.daily))
    if results.full:
        found.append(full_table(results.full, results.session_count))
    if results.days:
        found.append(days_table(results.days))
        found.append(rewritten_table(results.days, results.batches))
    if results.dashboard:
        found.append(dashboard_table(results.dashboard))
    return found


def bounds_table(results: Results) -> Table:
    is_size = results.session_count >= BOUNDS_AT_SESSIONS
    rows = []
    if results.daily:
        for name, runs, most in (
            ("build of the demo, seconds", results.daily.demo, MOST_DEMO_SECONDS),
            ("build with nothing new, seconds", results.daily.nothing_new,
             MOST_NOTHING_NEW_SECONDS),
        ):
            seconds = median(run.seconds for run in runs)
            rows.append((name, f"{most:g}", f"{seconds:.1f}", verdict(seconds <= most, True)))
    if results.full:
        models, tested = results.full.models, results.full.models_and_tests
        for name, pairs, most in (
            ("full build, models only", models, MOST_TIMES_REFERENCE),
            ("full build with tests", tested, MOST_TIMES_REFERENCE_TESTED),
        ):
            ratio = median(pair.ratio for pair in pairs)
            rows.append((
                f"{name}, times the reference", f"{most:g}", f"{ratio:.2f}",
                verdict(ratio <= most, is_size),
            ))
        peak = max(pair.build.peak_bytes for pair in models + tested)
        rows.append((
            "peak memory of a full build, GiB", f"{gibibytes(MOST_BYTES):g}",
            f"{gibibytes(peak):.2f}",
            verdict(peak <= MOST_BYTES, is_size),
        ))
    if results.days:
        longest = results.days[-1]
        seconds = median(day_seconds(longest))
        rows.append((
            f"one more day on {longest.history_days:,} days, seconds beside the copy of the file",
            f"{MOST_DAY_SECONDS:g}", f"{seconds:.1f}",
            verdict(seconds <= MOST_DAY_SECONDS, longest.history_days >= GROWTH_BETWEEN[1]),
        ))
    if len(results.days) > 1:
        shortest, longest = results.days[0], results.days[-1]
        growth = median(growths(shortest, longest))
        rows.append((
            f"one more day on {longest.history_days:,} days against {shortest.history_days:,}",
            f"{MOST_GROWTH:g}", f"{growth:.2f}",
            verdict(
                growth <= MOST_GROWTH,
                (shortest.history_days, longest.history_days) == GROWTH_BETWEEN,
            ),
        ))
    if results.batches:
        rows.append((
            "rows rewritten for each session that a batch touches", "the same",
            ", ".join(
                f"{batch.rewritten.row_count / batch.session_count:,.1f} of {batch.session_count:,}"
                for batch in results.batches
            ),
            "see below",
        ))
    if results.dashboard:
        for name, are_functions, most in (
            ("dashboard query", False, MOST_QUERY_SECONDS),
            ("function over 30 days", True, MOST_FUNCTION_SECONDS),
        ):
            slowest = max(
                percentile(times, 95) for query, times in results.dashboard.seconds.items()
                if is_function(query) == are_functions
            )
            rows.append((
                f"p95 of the slowest {name}, ms", f"{most * 1000:g}",
                milliseconds(slowest), verdict(slowest <= most, is_size),
            ))
    return Table(
        "Bounds",
        f"What the project promises on two cores at {BOUNDS_AT_SESSIONS:,} sessions (19 million\n"
        f"messages), and for one more day on {GROWTH_BETWEEN[1]:,} days against "
        f"{GROWTH_BETWEEN[0]}. At fewer sessions the\n"
        "seconds in which dbt reads the project outweigh the work, and a bound says nothing.",
        ("bound", "at most", "measured", ""),
        rows,
    )


def day_seconds(day: OneMoreDay) -> list[float]:
    """Without the copy of the published file, which grows with it."""
    return [
        pair.build.seconds - copied
        for pair, copied in zip(day.pairs, day.copy_seconds, strict=True)
    ]


def verdict(holds: bool, is_size: bool) -> str:
    if not is_size:
        return "not at this size"
    return "holds" if holds else "**does not hold**"


def daily_table(daily: Daily) -> Table:
    return Table(
        "The demo, and nothing new",
        "`./scripts/build` of the demo into a file that wasn't there, models and data tests, and\n"
        f"again at once. {len(daily.demo)} times, after one that isn't counted.",
        ("", "seconds", "peak memory, GiB"),
        [
            (name, spread([run.seconds for run in runs]),
             spread([gibibytes(run.peak_bytes) for run in runs]))
            for name, runs in (
                ("the demo", daily.demo), ("nothing new", daily.nothing_new),
            )
        ],
    )


def full_table(full: FullBuilds, session_count: int) -> Table:
    references = [pair.reference for pair in full.models + full.models_and_tests]
    found = references[0]
    rows = [
        ("reference", spread([r.measurement.seconds for r in references]), "1",
         spread([gibibytes(r.measurement.peak_bytes) for r in references])),
        full_row("models only (`dbt run`)", full.models),
        full_row("models and tests (`./scripts/build`)", full.models_and_tests),
    ]
    return Table(
        "Full build",
        f"{session_count:,} sessions with {found.message_count:,} messages, "
        f"{full.data_bytes / 2**20:,.1f} MiB of Parquet, into a file that wasn't there.\n"
        f"The reference finds {found.duplicate_key_count:,} duplicate keys and "
        f"{found.turn_count:,} turns. {runs_of(full.models)} each.",
        ("", "seconds", "times the reference", "peak memory, GiB"),
        rows,
    )


def full_row(name: str, pairs: list[Pair]) -> tuple[str, ...]:
    return (
        name, spread([pair.build.seconds for pair in pairs]),
        spread([pair.ratio for pair in pairs]),
        peaks(pairs),
    )


def days_table(days: tuple[OneMoreDay, ...]) -> Table:
    rows = [
        (
            f"{day.history_days:,} days",
            f"{day.history_session_count:,}",
            f"{day.day_session_count:,}",
            spread([pair.build.seconds for pair in day.pairs]),
            spread(day.copy_seconds),
            spread(growths(days[0], day)),
            spread([pair.reference.measurement.seconds for pair in day.pairs]),
            spread([pair.ratio for pair in day.pairs]),
            peaks(day.pairs),
        )
        for day in days
    ]
    return Table(
        "One more day",
        "The history is built; then the files of what landed on the next day join its folder, and\n"
        "`./scripts/build` runs again on the same warehouse, with all tests. The day is the same\n"
        "Wednesday for each history. Where a longer history costs nothing, \"times the shortest\"\n"
        "stays 1. The reference reads history and day. A copy takes no time where the file system\n"
        f"has copies that share their blocks (Btrfs, XFS). {runs_of(days[0].pairs)} on each.",
        ("history", "sessions", "touched by the day", "seconds",
         "of them the copy of the file", "times the shortest",
         "reference, seconds", "times the reference", "peak memory, GiB"),
        rows,
    )


def growths(shortest: OneMoreDay, longer: OneMoreDay) -> list[float]:
    """How many times as long the longer history took, round by round."""
    return [
        long.build.seconds / short.build.seconds
        for short, long in zip(shortest.pairs, longer.pairs, strict=True)
    ]


def rewritten_table(days: tuple[OneMoreDay, ...], batches: tuple[Batch, ...]) -> Table:
    rows = [
        (f"the day on {day.history_days:,} days",
         *rewritten_cells(day.rewritten, day.day_session_count))
        for day in days
    ]
    rows += [
        (f"some of its sessions on {batch.history_days:,} days",
         *rewritten_cells(batch.rewritten, batch.session_count))
        for batch in batches
    ]
    return Table(
        "Rows rewritten",
        "How many rows of all relations a build wrote anew. In proportion to the sessions that a\n"
        "batch touches, the rows for each of them stay the same from line to line; a full rebuild\n"
        "has a share of 100 %.",
        ("batch", "sessions touched", "rows rewritten", "for each session", "share of all rows"),
        rows,
    )


def rewritten_cells(rewritten: Rewritten | None, session_count: int) -> tuple[str, ...]:
    if rewritten is None:
        return f"{session_count:,}", NOT_COUNTED, NOT_COUNTED, NOT_COUNTED
    share = 100 * rewritten.row_count / max(1, rewritten.total_row_count)
    return (
        f"{session_count:,}", f"{rewritten.row_count:,}",
        f"{rewritten.row_count / session_count:,.1f}", f"{share:.2f} %",
    )


def dashboard_table(dashboard: Dashboard) -> Table:
    rows = [(name, *query_cells(times)) for name, times in dashboard.seconds.items()]
    rows.append(("all", *query_cells(list(chain.from_iterable(dashboard.seconds.values())))))
    rounds = len(next(iter(dashboard.seconds.values())))
    references = [reference.measurement.seconds for reference in dashboard.references]
    return Table(
        "Dashboard",
        "The queries of `dashboard.sql` and `operations.sql` in\n"
        "`scripts/contact_center/benchmarking`, and each range\n"
        "function over the last 30 days with all its columns, sent in turn on one\n"
        f"read-only connection that had answered each before, {rounds} times, to the warehouse of\n"
        "the full build; milliseconds until the last row has arrived. The reference takes\n"
        f"{spread(references)} seconds on the files behind it.",
        ("query", "p50", "p95", "fastest", "slowest"),
        rows,
    )


def query_cells(times: list[float]) -> tuple[str, ...]:
    figures = (percentile(times, 50), percentile(times, 95), min(times), max(times))
    return tuple(milliseconds(figure) for figure in figures)


def percentile(values: list[float], percent: int) -> float:
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def spread(values: list[float]) -> str:
    """Median (smallest to largest), of a single value that alone."""
    middle, low, high = (f"{value:,.2f}" for value in (median(values), min(values), max(values)))
    return middle if len(values) == 1 else f"{middle} ({low} to {high})"


def peaks(pairs: list[Pair]) -> str:
    return spread([gibibytes(pair.build.peak_bytes) for pair in pairs])


def runs_of(pairs: list[Pair]) -> str:
    return "1 run" if len(pairs) == 1 else f"{len(pairs)} runs"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.2f}"


def gibibytes(count: int) -> float:
    return count / 2**30
