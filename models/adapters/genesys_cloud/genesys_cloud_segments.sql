-- The segments of each part in their order, with what holds of the whole part. Kinds of media that
-- only go beside another one, such as a shared screen, are left out.
{{ config(materialized='table') }}

with sessions as (
    {{ genesys_cloud_sessions_of_participants(
        ref('genesys_cloud_records'), ref('genesys_cloud_conversations')
    ) }}
),

named as (
    select
        *,
        list_transform(session['metrics'], lambda metric: metric['name']) as metric_names,
        list_transform(
            session['segments'], lambda segment: lower(segment['segmenttype'])
        ) as segment_types
    from sessions
    where not {{ genesys_cloud_is_beside("lower(session['mediatype'])") }}
),

parts as (
    select
        conversation_id,
        participant_number * 1000 + session_number as part_number,
        lower(nullif(participant['purpose'], '')) as purpose,
        nullif(participant['userid'], '') as agent_id,
        nullif(participant['teamid'], '') as team_id,
        upper(nullif(session['flow']['transfertype'], '')) as flow_transfer_type,
        coalesce(
            list_contains(
                list_transform(
                    session['flow']['outcomes'], lambda outcome: upper(outcome['flowoutcomevalue'])
                ),
                'SUCCESS'
            ),
            false
        ) as is_flow_successful,
        coalesce(
            list_contains(metric_names, 'tAbandon'), false
        ) as is_abandoned,
        coalesce(
            list_contains(metric_names, 'tNotResponding'), false
        ) as is_not_responding,
        coalesce(
            list_contains(segment_types, 'interact'), false
        ) as has_interaction,
        session['segments'] as segments
    from named
),

opened as (
    select
        * exclude (segments),
        unnest(segments) as segment,
        generate_subscripts(segments, 1) as segment_number
    from parts
)

select
    conversation_id,
    part_number,
    segment_number,
    purpose,
    agent_id,
    team_id,
    is_abandoned,
    is_not_responding,
    has_interaction,
    flow_transfer_type,
    is_flow_successful,
    lower(nullif(segment['segmenttype'], '')) as segment_type,
    nullif(segment['segmentstart'], '') as start_text,
    {{ utc_timestamp("segment['segmentstart']") }} as started_at,
    {{ utc_timestamp("segment['segmentend']") }} as ended_at,
    lower(nullif(segment['disconnecttype'], '')) as disconnect_type,
    nullif(segment['queueid'], '') as queue_id,
    nullif(segment['wrapupcode'], '') as wrap_up_code
from opened
