"""DuckDB's values as JSON that every program reads."""

from __future__ import annotations

import datetime
import json
import math
from typing import Any


def text_of(value: Any) -> str:
    return json.dumps(readable(value), ensure_ascii=False)


def readable(value: Any) -> Any:
    """Of what JSON knows, also within lists, structs and maps."""
    if isinstance(value, dict):
        return {key_of(key): readable(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [readable(inner) for inner in value]
    if isinstance(value, float):
        # 0 / 0 and 1 / 0 have no word in JSON; Python's own words for them no other program reads.
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return float(value) if type(value).__name__ == "Decimal" else str(value)


def key_of(key: Any) -> str:
    """A map's key may be of any type, JSON's is a text."""
    found = readable(key)
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
