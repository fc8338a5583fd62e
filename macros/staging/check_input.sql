{# What the project's intake says of the input: before a build why there can't be one, after it what
   is to be known. #}

{#
Stops with a message where intake didn't read what this build asks for: the files are broken, or
the profile doesn't name its plugin.
#}
{% macro check_input() %}
    {% if execute and flags.WHICH in ('build', 'run') and (var('data_dir') or var('adapters')) %}
        {% set places, problem = said_of_input('places'), said_of_input('problem') %}
        {% if not places or fromjson(places[0]) != {
            'data_dir': var('data_dir') | string, 'adapters': var('adapters'),
        } %}
            {{ exceptions.raise_compiler_error(no_intake()) }}
        {% elif problem %}
            {{ exceptions.raise_compiler_error(problem[0]) }}
        {% endif %}
    {% endif %}
{% endmacro %}

{# What intake said of a kind: places, problem or remark. #}
{% macro said_of_input(kind) %}
    {% set remarks = load_relation(source('raw', 'remarks')) %}
    {% if remarks is none %}
        {% do return([]) %}
    {% endif %}
    {% do return(run_query(
        'select message from ' ~ remarks ~ " where kind = '" ~ kind ~ "' order by position"
    ).columns[0].values() | list) %}
{% endmacro %}

{# Why no files can be read here. #}
{% macro no_intake() %}
    {% do return(
        "Files can't be read here: the profile doesn't name the plugin contact_center.intake.plugin"
        ~ " (docs/package.md). Without it the demo and relations of yours (variable raw_schema)"
        ~ " can be built."
        if target.type == 'duckdb' else
        "The files weren't read for this build. Run python -m contact_center.intake with the same"
        ~ " variables first: docs/scaling.md."
    ) %}
{% endmacro %}

{# What is to be said about the input, after a build. #}
{% macro report_input() %}
    {% if execute and flags.WHICH in ('build', 'run') and (var('data_dir') or var('adapters')) %}
        {% for message in said_of_input('remark') %}
            {% do exceptions.warn(message) %}
        {% endfor %}
        {# Where the views are in the warehouse itself they would be dead when the files are gone. #}
        {% if target.type == 'spark' %}
            {% do run_query(
                'drop schema if exists ' ~ source('raw', 'remarks').schema ~ ' cascade'
            ) %}
        {% endif %}
    {% endif %}
{% endmacro %}
