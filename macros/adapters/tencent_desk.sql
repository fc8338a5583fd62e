{# What the callbacks of Tencent Desk mean to its adapter. #}

{# What a name of an event can mean: the names are rows of the seed tencent_desk_events, to which the
   variable of that name adds. #}
{% macro tencent_desk_meanings() %}
    {% do return([
        'session_begins', 'customer_message', 'agent_message', 'bot_message', 'system_message',
        'queued', 'accepted', 'transferred', 'abandoned', 'dequeued', 'closed',
        'closed_by_customer', 'closed_by_agent', 'closed_by_system', 'nothing',
    ]) %}
{% endmacro %}

{# The meanings of events that are messages, each with who wrote. #}
{% macro tencent_desk_senders() %}
    {% do return({
        'customer_message': 'customer', 'agent_message': 'agent', 'bot_message': 'bot',
        'system_message': 'system',
    }) %}
{% endmacro %}

{# True where messages are all told: a name is known of what agents write, or every session that has an
   event of an unknown name has its messages of the interface. Else what agents wrote may be among those
   events, and nothing made of messages is measured. #}
{% macro are_tencent_desk_messages_told() %}
    {% do return(
        'agent_message' in var('tencent_desk_events').values()
        or not has_adapter_rows('tencent_desk_unknown_names', "untold_session_count > 0")
    ) %}
{% endmacro %}

{# A status, of which some names have a prefix (STATUS_NOT_READY), by its plain word. #}
{% macro tencent_desk_status(word) -%}
    case {{ word }}
            {%- for status in ['free', 'ready', 'notReady', 'rest', 'offline'] %}
            when 'STATUS_{{ 'NOT_READY' if status == 'notReady' else status | upper }}' then '{{ status }}'
            {%- endfor %}
            else {{ word }}
        end
{%- endmacro %}

{# The state of the contract for a status; one that isn't known is its own. #}
{% macro tencent_desk_state(status) -%}
    case
            when {{ status }} in ('ready', 'free') then 'idle'
            when {{ status }} = 'notReady' then 'busy'
            when {{ status }} = 'rest' then 'break'
            else {{ status }}
        end
{%- endmacro %}

{# One instant of an event, in milliseconds since 1970. #}
{% macro tencent_desk_instant(said_time) -%}
    {{ instant_of_epoch(said_time, 1000) }}
{%- endmacro %}

{# The last lines of a build: the names that aren't known, with counts. #}
{% macro report_tencent_desk() %}
    {% set relation = relation_of_adapters('tencent_desk_unknown_names') %}
    {% if execute and flags.WHICH in ('build', 'run') and 'tencent_desk' in var('adapters')
        and load_relation(relation) is not none %}
        {% set unknown = run_query(
            'select name_kind, unknown_name, row_count, session_count from ' ~ relation
            ~ ' order by name_kind, row_count desc, unknown_name limit 20'
        ).rows %}
        {% for kind, name, row_count, session_count in unknown %}
            {% do log(
                "tencent_desk: what the %s '%s' means isn't known: %s row(s) of %s session(s)." % (
                    'event' if kind == 'event' else 'end of a session', name,
                    '{:,}'.format(row_count), '{:,}'.format(session_count)
                ), info=true
            ) %}
        {% endfor %}
        {% if unknown %}
            {% do log(
                "The variable tencent_desk_events gives events a meaning (docs/adapters/tencent_desk.md)."
                ~ ('' if are_tencent_desk_messages_told() else
                    ' Until it names what agents write, or the messages of all sessions are'
                    ~ ' fetched, nothing made of messages is measured.'),
                info=true
            ) %}
        {% endif %}
    {% endif %}
{% endmacro %}

{# What the record of a session tells: column -> field. #}
{% macro tencent_desk_record_fields() %}
    {% do return({
        'session_id': 'SessionId', 'agent_group_id': 'AgentGroupId',
        'agent_group_name': 'AgentGroupName', 'agent_id': 'AgentId', 'channel_type': 'ChannelType',
        'client_user_id': 'ClientUserId', 'duration': 'Duration', 'end_status': 'EndStatus',
        'satisfaction_selected': 'SatisfactionSelected', 'said_timestamp': 'Timestamp',
    }) %}
{% endmacro %}
