-- raw_measured_events of the contract: the details of a conversation hold ringing, holds,
-- after-call work, bots and parking, or there were none, from the first conversation on.
select
    unnest(['offer', 'hold', 'wrap_up', 'bot', 'pending']) as event_group,
    min(started_at) as measured_from
from {{ ref('genesys_cloud_conversations') }}
having min(started_at) is not null
