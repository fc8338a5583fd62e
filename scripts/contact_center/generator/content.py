"""What the made-up contact centres look like: companies, people, channels, courses of sessions.

Plain data, no logic: change a proportion here and the generated data follow.
"""

from dataclasses import dataclass

# (company_id, name, IANA zone, prefix of its agents' ids, share of all sessions)
# The three zones change their clocks on three different days.
COMPANIES = [
    ("acme-us", "Acme Outfitters, Inc.", "America/New_York", "us", 0.42),
    ("nordlicht", "Nordlicht Energie GmbH", "Europe/Berlin", "de", 0.34),
    ("harbour", 'Harbour "Blue" Travel', "Australia/Sydney", "au", 0.24),
]

# (channel_id, name, media type, is_digital, share, how much slower than chat, messages)
# messages: the mean of one agent contact beyond its first two.
CHANNELS = [
    ("web-chat", "Web chat", "chat", True, 0.36, 1.0, 16.4),
    ("whatsapp", "WhatsApp", "messaging", None, 0.28, 3.0, 19.4),
    ("email", "E-mail", "email", True, 0.12, 300.0, 2.5),
    ("phone", "Phone", "voice", None, 0.12, 1.0, 0.0),
    ("facebook", "Facebook", "social", None, 0.12, 5.0, 14.2),
]

CAMPAIGNS = [
    ("always-on", "Always on"),
    ("spring-sale", "Spring sale, 20 % off"),
    ("winback", "Win-back"),
    ("renewal", "Vertragsverlängerung"),
]

# (skill_id, name, campaign_id)
SKILLS = [
    ("sales", "Sales", "spring-sale"),
    ("billing", "Billing", None),
    ("tech-support", "Technical support", None),
    ("returns", "Returns & refunds", None),
    ("retention", "Retention", "winback"),
    ("premium", "Premium – 高级客户", "always-on"),
]

# (team_id, name, number of the company in COMPANIES)
TEAMS = [
    ("us-day", "Day team", 1),
    ("us-care", "Customer care", 1),
    ("us-growth", "Growth, outbound", 1),
    ("de-nord", "Team Nord", 2),
    ("de-sued", "Team Süd", 2),
    ("au-harbour", "Harbour", 3),
    ("au-outback", "Outback", 3),
]

# First and last names of each company's agents, combined by number.
FIRST_NAMES = [
    "Olivia Marcus Imani Diego Grace Wei Hannah Tyrell Sofía Ethan Priya Noah".split(),
    (
        "Jürgen Ayşe Łukasz Ольга Greta Mehmet Anneliese Δημήτρης Björn Zoë Matthias Inés"
    ).split(),
    "Charlotte Linh Aroha Oliver Yuki Fatima Jack Mei Tane Ruby Arjun Isla".split(),
]
LAST_NAMES = [
    "Johnson Rivera O'Connor Washington Chen Kowalski Brooks Patel Nguyen García Miller".split(),
    (
        "Müller Yılmaz Wiśniewski Иванова Schäfer Papadopoulos Groß Öztürk Weiß Lindqvist Núñez"
    ).split(),
    "Thompson Nguyễn Ngata Wilson 田中 الحسن Campbell 王 Parata Singh Murphy".split(),
]

# Names that exports get wrong: a formula, a comma, quotes, a script from right to left.
SPECIAL_AGENT_NAMES = [
    (1, 2, "=Ops Bot"),
    (1, 3, 'Pat "PJ" O\'Neil'),
    (2, 3, "Schröder, Jörg"),
    (2, 4, "Ольга Иванова"),
    (3, 1, "李小龍"),
    (3, 2, "فاطمة الحسن"),
]

DISPOSITIONS = ["resolved", "follow_up", "escalated", "sale", "no_sale", "wrong_department"]
CONTACT_TYPES = ["support", "sales", "complaint", "information"]
TAGS = ["refund", "bug", "urgent", "praise", "address change", "Kündigung", "退货"]
TOPICS = ["delivery", "invoice", "login", "contract", "Rückgabe", "退款"]
PENDING_REASONS = ["customer", "supplier", "warehouse", "specialist"]
DEQUEUE_REASONS = ["callback", "voicemail", "timeout"]
BREAK_REASONS = ["lunch", "coffee", "training", "meeting"]

# (calendar_id, number of the company whose zone it has)
CALENDARS = [
    ("acme-desk", 1),
    ("nordlicht-desk", 2),
    ("harbour-desk", 3),
    ("around-the-clock", None),
]

