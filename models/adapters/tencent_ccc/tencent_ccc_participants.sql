-- The agents of sessions, a row for each part that one had: who rang, took it, and passed it on. A
-- call that lists no participants, as a text session, has one agent; what a program answered has
-- none, and an outside number is no agent.
{{ config(materialized='table') }}

with records as (
    select * from {{ ref('tencent_ccc_records') }}
),

listed as (
    select
        session_id,
        direction,
        said_accept as said_customer_accept,
        said_end as said_session_end,
        unnest(serve_participants) as participant,
        generate_subscripts(serve_participants, 1) as place
    from records
),

participants as (
    select
        session_id,
        direction,
        said_customer_accept,
        said_session_end,
        row_number() over (
            partition by session_id
            order by try_cast(participant['Sequence'] as bigint) nulls last, place
        ) as part_number,
        {{ said("participant['Mail']") }} as agent_id,
        {{ said("participant['Type']") }} as participant_type,
        {{ said_time("participant['SkillGroupId']") }} as skill_id,
        {{ said("participant['SkillGroupName']") }} as skill_name,
        {{ said_time("participant['RingTimestamp']") }} as said_ring,
        {{ said_time("participant['AcceptTimestamp']") }} as said_accept,
        {{ said_time("participant['EndedTimestamp']") }} as said_end,
        {{ said("participant['TransferTo']") }} as transfer_to,
        {{ said("participant['TransferToType']") }} as transfer_to_type,
        participant['EndStatusString'] in (
            select end_statuses.word
            from {{ ref('tencent_ccc_end_statuses') }} as end_statuses
            where end_statuses.record_kind = 'call' and end_statuses.outcome = 'abandoned'
        ) as is_given_up
    from listed

    union all by name

    select
        session_id,
        direction,
        said_accept as said_customer_accept,
        said_end as said_session_end,
        part_number,
        seat_id as agent_id,
        skill_id,
        said_ring,
        said_accept,
        said_end,
        case when outcome = 'transferred' then '' end as transfer_to,
        outcome = 'abandoned' as is_given_up
    from records
    where
        coalesce(len(serve_participants), 0) = 0
        and (seat_id is not null or (said_accept is not null and ai_agent_id is null))
),

-- Who a customer that was called never answered has nobody to talk to.
accepted as (
    select
        * replace (
            case
                when direction = 'outbound' and said_customer_accept is null then null
                else said_accept
            end as said_accept
        )
    from participants
    where agent_id is not null or participant_type is distinct from 'outboundSeat'
)

select
    *,
    first_value(said_accept ignore nulls) over (
        partition by session_id
        order by part_number
        rows between 1 following and unbounded following
    ) as said_next_accept,
    coalesce(
        max(part_number) filter (where said_accept is not null) over (partition by session_id)
        = part_number,
        false
    ) as is_last_to_accept
from accepted
