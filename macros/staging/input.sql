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

{#
The relation that holds a table's rows where that is the demo or an adapter; none for a table that
the adapter doesn't fill, and where files do. Such rows can't be told into seen and unseen, so they
are loaded whole by every build (dbt_project.yml: full_refresh).
#}
{% macro source_model(table_name) %}
    {% if var('adapter') %}
        {% if table_name in adapter_tables()[var('adapter')] %}
            {% do return(ref(var('adapter') ~ '_' ~ table_name | replace('raw_', '', 1))) %}
        {% endif %}
    {% elif not var('data_dir') %}
        {% do return(ref(table_name)) %}
    {% endif %}
    {% do return(none) %}
{% endmacro %}

{#
What this build is to load, for the model loads: each file that no build has read as it is now, or
each model that holds a table. As [{'table_name', 'folder', 'file', 'path', ...}]; see unseen_files.
#}
{% macro unseen_sources(loads=none) %}
    {% set sources = [] %}
    {% for table_name in contract() %}
        {% if source_model(table_name) %}
            {% do sources.append({'table_name': table_name}) %}
        {% elif execute and var('data_dir') and not var('adapter') %}
            {% for file in unseen_files(table_name, loads) %}
                {% do sources.append(dict(
                    file, table_name=table_name, folder=var('data_dir').rstrip('/')
                )) %}
            {% endfor %}
        {% endif %}
    {% endfor %}
    {% do return(sources) %}
{% endmacro %}

{# Those sources of a table that this build loads. #}
{% macro loaded_sources(table_name) %}
    {% set sources = [] %}
    {% if source_model(table_name) %}
        {% do sources.append({'table_name': table_name}) %}
    {% elif execute %}
        {% set listing = 'select path, is_changed from ' ~ ref('loads')
            ~ " where table_name = '" ~ table_name ~ "' and build_number = " ~ this_build()
            ~ ' order by path' %}
        {% for path, is_changed in run_query(listing).rows %}
            {% do sources.append({'path': path, 'is_changed': is_changed}) %}
        {% endfor %}
    {% else %}
        {% do ref('loads') %}
    {% endif %}
    {% do return(sources) %}
{% endmacro %}

{# What stands after "from" to read sources of a table: as few readers as can be, as
   [{'relation', 'is_changed'}]. #}
{% macro source_relations(table_name, sources) %}
    {% set model = source_model(table_name) %}
    {% if model %}
        {% do return([{'relation': model, 'is_changed': false}]) %}
    {% endif %}
    {% set relations = [] %}
    {% set readers = {} %}
    {% for source in sources %}
        {% do readers.setdefault((file_format(source.path), source.is_changed), []).append(source.path) %}
    {% endfor %}
    {% for (format, is_changed), paths in readers.items() %}
        {% do relations.append({
            'relation': file_reader(format, paths, contract_columns(table_name)),
            'is_changed': is_changed,
        }) %}
    {% endfor %}
    {% do return(relations) %}
{% endmacro %}

{# The model that holds a table's checked rows, for what must run before it. #}
{% macro checked_relation(table_name) %}
    {% do return(relation_in('staging', 'checked_' ~ table_name | replace('raw_', '', 1))) %}
{% endmacro %}

{#
Rows of a contract table, as {'sql': ..., 'native': [...]}: a select of the contract's columns,
absent ones NULL, all text with '' as NULL, but for the columns named in `native`, which every
source already holds as timestamps (UTC) or whole numbers; and source_file, NULL for the demo's
and an adapter's rows; and is_changed_source. `relations`: see source_relations.
#}
{% macro contract_source(table_name, relations) %}
    {% set columns = contract_columns(table_name) %}
    {% set sources = [] %}
    {% for relation in relations %}
        {% do sources.append({
            'relation': relation.relation,
            'is_changed': relation.is_changed,
            'types': column_types(relation.relation),
        }) %}
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
        {% do expressions.append(
            ('filename' if 'filename' in source.types else 'cast(null as varchar)')
            ~ ' as source_file'
        ) %}
        {% do expressions.append(source.is_changed | lower ~ ' as is_changed_source') %}
        {% do selects.append(
            'select\n    ' ~ expressions | join(',\n    ') ~ '\nfrom ' ~ source.relation
        ) %}
    {% endfor %}
    {% do return({
        'sql': selects | join('\nunion all\n') if selects else no_rows(columns),
        'native': native,
    }) %}
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
    {% do return(
        'select\n    ' ~ expressions | join(',\n    ')
        ~ ',\n    cast(null as varchar) as source_file,\n    false as is_changed_source\nwhere false'
    ) %}
{% endmacro %}
