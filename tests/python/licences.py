"""Which licences of packages the project takes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from conftest import ROOT

# By the words in which packages say them. What is joined by OR may be chosen.
TAKEN = {
    "0BSD", "3-Clause BSD License", "Apache Software License", "Apache-2.0", "BSD", "BSD License",
    "BSD-2-Clause", "BSD-3-Clause", "CNRI-Python", "ISC License (ISCL)", "MIT", "MIT License",
    "MIT-0", "MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)", "PSF-2.0",
    "Python Software Foundation License", "Apache 2.0", "Apache License 2.0", "Apache License",
    "Apache License, Version 2.0", "ISC", "MIT-CMU", "Simplified BSD", "The Unlicense (Unlicense)",
}
# Their texts let one choose; each is taken under the first.
CHOSEN = {
    "odfpy": "Apache Software License AND GNU General Public License (GPL) AND GNU Library or "
    "Lesser General Public License (LGPL)",
    "text-unidecode": "Artistic License AND GNU General Public License (GPL) AND GNU General "
    "Public License v2 or later (GPLv2+)",
}

# What Superset needs, in an environment of its own and as it was published: libraries that may be
# used but not changed under other terms; any licence of the Open Source Initiative; and one whose
# first line is its holder's, above the text of MIT.
AS_PUBLISHED = {
    "paramiko": "LGPL-2.1",
    "pyxlsb": "GNU Lesser General Public License v3 or later (LGPLv3+)",
    "apsw": "any-OSI",
    "polyline": "Copyright (c) 2023 Frederick Jansen",
}


def is_taken(name: str, licence: str) -> bool:
    if licence in (CHOSEN.get(name), AS_PUBLISHED.get(name)):
        return True
    return any(
        all(part.strip("() ") in TAKEN or part.strip() in TAKEN for part in choice.split(" AND "))
        for choice in licence.split(" OR ")
    )


def told(python: Path, lock: Path) -> dict[str, str | None]:
    """Of an environment's interpreter and its lock: package -> licence, None if it isn't there."""
    result = subprocess.run(
        [python, "-m", "contact_center.sbom", "--lock", lock],
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True, text=True, check=True,
    )
    return {
        part["name"]: part["licenses"][0]["license"]["name"] if "licenses" in part else None
        for part in json.loads(result.stdout)["components"]
    }


def assert_taken(licences: dict[str, str | None]) -> None:
    assert sum(licence is not None for licence in licences.values()) > len(licences) / 2
    assert {
        name: licence for name, licence in licences.items()
        if licence is not None and not is_taken(name, licence)
    } == {}
