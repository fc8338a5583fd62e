-- The instances. Their zone isn't in the records.
select company_id
from {{ ref('amazon_connect_contacts') }}
where company_id is not null

union

select company_id
from {{ ref('amazon_connect_snapshots') }}
where company_id is not null
