-- raw_evaluations: the stars that a callback says, once for each change of them; of a session whose
-- callbacks say none those of its record, given at its end.
{{ config(materialized='table') }}

with changes as (
    select
        *,
        lag(stars) over (
            partition by session_id order by occurred_at, callback_id
        ) as former_stars
    from {{ ref('tencent_desk_callbacks') }}
    where stars is not null
),

evaluations as (
    select
        concat_ws('|', session_id, said_at) as evaluation_id,
        session_id,
        agent_id,
        stars as score,
        coalesce(cast(occurred_at as varchar), said_at) as submitted_at
    from changes
    where stars is distinct from former_stars
)

select * from evaluations

union all

select
    session_id || '|record' as evaluation_id,
    session_id,
    agent_id,
    stars as score,
    coalesce(cast(coalesce(ended_at, occurred_at) as varchar), said_at) as submitted_at
from {{ ref('tencent_desk_records') }}
where
    stars is not null
    and session_id not in (
        select evaluations.session_id from evaluations
        where evaluations.session_id is not null
    )
