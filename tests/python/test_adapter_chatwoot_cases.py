"""The adapter chatwoot on what people found in the field, each a conversation of one build, with
the figures worked out by hand; and on data without openings, as older versions wrote them."""

from __future__ import annotations

import pytest
from chatwoot_sample import Query, reader
from chatwoot_tables import ANA, BO, GONE, Tables

READ_HERE = (
    "+fct_sessions +fct_agent_contacts +fct_session_closes +quarantined_rows +dim_agents"
    " +session_analysis_aggregated +session_metrics_daily"
)


def tell(tables: Tables) -> None:
    """Openings are written from 2 March 00:00 on."""
    tables.conversation("era", "00:00:00", status=2).opened("00:00:00")
    # A deleted user: her messages are nobody's, her events stay; before her a greeting bot.
    (
        tables.conversation("deleted", "09:00:00", status=1)
        .customer("09:00:00").nobody("09:00:05")
        .nobody("09:02:00").event("09:02:00", "first_response", GONE)
        .nobody("09:02:30").customer("09:05:00")
        .nobody("09:06:00").event("09:06:00", "reply_time", GONE).resolved("09:10:00", GONE)
    )
    # A colleague has waited with the customer since 10:00, not since her first message.
    (
        tables.conversation("colleague", "09:00:00", ANA)
        .customer("09:00:00").agent("09:01:00", ANA).customer("10:00:00").customer("10:30:00")
        .agent("11:00:00", BO)
    )
    tables.conversation("assigned", "09:00:00", ANA).customer("09:00:00")
    tables.conversation("with bot", "09:00:00", ANA, status=2).customer("09:00:00")
    (
        tables.conversation("by hand", "09:00:00", ANA)
        .customer("09:00:00").bot("09:00:05").opened("09:30:00", ANA).agent("09:31:00", ANA)
    )
    # The answer opens what is pending, and is written before that.
    (
        tables.conversation("answer opens", "09:00:00", ANA)
        .customer("09:00:00").bot("09:00:05").agent("09:31:00", ANA).opened("09:31:00.3", ANA)
    )
    tables.conversation("sales", "09:00:00", BO, team="1").customer("09:00:00").agent(
        "09:01:00", BO
    )
    tables.conversation("support", "09:00:00", BO).customer("09:00:00").agent("09:02:00", BO)
    # A form, a call and the survey aren't answers.
    (
        tables.conversation("cards", "09:00:00", ANA)
        .customer("09:00:00").agent("09:01:00", ANA, 6).agent("09:02:00", ANA, 12)
        .agent("09:03:00", ANA, 9).agent("09:04:00", ANA)
    )
    tables.conversation("phone", "09:00:00").customer("09:00:00").nobody(
        "09:01:00", external_echo=True
    )
    (
        tables.conversation("agent begins", "09:00:00", ANA)
        .agent("09:00:00", ANA).customer("09:30:00").agent("09:31:00", ANA)
    )
    # The last message goes out with the resolution, the customer's reopens it a second day.
    (
        tables.conversation("sent and closed", "09:00:00", ANA, status=1)
        .customer("09:00:00").agent("09:01:00", ANA)
        .resolved("09:05:00", ANA).note("09:05:00.2", "Conversation was marked resolved by Ana")
        .agent("09:05:00.4", ANA)
        .customer("2026-03-03 09:00:00").opened("2026-03-03 09:00:00.05", ANA)
        .agent("2026-03-03 09:02:00", ANA).resolved("2026-03-03 09:03:00", ANA)
        .note("2026-03-03 09:03:00", "La conversación fue marcada como resuelta por Bo")
    )
    (
        tables.conversation("set aside", "2026-03-04 09:00:00", ANA)
        .customer("2026-03-04 09:00:00").note("2026-03-04 09:05:00", "对话被 Ana 暂停")
    )
    closings = {
        "inactive": "Conversation was marked resolved by system due to 24 hours of inactivity",
        "rule": "Conversation was marked resolved by Automation System",
        "inactive, in Chinese": "对话被系统标记为已解决, 原因是 3 天不活跃",
        "unreadable": "x",
        "by Bo": "Conversation was marked resolved by Bo",
        "by customer": "Conversation was resolved by Zoe",
    }
    for name, text in closings.items():
        (
            tables.conversation(name, "09:00:00", ANA, status=1)
            .customer("09:00:00").agent("09:01:00", ANA)
            .resolved("2026-03-03 09:01:00", ANA).note("2026-03-03 09:01:00.5", text)
        )


