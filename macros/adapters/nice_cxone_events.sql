{# The fields of the digital stream. The macro nice_cxone_user says by which of their ids users go. #}

{# Of an event (`event_data`, `digital_case`) what is of use, as columns. #}
{% macro nice_cxone_event_columns() -%}
    coalesce(
        nullif(digital_case['id'], ''), nullif(event_data['message']['contactnumber'], '')
    ) as case_id,
    nullif(digital_case['contactid'], '') as digital_contact_id,
    coalesce(
        nullif(digital_case['threadid'], ''), nullif(event_data['thread']['id'], ''),
        nullif(event_data['message']['threadid'], '')
    ) as thread_id,
    coalesce(
        nullif(event_data['brand']['tenantid'], ''), nullif(event_data['brand']['id'], '')
    ) as brand_company_id,
    nullif(event_data['brand']['friendlyname'], '') as company_name,
    nullif(event_data['brand']['timezone'], '') as time_zone,
    {{ nice_cxone_id("event_data['brand']['businessunitid']") }} as brand_unit_id,
    nullif(event_data['channel']['id'], '') as channel_id,
    nullif(event_data['channel']['name'], '') as channel_name,
    lower(event_data['channel']['realexternalplatformid']) as platform,
    coalesce(
        nullif(digital_case['authorenduseridentity']['id'], ''),
        nullif(digital_case['enduser']['id'], '')
    ) as customer_id,
    lower(nullif(digital_case['direction'], '')) as case_direction,
    coalesce(
        digital_case['createdatwithmilliseconds'], digital_case['createdat']
    ) as created_text,
    lower(nullif(digital_case['status'], '')) as case_status,
    coalesce(
        digital_case['abandon']['abandonedatwithmilliseconds'],
        digital_case['abandon']['abandonedat']
    ) as abandoned_text,
    nullif(event_data['routingqueue']['id'], '') as queue_id,
    nullif(event_data['routingqueue']['name'], '') as queue_name,
    {{ nice_cxone_id("event_data['routingqueue']['skillid']") }} as queue_skill_number,
    event_data['routingqueue']['aftercontactwork']['timerinmilliseconds'] as timer_milliseconds,
    event_data['agentcontact']['createdatwithmilliseconds'] as contact_started_text,
    event_data['agentcontact']['closedatwithmilliseconds'] as contact_ended_text,
    {{ nice_cxone_user("digital_case['inboxassigneeuser']") }} as case_agent_id,
    {{ nice_cxone_is_bot("digital_case['inboxassigneeuser']") }} as is_case_with_bot,
    {{ nice_cxone_user("event_data['agentcontact']['user']") }} as contact_agent_id,
    {{ nice_cxone_is_bot("event_data['agentcontact']['user']") }} as is_contact_of_bot,
    {{ nice_cxone_user("event_data['user']") }} as user_id,
    {{ nice_cxone_user("event_data['inboxassignee']") }} as assignee_id,
    {{ nice_cxone_is_bot("event_data['inboxassignee']") }} as is_assignee_bot,
    {{ nice_cxone_user("event_data['previousinboxassignee']") }} as former_assignee_id,
    {{ nice_cxone_is_bot("event_data['previousinboxassignee']") }} as is_former_assignee_bot,
    -- Some say it in capitals.
    case
        when
            kind = 'event'
            and event_data['message'] is not null
            and event_data['message']['id'] is null
            then json_extract_string(record, '$.data.message.ID')
        else event_data['message']['id']
    end as message_id,
    lower(nullif(event_data['message']['direction'], '')) as message_direction,
    nullif(event_data['message']['createdat'], '') as written_text,
    coalesce(
        {{ nice_cxone_user("event_data['message']['authoruser']") }},
        {{ nice_cxone_user("event_data['message']['user']") }}
    ) as author_id,
    coalesce(event_data['message']['authoruser'], event_data['message']['user'])['isbotuser']
    = 'true' as is_author_bot,
    coalesce(event_data['message']['authoruser'], event_data['message']['user'])['issurveyuser']
    = 'true' as is_author_survey,
    list_transform(
        event_data['message']['tags'], lambda tag: coalesce(nullif(tag['title'], ''), tag['id'])
    ) as tag_names,
    -- Whom the events show that begin an agent's part, and who writes.
    case
        when {{ nice_cxone_word("content['eventtype']") }} in (
            'agentcontactstarted', 'caseinboxassigneechanged', 'threadfocused'
        )
            then [
                event_data['user'], event_data['inboxassignee'],
                event_data['previousinboxassignee'], event_data['agentcontact']['user'],
                digital_case['inboxassigneeuser']
            ]
        when event_data['message']['authoruser'] is not null
            then [event_data['message']['authoruser']]
    end as users
{%- endmacro %}
