{# Which rows of a relation a build works on: macros/incremental.sql says what is touched. #}

{# The rows of a relation that the build works on: all, or of an incremental build those that meet a
   condition, which may call the relation `stored`. #}
{% macro rows_to_build(relation, condition) -%}
    {%- if is_incremental_build() -%}
    (
        select * from {{ relation }} as stored
        where {{ condition }}
    )
    {%- else -%}
    {{ relation }}
    {%- endif -%}
{%- endmacro %}

{# The rows of touched sessions, for models/to_build. #}
{% macro of_touched_sessions(relation, key='session_key') -%}
    {{ rows_to_build(relation, is_touched(key, touched=ref('touched_sessions'))) }}
{%- endmacro %}

{# Events of touched agents, from their instant on, for models/to_build. #}
{% macro of_touched_agents(relation) -%}
    {{ rows_to_build(relation, is_touched('occurred_at', touched=ref('touched_agents'))) }}
{%- endmacro %}

{# The rows of touched days of agents. #}
{% macro of_touched_agent_days(relation) -%}
    {{ rows_to_build(relation, is_touched('agent_day', touched=ref('touched_agent_days'))) }}
{%- endmacro %}

{# What agents with a touched day had in hand since the first touched day began. #}
{% macro work_on_touched_days(relation) -%}
    {%- set days = ref('touched_agent_days') -%}
    {{ rows_to_build(relation, 'agent_id in (select agent_id from ' ~ days ~ ') and coalesce(ended_at, '
        ~ end_of_time() ~ ') > (select min(starts_at) from ' ~ days ~ ')') }}
{%- endmacro %}

{# The rows of touched agent contacts. #}
{% macro of_touched_contacts(relation) -%}
    {{ rows_to_build(relation, is_touched('agent_contact_id', touched=ref('touched_contacts'))) }}
{%- endmacro %}

{# The rows of sessions whose row of fct_resolutions is made anew. #}
{% macro of_touched_resolutions(relation) -%}
    {{ rows_to_build(relation, is_touched('resolution', touched=ref('touched_resolutions'))) }}
{%- endmacro %}

{# The rows of sessions whose row of bot_part_facts is made anew. #}
{% macro of_touched_bot_parts(relation) -%}
    {{ rows_to_build(relation, is_touched('bot_part', touched=ref('touched_bot_parts'))) }}
{%- endmacro %}

{# Rows on the days that stored models (`facts`) touch, for marts. #}
{% macro of_touched_days(relation, facts, day='date_day') -%}
    {{ rows_to_build(relation, is_touched(facts, day)) }}
{%- endmacro %}