class TestCases:
    @pytest.fixture(scope="class")
    @staticmethod
    def query(tmp_path_factory, build_warehouse) -> Query:
        tables = Tables()
        tell(tables)
        data = tables.write(tmp_path_factory.mktemp("data"))
        return reader(build_warehouse(
            tmp_path_factory.mktemp("cases"), adapters={"chatwoot": data}, select=READ_HERE,
        ))

    @pytest.mark.parametrize(("session", "contacts"), [
        ("deleted", [(GONE, "09:00:00", 120.0, 3)]),
        ("colleague", [(ANA, "09:00:00", 60.0, 1), (BO, "10:00:00", 3600.0, 1)]),
        ("assigned", [(ANA, "09:00:00", None, 0)]),
        ("with bot", []),
        ("by hand", [(ANA, "09:30:00", 60.0, 1)]),
        ("answer opens", [(ANA, "09:31:00.3", 0.0, 1)]),
        ("cards", [(ANA, "09:00:00", 240.0, 1)]),
        ("phone", [("unknown/1", "09:00:00", 60.0, 1)]),
        ("agent begins", [(ANA, "09:30:00", 60.0, 1)]),
        ("sent and closed", [(ANA, "09:00:00", 60.0, 2), (ANA, "09:00:00", 120.0, 1)]),
    ])
    def test_contacts(self, query, session, contacts):
        assert query(f"""
            select
                agent_id, strftime(accepted_at, '%H:%M:%S')
                || case when epoch_us(accepted_at) % 1000000 > 0 then '.3' else '' end,
                first_response_seconds, agent_message_count
            from fct_agent_contacts
            where session_id = '{session}'
            order by accepted_at, fct_agent_contacts.agent_contact_id
        """) == contacts

    def test_sessions(self, query):
        assert query("""
            select
                session_id, direction, initiated_by, response_count, response_seconds,
                first_response_seconds
            from fct_sessions
            where session_id in
                ('deleted', 'colleague', 'phone', 'agent begins', 'sent and closed')
            order by session_id
        """) == [
            ("agent begins", "outbound", "agent", 1, 60, 60),
            ("colleague", "inbound", "customer", 2, 3660, 60),
            ("deleted", "inbound", "customer", 2, 180, 120),
            ("phone", "inbound", "customer", 1, 60, 60),
            ("sent and closed", "inbound", "customer", 2, 180, 60),
        ]

    def test_nobody_waits_in_a_queue(self, query):
        assert query("""
            select count_if(is_accepted) > 10, count(queue_seconds) from fct_sessions
        """) == [(True, 0)]
        # Not 0 s: their average isn't measured either.
        assert query("""
            select sum(human_session_count) > 10, sum(queue_seconds), max(avg_queue_seconds)
            from session_analysis_aggregated
        """) == [(True, None, None)]
        assert query("select count(queue_seconds) from session_metrics_daily") == [(0,)]

    def test_who_closed(self, query):
        assert query("""
            select session_id, closed_by_agent_id from fct_session_closes order by all
        """) == [
            ("by Bo", BO), ("by customer", None), ("deleted", GONE), ("inactive", None),
            ("inactive, in Chinese", None), ("rule", None), ("sent and closed", ANA),
            ("sent and closed", BO), ("unreadable", None),
        ]

    def test_notes_in_chinese(self, query):
        assert query("""
            select session_id, closed_by from fct_sessions
            where session_id in ('inactive, in Chinese', 'unreadable') order by 1
        """) == [("inactive, in Chinese", "system"), ("unreadable", None)]
        assert query("""
            select session_id, pended_while_customer_waits_count from fct_sessions
            where pended_while_customer_waits_count > 0
        """) == [("set aside", 1)]

    def test_teams(self, query):
        # The conversation's; without one the agent's last.
        assert query("""
            select session_id, team_id from fct_agent_contacts
            where session_id in ('sales', 'support') order by 1
        """) == [("sales", "1"), ("support", "2")]

    def test_nothing_is_refused(self, query):
        assert query("from quarantined_rows") == []
        assert query("select agent_name from dim_agents where agent_id = 'unknown/1'") == [
            ("unknown",)
        ]


def test_before_openings_were_written(tmp_path, build_warehouse):
    tables = Tables()
    # Three days: the customer, an answer after 60 s, a resolution. Nothing says that it was opened.
    days = ["2026-03-02", "2026-03-03", "2026-03-04"]
    thrice = tables.conversation("thrice", "09:00:00", ANA, status=1)
    for day in days:
        thrice.customer(f"{day} 09:00:00").agent(f"{day} 09:01:00", ANA).resolved(
            f"{day} 09:10:00", ANA
        )
    # Open again since the customer's second message.
    tables.conversation("again", "09:00:00", ANA).customer("09:00:00").agent(
        "09:01:00", ANA
    ).resolved("09:10:00", ANA).customer("10:00:00")
    # Opened by hand and closed again: by the agent's message.
    tables.conversation("by hand", "09:00:00", ANA, status=1).customer("09:00:00").agent(
        "09:01:00", ANA
    ).resolved("09:10:00", ANA).agent("10:00:00", ANA).resolved("10:10:00", ANA)
    query = reader(build_warehouse(
        tmp_path, adapters={"chatwoot": tables.write(tmp_path)}, select=READ_HERE,
    ))
    assert query("""
        select
            sessions.session_id, response_count, response_seconds,
            strftime(last_closed_at, '%d %H:%M'), session_seconds is null,
            count(closes.session_id)
        from fct_sessions as sessions
        left join fct_session_closes as closes on sessions.session_id = closes.session_id
        group by all
        order by 1
    """) == [
        ("again", 1, 60, "02 09:10", True, 1),
        ("by hand", 1, 60, "02 10:10", False, 2),
        ("thrice", 3, 180, "04 09:10", False, 3),
    ]
    assert query("""
        select session_id, sum(agent_message_count), sum(customer_message_count)
        from fct_agent_contacts group by 1 order by 1
    """) == [("again", 1, 2), ("by hand", 2, 1), ("thrice", 3, 3)]
    assert query("from quarantined_rows") == []
