"""Variables of dbt_project.yml on a command line: known, checked, and passed on as data."""

from __future__ import annotations

import argparse
import datetime
import json
import math
import re
import zoneinfo
from pathlib import Path
from typing import Any

from .. import ROOT
from ..intake import texts
from ..persons import KINDS
from . import BuildError

# What a command sets itself.
TAKEN = {
    "data_dir": "--data", "adapters": "--adapter", "rebuild_from_store": "--rebuild-from-store",
    "has_erased": "./scripts/erase",
}
CHOICES = {"response_clock": ("first", "last")}
ZONES = ("reporting_time_zone", "asterisk_time_zone")
INSTANTS = ("as_of", "known_at")
# Variables that are lists of some of these words.
LISTS = {"pseudonymise": KINDS}
# What Jinja takes for the beginning of its own.
JINJA = re.compile(r"\{[{%#]")


def split(dbt_arguments: list[str]) -> tuple[dict[str, Any], list[str]]:
    """The variables among dbt's arguments, which join those of the command itself, and the rest."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--vars", default="{}")
    try:
        options, others = parser.parse_known_args(dbt_arguments)
        given = read(options.vars)
    except (argparse.ArgumentError, ValueError):
        given = None
    if not isinstance(given, dict):
        raise BuildError("--vars needs a mapping, for example: -- --vars '{max_login_hours: 12}'")
    defaults = known()
    for name, value in given.items():
        check(name, value, defaults)
    return given, others


def of_texts(texts: list[str]) -> dict[str, Any]:
    """The variables of NAME=VALUE texts; a value is read as YAML reads it."""
    defaults = known()
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or (defaults and name not in defaults):
            raise BuildError(
                f"--var '{text}' isn't NAME=VALUE with a variable of dbt_project.yml: "
                + ", ".join(sorted(defaults.keys() - TAKEN.keys()))
            )
        # What is text by default stays text: "2026-03-01" is a date to YAML.
        try:
            found[name] = value if isinstance(defaults.get(name), str) else read(value)
        except ValueError:
            found[name] = value
        check(name, found[name], defaults)
    return found


def known() -> dict[str, Any]:
    """Their defaults. None are known before there is an environment; they are checked again."""
    found = read((ROOT / "dbt_project.yml").read_text())
    return found["vars"] if found else {}


def text_encoding(given: dict[str, Any]) -> str:
    """For what reads files itself, before dbt or without it."""
    return str({**known(), **given}.get("text_encoding") or "")


def read(text: str) -> Any:
    """As YAML; an empty mapping before there is an environment. Raises ValueError."""
    import yaml

    # Of the module that stands for it (check_arguments.py).
    if not getattr(yaml, "__file__", None):
        return {}
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


def check(name: str, value: Any, defaults: dict[str, Any]) -> None:
    """Raises a BuildError where no build could take the value."""
    if name in TAKEN:
        raise BuildError(f"{name}: give {TAKEN[name]} instead of a variable")
    if name not in defaults:
        return
    default = defaults[name]
    if name in CHOICES and value not in CHOICES[name]:
        refuse(name, value, " or ".join(CHOICES[name]))
    if isinstance(default, bool):
        if not isinstance(value, bool):
            refuse(name, value, "true or false")
    elif isinstance(default, (int, float)):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            refuse(name, value, "a number of 0 or more")
        if not math.isfinite(value) or value < 0:
            refuse(name, value, "a number of 0 or more")
    elif isinstance(default, (dict, list)) and not isinstance(value, type(default)):
        refuse(name, value, "a mapping" if isinstance(default, dict) else "a list")
    if name in LISTS and not set(map(str, value)) <= set(LISTS[name]):
        refuse(name, value, "a list of " + ", ".join(LISTS[name]))
    if name in ZONES and value != default and not is_time_zone(str(value)):
        refuse(name, value, "an IANA time zone such as Europe/Berlin")
    if name == "text_encoding" and value and not texts.is_encoding(str(value)):
        refuse(name, value, texts.ENCODINGS)
    if name in INSTANTS and value and len(re.findall(r"\d", str(value))) < 8:
        refuse(name, value, "an ISO 8601 instant such as 2026-03-31T22:00:00Z")


def is_time_zone(name: str) -> bool:
    """Also true where this machine has no list of them; the build asks its engine."""
    zones = zoneinfo.available_timezones()
    return not zones or name.casefold() in {zone.casefold() for zone in zones}


def refuse(name: str, value: Any, expected: str) -> None:
    raise BuildError(f"Variable {name} is '{value}' but must be {expected}.")


def for_dbt(given: dict[str, Any]) -> str:
    """The value of dbt's --vars. dbt renders a text among them as Jinja, on its own level; here a
    value is data, so it comes back as it was."""
    return as_yaml({name: as_data(value) for name, value in given.items()})


def as_yaml(given: dict[str, Any]) -> str:
    """A mapping on a line. JSON's escapes for an emoji, two halves of it, are nothing to YAML."""
    text = json.dumps(given, default=as_text, ensure_ascii=False)
    return re.sub("[^ -~]", lambda found: f"\\U{ord(found[0]):08x}", text)


def as_data(value: Any) -> Any:
    if not isinstance(value, str) or not JINJA.search(value):
        return value
    return value.replace("{", "{{ '{' }}")


def as_given(value: Any) -> Any:
    """The value that as_data was given."""
    return value.replace("{{ '{' }}", "{") if isinstance(value, str) else value


def as_text(value: object) -> str:
    """A date or an instant, which YAML reads as such, as the ISO 8601 text that a variable is."""
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def place(path: Path | None) -> str:
    return str(path.resolve()) if path else ""
