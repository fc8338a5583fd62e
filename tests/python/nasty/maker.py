"""One whole data set."""

from __future__ import annotations

from collections.abc import Sequence

from nasty.columns import COLUMNS, Tables
from nasty.faults import Faults
from nasty.happenings import Happenings
from nasty.presence import Presence
from nasty.sessions import Sessions


class Maker(Sessions, Happenings, Presence, Faults):
    """Draws one data set; every method adds rows to its tables."""

    def make(self) -> Tables:
        self.add_reference_rows()
        for _ in range(self.session_count):
            self.add_session()
        for agent_id in self.agents:
            if self.chance(0.9):
                self.add_presence(agent_id)
        for table in COLUMNS:
            self.replace_rows(table)
            self.spoil_table(table)
            self.repeat_rows(table)
            self.random.shuffle(self.tables[table])
        return self.tables


def nasty_tables(
    seed: int,
    *,
    sessions: int = 40,
    days: int = 4,
    agents: int = 5,
    absent: Sequence[str] = (),
) -> Tables:
    """Contract tables of text; those named in `absent` are left out, which is not measured."""
    tables = Maker(seed, sessions, days, agents).make()
    return {name: rows for name, rows in tables.items() if name not in absent}
