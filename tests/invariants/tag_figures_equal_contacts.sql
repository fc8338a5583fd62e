-- The digital figures of a tag are those of the contacts and closes of the sessions that have it.
with session_tags as (
    select distinct
        session_id,
        tag_name
    from {{ ref('fct_tag_attachments') }}
),

contacts as (
    select *
    from {{ built_rows(ref('fct_agent_contacts'), ['digital_activities'], 'accepted_date') }}
),

contact_figures as (
    select
        session_tags.tag_name,
        count(*) as agent_contact_count,
        sum(contacts.agent_message_count) filter (where contacts.is_digital)
            as agent_message_count,
        sum(contacts.focus_count) filter (where contacts.is_digital) as focus_count
    from contacts
    inner join session_tags
        on contacts.session_id = session_tags.session_id
    where contacts.is_digital or contacts.is_voice
    group by session_tags.tag_name
),

contact_closes as (
    select
        closes.session_id,
        closes.closed_date,
        contacts.agent_id
    from {{ ref('fct_session_closes') }} as closes
    inner join {{ ref('fct_agent_contacts') }} as contacts
        on closes.agent_contact_id = contacts.agent_contact_id
    where contacts.is_digital
),

close_figures as (
    select
        session_tags.tag_name,
        count(*) as close_count
    from {{ of_touched_days('contact_closes', ['digital_activities'], 'closed_date') }} as closes
    inner join session_tags
        on closes.session_id = session_tags.session_id
    group by session_tags.tag_name
),

marts as (
    select
        tag_name,
        sum(agent_contact_count) as agent_contact_count,
        sum(agent_message_count) as agent_message_count,
        sum(focus_count) as focus_count,
        sum(close_count) as close_count
    from {{ built_rows(ref('digital_metrics_by_tag_daily')) }}
    group by tag_name
)

select
    coalesce(marts.tag_name, contact_figures.tag_name) as tag_name,
    marts.agent_contact_count,
    contact_figures.agent_contact_count as contacts_in_facts,
    marts.agent_message_count,
    contact_figures.agent_message_count as messages_in_facts,
    marts.focus_count,
    contact_figures.focus_count as focus_in_facts,
    marts.close_count,
    close_figures.close_count as closes_in_facts
from marts
full join contact_figures
    on marts.tag_name = contact_figures.tag_name
left join close_figures
    on marts.tag_name = close_figures.tag_name
where
    marts.agent_contact_count is distinct from contact_figures.agent_contact_count
    or coalesce(marts.agent_message_count, 0) != coalesce(contact_figures.agent_message_count, 0)
    or coalesce(marts.focus_count, 0) != coalesce(contact_figures.focus_count, 0)
    or coalesce(marts.close_count, 0) != coalesce(close_figures.close_count, 0)
