"""dbt's manifest of the project: made once for each kind of build, and kept.

Reading the project takes dbt longer than building a small day. Its own partial parsing begins anew
with another warehouse, folder of data or place to write to, of which none says anything about the
project. A kept manifest serves whatever has the same key: the same files of the project, the same
dbt, and variables that differ in nothing but the place of the data.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt.parser.manifest import extended_mashumaro_encoder, extended_mashumuro_decoder
from dbt.version import __version__

from . import ROOT, code

# A manifest has about 5 MB.
MOST_KEPT = 40


def manifest(target: str, variables: dict, folder: Path) -> Manifest | None:
    """The manifest of a build of the target's warehouse, which the environment names.

    `folder`: where dbt may write while it reads the project. None if the project can't be read;
    dbt then says why, when it is asked to build it.
    """
    path = path_of(target, variables)
    kept = read(path)
    if kept is not None:
        return kept
    # Imports DuckDB, which no process may hold that is forked later (the tests' server of dbt).
    from .building.variables import for_dbt

    outcome = dbtRunner().invoke([
        "parse", "--no-partial-parse", "--log-level", "none", "--no-write-json",
        "--profiles-dir", "profiles", "--target", target, "--target-path", str(folder / "target"),
        "--log-path", str(folder / "logs"), "--vars", for_dbt(variables),
    ])
    if not outcome.success:
        return None
    packed = outcome.result.to_msgpack(extended_mashumaro_encoder)
    keep(packed, path)
    return unpacked(packed)


def read(path: Path) -> Manifest | None:
    """None if it isn't there, or whatever a damaged file makes of itself."""
    try:
        packed = path.read_bytes()
        # Another user's is as good, though only its owner may say that it was used.
        with contextlib.suppress(OSError):
            os.utime(path)
        return unpacked(packed)
    except Exception:
        return None


def path_of(target: str, variables: dict) -> Path:
    return kept_in() / f"{key(target, variables)}.msgpack"


def key(target: str, variables: dict) -> str:
    """A checksum of all that a manifest depends on."""
    # A DuckDB file's name is its database's, which every relation carries.
    warehouse = Path(os.environ.get("CONTACT_CENTER_WAREHOUSE", "contact_center.duckdb"))
    database = warehouse.stem if target == "duckdb" else ""
    shape = {
        **variables,
        "data_dir": bool(variables.get("data_dir")),
        "adapters": sorted(variables.get("adapters") or {}),
    }
    files = code.checksum(code.read_by_dbt())
    kind = as_json([__version__, str(ROOT), target, database, shape, files])
    return hashlib.sha256(kind.encode()).hexdigest()


def kept_in() -> Path:
    return ROOT / "target" / "manifests"


def keep(packed: bytes, path: Path) -> None:
    """In one step, and not at all where the project's folder can't be written to or is full."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(packed)
        os.replace(part, path)
        newest_first = sorted(
            path.parent.glob("*.msgpack"), key=lambda one: one.stat().st_mtime, reverse=True
        )
        for old in newest_first[MOST_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def unpacked(packed: bytes) -> Manifest:
    found = Manifest.from_msgpack(packed, decoder=extended_mashumuro_decoder)
    # What `graph` is in macros; dbt makes it while it reads the project.
    found.build_flat_graph()
    return found


def as_json(value: object) -> str:
    return json.dumps(value, default=str, sort_keys=True)
