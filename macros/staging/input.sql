{#
Where the rows of a contract table come from: the demo seeds, an adapter's models, or the files
of data_dir. Nothing outside this file knows which.
#}

{#
The tables that each adapter fills, each with the inputs of the foreign system that it can't be
filled without, where those may be absent (the macro <adapter>_has_input tells). What an adapter
doesn't name, and what lacks its input, is not measured.
#}
{% macro adapter_tables() %}
    {% do return({
        'amazon_connect': {
            'raw_sessions': none, 'raw_session_events': none,
            'raw_agent_events': 'agent_events', 'raw_companies': none, 'raw_agents': none,
            'raw_teams': none, 'raw_agent_teams': none, 'raw_skills': none,
            'raw_channels': none,
        },
        'asterisk': {
            'raw_sessions': none, 'raw_session_events': none, 'raw_agent_events': none,
            'raw_companies': none, 'raw_agents': none, 'raw_channels': none,
        },
        'bank_calls': {
            'raw_sessions': none, 'raw_session_events': none, 'raw_companies': none,
            'raw_agents': none, 'raw_channels': none,
        },
        'chatwoot': {
            'raw_sessions': none, 'raw_session_events': none, 'raw_messages': none,
            'raw_evaluations': 'csat_survey_responses', 'raw_tag_events': 'taggings',
            'raw_companies': 'accounts', 'raw_agents': none, 'raw_teams': 'teams',
            'raw_agent_teams': 'team_members', 'raw_skills': 'inboxes', 'raw_channels': 'inboxes',
        },
        'twitter_support': {
            'raw_sessions': none, 'raw_session_events': none, 'raw_messages': none,
            'raw_companies': none, 'raw_agents': none, 'raw_teams': none,
            'raw_agent_teams': none, 'raw_channels': none,
        },
    }) %}
{% endmacro %}

{#
Where rows come from, as {name: place}: each adapter with its folder, file or database, or the
contract's tables alone, whose place is a folder, or '' for the demo.
#}
{% macro feeds() %}
    {% do return(var('adapters') or {'contract': var('data_dir')}) %}
{% endmacro %}

{#
The models that hold a table's rows where those are the demo's or adapters', as
[{'feed', 'model'}]. Such rows can't be told into seen and unseen, so they are loaded whole by every
build (dbt_project.yml: full_refresh).
#}
{% macro source_models(table_name) %}
    {% set sources = [] %}
    {% for feed, place in feeds().items() %}
        {% set tables = adapter_tables().get(feed, {}) %}
        {% if table_name in tables %}
            {% set model = ref(feed ~ '_' ~ table_name | replace('raw_', '', 1)) %}
            {% set input = tables[table_name] %}
            {% if not (execute and input) or context[feed ~ '_has_input'](input) %}
                {% do sources.append({'feed': feed, 'model': model}) %}
            {% endif %}
        {% elif feed == 'contract' and not place %}
            {% do sources.append({'feed': feed, 'model': ref(table_name)}) %}
        {% endif %}
    {% endfor %}
    {% do return(sources) %}
{% endmacro %}

{#
What this build is to load, for the model loads: each file that no build has read as it is now, or
each model that holds a table. As [{'table_name', 'feed', 'folder', 'file', 'path', ...}]; see
unseen_files.
#}
{% macro unseen_sources(loads=none) %}
    {% set sources = [] %}
    {% for table_name in contract() %}
        {% for source in source_models(table_name) %}
            {% do sources.append(dict(source, table_name=table_name)) %}
        {% endfor %}
        {% if execute and are_files_read() %}
            {% for file in unseen_files(table_name, loads) %}
                {% do sources.append(dict(
                    file, table_name=table_name, feed='contract',
                    folder=var('data_dir').rstrip('/')
                )) %}
            {% endfor %}
        {% endif %}
    {% endfor %}
    {% do return(sources) %}
{% endmacro %}

{# True where this build reads files of the contract, not the demo or adapters. #}
{% macro are_files_read() %}
    {% do return(var('data_dir') and not var('adapters')) %}
{% endmacro %}

{# Those sources of a table that this build loads. #}
{% macro loaded_sources(table_name) %}
    {% set sources = source_models(table_name) %}
    {% if execute and are_files_read() %}
        {% set listing = 'select path, is_changed from ' ~ ref('loads')
            ~ " where table_name = '" ~ table_name ~ "' and build_number = " ~ this_build()
            ~ ' order by path' %}
        {% for path, is_changed in run_query(listing).rows %}
            {% do sources.append({'feed': 'contract', 'path': path, 'is_changed': is_changed}) %}
        {% endfor %}
    {% elif not execute %}
        {% do ref('loads') %}
    {% endif %}
    {% do return(sources) %}
{% endmacro %}

{# What stands after "from" to read sources of a table: as few readers as can be, as
   [{'relation', 'feed', 'is_changed'}]. #}
{% macro source_relations(table_name, sources) %}
    {% set relations = [] %}
    {% set readers = {} %}
    {% for source in sources %}
        {% if source.model %}
            {% do relations.append(
                {'relation': source.model, 'feed': source.feed, 'is_changed': false}
            ) %}
        {% else %}
            {% do readers.setdefault((file_format(source.path), source.is_changed), []).append(source.path) %}
        {% endif %}
    {% endfor %}
    {% for (format, is_changed), paths in readers.items() %}
        {% do relations.append({
            'relation': file_reader(format, paths, contract_columns(table_name)),
            'feed': 'contract',
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
source already holds as timestamps (UTC) or whole numbers; feed; source_file, NULL for the demo's
and an adapter's rows; and is_changed_source. `relations`: see source_relations.

Where several adapters feed one warehouse their ids may be the same: each begins with its adapter's
name and a colon.
#}
{% macro contract_source(table_name, relations) %}
    {% set columns = contract_columns(table_name) %}
    {% set sources = [] %}
    {% for relation in relations %}
        {% do sources.append({
            'relation': relation.relation,
            'feed': relation.feed,
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
            {% set value = source_column(column, type, source_type, column in native) %}
            {% set prefix = "'" ~ source.feed ~ ":' || "
                if source_type and column.endswith('_id') and feeds() | length > 1 else '' %}
            {% do expressions.append(prefix ~ value ~ ' as ' ~ column) %}
        {% endfor %}
        {% do expressions.append("'" ~ source.feed ~ "' as feed") %}
        {% do expressions.append(
            ('filename' if 'filename' in source.types else 'cast(null as string)')
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
        {% do return('cast(null as ' ~ (native_type(type) if native else 'string') ~ ')') %}
    {% elif native and source_type == 'TIMESTAMP WITH TIME ZONE' %}
        {% do return(utc_of_zoned(column)) %}
    {% elif native %}
        {% do return('cast(' ~ column ~ ' as ' ~ native_type(type) ~ ')') %}
    {% endif %}
    {% do return("nullif(cast(" ~ column ~ " as string), '')") %}
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
    {# dbt's prefix of what a unit test gives. #}
    {% set table_name = (relation.identifier or '') | replace('__dbt__cte__', '') %}
    {% if table_name in contract() %}
        {# A seed: all text, as seeds.yml says. #}
        {% for column in contract_columns(table_name) %}
            {% do types.update({column: 'VARCHAR'}) %}
        {% endfor %}
    {% elif execute %}
        {% do types.update(adapter.dispatch('described_types')(relation)) %}
    {% endif %}
    {% do return(types) %}
{% endmacro %}

{% macro default__described_types(relation) %}
    {% set types = {} %}
    {% for row in run_query('describe select * from ' ~ relation).rows %}
        {% do types.update({row[0] | lower: row[1]}) %}
    {% endfor %}
    {% do return(types) %}
{% endmacro %}

{# In DuckDB's words, and with the path that file_reader's rows have. #}
{% macro spark__described_types(relation) %}
    {% set words = {
        'timestamp': 'TIMESTAMP WITH TIME ZONE', 'timestamp_ntz': 'TIMESTAMP', 'int': 'INTEGER',
    } %}
    {% set types = {} %}
    {% for row in run_query('describe query select * from ' ~ relation).rows %}
        {% do types.update({row[0] | lower: words.get(row[1], row[1] | upper)}) %}
    {% endfor %}
    {% do return(types) %}
{% endmacro %}

{% macro no_rows(columns) %}
    {% set expressions = [] %}
    {% for column in columns %}
        {% do expressions.append('cast(null as string) as ' ~ column) %}
    {% endfor %}
    {% do return(
        'select\n    ' ~ expressions | join(',\n    ')
        ~ ",\n    '' as feed,\n    cast(null as string) as source_file,\n    false as is_changed_source\nwhere false"
    ) %}
{% endmacro %}
