"""The software bill of materials, CycloneDX 1.5 as JSON, of a lock file. Needs no network: licences
are told by the packages that are installed, and left out of those that aren't."""

from __future__ import annotations

import argparse
import json
import re
import sys
import uuid
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from . import ROOT
from .terminal import read_as_far_as_wanted

PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?==(?P<version>[^\s;\\]+)(\s*;\s*(?P<marker>[^\\\n]+))?",
)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Package:
    """A pinned one. `marker`: where it is needed at all."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/sbom",
        description="Prints the software bill of materials of the pinned packages, CycloneDX 1.5 "
        "as JSON.",
    )
    parser.add_argument(
        "--lock", type=Path, default=ROOT / "requirements.lock", metavar="FILE",
        help="default: requirements.lock; requirements-spark.lock is that of the target spark",
    )
    options = parser.parse_args(arguments)
    if not options.lock.is_file():
        parser.error(f"--lock '{options.lock}' isn't there")
    return options


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 printed, 2 the command was wrong."""
    options = parse(arguments)
    with read_as_far_as_wanted():
        print(json.dumps(bill(packages(options.lock.read_text())), indent=2))
    return 0


def packages(lock: str) -> list[Package]:
    """Of the lock's lines: a name and version, and the hashes below it."""
    found: list[Package] = []
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock):
        pinned = PINNED.match(block)
        if pinned:
            found.append(Package(
                pinned["name"].lower(), pinned["version"], (pinned["marker"] or "").strip(),
                tuple(HASH.findall(block)),
            ))
    return found


def bill(found: list[Package]) -> dict[str, Any]:
    """The same for the same lock: it has no time, and its number is one of its content."""
    project = next(
        line.split('"')[1] for line in (ROOT / "dbt_project.yml").read_text().splitlines()
        if line.startswith("version:")
    )
    components = [component(package) for package in found]
    content = json.dumps(components, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "name": "contact_center", "version": project,
                "bom-ref": f"contact_center@{project}",
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": components,
    }


def component(package: Package) -> dict[str, Any]:
    purl = f"pkg:pypi/{package.name}@{package.version}"
    found: dict[str, Any] = {
        "type": "library", "bom-ref": f"{purl}#{package.marker}" if package.marker else purl,
        "name": package.name, "version": package.version, "purl": purl,
    }
    licence = licence_of(package)
    if licence:
        found["licenses"] = [{"license": {"name": licence}}]
    found["properties"] = [
        {"name": "contact_center:sha256", "value": value} for value in package.hashes
    ]
    if package.marker:
        found["properties"].append(
            {"name": "contact_center:needed_where", "value": package.marker}
        )
    return found


def licence_of(package: Package) -> str | None:
    """As the installed package says it: an SPDX expression, its classifiers, or a short text."""
    try:
        told = metadata.metadata(package.name)
    except metadata.PackageNotFoundError:
        return None
    if told["Version"] != package.version:
        return None
    if told.get("License-Expression"):
        return told["License-Expression"]
    classifiers = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or []
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    if classifiers:
        return " AND ".join(sorted(classifiers))
    text = (told.get("License") or "").strip()
    return text.splitlines()[0][:100] if text else None


if __name__ == "__main__":
    sys.exit(main())
