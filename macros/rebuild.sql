{#
The incremental strategy rebuild: of a stored model the touched rows go, what was built comes
(macros/incremental.sql says which rows those are). On Spark, where no row can go alone, whole days are
written anew: macros/engine/spark_incremental.sql. Each build leaves, for whoever asks what it moved:

    rebuilt.<model>        the rows that it wrote
    rebuilt.<model>_days   the days (date_day, and columns that `touches` names) that the model touches
    staging.rebuilt_rows   how many rows it wrote
#}
{% macro get_incremental_rebuild_sql(arguments) %}
    {% set columns = get_quoted_csv(arguments.dest_columns | map(attribute='name')) %}
    {% set stored = arguments.target_relation %}
    {% set built = arguments.temp_relation %}
    {% set touched %} where {{ condition_of_replaced(built) }} {% endset %}
    create or replace table {{ relation_in('rebuilt', this.identifier) }} as
    select * from {{ built }};
    {%- if config.get('meta').get('touches') %}
    create or replace table {{ relation_in('rebuilt', this.identifier ~ '_days') }} as
    {{ days_that_it_touches(stored ~ ' as stored ' ~ touched, built) }};
    {%- endif %}
    delete from {{ stored }} as stored {{ touched }};
    insert into {{ stored }} ({{ columns }})
    select {{ columns }}
    from {{ built }};
    insert into {{ relation_in('staging', 'rebuilt_rows') }}
    select {{ this_build() }}, '{{ this.identifier }}', count(*)
    from {{ built }}
{% endmacro %}

{# Which stored rows go. `built`: the relation that holds what was made. #}
{% macro condition_of_replaced(built) %}
    {%- set touched_by = config.get('meta').touched_by -%}
    {%- if touched_by in ('key', 'key_or_session') -%}
        {%- set key = stored_key(contract()[this.identifier | replace('checked_', 'raw_', 1)]) %}
        {%- set checked %} from {{ built }} where build_number = {{ this_build() }} {% endset -%}
        ({{ key }} in (select {{ key }} {{ checked }})
        {%- if touched_by == 'key_or_session' %}
        or session_key in (select session_key {{ checked }})
        {%- endif %}
        {%- if var('adapters') %}
        or {{ is_gone(this.identifier | replace('checked_', 'raw_', 1), built) }}
        {%- endif %})
    {%- elif touched_by == 'event_session' -%}
        session_key in ({{ reordered_sessions() }})
    {%- else -%}
        {{ is_touched(touched_by) }}
    {%- endif -%}
{% endmacro %}

{# The days on which rows went (`gone`: what stands after "from" to read them) or came (`built`). #}
{% macro days_that_it_touches(gone, built) -%}
    {%- set day = config.get('meta').day ~ ' as date_day' -%}
    {%- set columns = (touched_keys([model.name]) + [day]) | join(', ') -%}
    select {{ columns }} from {{ gone }}
    union distinct
    select {{ columns }} from {{ built }}
{%- endmacro %}

{#
The rows of a relation that this build made: all, or of an incremental build those that it wrote; of a
view those of what is touched. What is made of a stored model in turn reads these, and so do data tests,
so that they cost what the day costs: rows that no build touches were tested by the last one.

    touched_by, day   to look at the rows that other models depend on instead: see is_touched
#}
{% macro built_rows(relation, touched_by=none, day='date_day') -%}
    {%- set latest = config_of(relation.identifier).get('meta', {}).get('latest') -%}
    {%- if latest -%}
        {%- do return(
            '(select * from ' ~ relation ~ ' where ' ~ latest ~ ' = (select max(' ~ latest ~ ') from '
            ~ relation ~ '))'
        ) -%}
    {%- endif -%}
    {%- if not is_incremental_build() -%}
        {%- do return(relation) -%}
    {%- endif -%}
    {%- set config = config_of(relation.identifier) -%}
    {%- if config.get('materialized') == 'incremental' and not touched_by
        and config.get('incremental_strategy') != 'append' -%}
        {%- do return(relation_in('rebuilt', relation.identifier)) -%}
    {%- endif -%}
    {%- set touched_by = touched_by or config.get('meta', {}).get('touched_by') -%}
    {%- if not touched_by -%}
        {%- do return(relation) -%}
    {%- endif -%}
    (select * from {{ relation }} as stored where {{ is_touched(touched_by, day) }})
{%- endmacro %}

{# dbt's hook for what a generic test reads. #}
{% macro get_where_subquery(relation) -%}
    {%- set condition = config.get('where') -%}
    (
        select * from {{ built_rows(relation) }} as tested {{- ' where ' ~ condition if condition }}
    ) as dbt_subquery
{%- endmacro %}
