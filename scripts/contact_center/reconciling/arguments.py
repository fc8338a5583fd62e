"""The command line of ./scripts/reconcile."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .. import default_warehouse
from ..dates import iso_date
from ..places import adapters
from . import UsageError

FORMATS = ("table", "csv", "json", "markdown")
# Where a system's days are the vendor's own.
ZONES = {"tencent_desk": "Asia/Shanghai", "tencent_ccc": "Asia/Shanghai"}


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (./scripts/reconcile --help shows the options)")


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = Parser(
        prog="./scripts/reconcile", allow_abbrev=False,
        description="Compares a vendor's own figures with this warehouse's, day by day, and looks "
        "for why they differ: exit status 0 where all are equal or explained, 1 where one isn't.",
    )
    parser.add_argument(
        "name", metavar="NAME",
        help=f"whose figures they are: {', '.join(adapters())}, or contract for any other system's",
    )
    parser.add_argument(
        "--vendor", type=Path, required=True, metavar="FILE",
        help="a CSV figure_id, date_day, agent_id, skill_id, channel_id, value (the ids may be "
        "left out), a report with a column for each figure, or an answer of the system's own",
    )
    parser.add_argument(
        "--from", dest="from_date", type=iso_date, metavar="DATE",
        help="first local day to compare (default: the first in FILE)",
    )
    parser.add_argument(
        "--to", dest="to_date", type=iso_date, metavar="DATE",
        help="last local day, itself included (default: the last in FILE)",
    )
    parser.add_argument(
        "--zone", metavar="ZONE",
        help="the vendor's days may be days of this zone, such as Asia/Shanghai (the default for "
        "Tencent's systems)",
    )
    parser.add_argument(
        "--company", dest="companies", nargs="+", action="extend", default=[], metavar="ID",
        help="only these companies (default: those of the system's own feed, else all)",
    )
    parser.add_argument(
        "--sessions", type=count, default=10, metavar="COUNT",
        help="how many sessions of a difference are shown (10); csv and json have all",
    )
    parser.add_argument(
        "--format", choices=FORMATS, default=FORMATS[0], help="default: table",
    )
    parser.add_argument(
        "--warehouse", type=Path, metavar="FILE",
        help="default: $CONTACT_CENTER_WAREHOUSE, else warehouse/contact_center.duckdb",
    )
    options = parser.parse_args(arguments)
    check(options)
    options.warehouse = (options.warehouse or default_warehouse()).absolute()
    options.zone = options.zone or ZONES.get(options.name)
    return options


def check(options: argparse.Namespace) -> None:
    known = [*adapters(), "contract"]
    if options.name not in known:
        raise UsageError(
            f"there is no system '{options.name}'; there are {', '.join(known)}"
        )
    if not options.vendor.is_file():
        raise UsageError(f"--vendor '{options.vendor}' isn't a file that is there")
    if options.from_date and options.to_date and options.from_date > options.to_date:
        raise UsageError(f"--from {options.from_date} is after --to {options.to_date}")
    if options.zone:
        try:
            ZoneInfo(options.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            # OSError: a folder of zones, such as Asia.
            raise UsageError(
                f"--zone '{options.zone}' is no zone's name, such as Asia/Shanghai"
            ) from None


def count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of sessions")
    return int(text)
