"""What the committed odd data tell of: changes of clocks, offers, pendings, bots, surveys."""

from __future__ import annotations

# The fixture of the committed odd data.
from test_generate import odd  # noqa: F401


def test_odd_data_cross_every_change_of_the_clocks(odd):  # noqa: F811
    changes = {
        "America/New_York": "2026-03-08T07:00:00Z",
        "Europe/Berlin": "2026-03-29T01:00:00Z",
        "Australia/Sydney": "2026-04-04T16:00:00Z",
    }
    for zone, change in changes.items():
        (sides,) = odd.execute("""
            select count(distinct try_cast(s.started_at as timestamptz) < ?::timestamptz)
            from raw_sessions as s
            inner join raw_companies as c on c.company_id = s.company_id
            where
                c.time_zone = ?
                and try_cast(s.started_at as timestamptz)
                    between ?::timestamptz - interval 1 hour and ?::timestamptz + interval 1 hour
        """, [change, zone, change, change]).fetchone()
        assert sides == 2, zone


def test_odd_data_tell_of_offers_holds_and_wrap_ups(odd):  # noqa: F811
    counts = dict(odd.execute(
        "select event_type, count(*) from raw_session_events group by event_type"
    ).fetchall())
    calls = odd.execute("""
        select count(*) from raw_session_events
        where
            event_type = 'accepted'
            and session_id in (select session_id from raw_sessions where channel_id = 'phone')
    """).fetchone()[0]
    accepted = counts["accepted"]
    assert 0.9 * accepted < counts["offered"] < 1.3 * accepted
    assert 0.05 * accepted < counts["offer_ended"] < 0.2 * accepted
    assert 0.15 * calls < counts["held"] < 0.6 * calls
    assert counts["resumed"] < counts["held"]
    assert 0.4 * accepted < counts["wrap_up_ended"] < 0.7 * accepted
    assert counts["dequeued"] > 10
    groups = odd.execute("select event_group from raw_measured_events order by all").fetchall()
    assert groups == [("bot",), ("hold",), ("offer",), ("pending",), ("wrap_up",)]


def test_odd_data_tell_of_pendings_bots_and_surveys(odd):  # noqa: F811
    counts = dict(odd.execute(
        "select event_type, count(*) from raw_session_events group by event_type"
    ).fetchall())
    assert 0.05 * counts["accepted"] < counts["pended"] < 0.25 * counts["accepted"]
    assert 10 < counts["unpended"] < counts["pended"]
    assert 50 < counts["bot_ended"] <= counts["bot_started"] + 5
    outcomes = odd.execute("""
        select distinct outcome from raw_session_events
        where event_type = 'bot_ended' and outcome <> 'bored'
    """).fetchall()
    assert {outcome for (outcome,) in outcomes} == {"handed_off", "resolved", "abandoned", "failed"}
    answers = dict(odd.execute("""
        select
            coalesce(q.kind, 'csat') as kind,
            count(distinct v.request_id) / count(distinct q.request_id)
        from raw_survey_requests as q
        left join raw_evaluations as v on v.request_id = q.request_id
        where q.kind is distinct from 'stars'
        group by all
    """).fetchall())
    assert set(answers) == {"csat", "nps", "ces"}
    assert all(0.2 < share < 0.7 for share in answers.values())
