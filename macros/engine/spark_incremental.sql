{#
Incremental builds on Spark. Parquet tables have no delete: a table that is kept is split by day
(meta: day), and the days on which a row goes or comes are written anew, whole, by one insert
overwrite of those partitions. Rows that stay are read from the table and written again, not
computed again, so that what is rebuilt is the same as on DuckDB: sessions, agents and days that new
rows touch, however late they come.

A table without a day is written anew as a whole.
#}

{# Which stored rows the build replaces. `built`: the relation that holds what it made; `key`: what
   makes key_value, of a table that is rebuilt by its rows' keys. #}
{% macro replaced_rows(touched_by, built, key) %}
    {% if touched_by == 'event_session' %}
        {% do return('exists (select 1 from (' ~ reordered_sessions()
            ~ ') as touched where touched.session_key = stored.session_key)') %}
    {% elif not key %}
        {% do return(is_touched(touched_by)) %}
    {% endif %}
    {% set checked = ' from ' ~ built ~ ' where build_number = ' ~ this_build() %}
    {% set conditions = ['exists (select 1 from (select ' ~ key ~ ' as key_value' ~ checked
        ~ ') as touched where touched.key_value = stored.key_value)'] %}
    {% if touched_by == 'key_or_session' %}
        {% do conditions.append('exists (select 1 from (select session_key' ~ checked
            ~ ') as touched where touched.session_key = stored.session_key)') %}
    {% endif %}
    {% do return('(' ~ conditions | join(' or ') ~ ')') %}
{% endmacro %}

{# dbt-spark asks here for the statement that adds to a table; rebuild is the project's strategy. #}
{% macro dbt_spark_get_incremental_sql(
    strategy, source, target, existing, unique_key, incremental_predicates
) %}
    {% if strategy == 'append' %}
        {% do return(get_insert_into_sql(source, target)) %}
    {% endif %}
    {% do return(rebuild_on_spark(source, target)) %}
{% endmacro %}

{# What a build does to a stored table on Spark: `source` holds what it made, `target` is the table. #}
{% macro rebuild_on_spark(source, target) %}
    {% set built = relation_in('rebuilt', this.identifier) %}
    {% set touched_by = config.get('meta').touched_by %}
    {% set day = config.get('meta').get('day') %}
    {% set columns = adapter.get_columns_in_relation(target) | map(attribute='name') | join(', ') %}
    {# Made once, also for the data tests and for whoever asks what a build moved. #}
    {% do run_query('drop table if exists ' ~ built) %}
    {% do run_query('create table ' ~ built ~ ' using parquet as select * from ' ~ source) %}
    {% do rebuilt_in_this_run().append(this.identifier) %}
    {% set key = stored_key(contract()[this.identifier | replace('checked_', 'raw_', 1)])
        if touched_by in ('key', 'key_or_session') %}
    {% set stored = '(select *' ~ (', ' ~ key ~ ' as key_value' if key) ~ ' from ' ~ target
        ~ ') as stored' %}
    {% set replaced = replaced_rows(touched_by, built, key) %}
    {% if config.get('meta').get('touches') %}
        {% set touched_days = relation_in('rebuilt', this.identifier ~ '_days') %}
        {% do run_query('drop table if exists ' ~ touched_days) %}
        {% do run_query('create table ' ~ touched_days ~ ' using parquet as '
            ~ days_that_it_touches(stored ~ ' where ' ~ replaced, built)) %}
    {% endif %}
    {% if not day %}
        {% do run_query('drop table if exists ' ~ target ~ '__new') %}
        {% do run_query(
            'create table ' ~ target ~ '__new using parquet as select ' ~ columns ~ ' from ' ~ stored
            ~ ' where not ' ~ replaced ~ ' union all select ' ~ columns ~ ' from ' ~ built
        ) %}
        {% do run_query('drop table ' ~ target) %}
        {% do return('alter table ' ~ target ~ '__new rename to ' ~ target) %}
    {% endif %}
    {# The days are named in the statements below, so that Spark reads no other partition. #}
    {% set days = run_query(
        'select distinct ' ~ day ~ ' from ' ~ stored ~ ' where ' ~ replaced
        ~ ' union select ' ~ day ~ ' from ' ~ built
    ).columns[0].values() %}
    {% set on_those_days = is_on_days(day, days) %}
    {% set kept %}
        select {{ columns }} from {{ stored }}
        where {{ on_those_days }} and not {{ replaced }}
        union all
        select {{ columns }} from {{ built }}
    {% endset %}
    {# A day that has no row any more isn't written by an insert: its partition goes. #}
    {% set left = run_query('select distinct ' ~ day ~ ' from (' ~ kept ~ ')').columns[0].values() %}
    {% for emptied in days if emptied not in left %}
        {% do run_query('alter table ' ~ target ~ ' drop if exists partition (' ~ day ~ ' = '
            ~ ("date '" ~ emptied ~ "'" if emptied is not none else 'null') ~ ')') %}
    {% endfor %}
    {% do return(
        'insert overwrite table ' ~ target ~ ' partition (' ~ day ~ ') select /*+ rebalance(' ~ day
        ~ ') */ * from (' ~ kept ~ ')'
    ) %}
{% endmacro %}

{# The tables that this run rebuilt on Spark, by name. What all nodes of a run share is `graph`. #}
{% macro rebuilt_in_this_run() %}
    {% do return(graph.setdefault('rebuilt in ' ~ invocation_id, [])) %}
{% endmacro %}

{# At the end of a run: how many rows each got. In one statement, for one that adds to a Parquet table
   takes the other's files away where two run at a time. #}
{% macro count_rebuilt_rows() %}
    {% set counts = [] %}
    {% for name in (rebuilt_in_this_run() if execute else []) %}
        {% do counts.append('select ' ~ this_build() ~ ", '" ~ name ~ "', count(*) from "
            ~ relation_in('rebuilt', name)) %}
    {% endfor %}
    {% if counts %}
        {% do run_query('insert into ' ~ relation_in('staging', 'rebuilt_rows') ~ ' '
            ~ counts | join(' union all ')) %}
    {% endif %}
{% endmacro %}

{# A condition: the column is one of these days, which may be NULL. #}
{% macro is_on_days(day, days) %}
    {% set conditions = ['false'] %}
    {% set literals = [] %}
    {% for each in days %}
        {% if each is none %}
            {% do conditions.append(day ~ ' is null') %}
        {% else %}
            {% do literals.append("date '" ~ each ~ "'") %}
        {% endif %}
    {% endfor %}
    {% if literals %}
        {% do conditions.append(day ~ ' in (' ~ literals | join(', ') ~ ')') %}
    {% endif %}
    {% do return('(' ~ conditions | join(' or ') ~ ')') %}
{% endmacro %}
