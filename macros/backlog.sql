{# What sessions are to the backlog of each day. #}

{# The day after, or before, a day. #}
{% macro day_after(day) -%}
    cast({{ day }} + interval '1 day' as date)
{%- endmacro %}

{% macro day_before(day) -%}
    cast({{ day }} - interval '1 day' as date)
{%- endmacro %}

{#
A row for each session and day at whose end it is open (change: open), and one for each of its ways
into the backlog and out of it, with the instant at which the day ends: midnight, the last day as_of.
`changes`, `nights`: rows of backlog_changes and backlog_nights. Those of a session that nothing has
happened to for too long are cut here, where as_of is known: it has expired.
#}
{% macro backlog_by_day(changes, nights) -%}
    with days as (
        select distinct
            local_days.time_zone,
            local_days.date_day,
            least(local_days.ends_at, data_span.as_of) as ends_at,
            local_days.ends_at > data_span.as_of as is_last_day,
            data_span.as_of
        from {{ ref('local_days') }} as local_days
        cross join {{ ref('data_span') }} as data_span
        where local_days.starts_at <= data_span.as_of
    ),

    last_days as (
        select
            time_zone,
            max(as_of) as as_of,
            max(date_day) as date_day
        from days
        group by time_zone
    ),

    spans as (
        select
            nights.*,
            last_days.as_of,
            nights.until_day is null and coalesce(nights.expires_at < last_days.as_of, false)
                as has_expired,
            coalesce(nights.until_day, {{ day_after('last_days.date_day') }}) as before_day
        from {{ nights }} as nights
        inner join last_days
            on nights.time_zone = last_days.time_zone
    ),

    expired as (
        select
            spans.session_key,
            days.date_day
        from spans
        inner join {{ ref('local_days') }} as days
            on {{ in_local_day('days', 'spans.expires_at', 'spans.time_zone') }}
        where spans.has_expired
    ),

    open_nights as (
        select
            spans.session_key,
            spans.company_id,
            spans.skill_id,
            spans.channel_id,
            spans.time_zone,
            spans.held_by,
            spans.is_awaiting_agent,
            spans.is_messages_measured,
            spans.started_at,
            {{ each_day('spans.date_day', day_before(
                'case when spans.has_expired then expired.date_day else spans.before_day end'
            )) }} as date_day
        from spans
        left join expired
            on spans.session_key = expired.session_key
        where
            spans.date_day
            < case when spans.has_expired then expired.date_day else spans.before_day end
    )

    select
        open_nights.*,
        'open' as change,
        days.ends_at,
        days.is_last_day
    from open_nights
    inner join days
        on open_nights.time_zone = days.time_zone
        and open_nights.date_day = days.date_day
    union all
    select
        spans.session_key,
        spans.company_id,
        spans.skill_id,
        spans.channel_id,
        spans.time_zone,
        cast(null as string) as held_by,
        cast(null as boolean) as is_awaiting_agent,
        spans.is_messages_measured,
        cast(null as timestamp) as started_at,
        expired.date_day,
        'expired' as change,
        cast(null as timestamp) as ends_at,
        cast(null as boolean) as is_last_day
    from spans
    inner join expired
        on spans.session_key = expired.session_key
    where spans.has_expired
    union all
    select
        session_key,
        company_id,
        skill_id,
        channel_id,
        cast(null as string) as time_zone,
        cast(null as string) as held_by,
        cast(null as boolean) as is_awaiting_agent,
        is_messages_measured,
        cast(null as timestamp) as started_at,
        date_day,
        change,
        cast(null as timestamp) as ends_at,
        cast(null as boolean) as is_last_day
    from {{ changes }}
{%- endmacro %}
