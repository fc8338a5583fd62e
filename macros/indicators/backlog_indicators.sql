{#
L1-L4, what lies open, over rows of backlog_by_day.
open_at_start + started + reopened + moved_in - moved_out - closed - expired = open_at_end, in every
row; and what is open at a day's end is open at the next day's start.
#}

{# How old what is open may be, in seconds, and the name of those that are at most so old. #}
{% macro open_ages() %}
    {% do return({
        'up_to_1_hour': 3600, 'up_to_4_hours': 14400, 'up_to_1_day': 86400,
        'up_to_3_days': 259200, 'up_to_7_days': 604800, 'up_to_30_days': 2592000,
    }) %}
{% endmacro %}

{# Totals of the family over changes of the backlog (L1 to L4). #}
{% macro backlog_totals() -%}
    {%- set is_open = "change = 'open'" -%}
    {%- for change in [
        'open_at_start', 'started', 'reopened', 'moved_in', 'moved_out', 'closed', 'expired',
    ] -%}
    {{ count_where("change = '" ~ change ~ "'") }} as {{ change }}_count,
    {% endfor -%}
    {{ count_where(is_open) }} as open_at_end_count,
    {{ count_where(is_open ~ " and held_by = 'agent'") }} as with_agent_count,
    {{ count_where(is_open ~ " and held_by = 'queue'") }} as waiting_in_queue_count,
    {{ count_where(is_open ~ " and held_by = 'nobody'") }} as with_nobody_count,
    {{ where_measured(count_where(is_open ~ ' and is_awaiting_agent'), 'is_messages_measured') }}
        as awaiting_agent_count,
    coalesce({{ total_seconds('age_seconds', where=is_open) }}, 0) as open_age_seconds,
    max(age_seconds) filter (where {{ is_open }}) as oldest_open_age_seconds,
    {%- set older = namespace(than=none) -%}
    {%- for name, at_most in open_ages().items() %}
    {{ count_where(
        is_open ~ ' and age_seconds <= ' ~ at_most
        ~ (' and age_seconds > ' ~ older.than if older.than else '')
    ) }} as open_{{ name }}_count,
    {%- set older.than = at_most %}
    {%- endfor %}
    {{ count_where(is_open ~ ' and age_seconds > ' ~ older.than) }} as open_over_30_days_count
{%- endmacro %}
