"""Fetches a system's records through its own interface, into files that its adapter reads.

    ./scripts/fetch tencent_ccc --since 2026-03-02 --output data/tencent

A file is of one kind of records and one stretch of time, is written whole, and is never written
again: what is fetched again goes into a file of its own, and the adapter takes the newest.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from typing import Any

from .fetching import FetchError, UsageError, genesys_cloud, nice_cxone, tencent_ccc, tencent_desk
from .fetching.arguments import BASE_URLS, ENVIRONMENT, check_age, parse
from .fetching.place import Place, Window, always, windows
from .fetching.streams import Stream

SYSTEMS = {
    "tencent_ccc": tencent_ccc.System, "tencent_desk": tencent_desk.System,
    "nice_cxone": nice_cxone.System, "genesys_cloud": genesys_cloud.System,
}


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 all is there, 1 it stopped before, 2 the command or the environment was wrong,
    130 Ctrl-C stopped it."""
    try:
        options = parse(arguments)
        fetch(options, secrets_of(options.name))
    except FetchError as error:
        print(f"fetch: {error}", file=sys.stderr)
        return error.status
    except OSError as error:
        print(f"fetch: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("fetch: stopped; run the command again to go on", file=sys.stderr)
        return 130
    return 0


def secrets_of(name: str) -> dict[str, str]:
    needed, optional = ENVIRONMENT[name]
    missing = [variable for variable in needed if not os.environ.get(variable)]
    if missing:
        raise UsageError(f"{name} needs {', '.join(missing)} in the environment")
    found = {
        variable: os.environ[variable] for variable in [*needed, *optional]
        if os.environ.get(variable)
    }
    for variable, value in found.items():
        if variable.endswith("_SDK_APP_ID") and not value.isdecimal():
            raise UsageError(f"{variable} is no number, such as 1400000000")
    return found


def fetch(
    options: argparse.Namespace, secrets: dict[str, str], now: datetime.datetime | None = None,
    **of_client: Any,
) -> None:
    """`now`: what is later is fetched another time. Raises a FetchError; what was written stays."""
    now = now or datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    place = Place(options.output.absolute(), options.name, now, options.overlap)
    base_url = (options.base_url or BASE_URLS[options.name]).rstrip("/")
    if options.name == "nice_cxone":
        of_client["is_given"] = options.base_url is not None
    system = SYSTEMS[options.name](secrets, base_url, **of_client)
    since = start_of(options.since)
    until = now
    if options.until:
        until = min(now, start_of(options.until) + datetime.timedelta(days=1))
    try:
        with place.in_use():
            streams = system.streams(place)
            for stream in streams:
                for window in windows_due(place, stream, since, until)[:1]:
                    check_age(options.name, window.since.date(), now)
            for stream in streams:
                fetch_stream(place, stream, since, until)
    finally:
        system.close()


def fetch_stream(
    place: Place, stream: Stream, since: datetime.datetime, until: datetime.datetime
) -> None:
    if stream.until:
        try:
            until = min(until, stream.until())
        except FetchError as error:
            raise of(stream.name, error) from None
    parts = windows_due(place, stream, since, until) if stream.span else [always(place.now)]
    total = 0
    for window in parts:
        try:
            total += place.write(stream.name, window, stream.records(window))
        except FetchError as error:
            days = f"{window.since:%Y-%m-%d %H:%M} to {window.until:%Y-%m-%d %H:%M} UTC"
            raise of(f"{stream.name}, {days}" if stream.span else stream.name, error) from None
    print(f"{stream.name}: {total:,} records" + (f" of {len(parts)} stretches" if stream.span
                                                 else ""))


def windows_due(
    place: Place, stream: Stream, since: datetime.datetime, until: datetime.datetime
) -> list[Window]:
    """What is still to be fetched, the oldest first; nothing of what has no time."""
    if not stream.span:
        return []
    return [
        window for window in windows(since, until, stream.span)
        if place.done(stream.name, window) is None
    ]


def of(what: str, error: FetchError) -> FetchError:
    failed = FetchError(f"{what}: {error}")
    failed.status = error.status
    return failed


def start_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


if __name__ == "__main__":
    sys.exit(main())
