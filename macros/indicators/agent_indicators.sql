{#
A1-A26, Tencent's human customer service analytics, over rows of agent_activities. The totals can
be summed over any rows of any grain, except customer_count (distinct) and the two timestamps; the
rates are computed from the totals beside them.
#}

{% macro agent_totals() -%}
    {%- set within = ' <= ' ~ var('response_threshold_seconds') -%}
    min(login_at) as first_login_at,
    max(logout_at) as last_logout_at,
    {%- for state in ['idle', 'busy', 'break'] %}
    {{ where_measured(
        total_seconds('state_seconds', where="state = '" ~ state ~ "'"), 'is_presence_measured'
    ) }} as {{ state }}_seconds,
    {%- endfor %}
    {{ count_where('is_agent_session') }} as session_count,
    {{ count_where('is_agent_session and is_digital') }} as digital_session_count,
    {{ count_where('is_transferred_out') }} as transferred_session_count,
    {{ count_where('is_transferred_in') }} as transferred_in_session_count,
    {{ where_measured(count_where('is_valid'), 'is_messages_measured') }} as valid_session_count,
    {{ count_where('is_closed_by_agent') }} as agent_closed_session_count,
    count(distinct customer_id) as customer_count,
    {{ count_where('is_ended') }} as ended_session_count,
    coalesce({{ total_seconds('session_seconds') }}, 0) as session_seconds,
    {{ where_measured(total_count('message_count'), 'is_messages_measured') }} as message_count,
    {{ where_measured(total_count('agent_message_count'), 'is_messages_measured') }}
        as agent_message_count,
    {{ where_measured(total_count('customer_message_count'), 'is_messages_measured') }}
        as customer_message_count,
    {{ where_measured(count_where('is_unreplied'), 'is_messages_measured') }}
        as unreplied_session_count,
    {{ where_measured('count(first_response_seconds)', 'is_messages_measured') }}
        as first_response_session_count,
    {{ where_measured(total_seconds('first_response_seconds'), 'is_messages_measured') }}
        as first_response_seconds,
    {{ where_measured(
        count_where('is_digital and first_response_seconds' ~ within), 'is_messages_measured'
    ) }} as first_response_within_30s_session_count,
    {{ where_measured(count_where('avg_response_seconds != 0'), 'is_messages_measured') }}
        as mean_response_session_count,
    {{ where_measured(total_of_means('avg_response_seconds'), 'is_messages_measured') }}
        as mean_response_seconds,
    {{ where_measured(total_count('response_count'), 'is_messages_measured') }} as response_count,
    {{ where_measured(total_seconds('response_seconds'), 'is_messages_measured') }}
        as response_seconds,
    {{ where_measured(
        count_where('is_digital and avg_response_seconds' ~ within), 'is_messages_measured'
    ) }} as response_within_30s_session_count,
    {{ where_measured('count(score)', 'is_evaluations_measured') }} as evaluated_session_count,
    {{ where_measured(count_where('score >= 4'), 'is_evaluations_measured') }}
        as satisfied_session_count,
    {{ where_measured('count(business_first_response_seconds)', 'is_messages_measured') }}
        as business_first_response_session_count,
    {{ where_measured(total_seconds('business_first_response_seconds'), 'is_messages_measured') }}
        as business_first_response_seconds,
    {{ where_measured(total_count('business_response_count'), 'is_messages_measured') }}
        as business_response_count,
    {{ where_measured(total_seconds('business_response_seconds'), 'is_messages_measured') }}
        as business_response_seconds
{%- endmacro %}

{# Rates and averages of the family, from its totals (A1 to A26). #}
{% macro agent_rates() -%}
    {%- for state in ['idle', 'busy', 'break'] %}
    {{ proportion(state ~ '_seconds', '(idle_seconds + busy_seconds + break_seconds)') }}
        as {{ state }}_rate,
    {%- endfor %}
    {{ proportion('unreplied_session_count', 'digital_session_count') }} as unreplied_rate,
    {{ average('first_response_seconds', 'first_response_session_count') }}
        as avg_first_response_seconds,
    {{ proportion('first_response_within_30s_session_count', 'digital_session_count') }}
        as first_response_within_30s_rate,
    {{ average('mean_response_seconds', 'mean_response_session_count') }} as avg_response_seconds,
    {{ average('response_seconds', 'response_count') }} as pooled_avg_response_seconds,
    {{ proportion('response_within_30s_session_count', 'digital_session_count') }}
        as response_within_30s_rate,
    {{ average('session_seconds', 'ended_session_count') }} as avg_session_seconds,
    {{ proportion('satisfied_session_count', 'evaluated_session_count') }} as satisfaction_rate,
    {{ average('business_first_response_seconds', 'business_first_response_session_count') }}
        as avg_business_first_response_seconds,
    {{ average('business_response_seconds', 'business_response_count') }}
        as avg_business_response_seconds
{%- endmacro %}
