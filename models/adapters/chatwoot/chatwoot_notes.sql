-- Chatwoot's own notes in the threads, and what each says, by the longest pattern that it fits. A
-- view: the text names people, and is kept nowhere.
{{ config(materialized='view') }}

with notes as (
    select
        id as message_id,
        conversation_id as session_id,
        activity_text,
        {{ utc_timestamp(chatwoot_time('created_at')) }} as written_at
    from {{ source('raw_chatwoot', 'messages') }}
    where message_type = '2'
),

given as (
    {{ variable_rows('chatwoot_notes', 'pattern') }}
),

patterns as (
    select
        pattern,
        meaning
    from given
    union all
    select
        known.pattern,
        known.meaning
    from {{ ref('chatwoot_note_patterns') }} as known
    anti join given on known.pattern = given.pattern
),

-- Of each text once, for most notes are like others. Of two patterns of one length the last by the
-- alphabet counts, so that every build says the same.
texts as (
    select
        texts.activity_text,
        max_by(
            patterns.meaning, (length(patterns.pattern), patterns.pattern, patterns.meaning)
        ) as meaning
    from (select distinct activity_text from notes) as texts
    inner join patterns
        on texts.activity_text like patterns.pattern
    group by texts.activity_text
)

select
    notes.*,
    texts.meaning
from notes
left join texts
    on notes.activity_text = texts.activity_text
