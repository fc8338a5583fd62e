-- The changes of a case's status. closed and trashed are the end; resolved and pending wait for
-- somebody else, as a resolved case may be answered again.
{{ config(materialized='table') }}

with statuses as (
    select
        event_id,
        session_id,
        occurred_text,
        occurred_at,
        status,
        case_agent_id,
        is_case_with_bot
    from {{ ref('nice_cxone_events') }}
    where event_type = 'casestatuschanged' and session_id is not null
),

told as (
    select
        statuses.*,
        meanings.meaning
    from statuses
    left join {{ ref('nice_cxone_meanings') }} as meanings
        on statuses.status = meanings.word and meanings.word_kind = 'case status'
)

select
    *,
    coalesce(
        last_value(meaning ignore nulls) over (
            partition by session_id
            order by occurred_at, event_id
            rows between unbounded preceding and 1 preceding
        ),
        'open'
    ) as former_meaning
from told
