"""Fetches from a played vendor, and what they leave."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from contact_center import fetch
from contact_center.fetching.arguments import parse
from contact_center.fetching.place import STATE

NOW = datetime.datetime(2026, 3, 6, 12, tzinfo=datetime.UTC)
SECRETS = {
    "tencent_ccc": {
        "TENCENTCLOUD_SECRET_ID": "AKID-of-a-test", "TENCENTCLOUD_SECRET_KEY": "key-of-a-test",
        "TENCENT_CCC_SDK_APP_ID": "1400000001",
    },
    "tencent_desk": {
        "TENCENT_DESK_SDK_APP_ID": "1400000001", "TENCENT_DESK_IDENTIFIER": "administrator",
        "TENCENT_DESK_SECRET_KEY": "key-of-a-test",
    },
    "nice_cxone": {
        "NICE_CXONE_ACCESS_KEY_ID": "id-of-a-test", "NICE_CXONE_ACCESS_KEY_SECRET": "key-of-a-test",
    },
    "genesys_cloud": {
        "GENESYS_CLOUD_CLIENT_ID": "id-of-a-test", "GENESYS_CLOUD_CLIENT_SECRET": "key-of-a-test",
    },
}


def run(
    name: str, url: str, folder: Path, *options: str, since: str = "2026-03-05",
    now: datetime.datetime = NOW, waited: list[float] | None = None,
) -> None:
    """Without waiting; how long it would have is added to `waited`."""
    given = parse([
        name, "--since", since, "--output", str(folder), "--base-url", url, *options,
    ])
    slept = waited if waited is not None else []
    fetch.fetch(given, SECRETS[name], now, sleep=slept.append)


def bodies(folder: Path, stream: str) -> list[Any]:
    """The records of a stream, file by file in the order of their names."""
    found = []
    for path in sorted(folder.glob(f"{stream}-*.jsonl")):
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            envelope = json.loads(line)
            assert set(envelope) - {"query"} == {"received_at", "body"}
            found.append(envelope["body"])
    return found


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def texts(folder: Path) -> str:
    """All that was written, the state too."""
    return "".join(
        path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()
    )


def state(folder: Path) -> dict[str, Any]:
    return json.loads((folder / STATE).read_text(encoding="utf-8"))
