{#
What the YAML says of relations, columns and range functions, as comments of the database, where every
tool that lists tables shows it. dbt's own persist_docs asks for each relation's columns after each model
and says all of it again; here one batch at the end of a run says what isn't said yet. An increment
keeps its tables, so that little is left to say.
#}
{% macro write_comments(results) %}
    {% if execute and flags.WHICH in ('build', 'run', 'seed') %}
        {{ adapter.dispatch('write_comments', 'contact_center')(results) }}
    {% endif %}
{% endmacro %}

{# Spark's tables of Parquet keep none in the way that its readers ask for them: there the relations
   metric_catalog and column_catalog say it. #}
{% macro spark__write_comments(results) %}
{% endmacro %}

{# What failed isn't read by anybody. #}
{% macro default__write_comments(results) %}
    {% if results | rejectattr('status', 'in', ['success', 'pass', 'warn', 'skipped', 'no-op']) | list %}
        {% do return('') %}
    {% endif %}
    {% set found, keys_of = relations_and_comments(), keys() %}
    {% set joins = joined_by(keys_of) %}
    {% set statements = [] %}
    {% for node in results | selectattr('status', 'equalto', 'success') | map(attribute='node')
        if node.resource_type in ('model', 'seed') and node.database == target.database %}
        {% set relation = found.get(node.schema ~ '.' ~ node.alias) %}
        {% if relation %}
            {% set name = adapter.quote(target.database) ~ '.' ~ adapter.quote(node.schema) ~ '.'
                ~ adapter.quote(node.alias) %}
            {% set key = keys_of.get(node.unique_id) %}
            {% set of_keys = keys_in_words(node, key, joins)
                if node.resource_type == 'model' and node.access == 'public' else '' %}
            {% do statements.extend(missing_comments(node, relation, name, of_keys)) %}
            {% if key and relation.can_have_key and node.name.startswith('dim_') %}
                {% do statements.append(
                    'alter table ' ~ name ~ ' add primary key (' ~ key | join(', ') ~ ')'
                ) %}
            {% endif %}
        {% endif %}
    {% endfor %}
    {% if statements %}
        {% do run_query('begin; ' ~ statements | join('; ') ~ '; commit') %}
    {% endif %}
{% endmacro %}

{# The statements that make a relation's comments those of its node. `name`: the relation, as SQL has it;
   `of_keys`: what stands below its description. #}
{% macro missing_comments(node, relation, name, of_keys) %}
    {% set statements = [] %}
    {% set said = (node.description | trim ~ '\n' ~ of_keys) | trim %}
    {% if said and said != relation.comment %}
        {% do statements.append(
            'comment on ' ~ relation.kind ~ ' ' ~ name ~ ' is ' ~ text_literal(said)
        ) %}
    {% endif %}
    {% for column in node.columns.values() if column.name in relation.columns %}
        {% set said = column.description | trim %}
        {% if said and said != relation.columns[column.name] %}
            {% do statements.append('comment on column ' ~ name ~ '.' ~ adapter.quote(column.name)
                ~ ' is ' ~ text_literal(said)) %}
        {% endif %}
    {% endfor %}
    {% do return(statements) %}
{% endmacro %}

{# {schema.name: {kind, comment, can_have_key, columns: {name: comment}}} of what can be commented on: in
   a lake neither functions nor views' columns. One cell of JSON, as dbt looks at each cell of a result. #}
{% macro relations_and_comments() %}
    {% set query %}
        with lake as (
            select database_name from duckdb_databases()
            where database_name = '{{ target.database }}' and type = 'ducklake'
        ),
        relations as (
            select
                schema_name, table_name as name, 'table' as kind, comment,
                has_primary_key as has_key
            from duckdb_tables() where database_name = '{{ target.database }}'
            union all
            select schema_name, view_name, 'view', comment, false
            from duckdb_views() where database_name = '{{ target.database }}'
            union all
            select schema_name, function_name, 'macro table', comment, false
            from duckdb_functions()
            where
                database_name = '{{ target.database }}'
                and function_type = 'table_macro'
                and not exists (from lake)
        ),
        columns as (
            select schema_name, table_name as name, map(list(column_name), list(comment)) as columns
            from duckdb_columns() where database_name = '{{ target.database }}'
            group by schema_name, table_name
        )
        select cast(to_json(list({
            'name': relations.schema_name || '.' || relations.name,
            'kind': relations.kind,
            'comment': relations.comment,
            'can_have_key': relations.kind = 'table'
            and not relations.has_key
            and not exists (from lake),
            'columns': case
                when relations.kind = 'view' and exists (from lake) then map {}
                else coalesce(columns.columns, map {})
            end
        })) as varchar)
        from relations left join columns using (schema_name, name)
    {% endset %}
    {% set relations = {} %}
    {% for relation in fromjson(scalar(query) or '[]') %}
        {% do relations.update({relation.name: relation}) %}
    {% endfor %}
    {% do return(relations) %}
{% endmacro %}
