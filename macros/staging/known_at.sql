{#
With what was known at an instant (variable known_at). A row that landed later stays in the warehouse
with the outcome not_known and is nowhere else: no version, no duplicate, not in quarantine, not counted.
A build with another known_at judges every stored row anew (macros/staging/store.sql), so that nothing is
lost by looking back.
#}

{# Whether a row was known: by its landing, or, where it doesn't say, by the build that loaded it. The
   first build's rows were always known: of what was there before it nothing is told. #}
{% macro is_known(rows='') -%}
    coalesce(
        {{ rows }}ingested_at <= {{ known_at_instant() }},
        {{ rows }}loaded_in_build <= {{ last_known_build() }},
        true
    )
{%- endmacro %}

{# The variable known_at as an instant. #}
{% macro known_at_instant() %}
    {% do return(utc_timestamp(text_literal(var('known_at')))) %}
{% endmacro %}

{# The number of the last build that had begun by then, at least 1. #}
{% macro last_known_build() %}
    {% if not execute or model.resource_type == 'unit_test'
        or load_relation(relation_in('staging', 'builds')) is none %}
        {% do return(1) %}
    {% endif %}
    {% do return(scalar(
        'select coalesce(max(build_number), 1) from ' ~ relation_in('staging', 'builds')
        ~ ' where started_at <= ' ~ known_at_instant()
    )) %}
{% endmacro %}

{# What "now" is for the rows of a build. #}
{% macro present_instant() %}
    {% do return(known_at_instant() if var('known_at') else run_instant()) %}
{% endmacro %}

{# What was loaded, as far as it was known: row_count without rows that landed later, and without the
   files of which no row was known. #}
{% macro known_loads() -%}
    {%- if not var('known_at') -%}
    {%- do return(ref('loads')) -%}
    {%- endif -%}
    (
        select
            {{ star(
                without=['row_count'], relation='loads'
            ) }},
            loads.row_count - coalesce(unknown.row_count, 0) as row_count
        from {{ ref('loads') }} as loads
        left join (
            {%- for table_name in contract() %}
            select
                loaded_in_build,
                '{{ table_name }}' as table_name,
                feed,
                coalesce({{ path_of_rows('source_file') }}, '') as path,
                count(*) as row_count
            from {{ ref('checked_' ~ table_name | replace('raw_', '', 1)) }}
            where row_outcome = 'not_known'
            group by loaded_in_build, feed, source_file
            {{ 'union all' if not loop.last }}
            {%- endfor %}
        ) as unknown
            on loads.build_number = unknown.loaded_in_build
            and loads.table_name = unknown.table_name
            and loads.feed = unknown.feed
            and loads.path = unknown.path
        where
            loads.row_count > coalesce(unknown.row_count, 0)
            or (loads.row_count = 0 and loads.build_number <= {{ last_known_build() }})
    ) as known_loads
{%- endmacro %}

{# After a build: how many rows it left aside. #}
{% macro report_not_known(results) %}
    {% if execute and flags.WHICH in ('build', 'run') and var('known_at')
        and 'feed_quality' in results | selectattr('status', 'equalto', 'success')
            | map(attribute='node.name') | list %}
        {% set counts = [] %}
        {% for table_name in contract() %}
            {% do counts.append(
                '(select count(*) from ' ~ checked_relation(table_name)
                ~ " where row_outcome = 'not_known')"
            ) %}
        {% endfor %}
        {% do log('{:,} rows landed after known_at ({}) and are as if they hadn\'t.'.format(
            scalar('select ' ~ counts | join(' + ')), var('known_at')
        ), info=true) %}
    {% endif %}
{% endmacro %}
