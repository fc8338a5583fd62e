-- The events of the digital stream, each once, with the session that each is of. Some name the case
-- by `case`, some by `contact`; what names only its thread, or only the case's number, is of the
-- case that other events show with it.
{{ config(materialized='table') }}

with newest as (
    select min(record_id) as record_id
    from {{ ref('nice_cxone_records') }}
    where kind = 'event'
    group by coalesce(eventid, cast(content_hash as varchar))
),

events as (
    select
        eventid as event_id,
        {{ nice_cxone_word('eventtype') }} as event_type,
        eventtype as event_name,
        received_at,
        coalesce(createdatwithmilliseconds, createdat) as occurred_text,
        {{ utc_timestamp('coalesce(createdatwithmilliseconds, createdat)') }} as occurred_at,
        digital_contact_id as contact_id,
        case_id,
        thread_id,
        brand_company_id as company_id,
        company_name,
        time_zone,
        brand_unit_id as business_unit_id,
        channel_id,
        channel_name,
        platform,
        customer_id,
        case_direction as direction,
        created_text,
        case_status as status,
        abandoned_text,
        queue_id,
        queue_name,
        queue_skill_number as skill_number,
        timer_milliseconds,
        contact_started_text,
        contact_ended_text,
        case_agent_id,
        is_case_with_bot,
        contact_agent_id,
        is_contact_of_bot,
        user_id,
        assignee_id,
        is_assignee_bot,
        former_assignee_id,
        is_former_assignee_bot,
        message_id,
        message_direction,
        written_text,
        author_id,
        is_author_bot,
        is_author_survey,
        tag_names
    from {{ ref('nice_cxone_records') }}
    where
        kind = 'event'
        and record_id in (select newest.record_id from newest)
),

cases as (
    select
        case_id,
        max(contact_id) as contact_id
    from events
    where case_id is not null and contact_id is not null
    group by case_id
),

-- Which case of a thread an event without one is of: the last that was shown before.
threads as (
    select
        thread_id,
        coalesce(contact_id, case_id) as shown_id,
        occurred_at
    from events
    where
        thread_id is not null
        and coalesce(contact_id, case_id) is not null
        and event_type in ('casecreated', 'agentcontactstarted', 'caseinboxassigneechanged')
        and occurred_at is not null
),

placed as (
    select
        events.event_id,
        max_by(threads.shown_id, (threads.occurred_at, threads.shown_id)) as shown_id
    from events
    inner join threads
        on events.thread_id = threads.thread_id
        and events.occurred_at >= threads.occurred_at
    where events.contact_id is null and events.case_id is null
    group by events.event_id
)

select
    events.*,
    coalesce(events.contact_id, cases.contact_id, events.case_id, placed.shown_id) as session_id
from events
left join cases on events.case_id = cases.case_id
left join placed on events.event_id = placed.event_id
