{# The contract's reference tables; see contract. #}
{% macro reference_tables() %}
    {% do return({
        'raw_companies': {
            'key': ['company_id'],
            'columns': {'company_id': 'text', 'company_name': 'text', 'time_zone': 'time_zone'},
        },
        'raw_agents': {
            'key': ['agent_id'],
            'columns': {'agent_id': 'text', 'agent_name': 'text', 'company_id': 'text'},
        },
        'raw_teams': {
            'key': ['team_id'],
            'columns': {'team_id': 'text', 'team_name': 'text', 'company_id': 'text'},
        },
        'raw_agent_teams': {
            'key': ['agent_id', 'valid_from'],
            'columns': {
                'agent_id': 'text', 'team_id': 'text', 'valid_from': 'timestamp',
                'valid_to': 'timestamp',
            },
        },
        'raw_skills': {
            'key': ['skill_id'],
            'columns': {'skill_id': 'text', 'skill_name': 'text', 'campaign_id': 'text'},
        },
        'raw_campaigns': {
            'key': ['campaign_id'],
            'columns': {'campaign_id': 'text', 'campaign_name': 'text'},
        },
        'raw_channels': {
            'key': ['channel_id'],
            'columns': {
                'channel_id': 'text', 'channel_name': 'text', 'media_type': 'text',
                'is_digital': 'boolean',
            },
        },
        'raw_skill_targets': {
            'key': ['skill_id', 'valid_from'],
            'columns': {
                'skill_id': 'text', 'valid_from': 'timestamp', 'service_level_seconds': 'integer',
                'short_abandon_seconds': 'integer',
            },
        },
        'raw_measured_events': {
            'key': ['event_group'], 'is_of_feed': true,
            'columns': {
                'event_group': {'enum': ['offer', 'hold', 'wrap_up', 'pending', 'bot']},
                'measured_from': 'timestamp',
            },
        },
    }) %}
{% endmacro %}
