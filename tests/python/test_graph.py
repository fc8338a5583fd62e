"""What is made of what: short ways from rows to figures, and definitions that know no builds."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT
from manifests import Graph, Manifest, public_models, read_manifest

from contact_center import describe_macros

# The longest is of what an increment touches: a changed calendar is one reason, and how far it
# reaches hangs on where the data end.
MOST_RELATIONS_ON_A_WAY = 23
MOST_WAYS = 13_000
# Where definitions are: between what is to build and the facts.
DEFINITIONS = ("sessions", "turns", "agent_states", "calendar", "backlog", "marts")
BUILDS = {"builds", "loads", "rebuilt_rows", "touched_sessions", "touched_agents", "touched_focus"}


@pytest.fixture(scope="module")
def manifest(tmp_path_factory) -> Manifest:
    return read_manifest(tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="module")
def graph(manifest: Manifest) -> Graph:
    return Graph(manifest)


def test_the_way_to_the_figures_is_short(graph: Graph) -> None:
    way = graph.longest_way("digital_metrics_daily")
    assert len(way) <= MOST_RELATIONS_ON_A_WAY, " <- ".join(way)


def test_the_ways_of_a_message_can_be_counted(graph: Graph) -> None:
    assert 0 < graph.ways("raw_messages", "digital_metrics_daily") <= MOST_WAYS


def test_definitions_know_nothing_of_builds(manifest: Manifest, graph: Graph) -> None:
    """What they read of staging and of what is to build says nothing of which build it is."""
    definitions = [
        node["name"] for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["fqn"][1] in DEFINITIONS
        and node["fqn"][2] not in ("feed", "catalog")
    ]
    assert "turns" in definitions and "fct_sessions" in definitions
    known = {name: BUILDS & set(graph.parents[name]) for name in definitions}
    assert {name: parents for name, parents in known.items() if parents} == {}


def test_no_fact_of_the_last_build_is_made_anew(manifest: Manifest) -> None:
    """A table that every build makes whole may show this build already."""
    facts = [
        source["name"] for source in manifest["sources"].values()
        if source["source_name"] == "last_build"
    ]
    assert facts
    for fact in facts:
        node = manifest["nodes"][f"model.contact_center.{fact}"]
        assert node["config"]["materialized"] in ("incremental", "view"), fact
        assert node["schema"] == "marts", fact


def test_what_is_made_where_it_is_read_has_all_rows(manifest: Manifest, graph: Graph) -> None:
    """Views and functions of the marts read models that are kept, never what is but to build."""
    nodes = manifest["nodes"].values()
    models = {node["name"]: node for node in nodes if node["resource_type"] == "model"}
    kept = {name for name, node in models.items() if is_of_kind(node, "incremental")}
    assert "turns" in kept and "sessions" not in kept
    for name, node in models.items():
        if node["fqn"][1] == "marts" and is_of_kind(node, "view", "range_function"):
            read, to_read = set(), [name]
            while to_read:
                parents = set(graph.parents[to_read.pop()]) - kept - read
                read |= parents
                to_read += parents
            assert not {parent for parent in read if parent.endswith("_to_build")}, name


def is_of_kind(node: dict, *kinds: str) -> bool:
    return node["config"]["materialized"] in kinds


# Rows of these may be the same in every column: a bad row that came twice, equal durations.
WITHOUT_A_GRAIN = {"quarantined_rows", "fct_durations"}


def test_the_grain_of_every_public_model_is_proven(manifest: Manifest) -> None:
    """A key of one column (unique) or of several (grain), in the test of its columns."""
    proven = {
        parent for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and {"unique", "grain"} & set(node.get("test_metadata", {}).get("kwargs", {}))
        for parent in node["depends_on"]["nodes"]
    }
    public = {
        model["unique_id"]: model["name"] for model in public_models(manifest)
        if model["config"]["materialized"] != "range_function"
    }
    unproven = {name for unique_id, name in public.items() if unique_id not in proven}
    assert unproven == WITHOUT_A_GRAIN


def test_every_test_is_described(manifest: Manifest) -> None:
    tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    tests += manifest["unit_tests"].values()
    assert len(tests) > 300
    assert [test["name"] for test in tests if not (test["description"] or "").strip()] == []


def test_every_macro_is_described(manifest: Manifest) -> None:
    """In a comment above it, which ./scripts/describe-macros gives to dbt's documentation."""
    described = describe_macros.descriptions()
    assert [name for name, description in described.items() if not description] == []
    written = describe_macros.FILE.read_text(encoding="utf-8")
    assert written == describe_macros.as_yaml(described), "run ./scripts/describe-macros"
    known = {
        macro["name"]: macro["description"].strip() for macro in manifest["macros"].values()
        if macro["package_name"] == "contact_center"
    }
    assert known == described


def test_deprecated_columns_are_those_of_the_page(manifest: Manifest) -> None:
    """A column says in its description what it is deprecated for, and the page has a row of it."""
    described = {
        (model["name"], column["name"], found[1])
        for model in public_models(manifest)
        for column in model["columns"].values()
        if (found := re.match(r"Deprecated: (\w+)", column["description"]))
    }
    page = (ROOT / "docs" / "deprecations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| `(\w+)` \|", page, re.MULTILINE)
    assert described
    assert described == set(rows)
    columns = {
        (model["name"], column) for model in public_models(manifest) for column in model["columns"]
    }
    assert {(relation, instead) for relation, _, instead in rows} <= columns
