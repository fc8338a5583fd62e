{# The last lines of a build: what was loaded and rebuilt, and how many rows of which table were left
   out, and why. #}
{% macro report(results) %}
    {{ report_loaded(results) }}
    {{ report_not_known(results) }}
    {{ report_left_out(results) }}
    {{ report_judged(results) }}
    {{ report_unknown_ids(results) }}
    {{ report_tencent_desk() }}
    {{ report_unknown_words(results) }}
{% endmacro %}

{# One line: what was loaded, and how much of it was worked on. #}
{% macro report_loaded(results) %}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% set built = {} %}
        {% for result in results if result.status == 'success' %}
            {% do built.update({result.node.name: result.node.relation_name}) %}
        {% endfor %}
        {% if 'loads' in built and 'touched_sessions' in built and 'touched_agents' in built %}
            {% set counts %}
                with this_build as (
                    select max(build_number) as build_number
                    from {{ relation_in('staging', 'builds') }}
                )
                select
                    (select build_number from this_build),
                    count(*),
                    count(file),
                    coalesce(sum(row_count), 0),
                    (select count(*) from {{ built['touched_sessions'] }}),
                    (select count(*) from {{ relation_in('staging', 'stg_sessions') }}),
                    (select count(*) from {{ built['touched_agents'] }})
                from {{ built['loads'] }}
                where build_number = (select build_number from this_build)
            {% endset %}
            {% set build_number, loads, files, rows, touched, sessions, agents
                = run_query(counts).rows[0].values() %}
            {# Adapters tell all their rows anew: what is known is how many more there are. #}
            {% set other = ('fewer ' if rows < 0 else 'more ') if var('adapters') else 'new ' %}
            {% set loaded = '{:,} {} with {:,} {}rows'.format(
                loads, 'files' if files else 'tables', rows | int | abs,
                other if build_number > 1 else ''
            ) %}
            {% if is_rebuild_from_store() %}
                {% do log('Built everything anew from the {:,} rows that the warehouse holds.'.format(
                    scalar('select sum(row_count) from ' ~ built['loads']) | int
                ), info=true) %}
            {% elif build_number == 1 %}
                {% do log('Loaded ' ~ loaded ~ '.', info=true) %}
            {% elif loads == 0 %}
                {% do log('No file is new or has changed; nothing was rebuilt.', info=true) %}
            {% else %}
                {% do log('Loaded %s; rebuilt %s of %s sessions and the later states of %s agents.' % (
                    loaded, '{:,}'.format(touched), '{:,}'.format(sessions), '{:,}'.format(agents)
                ), info=true) %}
            {% endif %}
        {% endif %}
    {% endif %}
{% endmacro %}

{# How many of the rows that this build read were left out, of which table, and why; of earlier builds'
   only how many, so that a night's own stand out. #}
{% macro report_left_out(results) %}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% for result in results
            if result.node.name == 'quarantined_rows' and result.status == 'success' %}
            {% set left_out = run_query(
                "with reasons as (select table_name, reason, count(*) as row_count from "
                ~ left_out_now(result.node.relation_name) ~ " group by table_name, reason)"
                ~ " select table_name, sum(row_count), "
                ~ joined_texts("reason || ' ' || row_count", ', ', "row_count desc, reason")
                ~ " from reasons group by table_name order by table_name"
            ) %}
            {% set earlier = scalar('select count(*) from ' ~ result.node.relation_name) | int
                - left_out.rows | sum(attribute=1) | int %}
            {% if left_out.rows | length == 0 %}
                {% do log(
                    'Every new row is used.' if earlier else 'Every row that was read is used.', info=true
                ) %}
            {% else %}
                {% do log('Rows left out, and why (each stands in marts.quarantined_rows):', info=true) %}
            {% endif %}
            {% for table_name, row_count, reasons in left_out.rows %}
                {% do log('  %-19s %7d  %s' | format(table_name, row_count, reasons), info=true) %}
            {% endfor %}
            {% if earlier %}
                {% do log(
                    'Rows of earlier builds that stay in marts.quarantined_rows: {:,}.'.format(earlier),
                    info=true
                ) %}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}

{# The rows of quarantined_rows that this build read, as table_name, reason and row_text: what earlier ones
   left out was told then. `quarantined`: that relation, all of which a build from the store judges. #}
{% macro left_out_now(quarantined) %}
{%- if is_rebuild_from_store() %}{% do return(quarantined) %}{% endif -%}
{%- set build = this_build() -%}
(
    {%- for table_name in contract() %}
    select
        '{{ table_name }}' as table_name,
        row_outcome as reason,
        row_text
    from {{ checked_relation(table_name) }}
    where
        {{ is_left_out() }}
        and loaded_in_build = {{ build }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
) as left_out_now
{% endmacro %}
