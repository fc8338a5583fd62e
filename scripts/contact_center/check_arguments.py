"""Answers --help and wrong arguments of a command with nothing but Python, before its environment
is made: python -m contact_center.check_arguments COMMAND ARGUMENT..."""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
from types import ModuleType

PACKAGES = {
    "dbt", "dbt_common", "duckdb", "httpx", "jinja2", "tenacity", "tqdm", "xlsxwriter", "yaml",
}


# Where a command's module would do more than to be imported.
PARSERS = {
    "benchmark": "benchmarking.arguments", "build": "building.arguments",
    "fetch": "fetching.arguments",
    "generate": "generator.arguments", "reconcile": "reconciling.arguments",
}


class Absent(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Stands for packages that aren't installed yet; no parser needs what is in them."""

    def find_spec(self, name, path=None, target=None):
        package = name.partition(".")[0]
        if package not in PACKAGES or (name != package and self.is_there(package)):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def is_there(self, package: str) -> bool:
        """One that the system has, which may look for modules that it lacks."""
        return sys.modules[package].__spec__.loader is not self

    def create_module(self, spec):
        module = ModuleType(spec.name)
        module.__getattr__ = stand_in
        return module

    def exec_module(self, module):
        pass


def stand_in(name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    return type(name, (Exception,), {})


def main(command: str, *arguments: str) -> int:
    sys.meta_path.append(Absent())
    module = importlib.import_module(f"{__package__}.{PARSERS.get(command, command)}")
    try:
        module.parse(list(arguments))
    except Exception as error:
        if not hasattr(error, "status"):
            raise
        print(f"{command.replace('_', '-')}: {error}", file=sys.stderr)
        return error.status
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
