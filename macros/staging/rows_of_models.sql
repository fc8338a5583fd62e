{# Rows of models, seeds or relations in the columns of a contract table. #}

{#
The rows of source_models(table_name), as {'sql': a select, 'native': [...]}; see raw.

Where several adapters feed one warehouse their ids may be the same: each begins with its adapter's
name and a colon.
#}
{% macro rows_of_models(table_name) %}
    {% set columns = contract_columns(table_name) %}
    {% set sources = [] %}
    {% for source in source_models(table_name) %}
        {% set types = column_types(source.relation) %}
        {% if execute %}
            {% do check_source_columns(
                table_name, source.relation, types | list, source.feed != 'contract'
            ) %}
        {% endif %}
        {% do sources.append(dict(source, types=types)) %}
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
        {% set values = {} %}
        {% for column, type in columns.items() %}
            {% do values.update({
                column: source_column(column, type, source.types.get(column), column in native)
            }) %}
        {% endfor %}
        {% set values = without_persons(values, var('pseudonymise'), false) %}
        {% for column in values if feeds() | length > 1
            and source.types.get(column) and column.endswith('_id') %}
            {% do values.update({
                column: id_of_feed(column, values[column], source.feed, values.subject)
            }) %}
        {% endfor %}
        {% set expressions = [] %}
        {% for column, value in without_persons(values, [], has_erased_customers()).items() %}
            {% do expressions.append(value ~ ' as ' ~ column) %}
        {% endfor %}
        {% do selects.append(
            'select\n    ' ~ expressions | join(',\n    ') ~ ",\n    '" ~ source.feed ~ "' as feed"
            ~ no_file() ~ '\nfrom ' ~ source.relation
        ) %}
    {% endfor %}
    {% do return({
        'sql': selects | join('\nunion all\n') if selects else no_rows(columns),
        'native': native,
    }) %}
{% endmacro %}

{#
An id as it stands beside those of other feeds. Not that of `default`, the company of what has none,
of whichever feed: what is said of that one is said of all of these. `subject`: of what a subject_id is
the id.
#}
{% macro id_of_feed(column, value, feed, subject) %}
    {% set whole = "'" ~ feed ~ ":' || " ~ value %}
    {% set is_default = {
        'company_id': value ~ " = 'default'",
        'subject_id': value ~ " = 'default' and " ~ subject ~ " = 'company'",
    }.get(column) %}
    {% do return(
        'case when ' ~ is_default ~ " then 'default' else " ~ whole ~ ' end' if is_default else whole
    ) %}
{% endmacro %}

{# What says of which file a row is, where it is of none. #}
{% macro no_file() %}
    {% do return(
        ',\n    cast(null as string) as source_file,\n    false as is_changed_source'
        ~ ',\n    cast(null as timestamp) as source_modified_at'
    ) %}
{% endmacro %}

{# A relation with these columns and without a row. #}
{% macro no_rows(columns) %}
    {% set expressions = [] %}
    {% for column in columns %}
        {% do expressions.append('cast(null as string) as ' ~ column) %}
    {% endfor %}
    {% do return(
        'select\n    ' ~ expressions | join(',\n    ') ~ ",\n    '' as feed" ~ no_file()
        ~ '\nwhere false'
    ) %}
{% endmacro %}
