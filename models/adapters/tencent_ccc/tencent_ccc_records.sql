-- Calls and the parts of text sessions side by side, with what the word for their end means.
{{ config(materialized='table') }}

with records as (
    select
        'call' as record_kind,
        session_id,
        1 as part_number,
        true as is_last,
        company_id,
        customer_id,
        direction,
        call_type,
        skill_id,
        skill_name,
        seat_id,
        seat_name,
        ai_agent_id,
        said_start,
        said_queued,
        said_ring,
        said_accept,
        said_end,
        end_word,
        hung_up_side,
        serve_participants,
        received_at,
        copy_count
    from {{ ref('tencent_ccc_calls') }}

    union all by name

    select
        'text' as record_kind,
        session_id,
        part_number,
        part_number = part_count as is_last,
        company_id,
        customer_id,
        'inbound' as direction,
        skill_id,
        skill_name,
        agent_id as seat_id,
        agent_name as seat_name,
        said_start,
        said_queued,
        said_ring,
        said_accept,
        said_end,
        end_word,
        answered_end_word,
        received_at,
        copy_count
    from {{ ref('tencent_ccc_texts') }}
)

select
    records.*,
    end_statuses.outcome,
    coalesce(end_statuses.ended_by, answered_statuses.ended_by) as ended_by,
    records.end_word is not null and end_statuses.outcome is null as is_unknown_end
from records
left join {{ ref('tencent_ccc_end_statuses') }} as end_statuses
    on records.record_kind = end_statuses.record_kind
    and records.end_word = end_statuses.word
-- Who ended a text session an answer may tell where the push says only that it went well.
left join {{ ref('tencent_ccc_end_statuses') }} as answered_statuses
    on records.record_kind = answered_statuses.record_kind
    and records.answered_end_word = answered_statuses.word
