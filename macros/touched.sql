{# What a build touches: macros/incremental.sql has the kinds. #}

{# Of the kinds of touched_by: which model says what is touched, and by which columns. #}
{% macro touched_kinds() %}
    {% do return({
        'session_id': ('touched_sessions', ['session_id']),
        'session_key': ('touched_sessions', ['session_key']),
        'presence_started_at': ('touched_agents', ['agent_id']),
        'occurred_at': ('touched_agents', ['agent_id']),
        'agent_day': ('touched_agent_days', ['agent_id', 'date_day']),
        'agent_contact_id': ('touched_contacts', ['agent_contact_id']),
        'backlog_day': ('touched_backlog_days', ['date_day']),
        'resolution': ('touched_resolutions', ['session_id']),
        'bot_part': ('touched_bot_parts', ['session_id']),
    }) %}
{% endmacro %}

{# The condition under which this build replaces a row `stored`: see touched_by there. `day`: its
   column of the day; `touched`: a model touched_* as a model refers to it; strategies and tests, which
   run after it, need not. #}
{% macro is_touched(touched_by, day='date_day', touched=none) %}
    {% if touched_by is string %}
        {% set model, keys = touched_kinds()[touched_by] %}
        {% set touched = touched or relation_in('touched', model) %}
    {% else %}
        {% set keys = touched_keys(touched_by) + ['date_day'] %}
        {% set touched = touched_days(touched_by) %}
    {% endif %}
    {% set columns = {} %}
    {% for key in keys %}
        {% do columns.update({key: 'stored.' ~ (day if key == 'date_day' else key)}) %}
    {% endfor %}
    {% set since = 'stored.' ~ touched_by if touched_by in ('presence_started_at', 'occurred_at') %}
    {% do return(adapter.dispatch('has_touched_row', 'contact_center')(touched, columns, since)) %}
{% endmacro %}

{# Whether `touched` has a row with the values of the row `stored`. `columns`: touched's, each with
   stored's; `since`: stored's that isn't before touched's from_at. DuckDB looks one column's values up
   below the joins of a view; what exists, above them. #}
{% macro default__has_touched_row(touched, columns, since) %}
    {% if since %}
        {% do return(since ~ ' >= (select touched.from_at from ' ~ touched
            ~ ' as touched where touched.agent_id = ' ~ columns.agent_id ~ ')') %}
    {% elif columns | length == 1 %}
        {% set key, column = columns.items() | first %}
        {% do return(column ~ ' in (select ' ~ key ~ ' from ' ~ touched ~ ' as touched)') %}
    {% endif %}
    {% do return(spark__has_touched_row(touched, columns, since)) %}
{% endmacro %}

{# Spark plans a semi join for it, also where it is denied. #}
{% macro spark__has_touched_row(touched, columns, since) %}
    {% set conditions = ['touched.from_at <= ' ~ since] if since else [] %}
    {% for key, column in columns.items() %}
        {% do conditions.append('touched.' ~ key ~ ' is not distinct from ' ~ column) %}
    {% endfor %}
    {% do return('exists (select 1 from ' ~ touched ~ ' as touched where '
        ~ conditions | join(' and ') ~ ')') %}
{% endmacro %}

{# The columns by which, beside the day, stored models tell which rows they touch. #}
{% macro touched_keys(facts) %}
    {% set touches = config_of(facts[0]).get('meta', {}).get('touches', 'days') if execute else 'days' %}
    {% do return([] if touches == 'days' else touches) %}
{% endmacro %}

{# The days that stored models touched in this build, as a subquery. #}
{% macro touched_days(facts) -%}
    (
        {%- for fact in facts %}
        select {{ (touched_keys(facts) + ['date_day']) | join(', ') }}
        from {{ relation_in('rebuilt', fact ~ '_days') }}
        {{- ' union all' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# The ids whose reference rows are other ones since the last build, as a subquery's text. `references`:
   the kinds of models/to_build/reference_values.sql that matter. #}
{% macro changed_ids(references) -%}
    select id from {{ ref('reference_values') }}
    where build_number = {{ this_build() }} and reference in ('{{ references | join("', '") }}')
{%- endmacro %}
