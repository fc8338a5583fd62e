-- raw_channels: what customers write in. Callbacks have words for it, statistics numbers.
{%- set numbers = {
    '2': 'WeChat mini program', '3': 'WeChat official account', '4': 'Web', '7': 'WeChat KF', '10': 'App',
} %}

select distinct
    channel_id,
    case channel_id
        {%- for number, name in numbers.items() %}
        when '{{ number }}' then '{{ name }}'
        {%- endfor %}
        else channel_id
    end as channel_name,
    'chat' as media_type
from {{ ref('tencent_desk_sessions') }}
where channel_id is not null
