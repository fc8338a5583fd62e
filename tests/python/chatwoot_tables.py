"""Chatwoot's tables for a test, told conversation by conversation."""

from __future__ import annotations

import csv
import json
from pathlib import Path

DAY = "2026-03-02"
ANA, BO, GONE = "11", "12", "21"

COLUMNS = {
    "conversations": "id account_id inbox_id status assignee_id team_id contact_id campaign_id"
    " created_at",
    "messages": "id content conversation_id message_type content_type private sender_type sender_id"
    " content_attributes additional_attributes created_at",
    "reporting_events": "id name conversation_id user_id event_end_time",
    "users": "id name",
    "account_users": "account_id user_id",
    "teams": "id name account_id",
    "team_members": "team_id user_id created_at",
}
USERS = [(ANA, "Ana"), (BO, "Bo")]


class Tables:
    """Rows in the order in which they are told; times are of 2 March 2026, or whole."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple]] = {name: [] for name in COLUMNS}
        self.rows["users"] = list(USERS)
        self.rows["account_users"] = [("1", user) for user, _ in USERS]
        self.rows["teams"] = [("1", "Sales", "1"), ("2", "Support", "1")]
        # Bo is in both, in Support last.
        self.rows["team_members"] = [
            ("1", BO, "2026-01-01 00:00:00"), ("2", BO, "2026-02-01 00:00:00"),
        ]

    def conversation(
        self, name: str, at: str, assignee: str = "", status: int = 0, team: str = "",
        campaign: str = "",
    ) -> Conversation:
        self.rows["conversations"].append(
            (name, "1", "1", status, assignee, team, "101", campaign, moment(at))
        )
        return Conversation(self, name)

    def write(self, folder: Path) -> Path:
        for name, rows in self.rows.items():
            with (folder / f"{name}.csv").open("w", newline="") as file:
                csv.writer(file).writerows([COLUMNS[name].split(), *rows])
        return folder


class Conversation:
    def __init__(self, tables: Tables, name: str) -> None:
        self.tables, self.name = tables, name

    def message(
        self, at: str, sender: tuple[str, str], kind: int = 1, *, text: str = "Hello",
        content_type: int = 0, attributes: dict | None = None,
    ) -> Conversation:
        rows = self.tables.rows["messages"]
        rows.append((
            1000 + len(rows), text, self.name, kind, content_type, "f", *sender,
            json.dumps(attributes or {}), "{}", moment(at),
        ))
        return self

    def customer(self, at: str) -> Conversation:
        return self.message(at, ("Contact", "101"), 0)

    def agent(self, at: str, agent: str, content_type: int = 0) -> Conversation:
        return self.message(at, ("User", agent), content_type=content_type)

    def bot(self, at: str) -> Conversation:
        return self.message(at, ("AgentBot", "1"))

    def nobody(self, at: str, **marks: object) -> Conversation:
        return self.message(at, ("", ""), attributes=marks)

    def note(self, at: str, text: str) -> Conversation:
        return self.message(at, ("", ""), 2, text=text)

    def event(self, at: str, name: str, user: str = "") -> Conversation:
        rows = self.tables.rows["reporting_events"]
        rows.append((100 + len(rows), name, self.name, user, moment(at)))
        return self

    def resolved(self, at: str, user: str = "") -> Conversation:
        return self.event(at, "conversation_resolved", user)

    def opened(self, at: str, user: str = "") -> Conversation:
        return self.event(at, "conversation_opened", user)


def moment(at: str) -> str:
    return at if "-" in at else f"{DAY} {at}"
