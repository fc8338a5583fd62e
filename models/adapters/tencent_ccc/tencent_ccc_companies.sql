-- Applications (SdkAppId). Their zone isn't in the records.
select distinct company_id
from {{ ref('tencent_ccc_records') }}
where company_id is not null
