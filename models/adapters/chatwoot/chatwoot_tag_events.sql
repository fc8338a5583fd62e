-- The labels that conversations have now: one that is taken away leaves no trace.
{{ config(materialized='table') }}

with tags as (
    select
        id as tag_id,
        min(name) as tag_name
    from {{ source('raw_chatwoot', 'tags') }}
    group by id
)

select
    coalesce(taggings.id, concat_ws('/', taggings.taggable_id, taggings.tag_id)) as event_id,
    taggings.taggable_id as session_id,
    coalesce(tags.tag_name, taggings.tag_id) as tag_name,
    'attached' as event_type,
    {{ chatwoot_time('taggings.created_at') }} as occurred_at
from {{ source('raw_chatwoot', 'taggings') }} as taggings
left join tags
    on taggings.tag_id = tags.tag_id
where taggings.taggable_type = 'Conversation'
