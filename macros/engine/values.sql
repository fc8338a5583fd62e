{# How DuckDB (default__) and Spark (spark__) read the contract's values. Spark also takes blanks around
   a value, which the contract doesn't. #}

{# True for a name of the IANA database. #}
{% macro is_time_zone(name) -%}
    {{ adapter.dispatch('is_time_zone')(name) }}
{%- endmacro %}

{# The engine knows a few more, which mean something else than people think: BST is Bangladesh's. #}
{% macro default__is_time_zone(name) -%}
    ({{ name }} in (
        select name
        from pg_timezone_names()
        where
            name not in ('Canada/East-Saskatchewan', 'US/Pacific-New')
            and not starts_with(name, 'SystemV/')
            and not (
                regexp_full_match(name, '[A-Z]{3}')
                and name not in (
                    'CET', 'EET', 'EST', 'GMT', 'HST', 'MET', 'MST', 'PRC', 'ROC', 'ROK', 'UCT',
                    'UTC', 'WET'
                )
            )
    ))
{%- endmacro %}

{# Spark lists none. #}
{% macro spark__is_time_zone(name) -%}
    {{ name }} in ('{{ modules.pytz.all_timezones | join("', '") }}')
{%- endmacro %}

{# An ISO 8601 text as a UTC timestamp: an offset is honoured, none means UTC. NULL where it is
   none, also for what the engine would accept besides (infinity, epoch, dates BC, zone names). #}
{% macro utc_timestamp(column) -%}
    {%- set date = '[0-9]{4}-[0-9]{2}-[0-9]{2}' -%}
    {%- set time = '[0-9]{2}:[0-9]{2}' -%}
    {%- set offset = '(Z|[+-][0-9]{2}(:?[0-9]{2})?)?' -%}
    {{ adapter.dispatch('utc_timestamp')(column, date, time, offset) }}
{%- endmacro %}

{% macro default__utc_timestamp(column, date, time, offset) -%}
    make_timestamp(epoch_us(
            case
                when starts_with({{ column }}, '0000') then null
                when regexp_full_match(
                    {{ column }}, '{{ date }}([T ]{{ time }}:[0-9]{2}([.][0-9]+)?{{ offset }})?'
                )
                    then try_cast({{ column }} as timestamptz)
                when regexp_full_match({{ column }}, '{{ date }}[T ]{{ time }}{{ offset }}')
                    then try_cast(
                        left({{ column }}, 16) || ':00' || substr({{ column }}, 17) as timestamptz
                    )
            end
        ))
{%- endmacro %}

{# The offset is subtracted here, for Spark takes none beyond 18 hours; nor does it know 24:00. #}
{% macro spark__utc_timestamp(column, date, time, offset) -%}
    {%- set is_instant = matches_whole(
        column, date ~ '([T ]' ~ time ~ '(:[0-9]{2}([.][0-9]+)?)?' ~ offset ~ ')?'
    ) -%}
    {%- set offset_text = "regexp_extract(substr(" ~ column ~ ", 17), r'(Z|[+-].*)?\\z', 0)" -%}
    {%- set local_text = 'left(' ~ column ~ ', length(' ~ column ~ ') - length(' ~ offset_text ~ '))' -%}
    {%- set digits = "rpad(replace(substr(" ~ offset_text ~ ", 2), ':', ''), 4, '0')" -%}
    case
            when left({{ column }}, 4) != '0000' and {{ is_instant }}
                then
                    try_cast(
                        regexp_replace({{ local_text }}, r'^(.{11})24:00(:00([.]0+)?)?\z', '$100:00:00')
                        as timestamp
                    )
                    + case
                        when regexp_like({{ local_text }}, r'^.{11}24:00(:00([.]0+)?)?\z')
                            then interval '1 day'
                        else interval '0 days'
                    end
                    + case
                        when {{ offset_text }} in ('', 'Z') then interval '0 seconds'
                        else make_dt_interval(
                            0, try_cast(left({{ digits }}, 2) as int), try_cast(right({{ digits }}, 2) as int)
                        ) * case left({{ offset_text }}, 1) when '-' then 1 else -1 end
                    end
        end
{%- endmacro %}

{# A column of timestamps with a zone as UTC ones without. #}
{% macro utc_of_zoned(column) %}
    {% do return(adapter.dispatch('utc_of_zoned')(column)) %}
{% endmacro %}

{% macro default__utc_of_zoned(column) %}
    {% do return('make_timestamp(epoch_us(' ~ column ~ '))') %}
{% endmacro %}

{% macro spark__utc_of_zoned(column) %}
    {% do return('cast(' ~ column ~ ' as timestamp)') %}
{% endmacro %}

{# An instant that isn't infinite. #}
{% macro finite_instant(column) %}
    {% do return(adapter.dispatch('finite_instant')(column)) %}
{% endmacro %}

{% macro default__finite_instant(column) %}
    {% do return('case when isfinite(' ~ column ~ ') then ' ~ column ~ ' end') %}
{% endmacro %}

{% macro spark__finite_instant(column) %}
    {% do return(column) %}
{% endmacro %}

{% macro boolean_of_text(column) %}
    {% do return(adapter.dispatch('boolean_of_text')(column)) %}
{% endmacro %}

{% macro default__boolean_of_text(column) %}
    {% do return('try_cast(' ~ column ~ ' as boolean)') %}
{% endmacro %}

{% macro spark__boolean_of_text(column) %}
    {% do return('case when ' ~ matches_whole(column, '[A-Za-z01]+')
        ~ ' then try_cast(' ~ column ~ ' as boolean) end') %}
{% endmacro %}

{# A number that stands for the content of columns. #}
{% macro hash_of(columns) %}
    {% do return(adapter.dispatch('hash_of')(columns)) %}
{% endmacro %}

{% macro default__hash_of(columns) %}
    {% do return('hash(' ~ columns | join(', ') ~ ')') %}
{% endmacro %}

{# Spark's hash passes over NULLs: without the names two rows could be told apart by none. #}
{% macro spark__hash_of(columns) %}
    {% set values = [] %}
    {% for column in columns %}
        {% do values.append('coalesce(cast(' ~ column ~ " as string), '\\0')") %}
    {% endfor %}
    {% do return('xxhash64(' ~ values | join(', ') ~ ')') %}
{% endmacro %}
