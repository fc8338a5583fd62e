{{ config(materialized='incremental', meta={'rebuilt_by': 'session_id'}) }}

-- What the digital marts sum, on one day each: an agent contact, on the day of its acceptance, and
-- a close, on its own day. Of voice only what the response rate needs is known here; channels that
-- are neither digital nor voice are left out.
with contacts as (
    select * from {{ of_touched_sessions(ref('fct_agent_contacts'), 'session_id') }}
    where is_digital or is_voice
),

accepted as (
    -- Without what no digital figure is made of: these are the rows that are read most.
    select
        * exclude (
            agent_contact_id, customer_id, ended_by, is_transferred_out, is_transferred_in,
            contact_number, accepted_at, ended_at, accepted_date, customer_message_count,
            response_seconds
        ),
        accepted_date as date_day,
        true as is_acceptance
    from contacts
),

closed as (
    select
        contacts.session_id,
        contacts.company_id,
        contacts.agent_id,
        contacts.team_id,
        contacts.skill_id,
        contacts.campaign_id,
        contacts.channel_id,
        contacts.disposition,
        contacts.direction,
        contacts.contact_type,
        contacts.is_digital,
        contacts.is_voice,
        contacts.is_messages_measured,
        contacts.is_focus_measured,
        false as is_acceptance,
        true as is_close,
        closes.is_final,
        closes.closed_date as date_day,
        closes.resolution_seconds
    from {{ of_touched_sessions(ref('fct_session_closes'), 'session_id') }} as closes
    inner join contacts
        on closes.agent_contact_id = contacts.agent_contact_id
    where contacts.is_digital
)

select * from accepted
union all by name
select * from closed
