"""What the report shows below its headlines, each picture with its table, in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import of_agents, of_customers, of_promises
from .data import Data
from .parts import Section
from .words import Words

# With the marts that came with a later release.
MAKERS: list[tuple[Callable[[Data, Words], Section], set[str]]] = [
    (of_customers.sessions, set()),
    (of_customers.arrivals, set()),
    (of_customers.service, set()),
    (of_customers.waits, set()),
    (of_customers.backlog, {"backlog_daily"}),
    (of_promises.promises, {"sla_metrics_daily"}),
    (of_promises.repeats, {"resolution_metrics_daily"}),
    (of_agents.agents, set()),
    (of_agents.hours, set()),
    (of_agents.transfers, {"transfers_daily"}),
    (of_customers.scores, set()),
    (of_customers.tags, set()),
]


def sections(data: Data, words: Words) -> Iterator[Section]:
    """Those of which the warehouse has the marts; one of an earlier release has fewer."""
    for make, relations in MAKERS:
        if data.relations.issuperset(relations):
            yield make(data, words)
