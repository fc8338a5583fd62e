{# The demo's figures in short, for the test tests/demo/demo_figures_are_as_ever: DuckDB only. #}

{% macro demo_relations() %}
    {% do return([
        'dim_agent_teams', 'dim_agents', 'dim_campaigns', 'dim_channels', 'dim_companies', 'dim_dates',
        'dim_intervals', 'dim_skills', 'dim_teams',
        'fct_agent_activity', 'fct_agent_contacts', 'fct_agent_logins', 'fct_agent_sessions',
        'fct_agent_states', 'fct_durations', 'fct_evaluations', 'fct_focus', 'fct_offers', 'fct_queue_legs',
        'fct_resolutions', 'fct_session_closes', 'fct_sessions', 'fct_sla', 'fct_tag_attachments',
        'fct_transfers', 'fct_turns',
        'agent_activity', 'agent_activity_aggregated', 'agent_activity_daily',
        'agent_activity_interval', 'agent_analysis', 'agent_analysis_aggregated',
        'agent_analysis_daily', 'agent_state_reasons_daily', 'arrivals_heatmap',
        'backlog_daily', 'bot_metrics_daily', 'contact_metrics', 'contact_metrics_aggregated',
        'contact_metrics_daily',
        'digital_metrics', 'digital_metrics_aggregated', 'digital_metrics_by_tag_daily',
        'digital_metrics_daily', 'duration_histogram_daily', 'duration_percentiles',
        'queue_metrics', 'queue_metrics_aggregated', 'queue_metrics_daily',
        'queue_metrics_interval', 'resolution_metrics', 'resolution_metrics_aggregated',
        'resolution_metrics_daily', 'satisfaction_daily', 'session_analysis',
        'session_analysis_aggregated', 'session_analysis_daily', 'session_metrics',
        'session_metrics_aggregated', 'session_metrics_daily', 'sla_metrics_daily', 'tag_metrics_daily',
        'survey_metrics', 'survey_metrics_aggregated', 'survey_metrics_daily',
        'survey_requests_daily', 'transfers_daily',
    ]) %}
{% endmacro %}

{# A week, and the Sunday on which Europe's clocks leap. #}
{% macro demo_ranges() %}
    {% do return([('2026-03-09', '2026-03-15'), ('2026-03-29', '2026-03-29')]) %}
{% endmacro %}

{# True where the rows are the demo's and every variable that defines figures has its default. #}
{% macro is_demo_as_ever() %}
    {% set defaults = {
        'reporting_time_zone': 'UTC', 'as_of': '', 'known_at': '', 'pseudonymise': '',
        'text_encoding': '', 'max_login_hours': 24,
        'response_clock': 'first', 'response_threshold_seconds': 30,
        'before_start_tolerance_minutes': 5, 'future_tolerance_hours': 24,
        'clock_tolerance_seconds': 0, 'service_level_seconds': 20, 'short_abandon_seconds': 5,
        'max_wrap_up_minutes': 30, 'calendar_horizon_days': 400, 'max_open_days': 90,
        'repeat_window_days': 7, 'repeat_directions': ['inbound', none],
        'repeat_scope': 'customer', 'bot_repeat_hours': 24,
    } %}
    {% if var('rebuild_from_store') or build_settings()['rows'] != 'demo' %}
        {% do return(false) %}
    {% endif %}
    {% for name, value in build_settings().items() if name not in ('rows', 'definitions') %}
        {% if name not in defaults %}
            {{ exceptions.raise_compiler_error(
                "is_demo_as_ever (macros/demo_figures.sql) doesn't know the default of " ~ name ~ '.'
            ) }}
        {% elif value | string != defaults[name] | string %}
            {% do return(false) %}
        {% endif %}
    {% endfor %}
    {% do return(true) %}
{% endmacro %}

{# The file of the expected figures, wherever the project lies; dbt tells the place of seeds only. #}
{% macro demo_figures_file() %}
    {% set seed = graph.nodes['seed.contact_center.raw_sessions'] %}
    {% do return(seed.root_path ~ '/tests/demo/demo_figures.csv') %}
{% endmacro %}

{# One row for each column of each relation: how many values it has; the sum of numbers; of texts
   and times the first, the last and a checksum, which depends on every value and on no order. The
   column `*`: rows, and the checksum of whole rows, which tells figures that have changed places. #}
{% macro demo_figures() %}
    {%- set refs = {} %}
    {%- for name in demo_relations() %}{% do refs.update({name: ref(name)}) %}{% endfor %}
    {%- if execute %}
    {%- set selects = [] %}
    {%- for node in graph.nodes.values() | sort(attribute='name')
        if node.resource_type == 'model' and node.package_name == 'contact_center'
        and node.fqn[1] == 'marts' and node.fqn[2] in ('dimensions', 'facts', 'indicators')
        and 'internal' not in node.fqn %}
        {%- set relation = refs.get(node.name) %}
        {%- if relation is none %}
            {{- exceptions.raise_compiler_error(
                'demo_relations (macros/demo_figures.sql) lacks ' ~ node.name ~ '.'
            ) }}
        {%- elif node.config.materialized == 'range_function' %}
            {%- set relation = rows_of_ranges(relation) %}
        {%- endif %}
        {%- do selects.append(figures_in_short(node.name, node.columns.values(), relation)) %}
    {%- endfor %}
    {{- selects | join('\nunion all\n') }}
    {%- endif %}
{% endmacro %}

{# A range function's rows over each of the pinned ranges. #}
{% macro rows_of_ranges(range_function) -%}
    (
    {%- for from_date, to_date in demo_ranges() %}
    select * from {{ range_function }}('{{ from_date }}', '{{ to_date }}')
    {{ 'union all' if not loop.last }}
    {%- endfor %}
    )
{%- endmacro %}

{# A row for each column: how many values it has, their sum, and a checksum of its texts. #}
{% macro figures_in_short(name, columns, relation) -%}
    {%- set figures, texts = [], [] %}
    {%- for column in columns %}
        {%- set type, value = column.data_type, column.name %}
        {%- set total, checksum = 'cast(count_if(' ~ value ~ ') as string)', 'null' %}
        {%- if type == 'double' %}
            {#- A float's last digits may differ between machines. #}
            {%- set value = 'cast(' ~ value ~ ' as decimal(38, 6))' %}
        {%- endif %}
        {%- if type in ('bigint', 'double', 'integer') %}
            {%- set total = 'cast(sum(' ~ value ~ ') as string)' %}
        {%- elif type != 'boolean' %}
            {%- set total = 'min(' ~ value ~ ") || ' .. ' || max(" ~ value ~ ')' %}
            {%- set checksum = checksum_of_texts(value) if type == 'varchar'
                else 'cast(sum(epoch_ms(' ~ value ~ ')) as bigint)' %}
        {%- endif %}
        {%- do texts.append("coalesce(cast(" ~ value ~ " as string), '')") %}
        {%- do figures.append((column.name, 'count(' ~ column.name ~ ')', total, checksum)) %}
    {%- endfor %}
    {%- do figures.append(
        ('*', 'count(*)', 'null', checksum_of_texts("concat_ws('|', " ~ texts | join(', ') ~ ')'))
    ) -%}
select '{{ name }}' as relation, unnest([
    {%- for column_name, filled_count, total, checksum in figures %}
    {
        'column_name': '{{ column_name }}', 'filled_count': {{ filled_count }},
        'total': {{ total }}, 'checksum': {{ checksum }}
    }{{ ',' if not loop.last }}
    {%- endfor %}
], recursive := true)
from {{ relation }}
{%- endmacro %}

{# A sum that any change of a text, but no other order of the rows, changes. #}
{% macro checksum_of_texts(text) %}
    {%- do return('cast(sum(md5_number_lower(' ~ text ~ ') >> 40) as bigint)') %}
{% endmacro %}

{# Writes the pinned figures of the demo anew, from the demo in the warehouse: ./scripts/pin-demo calls it. #}
{% macro pin_demo_figures() %}
    {% do run_query(
        'copy (' ~ demo_figures() ~ ' order by relation, column_name) to '
        ~ text_literal(demo_figures_file()) ~ ' (format csv, header)'
    ) %}
{% endmacro %}
