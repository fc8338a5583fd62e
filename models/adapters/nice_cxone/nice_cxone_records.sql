-- One row a record of the files, with the fields that are of use. The kinds are told apart by what
-- they hold. `fault` is what the build reports of a row.
{{ config(materialized='table', post_hook='{{ report_json_records("nice_cxone") }}') }}
{%- set texts = nice_cxone_texts() %}
{%- set lists = [
    'completedContacts', 'contactStateHistory', 'agentStateHistory', 'agents', 'dispositions',
    'resultSet.completedContacts', 'resultSet.contactStateHistory', 'resultSet.agentStateHistory',
    'resultSet.agents', 'resultSet.dispositions',
] %}

with records as (
    {{ json_records(
        source('raw_nice_cxone', 'documents'), lists,
        {
            'answer_unit_id': 'businessUnitId', 'answer_agent_id': 'agentId',
            'set_unit_id': 'resultSet.businessUnitId', 'set_agent_id': 'resultSet.agentId',
        }
    ) }}
),

objects as (
    select
        *,
        case
            when json_type(record) = 'OBJECT' then from_json(record, '{{ nice_cxone_fields() }}')
        end as content
    from records
),

parsed as (
    select
        *,
        content['data'] as event_data,
        coalesce(content['data']['case'], content['data']['contact']) as digital_case
    from objects
),

told as (
    select
        *,
        case
            when
                content['eventid'] is not null
                or (content['eventtype'] is not null and content['data'] is not null)
                then 'event'
            when coalesce(content['agentstatename'], content['agentstateid']) is not null
                then 'agent state'
            when
                coalesce(content['contactstatename'], content['contactstateid']) is not null
                and content['contactstartdate'] is null
                then 'contact state'
            when
                coalesce(
                    content['contactstartdate'], content['contactstart'],
                    content['totaldurationseconds']
                ) is not null
                then 'contact'
            when coalesce(content['dispositionname'], content['dispositionid']) is not null
                then 'disposition'
            when
                content['agentid'] is not null
                and coalesce(content['firstname'], content['userid']) is not null
                then 'agent'
            -- Not an answer whose list has a name that isn't read here.
            when
                coalesce(content['totalrecords'], content['lastpolltime']) is not null
                and not list_bool_or(
                    list_transform(
                        json_extract(record, '$.*'), lambda value: json_array_length(value) > 0
                    )
                )
                then 'empty answer'
        end as kind
    from parsed
)

select
    uuid() as record_id,
    file,
    received_at,
    kind,
    case
        when content is null then 'is no whole JSON object'
        when kind is null then 'is neither an event, a contact, a state, an agent nor a disposition'
    end as fault,
    case when kind is null then left(cast(record as varchar), 1000) end as record,
    hash(cast(record as varchar)) as content_hash,
    coalesce(nullif(content['businessunitid'], ''), answer_unit_id, set_unit_id)
        as business_unit_id,
    {%- for name in texts if name not in ('businessUnitId', 'acwSeconds', 'agentId') %}
    nullif(content['{{ name | lower }}'], '') as {{ name | lower }},
    {%- endfor %}
    coalesce(nullif(content['agentid'], ''), answer_agent_id, set_agent_id) as agentid,
    -- Versions of the interface spell it in either way.
    case
        when kind = 'contact'
            then coalesce(content['acwseconds'], json_extract_string(record, '$.ACWSeconds'))
    end as acwseconds,
    {{ nice_cxone_event_columns() }}
from told
