"""The folder bi/ as the catalogue and the boards make it."""

from __future__ import annotations

from pathlib import Path

import yaml

from .. import ROOT
from . import metricflow_models, superset_charts, superset_dashboards, superset_datasets
from .catalogue import Mart, read_marts
from .superset_boards import BOARDS

FOLDER = ROOT / "bi"
# What a person wrote there.
BY_HAND = {"metricflow/dbt_project.yml", "metricflow/profiles.yml"}
HEADER = "# Written by ./scripts/write-bi; see docs/{}.md.\n"


def files() -> dict[str, str]:
    """The text of each file below bi/, by its path. Raises CatalogueError."""
    marts = read_marts()
    documents: dict[str, superset_datasets.Document] = {
        "superset/metadata.yaml": {
            "version": superset_datasets.VERSION, "type": "Dashboard",
            # Superset asks for a time, and means nothing by it.
            "timestamp": "2026-01-01T00:00:00+00:00",
        },
        "superset/databases/contact_center.yaml": superset_datasets.database(),
    }
    for name, mart in marts.items():
        documents[f"superset/datasets/contact_center/{name}.yaml"] = superset_datasets.dataset(mart)
    for board in BOARDS:
        documents[f"superset/dashboards/{board.key}.yaml"] = superset_dashboards.document(board)
        for chart in board.charts:
            documents[f"superset/charts/{chart.key}.yaml"] = superset_charts.document(
                chart, marts[chart.mart]
            )
    made = {
        name: HEADER.format("superset") + _text(document) for name, document in documents.items()
    }
    return made | _metricflow(marts)


def _metricflow(marts: dict[str, Mart]) -> dict[str, str]:
    documents, sql = metricflow_models.files(marts)
    header = HEADER.format("metricflow")
    return {
        f"metricflow/models/{name}": text for name, text in [
            *((name, header + _text(document)) for name, document in documents.items()),
            *sql.items(),
        ]
    }


def _text(document: superset_datasets.Document) -> str:
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=96)


class _Dumper(yaml.SafeDumper):
    """Without anchors, and SQL as it reads."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _string(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _string)


def write(folder: Path = FOLDER) -> list[str]:
    """Writes what differs and removes what isn't made any more; gives the paths of both."""
    made = files()
    changed = []
    for name, text in made.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    for name in written(folder):
        if name not in made:
            (folder / name).unlink()
            changed.append(name)
    return changed


def written(folder: Path = FOLDER) -> list[str]:
    """The paths of what an earlier run wrote there."""
    paths = [
        path.relative_to(folder) for kind in ("yaml", "yml", "sql")
        for path in folder.rglob(f"*.{kind}")
    ]
    # target is dbt's.
    return sorted(
        path.as_posix() for path in paths
        if "target" not in path.parts and path.as_posix() not in BY_HAND
    )
