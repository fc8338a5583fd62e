"""What the report shows below its headlines, each picture with its table, in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from . import of_agents, of_customers, of_matters, of_promises, of_voices
from .data import Data
from .parts import Section
from .words import Words

Maker = Callable[[Data, Words], Section]


@dataclass(frozen=True)
class Group:
    """Sections under one heading; without a name each stands for itself."""

    name: str | None
    sections: list[Section]


# With the marts that came with a later release.
GROUPS: list[tuple[str | None, list[tuple[Maker, set[str]]]]] = [
    (None, [
        (of_customers.sessions, set()),
        (of_customers.arrivals, set()),
        (of_customers.service, set()),
        (of_customers.waits, set()),
    ]),
    ("promises_and_repeats", [
        (of_promises.promises, {"sla_metrics_daily"}),
        (of_promises.pendings, {"sla_metrics_daily"}),
        (of_matters.repeats, {"resolution_metrics_daily"}),
        (of_matters.backlog, {"backlog_daily"}),
        (of_matters.transfers, {"transfers_daily"}),
        (of_matters.bots, {"bot_metrics_daily"}),
        (of_voices.surveys, {"survey_metrics_daily"}),
        (of_voices.requests, {"survey_requests_daily"}),
    ]),
    (None, [
        (of_agents.agents, set()),
        (of_agents.hours, set()),
        (of_voices.scores, set()),
        (of_customers.tags, set()),
    ]),
]

# Without these tables a section isn't empty: nobody has measured what it shows.
NEEDED = {
    "surveys": "raw_evaluations", "scores": "raw_evaluations", "requests": "raw_survey_requests",
    "hours": "raw_agent_events", "tags": "raw_tag_events",
}


def groups(data: Data, words: Words) -> list[Group]:
    """Those of which the warehouse has the marts; one of an earlier release has fewer."""
    made = [
        Group(name, [
            with_reason(make(data, words), data) for make, relations in makers
            if data.relations.issuperset(relations)
        ])
        for name, makers in GROUPS
    ]
    return [group for group in made if group.sections]


def with_reason(section: Section, data: Data) -> Section:
    """Says why it is empty."""
    if NEEDED.get(section.name) in data.unmeasured:
        return replace(section, empty="not_measured")
    return section
