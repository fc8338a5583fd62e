"""The project's macros without dbt: the contract, and the rules that a row keeps or breaks by
itself, are said once, in macros/, and asked for here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any, NoReturn

import jinja2
import yaml

from .. import ROOT

FOLDER = ROOT / "macros"
MACRO = re.compile(r"\{%-? macro (\w+)\(.*?\{%-? endmacro -?%\}", re.DOTALL)


class _Returned(Exception):
    """What a macro gives by return(); its text, where it doesn't."""


def _return(value: object = None) -> NoReturn:
    raise _Returned(value)


class Project:
    """The macros as they are on DuckDB where files are read, with the project's own variables, or
    those given."""

    def __init__(self, variables: Mapping[str, object] | None = None) -> None:
        values = {**_project_variables(), **(variables or {}), "data_dir": "files"}
        self.macros: dict[str, Callable[..., Any]] = {}
        environment = jinja2.Environment(extensions=["jinja2.ext.do"])
        environment.globals.update({
            "return": _return,
            "var": lambda name, default=None: values.get(name, default),
            "adapter": SimpleNamespace(dispatch=lambda name, *_: self.macros[f"default__{name}"]),
            "execute": True,
            "modules": SimpleNamespace(re=re),
        })
        for text in _texts():
            for found in MACRO.finditer(text):
                self.macros[found[1]] = _callable(environment, found[1], found[0])
        environment.globals.update(self.macros)

    def call(self, name: str, *arguments: object) -> Any:
        """What a macro returns, or its text."""
        return self.macros[name](*arguments)


def _callable(environment: jinja2.Environment, name: str, text: str) -> Callable[..., Any]:
    @cache
    def compiled() -> Any:
        return getattr(environment.from_string(text).module, name)

    def run(*arguments: object, **named: object) -> Any:
        try:
            return compiled()(*arguments, **named)
        except _Returned as returned:
            return returned.args[0]

    return run


@cache
def _texts() -> list[str]:
    return [path.read_text() for path in sorted(FOLDER.rglob("*.sql"))]


@cache
def _project_variables() -> dict[str, object]:
    return yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
