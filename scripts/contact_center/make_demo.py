"""Makes the demo's rows anew: seeds/, the same on every machine.

    python -m contact_center.make_demo --output seeds

Three companies in three time zones over half a year: who comes when, who is there, who takes what
and how long it takes (the folder demo). World and courses stand there in plain Python; a change of
either moves the demo's figures, which ./scripts/pin-demo pins.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path

from . import ROOT
from .demo import calls, chats, mails
from .demo.arrivals import arrivals_of
from .demo.centre import Centre
from .demo.faults import add_faults
from .demo.log import Log
from .demo.names import write_names
from .demo.presence import write_presence
from .demo.rota import agents_of
from .demo.world import COMPANIES, Company

SEEDS = ROOT / "seeds"


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    try:
        demo().write(options.output)
    except OSError as error:
        print(f"make-demo: cannot write to {options.output}: {error}", file=sys.stderr)
        return 1
    print(f"The demo's tables: {options.output}")
    return 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./scripts/make-demo",
        description="Make the demo data set anew: seeds/, the same on every machine.",
    )
    parser.add_argument(
        "--output", type=Path, default=SEEDS, metavar="DIR",
        help="where the CSV files go (default: seeds, whose tables are replaced)",
    )
    return parser.parse_args(arguments)


def demo() -> Log:
    log = Log()
    write_names(log)
    numbers = itertools.count(1)
    session_ends, agent_ends = {}, {}
    for company in COMPANIES:
        centre = work(company, log, numbers)
        session_ends.update({case.id: centre.end for case in centre.cases})
        agent_ends.update({agent.id: centre.end for agent in centre.desk.agents})
    log.cut(session_ends, agent_ends)
    log.finish()
    add_faults(log)
    return log


def work(company: Company, log: Log, numbers: itertools.count) -> Centre:
    """Half a year of a company."""
    centre = Centre(company, agents_of(company), log, numbers)
    for arrival in arrivals_of(company):
        case = centre.open_case(arrival)
        if arrival.is_outbound:
            calls.begin_outbound(case)
        elif arrival.channel == "phone":
            calls.begin(case)
        elif arrival.channel == "email":
            mails.begin(case)
        else:
            chats.begin(case)
    centre.run()
    for agent in centre.desk.agents:
        write_presence(log, company, agent)
    return centre


if __name__ == "__main__":
    sys.exit(main())
