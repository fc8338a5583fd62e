{# Instants and days, where DuckDB (default__) and Spark (spark__) have other words for them. Instants
   are UTC on either: timestamps without a zone there, of a session whose zone is UTC here. #}

{# An instant as whole microseconds since 1970. #}
{% macro microseconds_of(instant) -%}
    {{ adapter.dispatch('microseconds_of', 'contact_center')(instant) }}
{%- endmacro %}

{% macro default__microseconds_of(instant) -%}
    epoch_us({{ instant }})
{%- endmacro %}

{% macro spark__microseconds_of(instant) -%}
    unix_micros({{ instant }})
{%- endmacro %}

{# An instant before everything that happens. #}
{% macro beginning_of_time() -%}
    {{ adapter.dispatch('beginning_of_time', 'contact_center')() }}
{%- endmacro %}

{% macro default__beginning_of_time() -%}
    timestamp '-infinity'
{%- endmacro %}

{% macro spark__beginning_of_time() -%}
    timestamp '0001-01-01'
{%- endmacro %}

{# An instant after everything that happens. #}
{% macro end_of_time() -%}
    {{ adapter.dispatch('end_of_time', 'contact_center')() }}
{%- endmacro %}

{% macro default__end_of_time() -%}
    timestamp 'infinity'
{%- endmacro %}

{% macro spark__end_of_time() -%}
    timestamp '9999-12-31 23:59:59.999999'
{%- endmacro %}

{# The wall clock of a zone at a UTC instant. #}
{% macro local_of_utc(instant, time_zone) -%}
    {{ adapter.dispatch('local_of_utc', 'contact_center')(instant, time_zone) }}
{%- endmacro %}

{% macro default__local_of_utc(instant, time_zone) -%}
    timezone({{ time_zone }}, timezone('UTC', {{ instant }}))
{%- endmacro %}

{% macro spark__local_of_utc(instant, time_zone) -%}
    from_utc_timestamp({{ instant }}, {{ time_zone }})
{%- endmacro %}

{# A UTC instant at which a zone's wall clock shows a local time; where it shows it twice or never,
   one near it. #}
{% macro utc_of_local(local_time, time_zone) -%}
    {{ adapter.dispatch('utc_of_local', 'contact_center')(local_time, time_zone) }}
{%- endmacro %}

{% macro default__utc_of_local(local_time, time_zone) -%}
    timezone('UTC', timezone({{ time_zone }}, cast({{ local_time }} as timestamp)))
{%- endmacro %}

{% macro spark__utc_of_local(local_time, time_zone) -%}
    to_utc_timestamp(cast({{ local_time }} as timestamp), {{ time_zone }})
{%- endmacro %}

{# A row for each day from one to another, both included. #}
{% macro each_day(first_day, last_day) -%}
    {{ adapter.dispatch('each_day', 'contact_center')(first_day, last_day) }}
{%- endmacro %}

{% macro default__each_day(first_day, last_day) -%}
    cast(
            unnest(generate_series(
                {{ first_day }},
                {{ last_day }},
                interval '1 day'
            )) as date
        )
{%- endmacro %}

{% macro spark__each_day(first_day, last_day) -%}
    explode(sequence(
            cast({{ first_day }} as date),
            cast({{ last_day }} as date),
            interval '1 day'
        ))
{%- endmacro %}

{# A row for each minute from one to another, both included. #}
{% macro each_minute(first_minute, last_minute) -%}
    {{ adapter.dispatch('each_minute', 'contact_center')(first_minute, last_minute) }}
{%- endmacro %}

{% macro default__each_minute(first_minute, last_minute) -%}
    unnest(generate_series(
            {{ first_minute }},
            {{ last_minute }},
            interval '1 minute'
        ))
{%- endmacro %}

{% macro spark__each_minute(first_minute, last_minute) -%}
    explode(sequence(
            {{ first_minute }},
            {{ last_minute }},
            interval '1 minute'
        ))
{%- endmacro %}

{# A row for each whole number from one to another, both included. #}
{% macro each_number(first, last) -%}
    {{ adapter.dispatch('each_number', 'contact_center')(first, last) }}
{%- endmacro %}

{% macro default__each_number(first, last) -%}
    unnest(range({{ first }}, {{ last }} + 1))
{%- endmacro %}

{% macro spark__each_number(first, last) -%}
    explode(sequence({{ first }}, {{ last }}))
{%- endmacro %}

{# A part of a date as a whole number; parts by their DuckDB names. #}
{% macro part_of_date(part, day) -%}
    {{ adapter.dispatch('part_of_date', 'contact_center')(part, day) }}
{%- endmacro %}

{% macro default__part_of_date(part, day) -%}
    extract('{{ part }}' from {{ day }})
{%- endmacro %}

{% macro spark__part_of_date(part, day) -%}
    cast(date_part('{{ {'isodow': 'dow_iso', 'isoyear': 'yearofweek'}.get(part, part) }}', {{ day }}) as bigint)
{%- endmacro %}
