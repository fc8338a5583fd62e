-- raw_agents of the contract, by the names that they had last.
with sightings as (
    select
        agent_id,
        agent_name,
        company_id,
        cast(null as timestamp) as seen_at
    from {{ ref('nice_cxone_users') }}
    where not is_bot

    union all

    select
        coalesce(ids.agent_id, contacts.agent_number) as agent_id,
        contacts.agent_name,
        companies.company_id,
        contacts.started_at as seen_at
    from {{ ref('nice_cxone_contacts') }} as contacts
    left join {{ ref('nice_cxone_agent_ids') }} as ids on contacts.agent_number = ids.agent_number
    left join {{ ref('nice_cxone_companies_of_units') }} as companies
        on coalesce(contacts.business_unit_id, '') = companies.business_unit_id

    union all

    select
        coalesce(ids.agent_id, {{ nice_cxone_id('records.agentid') }}) as agent_id,
        {{ nice_cxone_name('records.firstname', 'records.lastname') }} as agent_name,
        companies.company_id,
        {{ utc_timestamp('records.startdate') }} as seen_at
    from {{ ref('nice_cxone_records') }} as records
    left join {{ ref('nice_cxone_agent_ids') }} as ids
        on {{ nice_cxone_id('records.agentid') }} = ids.agent_number
    left join {{ ref('nice_cxone_companies_of_units') }} as companies
        on coalesce(records.business_unit_id, '') = companies.business_unit_id
    where records.kind in ('agent state', 'agent')
)

select
    agent_id,
    max_by(agent_name, (coalesce(seen_at, '-infinity'), agent_name)) filter (
        where agent_name is not null
    ) as agent_name,
    max_by(company_id, (coalesce(seen_at, '-infinity'), company_id)) filter (
        where company_id is not null
    ) as company_id
from sightings
where agent_id is not null
group by agent_id
