{# Texts, patterns and JSON, where DuckDB (default__) and Spark (spark__) differ. #}

{# A text as a SQL literal, without the blanks around it; NULL for none and for an empty one. #}
{% macro text_literal(text) %}
    {% do return(text_literals([text])[0]) %}
{% endmacro %}

{# Texts as SQL literals, all at once: a catalogue has thousands, and each call of a macro takes time. #}
{% macro text_literals(texts) %}
    {% set backslash, quote = adapter.dispatch('escapes_in_text', 'contact_center')() %}
    {% set literals = [] %}
    {% for text in texts %}
        {% do literals.append(
            "'" ~ text | string | trim | replace('\\', backslash) | replace("'", quote) ~ "'" if text
            else 'cast(null as string)') %}
    {% endfor %}
    {% do return(literals) %}
{% endmacro %}

{# What a backslash and a quote are within a literal. #}
{% macro default__escapes_in_text() %}
    {% do return(('\\', "''")) %}
{% endmacro %}

{% macro spark__escapes_in_text() %}
    {% do return(('\\\\', "\\'")) %}
{% endmacro %}

{# True where a pattern fits the whole of a text. The patterns used have no quote or backslash. #}
{% macro matches_whole(text, pattern) %}
    {% do return(adapter.dispatch('matches_whole', 'contact_center')(text, pattern)) %}
{% endmacro %}

{% macro default__matches_whole(text, pattern) %}
    {% do return('regexp_full_match(' ~ text ~ ", '" ~ pattern ~ "')") %}
{% endmacro %}

{% macro spark__matches_whole(text, pattern) %}
    {% do return('regexp_like(' ~ text ~ ", r'^(?:" ~ pattern ~ ")\\z')") %}
{% endmacro %}

{# An object of JSON, as text. `fields`: name -> expression. #}
{% macro json_text(fields) %}
    {% do return(adapter.dispatch('json_text', 'contact_center')(fields)) %}
{% endmacro %}

{% macro default__json_text(fields) %}
    {% set items = [] %}
    {% for name, value in fields.items() %}
        {% do items.append("'" ~ name ~ "': " ~ value) %}
    {% endfor %}
    {% do return('cast(to_json({' ~ items | join(', ') ~ '}) as varchar)') %}
{% endmacro %}

{% macro spark__json_text(fields) %}
    {% set items = [] %}
    {% for name, value in fields.items() %}
        {% do items.append("'" ~ name ~ "', " ~ value) %}
    {% endfor %}
    {# The default leaves fields out that are NULL. #}
    {% do return('to_json(named_struct(' ~ items | join(', ')
        ~ "), map('ignoreNullFields', 'false'))") %}
{% endmacro %}

{# A field of an object of JSON, as text. #}
{% macro json_field(text, name) %}
    {% do return(adapter.dispatch('json_field', 'contact_center')(text, name)) %}
{% endmacro %}

{% macro default__json_field(text, name) %}
    {% do return('json_extract_string(' ~ text ~ ", '$." ~ name ~ "')") %}
{% endmacro %}

{% macro spark__json_field(text, name) %}
    {% do return('get_json_object(' ~ text ~ ", '$." ~ name ~ "')") %}
{% endmacro %}

{# Stops the query with a text, where it is evaluated. #}
{% macro raised_error(text) %}
    {% do return(adapter.dispatch('raised_error', 'contact_center')(text)) %}
{% endmacro %}

{% macro default__raised_error(text) %}
    {% do return('error(' ~ text ~ ')') %}
{% endmacro %}

{% macro spark__raised_error(text) %}
    {% do return('raise_error(' ~ text ~ ')') %}
{% endmacro %}
