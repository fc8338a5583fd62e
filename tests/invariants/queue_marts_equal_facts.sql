{{ config(tags=['duckdb_sql']) }}
-- Every total of the queue marts, of each day and of all, is the sum over the queue legs.
{%- set dimensions = queue_dimensions() | join(', ') %}
with facts as (
    select
        {{ dimensions }},
        queued_date as date_day,
        count(*) as queued_leg_count,
        count(*) filter (where outcome = 'accepted') as answered_leg_count,
        count(*) filter (where result = 'abandoned') as abandoned_leg_count,
        count(*) filter (where result = 'flowed_out') as flowed_out_leg_count,
        count(*) filter (where outcome = 'dequeued') as dequeued_leg_count,
        count(*) filter (where outcome = 'open') as open_leg_count,
        count(*) filter (where outcome = 'accepted' and queue_seconds <= service_level_seconds)
            as answered_within_leg_count,
        count(*) filter (where result = 'abandoned' and queue_seconds <= service_level_seconds)
            as abandoned_within_leg_count,
        count(*) filter (where result = 'abandoned' and queue_seconds <= short_abandon_seconds)
            as short_abandoned_leg_count,
        sum(queue_seconds) filter (where outcome = 'accepted') as answered_queue_seconds,
        sum(queue_seconds) filter (where result = 'abandoned') as abandoned_queue_seconds,
        {%- for kind in ['start', 'overflow', 'transfer', 'reopening', 'retry', 'return'] %}
        count(*) filter (where entered_by = '{{ kind }}') as {{ kind }}_leg_count,
        {%- endfor %}
        sum(queue_seconds) filter (where result = 'flowed_out') as flowed_out_queue_seconds,
        count(business_queue_seconds) as business_queue_leg_count,
        sum(business_queue_seconds) as business_queue_seconds
    from {{ built_rows(ref('fct_queue_legs'), ['queue_leg_facts'], 'queued_date') }}
    group by rollup(({{ dimensions }}), queued_date)
),

marts as (
    select * from {{ built_rows(ref('queue_metrics_daily')) }}
    union all by name
    select * from {{ ref('queue_metrics_aggregated') }}
),

{{ facts_less_marts(queue_dimensions()) }}
