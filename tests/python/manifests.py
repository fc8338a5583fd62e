"""What dbt knows of the project without building it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from conftest import run_dbt

Manifest = dict[str, Any]


def read_manifest(scratch: Path) -> Manifest:
    """The project's manifest, parsed in an empty folder."""
    warehouse = scratch / "none.duckdb"
    result = run_dbt("parse", warehouse)
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]
    return json.loads((scratch / "none-dbt" / "manifest.json").read_text(encoding="utf-8"))


def public_models(manifest: Manifest) -> list[dict[str, Any]]:
    return [
        node for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["access"] == "public"
    ]


class Graph:
    """What is made of what: models, seeds and sources, by their names without the project's."""

    def __init__(self, manifest: Manifest) -> None:
        self.parents = {
            name(child): sorted({name(parent) for parent in parents if is_relation(parent)})
            for child, parents in manifest["parent_map"].items()
            if is_relation(child)
        }

    def depth(self, relation: str) -> int:
        """Relations on the longest way to this one, itself counted."""

        @cache
        def depth(relation: str) -> int:
            return 1 + max((depth(parent) for parent in self.parents[relation]), default=0)

        return depth(relation)

    def longest_way(self, relation: str) -> list[str]:
        way = [relation]
        while parents := self.parents[way[-1]]:
            way.append(max(parents, key=self.depth))
        return way

    def ways(self, start: str, end: str) -> int:
        """In how many ways one relation leads to another."""

        @cache
        def ways(relation: str) -> int:
            return 1 if relation == start else sum(map(ways, self.parents[relation]))

        return ways(end)


def is_relation(unique_id: str) -> bool:
    return unique_id.split(".")[0] in ("model", "seed", "source")


def name(unique_id: str) -> str:
    """model.contact_center.turns -> turns; source.contact_center.last_build.x -> last_build.x"""
    return ".".join(unique_id.split(".")[2:])
