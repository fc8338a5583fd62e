-- O1 to O7: what agent_activity_daily sums, stretches of a state and a concurrency, acceptances and
-- offers, with their instants.
with stretches as (
    select
        company_id,
        agent_id,
        date_day,
        started_at as day_at,
        started_at as stretch_started_at,
        ended_at as stretch_ended_at,
        state,
        concurrency,
        (epoch_us(ended_at) - epoch_us(started_at)) / 1e6 as state_seconds
    from marts.fct_agent_activity
),

acceptances as (
    select
        company_id,
        agent_id,
        date_day,
        started_at as day_at,
        session_id,
        true as is_acceptance
    from intermediate.agent_work
    where not is_wrap_up
),

offers as (
    select
        company_id,
        agent_id,
        date_day,
        offered_at as day_at,
        session_id,
        outcome as offer_outcome,
        ring_seconds
    from marts.fct_offers
),

hands as (
    select * from stretches
    union all by name
    select * from acceptances
    union all by name
    select * from offers
)

select
    hands.*,
    agents.time_zone as day_zone,
    measured_tables.has_agent_events as is_presence_measured,
    measured.offer_measured_from is not null as is_offer_measured,
    session
from hands
inner join intermediate.agent_companies as agents
    on hands.agent_id = agents.agent_id
inner join staging.measured_tables as measured_tables
    on agents.feed = measured_tables.feed
inner join staging.measured_groups as measured
    on agents.feed = measured.feed
left join sessions_at_hand as session
    on hands.session_id = session.session_id
where
    list_contains($companies, hands.company_id)
    and hands.date_day between cast($from_date as date) - 2 and cast($to_date as date) + 2
