-- From when holds and after-call work are told: by the first call of which the details are there,
-- though it had no hold, and by the first row of a status history.
with calls as (
    select
        participants.session_id,
        min({{ instant_of_epoch('participants.said_accept') }}) as accepted_at
    from {{ ref('tencent_ccc_participants') }} as participants
    inner join {{ ref('tencent_ccc_calls') }} as calls
        on participants.session_id = calls.session_id
        and calls.events is not null
    group by participants.session_id
)

select
    'hold' as event_group,
    min(accepted_at) as measured_from
from calls
having min(accepted_at) is not null

union all

select
    'wrap_up' as event_group,
    min(occurred_at) as measured_from
from {{ ref('tencent_ccc_states') }}
having min(occurred_at) is not null
