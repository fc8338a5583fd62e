-- Every call is a session, the bank's only channel is the telephone.
select
    session_id,
    'anonymous_bank' as company_id,
    customer_id,
    'voice' as channel_id,
    'inbound' as direction,
    service_type as contact_type,
    'customer' as initiated_by,
    coalesce(cast(started_at as varchar), reported_start) as started_at
from {{ ref('bank_calls_calls') }}
