{{ config(materialized='incremental', meta={'touched_by': activity_facts(), 'day': 'date_day'}) }}

{#- Each stretch once for every quarter hour that it reaches into, clipped to it. #}
{%- set stretches %}
    select
        company_id,
        agent_id,
        date_day,
        interval_started_at,
        state,
        concurrency,
        cast(
            least(
                {{ microseconds_of('ended_at') }},
                {{ microseconds_of('interval_started_at') }} + 900000000
            ) - greatest(
                {{ microseconds_of('started_at') }}, {{ microseconds_of('interval_started_at') }}
            ) as double
        ) as microseconds
    from (
        select
            *,
            {{ each_quarter_hour(
                quarter_hour_of('started_at'),
                quarter_hour_of("ended_at + interval '899999999 microseconds'"),
            ) }} as interval_started_at
        from {{ of_touched_days(ref('fct_agent_activity'), activity_facts()) }}
        where state is null or state != 'absent'
    ) as clipped
{%- endset %}
with {{ agent_hands(
    stretches,
    of_touched_days(ref('agent_work'), activity_facts()),
    of_touched_days(ref('fct_offers'), activity_facts()),
    ['date_day', 'interval_started_at'],
) }},

-- A quarter hour that ends before offers are measured has none to count.
known as (
    select
        hands.*,
        measured_tables.has_agent_events as is_presence_measured,
        coalesce(
            hands.interval_started_at + interval '15 minutes' > measured.offer_measured_from, false
        ) as is_offer_measured
    from hands
    inner join {{ ref('agent_companies') }} as agents
        on hands.agent_id = agents.agent_id
    inner join {{ ref('measured_tables') }} as measured_tables
        on agents.feed = measured_tables.feed
    inner join {{ ref('measured_groups') }} as measured
        on agents.feed = measured.feed
),

totals as (
    select
        company_id,
        agent_id,
        date_day,
        interval_started_at,
        {{ activity_totals(is_daily=false) | indent(4) }}
    from known
    group by company_id, agent_id, date_day, interval_started_at
)

select
    totals.*,
    {{ local_labels(
        'totals.interval_started_at', 'intervals.utc_offset_minutes', 'totals.date_day'
    ) }},
    {{ activity_rates() }}
from totals
left join {{ ref('agent_companies') }} as agents
    on totals.agent_id = agents.agent_id
left join {{ ref('local_intervals') }} as intervals
    on {{ in_local_interval('intervals', 'totals.interval_started_at', 'agents.time_zone') }}
