{#
Persons: their ids become pseudonyms (variable pseudonymise), and erased customers' ids the random ones
that stand for them (./scripts/erase), wherever rows of the contract come in: in the views of files
(scripts/contact_center/intake/tables.py asks for this macro), and of models (rows_of_models).

`expressions`: column -> the value of a contract table's columns, all of one row; given back with other
values for the columns that hold persons. `kinds`: of which persons the ids become pseudonyms;
`has_erased`: whether the warehouse has erased customers.
#}
{% macro without_persons(expressions, kinds, has_erased) %}
    {% set found = {} %}
    {% do found.update(expressions) %}
    {% for column, value in expressions.items() %}
        {% if column == 'customer_id' %}
            {% do found.update({column: customer_value(value, kinds, has_erased)}) %}
        {% elif column == 'agent_id' or column.endswith('_agent_id') %}
            {% do found.update({column: pseudonym(value) if 'agent' in kinds else value}) %}
        {% elif column == 'agent_name' and 'agent' in kinds %}
            {% do found.update({column: 'cast(null as string)'}) %}
        {% elif column == 'sender_id' and (kinds or has_erased) %}
            {% do found.update({
                column: sender_value(value, expressions.sender_type, kinds, has_erased)
            }) %}
        {% endif %}
    {% endfor %}
    {% do return(found) %}
{% endmacro %}

{# A customer's id as it may be stored. #}
{% macro customer_value(value, kinds, has_erased) %}
    {% set id = pseudonym(value) if 'customer' in kinds else value %}
    {% do return(unless_erased(id) if has_erased else id) %}
{% endmacro %}

{# Who sent a message, by its sender_type. Of what the contract doesn't know it may be anybody. #}
{% macro sender_value(value, sender_type, kinds, has_erased) %}
    {% set agent = pseudonym(value) if 'agent' in kinds else value %}
    {% set anybody = pseudonym(value) if kinds else value %}
    {% do return(
        'case ' ~ sender_type ~ " when 'agent' then " ~ agent
        ~ " when 'customer' then " ~ customer_value(value, kinds, has_erased)
        ~ " when 'bot' then " ~ value ~ " when 'system' then " ~ value
        ~ ' else ' ~ (unless_erased(anybody) if has_erased else anybody) ~ ' end'
    ) %}
{% endmacro %}

{# HMAC-SHA-256 of an id, in hexadecimal digits. The key is nowhere in SQL: what HMAC makes of it are
   variables of DuckDB that live in the process only (scripts/contact_center/persons.py). #}
{% macro pseudonym(id, purpose='pseudonym') %}
    {% set parts = 'contact_center_' ~ purpose %}
    {% do return(
        "sha256(getvariable('" ~ parts ~ "_outer') || unhex(sha256(getvariable('" ~ parts
        ~ "_inner') || encode(" ~ id ~ '))))'
    ) %}
{% endmacro %}

{# The random id in place of an erased customer's. Of those only the HMAC is known. #}
{% macro unless_erased(id) %}
    {% do return(
        "coalesce(map_extract_value(getvariable('contact_center_erased'), "
        ~ pseudonym(id, 'erasure') ~ '), ' ~ id ~ ')'
    ) %}
{% endmacro %}

{# Whether customers were erased from the warehouse. #}
{% macro has_erased_customers() %}
    {% do return(
        execute and target.type == 'duckdb'
        and load_relation(relation_in('staging', 'erased_customers')) is not none
    ) %}
{% endmacro %}

{# What tells, of a later build, whether its pseudonyms are the same: the kinds, and a pseudonym of no
   person. #}
{% macro kinds_and_key() %}
    {% set kinds = var('pseudonymise') | sort | join(', ') %}
    {% if not kinds or not execute %}
        {% do return(kinds) %}
    {% endif %}
    {% do return(kinds ~ ' by ' ~ scalar(
        'select left(' ~ pseudonym("'contact_center'") ~ ', 12)'
    )) %}
{% endmacro %}

{# Before a build: stops where there would be no pseudonyms, or plain ids would be stored. #}
{% macro check_pseudonymise() %}
    {% set kinds = var('pseudonymise') %}
    {% if kinds is string or kinds is mapping or kinds | reject('in', ['customer', 'agent']) | list %}
        {{ refuse('pseudonymise', kinds, 'a list of customer, agent or both') }}
    {% elif kinds and target.type != 'duckdb' %}
        {{ refuse('pseudonymise', kinds, 'empty on Spark, whose SQL keeps no key out of its logs') }}
    {% elif kinds and not (var('data_dir') or var('adapters') or is_rebuild_from_store()) %}
        {{ refuse('pseudonymise', kinds, "empty where the demo's or a schema's rows are read") }}
    {% elif kinds and scalar("select getvariable('contact_center_pseudonym_inner') is null") %}
        {{ exceptions.raise_compiler_error(
            'The variable pseudonymise needs a key: set the environment variable'
            ~ ' CONTACT_CENTER_PSEUDONYM_KEY (docs/privacy.md).'
        ) }}
    {% endif %}
{% endmacro %}
