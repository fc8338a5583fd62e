-- Every brand that writes in a session.
select distinct
    sender_id as company_id,
    sender_id as company_name
from {{ ref('twitter_support_messages') }}
where sender_type = 'agent' and sender_id is not null and session_id is not null
