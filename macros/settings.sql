{# What the rows of a warehouse depend on besides the data. #}

{# The variables that define figures, where the rows come from, and the definitions themselves, which
   ./scripts/build gives as a checksum of the project's files. #}
{% macro build_settings() %}
    {% set settings = {
        'rows': (former_settings() or {}).get('rows', '') if is_rebuild_from_store()
            else var('adapters') | sort | join(', ')
            or ('contract tables' if var('data_dir') else var('raw_schema') or 'demo'),
        'definitions': env_var('CONTACT_CENTER_DEFINITIONS', ''),
        'pseudonymise': kinds_and_key(),
    } %}
    {% for name in [
        'reporting_time_zone', 'as_of', 'known_at', 'max_login_hours', 'response_clock',
        'response_threshold_seconds', 'before_start_tolerance_minutes', 'future_tolerance_hours',
        'clock_tolerance_seconds',
        'service_level_seconds', 'short_abandon_seconds', 'max_wrap_up_minutes',
        'calendar_horizon_days', 'max_open_days', 'repeat_window_days', 'repeat_directions',
        'repeat_scope', 'bot_repeat_hours', 'text_encoding',
    ] %}
        {% do settings.update({name: var(name)}) %}
    {% endfor %}
    {% do return(settings) %}
{% endmacro %}

{# Before a build: stops where it would leave figures half of one definition and half of another. Where
   files are read, rows of earlier builds stay; else only those of models that aren't selected. #}
{% macro check_settings() %}
    {% set former = former_settings() %}
    {% if execute and flags.WHICH in ('build', 'run') and former is not none
        and (are_rows_added() or is_selection()) %}
        {# A model that is being worked on is run alone, again and again: that is no other setting. #}
        {% for name, value in build_settings().items() if former.get(name) != value
            and (are_rows_added() or name != 'definitions') %}
            {{ exceptions.raise_compiler_error(
                ("The project's definitions have changed since the last build."
                    if name == 'definitions'
                    else "The last build had " ~ name ~ " '" ~ former.get(name) ~ "', now it is '"
                        ~ value ~ "'.")
                ~ " All rows have to be built again: "
                ~ ("leave the selection out." if is_selection() else "--full-refresh.")
            ) }}
        {% endfor %}
    {% endif %}
{% endmacro %}

{# True where the rows of earlier builds stay. With known_at every build of adapters is a whole one:
   their rows don't say which build first saw them. #}
{% macro are_rows_added() %}
    {% do return(not flags.FULL_REFRESH
        and (are_files_read() or (var('adapters') and not var('known_at')))) %}
{% endmacro %}

{# True where this run leaves models of the project out. #}
{% macro is_selection() %}
    {% for node in graph.nodes.values()
        if node.resource_type == 'model' and node.package_name == 'contact_center'
        and node.unique_id not in selected_resources %}
        {% do return(true) %}
    {% endfor %}
    {% do return(false) %}
{% endmacro %}
