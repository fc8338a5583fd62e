{# How DuckDB (default__) and Spark (spark__) read the contract's values. Spark also takes blanks around
   a value, which the contract doesn't. #}

{# True for a name of the IANA database. #}
{% macro is_time_zone(name) -%}
    {{ adapter.dispatch('is_time_zone', 'contact_center')(name) }}
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

{#
What other programs write for a value that isn't there, as NULL. In a column of times or numbers it
can't be anything else; a customer may be called None.
#}
{% macro without_words_for_nothing(column) %}
    {# Only a text that begins with no digit is looked at closer. #}
    {% do return("case when " ~ column ~ " < ':' or lower(" ~ column
        ~ ") not in ('null', 'none', 'nan', 'nat', '<na>', " ~ text_literal('\\n') ~ ") then "
        ~ column ~ " end") %}
{% endmacro %}

{# A text as a boolean; NULL where it is none. #}
{% macro boolean_of_text(column) %}
    {% do return(adapter.dispatch('boolean_of_text', 'contact_center')(column)) %}
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
    {% do return(adapter.dispatch('hash_of', 'contact_center')(columns)) %}
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
