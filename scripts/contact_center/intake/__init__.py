"""What a build reads: files are found, told apart and checked here, and handed to dbt as views.

Nothing is judged here but whether a file can be read: what a value means, and whether a row counts,
is decided in SQL (macros/staging).
"""

from __future__ import annotations

from dataclasses import dataclass, field

# The database in memory that holds the views, beside the warehouse: nothing of it is published.
DATABASE = "contact_center_intake"
SCHEMA = "raw"


class InputError(Exception):
    """A reason not to build, in words for the person whose data it is."""


@dataclass(frozen=True)
class Persons:
    """`kinds`: whose ids become pseudonyms; `has_erased`: customers were erased (../persons.py)."""

    kinds: tuple[str, ...] = ()
    has_erased: bool = False


@dataclass(frozen=True)
class Places:
    """Where rows come from: a folder of contract tables, or the place of each adapter's data.
    `persons`: whose ids become something else on their way in; `text_encoding`: of the texts that
    aren't UTF-8, where it is given."""

    data_dir: str = ""
    adapters: dict[str, str] = field(default_factory=dict)
    persons: Persons = Persons()
    text_encoding: str = ""

    @property
    def reads_contract_files(self) -> bool:
        return bool(self.data_dir) and not self.adapters


@dataclass(frozen=True)
class View:
    """A relation that dbt reads as a source. `sql`: a select of all its columns."""

    schema: str
    name: str
    sql: str
