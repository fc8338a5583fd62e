-- A call is a session, and so is a text session with all its parts. A record that came twice, word
-- for word, is a duplicate.
{%- set call_types = {
    '1': 'outbound call', '2': 'inbound call', '3': 'inbound audio', '5': 'predictive call',
    '6': 'internal call',
} %}

with records as (
    select
        *,
        {{ instant_of_epoch('said_start') }} as started_at
    from {{ ref('tencent_ccc_records') }}
    -- A session begins with its first part.
    where part_number = 1 or session_id is null
),

copies as (
    select
        *,
        unnest(range(copy_count)) as copy_number
    from records
)

select
    session_id,
    company_id,
    customer_id,
    case record_kind when 'call' then 'voice' else 'chat' end as channel_id,
    direction,
    case call_type
        {%- for number, name in call_types.items() %}
        when '{{ number }}' then '{{ name }}'
        {%- endfor %}
        else call_type
    end as contact_type,
    case
        when call_type = '5' then 'system'
        when direction = 'inbound' then 'customer'
        when direction = 'outbound' then 'agent'
    end as initiated_by,
    {{ reported_time('tencent_ccc_records', instant_of_epoch('said_start'), 'said_start',
        shown='started_at') }} as started_at,
    received_at as ingested_at
from copies
