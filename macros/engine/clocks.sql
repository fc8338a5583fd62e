{# Quarter hours and what a clock shows, in the words of DuckDB (default__) and Spark (spark__). #}

{# A row for each quarter hour that begins in [from, to); both are whole quarter hours. #}
{% macro each_quarter_hour(started_at, ended_at) -%}
    {{ adapter.dispatch('each_quarter_hour', 'contact_center')(started_at, ended_at) }}
{%- endmacro %}

{% macro default__each_quarter_hour(started_at, ended_at) -%}
    unnest(range({{ started_at }}, {{ ended_at }}, interval '15 minutes'))
{%- endmacro %}

{% macro spark__each_quarter_hour(started_at, ended_at) -%}
    explode(sequence(
            {{ started_at }}, {{ ended_at }} - interval '15 minutes', interval '15 minutes'
        ))
{%- endmacro %}

{# When the quarter hour of UTC began that an instant lies in. #}
{% macro quarter_hour_of(instant) -%}
    {{ adapter.dispatch('quarter_hour_of', 'contact_center')(instant) }}
{%- endmacro %}

{% macro default__quarter_hour_of(instant) -%}
    time_bucket(interval '15 minutes', {{ instant }})
{%- endmacro %}

{% macro spark__quarter_hour_of(instant) -%}
    timestamp_micros(floor(unix_micros({{ instant }}) / 900000000) * 900000000)
{%- endmacro %}

{# An instant some microseconds later. #}
{% macro microseconds_after(instant, microseconds) -%}
    {{ adapter.dispatch('microseconds_after', 'contact_center')(instant, microseconds) }}
{%- endmacro %}

{% macro default__microseconds_after(instant, microseconds) -%}
    make_timestamp(epoch_us({{ instant }}) + {{ microseconds }})
{%- endmacro %}

{% macro spark__microseconds_after(instant, microseconds) -%}
    timestamp_micros(unix_micros({{ instant }}) + {{ microseconds }})
{%- endmacro %}

{# An instant some minutes later. #}
{% macro minutes_after(instant, minutes) -%}
    {{ adapter.dispatch('minutes_after', 'contact_center')(instant, minutes) }}
{%- endmacro %}

{% macro default__minutes_after(instant, minutes) -%}
    {{ instant }} + to_minutes({{ minutes }})
{%- endmacro %}

{% macro spark__minutes_after(instant, minutes) -%}
    timestampadd(minute, {{ minutes }}, {{ instant }})
{%- endmacro %}

{# What a local clock shows, as HH:MM. #}
{% macro clock_of(local_time) -%}
    {{ adapter.dispatch('clock_of', 'contact_center')(local_time) }}
{%- endmacro %}

{% macro default__clock_of(local_time) -%}
    strftime({{ local_time }}, '%H:%M')
{%- endmacro %}

{% macro spark__clock_of(local_time) -%}
    date_format({{ local_time }}, 'HH:mm')
{%- endmacro %}
