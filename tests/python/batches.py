"""A data set in batches, and the ways in which batches reach a build."""

from __future__ import annotations

import random
from pathlib import Path

from nasty import Tables, write_tables

# How the rows of a batch reach the build: in files of their own beside those of before; in files
# that replace those of before and hold their rows too; or in a folder of their own.
WAYS = ("new files", "grown files", "new folder")


def split(tables: Tables, batch_count: int, seed: int) -> list[Tables]:
    """The rows of a data set in random batches, each row in one; a batch may lack a table."""
    draw = random.Random(seed)
    batches: list[Tables] = [{} for _ in range(batch_count)]
    for name, rows in tables.items():
        for row in rows:
            batches[draw.randrange(batch_count)].setdefault(name, []).append(row)
    # What is measured doesn't depend on where the rows went.
    for name in tables:
        if not any(name in batch for batch in batches):
            batches[0][name] = []
    return batches


def deliver(way: str, folder: Path, number: int, batches: list[Tables]) -> Path:
    """Writes the files with which batch `number` comes; gives the folder to build from."""
    batch = batches[number]
    if way == "new folder":
        place = folder / f"batch-{number}"
        write_tables(batch, place)
        return place
    if way == "grown files":
        grown: Tables = {}
        for earlier in batches[: number + 1]:
            for name, rows in earlier.items():
                grown.setdefault(name, []).extend(rows)
        write_tables(grown, folder / "data")
        return folder / "data"
    for name, rows in batch.items():
        write_tables({name: rows}, folder / "written")
        (folder / "data" / name).mkdir(parents=True, exist_ok=True)
        (folder / "written" / f"{name}.csv").rename(
            folder / "data" / name / f"batch-{number}.csv"
        )
    return folder / "data"
