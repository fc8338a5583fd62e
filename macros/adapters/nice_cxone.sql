{# Which fields of the records of NICE CXone are read. #}

{# The fields of all kinds of records, for from_json. What a record lacks, or holds in another form, is
   NULL. #}
{% macro nice_cxone_fields() %}
    {% set user = {} %}
    {% for name in [
        'id', 'incontactId', 'agentId', 'firstName', 'surname', 'isBotUser', 'isSurveyUser',
    ] %}
        {% do user.update({name: 'VARCHAR'}) %}
    {% endfor %}
    {% set case = {
        'inboxAssigneeUser': user, 'authorEndUserIdentity': {'id': 'VARCHAR'},
        'endUser': {'id': 'VARCHAR'},
        'abandon': {'abandonedAt': 'VARCHAR', 'abandonedAtWithMilliseconds': 'VARCHAR'},
    } %}
    {% for name in [
        'id', 'threadId', 'contactId', 'status', 'direction', 'createdAt',
        'createdAtWithMilliseconds',
    ] %}
        {% do case.update({name: 'VARCHAR'}) %}
    {% endfor %}
    {% set fields = {'data': {
        'brand': {
            'id': 'VARCHAR', 'tenantId': 'VARCHAR', 'businessUnitId': 'VARCHAR',
            'timezone': 'VARCHAR', 'friendlyName': 'VARCHAR',
        },
        'channel': {
            'id': 'VARCHAR', 'name': 'VARCHAR', 'realExternalPlatformId': 'VARCHAR',
            'mediaType': 'VARCHAR',
        },
        'case': case,
        'contact': case,
        'routingQueue': {
            'id': 'VARCHAR', 'name': 'VARCHAR', 'skillId': 'VARCHAR',
            'afterContactWork': {'timerInMilliseconds': 'VARCHAR'},
        },
        'user': user,
        'inboxAssignee': user,
        'previousInboxAssignee': user,
        'agentContact': {
            'user': user, 'createdAt': 'VARCHAR', 'createdAtWithMilliseconds': 'VARCHAR',
            'closedAt': 'VARCHAR', 'closedAtWithMilliseconds': 'VARCHAR',
        },
        'thread': {'id': 'VARCHAR'},
        'message': {
            'id': 'VARCHAR', 'createdAt': 'VARCHAR', 'direction': 'VARCHAR',
            'authorUser': user, 'user': user, 'contactNumber': 'VARCHAR',
            'threadId': 'VARCHAR', 'tags': [{'id': 'VARCHAR', 'title': 'VARCHAR'}],
        },
    }} %}
    {% for name in nice_cxone_texts() %}
        {% do fields.update({name: 'VARCHAR'}) %}
    {% endfor %}
    {% do return(tojson(fields)) %}
{% endmacro %}

{# The fields that stand at the top of a record. #}
{% macro nice_cxone_texts() %}
    {% do return([
        'eventId', 'eventType', 'createdAt', 'createdAtWithMilliseconds',
        'contactId', 'masterContactId', 'contactStartDate', 'contactStart', 'lastUpdateTime',
        'dateContactWarehoused', 'businessUnitId', 'agentId', 'teamId', 'teamName', 'skillId',
        'skillName', 'campaignId', 'campaignName', 'firstName', 'lastName', 'mediaTypeId',
        'mediaType', 'mediaTypeName', 'mediaSubTypeName', 'isOutbound', 'preQueueSeconds',
        'inQueueSeconds', 'agentSeconds', 'holdSeconds', 'acwSeconds', 'totalDurationSeconds',
        'abandoned', 'transferIndicatorName', 'primaryDispositionId', 'endReason', 'fromAddress',
        'fromAddr', 'toAddress', 'toAddr', 'stateIndex', 'contactStateId', 'contactStateName',
        'startDate', 'duration', 'agentStateId', 'agentStateName', 'agentSessionId',
        'outStateDescription', 'dispositionId', 'dispositionName', 'userId', 'totalRecords',
        'lastPollTime',
    ]) %}
{% endmacro %}

{# A user of the stream by one id of the four: NICE's own, else the number of Digital Experience. #}
{% macro nice_cxone_user(user) -%}
    coalesce(nullif({{ user }}['incontactid'], ''), nullif({{ user }}['id'], ''))
{%- endmacro %}

{# True of a user of the stream who is no person: a bot, or who asks for opinions. #}
{% macro nice_cxone_is_bot(user) -%}
    coalesce({{ user }}['isbotuser'] = 'true' or {{ user }}['issurveyuser'] = 'true', false)
{%- endmacro %}

{# Both names of a person as one; NULL for none. #}
{% macro nice_cxone_name(first, last) -%}
    nullif(trim(concat_ws(' ', {{ first }}, {{ last }})), '')
{%- endmacro %}

{# A duration, ISO 8601 (PT5M16.976S, P1DT19H18M29.651S) or a number of seconds, as an interval. #}
{% macro nice_cxone_duration(text) -%}
    {%- set parts = [] -%}
    {%- for letter, seconds in [('D', 86400), ('H', 3600), ('M', 60), ('S', 1)] -%}
        {%- do parts.append(
            seconds ~ " * coalesce(try_cast(regexp_extract(" ~ text
            ~ ", '" ~ ('T.*?' if letter in 'MHS' else 'P') ~ "([0-9.]+)" ~ letter
            ~ "', 1) as double), 0)"
        ) -%}
    {%- endfor -%}
    case
            when {{ text }} similar to 'P([0-9.]+D)?(T([0-9.]+H)?([0-9.]+M)?([0-9.]+S)?)?'
                then to_microseconds(cast(round(1000000 * ({{ parts | join(' + ') }})) as bigint))
            else {{ said_seconds(text) }}
        end
{%- endmacro %}

{# An id of the reporting interface, where 0 means none. #}
{% macro nice_cxone_id(text) -%}
    nullif(nullif(regexp_replace({{ text }}, '[.]0+$', ''), '0'), '')
{%- endmacro %}

{# The channel of a contact of the reporting interface: its kind of media, of a digital one the kind below
   it. NICE numbers them too. #}
{% macro nice_cxone_channel(media, sub_media) -%}
    case {{ nice_cxone_word(media) }}
            when 'digital' then coalesce({{ nice_cxone_word(sub_media) }}, 'digital')
            when '1' then 'email'
            when '3' then 'chat'
            when '4' then 'phone'
            when '5' then 'voicemail'
            when '6' then 'workitem'
            when '8' then 'social'
            when '9' then 'digital'
            when 'call' then 'phone'
            when 'phonecall' then 'phone'
            else {{ nice_cxone_word(media) }}
        end
{%- endmacro %}

{# What says whether records of a kind were there; see adapter_tables. #}
{% macro nice_cxone_has(kind) %}
    {% do return({'model': 'nice_cxone_records', 'where': "kind = '" ~ kind ~ "'"}) %}
{% endmacro %}
