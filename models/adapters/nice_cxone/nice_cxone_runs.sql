-- Each contact's time in a queue, ringing and refusals within it included, and with each agent,
-- holds included, with what comes next.
{{ config(materialized='table') }}

with compared as (
    select
        *,
        coalesce(lag(run_kind) over in_order, '') != run_kind
        or (
            run_kind = 'agent'
            and coalesce(lag(agent_number) over in_order, '') != coalesce(agent_number, '')
        ) as is_new
    from {{ ref('nice_cxone_stretches') }}
    window in_order as (partition by contact_id order by stretch_number)
),

numbered as (
    select
        *,
        sum(cast(is_new as integer)) over (
            partition by contact_id order by stretch_number
        ) as run_number
    from compared
),

runs as (
    select
        contact_id,
        run_number,
        run_kind,
        min(started_at) as started_at,
        max(ended_at) as ended_at,
        min(started_at) filter (where phase = 'waiting') as waited_from,
        max(agent_number) filter (where run_kind = 'agent') as agent_number,
        first(skill_number order by skill_number is null, stretch_number) as skill_number
    from numbered
    group by contact_id, run_number, run_kind
),

placed as (
    select
        runs.*,
        legs.session_id,
        legs.leg_number,
        legs.is_of_stream,
        legs.is_abandoned,
        legs.transfer_indicator,
        legs.end_reason,
        lead(runs.run_kind) over in_contact as next_kind,
        max(runs.run_number) filter (where runs.run_kind = 'queue') over (
            partition by runs.contact_id
        ) = runs.run_number as is_last_queue
    from runs
    inner join {{ ref('nice_cxone_legs') }} as legs on runs.contact_id = legs.contact_id
    window in_contact as (partition by runs.contact_id order by runs.run_number)
),

followed as (
    select
        *,
        first_value(agent_number ignore nulls) over later as next_agent_number,
        min(started_at) filter (where run_kind = 'agent') over later as next_accepted_at,
        first_value(
            case
                when run_kind in ('agent', 'queue')
                    then struct_pack(
                        kind := run_kind, started_at := started_at, skill_number := skill_number
                    )
            end
            ignore nulls
        ) over later as next_run
    from placed
    window
        later as (
            partition by session_id
            order by started_at, leg_number, run_number
            rows between 1 following and unbounded following
        )
)

-- The next agent or queue of the session, though of another contact. A queue after the next agent
-- is that one's choice.
select
    * exclude (next_run),
    case next_run['kind'] when 'queue' then next_run['started_at'] end as next_queued_at,
    case next_run['kind'] when 'queue' then next_run['skill_number'] end as next_skill_number
from followed
