-- raw_companies: the applications (SdkAppid) that callbacks and requests name. Their zone isn't
-- told.
select company_id
from {{ ref('tencent_desk_callbacks') }}
where company_id is not null

union

select company_id
from {{ ref('tencent_desk_records') }}
where company_id is not null
