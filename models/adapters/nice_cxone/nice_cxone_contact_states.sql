-- The histories of contacts' states, each state once, with what it means. `phase` is NULL where the
-- state's name isn't known.
{{ config(materialized='table') }}

with states as (
    select
        {{ nice_cxone_id('contactid') }} as contact_id,
        coalesce(try_cast(stateindex as integer), 0) as state_index,
        coalesce(contactstatename, contactstateid) as state_name,
        {{ nice_cxone_id('agentid') }} as agent_number,
        {{ nice_cxone_id('skillid') }} as skill_number,
        skillname as skill_name,
        startdate as start_text,
        {{ utc_timestamp('startdate') }} as started_at,
        {{ nice_cxone_duration('duration') }} as lasted,
        business_unit_id
    from {{ ref('nice_cxone_records') }}
    where kind = 'contact state'
),

-- A state that went on when it was asked for comes again, longer.
newest as (
    select
        * exclude (lasted),
        max(lasted) as lasted
    from states
    group by all
)

select
    newest.*,
    meanings.meaning as phase,
    newest.started_at + newest.lasted as ended_at
from newest
left join {{ ref('nice_cxone_meanings') }} as meanings
    on {{ nice_cxone_word('newest.state_name') }} = meanings.word
    and meanings.word_kind = 'contact state'
