"""The command line of ./scripts/fetch."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from ..dates import iso_date
from . import UsageError

# What each system needs of the environment; the second list may be absent.
ENVIRONMENT = {
    "tencent_ccc": (
        ["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY", "TENCENT_CCC_SDK_APP_ID"], [],
    ),
    "tencent_desk": (
        ["TENCENT_DESK_SDK_APP_ID", "TENCENT_DESK_IDENTIFIER", "TENCENT_DESK_SECRET_KEY"], [],
    ),
    "nice_cxone": (
        ["NICE_CXONE_ACCESS_KEY_ID", "NICE_CXONE_ACCESS_KEY_SECRET"],
        ["NICE_CXONE_CLIENT_ID", "NICE_CXONE_CLIENT_SECRET"],
    ),
    "genesys_cloud": (["GENESYS_CLOUD_CLIENT_ID", "GENESYS_CLOUD_CLIENT_SECRET"], []),
}
# For how many days a system keeps records.
KEPT = {"tencent_ccc": 180}
# Where a system is asked, unless --base-url says otherwise.
BASE_URLS = {
    "tencent_ccc": "https://ccc.tencentcloudapi.com",
    "tencent_desk": "https://console.tim.qq.com",
    "nice_cxone": "https://na1.nice-incontact.com",
    "genesys_cloud": "https://api.mypurecloud.com",
}


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (./scripts/fetch --help shows the options)")


def parse(arguments: list[str] | None) -> argparse.Namespace:
    needed = "\n".join(
        f"  {name}: {', '.join([*needs, *(f'[{one}]' for one in may)])}"
        for name, (needs, may) in ENVIRONMENT.items()
    )
    parser = Parser(
        prog="./scripts/fetch", allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Fetches a system's records into a folder that its adapter reads. Run it\n"
        "again with the same folder: it goes on where it stopped, and fetches again what may\n"
        "have changed since.",
        epilog=f"Secrets come in the environment:\n{needed}",
    )
    parser.add_argument("name", choices=sorted(ENVIRONMENT), metavar="NAME", help="the system: "
                        + ", ".join(sorted(ENVIRONMENT)))
    parser.add_argument(
        "--since", type=iso_date, required=True, metavar="DATE", help="first day of UTC to fetch"
    )
    parser.add_argument(
        "--until", type=iso_date, metavar="DATE",
        help="last day of UTC, itself included (default: up to now)",
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar="DIR",
        help="the folder for the files; it is made where it isn't there",
    )
    parser.add_argument(
        "--overlap", type=days, default=2, metavar="DAYS",
        help="fetch again what was fetched less than so many days after it happened (2): records "
        "change after completion",
    )
    parser.add_argument(
        "--base-url", metavar="URL",
        help="another region's or installation's interface, or a proxy before it",
    )
    options = parser.parse_args(arguments)
    check(options)
    return options


def check(options: argparse.Namespace) -> None:
    if options.until and options.since > options.until:
        raise UsageError(f"--since {options.since} is after --until {options.until}")
    if options.since > datetime.datetime.now(datetime.UTC).date():
        raise UsageError(f"--since {options.since} lies in the future")
    if options.output.exists() and not options.output.is_dir():
        raise UsageError(f"--output '{options.output}' is a file; give a folder")
    if options.base_url and not options.base_url.startswith(("http://", "https://")):
        raise UsageError(f"--base-url '{options.base_url}' begins with neither http:// nor https://")
    if options.base_url and not is_address(options.base_url):
        raise UsageError(
            f"--base-url '{options.base_url}' is no address such as https://host:8443/path"
        )


def is_address(url: str) -> bool:
    """Of a host, perhaps with a port and a path, to which more is added."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0 and not (
            parts.query or parts.fragment or any(map(str.isspace, url))
        )
    except ValueError:
        return False


def check_age(name: str, day: datetime.date, now: datetime.datetime) -> None:
    """Of the first day that isn't fetched yet, before anything is asked: what the vendor no longer
    has, it refuses."""
    kept = KEPT.get(name)
    oldest = now.date() - datetime.timedelta(days=kept or 0)
    if kept and day < oldest:
        raise UsageError(
            f"{name} keeps {kept} days, and {day} isn't fetched yet: give --since {oldest} or later"
        )


def days(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of days")
    return int(text)
