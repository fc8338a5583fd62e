"""Queue logs that no PBX would write, to compare two computations on."""

from __future__ import annotations

import random

import asterisk_reference


def random_log(chance: random.Random, name: str, start: int, count: int) -> list[str]:
    """Lines of a few calls, agents and queues in any order, many of them in one second."""
    agents = [f"{name}/A{number}" for number in range(3)]
    calls = [f"{name}.{number}" for number in range(6)]
    queues = ["sales", "support", "vip"][: chance.randint(1, 3)]
    reference = asterisk_reference
    events = [
        *["ENTERQUEUE", "CONNECT"] * 6, *["COMPLETEAGENT", "COMPLETECALLER"] * 3,
        *reference.LEAVES, *reference.TRANSFERS, "ABANDON", "FULL", "CLOSED",
        "DIVERT_CA_RATIO", *["PAUSE", "UNPAUSE"] * 3, *["PAUSEALL", "UNPAUSEALL"] * 2,
        *["ADDMEMBER", "REMOVEMEMBER"] * chance.randint(0, 4), *["WRAPUPSTART"] * 2,
        *([*reference.LOGINS, *reference.LOGOUTS] * chance.randint(0, 1)),
        "CALLOUTBOUND", "OUTCALL", "CALLSTATUS", *["PAUSEREASON"] * 3, "ADDMEMBER2",
        *["RINGNOANSWER"] * 2, "RINGCANCELED", "HOLD", "UNHOLD", "CONFIGRELOAD", "QUEUESTART",
    ]
    ends = ["3|5|1", "3|", "||", "1|4000|1"]
    data = {
        "ENTERQUEUE": ["|600111|1", "||1"], "CONNECT": ["10|b|4", "10|b|30", "10"],
        "PAUSE": ["", "lunch"], "PAUSEALL": ["", "coffee"], "ADDMEMBER": ["", "PAUSED"],
        "CALLOUTBOUND": ["|600222|1"], "CALLSTATUS": ["SALE", "NA"],
        "OUTCALL": ["ANSWER|20|30|600333", "BUSY|5|7|600333", "ANSWER|9|3", "ANSWER||4|1"],
        "PAUSEREASON": ["", "lunch", "tea"], "WRAPUPSTART": ["1", "10", "200"],
        "RINGNOANSWER": ["2000", "15500", "", "0"],
        "RINGCANCELED": ["2000"], "EXITWITHKEY": ["1|1|1|40", ""],
        "COMPLETEAGENT": ends, "COMPLETECALLER": ends,
        "BLINDTRANSFER": ["400|ctx|3|5|1"], "TRANSFER": ["400|ctx|3|5", "400|ctx"],
        "ATTENDEDTRANSFER": ["BRIDGE|b|2|178|1", "LINK|a|b|3|5|1"],
    }
    answers = {"CONNECT", *reference.CLOSES, *reference.TRANSFERS}
    lines = []
    time = start
    for _ in range(count):
        time += chance.choice([0, 0, 1, 1, 2, 5, 30, 100, 4000, chance.choice([300, 50_000])])
        event = chance.choice(sorted(events))
        queue = "NONE" if event.endswith("PAUSEALL") else chance.choice(queues)
        call = chance.choice(calls) if event in reference.OF_CALLS else "NONE"
        agent = chance.choice(agents)
        if event == "WRAPUPSTART" and chance.random() < 0.5:
            call = chance.choice(calls)
        if event == "QUEUESTART" or event in {*answers, "CALLSTATUS"} and chance.random() < 0.05:
            agent = "NONE"
        lines.append("|".join([
            str(time), call, queue, agent, event, chance.choice(data.get(event, [""])),
        ]))
        if chance.random() < 0.05:
            lines.append(lines[-1])
    return lines
