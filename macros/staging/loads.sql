{# What a build loads, for the model loads. #}

{# The files that this build reads, or the relations, of which path is ''. A file's rows are counted
   as it is checked. #}
{% macro sources_of_this_build() %}
{%- if are_files_read() %}
select
    table_name,
    feed,
    folder,
    file,
    path,
    byte_count,
    modified_at,
    is_changed,
    case when table_name not in ('{{ counted_tables() | join("', '") }}') then row_count end
        as row_count
from {{ source('raw', 'files_of_this_build') }}
where feed = 'contract'
{%- else %}
{%- for table_name in contract() %}
{%- for relation in source_models(table_name) %}
select
    '{{ table_name }}' as table_name,
    '{{ relation.feed }}' as feed,
    cast(null as string) as folder,
    cast(null as string) as file,
    '' as path,
    cast(null as bigint) as byte_count,
    cast(null as timestamp) as modified_at,
    false as is_changed,
    cast(null as bigint) as row_count
union all
{%- endfor %}
{%- endfor %}
select
    {% for name, type in {
        'table_name': 'string', 'feed': 'string', 'folder': 'string', 'file': 'string',
        'path': 'string', 'byte_count': 'bigint', 'modified_at': 'timestamp',
        'is_changed': 'boolean', 'row_count': 'bigint',
    }.items() -%}
    cast(null as {{ type }}) as {{ name }} {{- ', ' if not loop.last }}
    {%- endfor %}
where false
{%- endif %}
{% endmacro %}

{# The tables of which the files' own count isn't what is new: of a file that was loaded before only
   some rows are, and as_of hides some. On Spark they weren't counted. #}
{% macro counted_tables() %}
    {% set tables = [] %}
    {% for table_name, table in contract().items() %}
        {% if not are_files_read() or has_files(table_name, '(is_changed or row_count is null)')
            or (var('as_of') and table.time) %}
            {% do tables.append(table_name) %}
        {% endif %}
    {% endfor %}
    {% do return(tables) %}
{% endmacro %}

{# How many new rows the counted tables have; of adapters all rows, of which loads takes off those that were
   there before. #}
{% macro rows_to_count() %}
{%- for table_name in counted_tables() %}
select
    '{{ table_name }}' as table_name,
    feed,
    source_file
from (
    {{ unseen_rows(
        table_name, checked_relation(table_name) if is_incremental() and not var('adapters') else none
    ) | indent(4) }}
)
union all
{%- endfor %}
select
    cast(null as string) as table_name,
    cast(null as string) as feed,
    cast(null as string) as source_file
where false
{% endmacro %}

{# The path of a file as the list of files has it, of the source_file of its rows. #}
{% macro path_of_rows(source_file) -%}
    {{ adapter.dispatch('path_of_rows', 'contact_center')(source_file) }}
{%- endmacro %}

{% macro default__path_of_rows(source_file) -%}
    {{ source_file }}
{%- endmacro %}

{% macro spark__path_of_rows(source_file) -%}
    regexp_replace(url_decode(replace({{ source_file }}, '+', '%2B')), '^file:/+', 'file:/')
{%- endmacro %}
