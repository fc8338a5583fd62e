{# Which fields of the records of Amazon Connect are read. #}

{# The fields of both kinds of records that are read, for from_json. What a record lacks, or holds in
   another form, is NULL. #}
{% macro amazon_connect_fields() %}
    {% set levels = {} %}
    {% for level in range(1, 6) %}
        {% do levels.update({
            'Level' ~ level: {'ARN': 'VARCHAR', 'GroupName': 'VARCHAR', 'Name': 'VARCHAR'}
        }) %}
    {% endfor %}
    {% set fields = {} %}
    {% for name in [
        'InstanceARN', 'ContactId', 'InitialContactId', 'PreviousContactId', 'NextContactId',
        'Channel', 'InitiationMethod', 'InitiationTimestamp', 'DisconnectTimestamp',
        'DisconnectReason', 'LastUpdateTimestamp', 'CustomerId', 'EventId', 'EventType',
        'EventTimestamp', 'AgentARN', 'TransferCompletedTimestamp', 'ScheduledTimestamp',
    ] %}
        {% do fields.update({name: 'VARCHAR'}) %}
    {% endfor %}
    {% do fields.update({
        'SegmentAttributes': {'connect:Direction': {'ValueString': 'VARCHAR'}},
        'CustomerEndpoint': {'Address': 'VARCHAR'},
        'TransferredToEndpoint': {'Address': 'VARCHAR'},
        'Campaign': {'CampaignId': 'VARCHAR'},
        'Queue': {
            'ARN': 'VARCHAR', 'Name': 'VARCHAR', 'EnqueueTimestamp': 'VARCHAR',
            'DequeueTimestamp': 'VARCHAR',
        },
        'Agent': {
            'ARN': 'VARCHAR', 'Username': 'VARCHAR', 'ConnectedToAgentTimestamp': 'VARCHAR',
            'AgentInteractionDuration': 'VARCHAR', 'CustomerHoldDuration': 'VARCHAR',
            'AfterContactWorkStartTimestamp': 'VARCHAR',
            'AfterContactWorkEndTimestamp': 'VARCHAR', 'AfterContactWorkDuration': 'VARCHAR',
            'HierarchyGroups': levels,
        },
        'CurrentAgentSnapshot': {
            'AgentStatus': {'Name': 'VARCHAR', 'Type': 'VARCHAR', 'StartTimestamp': 'VARCHAR'},
            'Contacts': [{
                'ContactId': 'VARCHAR', 'State': 'VARCHAR', 'StateStartTimestamp': 'VARCHAR',
                'InitiationMethod': 'VARCHAR',
            }],
            'Configuration': {'Username': 'VARCHAR', 'AgentHierarchyGroups': levels},
        },
    }) %}
    {% do return(tojson(fields)) %}
{% endmacro %}
