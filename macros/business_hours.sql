{#
Business hours: the seconds of an interval that lie in open spans of one calendar. A row finds its
calendar (join_calendars), its start and its end find their pieces of that calendar's time
(join_open_time), and the open time before each, subtracted, is the answer: two look-ups, however long
the interval is.

    select {{ business_seconds('legs.queued_at', 'legs.ended_at') }} as business_queue_seconds
    from legs                                   -- with calendar_id = {{ assigned_calendar() }}
    {{ join_open_time('starts', 'legs.calendar_id', 'legs.queued_at') }}
    {{ join_open_time('ends', 'legs.calendar_id', 'legs.ended_at') }}

The way back, from a start and so many open seconds to the first instant at which they have passed:

    {{ join_reached('dues', 'clocks.calendar_id', 'clocks.total') }}
    {{ instant_reached('dues', 'clocks.total') }}    -- total: open_microseconds of the start and more
#}

{# The assignments to a row's skill, channel and company at an instant; each a column or NULL. `name`
   tells several such joins apart. #}
{% macro join_calendars(skill, channel, company, instant, name='') -%}
{%- for subject, id in {'skill': skill, 'channel': channel, 'company': company}.items() %}
left join {{ ref('calendar_assignments') }} as {{ name }}{{ subject }}_calendars
    on {{ id }} = {{ name }}{{ subject }}_calendars.subject_id
    and {{ name }}{{ subject }}_calendars.subject = '{{ subject }}'
    and {{ instant }} >= {{ name }}{{ subject }}_calendars.valid_from
    and {{ instant }} < {{ name }}{{ subject }}_calendars.valid_to
{%- endfor %}
{%- endmacro %}

{# The calendar that counts of those that join_calendars finds: the skill's before the channel's before the
   company's. #}
{% macro assigned_calendar(name='') -%}
    coalesce(
        {{ name }}skill_calendars.calendar_id, {{ name }}channel_calendars.calendar_id,
        {{ name }}company_calendars.calendar_id
    )
{%- endmacro %}

{# The piece of a calendar's time in which an instant lies. None where the calendar has no row. #}
{% macro join_open_time(name, calendar, instant, kind='left') -%}
{{ kind }} join {{ ref('open_time') }} as {{ name }}
    on {{ calendar }} = {{ name }}.calendar_id
    and cast({{ instant }} as date) = {{ name }}.utc_date
    and {{ instant }} >= {{ name }}.from_at
    and {{ instant }} < {{ name }}.until_at
{%- endmacro %}

{# The open microseconds from the beginning of the calendar's time to an instant in that piece. #}
{% macro open_microseconds(name, instant) -%}
    ({{ name }}.open_microseconds_before + case
        when {{ name }}.is_open
            then {{ microseconds_of(instant) }} - {{ microseconds_of(name ~ '.from_at') }}
        else 0
    end)
{%- endmacro %}

{# The open seconds between the instants of the joins `starts` and `ends`. #}
{% macro business_seconds(started_at, ended_at, starts='starts', ends='ends') -%}
    ({{ open_microseconds(ends, ended_at) }} - {{ open_microseconds(starts, started_at) }}) / 1e6
{%- endmacro %}

{# The span in which the open microseconds of a calendar reach a total above 0. None beyond the horizon. #}
{% macro join_reached(name, calendar, total) -%}
left join {{ ref('open_totals') }} as {{ name }}
    on {{ calendar }} = {{ name }}.calendar_id
    and {{ number_of_total(total) }} = {{ name }}.total_number
    and {{ total }} > {{ name }}.open_microseconds_before
    and {{ total }} <= {{ name }}.open_microseconds_after
{%- endmacro %}

{# The instant at which the span that join_reached finds reaches the total. #}
{% macro instant_reached(name, total) -%}
    {{ microseconds_after(
        name ~ '.opened_at', total ~ ' - ' ~ name ~ '.open_microseconds_before'
    ) }}
{%- endmacro %}

{# Totals are told apart by days of open time: a span touches few of them, and few spans one of them. #}
{% macro number_of_total(total) -%}
    cast(floor(({{ total }} - 1) / 86400000000) as bigint)
{%- endmacro %}

{# Minutes of a text HH:MM. #}
{% macro minutes_of_clock(clock) -%}
    (cast(left({{ clock }}, 2) as bigint) * 60 + cast(right({{ clock }}, 2) as bigint))
{%- endmacro %}

{# When a clock shows a time, for calendar_spans: of the rows of zone_days, edges and clocks that are
   grouped. `on_other_days`: the instants that come into question where the day isn't steady. #}
{% macro instant_of_clock(on_other_days) -%}
    case
        when edges.clock = '00:00' then min(zone_days.starts_at)
        when bool_and(zone_days.is_steady)
            then {{ minutes_after('min(zone_days.starts_at)', minutes_of_clock('edges.clock')) }}
        else coalesce({{ on_other_days }}, min(zone_days.ends_at))
    end
{%- endmacro %}

{# The variable calendar_horizon_days as an interval: how far beyond as_of calendars are known. #}
{% macro calendar_horizon() %}
    {% do return("interval '" ~ var('calendar_horizon_days') ~ " days'") %}
{% endmacro %}
