"""Where an adapter's data are: files, or a live PostgreSQL database by its URL.

A URL holds a password: it goes to dbt's process in the environment, and never into a variable, a
log or the warehouse.
"""

from __future__ import annotations

import os
import re
import sys

from . import ROOT

ADAPTERS = ROOT / "models" / "adapters"
# The adapters that can read a database, and the schema of it that holds their tables.
DATABASES = {"chatwoot": "public"}
# Only what is a URL goes to the server's library: its words about anything else may repeat parts
# of a password.
URL = re.compile(
    r"postgres(ql)?://([^\s/?#@:]+(:(?P<password>[^\s/?#@:]*))?@)?[^\s/?#@]*(/[^\s/?#]*)?(\?\S*)?"
)

# In words for people, to the end of what they quote; also as a path, where // is /. Of programs
# other than PostgreSQL where a user is named. What the advice says isn't one.
SCHEME = r"(postgres(?:ql)?|[a-z][a-z\d+.-]+(?=:/[^\s']*@))"
SAID = re.compile(
    rf"(?<='){SCHEME}:/.*(?='(?:\W|$))|{SCHEME}:/(?!/user:password@host:port/dbname).*",
    re.IGNORECASE | re.DOTALL,
)


def adapters() -> list[str]:
    """The names of those that there are."""
    return sorted(path.name for path in ADAPTERS.iterdir() if path.is_dir())


def is_database(place: str) -> bool:
    """True of a URL, also one of a server that no adapter can read."""
    return "://" in place


def check(url: str) -> None:
    """Raises a ValueError that doesn't repeat the URL where it is none."""
    if not URL.fullmatch(url):
        raise ValueError(
            "the database isn't given as postgresql://user:password@host:port/dbname. In user and "
            "password, characters such as / : @ # ? % and spaces are written %2F %3A %40 %23 %3F "
            "%25 %20"
        )


def masked(message: str) -> str:
    """Words about arguments, without what may hold a password."""
    return SAID.sub(lambda found: f"{found[1] or found[2]}://...", message)


def environment_variable(adapter: str) -> str:
    return f"CONTACT_CENTER_{adapter.upper()}_DATABASE"


def given(adapter: str) -> str:
    """The URL that the environment holds, so that the command line needn't."""
    return os.environ.get(environment_variable(adapter), "") if adapter in DATABASES else ""


def without_urls(arguments: list[str]) -> list[str]:
    """A command's arguments without the databases, which the environment has (keep)."""
    found: list[str] = []
    for number, argument in enumerate(arguments):
        if argument == "--":
            return found + arguments[number:]
        name = argument.partition("=")[0]
        if name == "--database" or number and arguments[number - 1] == "--database":
            continue
        if is_database(argument) and name in (*DATABASES, "--adapter"):
            argument = "=".join(argument.split("=")[:1 if name in DATABASES else 2])
        found.append(argument)
    return found


def keep(places: dict[str, str]) -> None:
    """Puts the URLs of adapters' places into the environment."""
    for adapter, place in places.items():
        if is_database(place):
            os.environ[environment_variable(adapter)] = place


def begin_again(command: str, shown: list[str], places: dict[str, str]) -> None:
    """A URL among the arguments holds a password, and whoever lists processes reads them: the same
    process begins again with `shown`, which has none, and with the URLs in its environment."""
    keep(places)
    os.execv(sys.executable, [sys.executable, "-m", f"contact_center.{command}", *shown])


def hand_over(places: dict[str, str]) -> dict[str, str]:
    """Keeps the URLs among the adapters' places for dbt's process; gives the places, with the name
    in place of a URL under which its models find the database."""
    for adapter in DATABASES:
        os.environ.pop(environment_variable(adapter), None)
    keep(places)
    return {
        adapter: f"database {adapter}_database" if is_database(place) else place
        for adapter, place in places.items()
    }
