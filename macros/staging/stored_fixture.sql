{#
What a unit test of a checked table gives as `this`: dbt would ask the table for its columns, which isn't
there yet in the first build. `rows`: what a row holds besides NULLs, as {column: text}.
#}
{% macro stored_fixture(table_name, rows) %}
    {% set types = {
        'build_number': 'integer', 'row_outcome': 'string', 'own_reason': 'string',
        'row_text': 'string', 'feed': 'string', 'session_key': 'bigint',
        'source_file': 'string', 'source_modified_at': 'timestamp', 'loaded_in_build': 'integer',
        'moved_from': 'timestamp',
    } %}
    {% if table_name == 'raw_session_events' %}
        {% do types.update({'event_position': 'bigint', 'was_closed': 'boolean'}) %}
    {% endif %}
    {% for column, type in contract_columns(table_name).items() %}
        {% do types.update({column: stored_type(type)}) %}
    {% endfor %}
    {% set selects = [] %}
    {% for row in rows %}
        {% set values = [] %}
        {% for column, type in types.items() %}
            {% do values.append(
                'cast(' ~ text_literal(row.get(column)) ~ ' as ' ~ type ~ ') as ' ~ column
            ) %}
        {% endfor %}
        {% do selects.append('select ' ~ values | join(', ')) %}
    {% endfor %}
    {% do return(selects | join('\nunion all\n')) %}
{% endmacro %}
