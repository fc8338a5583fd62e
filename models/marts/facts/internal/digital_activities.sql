{{ config(
    materialized='incremental',
    meta={'touched_by': 'session_id', 'day': 'date_day', 'touches': ['agent_id']},
) }}

-- What the digital marts sum, on one day each: an agent contact, on the day of its acceptance, and
-- a close, on its own day. Of voice only what the response rate needs is known here; channels that
-- are neither digital nor voice are left out.
{%- set of_both = [
    'session_id', 'company_id', 'agent_id', 'team_id', 'skill_id', 'campaign_id', 'channel_id',
    'disposition', 'direction', 'contact_type', 'is_digital', 'is_voice', 'is_messages_measured',
    'is_focus_measured',
] %}
{#- Without what no digital figure is made of: these are the rows that are read most. -#}
{%- set of_contacts = [
    'is_ended', 'contact_seconds', 'first_response_seconds', 'agent_message_count',
    'agent_response_count', 'customer_response_count', 'follow_on_response_seconds',
    'focus_count', 'focus_seconds', 'business_first_response_seconds', 'business_response_count',
    'business_response_seconds',
] %}
with contacts as (
    select * from {{ built_rows(ref('agent_contact_facts')) }}
    where is_digital or is_voice
),

accepted as (
    select
        {{ (of_both + of_contacts) | join(',\n        ') }},
        accepted_date as date_day,
        true as is_acceptance
    from contacts
),

closed as (
    select
        contacts.{{ of_both | join(',\n        contacts.') }},
        false as is_acceptance,
        true as is_close,
        closes.is_final,
        closes.closed_date as date_day,
        closes.resolution_seconds,
        closes.business_resolution_seconds
    from {{ built_rows(ref('fct_session_closes')) }} as closes
    inner join contacts
        on closes.agent_contact_id = contacts.agent_contact_id
    where contacts.is_digital
)
{{ union_by_name({
    'accepted': of_both + of_contacts + ['date_day', 'is_acceptance'],
    'closed': of_both + ['date_day', 'is_acceptance', 'is_close', 'is_final', 'resolution_seconds',
        'business_resolution_seconds'],
}) }}
