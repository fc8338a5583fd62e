{#
The raw event contract, in the one place where the project reads it.

For each table:
    key           columns that identify a row
    time          when the row happened (event tables and sessions only)
    references    ids without which the row says nothing
    session_rows  true where session_id must name an accepted session
    refused_while_closed
                  true where no row may lie between its session's close and reopening; of session
                  events only acceptances may not, which checked_session_events sees to
    columns       name -> type, in the order of the contract. A type is text, timestamp,
                  integer, boolean, time_zone, local_time (HH:MM), local_date (YYYY-MM-DD),
                  {enum: [...]}, {whole: [low, high]} (whole numbers, any other a bad_value) or
                  {range: [low, high]} (whole numbers, others out_of_range; SQL over parsed)
    required      columns that must hold a value; a mapping of a condition to columns where only
                  some rows need them
    words         condition -> {column: [words]}: what a text may say in the rows that meet it;
                  elsewhere it may say anything
    is_of_feed    true where each feed has keys of its own

Every table may also carry ingested_at (timestamp). docs/event_contract.md explains it to people.
#}
{% macro contract() %}
    {% set tables = event_tables() %}
    {% do tables.update(reference_tables()) %}
    {% do return(tables) %}
{% endmacro %}

{# The contract's tables of sessions and events; see contract. #}
{% macro event_tables() %}
    {% set sides = {'enum': ['customer', 'agent', 'bot', 'system']} %}
    {% do return({
        'raw_sessions': {
            'key': ['session_id'], 'time': 'started_at', 'references': [],
            'columns': {
                'session_id': 'text', 'company_id': 'text', 'customer_id': 'text',
                'channel_id': 'text', 'direction': {'enum': ['inbound', 'outbound']},
                'contact_type': 'text', 'campaign_id': 'text',
                'initiated_by': {'enum': ['customer', 'agent', 'system']},
                'started_at': 'timestamp', 'priority': 'text', 'topic': 'text',
            },
        },
        'raw_session_events': {
            'key': ['event_id'], 'time': 'occurred_at', 'references': ['session_id'],
            'session_rows': true,
            'columns': {
                'event_id': 'text', 'session_id': 'text', 'occurred_at': 'timestamp',
                'event_seq': 'integer',
                'event_type': {'enum': [
                    'queued', 'accepted', 'transferred', 'released', 'abandoned', 'closed',
                    'reopened', 'disposition_set', 'dequeued', 'offered', 'offer_ended', 'held',
                    'resumed', 'wrap_up_started', 'wrap_up_ended', 'pended', 'unpended',
                    'bot_started', 'bot_ended',
                ]},
                'actor_type': sides, 'agent_id': 'text', 'skill_id': 'text',
                'to_agent_id': 'text', 'to_skill_id': 'text', 'disposition': 'text',
                'reason': 'text', 'outcome': 'text', 'team_id': 'text',
            },
            'required': {
                'true': ['event_type'],
                "event_type in ('accepted', 'offered')": ['agent_id'],
                "event_type = 'disposition_set'": ['agent_id', 'disposition'],
                "event_type = 'offer_ended'": ['agent_id', 'outcome'],
            },
            'words': {
                "event_type = 'offer_ended'": {'outcome': ['declined', 'missed', 'withdrawn']},
                "event_type = 'bot_ended'": {
                    'outcome': ['resolved', 'handed_off', 'abandoned', 'failed'],
                },
            },
        },
        'raw_messages': {
            'key': ['message_id'], 'time': 'sent_at', 'references': ['session_id'],
            'session_rows': true, 'refused_while_closed': true,
            'columns': {
                'message_id': 'text', 'session_id': 'text', 'sent_at': 'timestamp',
                'message_seq': 'integer', 'sender_type': sides, 'sender_id': 'text',
                'origin': {'enum': ['human', 'auto_reply', 'campaign']},
                'visibility': {'enum': ['public', 'internal']},
            },
            'required': {'true': ['sender_type']},
        },
        'raw_agent_events': {
            'key': ['event_id'], 'time': 'occurred_at', 'references': ['agent_id'],
            'columns': {
                'event_id': 'text', 'agent_id': 'text', 'occurred_at': 'timestamp',
                'event_seq': 'integer', 'device_id': 'text',
                'event_type': {'enum': ['login', 'state', 'logout']},
                'state': {'enum': ['idle', 'busy', 'break']}, 'reason': 'text',
            },
            'required': {'true': ['event_type'], "event_type = 'state'": ['state']},
        },
        'raw_focus_events': {
            'key': ['event_id'], 'time': 'occurred_at', 'references': ['session_id', 'agent_id'],
            'session_rows': true,
            'columns': {
                'event_id': 'text', 'session_id': 'text', 'agent_id': 'text',
                'occurred_at': 'timestamp', 'event_type': {'enum': ['focus', 'blur']},
            },
            'required': {'true': ['event_type']},
        },
        'raw_evaluations': {
            'key': ['evaluation_id'], 'time': 'submitted_at', 'references': ['session_id'],
            'session_rows': true,
            'columns': {
                'evaluation_id': 'text', 'session_id': 'text', 'agent_id': 'text',
                'score': {'range': [
                    lowest_score('parsed.typed_'), highest_score('parsed.typed_'),
                ]},
                'submitted_at': 'timestamp', 'kind': {'enum': kinds_of_evaluations()},
                'scale_min': 'integer', 'scale_max': 'integer', 'request_id': 'text',
            },
            'required': {'true': ['score']},
        },
        'raw_tag_events': {
            'key': ['event_id'], 'time': 'occurred_at', 'references': ['session_id'],
            'session_rows': true,
            'columns': {
                'event_id': 'text', 'session_id': 'text', 'message_id': 'text',
                'agent_id': 'text', 'tag_name': 'text',
                'event_type': {'enum': ['attached', 'detached']}, 'occurred_at': 'timestamp',
            },
            'required': {'true': ['event_type', 'tag_name']},
        },
        'raw_survey_requests': {
            'key': ['request_id'], 'time': 'sent_at', 'references': ['session_id'],
            'session_rows': true,
            'columns': {
                'request_id': 'text', 'session_id': 'text', 'agent_id': 'text',
                'kind': {'enum': kinds_of_evaluations()}, 'sent_at': 'timestamp',
            },
        },
    }) %}
{% endmacro %}

{# Without these two there is nothing to compute; every other table may be absent. #}
{% macro required_tables() %}
    {% do return(['raw_sessions', 'raw_session_events']) %}
{% endmacro %}

{# The contract's columns of a table with their types, ingested_at included. #}
{% macro contract_columns(table_name) %}
    {% set columns = {} %}
    {% do columns.update(contract()[table_name]['columns']) %}
    {% do columns.update({'ingested_at': 'timestamp'}) %}
    {% do return(columns) %}
{% endmacro %}
