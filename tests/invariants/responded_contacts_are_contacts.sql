{{ config(tags=['duckdb_sql']) }}
-- N5 is at most the digital agent contacts, and what answers N6 at most all of them.
{%- set marts = [
    ref('digital_metrics_daily'),
    ref('digital_metrics_aggregated'),
    ref('digital_metrics_by_tag_daily'),
] %}
with digital_rows as (
    {%- for relation in marts %}
    select
        '{{ relation.identifier }}' as relation_name,
        *
    from {{ built_rows(relation) }}
    {{ 'union all by name' if not loop.last }}
    {%- endfor %}
)

select
    relation_name,
    {{ digital_dimensions() | join(',\n    ') }},
    date_day,
    tag_name,
    agent_contact_count,
    answered_agent_contact_count,
    digital_agent_contact_count,
    responded_agent_contact_count
from digital_rows
where
    responded_agent_contact_count > digital_agent_contact_count
    or digital_agent_contact_count > agent_contact_count
    or answered_agent_contact_count > agent_contact_count
