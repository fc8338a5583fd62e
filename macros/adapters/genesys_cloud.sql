{# What the records of Genesys Cloud say to its adapter. #}

{# The fields of all kinds of records that are read, for from_json. What a record lacks, or holds in
   another form, is NULL. #}
{% macro genesys_cloud_fields() %}
    {% set segment = {} %}
    {% for name in [
        'segmentStart', 'segmentEnd', 'segmentType', 'disconnectType', 'queueId', 'wrapUpCode',
    ] %}
        {% do segment.update({name: 'VARCHAR'}) %}
    {% endfor %}
    {% set session = {
        'metrics': [{'name': 'VARCHAR'}],
        'segments': [segment],
        'flow': {
            'exitReason': 'VARCHAR', 'transferType': 'VARCHAR',
            'outcomes': [{'flowOutcomeValue': 'VARCHAR'}],
        },
    } %}
    {% for name in [
        'sessionId', 'mediaType', 'messageType', 'direction', 'ani', 'dnis', 'remote', 'addressFrom',
        'addressTo', 'outboundCampaignId', 'callbackNumbers',
    ] %}
        {% do session.update({name: 'VARCHAR'}) %}
    {% endfor %}
    {% set participant = {'sessions': [session]} %}
    {% for name in [
        'participantId', 'participantName', 'purpose', 'userId', 'teamId', 'externalContactId',
    ] %}
        {% do participant.update({name: 'VARCHAR'}) %}
    {% endfor %}
    {% set survey = {} %}
    {% for name in [
        'surveyId', 'surveyStatus', 'surveyCompletedDate', 'eventTime', 'oSurveyTotalScore',
        'surveyPromoterScore', 'userId',
    ] %}
        {% do survey.update({name: 'VARCHAR'}) %}
    {% endfor %}
    {% set fields = {
        'divisionIds': ['VARCHAR'],
        'participants': [participant],
        'surveys': [survey],
        'primaryPresence': [
            {'startTime': 'VARCHAR', 'endTime': 'VARCHAR', 'systemPresence': 'VARCHAR'},
        ],
        'routingStatus': [
            {'startTime': 'VARCHAR', 'endTime': 'VARCHAR', 'routingStatus': 'VARCHAR'},
        ],
        'createdBy': {'id': 'VARCHAR'},
        'normalizedMessage': {'type': 'VARCHAR', 'originatingEntity': 'VARCHAR'},
        'division': {'id': 'VARCHAR', 'name': 'VARCHAR'},
        'detail': {'topicName': 'VARCHAR'},
    } %}
    {% for name in [
        'conversationId', 'conversationStart', 'conversationEnd', 'originatingDirection', 'userId',
        'id', 'name', 'selfUri', 'timestamp', 'direction', 'messengerType', 'totalHits', 'pageNumber',
        'cursor', 'dataAvailabilityDate',
    ] %}
        {% do fields.update({name: 'VARCHAR'}) %}
    {% endfor %}
    {% do return(tojson(fields)) %}
{% endmacro %}

{# The words of Genesys Cloud that the adapter knows, in small letters; any other goes to quarantine
   under its own name. #}
{% macro genesys_cloud_words(kind) %}
    {% do return({
        'purpose': [
            'acd', 'agent', 'api', 'botflow', 'campaign', 'customer', 'dialer', 'external', 'fax',
            'group', 'inbound', 'ivr', 'manual', 'outbound', 'station', 'user', 'voicemail',
            'voicesurveyflow', 'workflow',
        ],
        'segment': [
            'alert', 'barging', 'callback', 'coaching', 'contacting', 'converting', 'delay',
            'dialing', 'hold', 'interact', 'ivr', 'monitoring', 'parked', 'scheduled',
            'screenmonitoring', 'sharing', 'system', 'transmitting', 'unknown', 'uploading',
            'voicemail', 'wrapup',
        ],
        'handover': ['transfer', 'consulttransfer', 'conferencetransfer', 'forwardtransfer'],
        'hung up': ['client', 'endpoint'],
        'other end': [
            'dndendpoint', 'dndtransfer', 'endpointdnd', 'error', 'inactivity', 'noanswertransfer',
            'notavailabletransfer', 'other', 'sessionexpired', 'spam', 'system', 'takeover',
            'timeout', 'transferdnd', 'transportfailure', 'uncallable',
        ],
        'presence': [
            'available', 'away', 'busy', 'idle', 'on_queue', 'meal', 'training', 'meeting', 'break',
        ],
        'routing': ['off_queue', 'idle', 'interacting', 'not_responding', 'communicating'],
    }[kind]) %}
{% endmacro %}

{# The words of some kinds as a list of SQL. #}
{% macro genesys_cloud_list(kinds) -%}
    {%- set words = [] -%}
    {%- for kind in kinds -%}
        {%- do words.extend(genesys_cloud_words(kind)) -%}
    {%- endfor -%}
    ('{{ words | join("', '") }}')
{%- endmacro %}

{# Kinds of media that only go beside another one. #}
{% macro genesys_cloud_is_beside(media_type) -%}
    coalesce({{ media_type }}, '') in ('cobrowse', 'screenshare', 'screenmonitoring')
{%- endmacro %}

{# What says whether records of a kind were there; see adapter_tables. #}
{% macro genesys_cloud_has(kind) %}
    {% do return({'model': 'genesys_cloud_records', 'where': "kind = '" ~ kind ~ "'"}) %}
{% endmacro %}

{# What each participant did by one medium, as the newest details of each conversation have it. #}
{% macro genesys_cloud_sessions_of_participants(records, conversations) -%}
    select
        conversation_id,
        participant,
        participant_number,
        unnest(participant.sessions) as session,
        generate_subscripts(participant.sessions, 1) as session_number
    from (
        select
            conversation_id,
            unnest(participants) as participant,
            generate_subscripts(participants, 1) as participant_number
        from {{ records }}
        where
            kind = 'conversation'
            and record_id in (
                select newest.record_id
                from {{ conversations }} as newest
                where newest.conversation_id is not null
            )
    )
{%- endmacro %}
