{# Chatwoot's tables, as exported files or in its attached PostgreSQL database, for its adapter. #}

{#
The rows of a table of Chatwoot, as a select of the columns named: all text, empty as NULL, ids
without the decimals that other programs give them (5.0). `optional` columns that aren't there are
NULL. A table that isn't there has no rows, unless it is required: then the build stops.
#}
{% macro chatwoot_rows(table_name, columns, optional=[], required=false) %}
    {% set selects = [] %}
    {% if execute %}
        {% set sources = chatwoot_sources(table_name) %}
        {% if required and not sources %}
            {{ exceptions.raise_compiler_error(chatwoot_lacks(table_name)) }}
        {% endif %}
        {% for source in sources %}
            {% set lacking = columns | reject('in', source.types) | list %}
            {% if lacking %}
                {{ exceptions.raise_compiler_error(
                    source.name ~ " lacks " ~ lacking | join(', ')
                    ~ (", or its user may not read them" if source.format == 'database' else '')
                    ~ ". Of the table " ~ table_name
                    ~ " the adapter chatwoot needs: " ~ columns | join(', ') ~ "." ~ (
                        " A CSV file needs a header line with these names, commas between values"
                        ~ " and UTF-8." if source.format == 'csv' else ''
                    )
                ) }}
            {% endif %}
            {% if source.format == 'csv' %}
                {{ report_ragged_lines(source.path, source.types.keys() | list) }}
            {% endif %}
            {% set expressions = [] %}
            {% for column in columns + optional %}
                {% do expressions.append(chatwoot_text(column, source.types) ~ ' as ' ~ column) %}
            {% endfor %}
            {% do selects.append(
                'select\n    ' ~ expressions | join(',\n    ') ~ '\nfrom ' ~ source.relation
            ) %}
        {% endfor %}
    {% endif %}
    {% if not selects %}
        {% set expressions = [] %}
        {% for column in columns + optional %}
            {% do expressions.append('cast(null as varchar) as ' ~ column) %}
        {% endfor %}
        {% do selects.append('select\n    ' ~ expressions | join(',\n    ') ~ '\nwhere false') %}
    {% endif %}
    {% do return(selects | join('\nunion all\n')) %}
{% endmacro %}

{% macro chatwoot_text(column, types) %}
    {% if column not in types %}
        {% do return('cast(null as varchar)') %}
    {% endif %}
    {% set text = "nullif(cast(\"" ~ column ~ "\" as varchar), '')" %}
    {% if column == 'id' or column.endswith('_id') %}
        {% do return("regexp_replace(" ~ text ~ ", '[.]0*$', '')") %}
    {% endif %}
    {% do return(text) %}
{% endmacro %}

{# True where Chatwoot's data hold a table that may be absent. A tagging without the tags' names is
   of no use. #}
{% macro chatwoot_has_input(table_name) %}
    {% if table_name == 'taggings' and not chatwoot_is_there('tags') %}
        {% do return(false) %}
    {% endif %}
    {% do return(chatwoot_is_there(table_name)) %}
{% endmacro %}

{% macro chatwoot_is_there(table_name) %}
    {% do return(
        chatwoot_database_tables([table_name]) if is_chatwoot_database()
        else chatwoot_files(table_name)
    ) %}
{% endmacro %}

{# What holds a table: its files, or the table of the database, as [{'name', 'relation', 'types',
   'format', 'path'}]. #}
{% macro chatwoot_sources(table_name) %}
    {% set sources = [] %}
    {% if is_chatwoot_database() %}
        {% for relation in chatwoot_database_tables([table_name]) %}
            {% do sources.append({
                'name': "Table '" ~ table_name ~ "' of the database", 'relation': relation,
                'types': chatwoot_readable_types(table_name, relation), 'format': 'database',
            }) %}
        {% endfor %}
    {% else %}
        {% for path in chatwoot_files(table_name) %}
            {% set types = {} %}
            {% if file_format(path) == 'csv' %}
                {% for name in csv_header(path) %}
                    {% do types.update({name: 'VARCHAR'}) %}
                {% endfor %}
                {% set relation = ragged_csv_reader(path, types.keys() | list) %}
            {% else %}
                {% set relation = "read_parquet('" ~ escaped_path(path) ~ "')" %}
                {% do types.update(column_types(relation)) %}
            {% endif %}
            {% do sources.append({
                'name': "File '" ~ path ~ "'", 'relation': relation, 'types': types,
                'format': file_format(path), 'path': path,
            }) %}
        {% endfor %}
    {% endif %}
    {% do return(sources) %}
{% endmacro %}

{# The files <table>.csv, .csv.gz and .parquet of the folder, and all such files below <table>/. #}
{% macro chatwoot_files(table_name) %}
    {% set files = [] %}
    {% for path in table_paths(table_name, var('adapters')['chatwoot'])
        if file_format(path) in ('csv', 'parquet') %}
        {% do files.append(path) %}
    {% endfor %}
    {% do return(files) %}
{% endmacro %}

{% macro is_chatwoot_database() %}
    {% do return(var('adapters')['chatwoot'] == 'database chatwoot_database') %}
{% endmacro %}

{# {column: type} of those columns of a table of the attached database that its user may read. #}
{% macro chatwoot_readable_types(table_name, relation) %}
    {% set types = column_types(relation) %}
    {% set readable = {} %}
    {% set listing %}
        select column_name
        from postgres_query('chatwoot_database', $$
            select attname::text as column_name
            from pg_attribute
            where
                attrelid = 'public.{{ table_name }}'::regclass and attnum > 0
                and has_column_privilege(attrelid, attnum, 'select')
        $$)
    {% endset %}
    {% for column in run_query(listing).columns[0].values() if column in types %}
        {% do readable.update({column: types[column]}) %}
    {% endfor %}
    {% do return(readable) %}
{% endmacro %}

{# Those of the tables named that the attached database shows. #}
{% macro chatwoot_database_tables(table_names) %}
    {% set relations = [] %}
    {% set listing %}
        select table_name
        from information_schema.tables
        where
            table_catalog = 'chatwoot_database' and table_schema = 'public'
            and table_name in ('{{ table_names | join("', '") }}')
    {% endset %}
    {% for table_name in run_query(listing).columns[0].values() %}
        {% do relations.append('chatwoot_database.public.' ~ table_name) %}
    {% endfor %}
    {% do return(relations) %}
{% endmacro %}

{% macro chatwoot_lacks(table_name) %}
    {% set place = var('adapters')['chatwoot'] %}
    {% if not is_chatwoot_database() %}
        {% do return(
            "Data folder '" ~ place ~ "' holds neither a file " ~ table_name ~ ".csv, .csv.gz or"
            ~ " .parquet nor a folder " ~ table_name ~ "/ of such files, and Chatwoot's table "
            ~ table_name ~ " is needed: docs/adapters/chatwoot.md."
        ) %}
    {% elif scalar(
        "select count(*) from duckdb_databases() where database_name = 'chatwoot_database'"
    ) == 0 %}
        {% do return(
            "No database is attached for the adapter chatwoot. Give ./scripts/build the URL with"
            ~ " --database, or plain dbt in the environment variable"
            ~ " CONTACT_CENTER_CHATWOOT_DATABASE: docs/adapters/chatwoot.md."
        ) %}
    {% endif %}
    {% do return(
        "The database has no table " ~ table_name ~ " in its schema public that this user may see."
        ~ " Is it Chatwoot's, and may the user read it? docs/adapters/chatwoot.md."
    ) %}
{% endmacro %}

{# True where a message's attributes have a mark: Rails calls these values blank. #}
{% macro chatwoot_mark(column, name) -%}
    case
        when
            contains({{ column }}, '{{ name }}')
            and coalesce({{ chatwoot_attribute(column, name) }}, '')
            not in ('', 'false', '{}', '[]')
            then true
    end
{%- endmacro %}

{# A time as Rails and PostgreSQL write it ("2026-03-05 09:00:00.123456", perhaps with " UTC" or
   " +0000") as the contract has it. Anything else stays as it came. #}
{% macro chatwoot_time(column) -%}
    regexp_replace(
        regexp_replace({{ column }}, ' ?(UTC|GMT)$', ''), ' ([+-][0-9]{2}:?([0-9]{2})?)$', '\1'
    )
{%- endmacro %}

{# A row landed when Chatwoot last wrote it, so that of two exports of it the newer counts. #}
{% macro chatwoot_ingested_at() -%}
    {{ utc_timestamp(chatwoot_time('updated_at')) }}
{%- endmacro %}

{# Orders ids, which are numbers: 9 before 10. #}
{% macro in_order_of_id(column) -%}
    (length({{ column }}), {{ column }})
{%- endmacro %}

{# An instant, or NULL where the contract refuses a row of it: too long before its session's start
   or in the future. After as_of nothing is known. #}
{% macro chatwoot_counted(instant, started_at) -%}
    case
        when
            {{ instant }} >= {{ started_at }}
            - interval '{{ var("before_start_tolerance_minutes") }} minutes'
            and {{ instant }} <= {{ run_instant() }}
            + interval '{{ var("future_tolerance_hours") }} hours'
            {%- if var('as_of') %}
            and {{ instant }} <= {{ as_of_instant() }}
            {%- endif %}
            then {{ instant }}
    end
{%- endmacro %}

{# The value that a JSON text of a message's attributes has under a name; NULL where it has none.
   Rails wraps the JSON of content_attributes in a JSON string. #}
{% macro chatwoot_attribute(column, name) -%}
    case
        when json_type({{ chatwoot_json(column) }}) = 'VARCHAR'
            then {{ chatwoot_json(chatwoot_json(column) ~ " ->> '$'") }} ->> '$.{{ name }}'
        else {{ chatwoot_json(column) }} ->> '$.{{ name }}'
    end
{%- endmacro %}

{# What stands where JSON should. #}
{% macro chatwoot_unreadable(column) -%}
    case when {{ chatwoot_json(column) }} is null then {{ column }} end
{%- endmacro %}

{% macro chatwoot_json(text) -%}
    try_cast({{ text }} as json)
{%- endmacro %}