# (calendar_id, first and last iso day of the week, opens at, closes at, from which part of the
# period on, until which; None is from before it, or for good)
CALENDAR_HOURS = [
    ("acme-desk", 1, 5, "08:00", "20:00", None, None),
    ("acme-desk", 6, 6, "09:00", "17:00", None, None),
    # A break at noon; an hour more in the evening from the middle of the period on.
    ("nordlicht-desk", 1, 5, "08:00", "12:30", None, None),
    ("nordlicht-desk", 1, 5, "13:00", "18:00", None, 0.5),
    ("nordlicht-desk", 1, 5, "13:00", "19:00", 0.5, None),
    ("nordlicht-desk", 6, 6, "09:00", "13:00", None, None),
    # Over midnight before the weekend.
    ("harbour-desk", 1, 4, "07:00", "23:00", None, None),
    ("harbour-desk", 5, 6, "07:00", "02:00", None, None),
    ("harbour-desk", 7, 7, "09:00", "21:00", None, None),
    ("around-the-clock", 1, 7, "00:00", "24:00", None, None),
]

# (calendar_id, at which part of the period, opens at, closes at): holidays and half days. Of 40
# days from 2026-03-02 the first two are Good Friday and Easter Monday.
CALENDAR_EXCEPTIONS = [
    ("nordlicht-desk", 0.8, "00:00", "00:00"),
    ("nordlicht-desk", 0.875, "00:00", "00:00"),
    ("acme-desk", 0.8, "08:00", "12:00"),
    ("harbour-desk", 0.875, "10:00", "14:00"),
    ("harbour-desk", 0.875, "16:00", "18:00"),
]

# (subject, its id, calendar_id, from which part of the period on)
CALENDAR_ASSIGNMENTS = [
    ("company", "acme-us", "acme-desk", None),
    ("company", "nordlicht", "nordlicht-desk", None),
    ("company", "harbour", "harbour-desk", None),
    ("skill", "premium", "around-the-clock", None),
    ("skill", "tech-support", "around-the-clock", 0.5),
    ("skill", "returns", None, None),
]

# (policy_id, company_id, skill_id, channel_id, priority, metric, target in seconds, clock,
# pauses_when_pending, from which part of the period on, until which)
SLA_POLICIES = [
    ("answer", None, None, None, None, "first_response", 900, "calendar", False, None, None),
    ("answer-chat", None, None, "web-chat", None, "first_response", 240, "calendar", False,
     None, None),
    ("answer-email", None, None, "email", None, "first_response", 14_400, "calendar", True,
     None, None),
    ("answer-phone", None, None, "phone", None, "first_response", 60, "always", False, None, None),
    ("answer-urgent", None, None, None, "urgent", "first_response", 60, "always", False,
     None, 0.5),
    ("answer-urgent", None, None, None, "urgent", "first_response", 45, "always", False,
     0.5, None),
    ("reply", None, None, None, None, "next_response", 300, "calendar", False, None, None),
    ("reply-email", None, None, "email", None, "next_response", 28_800, "calendar", True,
     None, None),
    ("solve", None, None, None, None, "resolution", 7_200, "calendar", True, None, None),
    ("solve-premium", None, "premium", None, None, "resolution", 3_600, "always", True,
     None, None),
    ("solve-email", "nordlicht", None, "email", None, "resolution", 86_400, "calendar", True,
     None, None),
]

# Weights of the local hours 0 to 23 and of Monday to Sunday. Whole numbers, whose sums are the
# same in whatever order they are added.
HOUR_WEIGHTS = [
    2, 1, 1, 1, 1, 2, 6, 18, 55, 85, 95, 90,
    70, 75, 85, 82, 75, 60, 45, 38, 30, 20, 10, 5,
]
WEEKDAY_WEIGHTS = [23, 22, 21, 20, 20, 9, 6]

# What lies between one step of a session and the next:
# (phase, fewest messages, mean of further messages, median seconds after the last of them,
#  whether these seconds grow with the channel's slowness)
# A mean of None is the channel's own. A voice channel has no messages; there the talking lasts
# about VOICE_TALK_SECONDS instead.
PHASES = [
    ("arrival", 1, 0.0, 2.0, False),
    ("bot", 2, 4.0, 3.0, False),
    ("waiting", 0, 0.9, 40.0, True),
    ("talking", 2, None, 25.0, True),
    ("moment", 0, 0.0, 0.0, False),
    ("pause", 0, 0.0, 6.0, False),
    ("wrap_up", 0, 0.0, 45.0, False),
    ("shelved", 0, 0.0, 100_000.0, False),
]
VOICE_TALK_SECONDS = 260.0

# What a message's role (macro role_of) is in the contract: sender, origin, visibility.
ROLES = [
    ("agent", "agent", "human", "public"),
    ("customer", "customer", "human", "public"),
    ("note", "agent", "human", "internal"),
    ("agent auto reply", "agent", "auto_reply", "public"),
    ("auto reply", "system", "auto_reply", "public"),
    ("system", "system", "auto_reply", "public"),
    ("bot", "bot", "auto_reply", "public"),
    ("campaign", "system", "campaign", "public"),
]


