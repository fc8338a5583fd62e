{#
Where the rows of a contract table come from: the demo seeds, an adapter's models, or the files
of data_dir. Nothing outside this file knows which.
#}

{# The tables that each adapter fills. What it doesn't name is not measured. #}
{% macro adapter_tables() %}
    {% do return({
        'bank_calls': [
            'raw_sessions', 'raw_session_events', 'raw_companies', 'raw_agents', 'raw_channels',
        ],
        'twitter_support': [
            'raw_sessions', 'raw_session_events', 'raw_messages', 'raw_companies', 'raw_agents',
            'raw_teams', 'raw_agent_teams', 'raw_channels',
        ],
    }) %}
{% endmacro %}

{# True where the table is there, empty or not; false means "not measured". #}
{% macro is_measured(table_name) %}
    {% if var('adapter') %}
        {% do return(table_name in adapter_tables()[var('adapter')]) %}
    {% endif %}
    {% do return(not execute or not var('data_dir') or table_files(table_name) | length > 0) %}
{% endmacro %}

{#
The rows of a contract table, as {'sql': ..., 'native': [...]}: a select of the contract's columns,
absent ones NULL, all text with '' as NULL, but for the columns named in `native`, which the
source already holds as timestamps (UTC) or whole numbers.
#}
{% macro contract_source(table_name) %}
    {% set columns = contract_columns(table_name) %}
    {% set sources = [] %}
    {% for relation in source_relations(table_name) %}
        {% do sources.append({'relation': relation, 'types': column_types(relation)}) %}
    {% endfor %}

    {% set native = [] %}
    {% for column, type in columns.items() if type in ('timestamp', 'integer') %}
        {% set text_sources = [] %}
        {% for source in sources
            if column in source.types and not is_native(type, source.types[column]) %}
            {% do text_sources.append(source) %}
        {% endfor %}
        {% if sources and not text_sources %}
            {% do native.append(column) %}
        {% endif %}
    {% endfor %}

    {% set selects = [] %}
    {% for source in sources %}
        {% set expressions = [] %}
        {% for column, type in columns.items() %}
            {% set source_type = source.types.get(column) %}
            {% do expressions.append(
                source_column(column, type, source_type, column in native) ~ ' as ' ~ column
            ) %}
        {% endfor %}
        {% do selects.append(
            'select\n    ' ~ expressions | join(',\n    ') ~ '\nfrom ' ~ source.relation
        ) %}
    {% endfor %}
    {% do return({
        'sql': selects | join('\nunion all\n') if selects else no_rows(columns),
        'native': native,
    }) %}
{% endmacro %}

{# What stands after "from" for each place that holds rows of the table. #}
{% macro source_relations(table_name) %}
    {% if var('adapter') %}
        {% set model = var('adapter') ~ '_' ~ table_name | replace('raw_', '', 1) %}
        {% do return([ref(model)] if is_measured(table_name) else []) %}
    {% elif not var('data_dir') %}
        {% do return([ref(table_name)]) %}
    {% endif %}
    {% set readers = [] %}
    {% for format, paths in table_files(table_name) | groupby('format') %}
        {% do readers.append(file_reader(
            format, paths | map(attribute='path') | list, contract_columns(table_name)
        )) %}
    {% endfor %}
    {% do return(readers) %}
{% endmacro %}

{% macro source_column(column, type, source_type, native) %}
    {% if source_type is none %}
        {% do return('cast(null as ' ~ (native_type(type) if native else 'varchar') ~ ')') %}
    {% elif native and source_type == 'TIMESTAMP WITH TIME ZONE' %}
        {% do return('make_timestamp(epoch_us(' ~ column ~ '))') %}
    {% elif native %}
        {% do return('cast(' ~ column ~ ' as ' ~ native_type(type) ~ ')') %}
    {% endif %}
    {% do return("nullif(cast(" ~ column ~ " as varchar), '')") %}
{% endmacro %}

{% macro native_type(type) %}
    {% do return('timestamp' if type == 'timestamp' else 'bigint') %}
{% endmacro %}

{% macro is_native(type, source_type) %}
    {% if type == 'timestamp' %}
        {% do return(source_type.startswith('TIMESTAMP') or source_type == 'DATE') %}
    {% endif %}
    {% do return(source_type in ('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT',
                                 'USMALLINT', 'UINTEGER')) %}
{% endmacro %}

{# {column: type} of a relation or file reader, lower-case names. #}
{% macro column_types(relation) %}
    {% set types = {} %}
    {% if relation.identifier in contract() %}
        {# A seed: all text, as seeds.yml says. #}
        {% for column in contract_columns(relation.identifier) %}
            {% do types.update({column: 'VARCHAR'}) %}
        {% endfor %}
    {% elif execute %}
        {% for row in run_query('describe select * from ' ~ relation).rows %}
            {% do types.update({row[0] | lower: row[1]}) %}
        {% endfor %}
    {% endif %}
    {% do return(types) %}
{% endmacro %}

{% macro no_rows(columns) %}
    {% set expressions = [] %}
    {% for column in columns %}
        {% do expressions.append('cast(null as varchar) as ' ~ column) %}
    {% endfor %}
    {% do return('select\n    ' ~ expressions | join(',\n    ') ~ '\nwhere false') %}
{% endmacro %}
