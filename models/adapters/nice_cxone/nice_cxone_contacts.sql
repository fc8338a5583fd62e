-- The contacts of the reporting interface, each as it was updated last: they change after
-- completion. A digital contact that the stream tells of is of the stream's session.
{{ config(materialized='table') }}

with newest as (
    select
        {{ nice_cxone_id('contactid') }} as contact_id,
        arg_max(
            record_id,
            struct_pack(
                updated_at := coalesce(
                    {{ utc_timestamp('lastupdatetime') }},
                    {{ utc_timestamp('datecontactwarehoused') }},
                    '-infinity'
                ),
                received_at := coalesce(received_at, ''),
                content_hash := content_hash
            )
        ) as record_id
    from {{ ref('nice_cxone_records') }}
    where kind = 'contact'
    group by contact_id
),

contacts as (
    select
        newest.contact_id,
        coalesce({{ nice_cxone_id('records.mastercontactid') }}, newest.contact_id)
            as master_contact_id,
        records.business_unit_id,
        {{ nice_cxone_id('records.agentid') }} as agent_number,
        {{ nice_cxone_id('records.skillid') }} as skill_number,
        records.skillname as skill_name,
        {{ nice_cxone_id('records.campaignid') }} as campaign_id,
        records.campaignname as campaign_name,
        {{ nice_cxone_id('records.teamid') }} as team_id,
        records.teamname as team_name,
        {{ nice_cxone_name('records.firstname', 'records.lastname') }}
            as agent_name,
        coalesce(records.mediatypename, records.mediatypeid, records.mediatype) as media_name,
        records.mediasubtypename as media_sub_name,
        lower(records.isoutbound) = 'true' as is_outbound,
        coalesce(records.fromaddress, records.fromaddr) as from_address,
        coalesce(records.toaddress, records.toaddr) as to_address,
        coalesce(records.contactstartdate, records.contactstart) as start_text,
        {{ utc_timestamp('coalesce(records.contactstartdate, records.contactstart)') }}
            as started_at,
        {{ nice_cxone_duration('records.prequeueseconds') }} as before_queue,
        {{ nice_cxone_duration('records.inqueueseconds') }} as in_queue,
        {{ nice_cxone_duration('records.agentseconds') }} as with_agent,
        {{ nice_cxone_duration('records.holdseconds') }} as on_hold,
        {{ nice_cxone_duration('records.acwseconds') }} as at_work,
        {{ nice_cxone_duration('records.totaldurationseconds') }} as in_all,
        lower(records.abandoned) = 'true' as is_abandoned,
        {{ nice_cxone_word('records.transferindicatorname') }} as transfer_indicator,
        {{ nice_cxone_id('records.primarydispositionid') }} as disposition_id,
        records.endreason as end_reason,
        records.received_at
    from newest
    inner join {{ ref('nice_cxone_records') }} as records
        on newest.record_id = records.record_id
),

digital as (
    select
        session_id as shown_id,
        session_id,
        is_whole
    from {{ ref('nice_cxone_digital_sessions') }}

    union

    select
        case_id as shown_id,
        session_id,
        is_whole
    from {{ ref('nice_cxone_digital_sessions') }}
    where case_id is not null
)

select
    contacts.*,
    meanings.meaning as end_actor,
    coalesce(by_contact.session_id, by_master.session_id, contacts.master_contact_id)
        as session_id,
    coalesce(by_contact.is_whole, by_master.is_whole, false) as is_of_stream,
    coalesce(by_contact.session_id, by_master.session_id) is not null as is_in_stream
from contacts
left join {{ ref('nice_cxone_meanings') }} as meanings
    on {{ nice_cxone_word('contacts.end_reason') }} = meanings.word
    and meanings.word_kind = 'end reason'
left join digital as by_contact on contacts.contact_id = by_contact.shown_id
left join digital as by_master on contacts.master_contact_id = by_master.shown_id
