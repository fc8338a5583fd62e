{# What an adapter's author got wrong in names, told before the rows of which it would make nothing. #}

{# Before a build: stops where the adapter that a variable names isn't known, or where adapter_tables()
   and its models don't fit. Of a model that isn't there scripts/contact_center/building/messages.py
   tells: dbt stops before any macro. #}
{% macro check_adapter_names() %}
    {% set where = ' (macros/staging/adapter_tables.sql; docs/adapters/writing-one.md, step 2)' %}
    {% for name in var('adapters') %}
        {% if name not in adapter_tables() %}
            {% do exceptions.raise_compiler_error(
                'The adapter ' ~ name ~ " isn't in adapter_tables()" ~ where ~ '. Say there which tables it'
                ~ ' fills, or give one of ' ~ adapter_tables() | join(', ') ~ '.'
            ) %}
        {% endif %}
        {% for table_name in adapter_tables()[name] if table_name not in contract() %}
            {% do exceptions.raise_compiler_error(
                'adapter_tables() says that the adapter ' ~ name ~ ' fills ' ~ table_name ~ where
                ~ ", which the event contract doesn't have; the nearest that it has is "
                ~ nearest_word(table_name, contract() | list).word ~ '.'
            ) %}
        {% endfor %}
        {% for table_name in contract() %}
            {% set model_name = model_of_adapter(name, table_name) %}
            {% set models = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model')
                | selectattr('name', 'equalto', model_name) | list %}
            {% if models and table_name in adapter_tables()[name] %}
                {% if models[0].config.materialized == 'ephemeral' %}
                    {% do exceptions.raise_compiler_error(
                        'The model ' ~ model_name ~ ' is ephemeral, and nobody could ask which columns it'
                        ~ ' has: make it a view or a table.'
                    ) %}
                {% endif %}
            {% elif models %}
                {% do exceptions.raise_compiler_error(
                    'The model ' ~ model_name ~ ' would fill ' ~ table_name ~ ', which adapter_tables()'
                    ~ " doesn't name of " ~ name ~ where ~ ': nobody reads it. Name the table there, or'
                    ~ ' give the model another name.'
                ) %}
            {% endif %}
        {% endfor %}
    {% endfor %}
{% endmacro %}

{# The model that holds an adapter's rows of a table. #}
{% macro model_of_adapter(name, table_name) %}
    {% do return(name ~ '_' ~ table_name | replace('raw_', '', 1)) %}
{% endmacro %}

{# Stops where the columns of a relation that fills a table (`found`) lack one without which no row
   counts, or, of an adapter's model (`is_of_adapter`), hold another that is nearly one which they lack.
   Any other further column is ignored: a parent project's relations may have their own. #}
{% macro check_source_columns(table_name, relation, found, is_of_adapter) %}
    {% set columns = contract_columns(table_name) | list %}
    {% set sought = columns if is_of_adapter else needed_columns(table_name) %}
    {% set lacking = sought | reject('in', found) | list %}
    {% set further = found | reject('in', columns) | list %}
    {% set faults = [] %}
    {% set near = {} %}
    {% for column in further if lacking %}
        {% set nearest = nearest_word(column, lacking) %}
        {% if nearest.distance <= (2 if nearest.word | length > 7 else 1) %}
            {% do near.update({nearest.word: column}) %}
            {% do faults.append(
                'no column ' ~ nearest.word ~ ' and one ' ~ column ~ ": call it " ~ nearest.word
            ) %}
        {% endif %}
    {% endfor %}
    {% for column in needed_columns(table_name) if column in lacking and column not in near %}
        {% do faults.append('no column ' ~ column ~ ', without which no row counts') %}
    {% endfor %}
    {% if faults %}
        {% do exceptions.raise_compiler_error(
            relation.identifier ~ ' has ' ~ faults | join('; ') ~ '. It fills ' ~ table_name
            ~ ' of docs/event_contract.md and has the columns ' ~ found | join(', ') ~ '.'
        ) %}
    {% endif %}
{% endmacro %}

{# The columns of a table that must hold a value in every row. #}
{% macro needed_columns(table_name) %}
    {% set table = contract()[table_name] %}
    {% set columns = table.key + (table.references or []) + (table.required or {}).get('true', []) %}
    {% do return((columns + ([table.time] if table.time else [])) | unique | list) %}
{% endmacro %}

{# Of several words the one that takes the fewest changes to become another, as {'word', 'distance'};
   underscores don't count. #}
{% macro nearest_word(word, words) %}
    {% set selects = [] %}
    {% for other in words %}
        {% do selects.append(
            'select ' ~ text_literal(other) ~ ' as word, levenshtein('
            ~ text_literal(word | replace('_', '')) ~ ', ' ~ text_literal(other | replace('_', ''))
            ~ ') as distance'
        ) %}
    {% endfor %}
    {% set row = run_query(
        'select word, distance from (' ~ selects | join(' union all ') ~ ') order by distance, word limit 1'
    ).rows[0] %}
    {% do return({'word': row[0], 'distance': row[1]}) %}
{% endmacro %}
