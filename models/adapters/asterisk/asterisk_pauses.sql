-- After each event that may change it, whether the agent is paused. A pause in one queue counts while
-- the agent is paused in all queues that it is a member of: those of ADDMEMBER and REMOVEMEMBER or,
-- where these say nothing of the agent, those in which it has been paused or unpaused.
{{ config(materialized='table') }}

{%- set counts = {
    'member': 'is_member',
    'paused_member': 'is_member and is_paused',
    'known': 'is_known',
    'paused_known': 'is_known and is_paused',
    'paused_in_all': "queue_name = '' and is_paused",
} %}

with changes as (
    select
        agent_id,
        occurred_at,
        line_position,
        {%- for name, condition in counts.items() %}
        cast({{ condition }} as integer)
        - lag(cast({{ condition }} as integer), 1, 0) over queue_order as {{ name }}_change
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('asterisk_queue_pauses') }}
    window queue_order as (partition by agent_id, queue_name order by occurred_at, line_position)
),

agent_counts as (
    select
        agent_id,
        occurred_at,
        line_position,
        {%- for name in counts %}
        sum(sum({{ name }}_change)) over agent_order as {{ name }}_count
        {{- ',' if not loop.last }}
        {%- endfor %}
    from changes
    group by agent_id, occurred_at, line_position
    window agent_order as (partition by agent_id order by occurred_at, line_position)
),

agent_pauses as (
    select
        agent_id,
        occurred_at,
        line_position,
        case
            when member_count > 0 then paused_member_count = member_count
            when known_count > 0 then paused_known_count = known_count
            else paused_in_all_count > 0
        end as is_paused
    from agent_counts
)

select
    line_position,
    is_paused,
    lag(is_paused, 1, false) over (
        partition by agent_id order by occurred_at, line_position
    ) as was_paused
from agent_pauses
