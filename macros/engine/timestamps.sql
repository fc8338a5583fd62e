{# How DuckDB (default__) and Spark (spark__) read times. #}

{#
A text as a UTC timestamp: an ISO 8601 instant, or one that differs from that only where nothing is
in doubt (2026/03/05 09:01, a blank before the offset), or a number of 10, 13, 16 or 19 digits, which
are seconds, milliseconds, microseconds or nanoseconds since 1970. An offset is honoured, none means
UTC. NULL where it is neither, also for what the engine would accept besides (infinity, epoch, dates
BC, zone names).
#}
{% macro utc_timestamp(column) -%}
    {%- set date = '[0-9]{4}(-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{1,2}' -%}
    {%- set time = '[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?' -%}
    {%- set offset = '( ?(Z|z|UTC|[+-][0-9]{2}(:?[0-9]{2})?))?' -%}
    {{ adapter.dispatch('utc_timestamp', 'contact_center')(
        column,
        instant=date ~ '([Tt ]' ~ time ~ offset ~ ')?',
        number='[0-9]{10}([0-9]{3}){0,3}([.][0-9]*)?',
    ) }}
{%- endmacro %}

{# Most texts are as the engine reads them; only others are put into its words: seconds behind the
   first colon's minutes, no blank before the offset. #}
{% macro default__utc_timestamp(column, instant, number) -%}
    {%- set as_iso = "regexp_replace(replace(replace(upper(" ~ column ~ "), 'UTC', 'Z'), ',', '.'),"
        ~ " ' ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$', '\\1')" -%}
    {%- set with_seconds = "regexp_replace(" ~ as_iso ~ ", '^([^:]*:..)($|[^:])', '\\1:00\\2')" -%}
    make_timestamp(
            case
                when starts_with({{ column }}, '0000') then null
                when regexp_full_match(
                    {{ column }},
                    '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?'
                )
                    then epoch_us(try_cast({{ column }} as timestamptz))
                when {{ matches_whole(column, instant) }}
                    then epoch_us(try_cast({{ with_seconds }} as timestamptz))
                when {{ matches_whole(column, number) }} then {{ microseconds_of_number(column) }}
            end
        )
{%- endmacro %}

{# The offset is subtracted here, for Spark takes none beyond 18 hours; nor does it know 24:00. #}
{% macro spark__utc_timestamp(column, instant, number) -%}
    {%- set as_iso = "replace(replace(replace(upper(" ~ column ~ "), 'UTC', 'Z'), ',', '.'), '/', '-')" -%}
    {%- set offset_text = "regexp_extract(" ~ as_iso ~ ", r'^[^:]*:[^ Z+-]*(.*)\\z', 1)" -%}
    {%- set local_text = 'left(' ~ as_iso ~ ', length(' ~ as_iso ~ ') - length(' ~ offset_text ~ '))' -%}
    {%- set offset = 'trim(' ~ offset_text ~ ')' -%}
    {%- set digits = "rpad(replace(substr(" ~ offset ~ ", 2), ':', ''), 4, '0')" -%}
    case
            when left({{ column }}, 4) = '0000' then null
            when {{ matches_whole(column, instant) }}
                then
                    try_cast(
                        regexp_replace({{ local_text }}, r'^(.*[T ])24:00(:00([.]0+)?)?\z', '$100:00:00')
                        as timestamp
                    )
                    + case
                        when regexp_like({{ local_text }}, r'^.*[T ]24:00(:00([.]0+)?)?\z')
                            then interval '1 day'
                        else interval '0 days'
                    end
                    + case
                        when {{ offset }} in ('', 'Z') then interval '0 seconds'
                        else make_dt_interval(
                            0, try_cast(left({{ digits }}, 2) as int), try_cast(right({{ digits }}, 2) as int)
                        ) * case left({{ offset }}, 1) when '-' then 1 else -1 end
                    end
            when {{ matches_whole(column, number) }}
                then timestamp_micros({{ microseconds_of_number(column) }})
        end
{%- endmacro %}

{# Whatever the unit, the first 16 digits are microseconds, filled up with zeros. #}
{% macro microseconds_of_number(column) %}
    {% do return("try_cast(rpad(left(replace(" ~ column ~ ", '.', ''), 16), 16, '0') as bigint)") %}
{% endmacro %}

{# A column of timestamps with a zone as UTC ones without. #}
{% macro utc_of_zoned(column) %}
    {% do return(adapter.dispatch('utc_of_zoned', 'contact_center')(column)) %}
{% endmacro %}

{% macro default__utc_of_zoned(column) %}
    {% do return('make_timestamp(epoch_us(' ~ column ~ '))') %}
{% endmacro %}

{% macro spark__utc_of_zoned(column) %}
    {% do return('cast(' ~ column ~ ' as timestamp)') %}
{% endmacro %}

{# An instant that isn't infinite. #}
{% macro finite_instant(column) %}
    {% do return(adapter.dispatch('finite_instant', 'contact_center')(column)) %}
{% endmacro %}

{% macro default__finite_instant(column) %}
    {% do return('case when isfinite(' ~ column ~ ') then ' ~ column ~ ' end') %}
{% endmacro %}

{% macro spark__finite_instant(column) %}
    {% do return(column) %}
{% endmacro %}
