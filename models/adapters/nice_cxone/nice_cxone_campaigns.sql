-- raw_campaigns of the contract, by the names that they had last.
select
    campaign_id,
    max_by(campaign_name, (coalesce(started_at, '-infinity'), campaign_name)) filter (
        where campaign_name is not null
    ) as campaign_name
from {{ ref('nice_cxone_contacts') }}
where campaign_id is not null
group by campaign_id
