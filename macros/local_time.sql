{# Local time. Instants are UTC timestamps; a zone is an IANA name. How the engines turn one into the
   other: macros/engine/time.sql, clocks.sql. #}

{# The join condition under which `days` (local_days) is the local day of an instant. #}
{% macro in_local_day(days, instant, time_zone) -%}
    {{ time_zone }} = {{ days }}.time_zone
    and cast({{ instant }} as date) = {{ days }}.utc_date
    and {{ instant }} >= {{ days }}.starts_at
    and {{ instant }} < {{ days }}.ends_at
{%- endmacro %}

{# The join condition under which `intervals` (local_intervals) is the quarter hour of an instant. #}
{% macro in_local_interval(intervals, instant, time_zone) -%}
    {{ time_zone }} = {{ intervals }}.time_zone
    and {{ quarter_hour_of(instant) }} = {{ intervals }}.interval_started_at
{%- endmacro %}

{# What the local clock and calendar say at an instant: the columns that every fact with an instant
   has, so that nobody has to know a zone. `offset`: minutes from UTC; `day`: the local day. #}
{% macro local_labels(instant, offset, day) -%}
    {%- set clock = clock_of(minutes_after(instant, offset)) -%}
    {{ clock }} as local_time,
    cast(left({{ clock }}, 2) as bigint) as local_hour,
    left({{ clock }}, 3) || case when right({{ clock }}, 2) < '30' then '00' else '30' end
        as local_half_hour,
    {{ part_of_date('isodow', day) }} as iso_day_of_week,
    {{ offset }} as utc_offset_minutes
{%- endmacro %}
