-- raw_tag_events of the contract. Tags have no times: one is attached with the first event that
-- shows it on its message, and detached with the next one that doesn't.
with tagged as (
    select distinct message_id
    from {{ ref('nice_cxone_written_messages') }}
    where len(tag_names) > 0
),

shown as (
    select
        message_id,
        event_id,
        session_id,
        occurred_text,
        occurred_at,
        coalesce(tag_names, []) as tag_names
    from {{ ref('nice_cxone_written_messages') }}
    where message_id in (select tagged.message_id from tagged)
),

compared as (
    select
        *,
        coalesce(
            lag(tag_names) over (partition by message_id order by occurred_at, event_id), []
        ) as former_names
    from shown
),

changes as (
    select
        *,
        'attached' as event_type,
        unnest(
            list_filter(tag_names, lambda name: not list_contains(former_names, name))
        ) as tag_name
    from compared

    union all

    select
        *,
        'detached' as event_type,
        unnest(
            list_filter(former_names, lambda name: not list_contains(tag_names, name))
        ) as tag_name
    from compared
)

select
    event_id || '/' || event_type || '/' || tag_name as event_id,
    session_id,
    message_id,
    tag_name,
    event_type,
    occurred_text as occurred_at
from changes
