-- Everybody who had a part in a session or a status, or stands in a list of the staff, by the name
-- that was said last, with the application in which they were seen first.
{{ config(materialized='table') }}

with documents as (
    select
        received_at,
        {{ tencent_company('sdk_app_id') }} as company_id,
        unnest(staff_list) as staff
    from {{ ref('tencent_ccc_documents') }}
    where staff_list is not null
),

seen as (
    select
        {{ said("staff['Mail']") }} as agent_id,
        {{ said("staff['Name']") }} as agent_name,
        company_id,
        received_at
    from documents

    union all

    select
        seat_id as agent_id,
        seat_name as agent_name,
        company_id,
        received_at
    from {{ ref('tencent_ccc_records') }}

    union all

    select
        participants.agent_id,
        cast(null as varchar) as agent_name,
        records.company_id,
        cast(null as varchar) as received_at
    from {{ ref('tencent_ccc_participants') }} as participants
    inner join {{ ref('tencent_ccc_records') }} as records
        on participants.session_id = records.session_id and records.part_number = 1

    union all

    select
        agent_id,
        cast(null as varchar) as agent_name,
        cast(null as varchar) as company_id,
        cast(null as varchar) as received_at
    from {{ ref('tencent_ccc_states') }}
)

select
    agent_id,
    arg_max(agent_name, (coalesce(received_at, ''), agent_name)) filter (
        where agent_name is not null
    ) as agent_name,
    min(company_id) as company_id
from seen
where agent_id is not null
group by agent_id
