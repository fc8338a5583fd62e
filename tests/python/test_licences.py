"""The bill of materials names every pinned package; each has a licence that the project takes."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
from conftest import ROOT

from contact_center import sbom

# By the words in which packages say them. What is joined by OR may be chosen.
TAKEN = {
    "0BSD", "3-Clause BSD License", "Apache Software License", "Apache-2.0", "BSD", "BSD License",
    "BSD-2-Clause", "BSD-3-Clause", "CNRI-Python", "ISC License (ISCL)", "MIT", "MIT License",
    "MIT-0", "MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)", "PSF-2.0",
    "Python Software Foundation License", "Apache 2.0", "Apache License 2.0",
}
# Its text lets one choose between the two; it is taken under the first.
CHOSEN = {
    "text-unidecode": "Artistic License AND GNU General Public License (GPL) AND GNU General "
    "Public License v2 or later (GPLv2+)",
}


def is_taken(name: str, licence: str) -> bool:
    if CHOSEN.get(name) == licence:
        return True
    return any(
        all(part.strip("() ") in TAKEN or part.strip() in TAKEN for part in choice.split(" AND "))
        for choice in licence.split(" OR ")
    )


@pytest.fixture(scope="module")
def pinned() -> list[sbom.Package]:
    return sbom.packages((ROOT / "requirements.lock").read_text())


def test_every_installed_package_has_a_licence_that_is_taken(pinned) -> None:
    told = {package.name: sbom.licence_of(package) for package in pinned}
    assert sum(licence is not None for licence in told.values()) > len(pinned) / 2
    assert {
        name: licence for name, licence in told.items()
        if licence is not None and not is_taken(name, licence)
    } == {}


def test_a_licence_that_isnt_taken_is_noticed() -> None:
    assert not is_taken("one", "GPL-3.0-only")
    assert not is_taken("one", "MIT AND GPL-3.0-only")
    assert is_taken("one", "GPL-3.0-only OR MIT")


def test_the_bill_names_every_pinned_package_with_its_hashes(pinned) -> None:
    lock = (ROOT / "requirements.lock").read_text()
    names = {name.lower() for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==", lock, re.M)}
    assert {package.name for package in pinned} == names and "dbt-core" in names
    assert all(package.hashes for package in pinned)
    result = subprocess.run(
        ["bash", ROOT / "scripts" / "sbom"], capture_output=True, text=True, check=True
    )
    bill = json.loads(result.stdout)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert {part["name"] for part in bill["components"]} == names
    references = [part["bom-ref"] for part in bill["components"]]
    assert len(set(references)) == len(references)
    assert bill == sbom.bill(pinned)
