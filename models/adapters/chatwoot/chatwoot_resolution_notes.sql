-- What Chatwoot's note in the thread says of who resolved a conversation, for each resolution that
-- has one. The name of a user tells in any language; the program's and the customer's part only
-- where the words are known.
{{ config(materialized='table') }}

with resolutions as (
    select * from {{ ref('chatwoot_status_events') }}
    where name = 'conversation_resolved'
),

-- A job writes the note, some moments after the resolution.
notes as (
    select
        resolutions.session_id,
        resolutions.event_id,
        resolutions.agent_id as assignee_id,
        activities.activity_text,
        activities.meaning
    from resolutions
    inner join {{ ref('chatwoot_notes') }} as activities
        on resolutions.session_id = activities.session_id
    where
        activities.written_at >= resolutions.counted_at - {{ chatwoot_tolerance() }}
        and activities.written_at < resolutions.counted_at + interval '1 minute'
        and (
            resolutions.next_at is null
            -- The same one, written twice.
            or resolutions.next_at = resolutions.counted_at
            or activities.written_at < resolutions.next_at
        )
),

names_in_notes as (
    select
        notes.session_id,
        notes.event_id,
        known_users.id as agent_id,
        known_users.id = notes.assignee_id as is_assignee,
        length(known_users.name) as name_length
    from notes
    inner join {{ source('raw_chatwoot', 'users') }} as known_users
        on contains(notes.activity_text, known_users.name)
        and regexp_matches(
            notes.activity_text,
            '(^|[^\pL\pN])' || regexp_escape(known_users.name) || '($|[^\pL\pN])'
        )
),

-- Of Ana and Ana Lima, both in "resolved by Ana Lima", the longer name.
longest_names as (
    select
        session_id,
        event_id,
        coalesce(
            max(agent_id) filter (where is_assignee),
            case when count(distinct agent_id) = 1 then max(agent_id) end
        ) as agent_id
    from (
        select * from names_in_notes
        qualify rank() over (
            partition by session_id, event_id
            order by name_length desc
        ) = 1
    ) as longest
    group by session_id, event_id
),

words as (
    select
        session_id,
        event_id,
        max(assignee_id) as assignee_id,
        coalesce(bool_or(meaning = 'resolved_by_system'), false) as is_of_system,
        coalesce(bool_or(meaning = 'resolved_by_customer'), false) as is_of_customer,
        coalesce(bool_or(meaning = 'resolved_by_user'), false) as is_of_somebody
    from notes
    group by session_id, event_id
)

select
    words.session_id,
    words.event_id,
    case
        when words.is_of_system then 'system'
        when longest_names.agent_id is not null then 'agent'
        when words.is_of_customer then 'customer'
        when words.is_of_somebody and known_users.id is null and words.assignee_id is not null
            then 'agent'
    end as actor_type,
    case
        when words.is_of_system then null
        when longest_names.agent_id is not null then longest_names.agent_id
        when words.is_of_customer then null
        -- A user who was deleted has no name any more.
        when words.is_of_somebody and known_users.id is null then words.assignee_id
    end as agent_id
from words
left join longest_names
    on words.session_id = longest_names.session_id
    and words.event_id = longest_names.event_id
left join {{ source('raw_chatwoot', 'users') }} as known_users
    on words.assignee_id = known_users.id
