-- Whom the digital stream shows: each user with every pair of ids and names.
{{ config(materialized='table') }}

with shown as (
    select
        unnest(users) as digital_user,
        brand_company_id as company_id
    from {{ ref('nice_cxone_records') }}
    where kind = 'event' and users is not null
)

select distinct
    {{ nice_cxone_user('digital_user') }} as agent_id,
    {{ nice_cxone_id("digital_user['agentid']") }} as agent_number,
    {{ nice_cxone_name("digital_user['firstname']", "digital_user['surname']") }} as agent_name,
    company_id,
    {{ nice_cxone_is_bot('digital_user') }} as is_bot
from shown
where {{ nice_cxone_user('digital_user') }} is not null
