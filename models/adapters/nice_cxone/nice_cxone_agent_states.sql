-- The histories of agents' states, each once, with what it means: by NICE's own reason where it has
-- one (a state Unavailable of the reason Refused is a refusal), else by the state's name. `state`
-- is NULL where that isn't known.
{{ config(materialized='table') }}

with states as (
    select
        {{ nice_cxone_id('agentid') }} as agent_number,
        coalesce(agentsessionid, '') as agent_session_id,
        coalesce(try_cast(stateindex as integer), 0) as state_index,
        coalesce(agentstatename, agentstateid) as state_name,
        outstatedescription as out_reason,
        startdate as start_text,
        {{ utc_timestamp('startdate') }} as started_at,
        {{ nice_cxone_duration('duration') }} as lasted
    from {{ ref('nice_cxone_records') }}
    where kind = 'agent state'
),

newest as (
    select
        * exclude (lasted),
        max(lasted) as lasted
    from states
    group by all
),

told as (
    select
        newest.*,
        by_name.meaning as named_state,
        by_reason.meaning as reason_state
    from newest
    left join {{ ref('nice_cxone_meanings') }} as by_name
        on {{ nice_cxone_word('newest.state_name') }} = by_name.word
        and by_name.word_kind = 'agent state'
    left join {{ ref('nice_cxone_meanings') }} as by_reason
        on {{ nice_cxone_word('newest.out_reason') }} = by_reason.word
        and by_reason.word_kind = 'agent state'
)

select
    coalesce(ids.agent_id, told.agent_number) as agent_id,
    told.agent_session_id,
    concat_ws(
        '/', told.agent_number, told.agent_session_id, told.state_index, told.start_text
    ) as state_id,
    told.state_index,
    told.state_name,
    told.start_text,
    told.started_at,
    told.started_at + told.lasted as ended_at,
    case
        when told.named_state = 'break' and told.reason_state is not null then told.reason_state
        else told.named_state
    end as state,
    coalesce(told.out_reason, told.state_name) as reason
from told
left join {{ ref('nice_cxone_agent_ids') }} as ids on told.agent_number = ids.agent_number
