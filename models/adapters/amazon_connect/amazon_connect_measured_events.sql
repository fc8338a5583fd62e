-- From when holds, after-contact work and offers are told: by the first record that says how long,
-- also that it was 0 s, and by the first event of an agent.
select
    'hold' as event_group,
    min(connected_at) as measured_from
from {{ ref('amazon_connect_contacts') }}
where hold_time is not null
having min(connected_at) is not null

union all

select
    'wrap_up' as event_group,
    min(connected_at) as measured_from
from {{ ref('amazon_connect_contacts') }}
where work_time is not null or work_started_at is not null
having min(connected_at) is not null

union all

select
    'offer' as event_group,
    min(occurred_at) as measured_from
from {{ ref('amazon_connect_snapshots') }}
having min(occurred_at) is not null
