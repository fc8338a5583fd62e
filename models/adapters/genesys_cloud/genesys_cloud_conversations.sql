-- One row a conversation, as its newest details have it (`record_id` names them): those received
-- last, else those that know the most of it. A conversation is in the answer for every interval
-- that it touches.
{{ config(materialized='table') }}

with versions as (
    select
        record_id,
        conversation_id,
        struct_pack(
            received_at := coalesce(received_at, ''),
            last_at := coalesce(
                greatest(
                    conversation_end,
                    list_max(flatten(list_transform(
                        participants,
                        lambda participant: flatten(list_transform(
                            participant['sessions'],
                            lambda session: list_transform(
                                session['segments'],
                                lambda segment: greatest(
                                    segment['segmentstart'], segment['segmentend']
                                )
                            )
                        ))
                    )))
                ),
                ''
            ),
            is_ended := conversation_end is not null,
            content_hash := content_hash
        ) as knowledge
    from {{ ref('genesys_cloud_records') }}
    where kind = 'conversation' and conversation_id is not null
),

newest as (
    select arg_max(record_id, knowledge) as record_id
    from versions
    group by conversation_id
)

select
    record_id,
    conversation_id,
    received_at,
    conversation_start,
    conversation_end,
    originating_direction,
    division_id,
    surveys,
    {{ utc_timestamp('conversation_start') }} as started_at,
    {{ utc_timestamp('conversation_end') }} as ended_at
from {{ ref('genesys_cloud_records') }}
where
    kind = 'conversation'
    and (conversation_id is null or record_id in (select newest.record_id from newest))
