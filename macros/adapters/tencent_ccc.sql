{# What the documents of Tencent Cloud Contact Center say to its adapter. #}

{# What a document is: a call or a text session alone, a row of an agent's status history, an answer
   that lists such, or none of these. A push says it in its query; of others their fields tell. #}
{% macro tencent_ccc_kind() -%}
    case
            when query['action'] = 'cdr' then 'call'
            when query['action'] = 'imcdr' then 'text'
            when coalesce(tel_cdr_list, tel_cdrs) is not null
                or coalesce(im_cdr_list, im_cdrs) is not null
                or coalesce(status_rows, messages, staff_list, skill_group_list) is not null
                then 'answer'
            when query['version'] is not null then 'other'
            when status is not null then 'status'
            when coalesce(caller, callee) is not null or serve_participants is not null then 'call'
            when session_id is not null and coalesce(user_id, client_user_id, staff_id) is not null
                then 'text'
            else 'other'
        end
{%- endmacro %}

{# What the record of a call tells: column -> field. #}
{% macro tencent_ccc_call_fields() %}
    {% do return({
        'session_id': 'SessionId', 'caller': 'Caller', 'callee': 'Callee',
        'protected_caller': 'ProtectedCaller', 'protected_callee': 'ProtectedCallee',
        'direction': 'Direction', 'call_type': 'CallType', 'start_timestamp': 'StartTimestamp',
        'time_started': 'Time', 'queued_timestamp': 'QueuedTimestamp',
        'queued_skill_group_id': 'QueuedSkillGroupId',
        'queued_skill_group_name': 'QueuedSkillGroupName', 'ring_timestamp': 'RingTimestamp',
        'accept_timestamp': 'AcceptTimestamp', 'ended_timestamp': 'EndedTimestamp',
        'end_status': 'EndStatus', 'end_status_string': 'EndStatusString',
        'hung_up_side': 'HungUpSide', 'ai_agent_id': 'AIAgentId', 'seat_user': 'SeatUser',
        'post_ivr_key_pressed': 'PostIVRKeyPressed', 'serve_participants': 'ServeParticipants',
    }) %}
{% endmacro %}

{# What the record of a text session tells, be it pushed or an answer's: column -> field. #}
{% macro tencent_ccc_text_fields() %}
    {% do return({
        'session_id': 'SessionId', 'end_status': 'EndStatus', 'end_status_string': 'EndStatusString',
        'user_id': 'UserId', 'client_user_id': 'ClientUserId', 'staff_id': 'StaffId',
        'duration': 'Duration', 'said_timestamp': 'Timestamp', 'skill_group_id': 'SkillGroupId',
        'skill_group_name': 'SkillGroupName', 'satisfaction': 'Satisfaction',
    }) %}
{% endmacro %}

{# The columns of a list of documents' records, as the flat documents call them. #}
{% macro tencent_ccc_of_record(fields) -%}
    {%- for column, field in fields.items() %}
        record['{{ field }}'] as {{ column }} {{- ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# The company: an application of Tencent's, which pushes name and answers' requests. #}
{% macro tencent_company(sdk_app_id) -%}
    coalesce(
            {{ said(sdk_app_id) }},
            nullif(coalesce(query['SdkAppId'], query['SdkAppid']), ''),
            nullif({{ text_literal(var('tencent_company_id')) }}, '')
        )
{%- endmacro %}

{# The order of versions of a record, the one that counts first: the last to land; of those that don't
   say when, the one that ended last. #}
{% macro tencent_newest_first(ended) -%}
    {{ utc_timestamp('received_at') }} desc nulls last,
                try_cast({{ ended }} as double) desc nulls last
{%- endmacro %}

{# The score that a label or else a key stands for, by the variable tencent_scores; what it doesn't name
   goes on as it is said, to be refused: a key isn't a number of stars. #}
{% macro tencent_score(score_key, label) -%}
    case
            when {{ score_key }} is null and {{ label }} is null then null
        {%- for said in (label, score_key) %}
        {%- for said_as, score in var('tencent_scores').items() %}
            when {{ said }} = {{ text_literal(said_as | string) }} then '{{ score }}'
        {%- endfor %}
        {%- endfor %}
            else concat_ws(' ', 'key', {{ score_key }}, {{ label }})
        end
{%- endmacro %}

{# The state of the contract for a word of a status history; a word that isn't known is its own. #}
{% macro tencent_ccc_state(status) -%}
    case
            when {{ status }} in ('{{ var("tencent_busy_states") | join("', '") }}') then 'busy'
            when {{ status }} in ('free', 'busy', 'afterCallWork', 'notReady') then 'idle'
            when {{ status }} = 'rest' then 'break'
            else {{ status }}
        end
{%- endmacro %}

{# The order of an agent's states within a second: as the cursors say; without them a call comes before
   its after-call work, that before anything else, and leaving last. #}
{% macro tencent_ccc_order_of_states() -%}
    cursor_ms nulls last,
        case status when 'busy' then 1 when 'afterCallWork' then 2 when 'offline' then 4 else 3 end,
        status, session_id
{%- endmacro %}

{# Before a build: stops where a variable of Tencent's adapters makes no sense. #}
{% macro check_tencent_variables() %}
    {% set scores, events = var('tencent_scores'), var('tencent_desk_events') %}
    {% if scores is not mapping
        or scores.values() | map('string') | reject('in', ['1', '2', '3', '4', '5']) | list %}
        {{ refuse('tencent_scores', scores, 'a score of 1 to 5 for each key or label') }}
    {% endif %}
    {% set states = ['free', 'busy', 'afterCallWork', 'notReady', 'rest'] %}
    {% if var('tencent_busy_states') is string
        or var('tencent_busy_states') | reject('in', states) | list %}
        {{ refuse(
            'tencent_busy_states', var('tencent_busy_states'), 'a list of ' ~ states | join(', ')
        ) }}
    {% endif %}
    {% if events is not mapping
        or events.values() | reject('in', tencent_desk_meanings()) | list %}
        {{ refuse(
            'tencent_desk_events', events,
            'a meaning for each name, of ' ~ tencent_desk_meanings() | join(', ')
        ) }}
    {% endif %}
{% endmacro %}
