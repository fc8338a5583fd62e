"""O1 to O7: agents' activity by quarter hour, by day and over a range."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from reference.activity import Stretch
from reference.arithmetic import as_number, ratio, seconds
from reference.contract import Record
from reference.days import day_end, day_of
from reference.labels import QUARTER, labels_of, pieces_by_quarter_hour, quarter_hour
from reference.lookups import company_of_agent, zone_of_company
from reference.offers import offer_indicators
from reference.story import Contact, Data, Offer


@dataclass
class Row:
    """What lies in one row's time of one agent."""

    stretches: list[Stretch] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    acceptances: list[Contact] = field(default_factory=list)


def zone_of_agent(data: Data, agent_id: str) -> str:
    return zone_of_company(data, company_of_agent(data, agent_id))


def duration_where(stretches: list[Stretch], condition: Callable[[Stretch], bool]) -> int:
    return sum(stretch.duration for stretch in stretches if condition(stretch))


def activity_indicators(data: Data, row: Row, ends_at: datetime) -> Record:
    """The seconds of a row's stretches, its offers and acceptances; its time ends at `ends_at`."""
    spent, is_stated = row.stretches, data.has("raw_agent_events")
    by_state = {
        state: duration_where(spent, lambda s, state=state: s.state == state)
        for state in ("idle", "busy", "break")
    }
    ready = by_state["idle"] + by_state["busy"]
    present = [s for s in spent if s.state != "absent"]
    handling = duration_where(present, lambda s: s.concurrency > 0)
    on_break = duration_where(present, lambda s: s.state == "break" and s.concurrency > 0)
    ready_handling = handling - on_break
    unoccupied = duration_where(spent, lambda s: s.state == "idle" and s.concurrency == 0)
    in_hand = sum(s.duration * s.concurrency for s in present)
    of_states = {
        **{f"{state}_seconds": seconds(duration) for state, duration in by_state.items()},
        "presence_seconds": seconds(sum(by_state.values())),
        "ready_seconds": seconds(ready),
        "ready_handling_seconds": seconds(ready_handling),
        "break_handling_seconds": seconds(on_break),
        "unoccupied_idle_seconds": seconds(unoccupied),
        "absent_handling_seconds": seconds(duration_where(spent, lambda s: s.state == "absent")),
        "occupancy_rate": as_number(ratio(ready_handling, ready)),
        "occupancy_of_active_rate": as_number(ratio(ready_handling, ready_handling + unoccupied)),
        "utilisation_rate": as_number(ratio(ready, sum(by_state.values()))),
    }
    offers = offer_indicators(row.offers)
    measured_from = data.measured_from["offer"]
    if measured_from is None or ends_at <= measured_from:
        offers = dict.fromkeys(offers)
    return {
        **(of_states if is_stated else dict.fromkeys(of_states)),
        "handling_seconds": seconds(handling),
        "in_hand_seconds": seconds(in_hand),
        "max_concurrency": max((s.concurrency for s in present), default=0),
        "avg_concurrency": as_number(ratio(in_hand, handling)),
        **offers,
        "accepted_agent_contact_count": len(row.acceptances),
    }


def gather(
    data: Data,
    stretches: list[Stretch],
    offers: list[Offer],
    contacts: list[Contact],
    place: Callable[[str, datetime], object],
) -> dict[tuple, Row]:
    """Rows by agent and place in time."""
    rows: dict[tuple, Row] = defaultdict(Row)
    for stretch in stretches:
        rows[stretch.agent_id, place(stretch.agent_id, stretch.started_at)].stretches.append(
            stretch
        )
    for offer in offers:
        rows[offer.agent_id, place(offer.agent_id, offer.offered_at)].offers.append(offer)
    for contact in contacts:
        rows[contact.agent_id, place(contact.agent_id, contact.accepted_at)].acceptances.append(
            contact
        )
    return rows


def interval_activity(
    data: Data, stretches: list[Stretch], offers: list[Offer], contacts: list[Contact]
) -> list[Record]:
    """Where the agent is present, or an acceptance or offer happens."""
    pieces = [
        stretch.cut(start, end)
        for stretch in stretches
        if stretch.state != "absent"
        for _, start, end in pieces_by_quarter_hour(stretch.started_at, stretch.ended_at)
    ]
    rows = gather(data, pieces, offers, contacts, lambda _, at: quarter_hour(at))
    records = []
    for (agent_id, start), row in rows.items():
        figures = activity_indicators(data, row, start + QUARTER)
        del figures["absent_handling_seconds"]
        records.append(
            {
                "company_id": company_of_agent(data, agent_id),
                "agent_id": agent_id,
                "interval_started_at": start,
                **labels_of(zone_of_agent(data, agent_id), start),
                **figures,
            }
        )
    return records


def daily_activity(
    data: Data, stretches: list[Stretch], offers: list[Offer], contacts: list[Contact]
) -> list[Record]:
    rows = gather(
        data, stretches, offers, contacts,
        lambda agent_id, at: day_of(zone_of_agent(data, agent_id), at),
    )
    return [
        {
            "company_id": company_of_agent(data, agent_id),
            "agent_id": agent_id,
            "date_day": day,
            **activity_indicators(data, row, day_end(zone_of_agent(data, agent_id), day)),
        }
        for (agent_id, day), row in rows.items()
    ]


def end_of_range(data: Data, zone: str, last_day: date) -> datetime:
    """The end of its last local day; where it goes on beyond the data, of as_of's."""
    return day_end(zone, min(last_day, day_of(zone, data.as_of)))


def range_activity(
    data: Data,
    stretches: list[Stretch],
    offers: list[Offer],
    contacts: list[Contact],
    first_day: date = date.min,
    last_day: date = date.max,
) -> list[Record]:
    """Over the local days of a range; all days where none is given."""

    def is_within(agent_id: str, at: datetime) -> bool:
        return first_day <= day_of(zone_of_agent(data, agent_id), at) <= last_day

    rows = gather(
        data,
        [s for s in stretches if is_within(s.agent_id, s.started_at)],
        [o for o in offers if is_within(o.agent_id, o.offered_at)],
        [c for c in contacts if is_within(c.agent_id, c.accepted_at)],
        lambda agent_id, at: None,
    )
    return [
        {
            "company_id": company_of_agent(data, agent_id),
            "agent_id": agent_id,
            **activity_indicators(
                data, row, end_of_range(data, zone_of_agent(data, agent_id), last_day)
            ),
        }
        for (agent_id, _), row in rows.items()
    ]
