{# When a customer comes back with the same matter. #}

{# What two sessions must have in common besides customer and company: variable -> column. #}
{% macro repeat_scopes() %}
    {% do return({
        'customer': none, 'customer_skill': 'first_skill_id', 'customer_topic': 'topic',
    }) %}
{% endmacro %}

{# The condition under which a session takes part: as one that asks, or as one that answers. `sessions`:
   the alias of session_facts. #}
{% macro may_repeat(sessions) -%}
    {%- set conditions = [] -%}
    {%- for direction in var('repeat_directions') -%}
        {%- do conditions.append(
            sessions ~ '.direction ' ~ ('is null' if direction is none else "= '" ~ direction ~ "'")
        ) -%}
    {%- endfor -%}
    {{ sessions }}.customer_id is not null and ({{ conditions | join(' or ') or 'false' }})
{%- endmacro %}

{# An instant so many seconds later. #}
{% macro seconds_after(instant, seconds) -%}
    {{ instant }} + interval '{{ seconds | round | int }} seconds'
{%- endmacro %}

{# How long after a close a return counts as a repeat. #}
{% macro repeat_window_seconds() %}
    {% do return(var('repeat_window_days') * 86400) %}
{% endmacro %}

{# How long after a bot's end a return counts against it. #}
{% macro bot_repeat_seconds() %}
    {% do return(var('bot_repeat_hours') * 3600) %}
{% endmacro %}

{#
Of each end (a close, say) the customer's next session with the company, within the scope: the first
other one that starts after it and at most so many seconds later; of two that start together the one
with the lower id. No row where there is none.

    ends      a CTE of what ended: ended_at beside columns of session_facts
    sessions  a relation or CTE of the sessions that may be next, as session_facts has them

What ended before it began, by two clocks that differ, would be its own next session: it is looked
for apart. There are few of them.
#}
{% macro next_sessions(ends, sessions, seconds) -%}
    {%- set scope = repeat_scopes()[var('repeat_scope')] -%}
    {%- set matter = ['company_id', 'customer_id'] + ([scope] if scope else []) -%}
    {%- set is_known = ' and ' ~ scope ~ ' is not null' if scope else '' -%}
    select
        session_id,
        {{ field_of('next_start', 'session_id') }} as next_session_id,
        {{ seconds_between('occurred_at', field_of('next_start', 'started_at')) }}
            as seconds_to_next
    from (
        select
            *,
            {{ ignoring_nulls('first_value', 'case when not is_end then ' ~ struct_of({
                'session_id': 'session_id', 'started_at': 'occurred_at',
            }) ~ ' end') }} over (
                partition by {{ matter | join(', ') }} order by occurred_at, is_end, session_id
                rows between 1 following and unbounded following
            ) as next_start
        from (
            {%- for rows, instant, is_end in [
                (sessions, 'started_at', 'false'), (ends, 'ended_at', 'true')
            ] %}
            select
                session_id,
                {{ matter | join(', ') }},
                {{ instant }} as occurred_at,
                {{ is_end }} as is_end
            from {{ rows }} as sides
            where {{ may_repeat('sides') }} {{- is_known }}
                {%- if is_end == 'true' %} and ended_at >= started_at {%- endif %}
            {{ 'union all' if not loop.last }}
            {%- endfor %}
        ) as starts_and_ends
    ) as followed
    where
        is_end
        and {{ field_of('next_start', 'started_at') }} <= {{ seconds_after('occurred_at', seconds) }}
    union all
    select
        session_id,
        next_session_id,
        {{ seconds_between('ended_at', 'started_at') }} as seconds_to_next
    from (
        select
            early.session_id,
            early.ended_at,
            others.session_id as next_session_id,
            others.started_at,
            row_number() over (
                partition by early.session_id order by others.started_at, others.session_id
            ) as place
        from {{ ends }} as early
        inner join {{ sessions }} as others
            on early.session_id != others.session_id
            {%- for column in matter %}
            and early.{{ column }} = others.{{ column }}
            {%- endfor %}
            and early.ended_at < others.started_at
            and {{ seconds_after('early.ended_at', seconds) }} >= others.started_at
        where
            early.ended_at < early.started_at
            and {{ may_repeat('early') }}
            and {{ may_repeat('others') }}
    ) as others_of_early_ends
    where place = 1
{%- endmacro %}
