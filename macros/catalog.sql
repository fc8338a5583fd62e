{#
The catalogues are made of the YAML that documents the public columns, so they can't drift from it.
Every column of a mart carries config.meta: label_en, label_zh and unit; a column that is an
indicator also id, source, formula, date_basis, better, channels, filters (but for the digital
marts: digital_filters) and, where the source text has one, known_fault; name_en, name_zh and columns
where it is more than that one column.
#}

{# [{relation, position, column_name, data_type, description, meta}] of every public model. #}
{% macro public_columns() %}
    {% set columns = [] %}
    {% if execute %}
        {% set models = graph.nodes.values()
            | selectattr('resource_type', 'equalto', 'model')
            | selectattr('package_name', 'in', ['contact_center', project_name])
            | selectattr('access', 'equalto', 'public') | sort(attribute='name') %}
        {% for model in models %}
            {% for column in model.columns.values() %}
                {% do columns.append({
                    'package': model.package_name,
                    'relation': model.name,
                    'position': loop.index,
                    'column_name': column.name,
                    'data_type': column.data_type,
                    'description': column.description,
                    'meta': column.config.meta,
                }) %}
            {% endfor %}
        {% endfor %}
    {% endif %}
    {% do return(columns) %}
{% endmacro %}

{# The columns that are an indicator, each once: of the marts of a family the daily one has it. A project
   that has this one as a package has families of its own. #}
{% macro indicator_columns() %}
    {% set indicators = [] %}
    {% set of_families = [
        'session_analysis_daily', 'agent_analysis_daily', 'digital_metrics_daily',
        'tag_metrics_daily', 'queue_metrics_daily', 'contact_metrics_daily', 'agent_activity_daily',
        'sla_metrics_daily', 'backlog_daily', 'resolution_metrics_daily', 'transfers_daily',
        'bot_metrics_daily', 'survey_metrics_daily', 'survey_requests_daily',
    ] %}
    {% for column in public_columns() if column.meta.id
        and (column.package != 'contact_center' or column.relation in of_families) %}
        {% do indicators.append(column) %}
    {% endfor %}
    {% do return(indicators) %}
{% endmacro %}
