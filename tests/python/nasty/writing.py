"""Tables as files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from nasty.columns import COLUMNS, Tables


def write_tables(tables: Tables, folder: str | Path, format: str = "csv") -> None:
    """Writes one file per table, as `<table>.csv` or `<table>.jsonl`."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        path = folder / f"{name}.{format}"
        if format == "csv":
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, COLUMNS[name])
                writer.writeheader()
                writer.writerows(rows)
        elif format == "jsonl":
            lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
            path.write_text("".join(lines), encoding="utf-8")
        else:
            raise ValueError(f"unknown format: {format}")