@dataclass(frozen=True)
class Step:
    """One event of a session's course; `phase` is what follows it.

    Agents and skills are slots (1 or 2) that every session fills for itself. Without an
    event type the step is no event: only time passes.
    """

    event_type: str | None
    phase: str
    actor: str = "system"
    agent: int | None = None
    skill: int | None = None
    to_agent: int | None = None
    to_skill: int | None = None
    chance: float = 1.0
    agent_always_named: bool = True


@dataclass(frozen=True)
class Flow:
    """A course that sessions take, with its weight and what happens before its first step."""

    name: str
    weight: float
    steps: list[Step]
    opening: str = "arrival"
    direction: str = "inbound"


def queued(skill: int = 1) -> Step:
    return Step("queued", "waiting", skill=skill)


def accepted(agent: int = 1, skill: int = 1, phase: str = "talking") -> Step:
    return Step("accepted", phase, "agent", agent=agent, skill=skill)


def transferred(agent: int, *, to_agent=None, to_skill=None, phase="moment", named=False) -> Step:
    return Step(
        "transferred", phase, "agent", agent=agent, to_agent=to_agent, to_skill=to_skill,
        agent_always_named=named,
    )


def disposition(agent: int, phase: str) -> Step:
    return Step("disposition_set", phase, "agent", agent=agent, chance=0.3)


def closing(agent: int = 1) -> list[Step]:
    """The close, with the outcome recorded just before it, after it, or not at all.

    The actor `anyone` is drawn: agent, customer or system.
    """
    return [
        disposition(agent, "pause"),
        Step("closed", "wrap_up", "anyone", agent=agent),
        disposition(agent, "moment"),
    ]


SHELVED = Step(None, "shelved")
REOPENED = Step("reopened", "arrival", "customer")
CLOSED_BY_SYSTEM = Step("closed", "moment", "system")

FLOWS = [
    Flow("answered", 50, [queued(), accepted(), *closing()]),
    Flow("requeued", 6, [queued(1), queued(2), accepted(1, 2), *closing()]),
    Flow("abandoned", 7, [
        queued(), Step("abandoned", "pause", "customer"), CLOSED_BY_SYSTEM,
    ]),
    Flow("bot_first", 9, [queued(), accepted(), *closing()], opening="bot"),
    Flow("bot_only", 2, [CLOSED_BY_SYSTEM], opening="bot"),
    Flow("transferred_to_skill", 5, [
        queued(1), accepted(1), transferred(1, to_skill=2), queued(2), accepted(2, 2), *closing(2),
    ]),
    Flow("transferred_to_agent", 3.5, [
        queued(1), accepted(1), transferred(1, to_agent=2, phase="waiting"), accepted(2, 1),
        *closing(2),
    ]),
    # The next agent comes in before the first one leaves.
    Flow("attended_transfer", 2.5, [
        queued(1), accepted(1), accepted(2, phase="pause"),
        transferred(1, to_agent=2, phase="talking", named=True), *closing(2),
    ]),
    Flow("transferred_back", 1, [
        queued(1), accepted(1), transferred(1, to_skill=2), queued(2), accepted(2, 2),
        transferred(2, to_agent=1, phase="pause"), accepted(1, 2), *closing(1),
    ]),
    Flow("released", 3, [
        queued(1), accepted(1), Step("released", "moment", "agent", agent=1,
                                     agent_always_named=False),
        queued(1), accepted(2, 1), *closing(2),
    ]),
    Flow("outbound", 5, [accepted(), *closing()], opening="moment", direction="outbound"),
    Flow("reopened", 3, [
        queued(), accepted(), *closing(), SHELVED, REOPENED, queued(2), accepted(2, 2),
        *closing(2),
    ]),
    Flow("reopened_same_agent", 1.2, [
        queued(), accepted(), *closing(), SHELVED, REOPENED, accepted(1), *closing(1),
    ]),
    Flow("reopened_in_vain", 0.5, [
        queued(), accepted(), *closing(), SHELVED, REOPENED, CLOSED_BY_SYSTEM,
    ]),
    Flow("reopened_left_open", 0.5, [
        queued(), accepted(), *closing(), SHELVED, REOPENED, queued(1),
    ]),
    Flow("left_open", 1.3, [queued(), accepted()]),
    Flow("left_waiting", 0.5, [queued()]),
    Flow("closed_twice", 1, [queued(), accepted(), *closing(), CLOSED_BY_SYSTEM]),
]
