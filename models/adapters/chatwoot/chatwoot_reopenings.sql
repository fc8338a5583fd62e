-- When what was resolved became open again. A customer's message reopens: older versions wrote
-- nothing then, with a bot none does until it hands over, and the others write
-- conversation_opened some moments after. That event alone tells of a person who opened it.
{{ config(materialized='table') }}

with resolutions as (
    select
        *,
        lead(counted_at, 1, timestamp 'infinity') over resolutions_in_order as resolved_again_at
    from {{ ref('chatwoot_status_events') }}
    where name = 'conversation_resolved'
    window resolutions_in_order as (partition by session_id order by event_position)
),

-- Of one written twice the last.
gaps as (
    select *
    from resolutions
    where counted_at < resolved_again_at
),

messages as (
    select
        session_id,
        message_id,
        counted_at,
        coalesce(contacted_by = 'customer', false) as is_customer
    from {{ ref('chatwoot_signed_messages') }}
    where
        counted_at is not null
        and visibility = 'public'
        and (contacted_by = 'customer' or (sender_type = 'agent' and origin = 'human'))
),

-- One a moment after the resolution belongs to what was resolved, unless it opened it.
reopening_messages as (
    select
        gaps.session_id,
        gaps.event_position,
        messages.message_id,
        messages.counted_at,
        messages.is_customer
    from messages
    asof inner join gaps
        on messages.session_id = gaps.session_id
        and messages.counted_at >= gaps.counted_at
    where
        messages.counted_at < coalesce(gaps.next_at, timestamp 'infinity')
        and (
            messages.counted_at > gaps.counted_at + {{ chatwoot_tolerance() }}
            or (
                messages.is_customer
                and gaps.next_name = 'conversation_opened'
                and gaps.next_at <= messages.counted_at + {{ chatwoot_tolerance() }}
            )
        )
),

first_messages as (
    select
        session_id,
        event_position,
        arg_min(
            message_id, (not is_customer, counted_at, {{ in_order_of_id('message_id') }})
        ) as message_id,
        arg_min(counted_at, (not is_customer, counted_at)) as counted_at,
        bool_or(is_customer) as is_customer
    from reopening_messages
    group by session_id, event_position
),

first_openings as (
    select min(counted_at) as written_since
    from {{ ref('chatwoot_status_events') }}
    where name = 'conversation_opened'
)

select
    gaps.session_id,
    gaps.event_position,
    case
        when gaps.next_name = 'conversation_opened' then 'event/' || gaps.next_event_id
        else 'message/' || first_messages.message_id || '/reopened'
    end as event_id,
    case when gaps.next_name = 'conversation_opened' then gaps.next_agent_id end as agent_id,
    case
        when
            gaps.next_name = 'conversation_opened'
            and not coalesce(first_messages.is_customer, false)
            then gaps.next_at
        else first_messages.counted_at
    end as reopened_at,
    -- With a bot: open again, but nobody's yet.
    coalesce(gaps.next_name, '') != 'conversation_opened'
    and coalesce(first_messages.counted_at >= first_openings.written_since, false) as is_pending
from gaps
inner join {{ ref('chatwoot_conversations') }} as conversations
    on gaps.session_id = conversations.session_id
cross join first_openings
left join first_messages
    on gaps.session_id = first_messages.session_id
    and gaps.event_position = first_messages.event_position
where
    gaps.next_name = 'conversation_opened'
    or (gaps.next_name = 'conversation_resolved' and first_messages.message_id is not null)
    or (
        gaps.next_name is null
        and first_messages.is_customer
        and (
            first_openings.written_since is null
            or first_messages.counted_at < first_openings.written_since
            or conversations.status in ('0', '2', '3')
        )
    )
