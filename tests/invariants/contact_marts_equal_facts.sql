{{ config(tags=['duckdb_sql']) }}
-- Every total of the contact marts, of each day and of all, is the sum over the agent contacts.
{%- set dimensions = digital_dimensions() | join(', ') %}
with facts as (
    select
        {{ dimensions }},
        accepted_date as date_day,
        count(*) as agent_contact_count,
        count(ended_at) as ended_agent_contact_count,
        count(*) filter (where is_transferred_out) as transferred_agent_contact_count,
        sum(contact_seconds) as contact_seconds,
        sum(engaged_seconds) as engaged_seconds,
        sum(hold_seconds) as hold_seconds,
        count(*) filter (where hold_seconds > 0) as held_agent_contact_count,
        sum(wrap_up_seconds) as wrap_up_seconds,
        sum(handle_seconds) as handle_seconds,
        count(wrap_up_seconds) as handled_agent_contact_count,
        sum(attributed_seconds) as attributed_seconds
    from {{ built_rows(ref('fct_agent_contacts'), ['fct_agent_contacts'], 'accepted_date') }}
    group by rollup(({{ dimensions }}), accepted_date)
),

marts as (
    select * from {{ built_rows(ref('contact_metrics_daily')) }}
    union all by name
    select * from {{ ref('contact_metrics_aggregated') }}
),

{{ facts_less_marts(digital_dimensions()) }}
