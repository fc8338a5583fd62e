-- One row a call: of the records with its SessionId, pushed or fetched, the newest. Holds stand in
-- the answer to a call's details only, which lacks the call's direction and agent: what one kind of
-- record never has stays from the others. `copy_count`: how often the record came, word for word.
{{ config(materialized='table') }}

{%- set fields = tencent_ccc_call_fields() %}
{%- set kept = [
    'events', 'company_id', 'direction', 'seat_user', 'protected_caller', 'protected_callee',
    'start_timestamp', 'time_started',
] %}

-- Which ids come twice is asked of millions of records, whose rows needn't be held for it.
with records as not materialized (
    {{ tencent_ccc_told_records('call', fields, ['events'], ['tel_cdr_list', 'tel_cdrs'])
        | indent(4) }}
),

repeated as (
    select session_id
    from records
    where session_id is not null
    group by session_id
    having count(*) > 1
),

records_of_repeated as (
    select
        records.*,
        hash({{ fields.keys() | join(', ') }}) as content_hash
    from records
    semi join repeated on records.session_id = repeated.session_id
),

versions as (
    select
        *,
        row_number() over (
            partition by session_id
            order by {{ tencent_newest_first('ended_timestamp') }}, content_hash
        ) as version_number,
        count(*) over (partition by session_id, content_hash) as copy_count
    from records_of_repeated
),

calls as (
    select
        * exclude (content_hash, version_number)
        replace (
            {%- for column in kept %}
            arg_min({{ column }}, version_number) filter (where {{ column }} is not null) over (
                partition by session_id
            ) as {{ column }} {{- ',' if not loop.last }}
            {%- endfor %}
        )
    from versions
    qualify version_number = 1

    union all by name

    select
        records.*,
        1 as copy_count
    from records
    anti join repeated on records.session_id = repeated.session_id
),

-- Where nobody says which way a call went, its kind does.
directed as (
    select
        * replace (
            coalesce(
                {{ said('direction') }},
                case
                    when {{ said('call_type') }} in ('1', '5') then '1'
                    when {{ said('call_type') }} in ('2', '3') then '0'
                end
            ) as direction
        )
    from calls
)

select
    {{ said('session_id') }} as session_id,
    company_id,
    case direction
        when '1' then coalesce({{ said('callee') }}, {{ said('protected_callee') }})
        else coalesce({{ said('caller') }}, {{ said('protected_caller') }})
    end as customer_id,
    case direction
        when '0' then 'inbound'
        when '1' then 'outbound'
        else direction
    end as direction,
    {{ said('call_type') }} as call_type,
    coalesce(
        {{ said_time('start_timestamp') }},
        {{ said_time('time_started') }},
        list_min(list_transform(
            serve_participants, lambda participant: {{ said_time("participant['StartTimestamp']") }}
        ))
    ) as said_start,
    {{ said_time('queued_timestamp') }} as said_queued,
    {{ said_time('queued_skill_group_id') }} as skill_id,
    {{ said('queued_skill_group_name') }} as skill_name,
    {{ said_time('ring_timestamp') }} as said_ring,
    {{ said_time('accept_timestamp') }} as said_accept,
    {{ said_time('ended_timestamp') }} as said_end,
    coalesce({{ said('end_status_string') }}, {{ said_time('end_status') }}) as end_word,
    {{ said('hung_up_side') }} as hung_up_side,
    {{ said_time('ai_agent_id') }} as ai_agent_id,
    {{ said("seat_user['Mail']") }} as seat_id,
    {{ said("seat_user['Name']") }} as seat_name,
    post_ivr_key_pressed,
    serve_participants,
    events,
    received_at,
    copy_count
from directed
