{#
The tables that each adapter fills, each with what decides whether it was measured, where that isn't
certain: the foreign table without which it can't be filled, the rows of a model, as
{'model', 'where'}, of which there must be one, a variable that must have a value, as {'var'},
or a macro that says so, as {'macro'}. What an adapter doesn't name, and what lacks its
input, is not measured.
#}
{% macro adapter_tables() %}
    {% do return({
        'amazon_connect': {
            'raw_sessions': none, 'raw_session_events': none,
            'raw_agent_events': {
                'model': 'amazon_connect_records',
                'where': 'is_agent_event and not is_unreadable',
            },
            'raw_companies': none, 'raw_agents': none,
            'raw_teams': none, 'raw_agent_teams': none, 'raw_skills': none,
            'raw_channels': none, 'raw_measured_events': none,
        },
        'asterisk': {
            'raw_sessions': none, 'raw_session_events': none, 'raw_agent_events': none,
            'raw_companies': none, 'raw_agents': none, 'raw_channels': none,
        },
        'bank_calls': {
            'raw_sessions': none, 'raw_session_events': none, 'raw_companies': none,
            'raw_agents': none, 'raw_channels': none,
        },
        'chatwoot': {
            'raw_sessions': none, 'raw_session_events': none, 'raw_messages': none,
            'raw_evaluations': 'csat_survey_responses', 'raw_tag_events': 'taggings',
            'raw_companies': 'accounts', 'raw_agents': none, 'raw_teams': 'teams',
            'raw_agent_teams': 'team_members', 'raw_skills': 'inboxes', 'raw_channels': 'inboxes',
            'raw_survey_requests': {'model': 'chatwoot_survey_requests', 'where': 'true'},
            'raw_calendars': 'working_hours', 'raw_calendar_hours': 'working_hours',
            'raw_calendar_assignments': 'working_hours', 'raw_sla_policies': 'sla_policies',
        },
        'tencent_ccc': {
            'raw_sessions': none, 'raw_session_events': none,
            'raw_messages': {'model': 'tencent_ccc_messages', 'where': 'true'},
            'raw_agent_events': {'model': 'tencent_ccc_states', 'where': 'true'},
            'raw_evaluations': {'var': 'tencent_scores'},
            'raw_companies': none, 'raw_agents': none, 'raw_skills': none, 'raw_channels': none,
            'raw_measured_events': none,
        },
        'tencent_desk': {
            'raw_sessions': none, 'raw_session_events': none,
            'raw_messages': {'macro': 'are_tencent_desk_messages_told'},
            'raw_agent_events': {'model': 'tencent_desk_statuses', 'where': 'true'},
            'raw_evaluations': none, 'raw_companies': none, 'raw_agents': none,
            'raw_skills': none, 'raw_channels': none,
        },
        'genesys_cloud': {
            'raw_sessions': none, 'raw_session_events': none,
            'raw_messages': genesys_cloud_has('message'), 'raw_agent_events': genesys_cloud_has('user'),
            'raw_evaluations': {
                'model': 'genesys_cloud_conversations', 'where': 'len(surveys) > 0',
            },
            'raw_companies': none, 'raw_agents': none, 'raw_teams': none, 'raw_skills': none,
            'raw_campaigns': none, 'raw_channels': none, 'raw_measured_events': none,
        },
        'nice_cxone': {
            'raw_sessions': none, 'raw_session_events': none,
            'raw_messages': nice_cxone_has('event'), 'raw_focus_events': nice_cxone_has('event'),
            'raw_tag_events': nice_cxone_has('event'),
            'raw_agent_events': nice_cxone_has('agent state'),
            'raw_companies': none, 'raw_agents': none, 'raw_teams': none, 'raw_agent_teams': none,
            'raw_skills': none, 'raw_campaigns': none, 'raw_channels': none,
            'raw_measured_events': none,
        },
        'twitter_support': {
            'raw_sessions': none, 'raw_session_events': none, 'raw_messages': none,
            'raw_companies': none, 'raw_agents': none, 'raw_teams': none,
            'raw_agent_teams': none, 'raw_channels': none,
        },
    }) %}
{% endmacro %}

{# Whether a table was measured; see adapter_tables. #}
{% macro has_input(adapter_name, input) %}
    {% if not execute or input is none %}
        {% do return(true) %}
    {% elif input is string %}
        {% do return(input in values_once(
            'select input from ' ~ source('raw', 'inputs_of_this_build')
            ~ " where feed = '" ~ adapter_name ~ "'"
        )) %}
    {% endif %}
    {% if input.var %}
        {% do return(var(input.var) | length > 0) %}
    {% elif input.macro %}
        {% do return(context[input.macro]()) %}
    {% endif %}
    {% set rows = load_relation(relation_of_adapters(input.model)) %}
    {# Where nothing is built, as when lint compiles, everything may be there. #}
    {% if rows is none %}
        {% do return(true) %}
    {% endif %}
    {% do return(scalar('select count(*) > 0 from ' ~ rows ~ ' where ' ~ input.where)) %}
{% endmacro %}

{# A model of an adapter, for what can't refer to it: see dbt_project.yml. #}
{% macro relation_of_adapters(name) %}
    {% if not (var('pseudonymise') or var('has_erased')) %}
        {% do return(relation_in('adapters', name)) %}
    {% endif %}
    {% do return(api.Relation.create(
        database=source('raw', 'remarks').database, identifier=name,
        schema=(schema_prefix() | trim) ~ 'adapters'
    )) %}
{% endmacro %}

{# False where a model that is built already has no such rows; true where that isn't known. #}
{% macro has_adapter_rows(model_name, condition='true') %}
    {% set relation = relation_of_adapters(model_name) %}
    {% if not execute or model.resource_type == 'unit_test' or load_relation(relation) is none %}
        {% do return(true) %}
    {% endif %}
    {% do return(scalar(
        'select exists (select 1 from ' ~ relation ~ ' where ' ~ condition ~ ')'
    )) %}
{% endmacro %}
