-- Words of NICE CXone that the adapter doesn't know the meaning of. Those that would have told what
-- happened go on under their own names, into quarantine; endings say only by whom.
{{ config(materialized='table') }}

with known_types as (
    {%- for name in nice_cxone_event_types() %}
    select '{{ name }}' as event_type
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    event_id as place,
    session_id,
    coalesce(event_name, 'event without a type') as word,
    'event type' as word_kind,
    occurred_text as occurred_at
from {{ ref('nice_cxone_events') }}
where coalesce(event_type, '') not in (select known_types.event_type from known_types)

union all by name

select
    event_id as place,
    session_id,
    event_name as word,
    'time' as word_kind,
    occurred_text as occurred_at
from {{ ref('nice_cxone_events') }}
where
    occurred_at is null
    and event_type in (select known_types.event_type from known_types)

union all by name

select
    event_id as place,
    session_id,
    coalesce(status, 'case without a status') as word,
    'case status' as word_kind,
    occurred_text as occurred_at
from {{ ref('nice_cxone_statuses') }}
where meaning is null

union all by name

select
    coalesce(states.contact_id, '') || '/' || states.state_index || '/'
    || coalesce(states.start_text, '') as place,
    coalesce(legs.session_id, states.contact_id) as session_id,
    coalesce(states.state_name, 'contact state without a name') as word,
    case when states.phase is null then 'contact state' else 'time' end as word_kind,
    states.start_text as occurred_at
from {{ ref('nice_cxone_contact_states') }} as states
left join {{ ref('nice_cxone_legs') }} as legs on states.contact_id = legs.contact_id
where states.phase is null or states.started_at is null or states.contact_id is null

union all by name

select
    state_id as place,
    cast(null as varchar) as session_id,
    state_name as word,
    'agent state' as word_kind,
    start_text as occurred_at
from {{ ref('nice_cxone_agent_states') }}
where state is null

union all by name

select
    contact_id as place,
    session_id,
    end_reason as word,
    'end reason' as word_kind,
    cast(null as varchar) as occurred_at
from {{ ref('nice_cxone_contacts') }}
where end_reason is not null and end_actor is null
