{{ config(tags=['duckdb_sql']) }}
-- The totals of bot_metrics_daily are the sums over the sessions that a bot had first; those are
-- the ones that bot_part_facts looks at for what came of them.
{%- set facts = ['session_facts', 'bot_part_facts'] %}
with facts as (
    select
        sessions.company_id,
        sessions.channel_id,
        sessions.date_day,
        count(sessions.bot_started_at) as bot_session_count,
        count(*) filter (where sessions.bot_result = 'running') as bot_running_count,
        count(*) filter (where sessions.bot_result = 'handed_off') as bot_handed_off_count,
        sum(sessions.bot_seconds) as bot_seconds,
        count(*) filter (where parts.is_matured) as bot_matured_count,
        count(*) filter (where parts.is_verified_contained) as bot_verified_contained_count,
        count(parts.session_id) as part_count
    from {{ built_rows(ref('fct_sessions'), facts) }} as sessions
    left join {{ built_rows(ref('bot_part_facts'), facts) }} as parts
        on sessions.session_id = parts.session_id
    where sessions.is_bot_measured
    group by sessions.company_id, sessions.channel_id, sessions.date_day
),

marts as (
    select
        company_id,
        channel_id,
        date_day,
        bot_session_count,
        bot_running_count,
        bot_handed_off_count,
        bot_seconds,
        bot_matured_count,
        bot_verified_contained_count,
        bot_session_count as part_count
    from {{ built_rows(ref('bot_metrics_daily')) }}
    where bot_session_count is not null
),

{{ facts_less_marts(['company_id', 'channel_id']) }}
