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
        'raw_calendars': {
            'key': ['calendar_id'],
            'columns': {'calendar_id': 'text', 'time_zone': 'time_zone'},
        },
        'raw_calendar_hours': {
            'key': ['calendar_id', 'iso_day_of_week', 'opens_at', 'valid_from'],
            'columns': {
                'calendar_id': 'text', 'iso_day_of_week': {'whole': [1, 7]},
                'opens_at': 'local_time', 'closes_at': 'local_time', 'valid_from': 'local_date',
                'valid_to': 'local_date',
            },
            'required': {'true': ['closes_at']},
        },
        'raw_calendar_exceptions': {
            'key': ['calendar_id', 'date', 'opens_at'],
            'columns': {
                'calendar_id': 'text', 'date': 'local_date', 'opens_at': 'local_time',
                'closes_at': 'local_time',
            },
            'required': {'true': ['closes_at']},
        },
        'raw_calendar_assignments': {
            'key': ['subject', 'subject_id', 'valid_from'],
            'columns': {
                'subject': {'enum': ['company', 'channel', 'skill']}, 'subject_id': 'text',
                'valid_from': 'timestamp', 'calendar_id': 'text',
            },
        },
        'raw_sla_policies': {
            'key': ['policy_id', 'valid_from'],
            'columns': {
                'policy_id': 'text', 'valid_from': 'timestamp', 'valid_to': 'timestamp',
                'company_id': 'text', 'skill_id': 'text', 'channel_id': 'text',
                'priority': 'text',
                'metric': {'enum': ['first_response', 'next_response', 'resolution']},
                'target_seconds': {'whole': [0, 3155760000]},
                'clock': {'enum': ['calendar', 'always']}, 'pauses_when_pending': 'boolean',
            },
            'required': {'true': ['metric', 'target_seconds', 'clock']},
        },
    }) %}
{% endmacro %}
