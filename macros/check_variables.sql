{# Before a build: stops with a message that names the variable whose value makes no sense. #}
{% macro check_variables() %}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {{ check_pseudonymise() }}
        {% set zone = var('reporting_time_zone') %}
        {% if not scalar('select ' ~ is_time_zone(text_literal(zone))) %}
            {{ refuse('reporting_time_zone', zone, 'an IANA time zone such as Europe/Berlin') }}
        {% endif %}
        {% set zone = var('asterisk_time_zone') %}
        {% if zone and not scalar('select ' ~ is_time_zone(text_literal(zone))) %}
            {{ refuse('asterisk_time_zone', zone, 'empty or an IANA time zone such as Europe/Berlin') }}
        {% endif %}
        {% for name in ['as_of', 'known_at'] if var(name) and scalar(
            'select ' ~ utc_timestamp(text_literal(var(name)))) is none %}
            {{ refuse(name, var(name), 'an ISO 8601 instant such as 2026-03-31T22:00:00Z') }}
        {% endfor %}
        {% if var('response_clock') not in ('first', 'last') %}
            {{ refuse('response_clock', var('response_clock'), 'first or last') }}
        {% endif %}
        {% set directions = var('repeat_directions') %}
        {% if directions is string or directions | reject('in', ['inbound', 'outbound', none]) | list %}
            {{ refuse('repeat_directions', directions, 'a list of inbound, outbound and null') }}
        {% endif %}
        {% if var('repeat_scope') not in repeat_scopes() %}
            {{ refuse('repeat_scope', var('repeat_scope'), 'one of ' ~ repeat_scopes() | join(', ')) }}
        {% endif %}
        {% for name in [
            'max_login_hours', 'response_threshold_seconds', 'before_start_tolerance_minutes',
            'future_tolerance_hours', 'service_level_seconds', 'short_abandon_seconds',
            'max_wrap_up_minutes', 'calendar_horizon_days', 'max_open_days',
            'clock_tolerance_seconds', 'max_refused_share', 'repeat_window_days',
            'bot_repeat_hours',
        ] if var(name) is not number or var(name) < 0 %}
            {{ refuse(name, var(name), 'a number of 0 or more') }}
        {% endfor %}
        {% set scale = var('genesys_cloud_survey_scale') | string %}
        {% if scale and not scalar("select " ~ matches_whole(text_literal(scale), '[0-9]+-[0-9]+')) %}
            {{ refuse('genesys_cloud_survey_scale', scale, 'empty or two whole numbers such as 0-100') }}
        {% endif %}
        {% for place in var('adapters').values() if not place %}
            {{ refuse('adapters', var('adapters'), 'the place of the data for each name') }}
        {% endfor %}
        {{ check_adapter_names() }}
        {{ check_tencent_variables() }}
        {{ check_chatwoot_variables() }}
        {% if var('adapters') and var('data_dir') %}
            {{ refuse('data_dir', var('data_dir'), 'empty where adapters give the rows') }}
        {% endif %}
        {% if var('raw_schema') and (var('data_dir') or var('adapters')) %}
            {{ refuse('raw_schema', var('raw_schema'), 'empty where files or adapters give the rows') }}
        {% endif %}
    {% endif %}
{% endmacro %}

{# Stops with what a variable is and what it must be. #}
{% macro refuse(name, value, expected) %}
    {% do exceptions.raise_compiler_error(
        "Variable " ~ name ~ " is '" ~ value ~ "' but must be " ~ expected ~ "."
    ) %}
{% endmacro %}

{# The only value of a query. #}
{% macro scalar(query) %}
    {% do return(run_query(query).columns[0].values()[0]) %}
{% endmacro %}

{# The first column of a query of what doesn't change in a run, asked once in it: on Spark a statement
   takes a part of a second. What all nodes of a run share is `graph`. #}
{% macro values_once(query) %}
    {% set answers = graph.setdefault('answers of ' ~ invocation_id, {}) %}
    {% if query not in answers %}
        {% do answers.update({query: run_query(query).columns[0].values() | list}) %}
    {% endif %}
    {% do return(answers[query]) %}
{% endmacro %}
