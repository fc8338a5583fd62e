{# What the events of a queue_log mean to us. #}
{% macro asterisk_meanings() %}
    {% do return({
        'queued': ['ENTERQUEUE'],
        'called': ['CALLOUTBOUND'],
        'outcall': ['OUTCALL'],
        'accepted': ['CONNECT'],
        'closed_by_agent': ['COMPLETEAGENT'],
        'closed_by_customer': ['COMPLETECALLER'],
        'transferred': ['TRANSFER', 'ATTENDEDTRANSFER', 'BLINDTRANSFER'],
        'abandoned': ['ABANDON'],
        'left': ['EXITWITHTIMEOUT', 'EXITWITHKEY', 'EXITEMPTY', 'WITHDRAW'],
        'refused': ['CLOSED', 'FULL', 'JOINEMPTY', 'LEAVEEMPTY'],
        'login': ['AGENTLOGIN', 'AGENTCALLBACKLOGIN'],
        'logout': ['AGENTLOGOFF', 'AGENTCALLBACKLOGOFF'],
        'paused': ['PAUSE'],
        'paused_in_all': ['PAUSEALL'],
        'unpaused': ['UNPAUSE'],
        'unpaused_in_all': ['UNPAUSEALL'],
        'pause_explained': ['PAUSEREASON'],
        'joined': ['ADDMEMBER', 'ADDMEMBER2'],
        'quit': ['REMOVEMEMBER'],
        'wrapping_up': ['WRAPUPSTART'],
        'missed': ['RINGNOANSWER'],
        'withdrawn': ['RINGCANCELED'],
        'held': ['HOLD', 'CALLERONHOLD'],
        'resumed': ['UNHOLD', 'CALLEROFFHOLD'],
        'disposition_set': ['CALLSTATUS'],
        'restarted': ['QUEUESTART'],
        'nothing': [
            'DID', 'AGENTDUMP', 'SYSCOMPAT', 'PENALTY', 'RINGINUSE', 'CONFIGRELOAD', 'ROTATE',
            'INFO', 'DNIS', 'IVR',
        ],
    }) %}
{% endmacro %}

{# The meaning of a column's event; NULL where it isn't known. #}
{% macro asterisk_meaning(event) -%}
    case
        {%- for meaning, events in asterisk_meanings().items() %}
        when {{ event }} in ('{{ events | join("', '") }}') then '{{ meaning }}'
        {%- endfor %}
        when starts_with({{ event }}, 'DIVERT_') then 'refused'
    end
{%- endmacro %}

{# The meanings that move a call, those that don't, and those that are about an agent only, as SQL
   lists. #}
{% macro asterisk_call_meanings() -%}
    (
        'queued', 'called', 'outcall', 'accepted', 'closed_by_agent', 'closed_by_customer',
        'transferred', 'abandoned', 'left', 'refused'
    )
{%- endmacro %}

{# Meanings of what happens beside the way of a call through its queue. #}
{% macro asterisk_side_meanings() -%}
    ('missed', 'withdrawn', 'held', 'resumed', 'disposition_set')
{%- endmacro %}

{# Meanings of what agents do when they aren't in a call. #}
{% macro asterisk_agent_meanings() -%}
    (
        'login', 'logout', 'paused', 'paused_in_all', 'unpaused', 'unpaused_in_all',
        'pause_explained', 'joined', 'quit', 'wrapping_up'
    )
{%- endmacro %}
