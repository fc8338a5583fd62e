{# The columns of a relation that a table is made of, and how each becomes text or stays. #}

{% macro source_column(column, type, source_type, native) %}
    {% if source_type is none %}
        {% do return('cast(null as ' ~ (native_type(type) if native else 'string') ~ ')') %}
    {% elif native and source_type == 'TIMESTAMP WITH TIME ZONE' %}
        {% do return(utc_of_zoned(column)) %}
    {% elif native %}
        {% do return('cast(' ~ column ~ ' as ' ~ native_type(type) ~ ')') %}
    {% endif %}
    {% set text = "nullif(cast(" ~ column ~ " as string), '')" %}
    {# Of a relation's times of day and midnights what the contract writes of them. #}
    {% if type == 'local_time' and source_type == 'TIME' %}
        {% do return('regexp_replace(' ~ text ~ ", ':00$', '')") %}
    {% elif type == 'local_date' and source_type.startswith('TIMESTAMP') %}
        {% do return('regexp_replace(' ~ text ~ ", ' 00:00:00([+]00)?$', '')") %}
    {% endif %}
    {% do return(text) %}
{% endmacro %}

{# The type that a source's typed column of the contract's type is read as. #}
{% macro native_type(type) %}
    {% do return('timestamp' if type == 'timestamp' else 'bigint') %}
{% endmacro %}

{# Whether a source's column has the contract's type already. #}
{% macro is_native(type, source_type) %}
    {% if type == 'timestamp' %}
        {% do return(source_type.startswith('TIMESTAMP') or source_type == 'DATE') %}
    {% endif %}
    {% do return(source_type in ('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT',
                                 'USMALLINT', 'UINTEGER')) %}
{% endmacro %}

{# {column: type} of a relation, lower-case names. #}
{% macro column_types(relation) %}
    {% set types = {} %}
    {# dbt's prefix of what a unit test gives. #}
    {% set table_name = (relation.identifier or '') | replace('__dbt__cte__', '') %}
    {% if table_name in contract() and not var('raw_schema') %}
        {# A seed: all text, as seeds.yml says. #}
        {% for column in contract_columns(table_name) %}
            {% do types.update({column: 'VARCHAR'}) %}
        {% endfor %}
    {% elif execute %}
        {% do types.update(adapter.dispatch('described_types', 'contact_center')(relation)) %}
    {% endif %}
    {% do return(types) %}
{% endmacro %}

{% macro default__described_types(relation) %}
    {% set types = {} %}
    {# Of an adapter's model, which dbt compile and docs generate don't build. #}
    {% if flags.WHICH not in ['build', 'run'] and relation.database == target.database
        and not relation.identifier.startswith('__dbt__cte__') and load_relation(relation) is none %}
        {% do exceptions.raise_compiler_error(
            'The columns of ' ~ relation.identifier ~ " aren't known before it is built in "
            ~ relation.database ~ ': run dbt build or ./scripts/build first, with the same adapters '
            ~ 'and the same CONTACT_CENTER_WAREHOUSE'
        ) %}
    {% endif %}
    {% for row in run_query('describe select * from ' ~ relation).rows %}
        {% do types.update({row[0] | lower: row[1]}) %}
    {% endfor %}
    {% do return(types) %}
{% endmacro %}

{# In DuckDB's words. #}
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
