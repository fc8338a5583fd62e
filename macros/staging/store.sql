{# Builds that read no file: the stored rows are judged anew (macros/incremental.sql:
   is_rebuild_from_store). #}

{#
The rows of the checked table itself, as own_rules gives them. What broke a rule by itself is read anew
from its text, for today's rules may know better; a column that the contract didn't have when the rows
were stored is NULL, a table that it didn't have is empty.
#}
{% macro rows_of_store(table_name) %}
{%- if load_relation(this) is none -%}
    {% do return(
        'select *, cast(null as integer) as loaded_in_build from (' ~ unseen_rows(table_name) ~ ')'
    ) %}
{%- endif -%}
{%- set table = contract()[table_name] -%}
{%- set present = adapter.get_columns_in_relation(this) | map(attribute='name') | list -%}
{%- set came = as_it_came(table) if 'moved_from' in present else {} -%}
{%- set origin = {} -%}
{%- for column, type in {
    'source_file': 'string', 'source_modified_at': 'timestamp', 'loaded_in_build': 'integer',
}.items() -%}
    {%- do origin.update({
        column: column if column in present else 'cast(null as ' ~ type ~ ') as ' ~ column
    }) -%}
{%- endfor -%}
{%- set values = [] -%}
{%- set texts = [] -%}
{%- for column, type in contract_columns(table_name).items() -%}
    {%- do texts.append(json_field('row_text', column) ~ ' as ' ~ column) -%}
    {%- do values.append(
        came[column] ~ ' as ' ~ column if column in came
        else column if column in present else 'cast(null as ' ~ stored_type(type) ~ ') as ' ~ column
    ) -%}
{%- endfor -%}
{%- set as_they_came -%}
    (
        select
            {{ texts | join(',\n            ') }},
            feed,
            {{ origin.values() | join(',\n            ') }},
            false as is_changed_source
        from {{ this }}
        where own_reason is not null and row_outcome != 'gone'
    )
{%- endset -%}
select
    {{ stored_key(table) }} as key_value,
    own_reason,
    row_text,
    {{ values | join(',\n    ') }},
    feed,
    {{ origin.values() | join(',\n    ') }}
from {{ this }}
where own_reason is null and row_outcome != 'gone'
union all
select
    key_value,
    own_reason,
    row_text,
    {{ contract_columns(table_name) | join(',\n    ') }},
    feed,
    {{ origin | join(',\n    ') }}
from (
    {{ own_rules(table_name, as_they_came, [], handed_on=['loaded_in_build']) | indent(4) }}
)
{% endmacro %}

{# Before a build from the store: stops where there is nothing to build from, or where other rows would have been
   stored under today's settings. What the last build rewrote is forgotten. #}
{% macro check_store() %}
    {% if execute and is_rebuild_from_store() and flags.WHICH in ('build', 'run') %}
        {% set former = former_settings() %}
        {% if former is none %}
            {{ exceptions.raise_compiler_error(
                "The warehouse holds no rows that could be built anew. Build it from files."
            ) }}
        {% endif %}
        {% set now = {
            'as_of': var('as_of'), 'text_encoding': var('text_encoding'), 'pseudonymise': kinds_and_key(),
        } %}
        {% for name, value in now.items() if former.get(name, '') != value %}
            {{ exceptions.raise_compiler_error(
                "The rows were stored with " ~ name ~ " '" ~ former.get(name, '') ~ "', now it is '"
                ~ value ~ "', which needs their files. Give " ~ name ~ " as it was"
                ~ (" (files in UTF-8 need none)" if name == 'text_encoding' else '')
                ~ "; or put back the files that are gone, and build from all of them with"
                ~ " --full-refresh: of a file that isn't there the rows are lost."
            ) }}
        {% endfor %}
        {% do run_query('drop schema if exists '
            ~ relation_in('rebuilt', 'any').without_identifier() ~ ' cascade') %}
    {% endif %}
{% endmacro %}

{# The settings of the build before; none where there is none. #}
{% macro former_settings() %}
    {% set builds = relation_in('staging', 'builds') %}
    {% if not execute or load_relation(builds) is none %}
        {% do return(none) %}
    {% endif %}
    {% do return(fromjson(scalar(
        'select build_settings from ' ~ builds ~ ' order by build_number desc limit 1'
    ))) %}
{% endmacro %}
