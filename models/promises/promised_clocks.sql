{{ config(materialized='view') }}

-- The clocks with what policies choose them by.
select
    clocks.*,
    sessions.session_id,
    sessions.feed,
    sessions.company_id,
    sessions.channel_id,
    sessions.time_zone,
    sessions.priority,
    case
        when skills.session_key is not null then skills.skill_id
        else sessions.first_skill_id
    end as skill_id
from {{ ref('sla_clocks') }} as clocks
inner join {{ ref('sessions') }} as sessions
    on clocks.session_key = sessions.session_key
left join {{ ref('sla_clock_skills') }} as skills
    on clocks.session_key = skills.session_key
    and clocks.metric = skills.metric
    and clocks.clock_number = skills.clock_number
