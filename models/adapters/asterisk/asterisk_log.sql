-- The lines that say something, their values read, in the order of the files: rows of a table that
-- is written so keep it, and asterisk_lines reads it from them.
{{ config(
    materialized='table',
    pre_hook='set preserve_insertion_order = true',
    post_hook='set preserve_insertion_order = false'
) }}

with rows_read as (
    select
        *,
        -- A number so large is no time of this century.
        case when try_cast(time as double) between 0 and 9e9 then try_cast(time as double) end
            as epoch,
        case
            -- How a call ended that no agent had is told by its other lines.
            when event = 'CALLSTATUS' and agent = 'NONE' then 'nothing'
            else {{ asterisk_meaning('event') }}
        end as meaning
    from {{ source('raw_asterisk', 'queue_log') }}
),

times as (
    select
        *,
        case
            when epoch is not null then make_timestamp(cast(epoch * 1000000 as bigint))
            when regexp_matches(time, '(Z|[+-][0-9]{2}(:?[0-9]{2})?)$') and time like '%:%'
                then {{ utc_timestamp('time') }}
        end as occurred_at,
        -- A number is seconds or nothing.
        case when try_cast(time as double) is null then {{ utc_timestamp('time') }} end as local_at
    from rows_read
),

named as (
    select
        file_number,
        occurred_at,
        case when occurred_at is null then local_at end as local_at,
        case when occurred_at is null and local_at is null then coalesce(time, '') end
            as reported_time,
        case when callid not in ('NONE', 'REALTIME', 'MANAGER', 'CLI') then callid end as call_id,
        nullif(queuename, 'NONE') as queue_name,
        -- An answer by nobody in particular is an answer.
        coalesce(
            nullif(agent, 'NONE'),
            case when meaning in ('accepted', 'closed_by_agent') then {{ asterisk_nobody() }} end
        ) as agent_id,
        meaning,
        case when meaning is null or meaning = 'nothing' then event end as other_event,
        -- Of all that comes with the events this is of use: caller, reasons, seconds of wrap-up and
        -- of ringing (milliseconds of who didn't answer), PAUSED.
        case
            when meaning in ('queued', 'called') then data2
            when meaning = 'outcall' then data4
            -- Who is added so stays paused or not, as PAUSEALL and UNPAUSEALL beside it say.
            when event = 'ADDMEMBER2' then 'AS BEFORE'
            when meaning = 'accepted' then data3
            when
                meaning in (
                    'paused', 'paused_in_all', 'pause_explained', 'joined', 'wrapping_up', 'missed',
                    'withdrawn', 'disposition_set'
                )
                then data1
            when meaning in ('left', 'refused') then {{ asterisk_reason() }}
        end as detail,
        -- For which seconds the call waited before an answer and lasted after it, as its end says;
        -- of OUTCALL the first are those of the whole call.
        {{ asterisk_seconds('data1', 'data3', 'data4', 'data3') }} as wait_seconds,
        {{ asterisk_seconds(
            'data2', 'data4', "split_part(data5, '|', 1)", "if(data1 = 'ANSWER', data2, null)"
        ) }} as talk_seconds
    from times
)

select
    *,
    -- What lacks a time, a name that is known, or whom it is about, says nothing but that it is so.
    reported_time is null
    and case
        when meaning = 'wrapping_up'
            then
                agent_id is not null
                and coalesce(try_cast(detail as double) between 0 and 86400, false)
        when meaning in {{ asterisk_agent_meanings() }} then agent_id is not null
        when meaning in ('missed', 'withdrawn') then call_id is not null and agent_id is not null
        when meaning in {{ asterisk_call_meanings() }} or meaning in {{ asterisk_side_meanings() }}
            then call_id is not null
        else coalesce(meaning = 'restarted', false)
    end as is_usable
from named
where meaning is distinct from 'nothing' or reported_time is not null
