"""Who is in the demo: companies, people, what customers come with. Plain data, no logic."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

FIRST_DAY = datetime.date(2025, 10, 13)
LAST_DAY = datetime.date(2026, 4, 12)
SEED = "demo 1"

# The day on which a payment provider fails and somebody is ill.
BAD_COMPANY, BAD_DAY = "acme-us", datetime.date(2026, 3, 24)


@dataclass(frozen=True)
class Company:
    """`weekly`: sessions of an ordinary week. `channels`, `skills`, `topics`: shares."""

    id: str
    name: str
    zone: str
    weekly: int
    # Monday to Sunday: opening hours, shares of a week's sessions, and the shifts to be filled.
    hours: tuple[tuple[str, str] | None, ...]
    weekdays: tuple[float, ...]
    shifts: tuple[tuple[tuple[str, str], ...], ...]
    channels: dict[str, float]
    skills: dict[str, float]
    mail_skill: str
    topics: dict[str, float]
    tags: tuple[str, ...]
    # Local dates with other hours; None is closed.
    exceptions: dict[str, tuple[str, str] | None]
    # (first date, last date, times as many sessions)
    seasons: tuple[tuple[str, str, float], ...]
    # From when on a bot greets who writes; None: never.
    bot_from: str | None = None
    chats_at_once: int = 3


@dataclass(frozen=True)
class Person:
    """`speed`: times an ordinary duration. `quality`: what an answer gains in stars."""

    id: str
    name: str
    company: str
    team: str
    speed: float
    quality: float
    works_from: str = "2025-10-13"
    works_until: str = "2026-12-31"
    # A later team, and from when on.
    moves_to: tuple[str, str] | None = None
    holidays: tuple[tuple[str, str], ...] = field(default=())


ACME = Company(
    "acme-us", "Acme Outfitters", "America/New_York", 80,
    hours=(*[("09:00", "18:00")] * 5, ("10:00", "16:00"), ("11:00", "15:00")),
    weekdays=(0.185, 0.165, 0.155, 0.15, 0.16, 0.11, 0.075),
    shifts=(
        *[(("09:00", "13:30"), ("10:00", "14:30"), ("13:30", "18:00"))] * 5,
        (("10:00", "13:00"), ("13:00", "16:00")),
        (("11:00", "15:00"),),
    ),
    channels={"phone": 0.36, "web-chat": 0.30, "whatsapp": 0.12, "email": 0.22},
    skills={"orders": 0.52, "returns": 0.30, "sales": 0.18},
    mail_skill="mail-us",
    topics={"delivery": 0.34, "return": 0.24, "payment": 0.16, "size": 0.16, "account": 0.10},
    tags=("late delivery", "refund", "address change", "complaint", "praise"),
    exceptions={
        "2025-11-27": None, "2025-11-28": ("08:00", "22:00"), "2025-12-24": ("09:00", "14:00"),
        "2025-12-25": None, "2025-12-31": ("09:00", "16:00"), "2026-01-01": None,
    },
    seasons=(
        ("2025-11-24", "2025-11-30", 1.5), ("2025-11-28", "2025-11-28", 1.8),
        ("2025-12-01", "2025-12-23", 1.35), ("2026-01-02", "2026-01-09", 1.25),
        ("2026-03-02", "2026-03-22", 1.25),
    ),
    bot_from="2025-10-13",
)

NORDLICHT = Company(
    "nordlicht", "Nordlicht Energie GmbH", "Europe/Berlin", 66,
    hours=(*[("08:00", "18:00")] * 5, ("09:00", "13:00"), None),
    weekdays=(0.22, 0.19, 0.175, 0.165, 0.15, 0.065, 0.035),
    shifts=(
        *[(("08:00", "12:30"), ("09:30", "14:00"), ("13:30", "18:00"))] * 5,
        (("09:00", "13:00"), ("09:00", "13:00")),
        (),
    ),
    channels={"phone": 0.52, "web-chat": 0.12, "whatsapp": 0.12, "email": 0.24},
    skills={"rechnung": 0.45, "vertrag": 0.35, "technik": 0.20},
    mail_skill="mail-de",
    topics={"Abschlag": 0.34, "Umzug": 0.18, "Tarif": 0.22, "Zählerstand": 0.16, "Störung": 0.10},
    tags=("Abschlag", "Umzug", "Kündigung", "Beschwerde", "Lob"),
    exceptions={
        "2025-10-31": None, "2025-12-24": ("08:00", "12:00"), "2025-12-25": None,
        "2025-12-26": None, "2025-12-31": ("08:00", "12:00"), "2026-01-01": None,
        "2026-04-03": None, "2026-04-06": None,
    },
    seasons=(("2025-12-20", "2026-01-02", 0.6), ("2026-01-12", "2026-02-06", 1.45)),
    bot_from="2026-01-12",
)

HARBOUR = Company(
    "harbour", "海湾旅行 Harbour Travel", "Asia/Shanghai", 58,
    hours=(*[("10:00", "18:00")] * 5, *[("10:00", "16:00")] * 2),
    weekdays=(0.15, 0.14, 0.135, 0.135, 0.15, 0.155, 0.135),
    shifts=(
        *[(("10:00", "14:00"), ("13:30", "18:00"))] * 5, *[(("10:00", "16:00"),)] * 2,
    ),
    channels={"wechat": 0.52, "phone": 0.22, "web-chat": 0.12, "email": 0.14},
    skills={"booking": 0.60, "changes": 0.40},
    mail_skill="mail-cn",
    topics={"机票": 0.34, "酒店": 0.26, "改签": 0.22, "签证": 0.18},
    tags=("改签", "退款", "签证", "投诉", "表扬"),
    exceptions={
        "2026-01-01": ("10:00", "17:00"), "2026-02-16": None, "2026-02-17": None,
        "2026-02-18": None, "2026-04-05": ("10:00", "16:00"),
    },
    seasons=(("2026-01-26", "2026-02-14", 1.6), ("2026-02-15", "2026-02-20", 0.5)),
    bot_from="2025-10-13",
    chats_at_once=4,
)

COMPANIES = (ACME, NORDLICHT, HARBOUR)

PEOPLE = (
    Person("us-01", "Emily Carter", "acme-us", "us-care", 0.86, 0.5,
           holidays=(("2026-02-16", "2026-02-22"),)),
    Person("us-02", "Marcus Hill", "acme-us", "us-care", 1.05, 0.0,
           moves_to=("us-sales", "2026-01-12")),
    Person("us-03", "Sofía Ramírez", "acme-us", "us-care", 0.92, 0.4,
           holidays=(("2025-12-22", "2025-12-28"),)),
    Person("us-04", "Daniel Kim", "acme-us", "us-sales", 1.0, 0.1),
    Person("us-05", "Hannah Brooks", "acme-us", "us-care", 1.12, 0.3,
           holidays=(("2025-11-03", "2025-11-09"),)),
    Person("us-06", "Luis Ortega", "acme-us", "us-care", 1.2, -0.3, works_until="2026-03-06"),
    Person("us-07", "Grace Nguyen", "acme-us", "us-sales", 0.95, 0.2),
    Person("us-08", "Tyler Ross", "acme-us", "us-care", 1.15, -0.4, works_from="2025-11-10"),
    Person("de-01", "Anna Schröder", "nordlicht", "de-nord", 0.88, 0.4,
           holidays=(("2026-03-30", "2026-04-06"),)),
    Person("de-02", "Jonas Weber", "nordlicht", "de-nord", 1.0, 0.0),
    Person("de-03", "Ayşe Yılmaz", "nordlicht", "de-nord", 0.95, 0.5,
           holidays=(("2025-10-20", "2025-10-26"),)),
    Person("de-04", "Lukas Hoffmann", "nordlicht", "de-sued", 1.08, -0.1),
    Person("de-05", "Katrin Müller", "nordlicht", "de-sued", 0.98, 0.2,
           holidays=(("2025-12-22", "2026-01-02"),)),
    Person("de-06", "Felix Krüger", "nordlicht", "de-sued", 1.28, -0.3, works_from="2026-01-05"),
    Person("de-07", "Birgit Lange", "nordlicht", "de-sued", 1.1, 0.3),
    Person("cn-01", "王芳", "harbour", "cn-east", 0.9, 0.4),
    Person("cn-02", "李伟", "harbour", "cn-east", 1.05, 0.0),
    Person("cn-03", "张敏", "harbour", "cn-east", 0.97, 0.3,
           holidays=(("2026-02-14", "2026-02-22"),)),
    Person("cn-04", "刘洋", "harbour", "cn-south", 1.15, -0.2),
    Person("cn-05", "陈静", "harbour", "cn-south", 1.0, 0.2),
)

TEAMS = (
    ("us-care", "Customer care", "acme-us"), ("us-sales", "Sales", "acme-us"),
    ("de-nord", "Team Nord", "nordlicht"), ("de-sued", "Team Süd", "nordlicht"),
    ("cn-east", "华东组", "harbour"), ("cn-south", "华南组", "harbour"),
)

# (id, name, campaign, seconds within which to answer, seconds that are too short to count)
SKILLS = (
    ("orders", "Orders and delivery", "", 30, 5), ("returns", "Returns", "", 30, 5),
    ("sales", "Sales", "spring-sale", 20, 5), ("mail-us", "E-mail desk", "", 14400, 5),
    ("rechnung", "Rechnung und Abschlag", "", 30, 5), ("vertrag", "Verträge", "tarif-2026", 30, 5),
    ("technik", "Störung und Zähler", "", 20, 5), ("mail-de", "Schriftliches", "", 14400, 5),
    ("booking", "机票酒店", "", 40, 10), ("changes", "改签退票", "", 40, 10),
    ("mail-cn", "邮件", "", 14400, 10),
)

# (id, name, media type, is digital)
CHANNELS = (
    ("phone", "Phone", "voice", ""), ("web-chat", "Web chat", "chat", "true"),
    ("whatsapp", "WhatsApp", "messaging", ""), ("wechat", "WeChat 微信", "messaging", ""),
    ("email", "E-mail", "email", "true"),
)

CAMPAIGNS = (
    ("spring-sale", "Spring sale"), ("winback", "Win-back calls"),
    ("tarif-2026", "Tarifwechsel 2026"), ("chunjie", "春节出行"),
)

# (campaign, company, first date, last date, skill, share of that skill's sessions)
CAMPAIGN_SESSIONS = (
    ("spring-sale", "acme-us", "2026-03-02", "2026-03-22", "sales", 0.8),
    ("tarif-2026", "nordlicht", "2026-01-12", "2026-02-06", "vertrag", 0.6),
    ("chunjie", "harbour", "2026-01-26", "2026-02-14", "booking", 0.7),
)
# Calls that agents make: (campaign, company, skill, first date, last date, a working day)
OUTBOUND = ("winback", "acme-us", "sales", "2026-02-02", "2026-02-27", 6)

# (id, company, channel, priority, metric, seconds, clock, pauses when pending)
POLICIES = (
    ("answer-phone", "", "phone", "", "first_response", 60, "always", "false"),
    ("answer-chat", "", "", "", "first_response", 180, "calendar", "false"),
    ("answer-email", "", "email", "", "first_response", 14400, "calendar", "true"),
    ("answer-urgent", "", "", "urgent", "first_response", 45, "always", "false"),
    ("reply-chat", "", "", "", "next_response", 120, "calendar", "false"),
    ("reply-email", "", "email", "", "next_response", 28800, "calendar", "true"),
    ("solve", "", "", "", "resolution", 14400, "calendar", "true"),
    ("solve-email", "", "email", "", "resolution", 57600, "calendar", "true"),
    ("solve-email-nordlicht", "nordlicht", "email", "", "resolution", 36000, "calendar", "true"),
)
