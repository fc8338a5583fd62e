"""Sections on agents: what they did, and their hours."""

from __future__ import annotations

import dataclasses

from . import pictures
from .business import SIBLINGS
from .data import Data
from .parts import AGENT, AGENTS, MOST_BARS, Column, Section, figure_columns
from .words import Words


def agents(data: Data, words: Words) -> Section:
    ids = ["A9", "A20", "A22", "A24", "A18", "A26", "O4"]
    in_hours = (
        agents_of(data, words, [SIBLINGS[id] if id == "A20" else id for id in ids])
        if data.has_hours else None
    )
    return dataclasses.replace(agents_of(data, words, ids), in_hours=in_hours)


def agents_of(data: Data, words: Words, ids: list[str]) -> Section:
    *of_sessions, occupancy = ids
    by_agent = ["marts.agent_id", AGENT]
    busy = {
        agent: value
        for agent, _, value in data.figures_by([occupancy], by_agent, joins=AGENTS)
    }
    rows = [
        (name, *values, busy.get(agent))
        for agent, name, *values in data.figures_by(of_sessions, by_agent, joins=AGENTS)
    ]
    return Section(
        "agents",
        [Column(words("agent")), *figure_columns(data, words, ids, is_bar=True)],
        sorted(rows, key=lambda row: (-row[1], row[0])), ids,
    )


def hours(data: Data, words: Words) -> Section:
    states = ["idle", "busy", "break"]
    rows = [
        (agent, *(None if value is None else value / 3600 for value in values), occupancy)
        for agent, *values, occupancy in data.rows(f"""
            select
                {AGENT}, {", ".join(f"sum({state}_seconds)" for state in states)},
                {data.figures["O4"].expression}
            from marts.agent_activity_daily as marts {AGENTS}
            where
                date_day between $first and $last
                and ($company is null or marts.company_id = $company)
            group by marts.agent_id, 1
            having sum(presence_seconds) > 0
            order by sum(presence_seconds) desc, 1
        """)
    ]
    order = [agent for agent, *_ in rows][:MOST_BARS]
    return Section(
        "hours",
        [
            Column(words("agent")), *(Column(words(state), "number") for state in states),
            *figure_columns(data, words, ["O4"]),
        ],
        rows, ["A3", "A5", "A7", "O4"],
        pictures.bars(
            [
                {"name": agent, "kind": words(state), "value": value, "position": number}
                for agent, *values, _ in rows if agent in order
                for number, (state, value) in enumerate(zip(states, values, strict=True))
            ],
            order, [words(state) for state in states],
        ),
        named=(len(order), len(rows)),
    )
