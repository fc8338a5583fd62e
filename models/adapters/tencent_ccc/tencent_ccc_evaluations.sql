-- What customers pressed after a call, and their satisfaction with a text session, as scores of 1
-- to 5 by the variable tencent_scores: neither keys nor ids are stars. A time of 0 is the session's
-- end. The agent is the last who accepted.
{{ config(materialized='table') }}

with pressed as (
    select
        session_id,
        said_end,
        unnest(post_ivr_key_pressed) as pressed_key,
        generate_subscripts(post_ivr_key_pressed, 1) as place
    from {{ ref('tencent_ccc_calls') }}
),

told as (
    select
        session_id || '/pressed/' || place as evaluation_id,
        session_id,
        {{ said("pressed_key['Key']") }} as score_key,
        {{ said("pressed_key['Label']") }} as score_label,
        coalesce(
            cast({{ instant_of_epoch(said_time("pressed_key['Timestamp']"), 1000) }} as varchar),
            {{ said_time("pressed_key['Timestamp']") }},
            cast({{ instant_of_epoch('said_end') }} as varchar),
            said_end
        ) as submitted_at
    from pressed

    union all

    select
        session_id || '/satisfaction' as evaluation_id,
        session_id,
        satisfaction_key as score_key,
        satisfaction_label as score_label,
        coalesce(cast({{ instant_of_epoch('said_end') }} as varchar), said_end) as submitted_at
    from {{ ref('tencent_ccc_texts') }}
    where
        (satisfaction_key is not null or satisfaction_label is not null)
        and part_number = part_count
)

select
    told.evaluation_id,
    told.session_id,
    last_agents.agent_id,
    {{ tencent_score('told.score_key', 'told.score_label') }} as score,
    told.submitted_at
from told
left join {{ ref('tencent_ccc_participants') }} as last_agents
    on told.session_id = last_agents.session_id and last_agents.is_last_to_accept
where told.score_key is not null or told.score_label is not null
