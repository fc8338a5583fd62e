-- Records of text sessions as they came, pushed (`is_push`) or fetched. One that ends by a transfer
-- is a `part` of its own, by its agent.
{{ config(materialized='table') }}

{%- set fields = tencent_ccc_text_fields() %}
{%- set pushed = [
    'start_timestamp', 'queued_timestamp', 'queued_skill_group_id', 'queued_skill_group_name',
    'ring_timestamp', 'accept_timestamp', 'ended_timestamp', 'seat_user',
] %}

with records as (
    {{ tencent_ccc_told_records('text', fields, pushed, ['im_cdr_list', 'im_cdrs']) | indent(4) }}
),

told as (
    select
        received_at,
        company_id,
        {{ said('session_id') }} as session_id,
        coalesce({{ said('user_id') }}, {{ said('client_user_id') }}) as customer_id,
        coalesce({{ said("seat_user['Mail']") }}, {{ said('staff_id') }}) as agent_id,
        {{ said("seat_user['Name']") }} as agent_name,
        coalesce(
            {{ said_time('queued_skill_group_id') }},
            {{ said_time('skill_group_id') }}
        ) as skill_id,
        coalesce(
            {{ said('queued_skill_group_name') }},
            {{ said('skill_group_name') }}
        ) as skill_name,
        coalesce({{ said('end_status_string') }}, {{ said('end_status') }}) as end_word,
        {{ said("satisfaction['Id']") }} as satisfaction_key,
        {{ said("satisfaction['Label']") }} as satisfaction_label,
        start_timestamp is not null as is_push,
        coalesce(
            {{ said_time('start_timestamp') }},
            {{ said_time('said_timestamp') }}
        ) as said_start,
        {{ said_time('queued_timestamp') }} as said_queued,
        {{ said_time('ring_timestamp') }} as said_ring,
        -- An answer says when the agent's part began, or a session that no agent took, and for how
        -- long it went on.
        case
            when start_timestamp is not null then {{ said_time('accept_timestamp') }}
            when {{ said('staff_id') }} is not null then {{ said_time('said_timestamp') }}
        end as said_accept,
        case
            when start_timestamp is not null then {{ said_time('ended_timestamp') }}
            else
                cast(
                    try_cast({{ said_time('said_timestamp') }} as bigint)
                    + coalesce(try_cast(duration as bigint), 0) as varchar
                )
        end as said_end
    from records
)

select
    told.*,
    coalesce(end_statuses.outcome = 'transferred', false) as is_transferred,
    case when end_statuses.outcome = 'transferred' then coalesce(told.agent_id, '') end as part
from told
left join {{ ref('tencent_ccc_end_statuses') }} as end_statuses
    on end_statuses.record_kind = 'text' and told.end_word = end_statuses.word
