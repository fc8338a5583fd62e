{#
Where the rows of a contract table come from: files, adapters' models, a parent project's relations
or the demo. Nothing outside this file knows which.
#}

{#
The rows of a contract table, for what stands after "from": the contract's columns, absent ones
NULL, all text with '' as NULL, but for those of native_columns(); feed; and of files source_file
(the path, as loads has it), is_changed_source (rows of it may be loaded already) and
source_modified_at (when the file had last changed).
#}
{% macro raw(table_name) %}
    {% if are_files_read() %}
        {% do return(source('raw', table_name) | string) %}
    {% endif %}
    {% do return('(' ~ rows_of_models(table_name).sql ~ ')') %}
{% endmacro %}

{# The columns of a contract table that are timestamps (UTC) or whole numbers in every source. #}
{% macro native_columns(table_name) %}
    {% if not are_files_read() %}
        {% do return(rows_of_models(table_name).native) %}
    {% endif %}
    {% set native = [] %}
    {% if execute %}
        {% for column in adapter.get_columns_in_relation(source('raw', table_name))
            if column.name in contract_columns(table_name)
            and column.dtype | lower in ('timestamp', 'bigint') %}
            {% do native.append(column.name) %}
        {% endfor %}
    {% endif %}
    {% do return(native) %}
{% endmacro %}

{#
Where rows come from, as {name: place}: each adapter with its folder, file or database, or the
contract's tables alone, whose place is a folder, or '' for the demo.
#}
{% macro feeds() %}
    {% do return(var('adapters') or {'contract': var('data_dir')}) %}
{% endmacro %}

{# True where the rows of the warehouse come from more than one place. #}
{% macro has_several_feeds() %}
    {% set stored = (former_settings() or {}).get('rows', '') if is_rebuild_from_store() else '' %}
    {% do return(feeds() | length > 1 or ', ' in stored) %}
{% endmacro %}

{# True where this build reads files of the contract. #}
{% macro are_files_read() %}
    {% do return(var('data_dir') and not var('adapters')) %}
{% endmacro %}

{#
The relations that hold a table's rows where those aren't files, as [{'feed', 'relation'}]. Nothing
tells which of such rows are new: the demo's and a parent project's are loaded whole by every build
(dbt_project.yml: full_refresh), adapters' are compared with what is stored (derived_rows.sql).
#}
{% macro source_models(table_name) %}
    {% set sources = [] %}
    {% for name in var('adapters') %}
        {% set tables = adapter_tables().get(name, {}) %}
        {% if table_name in tables %}
            {% set relation = ref(model_of_adapter(name, table_name)) %}
            {% if has_input(name, tables[table_name]) %}
                {% do sources.append({'feed': name, 'relation': relation}) %}
            {% endif %}
        {% endif %}
    {% endfor %}
    {% if not (var('adapters') or var('data_dir') or is_rebuild_from_store()) %}
        {% set relation = api.Relation.create(
            database=target.database or none, schema=var('raw_schema'), identifier=table_name
        ) if var('raw_schema') else ref(table_name) %}
        {% if not (execute and var('raw_schema')) or load_relation(relation) is not none %}
            {% do sources.append({'feed': 'contract', 'relation': relation}) %}
        {% endif %}
    {% endif %}
    {% do return(sources) %}
{% endmacro %}

{# The model that holds a table's checked rows, for what must run before it. #}
{% macro checked_relation(table_name) %}
    {% do return(relation_in('staging', 'checked_' ~ table_name | replace('raw_', '', 1))) %}
{% endmacro %}

{# True where this build reads a file again that has changed since it was loaded. #}
{% macro has_changed_files(table_name) %}
    {% do return(has_files(table_name, 'is_changed')) %}
{% endmacro %}

{# True where this build reads a file of a table that meets a condition; true too as it is parsed, when that
   isn't known. #}
{% macro has_files(table_name, condition) %}
    {% if not are_files_read() %}
        {% do return(false) %}
    {% endif %}
    {% set files = source('raw', 'files_of_this_build') %}
    {% do return(not execute or table_name in values_once(
        'select distinct table_name from ' ~ files ~ ' where ' ~ condition
    )) %}
{% endmacro %}
