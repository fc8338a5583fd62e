{# What sessions are to the backlog of each day. #}

{# The day after a day. #}
{% macro day_after(day) -%}
    cast({{ day }} + interval '1 day' as date)
{%- endmacro %}

{# The day before a day or a midnight. #}
{% macro day_before(day) -%}
    cast({{ day }} - interval '1 day' as date)
{%- endmacro %}

{#
A row for each session and day at whose end it is open (change: open), with the instant at which
that is: midnight, the last day as_of; one for each at whose start it is open (open_at_start), which
is the end of the day before; and one for each of its ways into the backlog and out of it.
`changes`, `nights`: rows of backlog_changes and backlog_nights. Those of a session that nothing has
happened to for too long are cut here, where as_of is known: it has expired.
#}
{% macro backlog_by_day(changes, nights) -%}
    with days as (
        select distinct
            local_days.time_zone,
            local_days.date_day,
            least(local_days.ends_at, data_span.as_of) as ends_at,
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
    ),

    -- All but the open nights, which alone need how a session lies.
    other_changes as (
        -- Not after the last day, and not on a date that the zone left out (Samoa's 30 December 2011).
        select
            open_nights.session_key,
            open_nights.company_id,
            open_nights.skill_id,
            open_nights.channel_id,
            open_nights.is_messages_measured,
            days.date_day,
            'open_at_start' as change
        from open_nights
        inner join days
            on open_nights.time_zone = days.time_zone
            and days.date_day = {{ day_after('open_nights.date_day') }}
        union all
        select
            spans.session_key,
            spans.company_id,
            spans.skill_id,
            spans.channel_id,
            spans.is_messages_measured,
            expired.date_day,
            'expired' as change
        from spans
        inner join expired
            on spans.session_key = expired.session_key
        where spans.has_expired
        union all
        select
            changes.session_key,
            changes.company_id,
            changes.skill_id,
            changes.channel_id,
            changes.is_messages_measured,
            changes.date_day,
            changes.change
        from {{ changes }} as changes
    )

    select
        open_nights.*,
        'open' as change,
        days.ends_at
    from open_nights
    inner join days
        on open_nights.time_zone = days.time_zone
        and open_nights.date_day = days.date_day
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
        cast(null as timestamp) as ends_at
    from other_changes
{%- endmacro %}
