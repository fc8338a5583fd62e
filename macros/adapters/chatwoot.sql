{# What the values of Chatwoot's tables say to its adapter. #}

{# True where a message's attributes have a mark: Rails calls these values blank. #}
{% macro chatwoot_mark(column, name) -%}
    case
        when
            contains({{ column }}, '{{ name }}')
            and coalesce({{ chatwoot_attribute(column, name) }}, '')
            not in ('', 'false', '{}', '[]')
            then true
    end
{%- endmacro %}

{# What the number of a content_type is: a call's card, or what asks the customer to fill in or to
   choose (a form, a list, cards, the survey); NULL for what somebody wrote. #}
{% macro chatwoot_kind_of_content(column) -%}
    case {{ column }}
        when '10' then 'call'
        when '12' then 'call'
        {%- for number in [1, 2, 3, 4, 5, 6, 9] %}
        when '{{ number }}' then 'form'
        {%- endfor %}
    end
{%- endmacro %}

{# What Chatwoot shows for the number of a priority; one that isn't known stays. #}
{% macro chatwoot_priority(column) -%}
    case {{ column }}
        when '0' then 'low'
        when '1' then 'medium'
        when '2' then 'high'
        when '3' then 'urgent'
        else {{ column }}
    end
{%- endmacro %}

{# True where a column says yes, as CSV files and other programs write it. #}
{% macro chatwoot_is_true(column) -%}
    coalesce(lower({{ column }}) in ('true', 't', '1'), false)
{%- endmacro %}

{# Chatwoot keeps no history of opening hours: the present ones count from the beginning. #}
{% macro chatwoot_beginning() -%}
    '1970-01-01'
{%- endmacro %}

{# How far apart Chatwoot notes what belongs together: jobs write some of it. #}
{% macro chatwoot_tolerance() -%}
    interval '1 second'
{%- endmacro %}

{# A time as Rails and PostgreSQL write it ("2026-03-05 09:00:00.123456", perhaps with " UTC" or
   " +0000") as the contract has it. Anything else stays as it came. #}
{% macro chatwoot_time(column) -%}
    regexp_replace(
        regexp_replace({{ column }}, ' ?(UTC|GMT)$', ''), ' ([+-][0-9]{2}:?([0-9]{2})?)$', '\1'
    )
{%- endmacro %}

{# A row landed when Chatwoot last wrote it, so that of two exports of it the newer counts. #}
{% macro chatwoot_ingested_at() -%}
    {{ utc_timestamp(chatwoot_time('updated_at')) }}
{%- endmacro %}

{# Orders ids, which are numbers: 9 before 10. #}
{% macro in_order_of_id(column) -%}
    (length({{ column }}), {{ column }})
{%- endmacro %}

{# An instant, or NULL where the contract refuses a row of it: too long before its session's start
   or in the future. After as_of nothing is known. #}
{% macro chatwoot_counted(instant, started_at) -%}
    case
        when
            {{ instant }} >= {{ started_at }}
            - interval '{{ var("before_start_tolerance_minutes") }} minutes'
            and {{ instant }} <= {{ run_instant() }}
            + interval '{{ var("future_tolerance_hours") }} hours'
            {%- if var('as_of') %}
            and {{ instant }} <= {{ as_of_instant() }}
            {%- endif %}
            then {{ instant }}
    end
{%- endmacro %}

{# The value that a JSON text of a message's attributes has under a name; NULL where it has none.
   Rails wraps the JSON of content_attributes in a JSON string. #}
{% macro chatwoot_attribute(column, name) -%}
    case
        when json_type({{ chatwoot_json(column) }}) = 'VARCHAR'
            then {{ chatwoot_json(chatwoot_json(column) ~ " ->> '$'") }} ->> '$.{{ name }}'
        else {{ chatwoot_json(column) }} ->> '$.{{ name }}'
    end
{%- endmacro %}

{# What stands where JSON should. #}
{% macro chatwoot_unreadable(column) -%}
    case when {{ chatwoot_json(column) }} is null then {{ column }} end
{%- endmacro %}

{# A text as JSON; NULL where it is none. #}
{% macro chatwoot_json(text) -%}
    try_cast({{ text }} as json)
{%- endmacro %}

{# The periods in which an instant can be looked up: at a boundary the later one, and of two that begin
   at one instant the later. #}
{% macro chatwoot_periods_by_instant() -%}
select *
from {{ ref('chatwoot_open_periods') }}
qualify row_number() over (
    partition by session_id, answers_from
    order by period_number desc
) = 1
{%- endmacro %}

{# What Chatwoot's notes can say: their patterns are rows of the seed chatwoot_note_patterns, to which
   the variable chatwoot_notes adds. #}
{% macro chatwoot_note_meanings() %}
    {% do return([
        'pending', 'snoozed', 'opened', 'resolved_by_user', 'resolved_by_customer',
        'resolved_by_system',
    ]) %}
{% endmacro %}

{# Before a build: stops where the variable chatwoot_notes makes no sense. #}
{% macro check_chatwoot_variables() %}
    {% set notes = var('chatwoot_notes') %}
    {% if notes is not mapping or notes.values() | reject('in', chatwoot_note_meanings()) | list %}
        {{ refuse(
            'chatwoot_notes', notes,
            'a meaning for each pattern, of ' ~ chatwoot_note_meanings() | join(', ')
        ) }}
    {% endif %}
{% endmacro %}
