"""The bill of materials names every pinned package; each has a licence that the project takes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from licences import assert_taken, is_taken, told

from contact_center import sbom


@pytest.fixture(scope="module")
def pinned() -> list[sbom.Package]:
    return sbom.packages((ROOT / "requirements.lock").read_text())


def test_every_installed_package_has_a_licence_that_is_taken() -> None:
    assert_taken(told(Path(sys.executable), ROOT / "requirements.lock"))


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


def test_a_reader_of_the_bill_may_have_seen_enough() -> None:
    result = subprocess.run(
        f"'{ROOT}/scripts/sbom' | head -n 1", shell=True, capture_output=True, text=True,
        check=False,
    )
    assert (result.stdout, result.stderr) == ("{\n", "")
