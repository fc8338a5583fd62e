{#
After a build: which ids of its events have no row in a reference table that their feed has. They are
no fault, but where an export writes 3.0 in one file and 3 in another none fits.
#}
{% macro report_unknown_ids(results) %}
    {% if execute and flags.WHICH in ('build', 'run')
        and 'quarantined_rows' in results | selectattr('status', 'equalto', 'success')
            | map(attribute='node.name') | list %}
        {% for table_name, ids in ids_of_events().items() %}
            {% set unknown = run_query(unknown_ids(table_name, ids)).rows[0] %}
            {% if unknown[0] %}
                {% do log(
                    'Ids of events without a row in {}: {:,}, for example {}. An id is its name there.'
                    .format(table_name, unknown[0] | int, unknown[1]), info=true
                ) %}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}

{# reference table -> [(the table of events, the column that names it)]. #}
{% macro ids_of_events() %}
    {% do return({
        'raw_agents': [
            ('raw_session_events', 'agent_id'), ('raw_session_events', 'to_agent_id'),
            ('raw_agent_events', 'agent_id'),
        ],
        'raw_skills': [('raw_session_events', 'skill_id'), ('raw_session_events', 'to_skill_id')],
        'raw_companies': [('raw_sessions', 'company_id')],
    }) %}
{% endmacro %}

{# How many ids of events a reference table lacks, and the first of them. Of an increment only its own events are asked. #}
{% macro unknown_ids(table_name, ids) %}
{%- set key = contract()[table_name].key[0] -%}
with named as (
    {%- for events, column in ids %}
    select distinct
        feed,
        cast({{ column }} as string) as id
    from {{ checked_relation(events) }}
    where row_outcome = 'accepted' and build_number = {{ this_build() }}
    {{ 'union' if not loop.last }}
    {%- endfor %}
)

select
    count(*),
    min(named.id)
from named
left join {{ checked_relation(table_name) }} as known
    on named.id = known.{{ key }}
    and known.row_outcome = 'accepted'
where
    named.id is not null
    and known.{{ key }} is null
    and named.feed in (
        select feed
        from {{ relation_in('staging', 'loads') }}
        where table_name = '{{ table_name }}'
    )
{% endmacro %}
