{#
Incremental builds. A build that finds an earlier one in the warehouse reads only files that it
hasn't seen, and rebuilds only what their rows touch: whole sessions, an agent's states from the
presence before the change on, and the days of the marts on which either lies. models/to_build lists
those; the models between staging and the facts hold nothing else.
#}

{# The number of the running build, from 1. #}
{% macro this_build() %}
    {% if not execute %}
        {% do ref('builds') %}
        {% do return(1) %}
    {% endif %}
    {% set builds = relation_in('staging', 'builds') %}
    {# Unit tests try the definitions on all rows at once; lint compiles without a warehouse. #}
    {% if model.resource_type == 'unit_test' or load_relation(builds) is none %}
        {% do return(1) %}
    {% endif %}
    {% do return(scalar('select max(build_number) from ' ~ builds)) %}
{% endmacro %}

{# True where rows of an earlier build are kept. #}
{% macro is_incremental_build() %}
    {% do return(this_build() > 1) %}
{% endmacro %}

{# A list of models/to_build, as a model that must run after it. #}
{% macro touched(name) %}
    {% if not execute %}
        {% do ref(name) %}
    {% endif %}
    {% do return(relation_in('touched', name)) %}
{% endmacro %}

{# A fact as the last build left it, for what must run before the fact itself. #}
{% macro as_last_built(fact) %}
    {% do return(relation_in('marts' if fact.startswith('fct_') else 'intermediate', fact)) %}
{% endmacro %}

{% macro relation_in(schema, name) %}
    {% do return(api.Relation.create(
        database=target.database or none, schema=schema, identifier=name
    )) %}
{% endmacro %}

{# The rows of a relation that the build works on: all, or of an incremental build those that meet a
   condition, which may call them `rebuilt`. #}
{% macro rows_to_build(relation, condition) -%}
    {%- if is_incremental_build() -%}
    (
        select * from {{ relation }} as rebuilt
        where {{ condition }}
    )
    {%- else -%}
    {{ relation }}
    {%- endif -%}
{%- endmacro %}

{# Those of touched sessions. #}
{% macro of_touched_sessions(relation, key='session_key') -%}
    {{ rows_to_build(relation, is_touched(key)) }}
{%- endmacro %}

{# Events of touched agents, from their instant on. #}
{% macro of_touched_agents(relation) -%}
    {{ rows_to_build(relation, is_touched('occurred_at')) }}
{%- endmacro %}

{# Those on touched days: see is_touched. #}
{% macro of_touched_days(relation, facts, day='date_day') -%}
    {{ rows_to_build(relation, is_touched(facts, day)) }}
{%- endmacro %}

{#
The condition under which a row may be replaced by this build. `rebuilt_by`, as a model's meta has
it: session_id or session_key; presence_started_at or occurred_at (an agent's, from an instant on);
or the facts (dated_facts) on whose days the row depends.
#}
{% macro is_touched(rebuilt_by, day='date_day') %}
    {% do return(adapter.dispatch('is_touched')(rebuilt_by, day)) %}
{% endmacro %}

{% macro default__is_touched(rebuilt_by, day) %}
    {% if rebuilt_by in ('session_id', 'session_key') %}
        {% do return(rebuilt_by ~ ' in (select ' ~ rebuilt_by ~ ' from '
            ~ touched('touched_sessions') ~ ')') %}
    {% elif rebuilt_by in ('presence_started_at', 'occurred_at') %}
        {% do return(rebuilt_by ~ ' >= (select agents.from_at from ' ~ touched('touched_agents')
            ~ ' as agents where agents.agent_id = rebuilt.agent_id)') %}
    {% endif %}
    {% set days %}
        from {{ touched('touched_days') }} where fact in ('{{ rebuilt_by | join("', '") }}')
    {% endset %}
    {% if dated_facts()[rebuilt_by[0]].is_agent_day %}
        {% do return('(agent_id, ' ~ day ~ ') in (select (agent_id, date_day)' ~ days ~ ')') %}
    {% endif %}
    {% do return(day ~ ' in (select date_day' ~ days ~ ')') %}
{% endmacro %}

{# The rows on which the days of marts depend: what they are rebuilt by, and their day. A day may be
   one of all companies' rows, or of an agent's only. #}
{% macro dated_facts() %}
    {% do return({
        'fct_sessions': {
            'rebuilt_by': 'session_id', 'day': 'session_date', 'is_agent_day': false,
        },
        'fct_tag_attachments': {
            'rebuilt_by': 'session_id', 'day': 'attached_date', 'is_agent_day': false,
        },
        'digital_activities': {
            'rebuilt_by': 'session_id', 'day': 'date_day', 'is_agent_day': true,
        },
        'fct_agent_sessions': {
            'rebuilt_by': 'session_id', 'day': 'first_accepted_date', 'is_agent_day': true,
        },
        'fct_agent_states': {
            'rebuilt_by': 'presence_started_at', 'day': 'date_day', 'is_agent_day': true,
        },
        'fct_agent_logins': {
            'rebuilt_by': 'occurred_at', 'day': 'date_day', 'is_agent_day': true,
        },
    }) %}
{% endmacro %}

{# What the agent marts sum. #}
{% macro agent_facts() %}
    {% do return(['fct_agent_sessions', 'fct_agent_states', 'fct_agent_logins']) %}
{% endmacro %}

{# The days of the touched rows of the facts, as fact, agent_id (only where the day is an agent's) and
   date_day. `relation`: what gives a fact's relation by its name, ref or as_last_built. #}
{% macro days_of_touched_rows(relation) %}
{%- for fact, dated in dated_facts().items() %}
select distinct
    '{{ fact }}' as fact,
    {{ 'agent_id' if dated.is_agent_day else 'cast(null as string)' }} as agent_id,
    {{ dated.day }} as date_day
from {{ relation(fact) }} as rebuilt
where {{ is_touched(dated.rebuilt_by) }}
{{ 'union all' if not loop.last }}
{%- endfor %}
{% endmacro %}

{# Events of sessions of which the order may have changed. #}
{% macro of_reordered_sessions(relation) -%}
    {{ rows_to_build(relation, 'session_key in (' ~ reordered_sessions() ~ ')') }}
{%- endmacro %}

{# Sessions of which the order of events may have changed. #}
{% macro reordered_sessions() -%}
    select session_key from {{ checked_relation('raw_session_events') }}
    where build_number = {{ this_build() }}
{%- endmacro %}

{# Incremental strategy: what is touched goes, what was built comes. On Spark, where no row can go
   alone, whole days are written anew: macros/engine/spark_incremental.sql. #}
{% macro get_incremental_rebuild_sql(arguments) %}
    {% set columns = get_quoted_csv(arguments.dest_columns | map(attribute='name')) %}
    {% set rebuilt_by = config.get('meta').rebuilt_by %}
    {% set rows_of_last_build = relation_in('rebuilt', this.identifier) %}
    delete from {{ arguments.target_relation }} as rebuilt
    where
        {% if rebuilt_by in ('key', 'key_or_session') -%}
        {%- set key = stored_key(contract()[this.identifier | replace('checked_', 'raw_', 1)]) %}
        {%- set checked %} from {{ arguments.temp_relation }} where build_number = {{ this_build() }} {% endset %}
        {{ key }} in (select {{ key }} {{ checked }})
        {%- if rebuilt_by == 'key_or_session' %}
        or session_key in (select session_key {{ checked }})
        {%- endif %};
        {%- elif rebuilt_by == 'event_session' -%}
        session_key in ({{ reordered_sessions() }});
        {%- else -%}
        {{ is_touched(rebuilt_by) }};
        {%- endif %}
    insert into {{ arguments.target_relation }} ({{ columns }})
    select {{ columns }}
    from {{ arguments.temp_relation }};
    -- For the data tests, which look at no other rows, and for whoever asks what a build moved.
    create or replace table {{ rows_of_last_build }} as
    select * from {{ arguments.temp_relation }};
    insert into {{ relation_in('staging', 'rebuilt_rows') }}
    select {{ this_build() }}, '{{ this.identifier }}', count(*)
    from {{ arguments.temp_relation }}
{% endmacro %}
