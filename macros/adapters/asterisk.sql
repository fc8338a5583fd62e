{# What each event of a queue_log means to the adapter asterisk. #}

{# What the events of a queue_log mean to us. #}
{% macro asterisk_meanings() %}
    {% do return({
        'queued': ['ENTERQUEUE'],
        'accepted': ['CONNECT'],
        'closed_by_agent': ['COMPLETEAGENT'],
        'closed_by_customer': ['COMPLETECALLER'],
        'transferred': ['TRANSFER', 'ATTENDEDTRANSFER', 'BLINDTRANSFER'],
        'abandoned': ['ABANDON'],
        'left': ['EXITWITHTIMEOUT', 'EXITWITHKEY', 'EXITEMPTY'],
        'refused': ['CLOSED', 'FULL', 'JOINEMPTY', 'LEAVEEMPTY'],
        'login': ['AGENTLOGIN', 'AGENTCALLBACKLOGIN'],
        'logout': ['AGENTLOGOFF', 'AGENTCALLBACKLOGOFF'],
        'paused': ['PAUSE'],
        'paused_in_all': ['PAUSEALL'],
        'unpaused': ['UNPAUSE'],
        'unpaused_in_all': ['UNPAUSEALL'],
        'joined': ['ADDMEMBER'],
        'quit': ['REMOVEMEMBER'],
        'wrapping_up': ['WRAPUPSTART'],
        'nothing': [
            'RINGNOANSWER', 'RINGCANCELED', 'DID', 'AGENTDUMP', 'SYSCOMPAT', 'PENALTY',
            'RINGINUSE', 'HOLD', 'UNHOLD', 'CONFIGRELOAD', 'QUEUESTART', 'ROTATE',
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

{# The meanings that are about a call, and those that are about an agent only, as SQL lists. #}
{% macro asterisk_call_meanings() -%}
    (
        'queued', 'accepted', 'closed_by_agent', 'closed_by_customer', 'transferred', 'abandoned',
        'left', 'refused'
    )
{%- endmacro %}

{% macro asterisk_agent_meanings() -%}
    (
        'login', 'logout', 'paused', 'paused_in_all', 'unpaused', 'unpaused_in_all', 'joined',
        'quit', 'wrapping_up'
    )
{%- endmacro %}

{# The zone whose wall clock the table's times show. #}
{% macro asterisk_time_zone() %}
    {% do return(text_literal(var('asterisk_time_zone') or var('reporting_time_zone'))) %}
{% endmacro %}

{# Rows with a copy_count, each as often as that: the contract's checks count the duplicates. #}
{% macro asterisk_each_copy(rows) %}
select * exclude (copy_count)
from {{ rows }}
{% if has_adapter_rows('asterisk_copies') -%}
union all
select * exclude (copy_count, copy_number)
from {{ rows }}
cross join lateral (select unnest(range(1, copy_count)) as copy_number)
where copy_count > 1
{%- endif %}
{% endmacro %}

{# An instant or, where the file's time can't be read, what it says, which the contract's checks
   refuse. Text only where there is such a time: millions of instants are left as they are. #}
{% macro asterisk_reported_time(instant, reported_time) %}
    {% do return(
        'coalesce(cast(' ~ instant ~ ' as varchar), ' ~ reported_time ~ ')'
        if has_adapter_rows('asterisk_log', 'reported_time is not null') else instant
    ) %}
{% endmacro %}

{# False where a model that is built already has no such rows; true where that isn't known. #}
{% macro has_adapter_rows(model_name, condition='true') %}
    {% set relation = relation_in('adapters', model_name) %}
    {% if not execute or model.resource_type == 'unit_test' or load_relation(relation) is none %}
        {% do return(true) %}
    {% endif %}
    {% do return(scalar(
        'select exists (select 1 from ' ~ relation ~ ' where ' ~ condition ~ ')'
    )) %}
{% endmacro %}
