{{ config(materialized='incremental', meta={'touched_by': activity_facts(), 'day': 'date_day'}) }}

{%- set stretches %}
    select
        company_id,
        agent_id,
        date_day,
        state,
        concurrency,
        cast({{ microseconds_of('ended_at') }} - {{ microseconds_of('started_at') }} as double)
            as microseconds
    from {{ of_touched_days(ref('fct_agent_activity'), activity_facts()) }}
{%- endset %}
with {{ agent_hands(
    stretches,
    of_touched_days(ref('agent_work'), activity_facts()),
    of_touched_days(ref('fct_offers'), activity_facts()),
    ['date_day'],
) }},

days as (
    select
        time_zone,
        date_day,
        max(ends_at) as ends_at
    from {{ ref('local_days') }}
    group by time_zone, date_day
),

-- A day that ends before offers are measured has none to count.
known as (
    select
        hands.*,
        measured_tables.has_agent_events as is_presence_measured,
        coalesce(days.ends_at > measured.offer_measured_from, false) as is_offer_measured
    from hands
    inner join {{ ref('agent_companies') }} as agents
        on hands.agent_id = agents.agent_id
    inner join {{ ref('measured_tables') }} as measured_tables
        on agents.feed = measured_tables.feed
    inner join {{ ref('measured_groups') }} as measured
        on agents.feed = measured.feed
    left join days
        on agents.time_zone = days.time_zone
        and hands.date_day = days.date_day
),

totals as (
    select
        company_id,
        agent_id,
        date_day,
        {{ activity_totals(is_daily=true) | indent(4) }}
    from known
    group by company_id, agent_id, date_day
)

select
    *,
    {{ activity_rates() }}
from totals
